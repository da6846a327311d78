"""Where a résumé's skills stand: marks over the pictures of its pages, or within its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..report import MentionInfo, Report, SkillInfo
from ..types import Picture
from . import words


class Mark(NamedTuple):
    """One rectangle over a page, or one stretch of the text, that speaks of skills."""

    ident: str  # what a link to the mention leads to; "" for the further lines of one mention
    keys: tuple[int, ...]  # numbers of the skills
    status: str
    label: str  # what a reader hears and sees on hovering
    style: str = ""  # place over the page, in percent
    text: str = ""  # in the text
    more: tuple[str, ...] = ()  # further mentions that begin here


class MarkedPage(NamedTuple):
    """A page's picture with its marks."""

    picture: Picture
    marks: tuple[Mark, ...]


class Place(NamedTuple):
    """A mention with all the skills that it speaks of, the first of the list first."""

    mention: MentionInfo
    keys: tuple[int, ...]
    label: str


def places(report: Report, numbers: Mapping[str, int]) -> list[Place]:
    """All mentions by where they stand, those of the same words together."""
    found: dict[tuple[int, int], list[tuple[int, SkillInfo, MentionInfo]]] = {}
    for skill in report.skills:
        for m in skill.mentions:
            found.setdefault((m.start, m.end), []).append((numbers[skill.id], skill, m))
    done = []
    for _, rows in sorted(found.items()):
        rows.sort(key=lambda r: r[0])
        mention = rows[0][2]
        names = ", ".join(s.label for _, s, _ in rows)
        label = (
            names if mention.status == "claimed" else f"{names}: {words.STATUSES[mention.status]}"
        )
        done.append(Place(mention, tuple(n for n, _, _ in rows), label))
    return done


def anchor(m: MentionInfo) -> str:
    """The id of a mention's mark."""
    return f"m{m.start}-{m.end}"


def on_pages(found: Sequence[Place], pictures: Sequence[Picture]) -> list[MarkedPage]:
    """Pages with their marks; mentions of pages that have no picture have none."""
    marks: dict[int, list[Mark]] = {p.page: [] for p in pictures}
    sizes = {p.page: (p.width, p.height) for p in pictures}
    for place in found:
        named = False
        for box in place.mention.boxes or []:
            if box.page not in sizes:
                continue
            x0, top, x1, bottom = box.bbox
            width, height = sizes[box.page]
            style = (
                f"left:{_percent(x0 - 1, width)};top:{_percent(top - 0.5, height)};"
                f"width:{_percent(x1 - x0 + 2, width)};height:{_percent(bottom - top + 1, height)}"
            )
            ident = "" if named else anchor(place.mention)
            marks[box.page].append(
                Mark(ident, place.keys, place.mention.status, place.label, style)
            )
            named = True
    return [MarkedPage(p, tuple(marks[p.page])) for p in pictures]


def _percent(part: float, whole: float) -> str:
    """A share of the page, kept on it."""
    return f"{min(max(100 * part / whole if whole else 0.0, 0.0), 100.0):.2f}%"


def in_text(found: Sequence[Place], text: str) -> list[Mark]:
    """The text cut into pieces that speak of skills and pieces (without keys) that don't.

    Mentions may lie within each other: a piece belongs to all mentions over it.
    """
    spans = [p for p in found if 0 <= p.mention.start < p.mention.end <= len(text)]
    edges = sorted({0, len(text), *(e for p in spans for e in (p.mention.start, p.mention.end))})
    pieces: list[Mark] = []
    named: set[tuple[int, int]] = set()
    for a, b in pairwise(edges):
        over = [p for p in spans if p.mention.start <= a and b <= p.mention.end]
        over.sort(key=lambda p: p.mention.end - p.mention.start)
        if not over:
            pieces.append(Mark("", (), "", "", text=text[a:b]))
            continue
        new = [p for p in over if (p.mention.start, p.mention.end) not in named]
        named |= {(p.mention.start, p.mention.end) for p in new}
        idents = [anchor(p.mention) for p in new]
        keys = tuple(dict.fromkeys(k for p in over for k in p.keys))
        label = "; ".join(dict.fromkeys(p.label for p in over))
        pieces.append(
            Mark(
                idents[0] if idents else "",
                keys,
                over[0].mention.status,
                label,
                text=text[a:b],
                more=tuple(idents[1:]),
            )
        )
    return pieces
