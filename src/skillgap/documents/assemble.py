"""From rows to the Document's text: offsets, hyphenation, repeated headers and footers.

In the text, words of a line are parted by one space, or by a tab where a wide gap stands between
them (a date at the right edge, the cells of a table); lines by a newline; blocks and larger gaps by
an empty line. A word that is broken over two lines is written once, without the break, on the first
line: its two pieces remain two `Word`s that touch (`a.end == b.start`), each with its own box. The
hyphen is dropped where it only marks the break ("Hug-/gingFace") and kept where the word has one
("fine-/tuning").
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from skillgap.documents.layout import TAB, Row
from skillgap.documents.words import RawWord
from skillgap.types import Line, Page, Word

_BLANK = 1.95  # em from baseline to baseline: more is a larger gap
_EDGE = 0.1  # of a page's height: where repeated headers and footers stand
_NUMBER = re.compile(
    r"(?:page|p\.?|seite)?\s*[-–—]?\s*\d{1,3}\s*(?:(?:of|/|\|)\s*\d{1,3})?\s*[-–—]?", re.I
)

# First parts of compounds that keep their hyphen at a line's end.
_COMPOUND = frozenset(
    """
    all back best bottom built business client closed cloud code context cost cross customer
    cutting data day deep domain double e edge end enterprise event fast fault few fine first
    five four front full fully future general goal good graph ground half hands hard high
    higher home human hybrid in industry instruction just key knowledge large last lead life
    light live long loss low lower machine mid mobile model multi near new next no non object
    off on one online open out part peer point policy post pre problem process production
    quality re real remote reinforcement resource result retrieval role rule second security
    self semi server service short side single six small so solution state step sub task team
    temporal test third three time to token top tool trade two type up use user value vision
    voice web well wide work world year zero
    """.split()  # noqa: SIM905
)


class PageRows(NamedTuple):
    """One page in reading order."""

    number: int
    width: float
    height: float
    rows: list[Row]


class Assembled(NamedTuple):
    """The text of a document and where everything stands in it."""

    text: str
    lines: tuple[Line, ...]
    words: tuple[Word, ...]
    pages: tuple[Page, ...]


def assemble(pages: list[PageRows]) -> Assembled:
    """One text out of pages; words and lines ascend and never overlap."""
    furniture = _furniture(pages)
    vocabulary: Counter[str] | None = None
    out: list[str] = []
    at = 0
    words: list[Word] = []
    lines: list[Line] = []
    spans: list[Page] = []
    for p in pages:
        page_start = -1
        last: Row | None = None
        moved: RawWord | None = None  # the first word of this row stands on the line before
        for i, row in enumerate(p.rows):
            todo = list(row.words)
            if moved is not None:
                todo = todo[1:]
                moved = None
                if not todo:
                    continue
            if at:
                gap = "\n\n" if last is None or _apart(last, row) else "\n"
                out.append(gap)
                at += len(gap)
            if page_start < 0:
                page_start = at
            line_start = at
            for k, w in enumerate(todo):
                if k:
                    sep = (
                        "\t" if w.x0 - todo[k - 1].x1 > TAB * min(w.size, todo[k - 1].size) else " "
                    )
                    out.append(sep)
                    at += 1
                text = w.text
                if k == len(todo) - 1 and text[-1] == "-" and len(text) > 1:
                    after = _next(p.rows, i, w)
                    if after is not None:
                        if vocabulary is None:
                            vocabulary = _vocabulary(pages)
                        text = _broken(text, after.text, vocabulary)
                        moved = after
                at = _put(out, words, at, text, w, p)
            if moved is not None:
                at = _put(out, words, at, moved.text, moved, p)
            lines.append(_line(row, todo, line_start, at, p, (p.number, i) in furniture))
            last = row
        spans.append(
            Page(p.number, p.width, p.height, max(page_start, 0) if page_start >= 0 else at, at)
        )
    return Assembled("".join(out), tuple(lines), tuple(words), tuple(spans))


def _put(out: list[str], words: list[Word], at: int, text: str, w: RawWord, p: PageRows) -> int:
    out.append(text)
    end = at + len(text)
    _, x0, top, x1, bottom, size, _, bold, italic, _ = w
    if x0 < 0 or top < 0 or x1 > p.width or bottom > p.height:
        x0, top = min(max(x0, 0.0), p.width), min(max(top, 0.0), p.height)
        x1, bottom = min(max(x1, x0), p.width), min(max(bottom, top), p.height)
    words.append(Word(at, end, p.number, x0, top, x1, bottom, size, bold, italic))
    return end


def _line(
    row: Row, todo: list[RawWord], start: int, end: int, p: PageRows, furniture: bool
) -> Line:
    sizes: dict[float, int] = {}
    bold = total = 0
    edge = todo[0].x1
    top, bottom = todo[0].top, todo[0].bottom
    look = True
    for w in todo:
        # What stands apart at the right (a date, a place) does not tell how the line looks.
        look = look and (total <= 3 or w.x0 - edge <= TAB * w.size)
        edge = w.x1
        top, bottom = min(top, w.top), max(bottom, w.bottom)
        if look:
            n = len(w.text)
            sizes[w.size] = sizes.get(w.size, 0) + n
            total += n
            bold += n * w.bold
    size = todo[0].size if len(sizes) == 1 else max(sizes, key=lambda k: (sizes[k], k))
    return Line(
        start,
        end,
        p.number,
        max(todo[0].x0, 0.0),
        max(top, 0.0),
        min(max(edge, 0.0), p.width),
        min(bottom, p.height),
        round(size, 1),
        2 * bold > total,
        row.column,
        0,
        furniture,
    )


def _apart(a: Row, b: Row) -> bool:
    if a.block != b.block:
        return True
    step = b.words[0].base - a.words[0].base
    return step > _BLANK * max(a.words[0].size, b.words[0].size) or step < 0


def _next(rows: list[Row], i: int, w: RawWord) -> RawWord | None:
    """The word on the next line that goes on with a word broken by a hyphen."""
    if i + 1 >= len(rows) or rows[i + 1].block != rows[i].block or not w.text[-2].isalnum():
        return None
    after = rows[i + 1].words[0]
    if _apart(rows[i], rows[i + 1]) or not after.text[0].isalnum():
        return None
    if w.text[-2].isdigit() and not after.text[0].isdigit():
        return None  # "2019-" before "Present" is a range, not a word
    # A word is broken where the line is full: its last word ends near the right edge of the block.
    right = max(r.words[-1].x1 for r in rows[max(0, i - 12) : i + 13] if r.block == rows[i].block)
    return after if w.x1 > 0.55 * right else None


def _broken(head: str, tail: str, vocabulary: Counter[str]) -> str:
    """The first piece of a broken word as it is to be written: with or without its hyphen."""
    bare = head[:-1]
    if not tail[0].islower() or not bare[-1].isalpha():
        kept = bare[-1].islower() and tail[0].isupper() and vocabulary[_key(bare + tail)]
        return bare if kept else bare + "-"
    left, right = _key(bare).rpartition("-")[2], _key(tail)
    whole, compound = vocabulary[left + right], vocabulary[f"{left}-{right}"]
    if whole != compound:
        return bare if whole > compound else bare + "-"
    if "-" in bare.strip("-") or left in _COMPOUND:
        return bare + "-"
    # Both pieces are in the vocabulary once, as they stand here.
    return bare + "-" if vocabulary[left] > 1 and vocabulary[right] > 1 else bare


def _key(text: str) -> str:
    return text.strip(".,;:()[]{}/\"'“”‘’•-").casefold()


def _vocabulary(pages: list[PageRows]) -> Counter[str]:
    """How often each word of the document stands there whole."""
    return Counter(_key(w.text) for p in pages for r in p.rows for w in r.words)


def _furniture(pages: list[PageRows]) -> frozenset[tuple[int, int]]:
    """Rows at the edge that pages repeat, and page numbers, as (page, index of the row).

    The first page's header stays: it is where the name is.
    """
    found: list[tuple[int, int]] = []
    seen: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for p in pages:
        for i, row in enumerate(p.rows):
            w = row.words[0]
            if _EDGE * p.height < w.base < (1 - _EDGE) * p.height:
                continue
            text = " ".join(w.text for w in row.words)
            if w.base > p.height / 2 and _NUMBER.fullmatch(text):
                found.append((p.number, i))
            elif len(pages) > 1:
                key = (re.sub(r"\d+", "#", text).casefold(), round(w.base / 4))
                seen.setdefault(key, []).append((p.number, i))
    top = {p.number: p.height / 2 for p in pages}
    for places in seen.values():
        numbers = {page for page, _ in places}
        if len(numbers) < 2 or 2 * len(numbers) < len(pages):
            continue
        for k, (page, i) in enumerate(places):
            row = next(p for p in pages if p.number == page).rows[i]
            if k or row.words[0].base > top[page]:
                found.append((page, i))
    return frozenset(found)
