"""Positions, projects and volunteering: dated items of their sections.

A date range at the edge of a row anchors an item. The rows directly above it that are no body text
belong to its head as far as they do for the section's first item; rows below it fill what is missing.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ..types import Document, Entry, PartialDate, Section
from .dates import DateRange, count_months, find_dates
from .heads import Head, Piece, pieces_of, read_head, tidy
from .lexicon import Lexicon, plain, squeeze
from .lines import Layout, LineView, is_prose
from .rows import Row, make_rows, row_cells

EntryKind = Literal["position", "project", "volunteering"]
_KINDS: dict[str, EntryKind] = {
    "experience": "position",
    "projects": "project",
    "volunteering": "volunteering",
}
_PROJECT = re.compile(r"\bprojects?\b|\bcapstone\b|\bthesis\b|\bhackathon\b")
_LABEL = re.compile(r"([A-Za-z][A-Za-z .]{1,28}?)\s*[:：]")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "de",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "per",
        "the",
        "to",
        "with",
        "&",
        "la",
        "du",
        "des",
    ]
)
_PARTS = frozenset({"department", "group", "board"})  # of an organization, not one
_MAX_HEAD = 3


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
            if have_experience or section.kind not in ("header", "other", "summary"):
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
    if not dates and kind != "position":
        return []
    rows = make_rows(document, layout, section.body, section.end, dates)
    anchors = [i for i, row in enumerate(rows) if _is_anchor(document, rows, i, lexicon, strict)]
    if anchors:
        heads = _heads(document, rows, anchors, lexicon, layout.geometry)
    elif kind == "position" and not strict:
        heads = _undated(rows, lexicon)
    else:
        return []
    order = _order(document, rows, heads, lexicon)
    out: list[Found] = []
    shared, above = "", 0  # the employer of several positions, and how far above it stood
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


def _undated(rows: list[Row], lexicon: Lexicon) -> list[tuple[int, int, int]]:
    """Heads of positions that give no dates: short rows with a title above body text."""
    heads: list[tuple[int, int, int]] = []
    low = 0
    for i, row in enumerate(rows):
        if row.bullet or row.continues or not _headable(row, lexicon) or row.first.text[-1] == ".":
            low = i + 1
            continue
        follows = i + 1 >= len(rows) or rows[i + 1].bullet or is_prose(rows[i + 1].first)
        if follows and any(_has_title(r, lexicon) for r in rows[low : i + 1]):
            heads.append((max(low, i - _MAX_HEAD + 1), i, i))
            low = i + 1
    return heads


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


def _is_anchor(document: Document, rows: list[Row], i: int, lexicon: Lexicon, strict: bool) -> bool:
    row = rows[i]
    if not row.dates:
        return False
    date = row.ranges[0] if row.ranges else row.dates[-1]
    view = row.first
    inside = sum(document.text.count(" ", *d.span) + 1 for d in row.dates)
    rest = row.words - inside
    label = _LABEL.match(view.text)
    if label and lexicon.labels.get(squeeze(label[1])) == "dates":
        rest = 0
    if strict:
        before = document.text[view.start : date.span[0]]
        return bool(row.ranges) and before.count(" ") <= 12 and not view.bullet
    if row.continues:
        return bool(row.ranges) and rest <= 0
    if row.bullet and (rest > 9 or not row.ranges):
        return False
    if rest > 3 and (date.current or row.bullet) and not _set_apart(document, date, view):
        return False
    if date.single:
        if rest > 12 or row.bullet or date.expected:
            return False
        at_end = date.span[1] >= row.views[-1].end - 2
        return at_end and (len(row.views) > 1 or rest <= 8) and not _lower_before(document, date)
    if rest > 20:
        return False
    at_edge = date.span[0] <= view.start + 2 or any(v.end - date.span[1] <= 3 for v in row.views)
    return at_edge or rest <= 10 or "|" in view.text or "·" in view.text


def _set_apart(document: Document, date: DateRange, view: LineView) -> bool:
    """Whether a separator stands before a date, or it begins its row: it is no part of a sentence."""
    before = document.text[view.start : date.span[0]]
    if before.endswith("  "):
        return True
    before = before.rstrip(" ")
    return not before or not (before[-1].isalnum() or before[-1] in "’'")


def _lower_before(document: Document, date: DateRange) -> bool:
    """“in 2020”, ”since March 2019” inside a sentence."""
    before = document.text[max(0, date.span[0] - 12) : date.span[0]].split()
    return bool(before) and before[-1].islower() and before[-1].isalpha()


def _headable(row: Row, lexicon: Lexicon) -> bool:
    """Whether a row without dates may belong to a head."""
    view = row.first
    if row.words > 14 or is_prose(view) or (view.text.endswith((".", ";")) and row.words > 4):
        return False
    if ":" not in view.text and _is_table_head(view, lexicon):
        return False
    if view.text[0].islower() and not (view.bold or "." in view.text.split()[0][:-1]):
        return False
    if row.words > 5:
        words = [w for w in view.text.split() if w[0].isalpha() and w not in _SMALL]
        if sum(w[0].islower() for w in words) * 2 > len(words):
            return False
    return squeeze(view.text) not in lexicon.subheadings


def _is_left(row: Row) -> bool:
    """Whether a row begins where text begins, and is no date that stands alone at the right."""
    return row.first.text[:1].isalpha() or row.bullet


def _heads(
    document: Document, rows: list[Row], anchors: list[int], lexicon: Lexicon, geometry: bool
) -> list[tuple[int, int, int]]:
    """For each anchor: the first row, the anchor's row and the last row of its head."""
    usual = -1
    taken = 0  # rows before this one belong to earlier heads
    firsts: list[int] = []
    for n, a in enumerate(anchors):
        low = a
        crossed = False
        while low > taken and a - low < _MAX_HEAD:
            above = rows[low - 1]
            if not _headable(above, lexicon):
                crossed = True
                break
            if above.bullet:
                # a title may carry a bullet itself where the rows below hang under it
                crossed = True
                if rows[low].continues and (
                    above.first.bold or _has_title(above, lexicon) or _labelled(above, lexicon)
                ):
                    low -= 1
                break
            if above.continues and not rows[a].continues:
                crossed = True
                break
            if geometry and above.first.line.x0 > rows[a].first.line.x0 + 4 and _is_left(rows[a]):
                crossed = True  # set in like body text
                break
            low -= 1
            if above.apart and above.first.gap > 0.35 and low < a:
                break  # a gap above a head is where it begins
        if usual < 0:
            usual = a - low
        elif not crossed and low == taken and n:
            low = max(low, a - usual)
        elif usual == 0 and low < a and not rows[low].apart and not rows[low].first.bold:
            low = a
        firsts.append(low)
        taken = a + 1
    out: list[tuple[int, int, int]] = []
    for n, a in enumerate(anchors):
        limit = firsts[n + 1] if n + 1 < len(anchors) else len(rows)
        out.append((firsts[n], a, _below(document, rows, firsts[n], a, limit, lexicon)))
    return out


