"""Ranking figures counted by hand, and which postings count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillgap.errors import ConfigError
from skillgap.evaluation.postings import in_half, load_postings
from skillgap.evaluation.roles import Ranked, figures, figures_text, profile_of
from skillgap.taxonomy.model import Role
from tests.conftest import make_requirement

ROLES = ("a", "b", "c")


def ranked(right: str, *order: str, here: bool = False) -> Ranked:
    rest = tuple(r for r in ROLES if r not in order)
    whole = (*order, *rest)
    return Ranked(
        right + "".join(order), (right,), whole, tuple((r, 1.0, 0.5) for r in whole), here
    )


def test_figures_by_hand() -> None:
    # a: collected, 4 of 5 right, the fifth at rank 2; b: two collected are too few, five written here,
    # of which two right, two at rank 2, one at rank 3.
    rows = [ranked("a", "a")] * 4 + [ranked("a", "b", "a")]
    rows += [ranked("b", "a", "b")] * 2
    rows += [ranked("b", "b", here=True)] * 2 + [ranked("b", "a", "b", here=True)] * 2
    rows += [ranked("b", "a", "c", here=True)]
    found = figures(rows, [])["postings"]
    assert found["roles"]["a"] == {"count": 5, "top1": 0.8, "top2": 1.0, "mrr": 0.9}
    assert found["roles"]["b"] == {"count": 5, "top1": 0.4, "top2": 0.8, "mrr": 0.6667}
    assert found["macro_top1"] == pytest.approx(0.6)
    assert found["majority_macro_top1"] == 0.5
    assert found["collected"]["majority_top1"] == pytest.approx(5 / 7, abs=1e-4)
    assert found["confusion"] == {"a": {"a": 4, "b": 1}, "b": {"a": 5, "b": 2}}
    assert len(found["wrong"]) == 6
    text = figures_text(figures(rows, []), worst=2)
    assert "macro top-1 0.600" in text
    assert "and 4 more" in text


def test_a_resume_counts_by_its_best_placed_role() -> None:
    row = Ranked("cv", ("c", "b"), ("a", "b", "c"), (("a", 1.0, 0.1),))
    assert row.rank == 2
    found = figures([], [row, row._replace(right=("a",))])["resumes"]
    assert (found["count"], found["top1"], found["top2"], found["mrr"]) == (2, 0.5, 1.0, 0.75)


def test_one_of_a_choice_is_listed_evidence() -> None:
    role = Role(
        "r", "R", "", (make_requirement("x"), make_requirement("y", "z", importance="essential"))
    )
    have = profile_of(role).skills
    assert (have["x"].depth, have["y"].depth, have["z"].depth) == (1.0, 0.25, 0.25)


def row(ident: str, **more: object) -> str:
    return json.dumps({"id": ident, "role": "a", "description": "text", **more})


def test_each_collected_posting_is_in_one_half_and_ours_in_both(tmp_path: Path) -> None:
    ids = [f"p{i}" for i in range(40)]
    lines = [row(i) for i in ids] + [row("ours", written_here=True)]
    (tmp_path / "p.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    odd = {p.id for p in load_postings([tmp_path], "odd")}
    even = {p.id for p in load_postings([tmp_path], "even")}
    assert odd & even == {"ours"}
    assert odd | even == {*ids, "ours"} == {p.id for p in load_postings([tmp_path], "all")}
    assert all(in_half(i, "odd") for i in odd - {"ours"})


def test_the_halves_follow_the_sum_of_the_id() -> None:
    import hashlib

    for ident in ("p0", "p1", "p2"):
        digit = hashlib.sha256(ident.encode()).hexdigest()[0]
        assert in_half(ident, "odd") is (int(digit, 16) % 2 == 1)


@pytest.mark.parametrize("line", ["{", '{"id": "x"}', "[]"])
def test_a_broken_line_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / "p.jsonl").write_text(row("p0") + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"p\.jsonl:2"):
        load_postings([tmp_path], "all")


def test_our_own_postings_are_ten_a_role_and_their_people_fictional() -> None:
    folder = Path(__file__).parents[3] / "examples/jobs/ranking"
    found = load_postings([folder], "odd")
    counts: dict[str | None, int] = {}
    for posting in found:
        counts[posting.role] = counts.get(posting.role, 0) + 1
        assert posting.written_here
        assert len(posting.text) > 300
    assert set(counts.values()) == {10}
    assert len(counts) == 7
    assert len({p.id for p in found}) == 70
