"""Takes files from the ledger, has them done by a crew, and writes what comes out.

A crew is this machine's workers or a cluster. Only so many files are under way that every worker has
its next one at hand; so memory does not grow with the batch.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Protocol

from ..errors import SkillgapError
from ..isolation.pool import Pool
from .entries import Claim, Outcome
from .ledger import Ledger
from .progress import Watch
from .sources import MEMBER, Members
from .task import Item, Job, failure, pack, read_source, work

LEASE = 24 * 3600.0  # one coordinator for a batch, which gives claims back when it goes on
_CLAIMS = 32  # files claimed at a time, beyond what is under way
_FLUSH_ROWS, _FLUSH_SECONDS = 48, 0.5


class Crew(Protocol):
    """Who does the work."""

    chunk: int  # files handed over at a time
    depth: int  # chunks under way at most
    local: bool  # whether it sees the same files and memory as this process

    def submit(self, items: Sequence[Item], job: Job) -> Any:
        """Start a chunk; something with `add_done_callback`."""

    def outcomes(self, items: Sequence[Item], job: Job, handle: Any) -> list[Outcome] | None:
        """What came of a chunk; None where whoever did it is lost, and it must be done again."""


class PoolCrew:
    """The worker processes of this machine."""

    chunk, local = 1, True

    def __init__(self, workers: int, job: Job) -> None:
        self.depth = 3 * workers
        self._workers = workers
        self._packed = pack(job)
        self.pool = Pool(workers, job.taxonomy, job.limits)

    def submit(self, items: Sequence[Item], job: Job) -> Future[Outcome]:
        """Start one file."""
        if not self.pool.alive:
            self.pool.close()
            self.pool = Pool(self._workers, job.taxonomy, job.limits)
        (item,) = items
        return self.pool.call(work, item, self._packed)

    def outcomes(
        self, items: Sequence[Item], job: Job, handle: Future[Outcome]
    ) -> list[Outcome] | None:
        """The one outcome."""
        if not self.pool.alive:
            return None
        return [outcome_of(self.pool, items[0], handle)]

    def ready(self, job: Job) -> dict[str, str]:
        """The versions at work, once a worker has loaded everything."""
        return self.pool.ready()

    def close(self) -> None:
        """Stop the workers."""
        self.pool.close()


def outcome_of(pool: Pool, item: Item, future: Future[Outcome]) -> Outcome:
    """A future's outcome: its own, or that of the file which killed or held up its worker."""
    try:
        outcome: Outcome = pool.result(future)
        return outcome
    except SkillgapError as error:
        data: bytes | None = None
        with suppress(SkillgapError):  # its hash belongs into the record all the same
            data = read_source(item.source, pool.limits)
        return failure(item.n, error, data)


def drive(
    ledger: Ledger, batch: str, job: Job, crew: Crew, watch: Watch, owner: str = "command"
) -> None:
    """Do all of a batch that is not done. KeyboardInterrupt leaves after what is done was written."""
    driver = _Driver(ledger, batch, job, crew, watch, owner)
    try:
        driver.run()
    finally:
        driver.close()


class _Driver:
    def __init__(
        self, ledger: Ledger, batch: str, job: Job, crew: Crew, watch: Watch, owner: str
    ) -> None:
        self.ledger, self.batch, self.job = ledger, batch, job
        self.crew, self.watch, self.owner = crew, watch, owner
        self.finished: queue.SimpleQueue[tuple[Sequence[Item], Any]] = queue.SimpleQueue()
        self.waiting: list[Claim] = []
        self.outcomes: list[Outcome] = []
        self.under_way = 0
        self.alone: set[int] = set()  # files of lost chunks go one by one
        self.members = Members(job.limits.bytes + 1)
        self.flushed = time.monotonic()

    def run(self) -> None:
        more = True
        while more or self.under_way or self.outcomes:
            more = self._fill()
            if self.under_way:
                self._take(self._wait())
            late = time.monotonic() - self.flushed > _FLUSH_SECONDS
            if len(self.outcomes) >= _FLUSH_ROWS or late or not (more or self.under_way):
                self._flush()

    def _fill(self) -> bool:
        """Hand over what fits; whether there may be more."""
        while self.under_way < self.crew.depth:
            if len(self.waiting) < self.crew.chunk:
                self.waiting += self.ledger.claim(
                    self.owner, max(_CLAIMS, 2 * self.crew.chunk), LEASE, batch=self.batch
                )
            if not self.waiting:
                return False
            items = self._next_items()
            if items:
                handle = self.crew.submit(items, self.job)
                self.under_way += 1
                handle.add_done_callback(self._callback(items))
        return True

    def _next_items(self) -> list[Item]:
        count = 1 if self.waiting[0].n in self.alone else self.crew.chunk
        claims, self.waiting = self.waiting[:count], self.waiting[count:]
        items = []
        for claim in claims:
            try:
                items.append(Item(claim.n, claim.name, self._source(claim)))
            except SkillgapError as error:
                self.outcomes.append(failure(claim.n, error))
        return items

    def _source(self, claim: Claim) -> bytes | str:
        """What the worker needs: a path or URL where it can open that itself, else the bytes."""
        source = claim.bytes if claim.bytes is not None else claim.source or ""
        if isinstance(source, str):
            if MEMBER in source and "://" not in source:
                return self.members.read(source)
            if source.startswith("memory://"):  # of this process alone
                return read_source(source, self.job.limits)
        return source

    def _callback(self, items: Sequence[Item]) -> Callable[[Any], None]:
        return lambda handle: self.finished.put((items, handle))

    def _wait(self) -> list[tuple[Sequence[Item], Any]]:
        try:
            got = [self.finished.get(timeout=_FLUSH_SECONDS)]
        except queue.Empty:
            return []
        while not self.finished.empty():
            got.append(self.finished.get())
        return got

    def _take(self, got: list[tuple[Sequence[Item], Any]]) -> None:
        for items, handle in got:
            self.under_way -= 1
            outcomes = self.crew.outcomes(items, self.job, handle)
            if outcomes is None:
                numbers = [item.n for item in items]
                self.alone.update(numbers)
                self.ledger.release(self.batch, self.owner, counted=True, only=numbers)
            else:
                self.outcomes += outcomes

    def _flush(self) -> None:
        self.flushed = time.monotonic()
        outcomes, self.outcomes = self.outcomes, []
        if outcomes:
            self.ledger.finish(self.batch, self.owner, outcomes)
            self.watch.add(len(outcomes), sum(o.code is not None for o in outcomes))

    def close(self) -> None:
        """Write what is there and give the rest back."""
        self.members.close()
        self._flush()
        self.ledger.release(self.batch, self.owner)
