"""From the ledger's rows to a ranking: order, shared ranks, aliases, who is selected.

Candidates whose scores can't be told apart share a rank. Bands are fixed: the best candidate not yet
placed opens one, and all join whose score lies within `APART` standard errors of the difference
(Cascio, Outtz, Zedeck and Goldstein, 1991). The error of a score is that of reading, see `rows.deviation`;
that of a difference is the root of the sum of both squares. Ranks count people: 1, 1, 3.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from .ledger import Ledger
from .rows import Row

APART = 1.0  # standard errors of the difference: told apart in two of three cases

Selected = Literal["yes", "tied", ""]


@dataclass(frozen=True, slots=True)
class Choice:
    """Who counts as selected: the first `count`, or all from a score on; or nobody is."""

    count: int | None = None
    cutoff: float | None = None

    @property
    def asked(self) -> bool:
        """Whether there is a choice at all."""
        return self.count is not None or self.cutoff is not None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate in the ranking. `place` counts from 1 without ties, `rank` is shared by a band."""

    place: int
    rank: int
    n: int
    candidate: str  # given id, or file name; a code in blind mode
    file: str | None  # None in blind mode
    sha256: str
    selected: Selected  # tied: shares the rank of the last one selected
    row: Row
    aliases: tuple[str, ...] = ()
    report: bytes | None = None  # zlib


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """A file without a score, and why. It has no rank: that is not the same as the lowest."""

    n: int
    candidate: str
    file: str | None
    code: str
    detail: str
    sha256: str | None = None


class Ranking:
    """The ranking of a finished batch; each method reads it anew from the ledger, row by row."""

    def __init__(
        self, ledger: Ledger, batch: str, *, blind: bool = False, choice: Choice | None = None
    ) -> None:
        self._ledger, self._batch, self.blind = ledger, batch, blind
        self.choice = choice or Choice()
        self._copies: dict[int, tuple[str, ...]] = {}  # first file of a text → its aliases
        self._repeats: set[int] = set()
        self._find_copies()

    def _find_copies(self) -> None:
        first: dict[str, int] = {}
        names: dict[int, list[str]] = {}
        for row in self._ledger.repeated(self._batch):
            original = first.setdefault(row["text_key"], row["n"])
            if original != row["n"]:
                self._repeats.add(row["n"])
                names.setdefault(original, []).append(
                    self.shown(row["n"], row["candidate"], row["name"], row["sha256"])
                )
        self._copies = {n: tuple(others) for n, others in names.items()}

    def ranked(self, *, reports: bool = False) -> Iterator[Ranked]:
        """All scored candidates, best first."""
        yield from self._select(self._rank(reports))

    def _rank(self, reports: bool) -> Iterator[Ranked]:
        place = rank = 0
        top: Row | None = None
        for record in self._ledger.scored(self._batch, reports=reports):
            n = record["n"]
            if n in self._repeats:
                continue
            row = Row.from_json(record["row"])
            place += 1
            if top is None or not same_band(top, row):
                top, rank = row, place
            yield Ranked(
                place=place,
                rank=rank,
                n=n,
                candidate=self.shown(n, record["candidate"], record["name"], record["sha256"]),
                file=None if self.blind else record["name"],
                sha256=record["sha256"],
                selected="",
                row=row,
                aliases=self._copies.get(n, ()),
                report=record["report"] if reports else None,
            )

    def _select(self, ranked: Iterable[Ranked]) -> Iterator[Ranked]:
        from dataclasses import replace

        last_rank = 0
        for one in ranked:
            selected: Selected = ""
            if self.choice.count is not None:
                inside = one.place <= self.choice.count
            else:
                inside = self.choice.cutoff is not None and one.row.score >= self.choice.cutoff
            if inside:
                selected, last_rank = "yes", one.rank
            elif one.rank == last_rank:
                selected = "tied"
            yield replace(one, selected=selected) if selected else one

    def not_assessed(self) -> Iterator[NotAssessed]:
        """All files without a score, in order."""
        for record in self._ledger.failed(self._batch):
            n = record["n"]
            yield NotAssessed(
                n=n,
                candidate=self.shown(n, record["candidate"], record["name"], record["sha256"]),
                file=None if self.blind else record["name"],
                code=record["code"],
                # A reader's message may name the file.
                detail="" if self.blind else record["detail"] or "",
                sha256=record["sha256"],
            )

    def shown(self, n: int, candidate: str | None, name: str, sha256: str | None) -> str:
        """What a candidate is called: the given id, else the file; in blind mode a code that says
        nothing, not even the order of the names.
        """
        if candidate:
            return candidate
        if not self.blind:
            return name
        return f"candidate-{sha256[:12]}" if sha256 else f"file-{n:06d}"


def same_band(top: Row, row: Row) -> bool:
    """Whether a score can't be told from the one that opens the band."""
    error = math.hypot(top.deviation, row.deviation)
    return top.score - row.score <= APART * error + 1e-9
