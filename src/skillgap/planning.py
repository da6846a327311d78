"""The course plan: which courses close the gaps best, and in which order to take them.

A mixed-integer program (scipy.optimize.milp, HiGHS). Variables: x_c (course c is taken), y_r
(requirement r is closed), and m_p (months paid for subscription p). With g_r the points that a closed
requirement adds and h_c the hours of a course:

    to a target:     minimize Σ h_c x_c      subject to  Σ g_r y_r ≥ target - score
    within limits:   maximize Σ g_r y_r      subject to  Σ h_c x_c ≤ hours, Σ cost ≤ budget
    always:          y_r ≤ Σ x_c over the courses that teach r far enough
                     (a group of which several are asked for has a y for each, and counts members)
                     x_c ≤ Σ x_d over the courses that teach a prerequisite of c which is not there yet
                     m_p ≥ Σ h_c x_c / (5 hours a week in months) over the courses of subscription p

Only requirements that are still to be learned cost hours; what is done and not said costs a sentence.
A target that can't be reached becomes: all that can be closed, with least hours.
"""

from __future__ import annotations

import contextlib
import math
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .taxonomy.model import Course, Requirement, Role, Taxonomy
from .types import Depth, Options, Plan, PlannedCourse, RoleMatch, SkillProfile

DEFAULT_TARGET = 85.0
DEAR = 200.0  # USD; dearer courses are planned only where a --budget allows them
HOURS_A_MONTH = 5 * 52 / 12  # at 5 hours a week
TIME_LIMIT = 5.0  # seconds for one solve; then the best plan found is given
NODE_LIMIT = 5000  # reached first, so that a slow machine gives the same plan
_DEPTHS = {"introduces": 0, "teaches": 1, "masters": 2}
_NEEDED: dict[Depth, int] = {"aware": 0, "can_do": 1, "leads": 1}


@dataclass(frozen=True, slots=True)
class Gap:
    """A requirement still to be learned: what it adds, and the skills that would close it."""

    id: str
    steps: tuple[float, ...]  # points for the first, second … member learned; never rising
    members: tuple[str, ...]
    depth: Depth


def make_plan(
    match: RoleMatch, role: Role, profile: SkillProfile, taxonomy: Taxonomy, options: Options
) -> Plan | None:
    """The plan for one role; None where there is nothing to learn or the target is met already."""
    target = options.target
    if target is None:
        limited = options.hours is not None or options.budget is not None
        target = 100.0 if limited else DEFAULT_TARGET
    if match.score >= target - 1e-9:
        return None
    gaps = _gaps(match, role, taxonomy)
    if not gaps:
        return None
    known = set(profile.claimed())
    offered = eligible_courses(gaps, known, taxonomy, options)
    problem = Problem(gaps, offered, known, need=target - match.score, options=options)
    chosen, optimal = problem.solve()
    return _plan(match, gaps, chosen, known, target, optimal, problem)


def _gaps(match: RoleMatch, role: Role, taxonomy: Taxonomy) -> list[Gap]:
    """What is to be learned; human skills are not learned from courses by the hour, so left out."""
    asked: dict[str, Requirement] = {r.id: r for r in role.requirements}
    gaps = []
    for missing in match.missing:
        if missing.verdict == "learn_it":
            requirement = asked[missing.id]
            if all(m in taxonomy.skills and taxonomy.skills[m].human for m in requirement.any_of):
                continue
            members = missing.any_of or requirement.any_of
            gaps.append(Gap(missing.id, missing.steps, members, requirement.depth))
    return gaps


def teaches(course: Course, skill: str, depth: Depth) -> bool:
    """Whether a course takes a skill as far as a requirement of that depth asks."""
    least = _NEEDED[depth]
    return any(s.skill == skill and _DEPTHS[s.depth] >= least for s in course.skills)


def closes(course: Course, gap: Gap) -> tuple[str, ...]:
    """The skills by which a course closes a gap, or a part of it."""
    least = _NEEDED[gap.depth]
    taught = {s.skill for s in course.skills if _DEPTHS[s.depth] >= least}
    return tuple(m for m in gap.members if m in taught)


def gained(courses: Sequence[Course], gaps: Sequence[Gap]) -> float:
    """The points that courses add: each gap's steps, as many as members are learned."""
    total = 0.0
    for gap in gaps:
        learned = {m for c in courses for m in closes(c, gap)}
        total += sum(gap.steps[: len(learned)])
    return total


def eligible_courses(
    gaps: Sequence[Gap], known: set[str], taxonomy: Taxonomy, options: Options
) -> list[Course]:
    """Active courses that close a gap, or teach what such a course asks for; the dominated left out."""
    allowed = [
        c
        for c in taxonomy.courses.values()
        if c.status == "active"
        and (not options.free or c.access == "full")
        and ((price(c) or 0.0) <= DEAR if options.budget is None else price(c) is not None)
    ]
    members = {m for g in gaps for m in g.members}
    near = [c for c in allowed if any(s.skill in members for s in c.skills)]
    closing = {c.id: c for c in near if any(closes(c, g) for g in gaps)}
    wanted = {p for c in closing.values() for p in c.prerequisites if p not in known}
    helping = [
        c for c in allowed if c.id not in closing and any(s.skill in wanted for s in c.skills)
    ]
    return _undominated(list(closing.values()), gaps, wanted) + helping


