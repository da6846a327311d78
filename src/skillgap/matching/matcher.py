"""Scores a profile against roles. See docs/scoring.md for the formulas and a worked example."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property

from ..resources import read_cached, write_cached
from ..taxonomy.model import Role, Taxonomy
from ..types import (
    Coverage,
    Importance,
    Level,
    Matched,
    ProfiledSkill,
    RoleMatch,
    SkillProfile,
)
from . import parameters as p
from .credit import Credit, Lending, role_credits
from .gaps import Nearest, Standing, missing_requirements
from .similarity import VectorSpace, load_arrays

_IMPORTANCES: tuple[Importance, ...] = ("essential", "important", "useful")
FORMAT = "2"


class Matcher:
    """Holds what can be worked out from the taxonomy alone."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self._tables: dict[str, dict[str, Credit]] = self._load_tables()

    @cached_property
    def lends(self) -> Lending:
        """What each skill can stand in for."""
        return Lending(self.taxonomy)

    @cached_property
    def space(self) -> VectorSpace:
        """The fitted vector space."""
        return VectorSpace(self.taxonomy, load_arrays(self.taxonomy, self.lends))

    def credits(self, role: Role) -> dict[str, Credit]:
        """The credit table of a role (one of the taxonomy, or made from a posting)."""
        if self.taxonomy.roles.get(role.id) is role:
            return self._tables[role.id]
        return role_credits(role, self.taxonomy, self.lends)

    def match(
        self,
        profile: SkillProfile,
        roles: Iterable[Role],
        level: Level = "mid",
        *,
        gaps: bool = True,
    ) -> tuple[RoleMatch, ...]:
        """Every role against the profile, best first, with ranks from 1.

        Without `gaps` scores and what makes them up alone: `missing` stays empty.
        """
        named = {k: s for k, s in profile.claimed().items() if not s.implied}
        vector = self.space.profile_vector(
            {k: p.EVIDENCE["can_do"][s.depth] for k, s in named.items()}
        )
        near = Nearest(profile, self.lends) if gaps else None
        found = []
        for role in roles:
            standings = self.standings(named, role, level)
            similarity = self.space.similarity(vector, role)
            found.append(self._match(role, standings, similarity, named, profile, near))
        found.sort(key=lambda m: (-rank_value(m.score, m.similarity), m.role))
        return tuple(_ranked(m, i + 1, found) for i, m in enumerate(found))

    def standings(
        self, named: dict[str, ProfiledSkill], role: Role, level: Level
    ) -> tuple[Standing, ...]:
        """How far each requirement of a role is met, in the role's order."""
        table = self.credits(role)
        offers: list[list[tuple[float, Credit, str]]] = [[] for _ in role.requirements]
        for ident, skill in named.items():
            credit = table.get(ident)
            if credit is not None:
                asked = role.requirements[credit.requirement]
                depth = p.depth_at(level, asked.depth, asked.importance)
                worth = p.EVIDENCE[depth][skill.depth] * credit.share
                if skill.confidence < 0.75 and skill.mentions:
                    worth *= p.UNNAMED
                offers[credit.requirement].append((worth, credit, ident))
        total = sum(r.weight for r in role.requirements)
        result = []
        for requirement, given in zip(role.requirements, offers, strict=True):
            given.sort(key=lambda o: (-o[0], o[1].how != "named", *_weight_of(named[o[2]]), o[2]))
            met = sum(worth for worth, _, _ in given[: requirement.n]) / requirement.n
            points = 100.0 * requirement.weight / total if total else 0.0
            result.append(Standing(requirement, min(1.0, met), points, tuple(given)))
        return tuple(result)

    def score(self, profile: SkillProfile, role: Role, level: Level = "mid") -> float:
        """The score alone, 0..100."""
        named = {k: s for k, s in profile.claimed().items() if not s.implied}
        return sum(s.met * s.points for s in self.standings(named, role, level))

    def _match(
        self,
        role: Role,
        standings: tuple[Standing, ...],
        similarity: float,
        named: dict[str, ProfiledSkill],
        profile: SkillProfile,
        near: Nearest | None,
    ) -> RoleMatch:
        coverage = {}
        for importance in _IMPORTANCES:
            of = [s for s in standings if s.requirement.importance == importance]
            coverage[importance] = Coverage(
                sum(s.full for s in of), sum(s.met > 0 and not s.full for s in of), len(of)
            )
        score = sum(s.met * s.points for s in standings)
        counted = {ident for s in standings for _, _, ident in s.given}
        return RoleMatch(
            role=role.id,
            label=role.label,
            score=score,
            band=p.band(score),
            similarity=similarity,
            coverage=coverage,
            matched=tuple(
                sorted(
                    (self._matched(s) for s in standings if s.met > 0),
                    key=lambda m: (-m.contribution, m.id),
                )
            ),
            missing=(missing_requirements(standings, profile, self.taxonomy, near) if near else ()),
            beyond=tuple(
                k for k in named if k not in counted and not self.taxonomy.skills[k].human
            ),
        )

    def _matched(self, s: Standing) -> Matched:
        _, credit, ident = s.given[0]
        asked = s.requirement
        single = self.taxonomy.skills.get(credit.member) if asked.n == 1 else None
        return Matched(
            id=credit.member if asked.group else asked.id,
            label=single.label if single else asked.label,
            importance=asked.importance,
            contribution=s.met * s.points,
            partial=not s.full,
            via=ident if credit.how != "named" else None,
            group=asked.id if asked.group else None,
            members=tuple(dict.fromkeys(c.member for _, c, _ in s.counted)) if asked.group else (),
        )

    def _load_tables(self) -> dict[str, dict[str, Credit]]:
        name, digest = f"credits-{FORMAT}.json", self.taxonomy.digest
        try:
            raw = json.loads(read_cached(name, digest) or b"")
            return {r: {k: Credit(*c) for k, c in table.items()} for r, table in raw.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            tables = {
                role.id: role_credits(role, self.taxonomy, self.lends)
                for role in self.taxonomy.roles.values()
            }
            write_cached(name, digest, json.dumps(tables, separators=(",", ":")).encode())
            return tables


def _weight_of(skill: ProfiledSkill) -> tuple[int, int]:
    """Of two skills that count alike, the one with more behind it is shown as the witness."""
    return -(skill.months or 0), -len(skill.mentions)


def rank_value(score: float, similarity: float) -> float:
    """What roles are ranked by: score and similarity, each with its share."""
    return (1 - p.SIMILARITY_SHARE) * score + p.SIMILARITY_SHARE * 100 * similarity


def _ranked(match: RoleMatch, rank: int, ranked: list[RoleMatch]) -> RoleMatch:
    """A match with its rank, and what separates it from the role that follows."""
    from dataclasses import replace

    other = ranked[rank] if rank < len(ranked) else None
    mine = [m for m in match.matched if not m.partial]
    theirs = {m.id for m in other.matched} if other else set()
    asked = {m.id for m in other.missing} if other else set()
    apart = [m.id for m in mine if m.id not in theirs and m.id not in asked][:5] if other else []
    return replace(match, rank=rank, versus_next=tuple(apart))
