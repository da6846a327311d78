"""What goes into the ledger and comes out of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be done. `error` is a (code, detail) where it can't even be tried."""

    key: str
    name: str
    candidate: str | None = None
    source: str | None = None
    bytes: bytes | None = None
    size: int | None = None
    error: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that this owner is to do."""

    batch: str
    n: int
    name: str
    candidate: str | None
    source: str | None
    bytes: bytes | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of one file: a row and perhaps a report, or a code and what it means."""

    n: int
    row: str | None = None
    report: bytes | None = None
    sha256: str | None = None
    text_key: str | None = None
    score: float | None = None
    similarity: float | None = None
    code: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many files of a batch are in which state."""

    queued: int = 0
    claimed: int = 0
    done: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """All files."""
        return self.queued + self.claimed + self.done + self.failed

    @property
    def over(self) -> int:
        """Files with a result."""
        return self.done + self.failed
