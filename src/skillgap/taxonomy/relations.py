"""Relations between skills that the rules of a role rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def ancestors(ident: str, skills: Mapping[str, Any]) -> dict[str, None]:
    """All that a skill is a kind of, over any number of steps (itself only if there is a circle)."""
    found: dict[str, None] = {}
    queue = list(skills[ident].broader)
    while queue:
        at = queue.pop()
        if at not in found and at in skills:
            found[at] = None
            queue.extend(skills[at].broader)
    return found


def implied(ident: str, skills: Mapping[str, Any]) -> dict[str, None]:
    """All that having a skill implies by `implies`, then by kind; languages left out.

    A framework implies its language, and a role may well ask for both: a skill counts for one
    requirement only (docs/scoring.md), so nothing is paid twice.
    """
    found: dict[str, None] = {}
    queue = [i.skill for i in skills[ident].implies]
    while queue:
        at = queue.pop()
        if at not in found and at in skills and skills[at].kind != "language":
            found[at] = None
            queue.extend([*skills[at].broader, *(i.skill for i in skills[at].implies)])
    return found


def overlap(role: Any, skills: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Pairs of a role's requirements where whoever meets the first always meets the second.

    For two plain requirements: the one is a kind of the other or implies it, over any number of steps.
    A group overlaps only if each of its members does, and a group that asks for two is not met by one.
    """
    asked = [(r.skill or r.id, r.anyOf or (r.skill,), r.n) for r in role.requirements]
    brings = {
        ident: [{**ancestors(m, skills), **implied(m, skills)} for m in members if m in skills]
        for ident, members, _ in asked
    }
    for one, _, _ in asked:
        for other, wanted, n in asked:
            given = brings[one]
            if one != other and given and all(sum(w in b for w in wanted) >= n for b in given):
                yield one, other, f"whoever has {one} has {other}"