def _is_table_head(view: LineView, lexicon: Lexicon) -> bool:
    cells = view.text.split("\t")
    return len(cells) > 2 and sum(squeeze(c) in lexicon.labels for c in cells) > 1


def _labelled(row: Row, lexicon: Lexicon) -> bool:
    match = _LABEL.match(row.first.text)
    return bool(match) and match is not None and squeeze(match[1]) in lexicon.labels


def _names_organization(text: str, lexicon: Lexicon) -> bool:
    words = set(re.findall(r"[a-z]+", plain(text)))
    return bool(words & (lexicon.organizations | lexicon.institutions) - _PARTS)


def _is_deeper(row: Row, anchor: Row) -> bool:
    """Set in below the anchor, and too long for a name: body text without bullets."""
    if anchor.bullet or anchor.continues or row.words <= 6:
        return False
    return row.first.line.x0 > anchor.first.line.x0 + 4 and _is_left(anchor)


def _has_title(row: Row, lexicon: Lexicon) -> bool:
    return any(lexicon.title_word.search(plain(v.text)) for v in row.views)


def _below(
    document: Document, rows: list[Row], first: int, a: int, limit: int, lexicon: Lexicon
) -> int:
    """The last row of the head: rows below the anchor count while title or employer is missing."""
    last = a
    while last + 1 < limit and last - a < 2:
        pieces = pieces_of(document, rows[first : last + 1], lexicon)
        head = read_head(pieces, lexicon)
        row = rows[last + 1]
        if head.title and head.organization and any(p.title for p in pieces):
            # "Engineer, Payments team": the employer may yet stand in the row below
            split = f"{head.title}, {head.organization}" in (p.text for p in pieces)
            named = _names_organization(head.organization, lexicon)
            if last > a or head.location or not split or named:
                break
        known = any(p.title for p in pieces) or _has_title(row, lexicon)
        if head.organization and head.title and not known:
            break
        if row.bullet or (row.continues and not rows[a].bullet and not rows[a].continues):
            break
        if not _headable(row, lexicon) or row.ranges or _is_deeper(row, rows[a]):
            break
        if row.first.gap > 0.6 and last > a:
            break
        last += 1
    return last


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
