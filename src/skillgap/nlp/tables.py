"""What the matcher looks up: every form of every skill, compiled once and saved as msgpack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import srsly

from ..taxonomy.model import Form, Skill
from .tokens import LEXICON, fold
from .variants import (
    GAP,
    Shape,
    doer_forms,
    other_number,
    other_spellings,
    shape,
    turned_forms,
    verb_forms,
)
from .wordlist import ENGLISH, PLACES

FORMAT = 2  # raise it when what is compiled changes


# Groups whose one-word names are everyday words ("trading", "retail"): they count in lists.
LOOSE = frozenset({"business", "creative", "product", "soft"})


class Rule(NamedTuple):
    """A Form with its word lists as keys, ready to be looked up."""

    text: str
    case: str = "any"
    context: str = "none"
    cues: tuple[str, ...] = ()
    anti_cues: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    given: bool = True  # by the taxonomy; False: from the safety net for common words


class Sense(NamedTuple):
    """One skill that a key may stand for."""

    skill: int
    surface: str  # the label, or the variant of it, as the taxonomy writes it
    rule: int  # index of its rule, -1: none
    turned: bool  # words in another order ("cleaning data")
    cuts: dict[int, int]


@dataclass(slots=True)
class Tables:
    """All forms. `starts` maps a first word to the length of the longest key that begins with it.

    The senses of a key are kept as one string and taken apart when the key is first met: a saved
    table is read at every start, and a document meets few of its keys.
    """

    skills: list[str] = field(default_factory=list)  # ids
    kinds: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    packed: dict[str, str] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)
    _known: dict[str, tuple[Sense, ...]] = field(default_factory=dict)

    def senses(self, key: str) -> tuple[Sense, ...]:
        """What a key may stand for; () where it is no form."""
        found = self._known.get(key)
        if found is None:
            packed = self.packed.get(key)
            if packed is None:
                return ()
            found = self._known[key] = tuple(_unpack(row) for row in packed.split(_ROW))
        return found

    def to_bytes(self) -> bytes:
        """Serialize; the same tables give the same bytes."""
        data = {
            "format": FORMAT,
            "skills": self.skills,
            "kinds": self.kinds,
            "groups": self.groups,
            "rules": [list(rule) for rule in self.rules],
            # Long texts that are split are read several times faster than maps of small strings.
            "keys": "\n".join(self.packed),
            "senses": "\n".join(self.packed.values()),
            "starts": "\n".join(self.starts),
            "limits": bytes(min(255, n) for n in self.starts.values()),
        }
        return bytes(srsly.msgpack_dumps(data))

    @classmethod
    def from_bytes(cls, raw: bytes) -> Tables:
        """Restore; ValueError for another format."""
        data: dict[str, Any] = srsly.msgpack_loads(raw)
        if data.get("format") != FORMAT:
            raise ValueError("tables of another format")
        rules = [_rule(row) for row in data["rules"]]
        packed = dict(zip(_lines(data["keys"]), _lines(data["senses"]), strict=True))
        starts = dict(zip(_lines(data["starts"]), data["limits"], strict=True))
        return cls(data["skills"], data["kinds"], data["groups"], rules, packed, starts)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _rule(row: list[Any]) -> Rule:
    text, case, context, cues, anti, before, after, given = row
    return Rule(text, case, context, tuple(cues), tuple(anti), tuple(before), tuple(after), given)


_ROW, _FIELD = "\x1e", "\x1f"


def _pack(sense: Sense) -> str:
    cuts = " ".join(f"{at} {bits}" for at, bits in sense.cuts.items())
    fields = (str(sense.skill), sense.surface, str(sense.rule), "1" if sense.turned else "", cuts)
    return _FIELD.join(fields)


def _unpack(row: str) -> Sense:
    skill, surface, rule, turned, cuts = row.split(_FIELD)
    numbers = [int(n) for n in cuts.split()]
    pairs = dict(zip(numbers[::2], numbers[1::2], strict=True))
    return Sense(int(skill), surface, int(rule), bool(turned), pairs)


def compile_tables(skills: Iterable[Skill]) -> Tables:
    """Compile the skills of a taxonomy; the names of one that was replaced mean its replacement."""
    tables = Tables()
    rules: dict[Rule, int] = {}
    senses: dict[str, list[Sense]] = {}
    known = {skill.id: skill for skill in skills}
    numbers: dict[str, int] = {}
    for skill in known.values():
        current = _current(skill, known)
        number = numbers.setdefault(current.id, len(numbers))
        if number == len(tables.skills):
            tables.skills.append(current.id)
            tables.kinds.append(current.kind)
            tables.groups.append(current.group)
        given = {_squeezed(form.text): form for form in skill.forms}
        for surface, source, turned in _surfaces(skill):
            formed = shape(surface)
            if formed is None:
                continue
            rule = _rule_for(skill, surface, source, given, turned)
            index = -1 if rule is None else rules.setdefault(rule, len(rules))
            _add(tables, senses, formed, Sense(number, surface, index, turned, formed.cuts))
            if surface.lower().endswith(".net") and len(formed.key) > 4:  # ASP .NET
                parted = formed.key[:-3] + ".net"
                cut = len(parted) - 4
                extra = Shape(parted, {cut: GAP}, (parted[:cut], parted))
                _add(tables, senses, extra, Sense(number, surface, index, turned, extra.cuts))
    tables.rules = list(rules)
    tables.packed = {key: _ROW.join(map(_pack, senses[key])) for key in sorted(senses)}
    tables.starts = dict(sorted(tables.starts.items()))
    return tables


def _current(skill: Skill, known: dict[str, Skill]) -> Skill:
    """What stands for a skill today, as `Taxonomy.current` has it."""
    seen = {skill.id}
    while skill.replaced_by in known and skill.replaced_by not in seen:
        skill = known[skill.replaced_by]
        seen.add(skill.id)
    return skill


def _surfaces(skill: Skill) -> Iterator[tuple[str, str, bool]]:
    """(form, label it comes from, turned) of a skill: its labels first, then their variants."""
    labels = dict.fromkeys((skill.label, *skill.alt, *skill.hidden, *(f.text for f in skill.forms)))
    seen: set[str] = set()
    rows: list[tuple[str, str, bool]] = []
    for label in labels:
        rows.append((label, label, False))
        bare, opened, _ = label.partition(" (")
        if opened and bare:
            rows.append((bare, bare, False))
    for label, source, _ in tuple(rows):
        variants = [label, *other_spellings(label)]
        variants += [v for w in tuple(variants) if (v := other_number(w, skill.kind))]
        variants += list(verb_forms(label, skill.kind))
        rows += [(v, source, False) for v in variants]
        rows += [
            (v, source, True)
            for w in (label, *other_spellings(label))
            for t in (*doer_forms(w, skill.kind), *turned_forms(w, skill.kind))
            for v in (t, *other_spellings(t))
        ]
    for surface, source, turned in rows:
        if surface not in seen:
            seen.add(surface)
            yield surface, source, turned


def _squeezed(text: str) -> str:
    formed = shape(text)
    return formed.key if formed else text.casefold()


def _add(tables: Tables, senses: dict[str, list[Sense]], formed: Shape, sense: Sense) -> None:
    rows = senses.setdefault(formed.key, [])
    if any(
        s.skill == sense.skill and (s.cuts == sense.cuts or s.turned < sense.turned) for s in rows
    ):
        return
    rows.append(sense)
    for start in formed.starts:
        tables.starts[start] = max(tables.starts.get(start, 0), len(formed.key))


def _rule_for(
    skill: Skill, surface: str, source: str, given: dict[str, Form], turned: bool
) -> Rule | None:
    """The rule of a form: the taxonomy's, else the safety net's, else None."""
    form = given.get(_squeezed(surface)) or given.get(_squeezed(source))
    if form is not None and not turned:
        return Rule(
            surface if _squeezed(surface) != _squeezed(form.text) else form.text,
            form.case,
            form.context,
            _keys(form.cues),
            _keys(form.anti_cues),
            _keys(form.not_before),
            _keys(form.not_after),
        )
    case = None if turned else _net(surface, skill.kind, skill.group)
    return Rule(surface, *case, given=False) if case else None


def _net(surface: str, kind: str, group: str) -> tuple[str, str] | None:
    """(case, context) for a bare name that is likely to mean something else as well."""
    if " " in surface or "-" in surface:
        return None
    if len(surface) == 1:
        return "exact", "required"
    letters = surface.removesuffix("s") if len(surface) > 2 and surface[:1].isupper() else surface
    if len(letters) == 2 and letters.isalpha():
        return "exact", "preferred" if letters in PLACES or not letters.isupper() else "none"
    everyday = group in LOOSE and kind in ("concept", "practice") and letters[1:].islower()
    if kind == "soft_skill" or everyday:
        return "any", "weak"
    named = kind in ("tool", "language", "platform", "model")
    if named and surface.lower() in ENGLISH and not surface[1:2].isupper():
        return "any" if surface.islower() else "exact", "preferred"
    if letters.isalpha() and len(letters) <= 6:
        mixed = not letters[1:].islower() and not letters.islower()
        if letters.isupper() or (mixed and len(letters) <= 4):
            return "acronym", "none"
    return None


def _keys(words: Iterable[str]) -> tuple[str, ...]:
    """Words and phrases as space-joined keys."""
    found: list[str] = []
    for phrase in words:
        keys = [k for k in LEXICON.tokens(phrase).keys if k]
        found.append(" ".join(keys) if keys else fold(phrase))
    return tuple(dict.fromkeys(k for k in found if k))
