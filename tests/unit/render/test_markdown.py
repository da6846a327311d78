from __future__ import annotations

import re

from skillgap.render.markdown import escape, link, render_markdown

from . import sample


def shown() -> str:
    return render_markdown(sample.report(), labels=sample.LABELS)


def test_says_the_five_facts() -> None:
    text = shown()
    for said in (
        "## Closest roles",
        "### What carries it",
        "- **One of the frameworks** +40.0: PyTorch, Python (20 mo to 2024, p. 1)",
        "### What is missing",
        "| A cloud (AWS, Google Cloud, Azure …) | +9.5 |",
        "### Shortest way to 85 · ~60 h",
        "**not met**",
        "Terraform: said not to be there: “No experience with Terraform.” (p. 1)",
        "## Warnings",
        "taxonomy 2026.11",
    ):
        assert said in text, said


def test_nothing_of_a_resume_becomes_markup() -> None:
    text = shown()
    bare = re.sub(r"\\.", "", text)
    assert "<script" not in bare
    assert "<b>" not in bare
    assert "<i>" not in bare


def test_only_addresses_of_the_web_are_linked() -> None:
    text = shown()
    assert "](https://example.com/courses/c0/" in text
    assert "javascript:" not in text


def test_an_address_can_not_end_its_link() -> None:
    course = sample.report().courses[0].model_copy(update=dict(url="https://example.com/a(b) c"))
    assert link(course).endswith("](https://example.com/a%28b%29%20c)")


def test_rows_of_tables_have_as_many_cells_as_their_head() -> None:
    rows = [row for row in shown().splitlines() if row.startswith("|")]
    cells = [len(re.findall(r"(?<!\\)\|", row)) for row in rows]
    assert set(cells) == {7, 6}


def test_escape_keeps_text_on_one_line() -> None:
    assert escape("a\nb  *c* | d") == "a b \\*c\\* \\| d"


def test_the_same_report_gives_the_same_markdown() -> None:
    assert shown() == shown()
