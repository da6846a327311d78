"""Answers to identical uploads, in memory only, the oldest forgotten first."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_BYTES = 64 * 2**20
SECONDS = 600.0  # a résumé's report is not kept in memory longer than a person looks at it


class AnswerCache:
    """At most `entries` answers and 64 MiB, for ten minutes, by the hash of file and options."""

    def __init__(self, entries: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = entries
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._size = 0

    @staticmethod
    def key(owner: str, data: bytes, *options: object) -> str:
        """The key of an upload; another owner's is another key."""
        total = hashlib.sha256(data)
        total.update(repr((owner, options)).encode())
        return total.hexdigest()

    def get(self, key: str) -> bytes | None:
        """A kept answer."""
        self._forget()
        found = self._kept.get(key)
        return found[1] if found else None

    def put(self, key: str, answer: bytes) -> None:
        """Keep an answer for ten minutes."""
        if not self._most or len(answer) > MOST_BYTES:
            return
        self._drop(key)
        self._size += len(answer)
        self._kept[key] = (self._clock(), answer)
        self._forget()

    def _forget(self) -> None:
        """Drop what is too old, too many or too large, the oldest first."""
        while self._kept:
            key, (since, _) = next(iter(self._kept.items()))
            old = self._clock() - since > SECONDS
            if not (old or len(self._kept) > self._most or self._size > MOST_BYTES):
                break
            self._drop(key)

    def _drop(self, key: str) -> None:
        _, answer = self._kept.pop(key, (0.0, b""))
        self._size -= len(answer)
