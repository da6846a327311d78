"""`python -m skillgap.documents PATH...`: read all files below the paths and count how they end."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from skillgap.documents.reader import Ocr, read
from skillgap.errors import SkillgapError


def files(paths: Iterable[str]) -> Iterator[Path]:
    """Files at and below the paths, in order of their names."""
    for given in paths:
        path = Path(given)
        yield from (p for p in sorted(path.rglob("*")) if p.is_file()) if path.is_dir() else (path,)


def count(paths: Iterable[str], ocr: Ocr = "auto") -> tuple[Counter[str], list[tuple[float, str]]]:
    """How many files end in which way (`ok` or an error's code), and the seconds of each file."""
    codes: Counter[str] = Counter()
    seconds: list[tuple[float, str]] = []
    for path in files(paths):
        start = time.perf_counter()
        try:
            document = read(path, ocr=ocr)
        except SkillgapError as error:
            codes[error.code] += 1
            print(f"{error.code:20} {path.name}: {error}", file=sys.stderr)
        else:
            codes["ok"] += 1
            for code in sorted({notice.code for notice in document.notices}):
                codes[f"ok, {code}"] += 1
        seconds.append((time.perf_counter() - start, path.name))
    return codes, sorted(seconds, reverse=True)


def main(paths: list[str]) -> int:
    """Print the counts; exit status 2 without a path."""
    if not paths:
        print("usage: python -m skillgap.documents PATH...", file=sys.stderr)
        return 2
    codes, seconds = count(paths)
    for code, n in sorted(codes.items()):
        print(f"{n:6} {code}")
    for took, name in seconds[:3]:
        print(f"{took:8.2f} s {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
