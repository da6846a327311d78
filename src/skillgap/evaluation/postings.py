"""Labelled postings: where they lie, which half is for testing, and how far their tags agree.

A labelled posting is a row of a JSONL file (`id`, `role`, `description`, and `tags` where its site had
them) or a file with a gold file beside it that has `role`. Of collected postings those whose
sha256(id) begins with an odd hex digit are the test half; the other half gave the roles their weights.
Postings written for this project (`written_here`) gave no weights and count whole.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..analyzer import Analyzer
from ..errors import ConfigError, UnknownSkill
from ..matching.posting import Posting
from .gold import labelled, load_gold

Half = Literal["odd", "even", "all"]


@dataclass(frozen=True, slots=True)
class LabelledPosting:
    """One posting with its label. The title is for people only: it is never read."""

    id: str
    role: str | None
    title: str
    text: bytes
    tags: tuple[str, ...] = ()
    written_here: bool = False
    path: Path | None = None


def in_half(ident: str, half: Half) -> bool:
    """Whether a posting belongs to a half."""
    odd = hashlib.sha256(ident.encode()).hexdigest()[0] in "13579bdf"
    return half == "all" or odd == (half == "odd")


def load_postings(folders: Iterable[Path], half: Half = "odd") -> list[LabelledPosting]:
    """All labelled or tagged postings below folders, in a fixed order."""
    found: list[LabelledPosting] = []
    for folder in folders:
        files = sorted(folder.rglob("*.jsonl")) if folder.is_dir() else [folder]
        for path in files:
            if path.suffix == ".jsonl":
                found += [row for row in _rows(path) if row.written_here or in_half(row.id, half)]
        for path in labelled([folder]):
            role = load_gold(path).raw.get("role")
            if role:
                found.append(LabelledPosting(path.name, role, path.stem, b"", path=path))
    return found


def _rows(path: Path) -> Iterator[LabelledPosting]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield LabelledPosting(
                id=str(row["id"]),
                role=row.get("role"),
                title=str(row.get("title", "")),
                text=str(row["description"]).encode(),
                tags=tuple(row.get("tags") or ()),
                written_here=bool(row.get("written_here", False)),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigError(
                f"{path}:{number} is no posting: {error!r}.",
                "Each line is a JSON object with `id`, `role` and `description`.",
            ) from error


def tag_agreement(analyzer: Analyzer, postings: Sequence[LabelledPosting]) -> dict[str, Any]:
    """Precision and recall of the skills read from postings against the tags of their sites.

    Tags are a site's choice of a few, and some name what the text does not: so recall says more than
    precision, and each tag that was not read is told with its reason.
    """
    rows = []
    why: Counter[str] = Counter()
    missed_tags: Counter[str] = Counter()
    hits = wanted = asked_for = right = 0
    for posting in postings:
        if not posting.tags:
            continue
        read = analyzer.posting(posting.text, title=False)
        asked = {m for r in read.role.requirements for m in r.any_of}
        known = asked | set(read.folded) | set(read.spared)
        tagged: dict[str, str] = {}
        unknown = []
        for tag in posting.tags:
            skill = _skill_of(analyzer, tag)
            if skill is None:
                unknown.append(tag)
            else:
                tagged.setdefault(skill, tag)
        missed = {
            tag: _why(skill, tag, read, known)
            for skill, tag in tagged.items()
            if skill not in known
        }
        why.update(missed.values())
        missed_tags.update(missed.keys())
        why["unknown to the taxonomy"] += len(unknown)
        found = sum(skill in known for skill in tagged)
        hits, wanted = hits + found, wanted + len(tagged)
        agreed = sum(skill in tagged for skill in asked)
        right, asked_for = right + agreed, asked_for + len(asked)
        rows.append(
            {
                "id": posting.id,
                "tags": len(posting.tags),
                "skills": len(asked),
                "precision": _ratio(agreed, len(asked)),
                "recall": _ratio(found, len(tagged)),
                "missed": missed,
                "unknown": unknown,
            }
        )
    return {
        "postings": len(rows),
        "precision": _ratio(right, asked_for),
        "recall": _ratio(hits, wanted),
        "tags": wanted,
        "skills": asked_for,
        "differences": dict(why.most_common()),
        "most_missed": dict(missed_tags.most_common(15)),
        "per_posting": rows,
    }


def _skill_of(analyzer: Analyzer, tag: str) -> str | None:
    """The one skill that a tag names: by its label, or as it is read in a list of skills."""
    taxonomy = analyzer.taxonomy
    try:
        return taxonomy.current(taxonomy.skill(tag).id)
    except UnknownSkill:
        pass
    named = {taxonomy.current(m.skill) for m in analyzer.extractor(f"Skills: {tag}")}
    return next(iter(named)) if len(named) == 1 else None


def _why(skill: str, tag: str, read: Posting, known: set[str]) -> str:
    if skill in read.left_out:
        return "stands in the employer's own words only"
    if tag.casefold() in read.document.text.casefold():
        return "in the text, and read as something else"
    return "not in the text by that name"


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def tags_text(found: dict[str, Any]) -> str:
    """The agreement as text: the totals, each posting on a line, and what the differences are."""
    lines = [
        f"{found['postings']} postings with tags: of {found['tags']} tags {_said(found['recall'])} are read, "
        f"of {found['skills']} skills read {_said(found['precision'])} are tagged",
        "posting               skills  tags  precision  recall  tags not read",
    ]
    for row in found["per_posting"]:
        missed = ", ".join(f"{tag} ({why})" for tag, why in row["missed"].items())
        lines.append(
            f"{row['id']:<20} {row['skills']:>7} {row['tags']:>5} {_said(row['precision']):>10} "
            f"{_said(row['recall']):>7}  {missed}".rstrip()
        )
    lines += ["differences"] + [f"  {n:>5} {why}" for why, n in found["differences"].items()]
    lines += ["most missed"] + [f"  {n:>5} {tag}" for tag, n in found["most_missed"].items()]
    return "\n".join(lines)


def _said(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
