"""Rows of a section: what stands side by side on a page is one row, with its dates set apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ..types import Document, PartialDate
from .dates import DateRange, find_dates
from .lines import Layout, LineView, split_cells

_DANGLING = re.compile(r"\s*(?:[-–—‐‑‒―\ufffe\u00ad]|to)\s*(?:[A-Z][a-z]{2,8}\.?)?\s*")


@dataclass(slots=True)
class Row:
    """One visual row: usually one line, or a line with what stands right of it."""

    views: list[LineView]
    start: int  # offset of the first character of its text
    dates: list[DateRange] = field(default_factory=list)
    cuts: list[tuple[int, int]] = field(
        default_factory=list
    )  # ends of dates begun in the row above
    continues: bool = False  # a bullet's text goes on here
    cells: list[tuple[int, int]] | None = None  # without dates; made on demand
    pieces: list[Any] | None = None  # of `heads`; made on demand

    @property
    def first(self) -> LineView:
        """The leftmost line."""
        return self.views[0]

    @property
    def words(self) -> int:
        """Words, dates included."""
        return sum(v.words for v in self.views)

    @property
    def bullet(self) -> bool:
        """Whether it begins with a bullet."""
        return self.views[0].bullet

    @property
    def apart(self) -> bool:
        """Whether more space than usual stands above."""
        return self.views[0].blank or self.views[0].gap > 0.2

    @property
    def ranges(self) -> list[DateRange]:
        """Its dates that have a beginning."""
        return [d for d in self.dates if not d.single]


def make_rows(
    document: Document, layout: Layout, start: int, end: int, dates: list[DateRange]
) -> list[Row]:
    """The rows between two offsets, in reading order, each with the dates that begin in it."""
    views = layout.views
    i = bisect_left(views, start, key=lambda v: v.line.end)
    rows: list[Row] = []
    while i < len(views) and views[i].start < end:
        view = views[i]
        i += 1
        if view.end <= start:
            continue
        if view.start < start:  # the section's heading stands in the same line
            view = view._replace(start=start, text=document.text[start : view.end].strip())
        if rows and layout.geometry and _beside(rows[-1].views[-1], view):
            rows[-1].views.append(view)
        elif rows and layout.geometry and _beside(view, rows[-1].views[0]):
            rows[-1].views.insert(0, view)
            rows[-1].start = min(rows[-1].start, view.line.start)
        else:
            rows.append(Row([view], max(view.line.start, start)))
    _give_dates(rows, dates)
    if dates:
        _join_split_ranges(document, rows)
    if layout.geometry and dates:
        rows = _join_date_columns(document, rows)
    _mark_continuations(document, rows, layout.geometry)
    return rows


def _beside(a: LineView, b: LineView) -> bool:
    """Whether b stands right of a on the same row."""
    p, q = a.line, b.line
    if p.page != q.page or q.x0 < p.x1:
        return False
    overlap = min(p.bottom, q.bottom) - max(p.top, q.top)
    return overlap > 0.5 * min(p.bottom - p.top, q.bottom - q.top)


def _give_dates(rows: list[Row], dates: list[DateRange]) -> None:
    k = 0
    for row in rows:
        for view in row.views:
            while k < len(dates) and dates[k].span[0] < view.line.end:
                if dates[k].span[1] > view.line.start:
                    row.dates.append(dates[k])
                k += 1


def _join_split_ranges(document: Document, rows: list[Row]) -> None:
    """“May 2023 - June” over “2024” in a narrow cell at the right is one range."""
    text = document.text
    for row, below in pairwise(rows):
        if not row.dates or not below.dates:
            continue
        first, second = row.dates[-1], below.dates[-1]
        tail = text[first.span[1] : row.views[-1].end]
        if not (first.single and second.single and _DANGLING.fullmatch(tail)):
            continue
        a, b = second.span
        if b < below.views[-1].end or (text[a - 1] != "\t" and a > below.views[-1].start):
            continue
        whole = f"{text[slice(*first.span)]}{tail} {text[a:b]}"
        found = find_dates(whole, PartialDate(2100))
        if len(found) == 1 and not found[0].single:
            row.dates[-1] = found[0]._replace(span=(first.span[0], row.views[-1].end))
            below.dates.pop()
            below.cuts.append((a, b))


def _join_date_columns(document: Document, rows: list[Row]) -> list[Row]:
    """Dates in a column of their own join the rows that they stand beside on the page."""
    alone = [
        row
        for above, row in zip([None, *rows], rows, strict=False)
        if row.dates and not _cells(document, row) and not (above and _stacked(above, row))
    ]
    if not alone or len(alone) == len(rows):
        return rows
    gone: set[int] = set()
    for row in alone:
        line = row.first.line
        for other in rows:
            theirs = other.first.line
            if (
                other.dates
                or theirs.page != line.page
                or min(line.bottom, theirs.bottom) - max(line.top, theirs.top)
                < 0.5 * (line.bottom - line.top)
                or (theirs.x0 < line.x1 and line.x0 < theirs.x1)
            ):
                continue
            other.views.extend(row.views)
            other.dates.extend(row.dates)
            gone.add(id(row))
            break
    # what is left of a wrapped range ("2019-01 –" / "2022-08") says nothing by itself
    spans = [d.span for row in alone if id(row) in gone for d in row.dates]
    return [
        row
        for row in rows
        if id(row) not in gone
        and not any(a <= row.first.start and row.first.end <= b for a, b in spans)
    ]


def _stacked(above: Row, row: Row) -> bool:
    """Whether dates stand right below a row of words, as the last line of a narrow block."""
    a, b = above.first.line, row.first.line
    close = -1 < b.top - a.bottom < 0.8 * (b.bottom - b.top)
    return not above.dates and a.page == b.page and abs(a.x0 - b.x0) < 3 and close


def join_ends(document: Document, rows: list[Row], as_of: PartialDate) -> None:
    """“Mar 2019<tab>Present” and “Mar 2016<tab>Feb 2019”: a table's columns From and To."""
    text = document.text
    for row in rows:
        if row.ranges or not 0 < len(row.dates) < 3:
            continue
        a, z = row.dates[0].span
        end = row.dates[1].span[1] if len(row.dates) == 2 else row.first.end
        middle, tab, last = text[z:end].partition("\t")
        if middle.strip() or not tab or not last.strip() or "\n" in last:
            continue
        found = find_dates(f"{text[a:z]} - {last.strip()}", as_of)
        if len(found) == 1 and not found[0].single and len(last.strip()) < 16:
            row.dates = [found[0]._replace(span=(a, end))]


