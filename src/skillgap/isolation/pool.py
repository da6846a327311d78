"""Warm worker processes for many files: a file that hangs or crashes costs itself and no other."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from ..errors import ReaderCrashed, ReadTimedOut, SkillgapError
from ..report import Report
from ..settings import Limits
from ..types import Options

WORKER = f"{__package__}.worker"
TAXONOMY = "SKILLGAP_WORKER_TAXONOMY"  # how the fork server is told what to load
# One résumé is too small to be worth several threads, and workers would fight for the processors.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# Tasks after which a worker is replaced: spaCy keeps every new word that it meets, and what a worker
# has grown by goes with it. A new one is warm in a tenth of a second.
LIFETIME = 2000
_AGAIN = "Save the file anew (“print to PDF”) and run again."


def _start(limits: Limits, taxonomy: str | None) -> None:
    from . import worker  # in the worker: the parent loads no spaCy

    worker.start(limits, taxonomy)


def _run(function: Callable[..., Any], args: tuple[Any, ...], limits: Limits) -> Any:
    from . import worker

    return worker.run(function, args, limits)


def _analyze(*args: Any) -> str:
    from . import worker

    return worker.analyze(*args)


def _ready(taxonomy: str | None) -> dict[str, str]:
    from . import worker

    return worker.ready(taxonomy)


class Pool:
    """`workers` processes that analyze; a context manager. Safe to share between threads.

    `taxonomy` is the path of another taxonomy or overlay (None: built in). A task is any importable
    function; it fails with an error of ours and with no other.
    """

    def __init__(
        self,
        workers: int = 1,
        taxonomy: str | None = None,
        limits: Limits | None = None,
        *,
        lifetime: int = LIFETIME,
    ) -> None:
        from pebble import ProcessPool

        self.limits = limits or Limits()
        self.workers = workers
        self.taxonomy = taxonomy
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=lifetime,
            context=_context(taxonomy),
            initializer=_start,
            initargs=(self.limits, taxonomy),
        )

    def call(
        self, function: Callable[..., Any], *args: Any, seconds: float | None = None
    ) -> Future[Any]:
        """Queue a task; the future gives its value, or raises what `result` maps.

        `seconds` is its time limit, from the moment at which a worker takes it up; that of the
        limits where none is given.
        """
        try:
            future: Future[Any] = self._pool.schedule(
                _run, args=(function, args, self.limits), timeout=seconds or self.limits.seconds
            )
        except RuntimeError as error:
            raise ReaderCrashed(
                f"No worker process could be started ({type(error).__name__}).",
                "Free some memory, or use fewer workers.",
            ) from error
        return future

    def submit(
        self,
        source: bytes | str,
        roles: tuple[str, ...] = (),
        options: Options | None = None,
        name: str | None = None,
    ) -> Future[str]:
        """Queue one résumé; the future gives its Report as JSON."""
        options = options or Options()
        return self.call(_analyze, source, name, roles, options, self.taxonomy, self.limits)

    def ready(self, seconds: float = 120.0) -> dict[str, str]:
        """Wait until a worker has loaded everything; the versions of taxonomy and model."""
        versions: dict[str, str] = self.result(
            self.call(_ready, self.taxonomy, seconds=seconds), seconds
        )
        return versions

    def result(self, future: Future[Any], seconds: float | None = None) -> Any:
        """The value of a future; every failure as one of our errors."""
        from pebble import ProcessExpired

        try:
            return future.result()
        except SkillgapError:
            raise
        except (FutureTimeout, TimeoutError):
            raise ReadTimedOut(
                f"Reading took longer than {seconds or self.limits.seconds:g} seconds.",
                "Save the file anew (“print to PDF”), or allow more time.",
            ) from None
        except ProcessExpired as error:
            raise ReaderCrashed(
                f"The file crashed its reader (exit {error.exitcode}).", _AGAIN
            ) from None
        except (RuntimeError, OSError, EOFError) as error:  # the pool itself broke
            raise ReaderCrashed(
                f"The process that read the file is gone ({type(error).__name__}).", "Run again."
            ) from None

    def analyze(self, source: bytes | str, **more: Any) -> Report:
        """One résumé, waited for."""
        return Report.model_validate_json(self.result(self.submit(source, **more)))

    @property
    def alive(self) -> bool:
        """Whether it takes tasks; False once it is closed or broken."""
        return bool(self._pool.active)

    def close(self) -> None:
        """Stop the workers; what is queued is dropped."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _context(taxonomy: str | None) -> Any:
    """Where processes come from: a fork server that has loaded everything, else new processes."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([WORKER])
    given = {name: os.environ.get(name) or "1" for name in _THREADS}
    with _environment({**given, TAXONOMY: taxonomy or ""}):
        forkserver.ensure_running()
    return context


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
