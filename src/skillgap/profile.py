"""Mentions become a profile: one entry a skill, merged over all the places that speak of it.

Evidence is graded by where a skill stands, never by dates: listed, studied, used in one position or
project, used in several. So gaps, part-time work and missing dates cost nothing (docs/scoring.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .taxonomy.model import Taxonomy
from .types import (
    Annotations,
    Entry,
    Mention,
    PartialDate,
    ProfiledSkill,
    SkillProfile,
    Status,
)

LISTED, STUDIED, USED, REPEATED = 0.25, 0.5, 0.75, 1.0
_STUDIED_IN = frozenset({"education", "certifications", "publications", "awards"})
_USED_IN = frozenset({"experience", "projects", "volunteering"})
# A status that counts wins over one that doesn't: who has used Ray and goes on learning it, has it.
_ORDER: tuple[Status, ...] = ("claimed", "aspired", "other", "negated")


def build_profile(annotations: Annotations, taxonomy: Taxonomy, as_of: PartialDate) -> SkillProfile:
    """Merge mentions by skill; add the skills that claimed ones imply. Ordered by first mention."""
    by_skill: dict[str, list[int]] = {}
    for index, mention in enumerate(annotations.mentions):
        by_skill.setdefault(taxonomy.current(mention.skill), []).append(index)
    skills = {
        skill: _merge(skill, indices, annotations, as_of) for skill, indices in by_skill.items()
    }
    return with_implied(skills, taxonomy)


def learned(skill: str) -> ProfiledSkill:
    """A skill as it would be with full evidence."""
    return ProfiledSkill(skill, "claimed", 1.0, used=True, depth=REPEATED)


def declared(skill: str) -> ProfiledSkill:
    """A skill that the person declares: worth what a skill in a list is worth, and no more."""
    return ProfiledSkill(skill, "claimed", 1.0, depth=LISTED)


def with_corrections(
    profile: SkillProfile, taxonomy: Taxonomy, declare: Iterable[str], dispute: Iterable[str]
) -> SkillProfile:
    """The profile that scores are made of where the person corrects what was found.

    A declared skill that the text shows already stays as it was found.
    """
    gone = set(dispute)
    named = {k: s for k, s in profile.skills.items() if not s.implied and k not in gone}
    for skill in declare:
        if skill not in named or named[skill].status != "claimed":
            named[skill] = declared(skill)
    return with_implied(named, taxonomy, without=gone)


def with_changes(
    profile: SkillProfile, taxonomy: Taxonomy, learn: Iterable[str], unlearn: Iterable[str]
) -> SkillProfile:
    """The profile as it would be with some skills learned and others gone."""
    gone = set(unlearn)
    named = {k: s for k, s in profile.skills.items() if not s.implied and k not in gone}
    named |= {skill: learned(skill) for skill in learn}
    return with_implied(named, taxonomy, without=gone)


def with_implied(
    named: dict[str, ProfiledSkill], taxonomy: Taxonomy, without: Iterable[str] = ()
) -> SkillProfile:
    """Add what the claimed skills imply or are a kind of, marked as implied.

    A skill that the text itself negates or only wishes for is not overruled by an implication.
    """
    table = implications(taxonomy)
    excluded = set(without)
    implied: dict[str, list[str]] = {}
    for skill, have in named.items():
        if have.status == "claimed":
            for target in table.get(skill, ()):
                if target not in named and target not in excluded:
                    implied.setdefault(target, []).append(skill)
    result = dict(named)
    for target, sources in sorted(implied.items()):
        best = max((named[s] for s in sources), key=lambda s: (s.depth, s.confidence))
        result[target] = ProfiledSkill(
            skill=target,
            status="claimed",
            confidence=round(0.9 * best.confidence, 3),
            implied_by=tuple(sources),
            used=best.used,
            depth=best.depth,
        )
    return SkillProfile(result)


_TABLES: dict[str, dict[str, tuple[str, ...]]] = {}


def implications(taxonomy: Taxonomy) -> dict[str, tuple[str, ...]]:
    """For each skill what it implies, over any number of steps, and what it is a kind of, one step up.

    Each further step up a hierarchy is less about the person and more about the hierarchy: who
    knows a kind of circuit need not be told that it is engineering.
    """
    known = _TABLES.get(taxonomy.digest)
    if known is not None and taxonomy.digest:
        return known
    skills = taxonomy.skills
    table: dict[str, tuple[str, ...]] = {}
    for skill in skills.values():
        reached: dict[str, None] = {}
        queue = [skill.id]
        while queue:
            for implied in skills[queue.pop(0)].implies:
                target = implied.skill
                if target in skills and target != skill.id and target not in reached:
                    reached[target] = None
                    queue.append(target)
        for parent in skill.broader:
            if parent in skills and parent != skill.id:
                reached.setdefault(parent)
        table[skill.id] = tuple(reached)
    if taxonomy.digest:
        _TABLES.clear()  # one taxonomy a process is the rule; two at a time only in tests
        _TABLES[taxonomy.digest] = table
    return table


def _merge(
    skill: str, indices: Sequence[int], annotations: Annotations, as_of: PartialDate
) -> ProfiledSkill:
    mentions = [annotations.mentions[i] for i in indices]
    status = next(s for s in _ORDER if any(m.status == s for m in mentions))
    counted = [m for m in mentions if m.status == status]
    entries: dict[int, Entry] = {
        m.entry: annotations.entries[m.entry] for m in counted if m.entry >= 0
    }
    used = bool(entries) or any(_kind(m, annotations) in _USED_IN for m in counted)
    # A project or a job that no dates or heads set apart is still one place of use.
    apart = {m.section for m in counted if m.entry < 0 and _kind(m, annotations) in _USED_IN}
    if len(entries) + len(apart) > 1:
        depth = REPEATED
    elif used:
        depth = USED
    elif any(_kind(m, annotations) in _STUDIED_IN for m in counted):
        depth = STUDIED
    else:
        depth = LISTED
    months, last, current = _time(entries.values(), as_of)
    miss = 1.0
    for mention in counted:  # chance that every place was misread, as if they erred independently
        miss *= 1.0 - mention.confidence
    return ProfiledSkill(
        skill=skill,
        status=status,
        confidence=round(1.0 - miss, 3),
        mentions=tuple(indices),
        months=months,
        last_used=last,
        current=current,
        used=used,
        depth=depth if status == "claimed" else 0.0,
    )


def _kind(mention: Mention, annotations: Annotations) -> str:
    return annotations.sections[mention.section].kind if mention.section >= 0 else "other"


def _time(
    entries: Iterable[Entry], as_of: PartialDate
) -> tuple[int | None, PartialDate | None, bool]:
    """Months over positions and projects, each calendar month once; last use; still in use."""
    months: set[int] = set()
    last: PartialDate | None = None
    current = False
    for entry in entries:
        end = as_of if entry.current else entry.end
        if end is not None and (last is None or end > last):
            last = end
        current = current or entry.current
        if entry.start and end and entry.start.month and end.month:
            first = entry.start.year * 12 + entry.start.month
            months.update(range(first, end.year * 12 + end.month + 1))
    return (len(months) or None), last, current
