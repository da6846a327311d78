"""Tells how a batch gets on: a bar in a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections import deque
from typing import IO, Any

EVERY = 10.0  # seconds between plain lines
_WINDOW = 20.0  # seconds that the rate is taken over


class Watch:
    """Counts results and shows them on a stream; shows nothing where `quiet`."""

    def __init__(
        self,
        total: int,
        *,
        over: int = 0,
        failed: int = 0,
        quiet: bool = False,
        stream: IO[str] | None = None,
    ) -> None:
        self.total, self.over, self.failed = total, over, failed
        self._quiet = quiet
        self._stream = stream or sys.stderr
        self._started = self._told = time.monotonic()
        self._seen: deque[tuple[float, int]] = deque([(self._started, over)])
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Watch:
        if not self._quiet and self._stream.isatty():
            self._start_bar()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def add(self, done: int, failed: int) -> None:
        """So many more results, of which so many without a score."""
        self.over += done
        self.failed += failed
        now = time.monotonic()
        self._seen.append((now, self.over))
        while len(self._seen) > 2 and self._seen[0][0] < now - _WINDOW:
            self._seen.popleft()
        if self._bar is not None:
            self._bar.update(
                self._task, completed=self.over, failed=self.failed, rate=f"{self.rate:.0f}/s"
            )
        elif not self._quiet and now - self._told >= EVERY:
            self._told = now
            self.say(self.line())

    @property
    def rate(self) -> float:
        """Files a second over the last seconds."""
        (start, before), (end, after) = self._seen[0], self._seen[-1]
        return (after - before) / (end - start) if end > start else 0.0

    def line(self) -> str:
        """Where it stands, in one line."""
        left = (self.total - self.over) / self.rate if self.rate else None
        rest = "" if left is None else f", about {_duration(left)} left"
        return f"{self.over} of {self.total}, {self.failed} failed, {self.rate:.0f}/s{rest}"

    def say(self, text: str) -> None:
        """A line on the stream."""
        if not self._quiet:
            print(f"skillgap: {text}", file=self._stream, flush=True)

    def _start_bar(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]} failed"),
            console=Console(file=self._stream),
        )
        self._task = self._bar.add_task(
            "", total=self.total, completed=self.over, failed=self.failed, rate=""
        )
        self._bar.start()


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
