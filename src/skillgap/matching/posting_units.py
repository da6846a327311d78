"""A posting's text as sentences, each with the kind of place that it stands in.

A heading rules what follows it, a cue inside a sentence outranks the heading. What an employer says of
itself, its benefits and its legal statements is `about`, `benefits`, `legal` or `process`, and asks
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..types import Document, Line
from .posting_rules import Place, PostingRules, fold_quotes

LONG_LINE = 55  # characters from which a line may go on in the next one
LONGEST_HEADING = 70
BLOCK = 300  # a line longer than this is a paragraph that may hold headings
SILENT: frozenset[Place] = frozenset({"about", "benefits", "legal", "process"})

_BULLET = re.compile(r"^\s*(?:[-*•·●○▪■◦‣–—➢➤✓✔►o]|\(?\d{1,2}[.)])\s+(?=\S)")
_ENDS = re.compile(r"[.!?:;]\W*$")
_SENTENCE = re.compile(
    r"(?<=[a-z0-9)%\]’'”\"][.!?])(?:\s+(?=[\"“(]?[A-Z0-9•])|(?=[A-Z][a-z]))|\s*[•●▪]\s*"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|incl|Sr|Jr|Inc|Ltd|approx|B\.S|M\.S|Ph\.D|U\.S)\.)$"
)


class Unit(NamedTuple):
    """One sentence or list item: its span, its kind of place, and whether a cue of its own gave it."""

    start: int
    end: int
    place: Place
    cued: bool = False


class Layout(NamedTuple):
    """A posting in parts."""

    title: str
    title_span: tuple[int, int]
    units: tuple[Unit, ...]


class _Paragraph(NamedTuple):
    start: int
    end: int
    bullet: bool
    level: int
    bold: bool


def read_posting(document: Document, rules: PostingRules) -> Layout:
    """The title and the units of a posting."""
    paragraphs = list(_paragraphs(document))
    title, at = _title(document, paragraphs, rules)
    units: list[Unit] = []
    place: Place = "intro"
    leveled = any(p.level for p in paragraphs)
    for index, paragraph in enumerate(paragraphs):
        text = document.text[paragraph.start : paragraph.end]
        if index < at:  # what stands above the title is a page's navigation
            units.append(Unit(paragraph.start, paragraph.end, "about"))
            continue
        if index == at:
            units.append(Unit(paragraph.start, paragraph.end, "title"))
            continue
        found = _heading(text, paragraph, rules)
        if found is not None:
            place = found
            continue
        if paragraph.level or (leveled and paragraph.bold and _headlike(text)):
            # A heading that says nothing known ends what asks nothing, and else changes nothing.
            place = "plain" if place in SILENT else place
            continue
        for start, end, kind in _pieces(text, paragraph.start, place, rules):
            place_here = _outranked(document.text[start:end], kind, rules)
            units.append(Unit(start, end, place_here, place_here != kind))
            if place == "about" and place_here == "plain":
                place = "plain"  # the employer has come to the point
    if not any(u.place in ("duties", "required", "preferred") for u in units):
        units = [u._replace(place="plain") if u.place == "intro" else u for u in units]
    else:
        # Above the first heading "we" are the employer, who speaks of itself.
        employer = rules.patterns.employer
        units = [
            u._replace(place="about")
            if u.place == "intro" and employer.search(document.text, u.start, u.end)
            else u
            for u in units
        ]
    span = (paragraphs[at].start, paragraphs[at].end) if at >= 0 else (0, 0)
    return Layout(title, span, tuple(units))


def _paragraphs(document: Document) -> Iterator[_Paragraph]:
    """Lines put together where one goes on in the next."""
    text = document.text
    held: list[Line] = []
    for line in document.lines:
        if line.furniture:
            continue
        if held and not _goes_on(text, held, line):
            yield _joined(text, held)
            held = []
        held.append(line)
    if held:
        yield _joined(text, held)


def _goes_on(text: str, held: list[Line], line: Line) -> bool:
    last = held[-1]
    before, now = text[last.start : last.end], text[line.start : line.end]
    if line.level or last.level or text.count("\n", last.end, line.start) > 1 or _BULLET.match(now):
        return False
    if now[:1].islower() and not _ENDS.search(before):
        return True
    return len(before) >= LONG_LINE and not _ENDS.search(before) and line.bold == last.bold


def _joined(text: str, lines: list[Line]) -> _Paragraph:
    start, end = lines[0].start, lines[-1].end
    bullet = _BULLET.match(text[start:end])
    return _Paragraph(
        start + (bullet.end() if bullet else 0),
        end,
        bool(bullet),
        max(line.level for line in lines),
        all(line.bold for line in lines),
    )


def _headlike(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and not text.rstrip().endswith((".", ",", ";", "!"))


def _heading(text: str, paragraph: _Paragraph, rules: PostingRules) -> Place | None:
    """The kind of place that a paragraph opens, where it is a heading that is known."""
    bare = text.strip().strip("*#_ ")
    if not _headlike(bare) or not bare[:1].isupper():
        return None
    words = len(bare.split())
    if paragraph.bullet and not bare.endswith(":"):
        return None
    marked = bool(paragraph.level) or paragraph.bold or bare.endswith((":", "?")) or bare.isupper()
    return rules.heading(bare) if words <= (9 if marked else 6) else None


def _title(
    document: Document, paragraphs: list[_Paragraph], rules: PostingRules
) -> tuple[str, int]:
    """The posting's title and the index of its paragraph; ("", -1) where none shows."""
    best = -1
    for index, p in enumerate(paragraphs[:12]):
        text = document.text[p.start : p.end].strip()
        if p.level == 1:
            best = index
            break
        short = best < 0 and index < 6 and len(text) <= 90 and not p.bullet and _headlike(text)
        if short and rules.patterns.title_word.search(text) and rules.heading(text) is None:
            best = index
    if best < 0:
        return "", -1
    raw = document.text[paragraphs[best].start : paragraphs[best].end]
    title = re.sub(
        r"^(?:job title|position|role|title)\s*:\s*", "", " ".join(raw.split()), flags=re.I
    )
    return title[:90], best


