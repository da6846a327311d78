"""The isolated worker pool, awaited: bounded in number and in time, freed when a client goes away."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from fastapi import Request

from ..isolation.pool import Pool
from .problems import Problem
from .settings import ServiceSettings

GRACE = 5.0  # seconds beyond the file's own limit, for handing it over and back
LOOK = 0.2  # seconds between looks whether the client is still there


class Workers:
    """Analyses run in processes, never in the event loop."""

    def __init__(self, settings: ServiceSettings) -> None:
        self._settings = settings
        self._pool: Pool | None = None
        self._versions: dict[str, str] | None = None
        self._under_way = 0
        self._lock = threading.Lock()

    def open(self) -> None:
        """Start the processes; they load in the background."""
        self._pool = Pool(
            self._settings.workers, self._settings.taxonomy or None, self._settings.limits
        )

    async def load(self) -> None:
        """Wait until a process has loaded everything."""
        assert self._pool is not None
        self._versions = await asyncio.to_thread(self._pool.ready)

    def close(self) -> None:
        """Stop the processes."""
        if self._pool is not None:
            self._pool.close()
        self._pool = self._versions = None

    @property
    def pool(self) -> Pool:
        """The pool; Problem 503 where it is not there. One that broke is made anew."""
        if self._pool is None:
            raise Problem(503, "not_ready", "The service is not ready.", {"Retry-After": "5"})
        if not self._pool.alive:
            with self._lock:
                if not self._pool.alive:
                    broken = self._pool
                    self.open()
                    broken.close()
        return self._pool

    @property
    def ready(self) -> bool:
        """Whether everything is loaded and the processes take tasks."""
        return bool(self._versions) and self._pool is not None and self._pool.alive

    @property
    def versions(self) -> dict[str, str]:
        """Of taxonomy and model; {} before they are loaded."""
        return self._versions or {}

    @property
    def under_way(self) -> int:
        """Analyses running or waiting."""
        return self._under_way

    async def run(self, request: Request, function: Callable[..., Any], *args: Any) -> Any:
        """A task's value. Problem 503 where too many wait, 504 where it takes too long, and the
        errors of the task; a client that has gone frees its worker.
        """
        pool = self.pool
        most = self._settings.workers + self._settings.queue
        if self._under_way >= most:
            raise Problem(
                503, "overloaded", "Too many analyses are under way.", {"Retry-After": "2"}
            )
        self._under_way += 1
        future = pool.call(function, *args)
        waiting = asyncio.ensure_future(asyncio.wrap_future(future))
        # A task's own limit runs while a worker has it; waiting in line is bounded here.
        turns = 1 + self._settings.queue / self._settings.workers
        deadline = asyncio.get_running_loop().time() + self._settings.timeout_s * turns + GRACE
        try:
            while not waiting.done():
                await asyncio.wait({waiting}, timeout=LOOK)
                if waiting.done():
                    break
                if await request.is_disconnected():
                    raise Problem(400, "gone", "The client has gone.")
                if asyncio.get_running_loop().time() > deadline:
                    raise Problem(504, "timed_out", "It took too long; try again later.")
            return await asyncio.to_thread(pool.result, future)
        finally:
            self._under_way -= 1
            if not future.done():
                future.cancel()  # kills the worker that has it; the pool starts another
            waiting.cancel()