def _undominated(courses: list[Course], gaps: Sequence[Gap], wanted: set[str]) -> list[Course]:
    """Without courses to which another is never worse: same gaps, no longer, no dearer, no more asked."""

    def value(c: Course) -> frozenset[str]:
        extra = {f"+{s.skill}" for s in c.skills if s.skill in wanted}
        return frozenset({f"{g.id}/{m}" for g in gaps for m in _worth(c, g)} | extra)

    def cost(c: Course) -> float:
        amount = price(c)
        return math.inf if amount is None else amount

    order = sorted(courses, key=lambda c: (c.expected_hours, cost(c), c.url_status, c.id))
    kept: list[tuple[Course, frozenset[str]]] = []
    for course in order:
        gives = value(course)
        if not any(
            gives <= other_gives
            and cost(other) <= cost(course)
            and set(other.prerequisites) <= set(course.prerequisites)
            for other, other_gives in kept
        ):
            kept.append((course, gives))
    return sorted((c for c, _ in kept), key=lambda c: c.id)


def _worth(course: Course, gap: Gap) -> tuple[str, ...]:
    """What to compare courses by: where one member is enough, which one does not matter."""
    found = closes(course, gap)
    return found if len(gap.steps) > 1 else found and ("",)


def price(course: Course) -> float | None:
    """What a course costs in itself, USD; a subscription's month for a subscription; None unknown."""
    if course.access == "full" or course.cost.model == "free":
        return 0.0
    return course.cost.amount if course.cost.model != "unknown" else None


def _subscription(course: Course) -> tuple[str, float] | None:
    fee = price(course)
    if course.cost.model == "subscription" and fee:
        return (course.platform, fee)
    return None


_QUIET = threading.Lock()


@contextlib.contextmanager
def _solver_kept_quiet() -> Iterator[None]:
    """Keep what HiGHS prints past Python (a line of its own debugging) off standard output."""
    with _QUIET:
        try:
            kept = os.dup(1)
        except OSError:  # there is no standard output to keep clean
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)


class Problem:
    """One mixed-integer program over gaps and courses."""

    def __init__(
        self,
        gaps: Sequence[Gap],
        courses: Sequence[Course],
        known: set[str],
        need: float,
        options: Options,
    ) -> None:
        self.gaps, self.courses, self.known = gaps, courses, known
        self.need, self.options = need, options
        self.subscriptions = sorted({s for c in courses if (s := _subscription(c))})

    def solve(self) -> tuple[list[Course], bool]:
        """The courses to take, unordered, and whether they are proven best."""
        if not self.courses:
            return [], True
        limited = self.options.hours is not None or self.options.budget is not None
        closable = gained(self.courses, self.gaps)
        need = min(self.need, closable)
        found = self._run(need=need, reward=False)
        if found is None and limited:
            best = self._run(need=None, reward=True)
            if best is None:
                return [], True
            # Of the plans that gain as much, the one with least hours.
            most = gained(best[0], self.gaps)
            shorter = self._run(need=most - 1e-6, reward=False)
            found = (shorter[0], shorter[1] and best[1]) if shorter else best
        return found or ([], False)

    def _run(self, need: float | None, reward: bool) -> tuple[list[Course], bool] | None:
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_matrix

        courses, gaps, subs = self.courses, self.gaps, self.subscriptions
        # Columns: courses, then the steps of each gap, then the members of gaps that have several
        # steps (learned or not), then months of subscriptions.
        steps = [(g, gain) for g, gap in enumerate(gaps) for gain in gap.steps]
        members = [(g, m) for g, gap in enumerate(gaps) if len(gap.steps) > 1 for m in gap.members]
        first_step = len(courses)
        first_member = first_step + len(steps)
        first_month = first_member + len(members)
        total = first_month + len(subs)
        hours = [c.expected_hours for c in courses]
        rows: list[dict[int, float]] = []
        low: list[float] = []

        def at_least(row: dict[int, float], least: float) -> None:
            rows.append(row)
            low.append(least)

        for g, gap in enumerate(gaps):
            row = {first_step + k: -1.0 for k, (owner, _) in enumerate(steps) if owner == g}
            if len(gap.steps) > 1:
                row |= {first_member + k: 1.0 for k, (owner, _) in enumerate(members) if owner == g}
            else:
                row |= {i: 1.0 for i, c in enumerate(courses) if closes(c, gap)}
            at_least(row, 0)
        for k, (g, member) in enumerate(members):
            givers = {i: 1.0 for i, c in enumerate(courses) if member in closes(c, gaps[g])}
            at_least({**givers, first_member + k: -1.0}, 0)
        for i, course in enumerate(courses):
            for skill in course.prerequisites:
                if skill not in self.known:
                    givers = {
                        j: 1.0
                        for j, c in enumerate(courses)
                        if j != i and any(s.skill == skill for s in c.skills)
                    }
                    if givers:
                        at_least({**givers, i: -1.0}, 0)
        for p, sub in enumerate(subs):
            row = {
                i: -hours[i] / HOURS_A_MONTH
                for i, c in enumerate(courses)
                if _subscription(c) == sub
            }
            at_least({**row, first_month + p: 1.0}, 0)
        if need is not None:
            at_least({first_step + k: gain for k, (_, gain) in enumerate(steps)}, need - 1e-7)
        if self.options.hours is not None:
            at_least({i: -h for i, h in enumerate(hours)}, -self.options.hours)
        if self.options.budget is not None:
            cost = {
                i: -(price(c) or 0.0) for i, c in enumerate(courses) if _subscription(c) is None
            }
            months = {first_month + p: -fee for p, (_, fee) in enumerate(subs)}
            at_least({**cost, **months}, -self.options.budget)
        objective = np.zeros(total)
        for i, course in enumerate(courses):
            # Hours first; then what costs nothing, what was checked, and the order of ids.
            objective[i] = hours[i] + 0.01 * ((price(course) or 0) > 0) + 1e-5 * i + 1e-3
            if reward:
                objective[i] *= 1e-5
        for k, (_, gain) in enumerate(steps):
            objective[first_step + k] = -gain if reward else 0.0
        for p, (_, fee) in enumerate(subs):
            objective[first_month + p] = 1e-4 * fee * (1e-5 if reward else 1.0)
        matrix = csr_matrix(
            (
                [v for row in rows for v in row.values()],
                (
                    [i for i, row in enumerate(rows) for _ in row],
                    [k for row in rows for k in row],
                ),
            ),
            shape=(len(rows), total),
        )
        upper = np.ones(total)
        upper[first_month:] = 120
        with _solver_kept_quiet():
            result = milp(
                objective,
                constraints=LinearConstraint(matrix, np.asarray(low), np.inf),
                bounds=Bounds(np.zeros(total), upper),
                integrality=np.ones(total),
                options={"time_limit": TIME_LIMIT, "node_limit": NODE_LIMIT, "mip_rel_gap": 0.0},
            )
        if result.x is None:
            return None
        return [c for i, c in enumerate(courses) if result.x[i] > 0.5], result.status == 0


