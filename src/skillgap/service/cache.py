"""Answers to identical uploads, in memory only, the oldest forgotten first."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

MOST_BYTES = 64 * 2**20


class AnswerCache:
    """At most `entries` answers and 64 MiB, by the hash of file and options."""

    def __init__(self, entries: int) -> None:
        self._most = entries
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    @staticmethod
    def key(owner: str, data: bytes, *options: object) -> str:
        """The key of an upload; another owner's is another key."""
        total = hashlib.sha256(data)
        total.update(repr((owner, options)).encode())
        return total.hexdigest()

    def get(self, key: str) -> bytes | None:
        """A kept answer."""
        answer = self._kept.get(key)
        if answer is not None:
            self._kept.move_to_end(key)
        return answer

    def put(self, key: str, answer: bytes) -> None:
        """Keep an answer."""
        if not self._most or len(answer) > MOST_BYTES:
            return
        self._size += len(answer) - len(self._kept.pop(key, b""))
        self._kept[key] = answer
        while len(self._kept) > self._most or self._size > MOST_BYTES:
            _, old = self._kept.popitem(last=False)
            self._size -= len(old)
