"""For a far target: a nearer role on the way, with the gap of each leg."""

from __future__ import annotations

from collections.abc import Iterable

from ..taxonomy.model import Role
from ..types import Level, OnTheWay, ProfiledSkill, RoleMatch, SkillProfile
from .matcher import Matcher

FAR = 40.0  # a target below this score is far
LEAST_STEP = 15.0  # points that the step has to bring the target nearer
LEAST_LEAD = 10.0  # points that the nearer role has to be ahead of the target


def on_the_way(
    target: RoleMatch,
    role: Role,
    profile: SkillProfile,
    matcher: Matcher,
    others: Iterable[Role],
    level: Level = "mid",
) -> OnTheWay | None:
    """The role that makes the longer of the two legs shortest; None where no role helps.

    The first leg is what the person lacks of the nearer role, the second what the target still lacks
    once the essential and important requirements of the nearer role are met.
    """
    if target.score >= FAR:
        return None
    best: tuple[float, str, OnTheWay] | None = None
    for other in others:
        if other.id == role.id:
            continue
        now = matcher.score(profile, other, level)
        if now < target.score + LEAST_LEAD:
            continue
        after = matcher.score(_once_there(profile, other), role, level)
        if after < target.score + LEAST_STEP:
            continue
        longer = max(100.0 - now, 100.0 - after)
        if best is None or (longer, other.id) < best[:2]:
            best = (longer, other.id, OnTheWay(other.id, other.label, now, after))
    return best[2] if best else None


def _once_there(profile: SkillProfile, role: Role) -> SkillProfile:
    """The profile with what a role asks for first: of a choice, its first members."""
    skills = dict(profile.skills)
    for requirement in role.requirements:
        if requirement.importance != "useful":
            have = [m for m in requirement.any_of if _counts(skills.get(m))]
            open_ones = [m for m in requirement.any_of if m not in have]
            for member in open_ones[: max(0, requirement.n - len(have))]:
                skills[member] = ProfiledSkill(member, "claimed", 1.0, used=True, depth=1.0)
    return SkillProfile(skills)


def _counts(skill: ProfiledSkill | None) -> bool:
    return skill is not None and skill.status == "claimed" and not skill.implied
