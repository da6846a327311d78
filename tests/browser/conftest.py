"""A real browser, and the reports that it opens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT, lacking

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it; skips where it or Playwright is lacking."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking("playwright is not installed (pip install 'skillgap[test]')")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        lacking("no chromium on this machine (apt install chromium)")
    with sync_playwright() as p:
        opened = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def analyzer(_own_cache: None) -> Any:
    from skillgap import Analyzer

    return Analyzer()


def written(analyzer: Any, source: Path, target: Path, **options: Any) -> Path:
    """The HTML report of a file."""
    from skillgap.types import Options, PartialDate

    chosen = Options(as_of=PartialDate(2026, 11), **options)
    analysis = analyzer.examine(source, options=chosen)
    target.write_text(analyzer.html(source, analysis), encoding="utf-8")
    return target


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="session")
def report(analyzer: Any, folder: Path) -> Path:
    """The report of an example résumé."""
    return written(analyzer, ROOT / "examples/resumes/prompt-engineer.pdf", folder / "report.html")


@pytest.fixture(scope="session")
def redacted(analyzer: Any, folder: Path) -> Path:
    source = ROOT / "examples/resumes/prompt-engineer.pdf"
    return written(analyzer, source, folder / "redacted.html", redact=True)


@pytest.fixture(scope="session")
def text_report(analyzer: Any, folder: Path) -> Path:
    """The report of a résumé without pages, with hostile words in it."""
    source = folder / "resume.md"
    source.write_text(
        "# Ada Example\n\nada@example.com · 555-0142\n\n## Summary\n"
        "I know Python & SQL. No experience with Terraform. Currently learning Kubernetes.\n\n"
        "## Experience\n\n**Engineer**, Acme `<img src=x onerror=alert(1)>` Ltd, 2021-03 – 2024-06\n\n"
        "- Built `<script>alert(1)</script>` pipelines with LangChain, PyTorch and Docker on AWS.\n",
        encoding="utf-8",
    )
    return written(analyzer, source, folder / "text.html")
