"""What surrounds a token: its unit (sentence or list item), its line, its section."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ..types import Entry, Line, Section
from .tokens import BLANK, BREAK, BULLET, COLON, END, HYPHEN, LIST, OPEN, SLASH, SPACE, WORD, Tokens
from .wordlist import words


@dataclass(frozen=True, slots=True)
class Layout:
    """What the stages before know about the text; all of it may be missing."""

    sections: tuple[Section, ...] = ()
    entries: tuple[Entry, ...] = ()
    lines: tuple[Line, ...] = ()
    hidden: tuple[
        tuple[int, int], ...
    ] = ()  # contact data and employers' names: no skills in there

    def section_at(self, offset: int) -> int:
        """Index of the innermost section that holds an offset, -1 for none."""
        i = bisect_right(self.sections, offset, key=lambda s: s.start) - 1
        while i >= 0:
            if offset < self.sections[i].end:
                return i
            i -= 1
        return -1

    def entry_at(self, offset: int) -> int:
        """Index of the last entry that holds an offset, -1 for none."""
        found = -1
        for i, entry in enumerate(self.entries):
            if entry.span[0] <= offset < entry.span[1]:
                found = i
        return found

    def in_heading(self, offset: int) -> bool:
        """Whether an offset lies in a section's heading."""
        i = self.section_at(offset)
        if i < 0:
            return False
        section = self.sections[i]
        return bool(section.title) and offset < min(
            section.body, section.start + len(section.title) + 8
        )

    def is_hidden(self, start: int, end: int) -> bool:
        """Whether a span touches contact data or an employer's name."""
        return any(a < end and start < b for a, b in self.hidden)

    def flows(self, start: int, end: int) -> bool:
        """Whether a span over a line end runs on in the same column and section."""
        if self.section_at(start) != self.section_at(end - 1):
            return False
        if not self.lines:
            return True
        i = bisect_right(self.lines, start, key=lambda line: line.start) - 1
        j = bisect_right(self.lines, end - 1, key=lambda line: line.start) - 1
        if i < 0 or j > i + 1:
            return False
        a, b = self.lines[i], self.lines[j]
        return (
            a.column == b.column and a.page == b.page and (not a.size or abs(a.size - b.size) < 1.5)
        )


class Unit:
    """A sentence or list item: tokens `first` to `last` (half-open)."""

    __slots__ = ("first", "label", "last", "number")

    def __init__(self, number: int, first: int, last: int, label: int) -> None:
        self.number = number
        self.first = first
        self.last = last
        self.label = label  # index of the colon that ends a leading label ("Languages:"), -1


_ABBREVIATED = words(
    "eg ie vs etc inc ltd dr mr mrs ms prof sr jr st no fig al approx dept univ co"
)
_RUNS_ON = words("and or with in of for to using the a an as by on at from via including such like")
_FULL = 60  # characters from which on a line is taken for one that the margin broke


def units(tokens: Tokens, marks: Sequence[int] = ()) -> list[Unit]:
    """Cut a text into units. `marks` are offsets where one must begin (sections)."""
    kinds, starts, raws, keys = tokens.kinds, tokens.starts, tokens.raws, tokens.keys
    count = len(raws)
    borders = [0]
    line_start = 0
    mark = 0
    for i in range(count):
        kind = kinds[i]
        if kind in (WORD, LIST):
            continue
        if kind == BREAK:
            if i + 1 < count and not _continues(tokens, i, line_start):
                borders.append(i + 1)
            line_start = i + 1
        elif kind in (BLANK, BULLET):
            borders.append(i + 1 if kind == BLANK else i)
            line_start = i + 1 if kind == BLANK else line_start
        elif kind == END and i + 1 < count:
            after = i + 1
            if starts[after] == starts[i] + 1 and kinds[after] not in (BREAK, BLANK):
                continue
            before = keys[i - 1] if i else ""
            short = before in _ABBREVIATED or (len(before) == 1 and not before.isdigit())
            if raws[i] == "." and short and kinds[after] not in (BREAK, BLANK):
                continue
            head = raws[after][0]
            if kinds[after] in (BREAK, BLANK) or not head.islower():
                borders.append(after)
    for offset in marks:
        mark = bisect_right(starts, offset - 1)
        borders.append(mark)
    cuts = sorted({b for b in borders if b < count})
    result: list[Unit] = []
    for n, first in enumerate(cuts):
        last = cuts[n + 1] if n + 1 < len(cuts) else count
        label = -1
        words = 0
        for k in range(first, min(last, first + 14)):
            if kinds[k] == COLON:
                label = k if words and k + 1 < last else -1
                break
            if kinds[k] == WORD:
                words += 1
                if words > 6:
                    break
        result.append(Unit(n, first, last, label))
    return result


def _continues(tokens: Tokens, at: int, line_start: int) -> bool:
    """Whether the line after the line end `at` goes on with the same sentence or list."""
    kinds, raws, keys, starts = tokens.kinds, tokens.raws, tokens.keys, tokens.starts
    after = at + 1
    while after < len(raws) and kinds[after] == SPACE:
        after += 1
    before = at - 1
    while before > line_start and kinds[before] == SPACE:
        before -= 1
    if after >= len(raws) or before < line_start:
        return False
    if kinds[after] == BULLET:
        return False
    if kinds[after] == HYPHEN and after + 1 < len(raws) and starts[after + 1] > starts[after] + 1:
        return False  # a dash as a bullet
    last = kinds[before]
    if last in (LIST, SLASH, OPEN, HYPHEN) or keys[before] in _RUNS_ON:
        return True
    if last in (END, COLON):
        return last == COLON
    if kinds[after] in (LIST, SLASH) or keys[after] in ("and", "or"):
        return True
    length = tokens.end(before) - starts[line_start]
    head = raws[after][0]
    if head.islower():
        return length > 25
    return length >= _FULL and kinds[after] == WORD and not _has_label(tokens, after)


def _has_label(tokens: Tokens, at: int) -> bool:
    """Whether a line starts like “Databases: …”."""
    words = 0
    for k in range(at, min(len(tokens.raws), at + 12)):
        kind = tokens.kinds[k]
        if kind == COLON:
            return words > 0
        if kind in (BREAK, BLANK, END, LIST):
            return False
        words += kind == WORD
        if words > 5:
            return False
    return False
