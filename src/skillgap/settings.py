"""Limits and numbers that a user may change, in one place, with their defaults."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. Sizes in bytes, time in seconds."""

    max_bytes: int = 10 * 1024 * 1024
    max_pages: int = 50  # pages beyond are not read, with a `truncated` notice
    max_chars: int = 400_000  # of text over all pages; what is beyond is not read
    max_seconds: float = 30.0
    max_memory: int = 2 * 1024 * 1024 * 1024
