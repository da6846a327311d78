"""Rates by group, as an independent auditor needs them. Input for an audit, not an audit.

- **Scoring rate**: the share of a group whose score is above the median of all scores, as 6 RCNY § 5-300
  (New York City, Local Law 144) defines it for tools that give scores.
- **Selection rate**: the share of a group that counts as selected.
- **Impact ratio**: a group's rate over the highest rate of any group; below four fifths it is marked
  (29 CFR 1607.4 D). Its 95 % interval is Katz's, on the logarithm; that of a rate is Wilson's.

Whose group is not known is counted and compared with nobody. Groups of less than two percent of all are
marked: the rule lets the auditor leave them out. Here they stay in, also as the highest rate.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from ..errors import ConfigError, FileMissing
from .insight import median
from .ranking import Ranking

TITLE = "Input for an independent auditor"
UNKNOWN = "unknown"
SMALL_SHARE, FOUR_FIFTHS, Z95 = 0.02, 0.8, 1.959963984540054
_IDS = ("candidate", "candidate_id", "candidate id", "id")
_NONE = frozenset({"", "unknown", "n/a", "na", "none", "prefer not to say", "declined"})


@dataclass(frozen=True, slots=True)
class GroupRate:
    """One group in one table."""

    group: str
    people: int
    counted: int  # above the median, or selected
    rate: float
    low: float  # 95 % interval of the rate
    high: float
    ratio: float | None  # None for the unknown, and where no group has any
    ratio_low: float | None
    ratio_high: float | None
    below_four_fifths: bool
    small: bool  # under two percent of those assessed


@dataclass(frozen=True, slots=True)
class AuditTable:
    """The groups of one attribute, or of an intersection."""

    kind: str  # scoring | selection | assessed
    attribute: str  # "sex", "sex × ethnicity"
    people: int
    unknown: int
    groups: tuple[GroupRate, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """All tables."""

    title: str
    median: float | None
    tables: tuple[AuditTable, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


class Groups:
    """The CSV of candidate ids and group columns."""

    def __init__(self, attributes: Sequence[str], known: dict[str, tuple[str, ...]]) -> None:
        self.attributes = tuple(attributes)
        self._known = known

    @classmethod
    def read(cls, path: str | Path) -> Groups:
        """Read it; ConfigError where it has no column of ids, or no group."""
        try:
            with Path(path).open(encoding="utf-8-sig", newline="") as file:
                rows = csv.DictReader(file)
                names = [h for h in rows.fieldnames or () if h]
                who = next((h for h in names if h.strip().casefold() in _IDS), None)
                attributes = [h for h in names if h != who]
                if who is None or not attributes:
                    raise ConfigError(
                        f"{path} needs a column “candidate” and at least one column of groups.",
                        "For example: candidate,sex,ethnicity",
                    )
                known = {}
                for row in rows:
                    values = tuple((row[a] or "").strip() for a in attributes)
                    known[(row[who] or "").strip()] = values
        except (UnicodeDecodeError, csv.Error) as error:
            raise ConfigError(f"{path} is no CSV in UTF-8.", "Save it as “CSV UTF-8”.") from error
        except OSError as error:
            raise FileMissing(f"{path} can't be read: {error.strerror}.", "Check it.") from None
        return cls(attributes, known)

    def of(self, names: Iterable[str | None]) -> tuple[str, ...]:
        """The groups of the first known name: a candidate's id, file name, or file name without ending."""
        for name in names:
            for form in (name, Path(name).name, Path(name).stem) if name else ():
                if form in self._known:
                    return tuple(UNKNOWN if v.casefold() in _NONE else v for v in self._known[form])
        return (UNKNOWN,) * len(self.attributes)


@dataclass(frozen=True, slots=True)
class _Person:
    groups: tuple[str, ...]
    score: float | None  # None: not assessed
    selected: bool


