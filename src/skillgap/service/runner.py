"""Does the batches' files in the background, in each replica.

One thread claims files with a short lease that it renews while it lives, has them done by the pool that
serves analyses too, and writes results. Only few files are under way, so an analysis that somebody
waits for is never behind many. A replica that is killed loses its leases, and another takes over.
"""

from __future__ import annotations

import logging
import os
import queue
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from ..batch.entries import Claim, Outcome
from ..batch.runner import outcome_of
from ..batch.task import Item, pack, work
from ..errors import SkillgapError
from .jobs import job_of_batch, posting_of_batch
from .problems import Problem
from .settings import ServiceSettings
from .storage import Store, options_of_batch
from .tasks import read_posting
from .workers import Workers

log = logging.getLogger("skillgap.service")
_IDLE, _BUSY = 1.0, 0.2  # seconds between looks
_FLUSH_ROWS, _FLUSH_SECONDS = 16, 0.25
_SWEEP = 60.0
_KNOWN_JOBS = 100


class BatchRunner:
    """One thread of one replica."""

    def __init__(
        self,
        store: Store,
        workers: Workers,
        settings: ServiceSettings,
        count: Callable[[str, int], None],
    ) -> None:
        self._store, self._workers, self._settings, self._count = store, workers, settings, count
        self.owner = f"{os.getpid()}-{secrets.token_hex(8)}"
        self._depth = 2 * settings.workers
        self._inbox: queue.SimpleQueue[tuple[Claim, Future[Any]] | None] = queue.SimpleQueue()
        self._waiting: list[Claim] = []
        self._under_way: dict[tuple[str, int], Claim] = {}
        self._outcomes: dict[str, list[Outcome]] = {}
        self._jobs: dict[str, bytes] = {}
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._flushed = self._renewed = self._looked = time.monotonic()
        self._swept = 0.0

    def start(self) -> None:
        """Start the thread."""
        self._thread = threading.Thread(target=self._run, name="batches", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There are new files."""
        self._looked = 0.0
        self._inbox.put(None)

    def stop(self) -> None:
        """Write what is done, give the rest back, end."""
        self._stop.set()
        self._inbox.put(None)
        if self._thread is not None:
            self._thread.join()

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread is not None and self._thread.is_alive()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._turn()
            except (SQLAlchemyError, OSError, SkillgapError, Problem) as error:
                # The database or the pool is away for a while; leases see to the rest.
                log.warning('{"batches": "paused", "error": "%s"}', type(error).__name__)
                self._stop.wait(_IDLE)
        try:
            self._flush()
            for batch in {c.batch for c in (*self._waiting, *self._under_way.values())}:
                self._store.ledger.release(batch, self.owner)
        except SQLAlchemyError as error:
            log.warning('{"batches": "not released", "error": "%s"}', type(error).__name__)

    def _turn(self) -> None:
        now = time.monotonic()
        if now - self._swept > min(_SWEEP, self._store.lifetime / 4):
            self._swept = now
            self._store.sweep()
        if now - self._renewed > self._settings.lease_s / 3:
            self._renewed = now
            held = [*self._waiting, *self._under_way.values()]
            self._store.renew(self.owner, held, self._settings.lease_s)
        self._fill()
        self._take()
        late = time.monotonic() - self._flushed > _FLUSH_SECONDS
        if late or not self._under_way or sum(map(len, self._outcomes.values())) >= _FLUSH_ROWS:
            self._flush()

    def _fill(self) -> None:
        """Hand files over to the pool, as many as it should have at a time."""
        pool = self._workers.pool
        while len(self._under_way) < self._depth:
            if not self._waiting and not self._claim():
                return
            claim = self._waiting.pop(0)
            job = self._job(claim.batch)
            if job is None:
                continue  # deleted meanwhile
            item = Item(claim.n, claim.name, claim.bytes or b"")
            future = pool.call(work, item, job)
            self._under_way[claim.batch, claim.n] = claim
            future.add_done_callback(lambda f, c=claim: self._inbox.put((c, f)))  # type: ignore[misc]

    def _claim(self) -> bool:
        """Claim some files, of the open batches in turn."""
        if time.monotonic() - self._looked < _BUSY and not self._outcomes:
            return False
        for batch in self._store.open_batches():
            share = self._store.ledger.claim(
                self.owner, self._depth, self._settings.lease_s, batch=batch
            )
            self._waiting += share
        if not self._waiting:
            self._looked = time.monotonic()
        return bool(self._waiting)

    def _job(self, batch: str) -> bytes | None:
        """What the batch asks, packed; None where it was deleted meanwhile."""
        if batch not in self._jobs:
            row = self._store.ledger.batch(batch)
            if row is None:
                return None
            if len(self._jobs) >= _KNOWN_JOBS:
                self._jobs.clear()
            options, settings = options_of_batch(row), self._settings
            posting, sent = None, posting_of_batch(options)
            if sent is not None:
                pool = self._workers.pool
                taxonomy = settings.taxonomy or None
                posting = pool.result(pool.call(read_posting, sent, taxonomy, settings.limits))
            self._jobs[batch] = pack(job_of_batch(options, posting, settings))
        return self._jobs[batch]

    def _take(self) -> None:
        """Wait a little for results, and take all that are there."""
        try:
            got = [self._inbox.get(timeout=_BUSY if self._under_way else _IDLE)]
        except queue.Empty:
            return
        while not self._inbox.empty():
            got.append(self._inbox.get())
        for found in got:
            if found is None:
                continue
            claim, future = found
            self._under_way.pop((claim.batch, claim.n), None)
            if future.cancelled() or self._stop.is_set():
                self._store.ledger.release(claim.batch, self.owner, only=[claim.n])
                continue
            outcome = outcome_of(self._workers.pool, Item(claim.n, claim.name, b""), future)
            self._outcomes.setdefault(claim.batch, []).append(outcome)

    def _flush(self) -> None:
        self._flushed = time.monotonic()
        for batch in list(self._outcomes):
            outcomes = self._outcomes[batch]
            self._store.ledger.finish(batch, self.owner, outcomes)
            del self._outcomes[batch]
            failed = sum(o.code is not None for o in outcomes)
            self._count("succeeded", len(outcomes) - failed)
            self._count("failed", failed)
