"""Cue phrases of the assertion (taxonomy/assertions.yaml), compiled to slots of word keys.

In a phrase `(a|b c)` stands for one of its parts, `[a|b]` for one of them or nothing, `<name>` for one
of the words of that name, and `...` for up to four words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from .tokens import LEXICON

_PIECE = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]|(\.\.\.)|([^\s()\[\]]+)")
_STOPS: Final = ("stops", "negated_stops", "other_stops")
_NAME = re.compile(r"<(\w+)>")
_GAP: Final = 4  # words that "..." may stand for

Slot = tuple[
    bool, tuple[tuple[str, ...], ...]
]  # (may be left out, alternatives); () alternatives: a gap


class Cue:
    """What a phrase says about the skills near it.

    `status` is a Status, or “pseudo”: it means nothing though it looks like a cue. `direction` is
    forward, clause, back_item, back_cert, back_list or label. The slots are kept as one string and
    taken apart when a text first holds one of their words: a pipeline is loaded at every start.
    """

    __slots__ = ("_slots", "direction", "packed", "phrase", "status")

    def __init__(self, status: str, direction: str, phrase: str, packed: str) -> None:
        self.status = status
        self.direction = direction
        self.phrase = phrase
        self.packed = packed
        self._slots: tuple[Slot, ...] | None = None

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The parts of the phrase, in order."""
        if self._slots is None:
            self._slots = tuple(_unpack(row) for row in self.packed.split("\n"))
        return self._slots


def _pack(slots: Iterable[Slot]) -> str:
    return "\n".join(
        ("?" if optional else "!") + "|".join(" ".join(keys) for keys in alternatives)
        for optional, alternatives in slots
    )


def _unpack(row: str) -> Slot:
    return row[0] == "?", tuple(tuple(keys.split()) for keys in row[1:].split("|") if keys)


class Hit(NamedTuple):
    """A cue in a row of words: positions `first` to `last` (half-open)."""

    first: int
    last: int
    cue: Cue


@dataclass(slots=True)
class Cues:
    """All cues, by the words they may begin with, and the words that end their reach."""

    cues: list[Cue]
    stops: frozenset[str] = frozenset()
    negated_stops: frozenset[str] = frozenset()
    other_stops: frozenset[str] = frozenset()
    index: dict[str, list[Cue]] = field(default_factory=dict)
    _pairs: dict[str, tuple[list[Cue], dict[str, list[Cue]]]] = field(default_factory=dict)

    @classmethod
    def compile(cls, data: dict[str, Any]) -> Cues:
        """From the YAML file's content."""
        words = {name: "|".join(forms) for name, forms in data.get("words", {}).items()}
        rows = [
            Cue(row["status"], row["direction"], phrase, _pack(_slots(phrase, words)))
            for row in data["cues"]
            for phrase in row["phrases"]
        ]
        ends, negated, other = (frozenset(data.get(name, ())) for name in _STOPS)
        return cls(rows, ends, negated, other)._indexed()

    def _indexed(self) -> Cues:
        for cue in self.cues:
            firsts: dict[str, None] = {}
            for optional, alternatives in cue.slots:
                firsts.update(dict.fromkeys(keys[0] for keys in alternatives))
                if not optional:
                    break
            for first in firsts:
                self.index.setdefault(first, []).append(cue)
        return self

    def dump(self) -> dict[str, Any]:
        """A plain form, to be saved with the pipeline."""
        numbers = {id(cue): n for n, cue in enumerate(self.cues)}
        return {
            "cues": [[c.status, c.direction, c.phrase, c.packed] for c in self.cues],
            "index": {word: [numbers[id(c)] for c in cues] for word, cues in self.index.items()},
            "stops": [sorted(s) for s in (self.stops, self.negated_stops, self.other_stops)],
        }

    @classmethod
    def restore(cls, data: dict[str, Any]) -> Cues:
        """From the plain form."""
        rows = [Cue(*row) for row in data["cues"]]
        index = {word: [rows[n] for n in numbers] for word, numbers in data["index"].items()}
        ends, negated, other = (frozenset(words) for words in data["stops"])
        return cls(rows, ends, negated, other, index)

    def _candidates(self, word: str, after: str) -> list[Cue]:
        """The cues that may begin with two words; which ones is worked out when first asked."""
        known = self._pairs.get(word)
        if known is None:
            always: list[Cue] = []
            seconds: dict[str, list[Cue]] = {}
            for cue in self.index[word]:
                following = _seconds(word, cue.slots)
                if following is None:
                    always.append(cue)
                else:
                    for second in following:
                        seconds.setdefault(second, []).append(cue)
            known = self._pairs[word] = (always, seconds)
        always, seconds = known
        more = seconds.get(after)
        return always + more if more else always

    def labels(self) -> Cues:
        """The cues that head a line or a section, alone."""
        return Cues([c for c in self.cues if c.direction == "label"])._indexed()

    def find(self, words: list[str]) -> list[Hit]:
        """All cues in a row of words; of those that begin at one word the longest ones."""
        hits: list[Hit] = []
        if self.index.keys().isdisjoint(words):
            return hits
        i = 0
        while i < len(words):
            if words[i] not in self.index:
                i += 1
                continue
            best: list[Hit] = []
            after = words[i + 1] if i + 1 < len(words) else ""
            for cue in self._candidates(words[i], after):
                last = _match(words, i, cue.slots, 0)
                if last > i and (not best or last >= best[0].last):
                    if best and last > best[0].last:
                        best = []
                    best.append(Hit(i, last, cue))
            pseudo = [h for h in best if h.cue.status == "pseudo"]
            if pseudo:
                i = pseudo[0].last
                continue
            hits += best
            i += 1
        return hits


