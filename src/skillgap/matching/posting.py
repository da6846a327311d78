"""A job posting becomes a role profile.

    Document, mentions ─▶ units (posting_units) ─▶ skills with place, wording, depth ─▶ Role
                                                 ─▶ what is asked beyond skills (asked)

Importance follows from wording and place: essential is what a must-have says, what the title names, or
what is repeated in the tasks; useful is what is nice to have; the rest is important. Weight rises with
repetition. docs/postings.md has the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..taxonomy.model import Requirement, Role, Taxonomy
from ..taxonomy.relations import ancestors
from ..types import Depth, Document, Importance, Mention
from . import parameters as p
from .alternatives import bracketed, choices, merged
from .asked import Demand, read_demands
from .posting_rules import Place, PostingRules, load_rules
from .posting_units import SILENT, Unit, read_posting

ROLE_ID = "posting"
_REACH = 300  # characters on either side in which words about a mention are looked for
_QUOTE = 110
_AFTER_FIELDS = re.compile(
    r"\b(?:with|experience|years?|plus|including|knowledge|skills?|proficien\w+|familiar\w*)\b|;",
    re.I,
)
_DEPTHS: tuple[Depth, ...] = ("aware", "can_do", "leads")


@dataclass(frozen=True, slots=True)
class Posting:
    """What a posting asks for."""

    role: Role
    demands: tuple[Demand, ...]
    document: Document
    left_out: tuple[str, ...] = ()  # skills that only boilerplate names
    folded: tuple[str, ...] = ()  # skills that follow from a requirement
    spared: tuple[str, ...] = ()  # alternatives to a skill that is asked for by itself


def _importance(places: Sequence[Place]) -> Importance:
    if "title" in places or "required" in places:
        return "essential"
    tasks = sum(x in ("duties", "plain") for x in places)
    if tasks >= p.REPEATED_TASKS:
        return "essential"
    return "important" if tasks else "useful"


@dataclass(slots=True)
class _Seen:
    """All that a posting says of one skill."""

    skill: str
    places: list[Place] = field(default_factory=list)
    own_places: list[Place] = field(default_factory=list)  # where it is no part of a choice
    depths: list[Depth] = field(default_factory=list)
    quotes: dict[int, str] = field(default_factory=dict)
    units: set[int] = field(default_factory=set)

    @property
    def importance(self) -> Importance:
        """What its places make of it."""
        return _importance(self.places)

    @property
    def weight(self) -> float:
        """Points of its places' best, more for each further sentence."""
        best = max(p.PLACE_WEIGHT[place] for place in self.places)
        again = min(max(0, len(self.units) - 1), p.MOST_REPEATS)
        return best * (1 + p.REPEAT * again)

    @property
    def depth(self) -> Depth:
        return max(self.depths, key=_DEPTHS.index) if self.depths else "can_do"


def read_role(
    document: Document,
    mentions: Iterable[Mention],
    taxonomy: Taxonomy,
    *,
    role_id: str = ROLE_ID,
    rules: PostingRules | None = None,
    use_title: bool = True,
) -> Posting:
    """The role profile of a posting, and what it asks beyond skills.

    `mentions` are those of the whole document; `use_title=False` leaves out what the title names.
    """
    rules = rules or load_rules()
    layout = read_posting(document, rules)
    seen: dict[str, _Seen] = {}
    silent: dict[str, None] = {}
    groups: list[tuple[str, ...]] = []
    skills_in: dict[int, list[str]] = {}
    certificates_in: dict[int, list[str]] = {}
    named = tuple(mentions)
    practised = _practised(document.text, layout.units, named, rules)
    inside = _by_unit(layout.units, (*named, *practised))
    for index, found in inside.items():
        unit = layout.units[index]
        counted: list[Mention] = []
        fields = _fields_of_study(document.text, unit, rules)
        for mention in found:
            skill = taxonomy.current(mention.skill)
            if skill not in taxonomy.skills or mention.status == "negated":
                continue
            if any(a <= mention.start < b for a, b in fields):
                continue
            if unit.place in SILENT or (unit.place == "title" and not use_title):
                silent[skill] = None
            elif taxonomy.skills[skill].kind == "certification":
                certificates_in.setdefault(index, []).append(skill)
            else:
                skills_in.setdefault(index, []).append(skill)
                counted.append(mention._replace(skill=skill))
        made = list(choices(document.text, unit.start, unit.end, counted, rules))
        made += bracketed(document.text, counted, lambda w, n: _follows(w, n, taxonomy))
        chosen = {m for c in made for m in c.members} | {c.wider for c in made if c.wider}
        quote = _quote(document.text, unit)
        for mention in counted:
            entry = seen.setdefault(mention.skill, _Seen(mention.skill))
            if unit.place != "intro":
                entry.units.add(index)
            place = _place(document.text, unit, mention, rules)
            entry.places.append(place)
            entry.depths.append(_depth(document.text, unit, mention, rules))
            entry.quotes.setdefault(index, quote)
            if mention.skill not in chosen:
                entry.own_places.append(place)
        for choice in made:
            wider = choice.wider
            kin = wider and any(_follows(wider, m, taxonomy) for m in choice.members)
            if kin and wider and wider not in choice.members:
                groups.append((*choice.members, wider))
            else:
                groups.append(choice.members)
                if wider and wider in seen:
                    seen[wider].own_places.append(unit.place)
    requirements, folded, spared = _requirements(seen, groups, taxonomy)
    title = layout.title or "Job posting"
    role = Role(
        id=role_id,
        label=title,
        summary=f"What one job posting asks for ({document.name}).",
        requirements=requirements,
        titles=(title,),
    )
    demands = read_demands(document, layout.units, skills_in, certificates_in, rules)
    left = tuple(s for s in silent if s not in seen)
    return Posting(role, demands, document, left, folded, spared)


