"""Puts the start of a real report into the README. `--check` only tells whether it is up to date."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
EXAMPLE = "examples/resumes/prompt-engineer.pdf"
START, END = "<!-- report -->\n```\n", "\n```\n<!-- /report -->"
LINES = 46


def excerpt() -> str:
    """The first lines of the report on an example, and a mark that there is more."""
    command = [sys.executable, "-m", "skillgap", EXAMPLE, "--as-of", "2026-11"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    lines = done.stdout.decode().splitlines()
    return "\n".join([*lines[:LINES], "…"])


def main() -> None:
    """Rewrite the README, or check it."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    made = before + START + excerpt() + END + after
    if "--check" in sys.argv:
        sys.exit(made != text and "the README's report is old: make readme")
    README.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