def _pieces(
    text: str, offset: int, place: Place, rules: PostingRules
) -> Iterator[tuple[int, int, Place]]:
    """The sentences of a paragraph, with the headings that stand inside it."""
    cuts: list[tuple[int, int, Place]] = []
    for match in rules.patterns.inline.finditer(text):
        kind = rules.heading(match[1])
        if kind is not None and (len(text) > BLOCK or match[0].endswith(":")):
            cuts.append((match.start(), match.end(), kind))
    at, kind_now = 0, place
    for start, end, kind in [*cuts, (len(text), len(text), place)]:
        for a, b in _sentences(text, at, start):
            yield offset + a, offset + b, kind_now
        at, kind_now = end, kind


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _SENTENCE.finditer(text, start, end):
        if _ABBREVIATION.search(text[at : match.start()]):
            continue
        if text[at : match.start()].strip():
            yield at, match.start()
        at = match.end()
    if text[at:end].strip():
        yield at, end


def _outranked(sentence: str, place: Place, rules: PostingRules) -> Place:
    """The place of a sentence after its own words are heard."""
    p = rules.patterns
    folded = fold_quotes(sentence)
    if p.boilerplate.search(folded):
        return "benefits" if place != "legal" else place
    if place == "about":
        return "plain" if p.person.search(folded) else place
    if place in SILENT or place == "title":
        return place
    if place == "intro" and p.person.search(folded):
        place = "plain"
    outside = re.sub(r"\([^)]*\)", "", folded)
    if p.preferred.search(outside) and not p.required.search(outside):
        return "preferred"
    if place in ("intro", "plain", "duties") and p.required.search(outside):
        return "required"
    return place
