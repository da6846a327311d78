"""What one document may cost, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one document.

    More bytes than `bytes` is an error (`DocumentTooLarge`); more pages or characters are cut off
    there, and the Document carries a `truncated` notice. `seconds` and `memory` bind the worker
    process that reads it.
    """

    bytes: int = 25 * 1024 * 1024  # of the file itself
    unpacked: int = 100 * 1024 * 1024  # of all members of a zip container (DOCX, ODT), unpacked
    pages: int = 40
    page_chars: int = 60_000  # glyphs of one page
    chars: int = 400_000  # of the whole text
    pixels: int = 40_000_000  # of a picture given to OCR
    seconds: float = 30.0  # for one file
    memory: int = 2 * 1024 * 1024 * 1024  # bytes of address space of the process that reads it
