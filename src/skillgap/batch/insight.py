"""What a whole pool of candidates shows: skills there and missing, best roles, who is how near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ..taxonomy.model import Role, Taxonomy
from .ranking import Ranking

_COURSES = 3  # named for each gap of the pool


@dataclass(frozen=True, slots=True)
class PoolGap:
    """A requirement of the role over all candidates: how many meet it, and what teaches it."""

    id: str
    label: str
    importance: str
    met: int
    partial: int
    missing: int
    courses: tuple[str, ...]  # titles


@dataclass(frozen=True, slots=True)
class PoolSkill:
    """A skill, and how many candidates claim it."""

    id: str
    label: str
    candidates: int


@dataclass(frozen=True, slots=True)
class Insight:
    """The pool. Counts are of candidates; gaps come with the most people to train first."""

    assessed: int
    not_assessed: int
    duplicates: int
    gaps: tuple[PoolGap, ...]
    skills: tuple[PoolSkill, ...]  # most frequent first
    best_roles: tuple[tuple[str, str, int], ...]  # id, label, candidates
    codes: tuple[tuple[str, int], ...]  # why files have no score
    near: tuple[tuple[int, int], ...] | None  # courses, candidates; None where not asked
    median: float | None  # of the scores

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def look_at(ranking: Ranking, role: Role, taxonomy: Taxonomy, near: int = 0) -> Insight:
    """Go through the ranking once and count."""
    from array import array

    met: Counter[str] = Counter()
    partial: Counter[str] = Counter()
    skills: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    away: Counter[int] = Counter()
    scores = array("d")
    duplicates = 0
    for one in ranking.ranked():
        met.update(one.row.met)
        partial.update(one.row.partial)
        skills.update(one.row.skills)
        roles[one.row.best_role] += 1
        duplicates += len(one.aliases)
        scores.append(one.row.score)
        if one.row.courses is not None:
            away[one.row.courses] += 1
    codes = Counter(f.code for f in ranking.not_assessed())
    total = len(scores)
    gaps = [
        PoolGap(
            r.id,
            r.label,
            r.importance,
            met[r.id],
            partial[r.id],
            total - met[r.id] - partial[r.id],
            _courses(r.any_of, taxonomy),
        )
        for r in role.requirements
    ]
    order = {"essential": 0, "important": 1, "useful": 2}
    gaps.sort(key=lambda g: (order[g.importance], -g.missing, -g.partial, g.id))
    return Insight(
        assessed=total,
        not_assessed=sum(codes.values()),
        duplicates=duplicates,
        gaps=tuple(gaps),
        skills=tuple(
            PoolSkill(s, taxonomy.skills[s].label if s in taxonomy.skills else s, count)
            for s, count in sorted(skills.items(), key=lambda i: (-i[1], i[0]))
        ),
        best_roles=tuple(
            (r, taxonomy.roles[r].label if r in taxonomy.roles else r, count)
            for r, count in sorted(roles.items(), key=lambda i: (-i[1], i[0]))
        ),
        codes=tuple(sorted(codes.items())),
        near=tuple((k, away[k]) for k in range(near + 1)) if near else None,
        median=median(scores),
    )


def median(scores: Iterable[float]) -> float | None:
    """The middle of some numbers; None of none."""
    ordered = sorted(scores)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return float(ordered[middle])
    return (ordered[middle - 1] + ordered[middle]) / 2


def _courses(members: tuple[str, ...], taxonomy: Taxonomy) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for member in members:
        for course in taxonomy.courses_by_skill.get(member, ()):
            found.setdefault(course.title)
    return tuple(found)[:_COURSES]
