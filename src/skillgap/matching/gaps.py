"""What is missing of a role, what it would add, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from ..taxonomy.model import Course, Requirement, Taxonomy
from ..types import Missing, SkillProfile, Verdict
from .credit import Credit, Lending

MOST_COURSES = 5


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


def missing_requirements(
    standings: tuple[Standing, ...],
    profile: SkillProfile,
    taxonomy: Taxonomy,
    lends: Lending,
) -> tuple[Missing, ...]:
    """Requirements that are not met in full, those that would add most first."""
    rows = [_missing(s, profile, taxonomy, lends) for s in standings if not s.full]
    rows.sort(key=lambda m: (-m.gain, m.id))
    return tuple(rows)


def _missing(
    s: Standing,
    profile: SkillProfile,
    taxonomy: Taxonomy,
    lends: Lending,
) -> Missing:
    asked = s.requirement
    best = s.given[0] if s.given else None
    verdict = _verdict(asked, best, profile)
    nearest = _nearest(asked, best, profile, lends)
    return Missing(
        id=asked.id,
        label=asked.label,
        importance=asked.importance,
        gain=(1 - s.met) * s.points,
        partial=s.met > 0,
        nearest=nearest,
        any_of=asked.any_of if asked.group else (),
        verdict=verdict,
        advice=_advice(verdict, asked, best, profile, taxonomy),
        courses=tuple(c.id for c in courses_for(asked, taxonomy)[:MOST_COURSES]),
        project=next((taxonomy.projects[m] for m in asked.any_of if m in taxonomy.projects), None),
    )


def _verdict(
    asked: Requirement, best: tuple[float, Credit, str] | None, profile: SkillProfile
) -> Verdict:
    if best is not None:
        _, credit, ident = best
        have = profile.skills[ident]
        if credit.how == "named":
            named = have.confidence >= 0.75 or not have.mentions
            return "prove_it" if named else "say_it"
        if credit.how in ("kind", "implied"):
            return "say_it" if have.used else "prove_it"
    for member in asked.any_of:
        known = profile.skills.get(member)
        if known is not None and known.status == "claimed" and known.implied:
            return "say_it"
    return "learn_it"


def _nearest(
    asked: Requirement,
    best: tuple[float, Credit, str] | None,
    profile: SkillProfile,
    lends: Lending,
) -> str | None:
    """The person's skill that stands nearest to what is asked."""
    if best is not None:
        return best[2]
    top: tuple[float, str] | None = None
    for ident, skill in profile.skills.items():
        if skill.status == "claimed" and not skill.implied:
            offers = lends.of(ident)
            share = max((offers[m][0] for m in asked.any_of if m in offers), default=0.0)
            if share > 0 and (top is None or share > top[0]):
                top = (share, ident)
    return top[1] if top else None


def _advice(
    verdict: Verdict,
    asked: Requirement,
    best: tuple[float, Credit, str] | None,
    profile: SkillProfile,
    taxonomy: Taxonomy,
) -> str:
    what = asked.label
    have = taxonomy.skills[best[2]].label if best else ""
    if verdict == "say_it":
        shown = have
        for member in asked.any_of:
            known = profile.skills.get(member)
            if known is not None and known.implied_by:
                shown = taxonomy.skills[known.implied_by[0]].label
        if shown and shown != what:
            return f"Your {shown} work shows it: name {what} where you used it."
        return f"Your work shows it: name {what} where you used it."
    if verdict == "prove_it":
        if best is not None and best[1].how == "named" and profile.skills[best[2]].used:
            return f"You used {what} once: a second position or project would show that you lead in it."
        listed = have or what
        return f"{listed} is listed and not seen in use: say in which job or project you used it, or build one."
    if best is not None:
        return f"{have} counts in part; {what} itself is still to be learned."
    if asked.group:
        names = ", ".join(
            taxonomy.skills[m].label for m in asked.any_of[:4] if m in taxonomy.skills
        )
        how_many = "one" if asked.n == 1 else str(asked.n)
        return f"To be learned: {how_many} of {names}{' …' if len(asked.any_of) > 4 else ''}."
    return "To be learned."


def courses_for(asked: Requirement, taxonomy: Taxonomy) -> list[Course]:
    """Active courses that teach the requirement (any member of a group), the best fitting first."""
    seen: dict[str, Course] = {}
    for member in asked.any_of:
        for course in taxonomy.courses_by_skill.get(member, ()):
            seen.setdefault(course.id, course)
    return list(seen.values())
