"""Finds every place where a form of a skill stands; what is meant is decided afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ..types import Via
from .layout import Layout
from .tables import Sense, Tables
from .tokens import BREAK, HYPHEN, SLASH, SPACE, WORD, Tokens, fold
from .variants import CAPITAL, DASH, GAP, JOINED, STROKE
from .wordlist import words

TORN: Final = 32  # a hyphen at a line's end: the cut may be anywhere
_SOFT = frozenset("\u00ad\ufffe")
_VERSIONED = re.compile(r"^([A-Za-z][A-Za-z+.#]*?)[vV]?\d+(?:\.\d+)*(?:\.x)?$")
_NUMBER = re.compile(r"^[vV]?\d{1,3}(?:\.(?:\d+|x))*[a-z]?$")
_SUFFIX = re.compile(
    r"^(?:[vV]?\d+(?:\.\d+)*[a-zA-Z]{0,2}|\d+x\d+[bB]|mini|nano|turbo|pro|flash|lite|preview|instruct|"
    r"chat|base|large|small|medium|tiny|xl|xxl|sonnet|opus|haiku|vision|audio|realtime|uncased|cased)$",
    re.IGNORECASE,
)
_COUNTED = words(
    "years year yrs yr months month weeks days hours projects courses certifications people members "
    "engineers developers times percent k m million days x"
)
_VERSIONED_KINDS = frozenset({"tool", "language", "platform", "model", "standard"})


@dataclass(slots=True)
class Candidate:
    """A place that may mean a skill: tokens `first` to `last` (half-open)."""

    first: int
    last: int
    start: int
    end: int
    sense: Sense
    via: Via = "label"
    confidence: float = 1.0
    shared: bool = False  # part of a coordination: may overlap with the other part
    reason: str = ""
    dropped: bool = False  # holds its place against shorter forms, and is no mention


class Matcher:
    """Looks forms up over tokens. Longer forms are found beside the shorter ones inside them."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._versioned: dict[str, str] = {}

    def __call__(self, tokens: Tokens, layout: Layout) -> list[Candidate]:
        """All candidates, in the order of their first token, longest first."""
        begins, kinds, keys = self.tables.starts, tokens.kinds, tokens.keys
        found: list[Candidate] = []
        for i, key in enumerate(keys):
            if not key:
                continue
            limit = begins.get(key)
            if limit is not None:
                self._walk(tokens, layout, i, i, key, [], limit, found)
            elif key[-1].isdigit() or key[-1] == "x":
                self._numbered(tokens, i, found)
            if i + 2 < len(kinds) and kinds[i + 1] == HYPHEN:
                self._torn(tokens, layout, i, found)
        found = [c for c in found if not (c.sense.turned and _hangs(tokens, c.first))]
        found.sort(key=lambda c: (c.first, -c.last))
        return found

    def _walk(
        self,
        tokens: Tokens,
        layout: Layout,
        first: int,
        last: int,
        key: str,
        cuts: list[tuple[int, int, int]],
        limit: int,
        found: list[Candidate],
    ) -> None:
        senses, forms = self.tables.senses, self.tables.packed
        crossed = first < last and BREAK in tokens.kinds[first:last]
        while True:
            for sense in senses(key) if key in forms else ():
                if _fits(tokens, first, key, sense, cuts) and not (
                    crossed and not layout.flows(tokens.starts[first], tokens.end(last))
                ):
                    found.append(self._candidate(tokens, first, last, sense))
            if len(key) >= limit:
                return
            step = next_word(tokens, last)
            if step is None:
                return
            position, bit = step
            if position - last > 1 and not crossed:
                crossed = BREAK in tokens.kinds[last + 1 : position]
            cuts.append((len(key), bit, position))
            key += tokens.keys[position]
            last = position

    def _numbered(self, tokens: Tokens, i: int, found: list[Candidate]) -> None:
        """Python3.12, C++17, HTML5: the version is part of the word."""
        raw = tokens.raws[i]
        base = self._versioned.get(raw)
        if base is None:
            match = _VERSIONED.match(raw)
            base = fold(match[1].rstrip(".")) if match else ""
            if len(self._versioned) < 10_000:
                self._versioned[raw] = base
        if len(base) < 3:
            return
        for sense in self.tables.senses(base):
            if not sense.turned and self.tables.kinds[sense.skill] in _VERSIONED_KINDS:
                found.append(self._candidate(tokens, i, i, sense))

    def _torn(self, tokens: Tokens, layout: Layout, i: int, found: list[Candidate]) -> None:
        """Hug-⏎ging Face: a word that a line end or a soft hyphen has cut."""
        kinds, raws = tokens.kinds, tokens.raws
        soft = raws[i + 1] in _SOFT
        if tokens.starts[i + 1] != tokens.end(i) or not (soft or kinds[i + 2] == BREAK):
            return
        position = i + 3 if kinds[i + 2] == BREAK else i + 2
        if position >= len(raws) or kinds[position] != WORD:
            return
        key = tokens.keys[i] + tokens.keys[position]
        limit = self.tables.starts.get(key)
        if limit is not None and len(key) >= 5:
            cuts = [(len(tokens.keys[i]), TORN, position)]
            self._walk(tokens, layout, i, position, key, cuts, limit, found)

    def _candidate(self, tokens: Tokens, first: int, last: int, sense: Sense) -> Candidate:
        named = self.tables.kinds[sense.skill] in _VERSIONED_KINDS
        if named and tokens.end(last) - tokens.starts[first] > 1:
            last = _with_version(tokens, last)
        turned = sense.turned
        return Candidate(
            first,
            last + 1,
            tokens.starts[first],
            tokens.end(last),
            sense,
            "pattern" if turned else "label",
            0.8 if turned else 1.0,
        )


