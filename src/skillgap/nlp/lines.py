"""Lines of a document with the layout features that tell a heading or an entry from running text."""

from __future__ import annotations

import re
from statistics import median
from typing import NamedTuple

from ..types import Document, Line

BULLET = re.compile(
    r"\s*(?:[•●○◦∙▪▫■□►▸▶➢➤❖✓✔★☆⁃‣·*¨\uf0b7\uf0a7\uf0d8\uf076\uf0fc\ue000-\uf8ff]+\s*|[-–—]\s+"
    r"|(?:\(cid:\d+\)\s*)+|o\s+(?=[A-Z])|\(?\d{1,2}[.)]\s+)"
)
_SPACED = re.compile(r"(?:\S\s+){3,}\S?")
_GAPS = re.compile(r"\s*\t\s*|\s{3,}")
_SENTENCE_END = re.compile(r"[a-z0-9)%][.;]$")
_ABBREVIATED = re.compile(
    r"\b(?:Corp|Inc|Ltd|Co|Pvt|Dept|Univ|Jr|Sr|Bros|St|Intl)\.$", re.IGNORECASE
)


class LineView(NamedTuple):
    """One line with what the eye sees of it."""

    order: int  # among the views
    line: Line
    start: int  # of the text without bullet and space around it
    end: int
    text: str
    bullet: bool
    words: int
    size: float  # relative to the body text, 1.0 where unknown
    bold: bool
    caps: bool
    gap: float  # space above, in line heights, relative to the usual; 1.0 where a blank line stands
    blank: bool  # an empty line or a new page or column stands above


class Layout(NamedTuple):
    """All lines, and what is usual in this document."""

    views: tuple[LineView, ...]
    body_size: float  # points; 0 without geometry
    geometry: bool


def unspaced(text: str) -> str:
    """“E X P E R I E N C E” as one word; other texts as they are."""
    if len(text) > 4 and text[1] == " " and _SPACED.fullmatch(text):
        parts = re.split(r"\s{2,}", text)
        return " ".join(part.replace(" ", "") for part in parts)
    return text


def read_layout(document: Document) -> Layout:
    """The lines that carry text, without what pages repeat."""
    text = document.text
    sizes: dict[float, int] = {}
    bold_chars = total = 0
    for line in document.lines:
        n = line.end - line.start
        total += n
        bold_chars += n * line.bold
        if line.size:
            key = round(line.size * 2) / 2
            sizes[key] = sizes.get(key, 0) + n
    body = max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 0.0
    all_bold = total > 0 and bold_chars > 0.6 * total
    gaps: list[float] = []
    kept: list[tuple[Line, float, bool]] = []
    last: Line | None = None
    for line in document.lines:
        if line.furniture or line.end <= line.start:
            continue
        gap, blank = 0.0, True
        if last is not None:
            blank = "\n\n" in text[last.end : line.start]
            if line.page == last.page and line.bottom > 0 and line.top > last.top:
                gap = line.top - last.bottom
                gaps.append(gap)
            elif line.bottom > 0 and (line.page != last.page or line.column != last.column):
                blank = True
        kept.append((line, gap, blank))
        last = line
    usual = median(gaps) if gaps else 0.0
    views: list[LineView] = []
    for line, gap, blank in kept:
        raw = text[line.start : line.end]
        mark = BULLET.match(raw)
        head = mark.end() if mark and mark.end() < len(raw) else 0
        stripped = raw[head:].strip()
        if not stripped:
            continue
        start = line.start + raw.index(stripped[0], head)
        height = line.size or (line.bottom - line.top) or 1.0
        views.append(
            LineView(
                order=len(views),
                line=line,
                start=start,
                end=start + len(stripped),
                text=stripped,
                bullet=head > 0,
                words=(len(stripped.split()) if "  " in stripped else stripped.count(" ") + 1),
                size=line.size / body if body and line.size else 1.0,
                bold=line.bold and not all_bold,
                caps=_caps(stripped),
                gap=(gap - usual) / height if line.bottom > 0 else (1.0 if blank else 0.0),
                blank=blank,
            )
        )
    return Layout(tuple(views), body, body > 0)


def _caps(text: str) -> bool:
    """All capitals, also in small caps that lost the case of an i ("UNiVERSiTY")."""
    if not text.isupper():
        small = text.replace("i", "")
        if len(text) - len(small) > len(small) / 2 or not small.isupper():
            return False
        text = small
    return sum(c.isupper() for c in text) >= 2


def is_prose(view: LineView) -> bool:
    """Running text: a sentence's end, or more words than a heading or a title has."""
    return view.words > 16 or (view.words > 5 and ends_sentence(view.text))


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, and not with "Inc."."""
    return bool(_SENTENCE_END.search(text)) and not _ABBREVIATED.search(text)


def split_cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a line that tabs (a reader's sign for a wide gap) set apart, as spans."""
    cells: list[tuple[int, int]] = []
    for gap in _GAPS.finditer(text, start, end):
        if gap.start() > start:
            cells.append((start, gap.start()))
        start = gap.end()
    if end > start:
        cells.append((start, end))
    return cells
