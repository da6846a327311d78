"""What is kept of each scored résumé for ranking: a small row, worked out where the résumé was read."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from ..analyzer import Reading
from ..taxonomy.model import Role, Taxonomy
from ..types import Matched, RoleMatch, SkillProfile

# How well skills are found: the extraction's targets (`skillgap evaluate` measures them).
PRECISION, RECALL = 0.97, 0.95
SHOWN = 3  # reasons and gaps of a row
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate against the role. Points are of 100; `deviation` is the score's standard error."""

    score: float
    similarity: float
    deviation: float
    band: str
    best_role: str
    best_score: float
    essential: tuple[int, int, int]  # met, in part, asked for
    reasons: tuple[str, ...]  # what carries the score, most points first
    gaps: tuple[str, ...]  # what would add most points
    met: tuple[str, ...]  # requirements by id
    partial: tuple[str, ...]
    skills: tuple[str, ...]  # skills that the text claims, by id; without implied ones
    warnings: tuple[str, ...]  # codes
    person: str | None = None  # the name found in the résumé; None in blind mode
    courses: int | None = None  # how many courses to the target; None: more than asked about

    def to_json(self) -> str:
        """A short form; equal rows give equal text."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Row:
        """The row of its text."""
        raw: dict[str, Any] = json.loads(text)
        fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
        return cls(**fields)


def make_row(
    reading: Reading,
    role: Role,
    match: RoleMatch,
    best: RoleMatch,
    taxonomy: Taxonomy,
    *,
    blind: bool = False,
    courses: int | None = None,
) -> Row:
    """The row of one reading; `best` is its best match of all roles."""
    essential = match.coverage["essential"]
    notes = (*reading.document.notices, *reading.annotations.notices)
    labels = {r.id: r.label for r in role.requirements}
    return Row(
        score=round(match.score, 1),
        similarity=round(match.similarity, 3),
        deviation=round(deviation(match, reading.profile), 2),
        band=match.band,
        best_role=best.role,
        best_score=round(best.score, 1),
        essential=(essential.met, essential.partial, essential.total),
        reasons=tuple(_reason(m, taxonomy) for m in match.matched[:SHOWN]),
        gaps=tuple(
            labels.get(m.id, m.label)
            for m in sorted(match.missing, key=lambda m: (-m.gain, m.id))[:SHOWN]
        ),
        met=tuple(m.group or m.id for m in match.matched if not m.partial),
        partial=tuple(m.group or m.id for m in match.matched if m.partial),
        skills=tuple(k for k, s in reading.profile.claimed().items() if not s.implied),
        warnings=tuple(dict.fromkeys(n.code for n in notes)),
        person=None if blind else reading.annotations.contact.name or None,
        courses=courses,
    )


def _reason(matched: Matched, taxonomy: Taxonomy) -> str:
    """A requirement, and what of the résumé meets it where that has another name."""
    shown = matched.members or ((matched.via,) if matched.via else ())
    labels = [taxonomy.skills[s].label for s in shown[:SHOWN] if s in taxonomy.skills]
    by = ", ".join(label for label in labels if label != matched.label)
    return f"{matched.label} ({by})" if by else matched.label


def deviation(match: RoleMatch, profile: SkillProfile) -> float:
    """The standard error of a score, in points, from what extraction may have misread.

    Each requirement that counts is a wrong reading with probability 1 - p, with p the skill's
    confidence and at most the precision; then its contribution c is lost: c² p (1 - p). Each that is
    missing may stand there unseen with probability q, by Bayes from the recall and from the share m of
    requirements that are met: q = m (1 - r) / (m (1 - r) + 1 - m); then its gain g is won: g² q (1 - q).
    The root of the sum, as if readings erred independently.
    """
    variance = 0.0
    for matched in match.matched:
        skill = profile.skills.get(matched.via or matched.id)
        p = min(PRECISION, skill.confidence if skill else PRECISION)
        variance += matched.contribution**2 * p * (1 - p)
    asked = sum(c.total for c in match.coverage.values())
    met = sum(c.met + c.partial for c in match.coverage.values())
    share = met / asked if asked else 0.0
    unseen = share * (1 - RECALL)
    q = unseen / (unseen + 1 - share) if share < 1 else 0.0
    variance += sum(m.gain**2 for m in match.missing) * q * (1 - q)
    return float(variance**0.5)


def text_key(text: str) -> str:
    """Equal for texts with the same words in the same order, whatever format, case or spacing."""
    words = " ".join(_WORD.findall(text.casefold()))
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()
