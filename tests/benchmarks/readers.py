"""The two PDF readers side by side: time, and how far they agree on a file's words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Literal

from skillgap.documents import read
from skillgap.errors import InputError

from .floor import characters
from .timing import in_turn, median, ratio


def readers(files: list[Path], rounds: int) -> None:
    """Print a line a file, then totals. Files that give no text (scans) are only counted."""
    print("PDF readers, ms a file with screening and layout (medians), and shared words (F1)")
    print(f"  {'file':<30} {'floor':>7} {'pdfium':>7} {'plumber':>8} {'pdfium/floor':>12}"
          f" {'plumber/pdfium':>14} {'agree':>6}  auto")  # fmt: skip
    sums = [0.0, 0.0, 0.0]
    shares: list[tuple[float, float, float]] = []
    silent = 0
    for path in files:
        try:
            quick, slow = words(path, "pdfium"), words(path, "pdfplumber")
            chosen = read(path, ocr="never").reader
        except InputError:
            silent += 1
            continue
        floor, first, second = in_turn(
            rounds,
            lambda p=path: characters(p),
            lambda p=path: words(p, "pdfium"),
            lambda p=path: words(p, "pdfplumber"),
        )
        sums = [a + median(b) for a, b in zip(sums, (floor, first, second), strict=True)]
        share = (ratio(first, floor), ratio(second, first), agreement(quick, slow))
        shares.append(share)
        print(f"  {path.name[:30]:<30} {median(floor):7.1f} {median(first):7.1f}"
              f" {median(second):8.1f} {share[0]:12.2f} {share[1]:14.1f} {share[2]:6.3f}"
              f"  {chosen}")  # fmt: skip
    if shares:
        middle = [sorted(column)[len(shares) // 2] for column in zip(*shares, strict=True)]
        mean = sum(share[2] for share in shares) / len(shares)
        print(f"  {f'all ({len(shares)})':<30} {sums[0]:7.1f} {sums[1]:7.1f} {sums[2]:8.1f}"
              f" {middle[0]:12.2f} {middle[1]:14.1f} {mean:6.3f}"
              "  sums, median ratios, mean agreement")  # fmt: skip
    if silent:
        print(f"  {silent} without text that both readers give (scans)")
    print()


def words(path: Path, reader: Literal["pdfium", "pdfplumber"]) -> Counter[str]:
    """How often each word stands in a file, as one reader gives it."""
    document = read(path, reader=reader, ocr="never")
    return Counter(document.text[w.start : w.end] for w in document.words)


def agreement(one: Counter[str], other: Counter[str]) -> float:
    """F1 of two multisets: 1 where they are the same, 0 where nothing is shared."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