def _plan(
    match: RoleMatch,
    gaps: Sequence[Gap],
    chosen: Sequence[Course],
    known: set[str],
    target: float,
    optimal: bool,
    problem: Problem,
) -> Plan:
    closed: dict[str, list[str]] = {g.id: [] for g in gaps}
    steps = []
    for course in in_order(chosen, known):
        covers = []
        for gap in gaps:
            for skill in closes(course, gap):
                learned = closed[gap.id]
                if skill not in learned and len(learned) < len(gap.steps):
                    learned.append(skill)
                    covers.append(skill)
        steps.append(PlannedCourse(course.id, tuple(dict.fromkeys(covers))))
    return Plan(
        target=target,
        courses=tuple(steps),
        hours=sum(c.expected_hours for c in chosen),
        hours_estimated=any(c.hours is None for c in chosen),
        cost=total_cost(chosen),
        score_after=match.score + sum(sum(g.steps[: len(closed[g.id])]) for g in gaps),
        uncovered=tuple(g.id for g in gaps if not any(closes(c, g) for c in problem.courses)),
        optimal=optimal,
    )


def total_cost(courses: Sequence[Course]) -> float | None:
    """USD: prices, and each subscription for the months that its hours take; None where unknown."""
    if any(price(c) is None for c in courses):
        return None
    single = sum(price(c) or 0.0 for c in courses if _subscription(c) is None)
    hours: dict[tuple[str, float], float] = {}
    for course in courses:
        sub = _subscription(course)
        if sub:
            hours[sub] = hours.get(sub, 0.0) + course.expected_hours
    return single + sum(math.ceil(h / HOURS_A_MONTH - 1e-9) * fee for (_, fee), h in hours.items())


def in_order(courses: Sequence[Course], known: set[str]) -> list[Course]:
    """Prerequisites first; otherwise the easier and shorter ones first."""
    rank = {"beginner": 0, "all": 1, "intermediate": 2, "advanced": 3}
    left = sorted(courses, key=lambda c: (rank.get(c.level, 1), c.expected_hours, c.id))
    have, order = set(known), []
    taught = {s.skill for c in courses for s in c.skills}
    while left:
        ready = next(
            (
                c
                for c in left
                if all(
                    p in have
                    or p not in taught
                    or not any(p == s.skill for o in left if o is not c for s in o.skills)
                    for p in c.prerequisites
                )
            ),
            left[0],  # two courses that ask for each other: the easier one first
        )
        left.remove(ready)
        order.append(ready)
        have |= {s.skill for s in ready.skills}
    return order
