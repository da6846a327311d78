"""Where a résumé's sections begin: decided line by line from layout and words together.

First come lines that both look like a heading and are named like one; they show how this document
sets its headings. Then lines of unknown words that are set the same way join them (kind "other").
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from ..types import Document, Section, SectionKind
from .headings import Named, heading_title, name_heading
from .lexicon import Lexicon, squeeze
from .lines import Layout, LineView, is_prose, read_layout

_DATED = re.compile(r"(?:19|20)\d\d|@|https?:|www\.|\d{3}")
_YEAR_AT_END = re.compile(r"[A-Z][a-z]+(?: [A-Za-z]+){2,5} 20\d\d")
_PERIOD = re.compile(r"\d\s*(?:[-–—]|to\b)\s*(?:[A-Z][a-z]{2}|\d|present|now)|[Pp]resent\b")
_LEARNING = re.compile(r"learn|next|explor|future|wish|study", re.IGNORECASE)
_ITEMS = re.compile(r"[\n\t,;|•·▪●]+")
_LABEL = re.compile(r"([A-Z][A-Za-z &/,'’-]{2,40}?)\s*[:：]\s*(?=\S|$)")
_END_PUNCT = re.compile(r"[.,;!]$")
_INLINE_IN: frozenset[SectionKind] = frozenset({"header", "other"})
_INLINE_AMONG_OTHERS: frozenset[SectionKind] = frozenset(
    {"skills", "certifications", "awards", "languages", "interests", "references"}
)
Style = tuple[int, bool, bool, int]


class Heading(NamedTuple):
    """A heading: the span of its title, where its body starts, its kind."""

    start: int
    end: int
    body: int
    kind: SectionKind
    title: str
    page: int | None


class _Candidate(NamedTuple):
    view: LineView
    title: str
    end: int
    named: Named | None
    looks: float


def find_sections(
    document: Document, lexicon: Lexicon, layout: Layout | None = None
) -> tuple[Section, ...]:
    """The sections of a document: the header first, spans ascending and covering the text."""
    layout = layout or read_layout(document)
    headings = _block_headings(document, layout, lexicon)
    headings = _with_inline(document, layout, headings, lexicon)
    headings = _with_columns(layout, headings)
    return _spans(document, headings, lexicon)


def style_of(view: LineView) -> Style:
    """What makes two headings look alike: size (in tenths of the body's), weight, case, level."""
    return (round(view.size * 10), view.bold, view.caps, view.line.level)


def _looks(view: LineView, layout: Layout) -> float:
    """How much a line looks like a heading: 0 like any other line, 2 and more plainly so."""
    score = 0.0
    if view.line.level:
        score += 3.0
    if view.size >= 1.25:
        score += 2.0
    elif view.size >= 1.06:
        score += 1.2
    elif view.size < 0.9:
        score -= 0.5
    score += 1.0 * view.bold + 1.0 * view.caps
    if view.gap > 0.25:
        score += 0.7
    if view.blank:
        score += 0.4 if layout.geometry else 0.9
    if view.text.endswith(":"):
        score += 0.5
    return score


def _candidates(document: Document, layout: Layout, lexicon: Lexicon) -> list[_Candidate]:
    found: list[_Candidate] = []
    for view in layout.views:
        if view.words > 14 or len(view.text) > 60:
            continue
        looks = _looks(view, layout)
        if looks < 1.0:
            continue
        title = heading_title(view.text)
        if len(title) < 2 or title.count(",") > 2:
            continue
        if _DATED.search(title) and not (looks >= 1.2 and _YEAR_AT_END.fullmatch(title)):
            continue
        named = name_heading(title, lexicon)
        if squeeze(title) in lexicon.personal and (named is None or "\t" in view.text):
            continue
        if title.count(" ") > 6 and (named is None or named.strength < 3):
            continue
        if view.bullet and not (named and named.strength == 3 and looks >= 2):
            continue
        if _END_PUNCT.search(view.text) and not view.line.level:
            continue
        if title[0].islower() and view.size < 1.15 and not view.line.level:
            continue
        if (
            named is None
            and view.line.level == 0
            and not (view.size > 1.05 or view.bold or view.caps)
        ):
            continue
        found.append(_Candidate(view, title, view.end, named, looks))
    return _join_wrapped(found, document, lexicon)


def _join_wrapped(
    found: list[_Candidate], document: Document, lexicon: Lexicon
) -> list[_Candidate]:
    """A heading broken over two lines of a narrow column ("TECHNICAL" / "SKILLS") is one."""
    out: list[_Candidate] = []
    for c in found:
        last = out[-1] if out else None
        if (
            last is not None
            and c.view.order == last.view.order + 1
            and style_of(c.view) == style_of(last.view)
            and c.view.line.page == last.view.line.page
            and last.title.count(" ") < 2
            and (last.named is None or c.named is None or last.named.strength < 3)
            and last.looks >= 1.5
            and c.view.gap < 0.8
        ):
            joined = name_heading(f"{last.title} {c.title}", lexicon)
            if joined and joined.strength == 3:
                title = document.text[last.view.start : c.end].replace("\n", " ")
                out[-1] = _Candidate(last.view, heading_title(title), c.end, joined, last.looks)
                continue
        out.append(c)
    return out


def _block_headings(document: Document, layout: Layout, lexicon: Lexicon) -> list[Heading]:
    candidates = _candidates(document, layout, lexicon)
    sure = [c for c in candidates if c.named and c.named.strength == 3 and c.looks >= 1.0]
    usual = {column: _usual([c for c in sure if c.view.line.column == column])
             for column in {c.view.line.column for c in sure}}  # fmt: skip
    overall = _usual(sure)
    lines = Counter(style_of(v) for v in layout.views)
    titles = Counter(squeeze(c.title) for c in candidates)
    accepted: list[_Candidate] = []
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


def _heads_an_entry(c: _Candidate, layout: Layout, main: Style | None) -> bool:
    """Whether a range of dates follows: "IBM" above a title and dates is an employer."""
    if main is None or main[0] > 10 or main[3]:
        return False
    for view in layout.views[c.view.order + 1 : c.view.order + 4]:
        if view.bullet or is_prose(view):
            return False
        if _PERIOD.search(view.text):
            return True
    return False


class _Ways(NamedTuple):
    """How a column sets its headings: the commonest style, how often, and where they begin."""

    main: Style | None
    times: int
    edges: list[float]


def _usual(sure: list[_Candidate]) -> _Ways:
    seen = {squeeze(c.title): style_of(c.view) for c in reversed(sure)}
    styles = Counter(seen.values())
    if not styles:
        return _Ways(None, 0, [])
    main = max(styles, key=lambda s: (styles[s], s))
    edges = [c.view.line.x0 for c in sure if style_of(c.view) == main]
    return _Ways(main, styles[main], edges)


def _accept(c: _Candidate, ways: _Ways, lines: Counter[Style], after_first: bool) -> bool:
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
    return (view.gap > 0.2 or view.blank) and (main[0] > 10 or main[2])


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
    if len(items) < 3 or any(item[-1] in ".!?" or _DATED.search(item) for item in items):
        return False
    counts = sorted(item.count(" ") + 1 for item in items)
    return counts[len(counts) // 2] <= 2 and counts[-1] <= 5


__all__ = ["Heading", "find_sections", "style_of"]