def audit(ranking: Ranking, groups: Groups) -> Audit:
    """All tables of a ranking."""
    people = [
        _Person(groups.of((o.candidate, o.file, *o.aliases)), o.row.score, o.selected == "yes")
        for o in ranking.ranked()
    ]
    missed = [
        _Person(groups.of((f.candidate, f.file)), None, False) for f in ranking.not_assessed()
    ]
    middle = median(p.score for p in people if p.score is not None)
    tables = []
    for label, chosen in _attributes(groups.attributes):
        above = [
            (_group(p, chosen), p.score is not None and middle is not None and p.score > middle)
            for p in people
        ]
        tables.append(table("scoring", label, above))
        if ranking.choice.asked:
            tables.append(
                table("selection", label, [(_group(p, chosen), p.selected) for p in people])
            )
        # Whether a tool reads one group's files less often is a question of fairness too.
        tables.append(
            table(
                "assessed",
                label,
                [(_group(p, chosen), p.score is not None) for p in (*people, *missed)],
            )
        )
    tables.sort(key=lambda t: ("scoring", "selection", "assessed").index(t.kind))
    return Audit(TITLE, middle, tuple(tables))


def _attributes(names: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each attribute alone, then intersections of two and more."""
    for size in range(1, len(names) + 1):
        for chosen in combinations(range(len(names)), size):
            yield " × ".join(names[i] for i in chosen), chosen


def _group(person: _Person, chosen: Sequence[int]) -> str:
    values = [person.groups[i] for i in chosen]
    return UNKNOWN if UNKNOWN in values else " × ".join(values)


def table(kind: str, attribute: str, people: Sequence[tuple[str, bool]]) -> AuditTable:
    """Rates and ratios of (group, counts) pairs."""
    totals: dict[str, list[int]] = {}
    for group, counts in people:
        total = totals.setdefault(group, [0, 0])
        total[0] += 1
        total[1] += counts
    unknown = totals.pop(UNKNOWN, [0, 0])
    best = max(totals.values(), key=lambda t: (t[1] / t[0], t[0]), default=[0, 0])
    order = sorted(totals.items(), key=lambda i: (-(i[1][1] / i[1][0]), i[0]))
    rates = [_rate(g, t[0], t[1], best, len(people)) for g, t in order]
    if unknown[0]:
        rates.append(_rate(UNKNOWN, unknown[0], unknown[1], None, len(people)))
    return AuditTable(kind, attribute, len(people), unknown[0], tuple(rates))


def _rate(group: str, people: int, counted: int, best: list[int] | None, total: int) -> GroupRate:
    low, high = wilson(counted, people)
    ratio = bounds = None
    if best and best[1]:
        ratio = (counted / people) / (best[1] / best[0])
        bounds = katz(counted, people, best[1], best[0])
    return GroupRate(
        group=group,
        people=people,
        counted=counted,
        rate=round(counted / people, 4),
        low=round(low, 4),
        high=round(high, 4),
        ratio=None if ratio is None else round(ratio, 4),
        ratio_low=None if bounds is None else round(bounds[0], 4),
        ratio_high=None if bounds is None else round(bounds[1], 4),
        below_four_fifths=ratio is not None and ratio < FOUR_FIFTHS - 1e-12,
        small=people < SMALL_SHARE * total,
    )


def wilson(counted: int, people: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927)."""
    share, z2 = counted / people, Z95**2
    middle = (share + z2 / (2 * people)) / (1 + z2 / people)
    half = Z95 / (1 + z2 / people) * math.sqrt(share * (1 - share) / people + z2 / (4 * people**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def katz(a: int, m: int, b: int, n: int) -> tuple[float, float] | None:
    """The 95 % interval of the ratio (a/m)/(b/n) (Katz and others, 1978); None where a or b is 0."""
    if not a or not b:
        return None
    error = math.sqrt(1 / a - 1 / m + 1 / b - 1 / n)
    ratio = (a / m) / (b / n)
    return ratio * math.exp(-Z95 * error), ratio * math.exp(Z95 * error)
