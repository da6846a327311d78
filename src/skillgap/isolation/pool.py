"""Warm worker processes for many files: a file that hangs or crashes costs itself and no other."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from types import TracebackType
from typing import Any

from ..errors import ReaderCrashed, ReadTimedOut, SkillgapError
from ..report import Report
from ..settings import Limits
from ..types import Options

WORKER = f"{__package__}.worker"
TAXONOMY = "SKILLGAP_WORKER_TAXONOMY"  # how the fork server is told what to load


def _start(limits: Limits) -> None:
    from . import worker  # in the worker: the parent loads no spaCy

    worker.start(limits)


def _analyze(*args: Any) -> str:
    from . import worker

    return worker.analyze(*args)


class Pool:
    """`workers` processes that analyze; a context manager. Safe to share between threads.

    `taxonomy` is the path of another taxonomy or overlay (None: built in).
    """

    def __init__(
        self, workers: int = 1, taxonomy: str | None = None, limits: Limits | None = None
    ) -> None:
        from pebble import ProcessPool

        self.limits = limits or Limits()
        self._taxonomy = taxonomy
        os.environ[TAXONOMY] = taxonomy or ""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([WORKER])
        self._pool = ProcessPool(
            max_workers=workers, context=context, initializer=_start, initargs=(self.limits,)
        )

    def submit(
        self,
        source: bytes | str,
        roles: tuple[str, ...] = (),
        options: Options | None = None,
        name: str | None = None,
    ) -> Future[str]:
        """Queue one résumé; the future gives its Report as JSON, or raises what `result` maps."""
        args = (source, name, roles, options or Options(), self._taxonomy, self.limits)
        future: Future[str] = self._pool.schedule(
            _analyze, args=args, timeout=self.limits.seconds
        )
        return future

    def result(self, future: Future[str]) -> str:
        """The JSON of a future; every failure as one of our errors."""
        from pebble import ProcessExpired

        try:
            return future.result()
        except SkillgapError:
            raise
        except (FutureTimeout, TimeoutError):
            raise ReadTimedOut(
                f"Reading took longer than {self.limits.seconds:g} seconds.",
                "Save the file anew (“print to PDF”), or allow more time.",
            ) from None
        except ProcessExpired as error:
            raise ReaderCrashed(
                f"The file crashed its reader (exit {error.exitcode}).",
                "Save the file anew (“print to PDF”).",
            ) from None

    def analyze(self, source: bytes | str, **more: Any) -> Report:
        """One résumé, waited for."""
        return Report.model_validate_json(self.result(self.submit(source, **more)))

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
