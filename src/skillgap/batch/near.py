"""How many courses away from a target somebody is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..planning import Gap, teaches
from ..taxonomy.model import Course, Role, Taxonomy
from ..types import Options, RoleMatch, SkillProfile

EXACT = 2  # up to so many courses every choice is looked at; beyond, the best next one each time


@dataclass(frozen=True, slots=True)
class _Offer:
    """A course: the (gap, skill) pairs that it closes, what it asks for first, the points alone."""

    closes: frozenset[tuple[int, str]]
    needs: frozenset[str]
    gives: frozenset[str]
    alone: float


def courses_to(
    target: float,
    match: RoleMatch,
    role: Role,
    profile: SkillProfile,
    taxonomy: Taxonomy,
    options: Options,
    most: int,
) -> int | None:
    """The fewest courses after which the score reaches the target, 0 … most; None where that is not
    enough. Exact for one and two courses, an upper bound beyond; what a course asks for first counts
    as a course where the person does not know it.
    """
    # What is done and not said costs a sentence and no course.
    need = target - match.score - sum(m.gain for m in match.missing if m.verdict != "learn_it")
    if need <= 1e-9:
        return 0
    asked = {r.id: r for r in role.requirements}
    gaps = [
        Gap(m.id, m.steps, m.any_of or asked[m.id].any_of, asked[m.id].depth)
        for m in match.missing
        if m.verdict == "learn_it"
    ]
    known = frozenset(profile.claimed())
    offers = _offers(gaps, known, taxonomy, options)
    # Points never add up to more than each course's alone: so this decides for most people.
    if sum(o.alone for o in offers[:most]) < need - 1e-9:
        return None
    if any(o.alone >= need - 1e-9 and not o.needs for o in offers):
        return 1
    if most >= 2 and _pair(offers, gaps, need):
        return 2
    return _greedy(offers, gaps, need, most) if most > EXACT else None


def _offers(
    gaps: Sequence[Gap], known: frozenset[str], taxonomy: Taxonomy, options: Options
) -> list[_Offer]:
    """The courses that close anything, or teach what another asks for first; most points first."""
    by_member: dict[str, list[int]] = {}
    for index, gap in enumerate(gaps):
        for member in gap.members:
            by_member.setdefault(member, []).append(index)
    active = [
        c
        for c in taxonomy.courses.values()
        if c.status == "active" and (not options.free or c.access == "full")
    ]
    taught = {s.skill for c in active for s in c.skills}
    found = []
    for course in active:
        closes = frozenset(_closed(course, gaps, by_member))
        needs = frozenset(p for p in course.prerequisites if p not in known and p in taught)
        gives = frozenset(s.skill for s in course.skills)
        found.append(_Offer(closes, needs - gives, gives, _points(closes, gaps)))
    wanted = frozenset(p for o in found if o.closes for p in o.needs)
    useful = [o for o in found if o.closes or o.gives & wanted]
    return sorted(useful, key=lambda o: -o.alone)


def _closed(
    course: Course, gaps: Sequence[Gap], by_member: dict[str, list[int]]
) -> Iterable[tuple[int, str]]:
    for skill in course.skills:
        for index in by_member.get(skill.skill, ()):
            if teaches(course, skill.skill, gaps[index].depth):
                yield index, skill.skill


def _points(closed: frozenset[tuple[int, str]], gaps: Sequence[Gap]) -> float:
    """What closing those adds: each gap's steps, as many as members are learned."""
    counts: dict[int, int] = {}
    for index, _ in closed:
        counts[index] = counts.get(index, 0) + 1
    return sum(sum(gaps[index].steps[:count]) for index, count in sorted(counts.items()))


def _pair(offers: Sequence[_Offer], gaps: Sequence[Gap], need: float) -> bool:
    """Whether two courses are enough, each taking from the other what it asks for first."""
    top = offers[0].alone if offers else 0.0
    able = [o for o in offers if o.alone + top >= need - 1e-9]
    return any(
        a.alone + b.alone >= need - 1e-9
        and a.needs <= b.gives
        and b.needs <= a.gives
        and _points(a.closes | b.closes, gaps) >= need - 1e-9
        for a, b in combinations(able, 2)
    )


def _greedy(offers: Sequence[_Offer], gaps: Sequence[Gap], need: float, most: int) -> int | None:
    closed: frozenset[tuple[int, str]] = frozenset()
    given: frozenset[str] = frozenset()
    left = list(offers)
    for count in range(1, most + 1):
        ready = [o for o in left if o.needs <= given]
        if not ready:
            return None
        best = max(ready, key=lambda o: _points(closed | o.closes, gaps))
        left.remove(best)
        closed, given = closed | best.closes, given | best.gives
        if _points(closed, gaps) >= need - 1e-9:
            return count
    return None