def _hangs(tokens: Tokens, first: int) -> bool:
    """Whether a word is the second part of a hyphenated one."""
    return (
        first > 0
        and tokens.kinds[first - 1] == HYPHEN
        and tokens.starts[first] == tokens.starts[first - 1] + 1
    )


def next_word(tokens: Tokens, last: int) -> tuple[int, int] | None:
    """The next word of a phrase and what stands before it (bits); None where the phrase ends."""
    kinds = tokens.kinds
    j = last + 1
    count = len(kinds)
    if j >= count:
        return None
    kind = kinds[j]
    if kind == WORD:
        return j, GAP
    if kind in (BREAK, SPACE):
        if j + 1 < count and kinds[j + 1] == WORD and len(tokens.raws[j]) < 8:
            return j + 1, GAP
        return None
    if kind == HYPHEN and tokens.starts[j] == tokens.end(last) and j + 1 < count:
        soft = tokens.raws[j] in _SOFT
        if kinds[j + 1] == WORD and tokens.starts[j + 1] == tokens.starts[j] + 1:
            return j + 1, TORN if soft else DASH
        if kinds[j + 1] == BREAK and j + 2 < count and kinds[j + 2] == WORD:
            return j + 2, TORN
        return None
    if kind == SLASH and j + 1 < count:
        if kinds[j + 1] == WORD:
            return j + 1, STROKE
        if kinds[j + 1] == BREAK and j + 2 < count and kinds[j + 2] == WORD:
            return j + 2, STROKE
    return None


def _fits(
    tokens: Tokens, first: int, key: str, sense: Sense, cuts: list[tuple[int, int, int]]
) -> bool:
    """Whether a form may be cut where the text is cut, and joined where it is not."""
    allowed = sense.cuts
    for at, bit, position in cuts:
        bits = allowed.get(at, 0)
        if bit == TORN:
            if len(key) < 5 and not bits & DASH:
                return False
        elif not bits & bit:
            if not (bit == GAP and bits & CAPITAL):
                return False
            if not (tokens.raws[position][0].isupper() and tokens.raws[first][0].isupper()):
                return False
    if len(cuts) < len(allowed):
        cut = {at for at, _, _ in cuts}
        return all(bits & JOINED for at, bits in allowed.items() if at not in cut)
    return True


def _with_version(tokens: Tokens, last: int) -> int:
    """The last token of a name with its version: Python 3.12, GPT-4o-mini, Java 8/11."""
    kinds, raws, starts = tokens.kinds, tokens.raws, tokens.starts
    count = len(raws)
    while last + 1 < count:
        j = last + 1
        if kinds[j] in (HYPHEN, SLASH) and starts[j] == tokens.end(last) and j + 1 < count:
            pattern = _SUFFIX if kinds[j] == HYPHEN else _NUMBER
            glued = starts[j + 1] == starts[j] + 1
            if not (glued and kinds[j + 1] == WORD and pattern.match(raws[j + 1])):
                break
            if kinds[j] == SLASH and not raws[last][-1].isdigit():
                break
            if j + 3 < count and kinds[j + 2] == HYPHEN and tokens.keys[j + 3] in _COUNTED:
                break
            last = j + 1
        elif kinds[j] == WORD and _NUMBER.match(raws[j]) and starts[j] == tokens.end(last) + 1:
            after = j + 1
            while after < count and raws[after] in ("+", "-", "–"):
                after += 1
            if after > j + 1 or (after < count and tokens.keys[after] in _COUNTED):
                break
            if (after < count and raws[after] in ("%", ":")) or (
                "." not in raws[j] and len(raws[j]) > 2
            ):
                break
            last = j
        else:
            break
    return last
