"""The written cases of tests/data against the built-in pipeline, as `skillgap evaluate` counts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillgap.analyzer import Analyzer
from skillgap.evaluation.gold import labelled, load_gold
from skillgap.evaluation.places import (
    Place,
    ambiguous_places,
    evaluate_passages,
    passages,
    passages_text,
    share,
)

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def test_statuses_of_passages(analyzer: Analyzer) -> None:
    """F1 with floors; a form that is not found counts as missed."""
    measured = evaluate_passages(analyzer, passages([DATA / "assertions"]))
    for status, floor, least in (
        ("aspired", 0.85, 180),
        ("negated", 0.85, 180),
        ("other", 0.75, 80),
    ):
        figures = measured["statuses"][status][status]
        assert figures["true"] >= least
        assert floor <= figures["f1"] <= figures["high"], (status, figures)
    assert "negated, writer b" in passages_text(measured)


def test_ambiguous_places_of_the_hard_set(analyzer: Analyzer) -> None:
    places: list[Place] = []
    for path in labelled([DATA / "hard"]):
        places += ambiguous_places(analyzer.read(path), load_gold(path), path)
    wrong = [(p.file, p.text) for p in places if p.said != p.skill]
    figures = share([p.said == p.skill for p in places])
    assert figures["count"] >= 280
    assert figures["value"] >= 0.95, wrong
