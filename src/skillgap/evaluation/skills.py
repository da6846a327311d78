"""How well skills are found: precision, recall and F1 with bootstrap intervals, and the worst errors.

Counting follows the gold format of docs/evaluation.md: each distinct surface form of a document counts
once. Recall is taken over the core skills that are not optional, precision over all mentions of files
that are labelled exhaustively; a mention inside a position's title or organization or inside a heading
is neither right nor wrong, and paraphrases are counted apart.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..analyzer import Analyzer, Reading
from ..types import Mention
from .gold import Gold, GoldSkill, same_skill

RESAMPLES = 1000
SEED = 20261124


@dataclass(slots=True)
class FileResult:
    """What one file gave."""

    name: str
    found: list[GoldSkill] = field(default_factory=list)  # core, not optional
    missed: list[GoldSkill] = field(default_factory=list)
    right: list[str] = field(default_factory=list)  # distinct mention forms that match
    false: list[tuple[str, str, str, str]] = field(default_factory=list)  # form, id, section, line
    paraphrases: list[tuple[str, bool]] = field(default_factory=list)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)  # (gold, said)
    by_group: Counter[tuple[str, bool]] = field(default_factory=Counter)
    by_section: Counter[tuple[str, bool]] = field(default_factory=Counter)
    exhaustive: bool = True


def evaluate_file(analyzer: Analyzer, reading: Reading, gold: Gold) -> FileResult:
    """Compare one reading with its gold skills."""
    document, notes = reading.document, reading.annotations
    result = FileResult(gold.path.name, exhaustive=gold.exhaustive)
    forms: dict[str, list[Mention]] = {}
    for mention in notes.mentions:
        forms.setdefault(document.text[mention.start : mention.end], []).append(mention)
    claims = gold.skills or ()
    neutral = _neutral_spans(reading)
    for skill in claims:
        hits = [m for form, ms in forms.items() if same_skill(form, skill.text) for m in ms]
        exact = [m for m in hits if same_length(document.text[m.start : m.end], skill.text)] or hits
        if not skill.optional and skill.core:
            (result.found if hits else result.missed).append(skill)
        if not skill.optional or hits:
            result.confusion[skill.status, _said(exact)] += 1
    counted: dict[str, bool] = {}
    for form, mentions in forms.items():
        matched = any(same_skill(form, s.text) for s in claims)
        first = mentions[0]
        if all(m.via == "paraphrase" for m in mentions):
            result.paraphrases.append((form, matched))
            continue
        if not matched and all(
            any(a <= m.start and m.end <= b for a, b in neutral) for m in mentions
        ):
            continue
        key = " ".join(form.casefold().split())
        if counted.get(key):
            continue
        counted[key] = True
        group = analyzer.taxonomy.skills[first.skill].group
        kind = notes.sections[first.section].kind if first.section >= 0 else "other"
        result.by_group[group, matched] += 1
        result.by_section[kind, matched] += 1
        if matched:
            result.right.append(form)
        elif gold.exhaustive:
            line = document.line_at(first.start)
            result.false.append(
                (form, first.skill, kind, document.line_text(line) if line else form)
            )
    return result


def same_length(form: str, gold: str) -> bool:
    """Whether a form is the gold text itself, not merely inside it or around it."""
    return "".join(form.casefold().split()) == "".join(gold.casefold().split())


def _said(mentions: Sequence[Mention]) -> str:
    for status in ("claimed", "aspired", "other", "negated"):
        if any(m.status == status for m in mentions):
            return status
    return "missed"


def _neutral_spans(reading: Reading) -> list[tuple[int, int]]:
    """Places that are neither right nor wrong: titles and organizations of positions, headings."""
    spans = [(s.start, s.body or s.start) for s in reading.annotations.sections]
    text = reading.document.text
    for entry in reading.annotations.entries:
        for part in (entry.title, entry.organization):
            at = text.find(part, *entry.span) if part else -1
            if at >= 0:
                spans.append((at, at + len(part)))
    return spans


def figures(results: Sequence[FileResult]) -> dict[str, Any]:
    """Precision, recall, F1 over files, with 95 % bootstrap intervals over the files."""
    rng = random.Random(SEED)
    names = ("precision", "recall", "f1")
    point = _prf(results)
    draws = [
        _prf([results[rng.randrange(len(results))] for _ in results]) for _ in range(RESAMPLES)
    ]
    out: dict[str, Any] = {"files": len(results)}
    for i, name in enumerate(names):
        ordered = sorted(d[i] for d in draws)
        out[name] = {
            "value": round(point[i], 4),
            "low": round(ordered[int(0.025 * len(ordered))], 4),
            "high": round(ordered[int(0.975 * len(ordered)) - 1], 4),
        }
    confusion: Counter[tuple[str, str]] = Counter()
    for result in results:
        confusion += result.confusion
    out["status"] = {status: _status_f1(confusion, status) for status in ("aspired", "negated")}
    out["confusion"] = {f"{g}→{s}": n for (g, s), n in sorted(confusion.items())}
    out["by_group"] = _shares([r.by_group for r in results])
    out["by_section"] = _shares([r.by_section for r in results])
    said = [ok for r in results for _, ok in r.paraphrases]
    out["paraphrases"] = {"count": len(said), "right": sum(said)}
    return out


def _prf(results: Sequence[FileResult]) -> tuple[float, float, float]:
    found = sum(len(r.found) for r in results)
    missed = sum(len(r.missed) for r in results)
    right = sum(len(r.right) for r in results if r.exhaustive)
    false = sum(len(r.false) for r in results if r.exhaustive)
    recall = found / (found + missed) if found + missed else 0.0
    precision = right / (right + false) if right + false else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _status_f1(confusion: Counter[tuple[str, str]], status: str) -> dict[str, Any]:
    hit = confusion[status, status]
    gold = sum(n for (g, _), n in confusion.items() if g == status)
    said = sum(n for (_, s), n in confusion.items() if s == status)
    return {
        "gold": gold,
        "said": said,
        "f1": round(2 * hit / (gold + said), 4) if gold + said else None,
    }


def _shares(counters: Sequence[Counter[tuple[str, bool]]]) -> dict[str, dict[str, int]]:
    total: Counter[tuple[str, bool]] = Counter()
    for counter in counters:
        total += counter
    keys = sorted({key for key, _ in total})
    return {k: {"right": total[k, True], "false": total[k, False]} for k in keys}
