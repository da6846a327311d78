"""Order, shared ranks, repeated texts, who is selected, and the pool."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from skillgap.batch.insight import look_at, median
from skillgap.batch.ranking import Choice, Ranking, same_band
from skillgap.batch.rows import Row, deviation, text_key
from skillgap.taxonomy.model import Taxonomy
from skillgap.types import Coverage, Matched, Missing, ProfiledSkill, RoleMatch, SkillProfile

from .made import ledger_of, row


def match(contribution: float, gain: float, met: int = 1, total: int = 2) -> RoleMatch:
    return RoleMatch(
        "r", "R", contribution, "close", 0.5,
        {"essential": Coverage(met, 0, total), "important": Coverage(0, 0, 0),
         "useful": Coverage(0, 0, 0)},
        (Matched("a", "A", "essential", contribution, False),),
        (Missing("b", "B", "essential", gain, False, None, (), "learn_it", "", (), None),) if gain else (),
    )  # fmt: skip


def test_a_row_survives_its_json() -> None:
    one = row(71.25, person="Ada", courses=2, met=("a", "b"))
    assert Row.from_json(one.to_json()) == one


def test_the_error_of_a_score_follows_its_formula() -> None:
    sure = SkillProfile({"a": ProfiledSkill("a", "claimed", 1.0)})
    unsure = SkillProfile({"a": ProfiledSkill("a", "claimed", 0.6)})
    # p = 0.97 at most: sqrt(50² · 0.97 · 0.03); all requirements met, so nothing is unseen
    assert deviation(match(50, 0, 1, 1), sure) == pytest.approx(50 * (0.97 * 0.03) ** 0.5)
    assert deviation(match(50, 0, 1, 1), unsure) == pytest.approx(50 * (0.6 * 0.4) ** 0.5)
    # half of two are met: q = 0.5 · 0.05 / (0.5 · 0.05 + 0.5)
    q = 0.025 / 0.525
    expected = (50**2 * 0.97 * 0.03 + 40**2 * q * (1 - q)) ** 0.5
    assert deviation(match(50, 40), sure) == pytest.approx(expected)


def test_scores_that_cant_be_told_apart_share_a_rank(tmp_path: Path) -> None:
    # the error of a difference of two errors of 3 is 4.24
    rows = {n: row(s, 3.0) for n, s in {"a": 80, "b": 76, "c": 74, "d": 70, "e": 50}.items()}
    ledger, batch = ledger_of(tmp_path, rows)
    found = [(o.candidate, o.rank, o.place) for o in Ranking(ledger, batch).ranked()]
    assert found == [("a", 1, 1), ("b", 1, 2), ("c", 3, 3), ("d", 3, 4), ("e", 5, 5)]
    ledger.close()


def test_bands_do_not_chain() -> None:
    assert same_band(row(80, 3.0), row(76, 3.0))
    assert same_band(row(76, 3.0), row(72, 3.0))
    assert not same_band(row(80, 3.0), row(72, 3.0))


def test_order_is_score_then_similarity_then_name_whatever_came_first(tmp_path: Path) -> None:
    rows = {
        "b": row(50, similarity=0.5),
        "a": row(50, similarity=0.5),
        "c": row(50, similarity=0.9),
        "d": row(90),
    }
    names = list(rows)
    for seed in range(3):
        random.Random(seed).shuffle(names)
        folder = tmp_path / str(seed)
        folder.mkdir()
        ledger, batch = ledger_of(folder, {n: rows[n] for n in names})
        assert [o.candidate for o in Ranking(ledger, batch).ranked()] == ["d", "c", "a", "b"]
        ledger.close()


def test_the_same_text_is_shown_once_with_its_other_names(tmp_path: Path) -> None:
    rows = {n: row(60) for n in ("a", "b", "c")}
    ledger, batch = ledger_of(tmp_path, rows, a="one", b="two", c="one")
    found = {o.candidate: o.aliases for o in Ranking(ledger, batch).ranked()}
    assert found == {"a": ("c",), "b": ()}
    ledger.close()


def test_text_keys_look_at_words_alone() -> None:
    assert text_key("Ada\n• Python, SQL") == text_key("ADA  Python SQL\n")
    assert text_key("Ada Python SQL") != text_key("Ada SQL Python")


def test_who_is_selected(tmp_path: Path) -> None:
    rows = {"a": row(80, 0.1), "b": row(60, 3.0), "c": row(59, 3.0), "d": row(10, 0.1)}
    ledger, batch = ledger_of(tmp_path, rows)

    def selected(choice: Choice) -> list[str]:
        return [o.selected for o in Ranking(ledger, batch, choice=choice).ranked()]

    assert selected(Choice(count=2)) == ["yes", "yes", "tied", ""]
    assert selected(Choice(cutoff=59)) == ["yes", "yes", "yes", ""]
    assert selected(Choice()) == ["", "", "", ""]
    ledger.close()


def test_blind_shows_no_name_and_no_order_of_names(tmp_path: Path) -> None:
    rows = {"Ada Example": row(60, person=None)}
    ledger, batch = ledger_of(tmp_path, rows, {"Bo Example": "no_text"})
    with ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE files SET candidate = NULL")
    ranking = Ranking(ledger, batch, blind=True)
    (one,), (missed,) = list(ranking.ranked()), list(ranking.not_assessed())
    assert one.candidate == f"candidate-{one.sha256[:12]}"
    assert missed.candidate == "file-000002"
    assert one.file is None
    assert missed.file is None
    assert missed.detail == ""
    ledger.close()


def test_what_was_not_assessed_has_no_rank(tmp_path: Path) -> None:
    ledger, batch = ledger_of(tmp_path, {"a": row(1)}, {"b": "no_text", "c": "encrypted_document"})
    ranking = Ranking(ledger, batch)
    assert [o.candidate for o in ranking.ranked()] == ["a"]
    assert [(f.candidate, f.code) for f in ranking.not_assessed()] == [
        ("b", "no_text"),
        ("c", "encrypted_document"),
    ]
    ledger.close()


def test_the_pool(tmp_path: Path, small: Taxonomy) -> None:
    rows = {
        "a": row(80, met=("python", "docker"), partial=(), best_role="engineer", courses=0),
        "b": row(40, met=("python",), partial=("docker",), best_role="writer", courses=1),
        "c": row(10, met=(), partial=(), best_role="writer", courses=None, skills=("gardening",)),
    }
    ledger, batch = ledger_of(tmp_path, rows, {"d": "no_text"})
    role = small.roles["engineer"]
    found = look_at(Ranking(ledger, batch), role, small, near=2)
    gaps = {g.id: (g.met, g.partial, g.missing) for g in found.gaps}
    assert gaps["python"] == (2, 0, 1)
    assert gaps["docker"] == (1, 1, 1)
    assert set(gaps) == {r.id for r in role.requirements}
    assert found.best_roles == (("writer", "Writer", 2), ("engineer", "Engineer", 1))
    assert [(s.id, s.candidates) for s in found.skills] == [("python", 2), ("gardening", 1)]
    assert found.near == ((0, 1), (1, 1), (2, 0))
    assert (found.assessed, found.not_assessed, found.median) == (3, 1, 40)
    ledger.close()


def test_the_median() -> None:
    assert median([3, 1, 2]) == 2
    assert median([4, 1, 2, 3]) == 2.5
    assert median([]) is None
