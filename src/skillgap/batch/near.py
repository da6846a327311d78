"""How many courses away from a target somebody is."""

from __future__ import annotations

from itertools import combinations

from ..planning import Gap, closes, eligible_courses, gained
from ..taxonomy.model import Course, Role, Taxonomy
from ..types import Options, RoleMatch, SkillProfile

EXACT = (
    2  # up to so many courses every choice is tried; beyond, the best next one is taken each time
)


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
    need = target - match.score
    if need <= 1e-9:
        return 0
    asked = {r.id: r for r in role.requirements}
    gaps = [
        Gap(m.id, m.steps, m.any_of or asked[m.id].any_of, asked[m.id].depth)
        for m in match.missing
        if m.verdict == "learn_it"
    ]
    # What is done and not said costs a sentence and no course.
    need -= sum(m.gain for m in match.missing if m.verdict != "learn_it")
    if need <= 1e-9:
        return 0
    # No number of courses closes more than the gaps that there are.
    if sum(sum(g.steps) for g in gaps) < need:
        return None
    known = set(profile.claimed())
    courses = [
        c
        for c in eligible_courses(gaps, known, taxonomy, options)
        if c.prerequisites or any(closes(c, g) for g in gaps)
    ]
    taught = {s.skill for c in courses for s in c.skills}
    for count in range(1, min(most, EXACT) + 1):
        if any(
            gained(choice, gaps) >= need - 1e-9 and _open(choice, known, taught)
            for choice in combinations(courses, count)
        ):
            return count
    return _greedy(courses, gaps, need, known, taught, most) if most > EXACT else None


def _open(choice: tuple[Course, ...], known: set[str], taught: set[str]) -> bool:
    """Whether what the courses ask for first is known, in the choice, or taught by no course."""
    given = {s.skill for c in choice for s in c.skills}
    return all(p in known or p in given or p not in taught for c in choice for p in c.prerequisites)


def _greedy(
    courses: list[Course],
    gaps: list[Gap],
    need: float,
    known: set[str],
    taught: set[str],
    most: int,
) -> int | None:
    chosen: list[Course] = []
    while len(chosen) < most:
        left = [c for c in courses if c not in chosen and _open((*chosen, c), known, taught)]
        if not left:
            return None
        best = max(left, key=lambda c: gained([*chosen, c], gaps))
        chosen.append(best)
        if gained(chosen, gaps) >= need - 1e-9:
            return len(chosen)
    return None
