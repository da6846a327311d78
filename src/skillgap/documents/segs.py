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
