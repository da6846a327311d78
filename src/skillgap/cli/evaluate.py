"""`skillgap evaluate`: figures against gold files."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from ..errors import ConfigError, SkillgapError
from .options import Month, put_out, taxonomy_option


@click.command()
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=click.Path(exists=True))
@click.option("--documents", is_flag=True, help="Headings, positions and words instead of skills.")
@click.option(
    "--roles", is_flag=True, help="How well roles are ranked, by labelled postings and résumés."
)
@click.option(
    "--tags", is_flag=True, help="How far the skills read from postings agree with their tags."
)
@click.option(
    "--half",
    type=click.Choice(["odd", "even", "all"]),
    default="odd",
    show_default=True,
    help="Which collected postings: even ones gave weights, odd ones are for testing.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--worst", type=click.IntRange(0), default=10, show_default=True, help="Errors shown."
)
@click.option("--as-of", type=Month(), help="What “present” means [this month].")
@taxonomy_option
def evaluate(
    folders: tuple[str, ...],
    documents: bool,
    roles: bool,
    tags: bool,
    half: Any,
    form: str,
    worst: int,
    as_of: Any,
    taxonomy_path: str | None,
) -> None:
    """Precision, recall and F1 on the documents of DIR that have a gold file beside them."""
    if roles or tags:
        _roles([Path(f) for f in folders], roles, tags, half, form, worst, as_of, taxonomy_path)
        return
    from ..evaluation.gold import labelled
    from ..evaluation.places import passages

    cases = [] if documents else passages(Path(f) for f in folders)
    if cases:
        _passages(cases, form, taxonomy_path)
        return
    paths = list(labelled(Path(f) for f in folders))
    if not paths:
        raise ConfigError(
            f"There is no labelled document below {', '.join(folders)}.",
            "A document NAME.pdf has its labels in NAME.gold.json beside it.",
        )
    if documents:
        from ..evaluation.documents import evaluate_documents, figures_text

        measured = evaluate_documents(paths)
        put_out(_json(measured) if form == "json" else figures_text(measured), None)
        return
    _skills(paths, form, worst, as_of, taxonomy_path)


def _roles(
    folders: list[Path],
    roles: bool,
    tags: bool,
    half: Any,
    form: str,
    worst: int,
    as_of: Any,
    taxonomy: str | None,
) -> None:
    from ..analyzer import Analyzer
    from ..evaluation import postings
    from ..evaluation import roles as ranking

    analyzer = Analyzer(taxonomy)
    found = postings.load_postings(folders, half)
    measured: dict[str, Any] = {}
    texts = []
    if roles:
        ranked = ranking.rank_postings(analyzer, found)
        resumes = ranking.rank_resumes(analyzer, folders, as_of)
        measured = ranking.figures(ranked, resumes)
        texts.append(ranking.figures_text(measured, worst))
    if tags:
        measured["tags"] = postings.tag_agreement(analyzer, found)
        texts.append(postings.tags_text(measured["tags"]))
    if not any(measured.values()):
        raise ConfigError(
            f"There is nothing labelled with roles or tags below {', '.join(map(str, folders))}.",
            "Postings are JSONL with `role` or `tags`; résumés have `best_roles` in their gold file.",
        )
    put_out(_json(measured) if form == "json" else "\n\n".join(texts), None)


def _passages(cases: list[dict[str, Any]], form: str, taxonomy: str | None) -> None:
    from ..analyzer import Analyzer
    from ..evaluation.places import evaluate_passages, passages_text

    measured = evaluate_passages(Analyzer(taxonomy), cases)
    put_out(_json(measured) if form == "json" else passages_text(measured), None)


def _skills(paths: list[Path], form: str, worst: int, as_of: Any, taxonomy: str | None) -> None:
    from ..analyzer import Analyzer
    from ..evaluation.gold import load_gold
    from ..evaluation.places import ambiguous_places, share
    from ..evaluation.skills import evaluate_file, figures
    from ..types import Options

    analyzer = Analyzer(taxonomy)
    results, failed, places = [], [], []
    for path in paths:
        gold = load_gold(path)
        if gold.skills is None or not (gold.exhaustive or gold.skills):
            continue
        try:
            reading = analyzer.read(path, options=Options(as_of=as_of))
        except SkillgapError as error:
            failed.append((path.name, error.code))
            print(f"skillgap: {path.name}: {error}", file=sys.stderr)
            continue
        results.append(evaluate_file(analyzer, reading, gold))
        places += ambiguous_places(reading, gold, path)
    if not results:
        raise ConfigError("None of these files has skills labelled.", "See docs/evaluation.md.")
    measured = figures(results)
    if places:
        measured["ambiguous"] = share([p.said == p.skill for p in places])
    measured["failed"] = [{"name": n, "code": c} for n, c in failed]
    if form == "json":
        measured["per_file"] = [
            {
                "name": r.name,
                "missed": [s.text for s in r.missed],
                "false": [{"text": f, "id": i, "section": k} for f, i, k, _ in r.false],
            }
            for r in results
        ]
        put_out(_json(measured), None)
        return
    lines = [f"{measured['files']} files"]
    for name in ("precision", "recall", "f1"):
        v = measured[name]
        lines.append(f"{name:<10} {v['value']:.3f}   95 % {v['low']:.3f}–{v['high']:.3f}")
    for status, v in measured["status"].items():
        f1 = "–" if v["f1"] is None else f"{v['f1']:.3f}"
        lines.append(f"{status:<10} F1 {f1}   gold {v['gold']}, said {v['said']}")
    p = measured["paraphrases"]
    lines.append(f"paraphrases {p['right']} of {p['count']} right (not in the figures above)")
    if places:
        v = measured["ambiguous"]
        lines.append(
            f"ambiguous  {v['right']} of {v['count']} places right, {v['value']:.3f}"
            f"   95 % {v['low']:.3f}–{v['high']:.3f}"
        )
    lines.append("status     " + ", ".join(f"{k} {n}" for k, n in measured["confusion"].items()))
    for title, key in (("by section", "by_section"), ("by group", "by_group")):
        lines += ["", title]
        lines += [
            f"  {k:<16} right {v['right']:>4}  false {v['false']:>3}"
            for k, v in measured[key].items()
        ]
    if worst:
        lines += ["", "missed"]
        missed = [(r.name, s.text) for r in results for s in r.missed]
        lines += [f"  {name}: {text}" for name, text in missed[:worst]]
        lines += ["", "false alarms"]
        false = [(r.name, *f) for r in results for f in r.false]
        lines += [f"  {n}: “{t}” as {i} ({k}): {line}" for n, t, i, k, line in false[:worst]]
        wrong = [p for p in places if p.said != p.skill][:worst]
        if wrong:
            lines += ["", "ambiguous places read wrongly"]
        lines += [
            f"  {p.file}: “{p.text}” {'names a skill' if p.skill else 'names none'}: {p.line}"
            for p in wrong
        ]
    put_out("\n".join(lines), None)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
