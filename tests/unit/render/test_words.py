from __future__ import annotations

import pytest

from skillgap.render import words

from . import sample


@pytest.mark.parametrize(
    ("months", "said"), [(None, ""), (0, "0 mo"), (23, "23 mo"), (24, "2 y"), (69, "5.5 y")]
)
def test_a_duration_is_never_rounded_up(months: int | None, said: str) -> None:
    assert words.duration(months) == said


def test_a_members_label_is_its_own_and_not_its_groups() -> None:
    labels = words.labels_of(sample.report(), sample.LABELS)
    assert labels["pytorch"] == "PyTorch"
    assert labels["frameworks"] == "One of the frameworks"


def test_mentions_of_one_line_are_quoted_once() -> None:
    asides = words.not_counted(sample.report())
    assert [a.labels for a in asides] == [("Kubernetes", "Ray"), ("Terraform",)]
    assert asides[1].quote == "No experience with Terraform."
    assert asides[1].page == 1


def test_what_counts_is_named() -> None:
    role = sample.report().roles[0]
    labels = words.labels_of(sample.report(), sample.LABELS)
    assert words.why_counted(role.matched[0], labels) == "PyTorch, Python"
    assert words.why_counted(role.matched[1], labels) == ""
    assert words.why_counted(role.matched[2], labels) == "through Retrieval"


def test_alternatives_are_named_and_cut() -> None:
    m = sample.report().roles[0].missing[0]
    labels = words.labels_of(sample.report(), sample.LABELS)
    assert words.choices(m, labels) == "AWS, Google Cloud, Azure …"
    assert words.choices(m, labels, most=4) == "AWS, Google Cloud, Azure or Oracle Cloud"


def test_the_order_of_roles_is_explained_only_where_scores_are_out_of_order() -> None:
    report = sample.report()
    assert "alike" in words.order_note(report)
    assert words.order_note(sample.report(roles=[report.roles[0].model_dump()])) == ""


def test_an_unknown_price_is_said_and_not_summed() -> None:
    report = sample.report()
    plan = report.roles[0].plan
    assert plan is not None
    assert words.plan_title(plan) == "Shortest way to 85 · ~60 h · a price is unknown"
    courses = {c.id: c for c in report.courses}
    assert words.access_text(courses["c2"]) == "price unknown"
    assert words.offered(report.roles[0].missing[0], courses) == "2 (1 free)"


def test_a_plan_that_falls_short_says_so() -> None:
    plan = sample.report().roles[0].plan
    assert plan is not None
    short = plan.model_copy(update=dict(score_after=78.2, cost=49.0, hours_estimated=False))
    assert words.plan_title(short) == "Courses lead to 78, not to 85 · 60 h · $49"


def test_a_number_is_never_cut() -> None:
    text = "often well over $180,000 a year for mid to senior specialists"
    assert words.shortened(text, 27) == "often well over $180,000 …"
    assert words.shortened(text, 23) == "often well over …"


@pytest.mark.parametrize("longest", [10, 30, 46, 200])
def test_shortening_keeps_the_beginning_and_the_length(longest: int) -> None:
    text = "well over $100,000 a year for those who have done it twice, and more in cities"
    short = words.shortened(text, longest)
    assert len(short) <= max(longest + 1, 0)
    assert text.startswith(short.removesuffix("…").rstrip())
    assert short == text or short.endswith("…")
