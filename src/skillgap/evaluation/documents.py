"""How well documents are read: headings, positions, education, contact data and words against gold files.

A heading is found where a section has its words as title, whatever the spacing. A position is right
where title and organization agree in at least 0.9 of their words (case-folded) and every date that
the gold file gives agrees to the month. Keys that a gold file lacks are not measured.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ..documents import read
from ..errors import InputError
from ..nlp.dates import find_dates
from ..nlp.lexicon import Lexicon, load_lexicon, squeeze
from ..nlp.structure import Structure, read_structure
from ..types import Document, Education, Entry, PartialDate
from .gold import load_gold
from .producers import producer_family

AGREE = 0.9
AS_OF = PartialDate(2026, 11)  # what "present" counts up to; no figure depends on it
_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
# Gold files name two kinds that the Report has no section for.
_KINDS = {"contact": ("header",), "courses": ("certifications", "education", "other")}


def evaluate_documents(paths: Iterable[Path], as_of: PartialDate = AS_OF) -> dict[str, Any]:
    """Figures over all labelled documents and by producer, and what was missed."""
    lexicon = load_lexicon()
    total: Counter[str] = Counter()
    by_producer: dict[str, Counter[str]] = {}
    errors: list[dict[str, str]] = []
    for path in paths:
        gold = load_gold(path).raw
        try:
            document = read(path)
        except InputError as error:
            errors.append({"file": path.name, "what": "read", "gold": "", "found": error.code})
            total["unread"] += 1
            continue
        counts, wrong = compare(document, read_structure(document, lexicon, as_of), gold, lexicon)
        counts["files"] += 1
        total += counts
        by_producer.setdefault(producer_family(path), Counter()).update(counts)
        errors += [{"file": path.name, "what": w, "gold": g, "found": f} for w, g, f in wrong]
    return {
        **_figures(total),
        "producers": {name: _figures(by_producer[name]) for name in sorted(by_producer)},
        "errors": errors,
    }


def compare(
    document: Document, structure: Structure, gold: dict[str, Any], lexicon: Lexicon
) -> tuple[Counter[str], list[tuple[str, str, str]]]:
    """The counts of one document, and (what, gold, found) of everything that is wrong."""
    counts: Counter[str] = Counter()
    wrong: list[tuple[str, str, str]] = []
    _headings(structure, gold.get("headings"), counts, wrong)
    if "positions" in gold:
        found = [e for e in structure.entries if e.kind == "position"]
        _pairs("positions", gold["positions"] or [], found, _same_position, counts, wrong)
    if "education" in gold:
        _pairs(
            "education", gold["education"] or [], structure.education, _same_study, counts, wrong
        )
    for key, value in (gold.get("contact") or {}).items():
        said = getattr(structure.contact, {"full_name": "name"}.get(key, key), None)
        if isinstance(said, str) and isinstance(value, str):
            counts["contact"] += 1
            if squeeze(said) == squeeze(value):
                counts["contact_right"] += 1
            else:
                wrong.append((f"contact.{key}", value, said))
    _links(structure, gold.get("contact") or {}, counts, wrong)
    _words(document, gold.get("skills"), counts, wrong)
    return counts, wrong


def _headings(
    structure: Structure,
    headings: Sequence[Any] | None,
    counts: Counter[str],
    wrong: list[tuple[str, str, str]],
) -> None:
    if not headings:
        return
    titles: dict[str, list[str]] = {}
    for section in structure.sections:
        if section.title:
            titles.setdefault(squeeze(section.title), []).append(section.kind)
    wanted = set()
    for item in headings:
        text, kind = (item, None) if isinstance(item, str) else (item["text"], item.get("kind"))
        key = squeeze(text)
        wanted.add(key)
        kinds = titles.get(key)
        counts["headings"] += 1
        counts["headings_found"] += bool(kinds)
        if not kinds:
            wrong.append(("heading", text, ""))
        if kind is not None and kinds:
            counts["kinds"] += 1
            if any(k in _KINDS.get(kind, (kind,)) for k in kinds):
                counts["kinds_right"] += 1
            else:
                wrong.append(("kind", f"{text}: {kind}", kinds[0]))
    counts["headings_said"] += sum(map(len, titles.values()))
    counts["headings_true"] += sum(len(titles[key]) for key in wanted & set(titles))
    wrong += [("heading", "", key) for key in titles if key not in wanted]


def agree(a: str, b: str) -> bool:
    """Whether two names share at least 0.9 of their words (of the longer one), case-folded."""
    x, y = (Counter(_WORD.findall(t.casefold())) for t in (a, b))
    longest = max(x.total(), y.total())
    return longest == 0 or (x & y).total() >= AGREE * longest


def _same_position(gold: dict[str, Any], entry: Entry) -> bool:
    if not agree(gold.get("title") or "", entry.title):
        return False
    if not agree(gold.get("organization") or "", entry.organization):
        return False
    if "dates" in gold:
        read_dates = find_dates(gold["dates"], AS_OF)
        if not read_dates:
            return True
        first = read_dates[0]
        return (first.start or first.end) == entry.start and first.current == entry.current and (
            first.current or first.end == entry.end
        )  # fmt: skip
    if gold.get("start") and gold["start"] != (str(entry.start) if entry.start else ""):
        return False
    if "end" not in gold:
        return True
    if gold["end"] is None:
        return entry.current or entry.end is None
    return str(gold["end"]) == (str(entry.end) if entry.end else "")


def _same_study(gold: dict[str, Any], study: Education) -> bool:
    return agree(gold.get("degree") or "", study.degree) and agree(
        gold.get("institution") or "", study.institution
    )


def _pairs(
    name: str,
    gold: Sequence[Any],
    found: Sequence[Any],
    same: Any,
    counts: Counter[str],
    wrong: list[tuple[str, str, str]],
) -> None:
    left = list(found)
    for item in gold:
        hit = next((f for f in left if same(item, f)), None)
        if hit is None:
            wrong.append((name, " | ".join(str(v) for v in item.values()), ""))
        else:
            left.remove(hit)
            counts[f"{name}_right"] += 1
    counts[f"{name}_gold"] += len(gold)
    counts[f"{name}_said"] += len(found)
    wrong += [(name, "", _shown(f)) for f in left]


def _shown(item: Any) -> str:
    if isinstance(item, Entry):
        return f"{item.title} | {item.organization} | {item.start} | {item.end}"
    return f"{item.degree} | {item.institution}"


def _links(
    structure: Structure,
    contact: dict[str, Any],
    counts: Counter[str],
    wrong: list[tuple[str, str, str]],
) -> None:
    found = {_bare(link) for link in structure.contact.links}
    for link in contact.get("links") or ():
        counts["contact"] += 1
        if _bare(link) in found:
            counts["contact_right"] += 1
        else:
            wrong.append(("contact.links", link, ""))


def _bare(link: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", link.casefold()).rstrip("/")


def _words(
    document: Document,
    skills: Sequence[dict[str, Any]] | None,
    counts: Counter[str],
    wrong: list[tuple[str, str, str]],
) -> None:
    if not skills:
        return
    have = set(_WORD.findall(document.text.casefold()))
    run_together = squeeze(document.text)
    for skill in skills:
        for word in _WORD.findall(skill["text"].casefold()):
            counts["words"] += 1
            key = squeeze(word)
            if word in have or (len(key) > 3 and key in run_together):
                counts["words_present"] += 1
            else:
                wrong.append(("word", f"{word} ({skill['text']})", ""))


def _figures(c: Counter[str]) -> dict[str, Any]:
    def ratio(part: str, whole: str) -> float | None:
        return round(c[part] / c[whole], 4) if c[whole] else None

    out: dict[str, Any] = {
        "files": c["files"],
        "headings": {
            "gold": c["headings"],
            "found": ratio("headings_found", "headings"),
            "kind_right": ratio("kinds_right", "kinds"),
            "precision": ratio("headings_true", "headings_said"),
        },
    }
    for name in ("positions", "education"):
        gold, said, right = c[f"{name}_gold"], c[f"{name}_said"], c[f"{name}_right"]
        out[name] = {
            "gold": gold,
            "said": said,
            "precision": round(right / said, 4) if said else None,
            "recall": round(right / gold, 4) if gold else None,
            "f1": round(2 * right / (gold + said), 4) if gold + said else None,
        }
    out["contact"] = {"gold": c["contact"], "right": ratio("contact_right", "contact")}
    out["words"] = {"gold": c["words"], "present": ratio("words_present", "words")}
    if c["unread"]:
        out["unread"] = c["unread"]
    return out


def figures_text(figures: dict[str, Any], worst: int = 20) -> str:
    """The figures as a table by producer, and the first errors."""
    head = (
        "",
        "files",
        "headings",
        "kind",
        "pos. P",
        "pos. R",
        "pos. F1",
        "edu. F1",
        "contact",
        "words",
    )
    rows = [head, _row("all", figures)]
    rows += [_row(name, part) for name, part in figures["producers"].items()]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    lines = []
    for row in rows:
        first, *rest = zip(row, widths, strict=True)
        lines.append("  ".join([first[0].ljust(first[1]), *(c.rjust(w) for c, w in rest)]))
    for e in figures["errors"][:worst]:
        what = "missing" if e["gold"] and not e["found"] else "wrong" if e["gold"] else "extra"
        lines.append(f"{e['file']}: {what} {e['what']}: {e['gold']} {e['found']}".rstrip())
    left = len(figures["errors"]) - worst
    if left > 0:
        lines.append(f"… and {left} more (--format json lists all)")
    return "\n".join(lines)


def _row(name: str, f: dict[str, Any]) -> tuple[str, ...]:
    values = (
        f["headings"]["found"],
        f["headings"]["kind_right"],
        f["positions"]["precision"],
        f["positions"]["recall"],
        f["positions"]["f1"],
        f["education"]["f1"],
        f["contact"]["right"],
        f["words"]["present"],
    )
    return (name, str(f["files"]), *("–" if v is None else f"{v:.3f}" for v in values))
