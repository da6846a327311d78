"""Where a résumé's sections begin: decided line by line from layout and words together.

First come lines that both look like a heading and are named like one; they show how this document
sets its headings. Then lines of unknown words that are set the same way join them (kind "other").
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from ..types import Document, Section, SectionKind
from .candidates import DATED, Candidate, Style, bare_candidates, find_candidates, style_of
from .headings import name_heading
from .lexicon import Lexicon, squeeze
from .lines import Layout, LineView, is_prose, read_layout

_PERIOD = re.compile(r"\d\s*(?:[-–—]|to\b)\s*(?:[A-Z][a-z]{2}|\d|present|now)|[Pp]resent\b")
_LEARNING = re.compile(r"learn|next|explor|future|wish|study", re.IGNORECASE)
_ITEMS = re.compile(r"[\n\t,;|•·▪●]+")
_LABEL = re.compile(r"([A-Z][A-Za-z &/,'’-]{2,40}?)\s*[:：]\s*(?=\S|$)")
_USUAL: frozenset[SectionKind] = frozenset({"experience", "education", "skills", "projects"})
_INLINE_IN: frozenset[SectionKind] = frozenset({"header", "other"})
_INLINE_AMONG_OTHERS: frozenset[SectionKind] = frozenset(
    {"skills", "certifications", "awards", "languages", "interests", "references"}
)


class Heading(NamedTuple):
    """A heading: the span of its title, where its body starts, its kind."""

    start: int
    end: int
    body: int
    kind: SectionKind
    title: str
    page: int | None


def find_sections(
    document: Document, lexicon: Lexicon, layout: Layout | None = None
) -> tuple[Section, ...]:
    """The sections of a document: the header first, spans ascending and covering the text."""
    layout = layout or read_layout(document)
    headings = _block_headings(document, layout, lexicon)
    headings = _with_inline(document, layout, headings, lexicon)
    headings = _with_columns(layout, headings)
    return _spans(document, headings, lexicon)


def _block_headings(document: Document, layout: Layout, lexicon: Lexicon) -> list[Heading]:
    accepted = _accepted(find_candidates(document, layout, lexicon), layout)
    if len({c.named.kind for c in accepted if c.named}) < 2:
        bare = {c.view.order: c for c in bare_candidates(document, layout, lexicon)}
        kinds = {c.named.kind for c in bare.values() if c.named}
        if len(kinds) >= 3 or len(kinds & _USUAL) >= 2:
            bare |= {c.view.order: c for c in accepted}
            accepted = [bare[order] for order in sorted(bare)]
    return [
        Heading(
            c.view.line.start,
            c.end,
            c.end,
            c.named.kind if c.named else "other",
            c.title,
            c.view.line.page or None,
        )
        for c in accepted
    ]


def _accepted(candidates: list[Candidate], layout: Layout) -> list[Candidate]:
    sure = [c for c in candidates if c.named and _is_sure(c, c.named.strength)]
    columns = sorted({c.view.line.column for c in sure})
    usual = {k: _usual([c for c in sure if c.view.line.column == k]) for k in columns}
    overall = _usual(sure)
    lines = Counter(style_of(v) for v in layout.views)
    titles = Counter(squeeze(c.title) for c in candidates)
    accepted: list[Candidate] = []
    for c in candidates:
        ways = usual.get(c.view.line.column, overall)
        if ways.times < 2:
            ways = overall
        last = accepted[-1] if accepted else None
        if (
            last is not None
            and last.view.order + 1 == c.view.order
            and style_of(c.view) != ways.main
            and c.named is not None
        ):
            continue  # a label or a table's head right below a heading
        if titles[squeeze(c.title)] > 1 and style_of(c.view) != ways.main:
            continue  # "Key achievements" under one position after the other
        if c.named is None and _heads_an_entry(c, layout, ways.main):
            continue
        if _accept(c, ways, lines, bool(accepted)):
            accepted.append(c)
    return accepted


def _is_sure(c: Candidate, strength: int) -> bool:
    return strength == 3 or (strength == 2 and (c.view.caps or c.view.size >= 1.06))


def _heads_an_entry(c: Candidate, layout: Layout, main: Style | None) -> bool:
    """Whether a range of dates follows: "IBM" above a title and dates is an employer."""
    if main is None or main[0] > 10 or main[3]:
        return False
    for view in layout.views[c.view.order + 1 : c.view.order + 4]:
        if view.bullet or is_prose(view):
            return False
        if _PERIOD.search(view.text) or (len(c.title) < 5 and DATED.search(view.text)):
            return True
    return False


class _Ways(NamedTuple):
    """How a column sets its headings: the commonest style, how often, and where they begin."""

    main: Style | None
    times: int
    edges: list[float]


def _usual(sure: list[Candidate]) -> _Ways:
    seen = {squeeze(c.title): style_of(c.view) for c in reversed(sure)}
    styles = Counter(seen.values())
    if not styles:
        return _Ways(None, 0, [])
    main = max(styles, key=lambda s: (styles[s], s))
    edges = [c.view.line.x0 for c in sure if style_of(c.view) == main]
    return _Ways(main, styles[main], edges)


def _accept(c: Candidate, ways: _Ways, lines: Counter[Style], after_first: bool) -> bool:
    view, style, main = c.view, style_of(c.view), ways.main
    strength = c.named.strength if c.named else 0
    if main is not None and style == main and ways.times >= 2:
        special = main[0] > 10 or main[1] or main[2] or main[3] > 0
        # of a style that running text has too, only what is named counts
        rare = lines[main] <= 3 * ways.times + 2
        if strength >= 2 or (strength == 1 and special and rare):
            return special or c.looks >= 1.0
        return strength == 0 and after_first and special and rare and _unknown_ok(view, ways)
    if main is not None and ways.times >= 2 and not _stands_out(view, style, main, strength):
        return False
    if strength == 3:
        return c.looks >= 1.0
    if strength == 2:
        return c.looks >= (1.3 if main is not None and main[2] and view.caps else 1.9)
    return strength == 1 and c.looks >= 2.6 and main is None


def _stands_out(view: LineView, style: Style, main: Style, strength: int) -> bool:
    """Whether a line that is not set like the others may be a heading beside them."""
    smaller = style[0] < main[0] - 1
    lesser = main[3] and (style[3] > main[3] or not style[3])
    if lesser or (smaller and (not view.caps or strength < 3)):
        return False
    if main[2] and not view.caps and style[0] <= main[0]:
        # headings are in capitals here; this one is not: only of their size, and with space
        spaced = view.blank or view.gap > 0.25
        return spaced and view.size >= main[0] / 10 - 0.07
    return True


def _unknown_ok(view: LineView, ways: _Ways) -> bool:
    """Unknown words, set like the headings: with space above, and where headings begin."""
    if view.words > 6 or is_prose(view) or "," in view.text or "|" in view.text:
        return False
    main, edges = ways.main, ways.edges
    if main is None or main[3]:
        return main is not None
    if view.line.bottom > 0 and edges and min(abs(view.line.x0 - x) for x in edges) > 4:
        return False
    return main[0] >= 12 or ((view.gap > 0.2 or view.blank) and (main[0] > 10 or main[2]))


def _with_inline(
    document: Document, layout: Layout, headings: list[Heading], lexicon: Lexicon
) -> list[Heading]:
    """Add headings inside lines ("Skills: Python, …") where no section of another kind is open."""
    starts = {h.start for h in headings}
    out: list[Heading] = []
    kind: SectionKind = "header"
    position = 0
    for view in layout.views:
        while position < len(headings) and headings[position].start <= view.line.start:
            kind = headings[position].kind
            out.append(headings[position])
            position += 1
        if kind not in _INLINE_IN or view.line.start in starts:
            continue
        match = _LABEL.match(view.text)
        if not match:
            continue
        named = name_heading(match[1], lexicon)
        if named and named.strength >= 2 and named.kind not in ("header", "other"):
            # in a document with headings of its own, a label opens only what lists hold
            if headings and (
                named.kind not in _INLINE_AMONG_OTHERS
                or (named.kind == "certifications" and "certif" not in match[1].lower())
            ):
                continue
            start = view.start
            out.append(
                Heading(start, start + match.end(1), start + match.end(), named.kind, match[1],
                        view.line.page or None)
            )  # fmt: skip
    out.extend(headings[position:])
    return sorted(out)


def _with_columns(layout: Layout, headings: list[Heading]) -> list[Heading]:
    """Let a column's section go on on the next page, past the sidebar that was read in between."""
    if not layout.geometry or not any(v.line.column for v in layout.views):
        return headings
    out: list[Heading] = []
    position = 0
    open_in: dict[int, tuple[int, Heading]] = {}  # by column: its last page and heading
    page = column = -1
    for view in layout.views:
        line = view.line
        began = position
        while position < len(headings) and headings[position].start <= view.start:
            out.append(headings[position])
            position += 1
        if line.page != page and line.column != column and began == position and out:
            last = open_in.get(line.column)
            if last is not None and last[0] == line.page - 1 and last[1] is not out[-1]:
                title, kind = "", last[1].kind
                out.append(Heading(line.start, line.start, line.start, kind, title, line.page))
        page, column = line.page, line.column
        if out:
            open_in[column] = (page, out[-1])
    out.extend(headings[position:])
    return out


