#!/usr/bin/env python3
"""Rebuild every example PDF from its source: `python examples/resumes/make.py [NAME ...]`.

The ending of a file in sources/ says who makes the PDF: .typ Typst (Python package `typst`), .html
Chromium's print, .tex pdfLaTeX, .fodt LibreOffice. A producer that is not installed is skipped with
a message, and the committed PDF stays. Output depends on the source and the producer's version
alone: Typst and pdfLaTeX take the date from SOURCE_DATE_EPOCH, and the dates and ids that Chromium
and LibreOffice write are replaced afterwards by fixed ones of the same length. Postings and the hard
set of the tests have sources of their own, which are made too.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDERS = (HERE, HERE.parent / "jobs", HERE.parent.parent / "tests" / "data" / "hard")
EPOCH = int(os.environ.get("SOURCE_DATE_EPOCH", "1793577600"))  # 2 November 2026
MAX_BYTES = 200 * 1024
TIMEOUT_S = 180


class Missing(Exception):
    """A producer that is not installed here."""


def _program(*names: str) -> str:
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    raise Missing(f"{names[0]} is not installed")


def _run(command: list[str], cwd: Path) -> None:
    env = os.environ | {
        "SOURCE_DATE_EPOCH": str(EPOCH),
        "FORCE_SOURCE_DATE": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
    if done.returncode:
        tail = (done.stdout + done.stderr)[-1500:]
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{tail}")


def _fixed_dates(pdf: bytes) -> bytes:
    """Replace dates and document ids by fixed ones; no byte moves, so that the xref stays true."""
    stamp = datetime.fromtimestamp(EPOCH, UTC).strftime("D:%Y%m%d%H%M%S").encode()
    pdf = re.sub(rb"\(D:\d{14}", b"(" + stamp, pdf)  # the zone stays: it is UTC by TZ
    pdf = re.sub(rb"/DocChecksum ?/[0-9A-F]{32}", lambda m: m[0][:-32] + b"0" * 32, pdf)
    return re.sub(
        rb"/ID ?\[\s*<([0-9A-Fa-f]{32})>\s*<([0-9A-Fa-f]{32})>\s*\]",
        lambda m: m[0].replace(m[1], b"0" * 32).replace(m[2], b"0" * 32),
        pdf,
    )


def with_typst(source: Path, folder: Path) -> bytes:
    """Typst, with the fonts that its wheel carries and no other."""
    if importlib.util.find_spec("typst") is None:
        raise Missing("the Python package typst is not installed")
    import typst

    made = typst.compile(str(source), ignore_system_fonts=True, timestamp=EPOCH)
    if not isinstance(made, bytes):
        raise RuntimeError("typst gave no single PDF")
    return made


def with_chromium(source: Path, folder: Path) -> bytes:
    """Chromium's print to PDF."""
    program = _program("chromium", "chromium-browser", "google-chrome")
    target = folder / "out.pdf"
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}"]
    _run([*command, source.as_uri()], folder)
    return _fixed_dates(target.read_bytes())


def with_latex(source: Path, folder: Path) -> bytes:
    """pdfLaTeX; twice, for tables and references."""
    program = _program("pdflatex")
    shutil.copy(source, folder)
    for _ in range(2):
        _run([program, "-interaction=nonstopmode", "-halt-on-error", source.name], folder)
    return (folder / f"{source.stem}.pdf").read_bytes()


def with_libreoffice(source: Path, folder: Path) -> bytes:
    """LibreOffice Writer from a flat OpenDocument file."""
    program = _program("soffice", "libreoffice")
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source)]
    _run(command, folder)
    return _fixed_dates((folder / f"{source.stem}.pdf").read_bytes())


PRODUCERS: dict[str, Callable[[Path, Path], bytes]] = {
    ".typ": with_typst,
    ".html": with_chromium,
    ".tex": with_latex,
    ".fodt": with_libreoffice,
}


def main(names: list[str]) -> int:
    """Make the named PDFs, or all; 1 where one failed."""
    failed = False
    for source in sorted(path for folder in FOLDERS for path in folder.glob("sources/*")):
        producer = PRODUCERS.get(source.suffix)
        if producer is None or (names and source.stem not in names):
            continue
        target = source.parent.parent / f"{source.stem}.pdf"
        with tempfile.TemporaryDirectory() as folder:
            try:
                pdf = producer(source, Path(folder))
            except Missing as why:
                print(f"skipped {target.name}: {why}", file=sys.stderr)
                continue
            except (RuntimeError, OSError, subprocess.TimeoutExpired) as why:
                print(f"failed  {target.name}: {why}", file=sys.stderr)
                failed = True
                continue
        if len(pdf) > MAX_BYTES:
            print(f"failed  {target.name}: {len(pdf)} bytes, over {MAX_BYTES}", file=sys.stderr)
            failed = True
            continue
        same = target.exists() and target.read_bytes() == pdf
        target.write_bytes(pdf)
        print(f"{'same   ' if same else 'made   '} {target.name} {len(pdf) // 1024} KiB")
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
