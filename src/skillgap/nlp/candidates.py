"""Lines that may be headings: how much each looks like one, and what its words name."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..types import Document
from .headings import Named, heading_title, name_heading
from .lexicon import Lexicon, plain, squeeze
from .lines import Layout, LineView, unspaced

DATED = re.compile(r"(?:19|20)\d\d|@|https?:|www\.|\d{3}")
_YEAR_AT_END = re.compile(r"[A-Z][a-z]+(?: [A-Za-z]+){2,5} 20\d\d")
_END_PUNCT = re.compile(r"[.,;!]$")
_DECORATED = re.compile(r".*[A-Za-z]\W*[-–—=*~•·|]+\s*$")
Style = tuple[int, bool, bool, int]


class Candidate(NamedTuple):
    """A line that may be a heading."""

    view: LineView
    title: str
    end: int
    named: Named | None
    looks: float


def style_of(view: LineView) -> Style:
    """What makes two headings look alike: size (in tenths of the body's), weight, case, level."""
    return (round(view.size * 10), view.bold, view.caps, view.line.level)


def emphasis(view: LineView) -> float:
    """How much its type sets a line off: size, weight, capitals, or the format's own level."""
    score = 3.0 if view.line.level else 0.0
    if view.size >= 1.25:
        score += 2.0
    elif view.size >= 1.06:
        score += 1.2
    elif view.size < 0.9:
        score -= 0.5
    return score + view.bold + view.caps


def looks_like(view: LineView, layout: Layout) -> float:
    """How much a line looks like a heading: 0 like any other line, 2 and more plainly so."""
    score = emphasis(view)
    if view.gap > 0.25:
        score += 0.7
    if view.blank:
        score += 0.4 if layout.geometry else 0.9
    if view.text.endswith(":"):
        score += 0.5
    return score


def find_candidates(document: Document, layout: Layout, lexicon: Lexicon) -> list[Candidate]:
    """Short lines that look like headings, with what they name."""
    found: list[Candidate] = []
    for view in layout.views:
        text = unspaced(view.text)
        words = view.words if text is view.text else len(text.split())
        if words > 14 or len(text) > 60:
            continue
        looks = looks_like(view, layout)
        if looks < 1.0:
            continue
        title = heading_title(text)
        if len(title) < 2 or title.count(",") > 2:
            continue
        if DATED.search(title) and not (looks >= 1.2 and _YEAR_AT_END.fullmatch(title)):
            continue
        named = name_heading(title, lexicon)
        if squeeze(title) in lexicon.personal and (named is None or "\t" in view.text):
            continue
        if _possible(view, title, named, lexicon):
            found.append(Candidate(view, title, view.end, named, looks))
    return _join_wrapped(found, document, lexicon)


def _possible(view: LineView, title: str, named: Named | None, lexicon: Lexicon) -> bool:
    strength = named.strength if named else 0
    if named is None and lexicon.degrees.fullmatch(plain(title).replace(".", "")):
        return False  # "MBA" above a school
    if title.count(" ") > 6 and strength < 3:
        return False
    set_off = emphasis(view)
    if view.bullet and not _DECORATED.match(view.text) and (strength < 2 or set_off < 1.0):
        return False  # an item of a list, unless a number or an icon stands before a heading
    if _END_PUNCT.search(view.text) and not view.line.level:
        return False
    if title[0].islower() and view.size < 1.15 and not view.line.level:
        return strength >= 2 and set_off >= 1.0
    return strength > 0 or set_off >= 1.0


def bare_candidates(document: Document, layout: Layout, lexicon: Lexicon) -> list[Candidate]:
    """Lines that say nothing but a listed heading, in documents that set no heading off."""
    found: list[Candidate] = []
    views = layout.views
    for i, view in enumerate(views[:-1]):
        if view.words > 5 or len(view.text) > 40 or "\t" in view.text:
            continue
        title = heading_title(view.text)
        named = name_heading(title, lexicon) if len(title) > 2 else None
        if named is None or named.strength < 2 or ":" in title or view.text[-1] in ".,;":
            continue
        if view.bullet and not _DECORATED.match(view.text):
            mark = document.text[view.line.start : view.start].strip()
            if named.strength < 3 or not (mark[:1].isdigit() or mark >= "\ue000"):
                continue
        before, after = views[i - 1].text if i else "", views[i + 1].text
        if before.endswith((",", " and", " of", " in")) or after[0].islower():
            continue  # a word of a sentence
        found.append(Candidate(view, title, view.end, named, looks_like(view, layout)))
    return found


def _join_wrapped(found: list[Candidate], document: Document, lexicon: Lexicon) -> list[Candidate]:
    """A heading broken over two lines of a narrow column ("TECHNICAL" / "SKILLS") is one."""
    out: list[Candidate] = []
    for c in found:
        last = out[-1] if out else None
        if (
            last is not None
            and c.view.order == last.view.order + 1
            and style_of(c.view) == style_of(last.view)
            and c.view.line.page == last.view.line.page
            and last.title.count(" ") < 2
            and (last.named is None or c.named is None or last.named.strength < 3)
            and last.looks >= 1.5
            and c.view.gap < 0.8
        ):
            joined = name_heading(f"{last.title} {c.title}", lexicon)
            if joined and joined.strength == 3:
                title = document.text[last.view.start : c.end].replace("\n", " ")
                out[-1] = Candidate(last.view, heading_title(title), c.end, joined, last.looks)
                continue
        out.append(c)
    return out
