"""Reading order of one page: columns, full-width bands, tables, dates at the right edge.

Words make *segments* (pieces of a row without a wide gap). A page is cut recursively: an upright
strip of white with a column on each side parts left from right, within the rows that no segment
crosses it. What looks like such a strip and is none (dates or places set at the right edge, labels
at the left, grids of short cells) is told by how its two sides relate: annotations stand on the rows
of the other side, are short, and are sparse or aligned at their outer edge.
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import NamedTuple

from skillgap.documents.segs import Seg, is_date, is_heading, own_columns, side_by_side
from skillgap.documents.words import RawWord, mend

_SPLIT = 0.9  # em: a wider gap parts segments
_SAME = 0.3  # em: baselines of one table row differ by less
TAB = 1.5  # em: a wider gap within a line is written as a tab


class Row(NamedTuple):
    """A line as it is to be read: its words from left to right, and the column it is in."""

    words: tuple[RawWord, ...]
    column: int
    block: int  # rows of one block follow each other without a jump


class Read(NamedTuple):
    """A page's rows in reading order, and how many columns stand side by side at most."""

    rows: list[Row]
    columns: int


def read_page(words: list[RawWord]) -> Read:
    """The rows of a page in the order in which a person reads them."""
    segs: list[Seg] = []
    for row in _cluster(words):
        segs.extend(_split(mend(row)))
    segs.sort(key=lambda s: (s.base, s.x0))
    out: list[Row] = []
    state = _State()
    _order(segs, 0, 0, out, state)
    return Read(out, state.columns)


class _State:
    __slots__ = ("block", "columns")

    def __init__(self) -> None:
        self.block = 0
        self.columns = 1


def _cluster(words: list[RawWord]) -> list[list[RawWord]]:
    """Rows of words that share a baseline, each from left to right."""
    rows: list[list[RawWord]] = []
    anchor = -1e9
    for w in sorted(words, key=lambda w: w.base):
        if rows and w.base - anchor <= 0.3 * min(w.size, rows[-1][0].size):
            rows[-1].append(w)
        else:
            rows.append([w])
            anchor = w.base
    rows = _raised(rows)
    for row in rows:
        row.sort(key=lambda w: w.x0)
    return rows


def _raised(rows: list[list[RawWord]]) -> list[list[RawWord]]:
    """Superscripts and letters of logos join the row whose words they touch."""
    out: list[list[RawWord]] = []
    for i, row in enumerate(rows):
        around = (out[-1] if out else [], rows[i + 1] if i + 1 < len(rows) else [])
        near = [r for r in around if len(r) >= len(row)]
        rest = []
        for w in row:
            home = next((r for r in near if _touches(w, r)), None) if len(w.text) <= 3 else None
            if home is None:
                rest.append(w)
            else:
                home.append(w)
        if rest:
            out.append(rest)
    return out


def _touches(w: RawWord, row: list[RawWord]) -> bool:
    if len(w.text) == 1 and w.text.isupper():  # the lowered E of TeX
        return any(
            r.text.isupper()
            and abs(w.base - r.base) < 0.3 * r.size
            and min(abs(w.x0 - r.x1), abs(r.x0 - w.x1)) < 0.12 * r.size
            for r in row
        )
    return any(
        w.size < 0.9 * r.size
        and abs(w.base - r.base) < 0.55 * r.size
        and (abs(w.x0 - r.x1) < 0.3 * r.size or abs(r.x0 - w.x1) < 0.3 * r.size)
        for r in row
    )


def _split(row: list[RawWord]) -> list[Seg]:
    out: list[Seg] = []
    start = 0
    for i in range(1, len(row) + 1):
        if i < len(row):
            a, b = row[i - 1], row[i]
            if b.x0 - a.x1 <= _SPLIT * min(a.size, b.size):
                continue
            if i - start == 1 and not a.text[-1].isalnum() and b.x0 - a.x1 < 4 * b.size:
                continue  # a bullet belongs to its item
        out.append(_seg(tuple(row[start:i])))
        start = i
    return out


def _seg(words: tuple[RawWord, ...]) -> Seg:
    chars = sum(len(w.text) for w in words)
    return Seg(
        words[0].x0,
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
        words[0].base,
        max(w.size for w in words),
        chars,
        2 * sum(len(w.text) for w in words if w.bold) > chars,
        words,
    )


