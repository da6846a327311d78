"""Rates by group: by hand, by fairlearn, and on the edges."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillgap.batch.audit import TITLE, Groups, audit, katz, table, wilson
from skillgap.batch.ranking import Choice, Ranking
from skillgap.errors import ConfigError, FileMissing

from .made import ledger_of, row


def people(**counts: tuple[int, int]) -> list[tuple[str, bool]]:
    """group=(people, counted)"""
    return [(g, i < counted) for g, (n, counted) in counts.items() for i in range(n)]


def test_rates_ratios_and_four_fifths_by_hand() -> None:
    made = table("selection", "sex", people(women=(40, 12), men=(60, 30), unknown=(5, 5)))
    men, women, unknown = made.groups
    assert (men.group, men.rate, men.ratio, men.below_four_fifths) == ("men", 0.5, 1.0, False)
    assert (women.rate, women.ratio, women.below_four_fifths) == (0.3, 0.6, True)
    assert (unknown.group, unknown.people, unknown.ratio) == ("unknown", 5, None)
    assert (made.people, made.unknown) == (105, 5)


def test_four_fifths_exactly_is_not_below() -> None:
    made = table("selection", "g", people(a=(10, 5), b=(10, 4)))
    assert made.groups[1].ratio == 0.8
    assert not made.groups[1].below_four_fifths


def test_small_groups_are_marked() -> None:
    made = table("scoring", "g", people(a=(99, 50), b=(1, 1)))
    assert {g.group: g.small for g in made.groups} == {"a": False, "b": True}


def test_nobody_selected_gives_no_ratio() -> None:
    made = table("selection", "g", people(a=(5, 0), b=(5, 0)))
    assert [g.ratio for g in made.groups] == [None, None]


def test_intervals_are_those_of_the_books() -> None:
    # Wilson, 10 of 20: 0.2993 … 0.7007. Katz, (30/100)/(60/100): 0.5 · exp(∓1.96 · 0.1732…)
    assert wilson(10, 20) == pytest.approx((0.2993, 0.7007), abs=1e-4)
    low, high = katz(30, 100, 60, 100) or (0, 0)
    error = (1 / 30 - 1 / 100 + 1 / 60 - 1 / 100) ** 0.5
    assert low == pytest.approx(0.5 * 2.718281828 ** (-1.959963985 * error), rel=1e-6)
    assert low * high == pytest.approx(0.25)
    assert katz(0, 5, 1, 5) is None
    assert wilson(0, 10)[0] == 0.0


def test_equal_to_fairlearn() -> None:
    metrics = pytest.importorskip("fairlearn.metrics", reason="the extra “audit” is not installed")
    given = people(a=(31, 17), b=(44, 13), c=(25, 21))
    groups = [g for g, _ in given]
    chosen = [int(s) for _, s in given]
    frame = metrics.MetricFrame(
        metrics=metrics.selection_rate, y_true=chosen, y_pred=chosen, sensitive_features=groups
    )
    ours = table("selection", "g", given)
    for group in ours.groups:
        assert group.rate == pytest.approx(frame.by_group[group.group], abs=1e-4)
    worst = min(g.ratio for g in ours.groups if g.ratio is not None)
    ratio = metrics.demographic_parity_ratio(chosen, chosen, sensitive_features=groups)
    assert worst == pytest.approx(ratio, abs=1e-4)


def test_scoring_rates_are_shares_above_the_median(tmp_path: Path) -> None:
    scores = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}
    ledger, batch = ledger_of(tmp_path, {n: row(s) for n, s in scores.items()}, {"f": "no_text"})
    (tmp_path / "groups.csv").write_text(
        "candidate,sex,ethnicity\na,F,X\nb,M,X\nc.pdf,F,Y\nd,M,\nf,F,X\n", encoding="utf-8"
    )
    groups = Groups.read(tmp_path / "groups.csv")
    found = audit(Ranking(ledger, batch, choice=Choice(count=2)), groups)
    assert found.title == TITLE
    assert found.median == 70
    tables = {(t.kind, t.attribute): t for t in found.tables}
    assert set(tables) == {
        (k, a)
        for k in ("scoring", "selection", "assessed")
        for a in ("sex", "ethnicity", "sex × ethnicity")
    }
    sex = {g.group: (g.people, g.counted) for g in tables["scoring", "sex"].groups}
    # e stands in no line of the file; c is named by its file
    assert sex == {"F": (2, 1), "M": (2, 1), "unknown": (1, 0)}
    both = tables["scoring", "sex × ethnicity"]
    assert both.unknown == 2
    assert {g.group for g in both.groups} == {"F × X", "M × X", "F × Y", "unknown"}
    assessed = {g.group: (g.people, g.counted) for g in tables["assessed", "sex"].groups}
    assert assessed["F"] == (3, 2)
    ledger.close()


@pytest.mark.parametrize(
    ("text", "error"),
    [("name,sex\na,F\n", ConfigError), ("candidate\na\n", ConfigError), (None, FileMissing)],
)
def test_a_file_of_groups_that_does_not_work_is_said(
    tmp_path: Path, text: str | None, error: type[Exception]
) -> None:
    path = tmp_path / "groups.csv"
    if text is not None:
        path.write_text(text)
    with pytest.raises(error):
        Groups.read(path)
