"""Positions, projects and volunteering: dated items of their sections.

A date range at the edge of a row anchors an item. The rows directly above it that are no body text
belong to its head as far as they do for the section's first item; rows below it fill what is missing.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ..types import Document, Entry, PartialDate, Section
from .anchors import find_heads, is_anchor, is_listed, project_heads, undated_heads
from .dates import DateRange, count_months, find_dates
from .heads import Head, read_head, split_late, title_within, told_title
from .lexicon import Lexicon, plain
from .lines import Layout, LineView, is_prose
from .pieces import Piece, pieces_of, tidy
from .rows import Row, join_ends, make_rows, row_cells
from .sentences import Told, told_positions

EntryKind = Literal["position", "project", "volunteering"]
_KINDS: dict[str, EntryKind] = {
    "experience": "position",
    "projects": "project",
    "volunteering": "volunteering",
}
_PROJECT = re.compile(r"\bprojects?\b|\bcapstone\b|\bthesis\b|\bhackathon\b")


class Found(NamedTuple):
    """An entry before the sections are numbered: with the section it stands in."""

    entry: Entry
    section: int
    titled: bool  # a known title word stands in its head


def find_entries(
    document: Document,
    sections: tuple[Section, ...],
    layout: Layout,
    lexicon: Lexicon,
    as_of: PartialDate,
) -> list[Found]:
    """All entries in the order of the text."""
    found: list[Found] = []
    have_experience = any(s.kind == "experience" for s in sections)
    for i, section in enumerate(sections):
        kind = _KINDS.get(section.kind)
        strict = False
        if kind is None:
            # outside the sections for it, only a row with a title and a range counts
            unnamed = section.kind == "other" or not have_experience
            if not unnamed or section.kind not in ("header", "other", "summary"):
                continue
            kind, strict = "position", True
        found += _section_entries(document, section, i, kind, strict, layout, lexicon, as_of)
    return found


def _section_entries(
    document: Document,
    section: Section,
    index: int,
    kind: EntryKind,
    strict: bool,
    layout: Layout,
    lexicon: Lexicon,
    as_of: PartialDate,
) -> list[Found]:
    dates = find_dates(document.text, as_of, section.body, section.end)
    if not dates and kind == "volunteering":
        return []
    rows = make_rows(document, layout, section.body, section.end, dates)
    join_ends(document, rows, as_of)
    anchors = [i for i, row in enumerate(rows) if is_anchor(document, rows, i, lexicon, strict)]
    if kind == "position" and not strict and not anchors:
        anchors = [i for i, row in enumerate(rows) if is_listed(document, row, lexicon)]
    if kind == "position" and not strict and len(anchors) <= len(dates):
        told = told_positions(document, section.body, section.end, dates, lexicon)
        spans = {t.date.span for t in told}
        # Sentences that name other positions within the text of one are no items.
        if told and all(spans & {d.span for d in rows[i].dates} for i in anchors):
            return _told(told, index, section.end)
    heads = find_heads(document, rows, anchors, lexicon, layout.geometry)
    if kind == "project":
        heads = project_heads(rows, heads, lexicon)
    elif kind == "position" and not strict and not anchors:
        heads = undated_heads(document, rows, lexicon)
    order = _order(document, rows, heads, lexicon)
    out: list[Found] = []
    shared, above = "", 0  # the employer of several positions, and how far above it stood
    over = ""  # the title that stands over the rows of several employers
    taken = 0
    for n, (first, anchor, last) in enumerate(heads):
        limit = heads[n + 1][0] if n + 1 < len(heads) else len(rows)
        end = rows[limit].start if limit < len(rows) else section.end
        head_rows = rows[first : last + 1]
        if strict:
            cut = _before_date(rows[anchor])
            own = bool(lexicon.title_word.search(plain(cut.first.text)))
            head_rows = [cut] if own else [*rows[first:anchor], cut]
        pieces = pieces_of(document, head_rows, lexicon)
        titled = any(p.title for p in pieces)
        if strict and not titled:
            continue
        this: EntryKind = kind
        if kind == "position" and not titled and _is_project(pieces):
            this = "project"
        if this == "project":
            head = Head(_project_title(document, head_rows, pieces), "", "")
        else:
            head = read_head(pieces, lexicon, order)
            lone = not titled and first == anchor and len([p for p in pieces if p.text]) == 1
            if over and lone and _follows(rows, heads, n, layout.geometry):
                head = Head(over, pieces[0].text or head.title, head.location)
            else:
                beside = head.row == anchor - first > 0 and bool(head.organization)
                titles = {p.row for p in pieces if p.title and p.text in head.title}
                over = head.title if beside and titles and head.row not in titles else ""
            head = split_late(head, lexicon)
            if head.organization and not head.title:
                title = told_title(document.text, head.organization, lexicon)
                title = title or title_within(document.text[rows[first].start : end], lexicon)
                head = head._replace(title=title)
            if head.organization:
                shared = head.organization if 0 <= head.row < anchor - first else ""
                above = anchor - first
            elif (
                titled
                and anchor - first < above
                and _is_edge(rows, first, taken)
                and _alike(rows[anchor], rows[heads[n - 1][1]], layout.geometry)
            ):
                head = head._replace(organization=shared)
        taken = last + 1
        if not head.title and not head.organization:
            continue
        out.append(
            Found(_entry(this, head, rows[anchor].dates, (rows[first].start, end)), index, titled)
        )
    return out


def _told(told: list[Told], index: int, end: int) -> list[Found]:
    """Entries of positions that sentences tell, each up to where the next one begins."""
    ends = [*(t.start for t in told[1:]), end]
    return [
        Found(_entry("position", t.head, [t.date], (t.start, max(t.start, stop))), index, True)
        for t, stop in zip(told, ends, strict=True)
    ]


def _follows(rows: list[Row], heads: list[tuple[int, int, int]], n: int, geometry: bool) -> bool:
    """Whether a head stands right below the one before and is set as its last row is."""
    first, anchor, _ = heads[n]
    _, other, last = heads[n - 1]
    return first == last + 1 and _alike(rows[anchor], rows[other], geometry)


def _entry(kind: EntryKind, head: Head, dates: list[DateRange], span: tuple[int, int]) -> Entry:
    ranges = [d for d in dates if not d.single]
    if not dates:
        return Entry(
            kind, head.title, head.organization, None, None, False, None, span, head.location
        )
    if not ranges:
        end = dates[0].end
        months = 1 if end and end.month else None
        return Entry(
            kind, head.title, head.organization, end, end, False, months, span, head.location
        )
    start = min((d.start for d in ranges if d.start), default=None)
    current = any(d.current for d in ranges)
    end = None if current else max((d.end for d in ranges if d.end), default=None)
    known = [d.months for d in ranges]
    months = sum(m for m in known if m) if any(known) else count_months(start, end)
    return Entry(
        kind, head.title, head.organization, start, end, current, months, span, head.location
    )


def _order(
    document: Document, rows: list[Row], heads: list[tuple[int, int, int]], lexicon: Lexicon
) -> bool | None:
    """Whether titles come before organizations in this section; None where nothing tells."""
    votes = 0
    for first, _anchor, last in heads[:6]:
        known = [p.title > 0 and p.organization < 2 for p in
                 pieces_of(document, rows[first : last + 1], lexicon)]  # fmt: skip
        if len(known) > 1 and any(known):
            votes += 1 if known[0] else -1
    return None if votes == 0 else votes > 0


def _alike(row: Row, other: Row, geometry: bool) -> bool:
    """Whether two rows are set the same way, as titles under one employer are."""
    a, b = row.first, other.first
    if not geometry:
        return not a.blank
    return a.bold == b.bold and abs(a.line.x0 - b.line.x0) < 3 and abs(a.size - b.size) < 0.03


def _is_edge(rows: list[Row], first: int, taken: int) -> bool:
    """Whether no name was passed over above a head: body text or the head before stands there."""
    if first <= taken:
        return True
    above = rows[first - 1]
    return above.bullet or above.continues or is_prose(above.first) or above.first.text[-1] in ".;"


def _before_date(row: Row) -> Row:
    """A row cut at its date: what follows is running text (documents without sections)."""
    view = row.first
    start = row.ranges[0].span[0]
    cut: LineView = view._replace(end=min(view.end, start), text=view.text[: start - view.start])
    return Row([cut], row.start, row.dates)


def _is_project(pieces: list[Piece]) -> bool:
    return any(_PROJECT.search(plain(p.text)) for p in pieces)


def _project_title(document: Document, rows: list[Row], pieces: list[Piece]) -> str:
    for row in rows:
        for a, b in row_cells(document, row):
            text = re.split(r"\s*[|•·]\s*", document.text[a:b])[0]
            text = tidy(text)
            if len(text) > 2:
                return text
    return pieces[0].text if pieces else ""
