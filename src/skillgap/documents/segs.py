"""Pieces of rows, and lists of entries whose two sides stand beside each other."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from skillgap.documents.words import RawWord

_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|(?:[-–—]|to)?\s*(?:present|now|current|today|ongoing)\W*", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

# Titles of the sections that sidebars and the columns beside them usually have, without spaces (the
# letters of a title may be set apart), and the words that usually stand before them.
_SECTION = re.compile(
    r"(?:(?:technical|key|core|soft|hard|computer|digital|professional|personal|work|career|relevant"
    r"|employment|selected|spoken|my|about|volunteer|other|additional)(?:&|and)?)*"
    r"(?:skills?|competenc(?:ies|es|e)|expertise|experiences?|employment|history|education|contacts?"
    r"|contactme|details|information|languages?|summary|profile|objective|me|projects?|publications?"
    r"|certifications?|certificates?|courses|training|awards|honou?rs|achievements|interests|hobbies"
    r"|references|links|strengths|tools|technologies|volunteering|qualifications)"
)
_LISTED = re.compile(r"[•‣◦▪▸●○■–*-]\s*\w")
_LOOSE = re.compile(r"[\s·•|/]+")


class Seg(NamedTuple):
    """A piece of a row: words without a wide gap between them."""

    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    chars: int
    bold: bool
    words: tuple[RawWord, ...]


def text_of(s: Seg) -> str:
    """A segment's words."""
    return " ".join(w.text for w in s.words)


def is_date(s: Seg) -> bool:
    """Whether a segment has a year in it, or is the end of a range that has not ended."""
    return bool(_YEAR.search(text := text_of(s)) or _DATE.fullmatch(text))


def is_heading(s: Seg, size: float) -> bool:
    """Whether a segment is set off from text of a size: larger, bold, or in capitals."""
    return s.size > 1.1 * size or s.bold or text_of(s).isupper()


def names_section(s: Seg) -> bool:
    """Whether a segment is nothing but the usual title of a section; a label ends in a colon."""
    return bool(_SECTION.fullmatch(_LOOSE.sub("", text_of(s)).lower()))


def own_columns(left: list[Seg], right: list[Seg]) -> bool:
    """Whether two sides whose rows share their baselines are columns, each with its own sections.

    A column has titles of sections with rows under them. Labels and dates, which belong to the rows
    beside them, have none: what is beside them is never a title, and a title above them has nothing
    beside it. A table's head has titles on one row only, and a cell beside each other cell.
    """
    if any(sum(map(is_date, side)) > 0.5 * len(side) for side in (left, right)):
        return False
    beside = _partners(left, right)
    across = [k for k, s in beside.items() if names_section(s)]
    titles = [k for k in beside if _opens(left, k)]
    named = [k for k in titles if names_section(left[k]) or k in across]
    if not across:  # a title in the margin may have a place or a remark under it, but not a list
        texts = [text_of(s) for s in left]
        lists = sum(_set_off(left, k) and _opens(left, k, 2) for k in named)
        return lists > 1 and len({*texts}) == len(texts)  # a form repeats its labels
    if len(across) < 2 and not named:
        return sum(_LISTED.match(text_of(s)) is not None for s in left) > 0.7 * len(left)
    level = [s for s in right if s.bottom > left[0].top]  # a name may stand above both
    return len({*across, *named}) > 1 or not len(left) == len(level) == len(beside)


def _partners(left: list[Seg], right: list[Seg]) -> dict[int, Seg]:
    """By the index of a segment at the left: the first at the right that is on its row."""
    out: dict[int, Seg] = {}
    j = 0
    for k, s in enumerate(left):
        while j < len(right) and right[j].base < s.base - 0.3 * s.size:
            j += 1
        if j < len(right) and right[j].base <= s.base + 0.3 * s.size:
            out[k] = right[j]
    return out


def _opens(side: list[Seg], k: int, rows: int = 1) -> bool:
    """Whether a segment is a section's title by its words or look, and rows of text follow it."""
    if is_date(side[k]) or not (names_section(side[k]) or _set_off(side, k)):
        return False
    follow = side[k : k + 1 + rows]
    return len(follow) > rows and all(
        b.base - a.base < 3 * a.size and not names_section(b) and not is_date(b)
        for a, b in itertools.pairwise(follow)
    )


def _set_off(side: list[Seg], k: int) -> bool:
    """Whether a segment looks more like a heading than the one that follows it does."""
    if k + 1 >= len(side):
        return False
    s, after = side[k], side[k + 1]
    return (
        s.size > 1.1 * after.size
        or (s.bold and not after.bold)
        or (text_of(s).isupper() and not text_of(after).isupper())
    )


def side_by_side(left: list[Seg], right: list[Seg]) -> list[tuple[list[Seg], list[Seg]]]:
    """Two sides as entries, each a block at the left (employer, place, dates) and one at the right
    (title, text); empty where they are columns of their own.

    They are entries where dated blocks of the left begin on the rows on which blocks of the right
    begin, and what else stands at the left are headings.
    """
    blocks = _blocks(left)
    tops = [b[0].words[0].base for b in _blocks(right)]
    end = max(s.bottom for s in right)
    beside = [b for b in blocks if b[0].base < end]  # what stands below both is text of its own
    dated = [b for b in beside if any(_YEAR.search(text_of(s)) for s in b)]
    if len(dated) < 2 or max(map(len, dated)) > 5 or len(tops) < 2:
        return []
    size = dated[0][-1].size
    if any(not any(abs(b[0].base - t) <= 0.4 * b[0].size for t in tops) for b in dated):
        return []
    marked = {id(b) for b in dated}
    if not all(is_heading(s, size) for b in beside if id(b) not in marked for s in b):
        return []
    out: list[tuple[list[Seg], list[Seg]]] = []
    first = [s for s in right if s.base < blocks[0][0].base - 0.4 * s.size]
    if first:
        out.append(([], first))
    for k, block in enumerate(blocks):
        low = block[0].base
        high = blocks[k + 1][0].base if k + 1 < len(blocks) else float("inf")
        out.append((block, [s for s in right if low <= s.base + 0.4 * s.size < high]))
    return out


def _blocks(side: list[Seg]) -> list[list[Seg]]:
    """Segments that follow each other closely, parted where more space than usual stands."""
    if not side:
        return []
    gaps = sorted(g for a, b in itertools.pairwise(side) if (g := b.base - a.base) > 0.5 * a.size)
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    out = [[side[0]]]
    for a, b in itertools.pairwise(side):
        if b.base - a.base > 1.35 * usual:
            out.append([b])
        else:
            out[-1].append(b)
    return out
