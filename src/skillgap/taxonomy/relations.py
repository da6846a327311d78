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
    """Pairs of a role's requirements where the one covers the other: (narrow, wide, why)."""
    owner: dict[str, str] = {}
    for requirement in role.requirements:
        for member in requirement.anyOf or (requirement.skill,):
            owner.setdefault(member, requirement.skill or requirement.id)
    for member, mine in owner.items():
        if member not in skills:
            continue
        above = ancestors(member, skills)
        for other in above:
            if other in owner and owner[other] != mine:
                yield mine, owner[other], f"{member} is a kind of {other}"
        for other in implied(member, skills):
            if other in owner and owner[other] != mine and other not in above:
                yield mine, owner[other], f"{member} implies {other}"
