"""Runs of words that a résumé shares with a posting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skillgap.matching.copied import LEAST, RUN, copied_runs, without_runs, words_in

POSTING = " ".join(f"word{i}" for i in range(60))
words = st.lists(st.integers(100, 400).map(lambda i: f"other{i}"), min_size=0, max_size=60)


@given(words, words, st.integers(0, 20), st.integers(LEAST, 40))
def test_a_pasted_passage_is_found_whole_and_nothing_else(
    before: list[str], after: list[str], start: int, count: int
) -> None:
    passage = " ".join(POSTING.split()[start : start + count])
    text = " ".join([*before, passage, *after])
    (span,) = copied_runs(text, POSTING)
    assert text[slice(*span)] == passage
    assert words_in(text, (span,)) == count
    assert without_runs(text, POSTING).split() == [*before, *after]


@given(words)
def test_other_texts_share_nothing(other: list[str]) -> None:
    assert copied_runs(" ".join(other), POSTING) == ()


def test_short_runs_are_chance() -> None:
    shared = " ".join(POSTING.split()[: RUN - 1])
    assert copied_runs(f"mine {shared} mine", POSTING) == ()
    assert copied_runs(" ".join(POSTING.split()[: LEAST - 1]), POSTING) == ()


def test_case_and_line_breaks_do_not_hide_a_paste() -> None:
    assert copied_runs(POSTING.upper().replace(" ", ",\n  "), POSTING) != ()


def test_an_empty_posting_has_no_runs() -> None:
    assert copied_runs(POSTING, "") == ()
