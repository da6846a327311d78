"""What the matcher looks up: every form of every skill, compiled once and saved as msgpack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import srsly

from ..taxonomy.model import Form, Skill
from .tokens import fold
from .variants import Shape, other_number, other_spellings, shape, turned_forms, verb_forms
from .wordlist import ENGLISH

FORMAT = 1  # raise it when what is compiled changes


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
    """All forms. `starts` maps a first word to the length of the longest key that begins with it."""

    skills: list[str] = field(default_factory=list)  # ids
    kinds: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    senses: dict[str, list[Sense]] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Serialize; the same tables give the same bytes."""
        data = {
            "format": FORMAT,
            "skills": self.skills,
            "kinds": self.kinds,
            "rules": [list(rule) for rule in self.rules],
            "senses": {
                key: [[*s[:4], [x for cut in s.cuts.items() for x in cut]] for s in senses]
                for key, senses in self.senses.items()
            },
            "starts": self.starts,
        }
        return bytes(srsly.msgpack_dumps(data))

    @classmethod
    def from_bytes(cls, raw: bytes) -> Tables:
        """Restore; ValueError for another format."""
        data: dict[str, Any] = srsly.msgpack_loads(raw)
        if data.get("format") != FORMAT:
            raise ValueError("tables of another format")
        nothing: dict[int, int] = {}
        return cls(
            data["skills"],
            data["kinds"],
            [Rule(*(tuple(v) if isinstance(v, (list, tuple)) else v for v in r)) for r in data["rules"]],
            {
                key: [
                    Sense(a, b, c, d, dict(zip(e[::2], e[1::2], strict=True)) if e else nothing)
                    for a, b, c, d, e in senses
                ]
                for key, senses in data["senses"].items()
            },
            data["starts"],
        )


def compile_tables(skills: Iterable[Skill]) -> Tables:
    """Compile the active skills of a taxonomy."""
    tables = Tables()
    for skill in skills:
        if skill.status != "active":
            continue
        number = len(tables.skills)
        tables.skills.append(skill.id)
        tables.kinds.append(skill.kind)
        given = {_squeezed(form.text): form for form in skill.forms}
        for surface, source, turned in _surfaces(skill):
            formed = shape(surface)
            if formed is None:
                continue
            rule = _rule_for(tables, skill, surface, source, given, turned)
            _add(tables, formed, Sense(number, surface, rule, turned, formed.cuts))
            if "." in surface and surface.lower().endswith(".net") and formed.key != "net":
                parted = formed.key[:-3] + ".net"  # ASP .NET
                if len(formed.key) > 3:
                    extra = Shape(parted, {len(parted) - 4: 1}, (parted[:-4], parted))
                    _add(tables, extra, Sense(number, surface, rule, turned, extra.cuts))
    tables.senses = dict(sorted(tables.senses.items()))
    tables.starts = dict(sorted(tables.starts.items()))
    return tables


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
        rows += [(v, source, True) for w in (label, *other_spellings(label))
                 for t in turned_forms(w, skill.kind) for v in (t, *other_spellings(t))]
    for surface, source, turned in rows:
        if surface not in seen:
            seen.add(surface)
            yield surface, source, turned


def _squeezed(text: str) -> str:
    formed = shape(text)
    return formed.key if formed else text.casefold()


def _add(tables: Tables, formed: Shape, sense: Sense) -> None:
    senses = tables.senses.setdefault(formed.key, [])
    if any(s.skill == sense.skill and (s.cuts == sense.cuts or s.turned < sense.turned) for s in senses):
        return
    senses.append(sense)
    for start in formed.starts:
        tables.starts[start] = max(tables.starts.get(start, 0), len(formed.key))


def _rule_for(
    tables: Tables, skill: Skill, surface: str, source: str, given: dict[str, Form], turned: bool
) -> int:
    """The index of the rule of a form: the taxonomy's, else the safety net's, else -1."""
    form = given.get(_squeezed(surface)) or given.get(_squeezed(source))
    if form is not None and not turned:
        rule = Rule(
            surface if _squeezed(surface) != _squeezed(form.text) else form.text,
            form.case,
            form.context,
            _keys(form.cues),
            _keys(form.anti_cues),
            _keys(form.not_before),
            _keys(form.not_after),
        )
    elif not turned and (case := _net(surface, skill.kind)):
        rule = Rule(surface, *case, given=False)
    else:
        return -1
    if rule in tables.rules:
        return tables.rules.index(rule)
    tables.rules.append(rule)
    return len(tables.rules) - 1


def _net(surface: str, kind: str) -> tuple[str, str] | None:
    """(case, context) for a bare name that is likely to mean something else as well."""
    if " " in surface or "-" in surface:
        return None
    letters = surface.rstrip("s") if surface[:1].isupper() and len(surface) > 2 else surface
    if len(surface) == 1:
        return "exact", "required"
    if len(letters) == 2 and letters.isalpha():
        return "exact", "preferred"
    if surface.lower() in ENGLISH and (kind in ("tool", "language", "platform", "model") or letters.isupper()):
        return "exact", "preferred"
    return None


def _keys(words: Iterable[str]) -> tuple[str, ...]:
    """Words and phrases as space-joined keys."""
    from .tokens import LEXICON

    found: list[str] = []
    for phrase in words:
        keys = [k for k in LEXICON.tokens(phrase).keys if k]
        found.append(" ".join(keys) if keys else fold(phrase))
    return tuple(dict.fromkeys(k for k in found if k))