def _order(segs: list[Seg], column: int, depth: int, out: list[Row], state: _State) -> int:
    """Append the rows of segments in reading order; gives how many columns they took."""
    cut = _cut(segs) if depth < 8 and len(segs) >= 6 else None
    if cut is None:
        _leaf(segs, column, out, state)
        return 1
    above, left, right, below = cut
    wide = 1
    if above:
        wide = _order(above, column, depth + 1, out, state)
    pairs = side_by_side(left, right)
    if pairs:
        for pair in pairs:
            for side in pair:
                if side:
                    _leaf(side, column, out, state)
        if below:
            wide = max(wide, _order(below, column, depth + 1, out, state))
        return wide
    n = _order(left, column, depth + 1, out, state)
    n += _order(right, column + n, depth + 1, out, state)
    state.columns = max(state.columns, column + n)
    if below:
        wide = max(wide, _order(below, column, depth + 1, out, state))
    return max(wide, n)


def _leaf(segs: list[Seg], column: int, out: list[Row], state: _State) -> None:
    row: list[Seg] = []
    for s in segs:
        if row and not any(_beside(s, r) for r in row):
            out.append(_row(row, column, state.block))
            row = []
        row.append(s)
    if row:
        out.append(_row(row, column, state.block))
    state.block += 1


def _beside(a: Seg, b: Seg) -> bool:
    """Whether two segments stand on one line: by their baselines, or one beside a larger one."""
    if abs(a.base - b.base) <= 0.35 * min(a.size, b.size):
        return True
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    apart = a.x0 > b.x1 + 0.5 * b.size or b.x0 > a.x1 + 0.5 * a.size
    return apart and overlap > 0.65 * min(a.bottom - a.top, b.bottom - b.top)


def _row(segs: list[Seg], column: int, block: int) -> Row:
    segs.sort(key=lambda s: s.x0)
    return Row(tuple(w for s in segs for w in s.words), column, block)


# ── where to cut ─────────────────────────────────────────────────────────────────────────────────


def _cut(segs: list[Seg]) -> tuple[list[Seg], list[Seg], list[Seg], list[Seg]] | None:
    """The best upright cut: what is above it, left, right and below; None where there is none."""
    edges = Counter(round(s.x0) for s in segs)
    leftmost = min(edges)
    tried: list[tuple[float, float, list[Seg], list[Seg], int, int]] = []
    grouped = {
        x: n + edges.get(x + 1, 0) + edges.get(x - 1, 0)
        for x, n in edges.items()
        if x > leftmost + 20
    }
    seen: list[int] = []
    for x, n in sorted(grouped.items(), key=lambda item: (-item[1], item[0])):
        if n < 3 or len(seen) >= 12:
            break
        if any(abs(x - s) <= 3 for s in seen):
            continue
        seen.append(x)
        tried.extend(_bands(segs, x - 2.0))
    best = max(tried, key=lambda t: (t[0], t[1]), default=None)
    if best is None:
        return None
    _, _, left, right, i, j = best
    above, below = segs[:i], segs[j:]
    left, right, head = _hand_up(left, right)
    above = above + head
    if below:
        left, right, below = _hand_down(left, right, below)
    return above, left, right, below


def _bands(segs: list[Seg], x: float) -> list[tuple[float, float, list[Seg], list[Seg], int, int]]:
    """Stretches of rows that nothing crosses at `x` and whose two sides are columns."""
    out = []
    start = 0
    for i in range(len(segs) + 1):
        if i < len(segs) and not (segs[i].x0 < x - 1 and segs[i].x1 > x + 1):
            continue
        if i - start >= 6:
            left = [s for s in segs[start:i] if s.x1 <= x + 1]
            right = [s for s in segs[start:i] if s.x1 > x + 1]
            height = _columns(left, right)
            if height > 0:
                gutter = min(s.x0 for s in right) - max(s.x1 for s in left)
                out.append((height, gutter, left, right, start, i))
        start = i + 1
    return out