def _slots(phrase: str, words: dict[str, str]) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    for required, optional, gap, word in _PIECE.findall(phrase):
        if gap:
            slots.append((True, ()))
            continue
        parts = [word] if word else (required or optional).split("|")
        keys = dict.fromkeys(
            tuple(k for k in LEXICON.tokens(form).keys if k)
            for part in parts
            for form in _named(part, words)
        )
        slots.append((bool(optional), tuple(k for k in keys if k)))
    return tuple(slots)


def _named(part: str, words: dict[str, str]) -> list[str]:
    """The forms of one alternative: `next <season>` is “next spring”, “next summer”, …"""
    name = _NAME.search(part)
    if name is None:
        return [part]
    return [part[: name.start()] + w + part[name.end() :] for w in words[name[1]].split("|")]


def _seconds(first: str, slots: tuple[Slot, ...]) -> set[str] | None:
    """The words that may follow the first one in a phrase; None where that is not bounded."""
    found: set[str] = set()
    for n, (optional, alternatives) in enumerate(slots):
        for keys in alternatives:
            if keys[0] == first:
                if len(keys) > 1:
                    found.add(keys[1])
                    continue
                rest = slots[n + 1 :]
                for skip, following in rest:
                    if not following:
                        return None
                    found.update(k[0] for k in following)
                    if not skip:
                        break
                else:
                    return None  # the phrase may end after its first word
        if not optional:
            break
    return found


def _match(words: list[str], at: int, slots: tuple[Slot, ...], n: int) -> int:
    """Where the longest match of slots from the n-th on ends; -1 for none."""
    if n == len(slots):
        return at
    optional, alternatives = slots[n]
    best = -1
    if not alternatives:
        for skip in range(_GAP + 1):
            best = max(best, _match(words, at + skip, slots, n + 1))
        return best
    for keys in alternatives:
        size = len(keys)
        if tuple(words[at : at + size]) == keys:
            best = max(best, _match(words, at + size, slots, n + 1))
    if optional:
        best = max(best, _match(words, at, slots, n + 1))
    return best
