"""The same work on a Dask cluster.

Files go in chunks, each a task of about half a second: the scheduler sees a sixteenth of the files and
is never the limit. On each Dask worker an isolated pool reads them, so that a file which hangs or
crashes costs itself there too; what a killed worker had under way, Dask starts again elsewhere.
"""

from __future__ import annotations

import atexit
import multiprocessing
import threading
from collections.abc import Sequence
from typing import Any

from ..errors import ConfigError, ExtraMissing
from ..isolation.pool import Pool
from .entries import Outcome
from .runner import outcome_of
from .task import Item, Job, pack, work

CHUNK = 16
AHEAD = 3  # chunks under way for each thread of the cluster

_pool: Pool | None = None
_lock = threading.Lock()


class DaskCrew:
    """The workers of a Dask scheduler at an address such as tcp://host:8786.

    `only` names the addresses of workers to use, in place of all.
    """

    chunk, local = CHUNK, False

    def __init__(self, address: str, only: Sequence[str] | None = None) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise ExtraMissing("--scheduler", "cluster") from None
        try:
            connect: Any = Client  # the library has no types
            self.client = connect(address, timeout="10s", set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise ConfigError(
                f"No Dask scheduler answers at {address} ({type(error).__name__}).",
                "Start one with `dask scheduler`, workers with `dask worker ADDRESS`.",
            ) from None
        self.threads = 0
        self._only = list(only) if only else None
        self._count()

    @property
    def depth(self) -> int:
        """Chunks under way at most; follows the cluster as it grows and shrinks."""
        self._count()
        return AHEAD * max(1, self.threads)

    def _count(self) -> None:
        workers = self.client.scheduler_info(n_workers=-1)["workers"]
        self.threads = sum(
            w["nthreads"] for a, w in workers.items() if self._only is None or a in self._only
        )

    def ready(self, job: Job) -> dict[str, str]:
        """The versions at work on the cluster, once a worker has loaded everything."""
        started = self.client.submit(_ready, job, pure=False, workers=self._only)
        versions: dict[str, str] = started.result()
        return versions

    def submit(self, items: Sequence[Item], job: Job) -> Any:
        """Start a chunk."""
        return self.client.submit(work_chunk, tuple(items), job, pure=False, workers=self._only)

    def outcomes(self, items: Sequence[Item], job: Job, handle: Any) -> list[Outcome] | None:
        """What came of a chunk; None where its workers died again and again, or it was lost."""
        if handle.status != "finished":
            if self.client.status != "running":
                raise ConfigError(
                    "The Dask scheduler is gone.", "Start it again and add --continue."
                )
            return None
        outcomes: list[Outcome] = handle.result()
        return outcomes

    def close(self) -> None:
        """Leave the cluster; what is under way is forgotten there."""
        self.client.close()


def work_chunk(items: Sequence[Item], job: Job) -> list[Outcome]:
    """On a Dask worker: the outcomes of some files, each read in an isolated process."""
    pool, packed = _own_pool(job), pack(job)
    futures = [pool.call(work, item, packed, seconds=job.limits.seconds) for item in items]
    outcomes = [outcome_of(pool, i, f) for i, f in zip(items, futures, strict=True)]
    if not pool.alive:  # not the files' fault: let Dask do the chunk again
        _drop_pool()
        raise RuntimeError("The pool of this worker broke.")
    return outcomes


def _ready(job: Job) -> dict[str, str]:
    return _own_pool(job).ready()


def _own_pool(job: Job) -> Pool:
    """The pool of this Dask worker process: as many processes as it has threads."""
    global _pool
    with _lock:
        if _pool is None or _pool.taxonomy != job.taxonomy or not _pool.alive:
            _drop_pool()
            from distributed import get_worker

            # A nanny starts its worker as a daemon, which multiprocessing forbids to have children.
            # Ours end with it all the same: see isolation.limits.die_with_parent.
            multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
            _pool = Pool(get_worker().state.nthreads, job.taxonomy, job.limits)
        return _pool


def _drop_pool() -> None:
    global _pool
    if _pool is not None:
        _pool.close()
        _pool = None


atexit.register(_drop_pool)