def _spans(document: Document, headings: list[Heading], lexicon: Lexicon) -> tuple[Section, ...]:
    text = document.text
    first = headings[0].start if headings else len(text)
    pages = document.pages
    sections = [Section("header", "", 0, first, 0, pages[0].number if pages else None)]
    for i, h in enumerate(headings):
        end = headings[i + 1].start if i + 1 < len(headings) else len(text)
        kind = h.kind
        if kind == "summary" and _is_personal(text[h.body : end], lexicon):
            kind = "other"
        if (
            kind == "skills"
            and h.title.lower().startswith("what i")
            and _is_prose(text[h.body : end])
        ):
            kind = "summary"
        if kind == "languages" and _names_programming(text[h.body : end], lexicon):
            kind = "skills"
        if kind == "other" and not name_heading(h.title, lexicon) and _is_list(text[h.body : end]):
            kind = "skills" if not _LEARNING.search(h.title) else kind
        sections.append(Section(kind, h.title, h.start, end, h.body, h.page))
    return tuple(sections)


def _is_personal(body: str, lexicon: Lexicon) -> bool:
    """A "profile" of lines like "Date of birth: …" tells who somebody is, not what they do."""
    labels = [squeeze(line.partition(":")[0]) for line in body.splitlines() if ":" in line]
    return sum(label in lexicon.personal for label in labels) >= 2


def _is_prose(body: str) -> bool:
    """Sentences: "What I do" is a summary then, and a list of skills otherwise."""
    first = body.strip().partition(".")[0]
    return first.count(" ") > 8 and first.count(",") < 4 and first.count("\n") < 4


def _names_programming(body: str, lexicon: Lexicon) -> bool:
    """“Languages” that are Python and Java are skills."""
    words = re.findall(r"[a-z+#]+", body.lower())
    return any(word in lexicon.programming for word in words)


def _is_list(body: str) -> bool:
    """Short items and no sentences, under a heading of unknown words: what somebody can do."""
    items = [item.strip() for item in _ITEMS.split(body) if item.strip()]
    if len(items) < 3 or any(item[-1] in ".!?" or DATED.search(item) for item in items):
        return False
    counts = sorted(item.count(" ") + 1 for item in items)
    return counts[len(counts) // 2] <= 2 and counts[-1] <= 5


__all__ = ["Heading", "find_sections", "style_of"]
