"""The HTML report in a real browser: what it says, for whom it can be read, and on what paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import lacking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
OVERFLOW = """() => [...document.querySelectorAll('body *')].filter(e => {
    const r = e.getBoundingClientRect();
    return r.width > 1 && r.right > innerWidth + 1 && !e.closest('.page') && !e.closest('.skip');
}).map(e => e.outerHTML.slice(0, 120))"""


@contextmanager
def opened(browser: Browser, path: Path, **context: Any) -> Iterator[Page]:
    """A page of its own; fails on errors of the page and on anything that it loads."""
    options = {"viewport": WIDE} | context
    with_context = browser.new_context(**options)
    try:
        page = with_context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.on("dialog", lambda d: wrong.append(f"dialog: {d.message}") or d.dismiss())  # type: ignore[func-returns-value]
        page.on(
            "request",
            lambda r: wrong.append(r.url) if not r.url.startswith(("file:", "data:")) else None,
        )
        page.goto(path.as_uri())
        yield page
        assert wrong == []
    finally:
        with_context.close()


def test_opens_with_the_same_facts_as_the_terminal(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        assert page.title().startswith("Maya Lindqvist: Prompt Engineer")
        assert page.locator("h1").inner_text() == "Maya Lindqvist"
        assert page.locator(".ranking tbody tr").count() == 9
        role = page.locator("section.role").first
        heads = [h.split(" · ")[0] for h in role.locator("h3").all_inner_texts()]
        # Whether courses alone lead to the target depends on the taxonomy; that there is a plan, not.
        heads = ["The plan" if h.startswith(("Shortest way", "Courses lead")) else h for h in heads]
        want = [
            "What carries it",
            "Met in part",
            "What is missing",
            "The plan",
            "How the score is made up",
            "By group of skills",
        ]
        assert [h for h in heads if h in want] == want
        assert page.locator("footer").inner_text().startswith("skillgap ")


def test_the_parts_of_the_score_add_up(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        for role in page.locator("section.role").all():
            points = [
                float(t) for t in role.locator("td[data-head=Points]").all_text_contents() if t
            ]
            assert sum(points[:-1]) == pytest.approx(points[-1], abs=0.005)
            shown = float(role.locator(".big").inner_text())
            assert abs(points[-1] - shown) <= 0.5


def test_marks_lie_over_the_page_and_light_up_with_their_skill(
    browser: Browser, report: Path
) -> None:
    with opened(browser, report) as page:
        marks = page.locator(".page .mark")
        assert marks.count() > 50
        sheet = page.locator(".page").first.bounding_box()
        assert sheet is not None
        for box in (m.bounding_box() for m in marks.all()):
            assert box is not None
            assert sheet["x"] <= box["x"]
            assert box["x"] + box["width"] <= sheet["x"] + sheet["width"] + 1
            assert 3 < box["height"] < 40
        skill = page.locator(".found a.skill", has_text=re.compile("^Git$"))
        key = next(c for c in (skill.get_attribute("class") or "").split() if c[0] == "k")
        mark = page.locator(f".mark.{key}").first
        outline = "e => getComputedStyle(e).outlineStyle"
        assert mark.evaluate(outline) == "none"
        skill.hover()
        assert mark.evaluate(outline) == "solid"
        page.mouse.move(0, 0)
        assert mark.evaluate(outline) == "none"
        mark.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")  # by keyboard, so that focus is shown
        assert page.locator(f"li.{key}").evaluate(outline) == "solid"


def test_a_mark_leads_to_its_skill_and_back(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        page.locator(".found a.skill").first.click()
        target = page.evaluate("location.hash.slice(1)")
        assert target.startswith("m")
        page.evaluate("id => document.getElementById(id).click()", target)
        assert page.evaluate("location.hash").startswith("#s")


def test_nothing_is_lost_without_scripts(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        with_scripts = page.locator("main").inner_text()
    with opened(browser, report, java_script_enabled=False) as page:
        assert page.locator("main").inner_text() == with_scripts
        page.locator("section.role details.paper summary").first.click()
        assert page.locator("section.role details.paper table").first.is_visible()


@pytest.mark.parametrize(
    ("name", "scheme", "size"),
    [
        ("report", "light", WIDE),
        ("report", "dark", WIDE),
        ("report", "light", PHONE),
        ("redacted", "light", WIDE),
        ("text_report", "light", PHONE),
        ("text_report", "dark", WIDE),
    ],
)
def test_axe_finds_nothing(
    browser: Browser, request: pytest.FixtureRequest, name: str, scheme: str, size: dict[str, int]
) -> None:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        lacking("axe-playwright-python is not installed (pip install 'skillgap[test]')")
    path = request.getfixturevalue(name)
    # The report's own policy forbids scripts of others, axe's among them.
    with opened(browser, path, color_scheme=scheme, viewport=size, bypass_csp=True) as page:
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        found = Axe().run(page).response["violations"]
        assert [(v["impact"], v["id"], v["nodes"][0]["html"]) for v in found] == []


@pytest.mark.parametrize("name", ["report", "text_report"])
@pytest.mark.parametrize("width", [320, 360, 700, 900])
def test_nothing_sticks_out_at_any_width(
    browser: Browser, request: pytest.FixtureRequest, name: str, width: int
) -> None:
    path = request.getfixturevalue(name)
    with opened(browser, path, viewport={"width": width, "height": 740}) as page:
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert page.evaluate(OVERFLOW) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_is_dark(browser: Browser, report: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with opened(browser, report, color_scheme="dark") as page:
        dark = page.evaluate(ground)
    with opened(browser, report, color_scheme="light") as page:
        light = page.evaluate(ground)
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 120
    assert sum(map(int, re.findall(r"\d+", light)[:3])) > 680


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_prints_on_paper_with_all_marks_and_tables(
    browser: Browser, report: Path, paper: str
) -> None:
    import pypdfium2

    with opened(browser, report) as page:
        data = page.pdf(format=paper)
    pdf = pypdfium2.PdfDocument(data)
    try:
        size = pdf[0].get_size()
        assert size == pytest.approx({"A4": (595, 842), "Letter": (612, 792)}[paper], abs=2)
        texts = [pdf[i].get_textpage().get_text_bounded() for i in range(len(pdf))]
    finally:
        pdf.close()
    assert 5 < len(texts) < 40
    whole = " ".join("\n".join(texts).split())
    assert "Maya Lindqvist" in texts[0]
    assert "What counts" in whole  # the folded table is unfolded on paper
    assert "https://" in whole  # a link that can't be clicked is written out
    assert "Skills on the pages" in whole
    assert not [t for t in texts if not t.strip()]


def test_redacted_reports_show_nothing_of_the_person(browser: Browser, redacted: Path) -> None:
    source = redacted.read_text(encoding="utf-8")
    words = re.sub(r"data:[^\"]*", "", source)
    for secret in ("Lindqvist", "Maya", "555-01", "@example.com"):
        assert secret not in words
    with opened(browser, redacted) as page:
        assert page.title().startswith("Résumé:")
        assert page.locator(".file").inner_text() == "resume.pdf"
        # The name's place on the page: black from edge to edge of the words.
        dark = page.evaluate(
            """async () => {
                const i = document.querySelector('.page img');
                await i.decode();
                const c = document.createElement('canvas');
                c.width = i.naturalWidth; c.height = i.naturalHeight;
                const g = c.getContext('2d');
                g.drawImage(i, 0, 0);
                const d = g.getImageData(0, 0, c.width, Math.round(c.height / 6)).data;
                let n = 0;
                for (let k = 0; k < d.length; k += 4) if (d[k] + d[k + 1] + d[k + 2] === 0) n++;
                return n / (d.length / 4);
            }"""
        )
        assert dark > 0.06


def test_hostile_words_stay_words(browser: Browser, text_report: Path) -> None:
    with opened(browser, text_report) as page:
        text = page.locator(".words").inner_text()
        assert "<script>alert(1)</script>" in text
        assert "<img src=x onerror=alert(1)>" in text
        assert page.locator(".words img").count() == 0
        marked = page.locator(".words mark").all_inner_texts()
        assert {"Python", "Terraform", "Kubernetes", "PyTorch"} <= set(marked)
        assert page.locator(".words .negated mark").all_inner_texts() == ["Terraform"]