def _columns(left: list[Seg], right: list[Seg]) -> float:
    """The height that two columns share, in points; 0 where the two sides are not columns."""
    if len(left) < 3 or len(right) < 3:
        return 0.0
    size = sorted(s.size for s in left + right)[(len(left) + len(right)) // 2]
    gutter = min(s.x0 for s in right) - max(s.x1 for s in left)
    if gutter < 0.7 * size:
        return 0.0
    top = max(left[0].top, right[0].top)
    bottom = min(max(s.bottom for s in left), max(s.bottom for s in right))
    if bottom - top < 3 * size:
        return 0.0
    if own_columns(left, right):
        return bottom - top
    on_left = _matched(right, left)
    on_right = _matched(left, right)
    tied = max(on_left * (len(right) > 3), on_right * (len(left) > 3))
    if _annotates_right(right, left, on_left) or _annotates_left(left, right, on_right):
        return 0.0
    if _dates_left(left, right):
        return 0.0
    flow = max(_goes_on(left), _goes_on(right))
    if (tied > 0.9 and flow < 2) or (tied > 0.75 and not flow):
        return 0.0  # a table: its cells stand on common rows, and none is a paragraph
    if sum(s.words[0].text[0] == ":" for s in right) > 0.5 * len(right):
        return 0.0  # name : value
    return bottom - top


def _goes_on(side: list[Seg]) -> int:
    """How many lines of a side go on from the line above them: what makes a paragraph."""
    return sum(
        (b.words[0].text[0].islower() or a.words[-1].text[-1] == ",")
        and b.base - a.base < 1.9 * a.size
        and abs(b.x0 - a.x0) < 3 * a.size
        for a, b in itertools.pairwise(side)
    )


def _matched(side: list[Seg], other: list[Seg]) -> float:
    """The share of a side's segments that stand on a row of the other side."""
    hits = 0
    j = 0
    for s in side:
        while j < len(other) and other[j].base < s.base - _SAME * s.size:
            j += 1
        hits += j < len(other) and other[j].base <= s.base + _SAME * s.size
    return hits / len(side)


def _median(side: list[Seg]) -> int:
    return sorted(s.chars for s in side)[len(side) // 2]


def _share(values: list[float], slack: float = 2.0) -> float:
    """The largest share of values that agree within a slack."""
    ordered = sorted(values)
    best = j = 0
    for i, v in enumerate(ordered):
        while v - ordered[j] > slack:
            j += 1
        best = max(best, i - j + 1)
    return best / len(ordered)


def _annotates_right(right: list[Seg], left: list[Seg], matched: float) -> bool:
    """Dates, places, marks at the right edge of the rows that they belong to."""
    if matched < 0.75 or _median(right) > 32:
        return False
    outer = max(s.x1 for s in right)
    flush = sum(outer - s.x1 < 3 for s in right) / len(right)
    return flush >= 0.6 or (
        sum(s.chars for s in right) < 0.35 * sum(s.chars for s in left)
        and len(right) < 0.7 * len(left)
    )


def _annotates_left(left: list[Seg], right: list[Seg], matched: float) -> bool:
    """Dates or labels in a narrow left column, each beside the first row of what it is about."""
    if matched < 0.85 or len(left) < 4 or _median(left) > 28 or _goes_on(left) > 1:
        return False
    sizes = sorted(s.size for s in left)
    even = sizes[-1] - sizes[0] < 0.5 or _share([s.size for s in left], 0.5) >= 0.8
    return even and len(left) <= len(right)


def _dates_left(left: list[Seg], right: list[Seg]) -> bool:
    """A timeline: dates beside the rows that they are about, and headings, and nothing else."""
    if len(left) > len(right) or _median(left) > 28:
        return False
    dates = [s for s in left if is_date(s)]
    years = [s for s in dates if any(c.isdigit() for w in s.words for c in w.text)]
    if len(dates) < 3 or _matched(years, right) < 0.85:
        return False
    size = dates[len(dates) // 2].size
    marked = {id(s) for s in dates}
    return all(is_heading(s, size) for s in left if id(s) not in marked)


def _hand_up(left: list[Seg], right: list[Seg]) -> tuple[list[Seg], list[Seg], list[Seg]]:
    """A centered header above the columns belongs to neither: name, title, contact data.

    It stands apart from what follows on both sides, and its right part does not start where the
    right column starts (column titles do).
    """
    edge = Counter(round(s.x0) for s in right).most_common(1)[0][0]
    rows = sorted(left + right, key=lambda s: (s.base, s.x0))
    cut = 0
    for k in range(1, min(12, len(rows))):
        if rows[k].base - rows[k - 1].base > 1.5 * rows[k].size:
            head = [s for s in rows[:k] if s in right]
            if head and not any(-15 <= s.x0 - edge <= 3 for s in head):
                cut = k
    if cut:
        rest = set(rows[:cut])
        return [s for s in left if s not in rest], [s for s in right if s not in rest], rows[:cut]
    return left, right, []


def _hand_down(
    left: list[Seg], right: list[Seg], below: list[Seg]
) -> tuple[list[Seg], list[Seg], list[Seg]]:
    """A short heading that ends the left side often starts the full-width part that follows."""
    floor = max(s.bottom for s in right)
    keep = len(left)
    foot = below[0]
    while keep > 3 and left[keep - 1].top >= floor - 1 and len(left) - keep < 3:
        if foot.top - left[keep - 1].bottom > 1.2 * foot.size + left[keep - 1].size:
            break
        foot = left[keep - 1]
        keep -= 1
    return left[:keep], right, left[keep:] + below
