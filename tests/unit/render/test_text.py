from __future__ import annotations

import pytest

from skillgap.render.text import bar, flow, render_text

from . import sample


def shown(width: int | None = 80, terminal: bool = False) -> str:
    return render_text(sample.report(), width=width, terminal=terminal, labels=sample.LABELS)


def test_opens_with_who_and_the_closest_roles() -> None:
    lines = shown().splitlines()
    assert lines[0].startswith(sample.HOSTILE + " · 2 pages · 3 skills found")
    assert lines[0].endswith(" ada <b>.pdf")
    assert set(lines[1]) == {"─"}
    assert lines[2].startswith("Closest roles")
    assert lines[3].startswith("1 Engineer <i>of</i> models")
    assert " 1+1 of 3 " in lines[3]


def test_says_the_five_facts() -> None:
    text = " ".join(shown().replace("\N{NO-BREAK SPACE}", " ").split())
    for said in (
        "Engineer <i>of</i> models, 62 of 100 · close",
        "What carries it",
        "PyTorch, Python (20 mo to 2024, p. 1)",
        "In part",
        "Vector databases +6.0 through Retrieval (5.5 y to now, p. 1)",
        "What is missing",
        "+9.5 learn it",
        "2 (1 free)",
        "Say it: Name the APIs that you built.",
        "Shortest way to 85 · ~60 h · a price is unknown",
        "not met Years of experience: 5 years (3 years in dated positions)",
        "not said Degree: A degree",
        "Kubernetes, Ray: being learned or wanted: “Currently learning Kubernetes and Ray.”",
        "14 words can't be seen: <u> (page 2)",
    ):
        assert said in text, said


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_but_an_address_is_wider_than_asked(width: int) -> None:
    for line in shown(width).splitlines():
        assert len(line) <= width or line.strip().startswith(("https://", "javascript:")), line


@pytest.mark.parametrize("width", [40, 60, 80])
def test_nothing_is_cut_off_by_a_narrow_table(width: int) -> None:
    text = shown(width)
    assert "say it" in text
    assert "learn it" in text
    assert not [row for row in text.splitlines() if row.rstrip().endswith("lear…")]


def test_addresses_stay_on_one_line() -> None:
    url = "https://example.com/courses/c0/a-rather-long-address-that-has-to-stay-on-one-line"
    assert any(line.strip() == url for line in shown(60).splitlines())


def test_long_plans_are_shortened() -> None:
    text = shown()
    assert "Course 7" in text
    assert "Course 8" not in text
    assert "and 2 courses more, 12 h" in text


def test_no_escape_codes_where_the_output_is_no_terminal() -> None:
    assert "\x1b" not in shown()


def test_no_color_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = shown(terminal=True)
    assert "\x1b[3" not in text  # colors; bold may stay


def test_control_characters_of_a_resume_do_not_reach_the_terminal() -> None:
    contact = dict(name="Ada \x1b[31mRed\x1b[0m\x07")
    text = render_text(sample.report(contact=contact), width=80)
    assert "\x1b" not in text
    assert "\x07" not in text


def test_markup_of_the_terminal_library_is_plain_text() -> None:
    text = render_text(sample.report(contact=dict(name="[bold]Ada[/bold]")), width=80)
    assert text.startswith("[bold]Ada[/bold] ·")


def test_the_same_report_gives_the_same_text() -> None:
    assert shown() == shown()


def test_an_empty_report_is_still_one() -> None:
    text = render_text(sample.report(roles=[], skills=[], contact=None), width=80)
    assert text.startswith("Résumé · 2 pages · 0 skills found")


def test_what_if_and_corrections_are_named() -> None:
    changed = sample.report(
        what_if=dict(learned=["aws"], unlearned=["rag"]),
        corrections=dict(declared=["gcp"], disputed=["python"]),
    )
    text = render_text(changed, width=80, labels=sample.LABELS)
    assert "As it would be with AWS and without Retrieval." in text
    assert "You say that you have: Google Cloud." in text
    assert "You say that you don't have: Python." in text


def test_a_bar_has_ten_cells_whatever_it_shows() -> None:
    for met in range(8):
        for partial in range(8 - met):
            assert len(bar(met, partial, 7)) == 10
    assert bar(7, 0, 7) == "█" * 10
    assert bar(0, 0, 0) == "░" * 10


def test_flow_breaks_between_items() -> None:
    assert flow(["a b c", "d e f", "g h"], 12).split("\n") == ["a b c,", "d e f, g h"]
    assert flow(["a b c", "d e f"], 13) == "a b c, d e f"
    assert flow(["much too long for it"], 10).split("\n") == ["much too", "long for", "it"]
