"""Timing that holds on a shared machine: things are measured in turn, and medians are compared."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence


def in_turn(rounds: int, *things: Callable[[], object]) -> list[list[float]]:
    """Seconds of each thing, measured A B C A B C …; the first round is not counted."""
    times: list[list[float]] = [[] for _ in things]
    for turn in range(rounds + 1):
        for spent, thing in zip(times, things, strict=True):
            start = time.perf_counter()
            thing()
            if turn:
                spent.append(time.perf_counter() - start)
    return times


def command(*args: str) -> Callable[[], object]:
    """A whole process, its output thrown away; an exception if it fails."""

    def run() -> object:
        return subprocess.run(args, check=True, capture_output=True)

    return run


def median(seconds: Sequence[float]) -> float:
    """The median in milliseconds."""
    return statistics.median(seconds) * 1000


def ratio(a: Sequence[float], b: Sequence[float]) -> float:
    """The median of a/b, pair by pair."""
    return statistics.median(x / y for x, y in zip(a, b, strict=True))