def _practised(
    text: str, units: Sequence[Unit], named: Sequence[Mention], rules: PostingRules
) -> Iterator[Mention]:
    """The work of whoever is wanted by name ("4 years as a product manager"), as a mention of it."""
    taken = {offset for m in named for offset in range(m.start, m.end)}
    table = rules.practitioners.names
    for unit in units:
        if unit.place in SILENT or unit.place == "title":
            continue
        for match in rules.patterns.practitioner.finditer(text, unit.start, unit.end):
            name = " ".join(match[0].casefold().split())
            skill = table.get(name) or table[name.removesuffix("s")]
            before = text[max(unit.start, match.start() - 80) : match.start()]
            if match.start() not in taken and rules.patterns.practises.search(before):
                yield Mention(match.start(), match.end(), skill)


def _by_unit(units: Sequence[Unit], mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    table: dict[int, list[Mention]] = {}
    ordered = sorted(mentions, key=lambda m: (m.start, m.end))
    at = 0
    for mention in ordered:
        while at < len(units) and units[at].end <= mention.start:
            at += 1
        if at < len(units) and units[at].start <= mention.start:
            table.setdefault(at, []).append(mention)
    return table


def _fields_of_study(text: str, unit: Unit, rules: PostingRules) -> list[tuple[int, int]]:
    """Where a sentence names what a degree is to be in: no skill is asked there."""
    spans = []
    for _, pattern in rules.patterns.degrees:
        for match in pattern.finditer(text, unit.start, unit.end):
            stop = _AFTER_FIELDS.search(text, match.end(), unit.end)
            spans.append((match.start(), stop.start() if stop else unit.end))
    return spans


def _place(text: str, unit: Unit, mention: Mention, rules: PostingRules) -> Place:
    """The place of a mention: its sentence's, unless the bracket it stands in says otherwise."""
    if unit.place in ("required", "duties", "plain", "intro"):
        left = text.rfind("(", max(unit.start, mention.start - _REACH), mention.start)
        right = text.find(")", mention.end, min(unit.end, mention.end + _REACH))
        bracketed_in = left >= 0 and right >= 0 and ")" not in text[left : mention.start]
        if bracketed_in and rules.patterns.preferred.search(text[left:right]):
            return "preferred"
        tail = text[mention.end : min(unit.end, mention.end + 25)]
        if re.match(
            r"[\s,]*(?:\w+\s+)?\(?(?:is |are )?(?:preferred|a plus|a bonus|desirable)", tail
        ):
            return "preferred"
    return unit.place


def _depth(text: str, unit: Unit, mention: Mention, rules: PostingRules) -> Depth:
    """The depth that the nearest wording before a mention asks for."""
    best: tuple[int, Depth] | None = None
    before = text[max(unit.start, mention.start - _REACH) : mention.start]
    for name in _DEPTHS:
        for match in rules.patterns.depth[name].finditer(before):
            if best is None or match.end() > best[0]:
                best = (match.end(), name)
    return best[1] if best else "can_do"


def _quote(text: str, unit: Unit) -> str:
    said = " ".join(text[unit.start : unit.end].split())
    return said if len(said) <= _QUOTE else said[: _QUOTE - 2].rsplit(" ", 1)[0] + " …"


def _requirements(
    seen: dict[str, _Seen], groups: Sequence[tuple[str, ...]], taxonomy: Taxonomy
) -> tuple[tuple[Requirement, ...], tuple[str, ...], tuple[str, ...]]:
    """Requirements with weights, weightiest first; what was folded; which alternatives were spared."""
    order: dict[Importance, int] = {"essential": 2, "important": 1, "useful": 0}
    made: list[Requirement] = []
    grouped: dict[str, None] = {}
    for members in merged(groups):
        present = [seen[m] for m in members if m in seen]
        rank = max(order[s.importance] for s in present)
        firm = [s for s in present if s.own_places and order[_importance(s.own_places)] >= rank]
        if firm or len(present) < 2:
            # One of them is asked for by itself, as firmly: whoever has it meets the choice too.
            grouped |= {s.skill: None for s in present if s not in firm and not s.own_places}
            continue
        members = tuple(m for m in members if m in seen and m not in grouped)
        if len(members) < 2:
            continue
        grouped |= dict.fromkeys(members)
        top = max(present, key=lambda s: s.weight)
        made.append(
            Requirement(
                id=_group_id(members),
                label=_listed([taxonomy.skills[m].label for m in members]),
                any_of=members,
                importance=max((s.importance for s in present), key=lambda i: order[i]),
                depth=top.depth,
                weight=top.weight,
                basis="postings",
                evidence=tuple(top.quotes.values())[:1],
            )
        )
    for skill, entry in seen.items():
        if skill not in grouped:
            made.append(
                Requirement(
                    id=skill,
                    label=taxonomy.skills[skill].label,
                    any_of=(skill,),
                    importance=entry.importance,
                    depth=entry.depth,
                    weight=entry.weight,
                    basis="postings",
                    evidence=tuple(entry.quotes.values())[:1],
                )
            )
    folded = _folded(made, taxonomy)
    kept = [r for r in made if r.id not in folded]
    asked = {m for r in made for m in r.any_of}
    capped = sorted(_capped(kept, taxonomy), key=lambda r: (-order[r.importance], -r.weight, r.id))
    return tuple(capped), tuple(folded), tuple(s for s in grouped if s not in asked)


def _follows(wide: str, narrow: str, taxonomy: Taxonomy) -> bool:
    return wide in ancestors(narrow, taxonomy.skills)


def _folded(made: Sequence[Requirement], taxonomy: Taxonomy) -> dict[str, None]:
    """Plain requirements that a narrower one, no less wanted, brings along ("AI" beside "PyTorch")."""
    folded: dict[str, None] = {}
    brought = [(r, ancestors(r.id, taxonomy.skills)) for r in made if not r.group]
    for wide in made:
        if wide.group or taxonomy.skills[wide.id].kind == "language":
            continue
        if any(
            r.weight >= wide.weight and wide.id in above and r is not wide for r, above in brought
        ):
            folded[wide.id] = None
    return folded


def _capped(made: Sequence[Requirement], taxonomy: Taxonomy) -> tuple[Requirement, ...]:
    """Human skills carry at most their share of the weight; weights in hundredths, up to 10."""
    from dataclasses import replace

    def human(r: Requirement) -> bool:
        return all(taxonomy.skills[m].human for m in r.any_of)

    hard = sum(r.weight for r in made if not human(r))
    soft = sum(r.weight for r in made if human(r))
    most = hard * p.HUMAN_SHARE / (1 - p.HUMAN_SHARE)
    factor = min(1.0, most / soft) if soft and hard else 1.0
    return tuple(
        # Rounded down, so that the cap holds after rounding too.
        replace(r, weight=max(0.01, int(r.weight * factor * 100) / 100), importance="useful")
        if human(r) and hard
        else replace(r, weight=min(10.0, round(r.weight, 2)))
        for r in made
    )


def _group_id(members: Sequence[str]) -> str:
    return ("one-of-" + "-".join(members))[:80].rstrip("-")


def _listed(labels: Sequence[str]) -> str:
    if len(labels) > 5:
        return ", ".join(labels[:4]) + f" or one of {len(labels) - 4} more"
    return ", ".join(labels[:-1]) + " or " + labels[-1]
