"""Gold files: `NAME.gold.json` beside `NAME.pdf`, and when a mention counts as a gold skill."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import ConfigError

_SQUEEZED = re.compile(r"[\s\u00ad\u2010-\u2015-]+")
_ENDINGS = (".pdf", ".docx", ".odt", ".html", ".md", ".txt", ".json")


class GoldSkill(NamedTuple):
    """One surface form that stands in the document."""

    text: str
    status: str
    core: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class Gold:
    """The labels of one document; None or () where a kind is not labelled."""

    path: Path
    skills: tuple[GoldSkill, ...] | None
    exhaustive: bool
    hidden: tuple[str, ...]
    best_roles: tuple[str, ...] | None
    raw: dict[str, Any]


def load_gold(document: Path) -> Gold:
    """The gold file beside a document; ConfigError where it is not valid."""
    path = document.with_name(document.stem + ".gold.json")
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        skills = (
            tuple(
                GoldSkill(
                    s["text"],
                    s.get("status", "claimed"),
                    bool(s.get("core", True)),
                    bool(s.get("optional", False)),
                )
                for s in raw["skills"]
            )
            if "skills" in raw
            else None
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path} is no gold file: {error}.", "See docs/evaluation.md.") from error
    return Gold(
        path=document,
        skills=skills,
        exhaustive=bool(raw.get("exhaustive", False)),
        hidden=tuple(raw.get("hidden", ())),
        best_roles=tuple(raw["best_roles"]) if raw.get("best_roles") else None,
        raw=raw,
    )


def labelled(folders: Iterable[Path]) -> Iterator[Path]:
    """Documents with a gold file beside them, below folders (or named themselves), in a fixed order."""
    found: dict[Path, None] = {}
    for folder in folders:
        if folder.is_file():
            gold_files = [folder.with_name(folder.stem + ".gold.json")]
        else:
            gold_files = sorted(folder.rglob("*.gold.json"))
        for gold in gold_files:
            stem = gold.name.removesuffix(".gold.json")
            for ending in _ENDINGS:
                document = gold.with_name(stem + ending)
                if gold.is_file() and document.is_file():
                    found[document] = None
                    break
    yield from found


@lru_cache(maxsize=20_000)
def squeeze(text: str) -> tuple[str, frozenset[int]]:
    """The text case-folded without spaces and hyphens, and the offsets of its word edges."""
    out: list[str] = []
    edges = {0}
    length = 0
    previous_alnum = False
    for piece in _SQUEEZED.split(text.casefold().strip()):
        edges.add(length)
        for char in piece:
            alnum = char.isalnum()
            if alnum != previous_alnum or not alnum:
                edges.add(length)
            previous_alnum = alnum
            out.append(char)
            length += 1
        edges.add(length)
    return "".join(out), frozenset(edges)


def same_skill(mention: str, gold: str) -> bool:
    """Whether a mention equals a gold form, covers it or lies inside it, at word edges."""
    a, b = squeeze(mention), squeeze(gold)
    return _inside(a, b) or _inside(b, a)


def _inside(small: tuple[str, frozenset[int]], large: tuple[str, frozenset[int]]) -> bool:
    text, (whole, edges) = small[0], large
    at = whole.find(text) if text else -1
    while at >= 0:
        if at in edges and at + len(text) in edges:
            return True
        at = whole.find(text, at + 1)
    return False
