"""The page in a real browser: a report, a correction, an error, a batch; on a phone, in the dark, by axe."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.test_report import OVERFLOW, PHONE, WIDE
from tests.conftest import lacking
from tests.integration.serving import EXAMPLES, POSTING, RESUME, Client, client

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SLOW = 60_000  # milliseconds


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with client(tmp_path_factory.mktemp("page")) as made:
        yield made


@contextmanager
def opened(browser: Browser, service: Client, expected: str = "", **context: Any) -> Iterator[Page]:
    """The page; fails on errors of the page, other than answers that are `expected`."""
    made = browser.new_context(**({"viewport": WIDE} | context))
    try:
        page = made.new_page()
        page.set_default_timeout(SLOW)
        wrong: list[str] = []
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.on(
            "request",
            lambda r: (
                None
                if r.url.startswith((str(service.base_url), "data:", "blob:", "about:"))
                else wrong.append(r.url)
            ),
        )
        page.goto(str(service.base_url))
        yield page
        assert [w for w in wrong if not (expected and expected in w)] == []
    finally:
        made.close()


def analyze(page: Page, *files: Path, role: str = "") -> None:
    page.set_input_files("#file", list(files))
    if role:
        page.select_option("#role", role)
    page.click("#go")


def report_of(page: Page) -> Any:
    page.wait_for_selector("#report:not([hidden])")
    return page.frame_locator("#frame")


def test_a_report_with_evidence_on_the_page(browser: Browser, service: Client) -> None:
    with opened(browser, service) as page:
        analyze(page, RESUME)
        report = report_of(page)
        assert page.evaluate("document.activeElement.id") == "report-h"
        assert report.locator("h1").inner_text() == "Maya Lindqvist"
        assert report.locator(".page .mark").count() > 50
        # the frame is as tall as what it holds, so there is one scroll bar
        inner = report.locator("html").evaluate("e => e.scrollHeight")
        assert page.locator("#frame").bounding_box()["height"] >= inner  # type: ignore[index]
        outside = report.locator("a[href^=http]").first
        assert outside.get_attribute("target") == "_blank"
        with page.expect_download() as saved:
            page.click("#save-json")
        found = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
        assert found["document"]["name"] == RESUME.name


def test_what_a_person_says_changes_the_report(browser: Browser, service: Client) -> None:
    with opened(browser, service) as page:
        analyze(page, RESUME, role="mlops-engineer")
        report = report_of(page)
        before = float(report.locator(".big").first.inner_text())
        page.click("#correct summary")
        page.fill("#declare", "Kubernetes")
        page.keyboard.press("Enter")
        report.locator("text=You say that you have: Kubernetes").wait_for()
        assert float(report.locator(".big").first.inner_text()) > before
        page.get_by_role("button", name="Python is wrong").click()
        report.locator("text=You say that you don't have: Python").wait_for()
        page.get_by_role("button", name="Take Kubernetes back").click()
        report.locator("text=You say that you have").wait_for(state="detached")


def test_a_posting_and_an_unknown_skill(browser: Browser, service: Client) -> None:
    with opened(browser, service, expected="404") as page:
        page.click("#posting summary")
        page.fill("#job", POSTING.read_text(encoding="utf-8"))
        analyze(page, RESUME)
        report = report_of(page)
        assert report.locator(".ranking tbody tr").count() == 1
        page.click("#correct summary")
        page.fill("#declare", "no such thing")
        page.keyboard.press("Enter")
        page.wait_for_selector("#declare-problem.bad")
        assert "no such thing" in page.inner_text("#declare-problem")


def test_errors_as_a_person_understands_them(
    browser: Browser, service: Client, tmp_path: Path
) -> None:
    wrong = tmp_path / "cv.pdf"
    wrong.write_bytes(b"\x7fELF" + bytes(900))
    with opened(browser, service, expected="415") as page:
        page.click("#go")
        assert "Choose a file first" in page.inner_text("#problem")
        analyze(page, wrong)
        page.locator("#problem", has_text="program").wait_for()
        assert page.evaluate("document.activeElement.id") == "problem"
        assert page.locator("#report").is_hidden()
        analyze(page, *EXAMPLES[:2])
        page.locator("#problem", has_text="role").wait_for()


def test_a_batch(browser: Browser, service: Client, tmp_path: Path) -> None:
    hostile = tmp_path / "<img src=x onerror=alert(1)>.md"
    hostile.write_text("# Ada Example\n\n## Skills\n\nPython, Docker\n", encoding="utf-8")
    wrong = tmp_path / "wrong.pdf"
    wrong.write_bytes(b"\x7fELF" + bytes(900))
    with opened(browser, service) as page:
        analyze(page, *EXAMPLES[:4], hostile, wrong, role="ai-consultant")
        page.wait_for_selector("#batch:not([hidden])")
        rows = page.locator("#table tbody tr")
        assert rows.count() == 5
        assert "1 not assessed" in page.inner_text("#failures summary")
        names = rows.locator("th button").all_inner_texts()
        assert hostile.name in names
        page.click("th[data-column=candidate] button")
        assert page.get_attribute("th[data-column=candidate]", "aria-sort") == "ascending"
        again = rows.locator("th button").all_inner_texts()
        assert sorted(again) == sorted(names)
        assert again != names
        page.fill("#filter", "consultant.pdf")
        assert page.locator("#table tbody tr:visible").count() == 1
        assert page.inner_text("#shown") == "1 of 5 shown"
        for form in ("xlsx", "csv", "json"):
            with page.expect_download() as saved:
                page.click(f"[data-format={form}]")
            assert saved.value.suggested_filename == f"ranking.{form}"
        page.locator("#table tbody tr:visible button").click()
        assert report_of(page).locator(".ranking tbody tr").count() == 1
        page.reload()  # the address names the batch
        page.wait_for_selector("#batch:not([hidden])")
        page.click("#delete")
        page.click("#sure button[value=yes]")
        page.wait_for_selector("#batch", state="hidden")
        assert "deleted" in page.inner_text("#chosen")


def test_by_keyboard_alone(browser: Browser, service: Client) -> None:
    with opened(browser, service) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        seen = []
        for _ in range(9):
            page.keyboard.press("Tab")
            seen.append(
                page.evaluate("document.activeElement.id || document.activeElement.tagName")
            )
        assert seen[:3] == ["file", "role", "level"]
        assert "go" in seen
        page.set_input_files("#file", RESUME)
        page.focus("#go")
        page.keyboard.press("Enter")
        assert report_of(page).locator("h1").inner_text() == "Maya Lindqvist"


def test_with_a_key(browser: Browser, tmp_path: Path) -> None:
    with (
        client(tmp_path, api_keys="open sesame") as guarded,
        opened(browser, guarded, expected="401") as page,
    ):
        analyze(page, RESUME)
        page.wait_for_selector("#problem:not([hidden])")
        assert page.evaluate("document.activeElement.id") == "key"
        page.fill("#key", "open sesame")
        page.click("#go")
        assert report_of(page).locator("h1").inner_text() == "Maya Lindqvist"


def test_without_scripts(browser: Browser, service: Client) -> None:
    with opened(browser, service, java_script_enabled=False) as page:
        page.set_input_files("#file", RESUME)
        page.click("#go")
        assert page.locator("h1").inner_text() == "Maya Lindqvist"


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", WIDE), ("dark", WIDE), ("light", PHONE), ("dark", PHONE)]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, service: Client, scheme: str, size: dict[str, int]
) -> None:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        lacking("axe-playwright-python is not installed (pip install 'skillgap[test]')")

    def judged(page: Page) -> None:
        assert page.evaluate(OVERFLOW.replace("'body *'", "'body > *, main *'")) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        found = Axe().run(page, options={"iframes": False}).response["violations"]
        assert [(v["impact"], v["id"], v["nodes"][0]["html"]) for v in found] == []

    # The page's own policy forbids scripts of others, axe's among them.
    with opened(browser, service, color_scheme=scheme, viewport=size, bypass_csp=True) as page:
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, ground[4:-1].split(","))) < 120) == (scheme == "dark")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        page.click("#go")
        judged(page)
        analyze(page, RESUME)
        report_of(page)
        judged(page)
        analyze(page, *EXAMPLES[:3], role="data-scientist")
        page.wait_for_selector("#batch:not([hidden])")
        judged(page)
