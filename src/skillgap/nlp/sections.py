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
        if len(title) < 2 or _DATED.search(title) or title.count(",") > 2:
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
            and c.view.index == last.view.index + 1
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
    styles: Counter[Style] = Counter()
    kinds: set[tuple[Style, str]] = set()
    for c in sure:
        key = (style_of(c.view), squeeze(c.title))
        if key not in kinds:
            kinds.add(key)
            styles[key[0]] += 1
    main = max(styles, key=lambda s: (styles[s], s)) if styles else None
    lines = Counter(style_of(v) for v in layout.views)
    titles = Counter(squeeze(c.title) for c in candidates)
    edges = [c.view.line.x0 for c in sure if style_of(c.view) == main]
    accepted: list[_Candidate] = []
    for c in candidates:
        last = accepted[-1] if accepted else None
        if (
            last is not None
            and last.view.index + 1 == c.view.index
            and style_of(c.view) != main
            and c.named is not None
        ):
            continue  # a label or a table's head right below a heading
        if titles[squeeze(c.title)] > 1 and style_of(c.view) != main:
            continue  # "Key achievements" under one position after the other
        if _accept(c, main, styles, lines, layout, bool(accepted), edges):
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


def _accept(
    c: _Candidate,
    main: Style | None,
    styles: Counter[Style],
    lines: Counter[Style],
    layout: Layout,
    after_first: bool,
    edges: list[float],
) -> bool:
    view, style = c.view, style_of(c.view)
    strength = c.named.strength if c.named else 0
    like_main = main is not None and style == main and styles[main] >= 2
    if like_main and main is not None:
        special = main[0] > 10 or main[1] or main[2] or main[3] > 0
        # of a style that running text has too, only what is named counts
        rare = lines[main] <= 3 * styles[main] + 2
        if strength >= 2 or (strength == 1 and special and rare):
            return special or c.looks >= 1.0
        if strength == 0 and after_first and special and rare:
            return _unknown_ok(view, main, edges)
        return False
    if main is not None and styles[main] >= 2:
        smaller = style[0] < main[0] - 1
        lesser = main[3] and (style[3] > main[3] or not style[3])
        if (smaller or lesser) and view.line.column == 0 and strength < 3:
            return False
        if smaller and not view.caps:
            return False
        if lesser:
            return False
        if main[2] and not view.caps and style[0] <= main[0]:
            # headings are in capitals here; this one is not: only of their size, and with space
            spaced = view.blank or view.gap > 0.25
            if not spaced or view.size < main[0] / 10 - 0.07:
                return False
    if strength == 3:
        return c.looks >= 1.0
    if strength == 2:
        return c.looks >= (1.3 if main is not None and main[2] and view.caps else 1.9)
    return strength == 1 and c.looks >= 2.6 and main is None


def _unknown_ok(view: LineView, main: Style, edges: list[float]) -> bool:
    """Unknown words, set like the headings: with space above, and where headings begin."""
    if view.words > 6 or is_prose(view) or "," in view.text or "|" in view.text:
        return False
    if main[3]:
        return True
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
        sections.append(Section(kind, h.title, h.start, end, h.body, h.page))
    return tuple(sections)


def _is_personal(body: str, lexicon: Lexicon) -> bool:
    """A "profile" of lines like "Date of birth: …" tells who somebody is, not what they do."""
    labels = [squeeze(line.partition(":")[0]) for line in body.splitlines() if ":" in line]
    return sum(label in lexicon.personal for label in labels) >= 2


__all__ = ["Heading", "find_sections", "style_of"]