def row_x(document: Document, row: Row, geometry: bool) -> float:
    """Where the text of a row begins: points, or columns of characters without geometry."""
    view = row.first
    if not geometry:
        return float(view.start - view.line.start)
    if not view.bullet or not document.words:
        return view.line.x0 + (6.0 if view.bullet else 0.0)
    i = bisect_left(document.words, view.start, key=lambda w: w.start)
    return document.words[i].x0 if i < len(document.words) else view.line.x0


def _mark_continuations(document: Document, rows: list[Row], geometry: bool) -> None:
    inside: float | None = None
    page = -1
    for row in rows:
        view = row.first
        if row.bullet:
            inside = row_x(document, row, geometry)
            page = view.line.column
            continue
        if inside is None or view.line.column != page:
            inside = None
            continue
        if geometry:
            if view.line.x0 < inside - 3 or view.gap > 0.6:
                inside = None
                continue
        elif view.blank or view.start - view.line.start < 1:
            inside = None
            continue
        row.continues = True


def wraps(document: Document, row: Row, following: Row, margin: float) -> bool:
    """Whether a row goes on in the next one: the next one's first word had no room left in it."""
    line, below = row.views[-1].line, following.first.line
    if (
        not document.words
        or following.bullet
        or following.apart
        or below.page != line.page
        or below.column != line.column
        or len(row.views) > 1
        or row.dates
        or row.first.size != following.first.size
    ):
        return False
    i = bisect_left(document.words, following.first.start, key=lambda w: w.start)
    if not 0 < i < len(document.words) or document.words[i - 1].bold != document.words[i].bold:
        return False
    word = document.words[i]
    return line.x1 + (word.x1 - word.x0) + 0.2 * word.size > margin


def row_cells(document: Document, row: Row) -> list[tuple[int, int]]:
    """The spans of a row's cells, left to right, with its dates cut out."""
    if row.cells is None:
        row.cells = _cells(document, row)
    return row.cells


def _cells(document: Document, row: Row) -> list[tuple[int, int]]:
    text = document.text
    return [
        cell
        for view in row.views
        for a, b in split_cells(text, view.start, view.end)
        for cell in _without(a, b, [*(d.span for d in row.dates), *row.cuts])
        if any(c.isalnum() for c in text[slice(*cell)])
    ]


def _without(a: int, b: int, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out = []
    for s, e in spans:
        if e <= a or s >= b:
            continue
        if s > a:
            out.append((a, s))
        a = max(a, e)
    if a < b:
        out.append((a, b))
    return out


__all__ = ["Row", "join_ends", "make_rows", "row_cells", "row_x", "wraps"]
