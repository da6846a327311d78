"""What one skill is worth where another is asked for.

For each role a table says of every skill of the taxonomy which one requirement it counts for, and how
much: a skill that the role asks for by name counts there, fully, and nowhere else; any other skill
counts for the one requirement that it stands nearest to (then the weightier). The table depends on the
taxonomy only. Hence the score is a sum of maxima: adding a skill never lowers it, no skill is paid
twice, and the gain of a requirement is exactly what is missing of it.
"""

from __future__ import annotations

from typing import NamedTuple

from ..taxonomy.model import Role, Skill, Taxonomy
from . import parameters as p


class Credit(NamedTuple):
    """A skill counts `share` (0..1) of requirement `requirement` (an index of the role's list)."""

    requirement: int
    share: float
    member: str  # the asked-for skill that it stands in for
    how: str  # "named" | "kind" | "implied" | "related" | "sibling" | "general"


class Lending:
    """For each skill: the skills it can stand in for, with share and kind of relation.

    Worked out skill by skill when first asked for: one résumé needs a few of thousands.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._known: dict[str, dict[str, tuple[float, str]]] = {}
        self._children: dict[str, list[str]] = {}
        self._back: dict[
            str, list[str]
        ] = {}  # `related` is symmetric in SKOS: who is named by whom
        for skill in taxonomy.skills.values():
            for parent in skill.broader:
                self._children.setdefault(parent, []).append(skill.id)
            for other in skill.related:
                self._back.setdefault(other, []).append(skill.id)

    def of(self, ident: str) -> dict[str, tuple[float, str]]:
        """(share, how) by the id of the skill that is stood in for; {} for an unknown skill."""
        if ident not in self._known:
            skill = self._taxonomy.skills.get(ident)
            self._known[ident] = self._work_out(skill) if skill else {}
        return self._known[ident]

    def _work_out(self, skill: Skill) -> dict[str, tuple[float, str]]:
        skills = self._taxonomy.skills
        lends: dict[str, tuple[float, str]] = {}
        _climb(skill.id, self._taxonomy, lends)
        for other in (*skill.related, *self._back.get(skill.id, ())):
            _offer(lends, other, p.RELATED, "related")
        if skill.kind in ("tool", "platform", "model"):
            for parent in skill.broader:
                family = self._children.get(parent, [])
                if len(family) <= p.SMALL_CONCEPT:
                    for other in family:
                        if skills[other].kind == skill.kind:
                            _offer(lends, other, p.SIBLING, "sibling")
        for child in self._children.get(skill.id, ()):
            _offer(lends, child, p.GENERAL, "general")
        lends.pop(skill.id, None)
        return lends


def role_credits(role: Role, taxonomy: Taxonomy, lends: Lending) -> dict[str, Credit]:
    """The table of one role: skill id → what it counts for."""
    asked: dict[str, int] = {}
    for index, requirement in enumerate(role.requirements):
        for member in requirement.any_of:
            asked.setdefault(member, index)
    table = {member: Credit(index, 1.0, member, "named") for member, index in asked.items()}
    for skill in taxonomy.skills:
        if skill in asked:
            continue
        offers = lends.of(skill)
        best: tuple[float, float, int] | None = None
        for member, (share, how) in offers.items():
            index = asked.get(member, -1)
            if index >= 0 and share >= p.LEAST_CREDIT:
                rank = (share, role.requirements[index].weight, -index)
                if best is None or rank > best:
                    best = rank
                    table[skill] = Credit(index, share, member, how)
    return table


def _climb(start: str, taxonomy: Taxonomy, lends: dict[str, tuple[float, str]]) -> None:
    """All that a skill is a kind of or implies: full for the first kind-of step, less beyond."""
    level: dict[str, tuple[float, str]] = {start: (1.0, "kind")}
    for step in range(p.MAX_STEPS):
        above: dict[str, tuple[float, str]] = {}
        for ident, (share, how) in level.items():
            skill = taxonomy.skills[ident]
            for parent in skill.broader:
                if parent in taxonomy.skills:
                    factor = p.KIND_OF if step == 0 else p.STEP
                    _offer(above, parent, share * factor, how)
            for implied in skill.implies:
                if implied.skill in taxonomy.skills:
                    _offer(above, implied.skill, share * p.STEP, "implied")
        for ident, (share, how) in above.items():
            _offer(lends, ident, share, how)
        level = above


def _offer(table: dict[str, tuple[float, str]], ident: str, share: float, how: str) -> None:
    if ident not in table or share > table[ident][0]:
        table[ident] = (share, how)
