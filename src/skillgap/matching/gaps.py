"""What is missing of a role, what it would add, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from ..taxonomy.model import Course, Requirement, Taxonomy
from ..types import Missing, SkillProfile, Verdict
from . import parameters as p
from .credit import Credit, Lending

MOST_COURSES = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one requirement is met. `points` is what it is worth of 100 when met in full."""

    requirement: Requirement
    met: float  # 0..1
    points: float
    given: tuple[tuple[float, Credit, str], ...]  # (worth, credit, skill), best first

    @property
    def full(self) -> bool:
        """Met in full (to within rounding)."""
        return self.met > 1 - 1e-9

    @property
    def counted(self) -> tuple[tuple[float, Credit, str], ...]:
        """What is counted: the best of what is given, as many as the requirement asks for."""
        return self.given[: self.requirement.n]

    @property
    def fresh(self) -> tuple[str, ...]:
        """The asked-for skills that nothing is counted for yet, or in part only."""
        there = {
            c.member for worth, c, _ in self.counted if worth > 1 - 1e-9 or self.requirement.n > 1
        }
        return tuple(m for m in self.requirement.any_of if m not in there)

    @property
    def steps(self) -> tuple[float, ...]:
        """Points for the first, second … skill learned: each takes the place of the weakest counted."""
        n = self.requirement.n
        worths = [worth for worth, _, _ in self.counted] + [0.0] * (n - len(self.counted))
        lacking = [1 - w for w in reversed(worths) if w < 1 - 1e-9]
        return tuple(self.points * part / n for part in lacking)[: max(1, len(self.fresh))]


def missing_requirements(
    standings: tuple[Standing, ...],
    profile: SkillProfile,
    taxonomy: Taxonomy,
    near: Nearest,
) -> tuple[Missing, ...]:
    """Requirements that are not met in full, those that would add most first."""
    rows = [_missing(s, profile, taxonomy, near) for s in standings if not s.full]
    rows.sort(key=lambda m: (-m.gain, m.id))
    return tuple(rows)


def _missing(
    s: Standing,
    profile: SkillProfile,
    taxonomy: Taxonomy,
    near: Nearest,
) -> Missing:
    asked = s.requirement
    best = s.given[0] if s.given else None
    steps = s.steps
    # What is weakest decides what to do: of several that are asked for, one may still be lacking.
    weakest = s.counted[-1] if len(s.counted) == asked.n else None
    shown = near.shown(s) if weakest is None else None
    verdict = _verdict(asked, weakest, profile, shown)
    return Missing(
        id=asked.id,
        label=asked.label,
        importance=asked.importance,
        gain=steps[0] if steps else 0.0,
        partial=s.met > 0,
        nearest=best[2] if best else shown[1] if shown else near.of(asked),
        any_of=(s.fresh or asked.any_of) if asked.group else (),
        verdict=verdict,
        advice=_advice(verdict, s, weakest, profile, taxonomy, shown),
        courses=tuple(c.id for c in courses_for(asked, taxonomy)[:MOST_COURSES]),
        project=next((taxonomy.projects[m] for m in asked.any_of if m in taxonomy.projects), None),
        steps=steps,
    )


def _verdict(
    asked: Requirement,
    best: tuple[float, Credit, str] | None,
    profile: SkillProfile,
    shown: tuple[str, str] | None,
) -> Verdict:
    if best is not None:
        _, credit, ident = best
        have = profile.skills[ident]
        if credit.how == "named":
            named = have.confidence >= 0.75 or not have.mentions
            return "prove_it" if named else "say_it"
        if credit.how in ("kind", "implied") and credit.share >= p.STEP:
            return "say_it" if have.used else "prove_it"
        return "learn_it"
    return "say_it" if shown else "learn_it"


class Nearest:
    """For what a person lacks: which of their skills stands nearest. Worked out once a profile."""

    def __init__(self, profile: SkillProfile, lends: Lending) -> None:
        self._best: dict[str, tuple[float, str]] = {}
        self._shown: dict[str, str] = {}
        for ident, skill in profile.skills.items():
            if skill.status == "claimed" and not skill.implied:
                for member, (share, how) in lends.of(ident).items():
                    if member not in self._best or share > self._best[member][0]:
                        self._best[member] = (share, ident)
                    # Only what was really used, and one certain step away, shows another skill.
                    if skill.used and share >= p.STEP and how in ("kind", "implied"):
                        self._shown.setdefault(member, ident)

    def of(self, asked: Requirement) -> str | None:
        """The nearest skill to a requirement, by any of its members."""
        found = [self._best[m] for m in asked.any_of if m in self._best]
        return max(found, key=lambda f: f[0])[1] if found else None

    def shown(self, standing: Standing) -> tuple[str, str] | None:
        """A skill that is asked for and not named, and the person's skill whose use shows it."""
        for member in standing.fresh:
            if member in self._shown:
                return member, self._shown[member]
        return None


def _advice(
    verdict: Verdict,
    standing: Standing,
    best: tuple[float, Credit, str] | None,
    profile: SkillProfile,
    taxonomy: Taxonomy,
    shown: tuple[str, str] | None,
) -> str:
    asked = standing.requirement
    what = asked.label
    if best is not None and best[1].member in taxonomy.skills:
        what = taxonomy.skills[best[1].member].label
    have = taxonomy.skills[best[2]].label if best else ""
    if verdict == "say_it":
        if shown is not None:
            what, have = (taxonomy.skills[ident].label for ident in shown)
        if have and have != what:
            return f"Your {have} work shows it: name {what} where you used it."
        return f"Your work shows it: name {what} where you used it."
    if verdict == "prove_it":
        if best is not None and best[1].how == "named" and profile.skills[best[2]].used:
            return f"{what} stands in one place: show it in a second, or say that you led it."
        return (
            f"{have or what} is listed, not shown in use: say in which job or project you used it."
        )
    if best is not None:
        return f"{have} counts in part; {what} itself is still to be learned."
    if asked.group:
        open_ones = [taxonomy.skills[m].label for m in standing.fresh if m in taxonomy.skills]
        names = ", ".join(open_ones[:4]) + (" …" if len(open_ones) > 4 else "")
        more = asked.n - len(standing.counted)
        return f"To be learned: {'one' if more == 1 else more} of {names}."
    return "To be learned."


def courses_for(asked: Requirement, taxonomy: Taxonomy) -> list[Course]:
    """Active courses that teach the requirement (any member of a group), the best fitting first."""
    if not asked.group:
        return list(taxonomy.courses_by_skill.get(asked.id, ()))
    seen: dict[str, Course] = {}
    for member in asked.any_of:
        for course in taxonomy.courses_by_skill.get(member, ()):
            seen.setdefault(course.id, course)
    return list(seen.values())
