"""Dates and ranges in the forms that résumés use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.nlp.dates import count_months, find_dates
from skillgap.types import PartialDate

AS_OF = PartialDate(2026, 11)

RANGES = [
    ("03/2021 – present", "2021-03", None, 69),
    ("Sept. 2019 to Jun 2022", "2019-09", "2022-06", 34),
    ("2018–20", "2018", "2020", 24),
    ("2018 - 2020", "2018", "2020", 24),
    ("Summer 2023", "2023-06", "2023-08", 3),
    ("Fall 2019 – Spring 2021", "2019-09", "2021-05", 21),
    ("Since 2020", "2020", None, 77),
    ("May '19 - Aug '20", "2019-05", "2020-08", 16),
    ("‘19 – ‘21", "2019", "2021", 24),
    ("2019.03–2020.05", "2019-03", "2020-05", 15),
    ("2021-01 - 2022-03", "2021-01", "2022-03", 15),
    ("Q1 2021", "2021-01", "2021-03", 3),
    ("Q3 2020 – Q1 2021", "2020-07", "2021-03", 9),
    ("May – Aug 2020", "2020-05", "2020-08", 4),
    ("06/17 – 03/21", "2017-06", "2021-03", 46),
    ("01/15/2020 - 31/12/2021", "2020-01", "2021-12", 24),
    ("From 5 th Nov 2013 to 24 th Aug 2015.", "2013-11", "2015-08", 22),
    ("From 14th Sep 2015 to……", "2015-09", None, 135),
    ("Mar-2016 to Till Date", "2016-03", None, 129),
    ("july-2015– Feb 2016", "2015-07", "2016-02", 8),
    ("Jan-21 to Mar-22", "2021-01", "2022-03", 15),
    ("Jul 2018\ufffe Feb 2021", "2018-07", "2021-02", 32),  # a hyphen that a reader could not map
    ("October 2023 November 2023", "2023-10", "2023-11", 2),  # a dash that left no character
    ("May 2023 - June\n2024", "2023-05", "2024-06", 14),  # wrapped in a narrow column
    ("(Mar 2021 - Present)", "2021-03", None, 69),
    ("Jan 2024 – Jan 2024", "2024-01", "2024-01", 1),
]


@pytest.mark.parametrize(("text", "start", "end", "months"), RANGES)
def test_ranges_are_read_to_the_month(text: str, start: str, end: str | None, months: int) -> None:
    (found,) = find_dates(text, AS_OF)
    assert str(found.start) == start
    assert (str(found.end) if found.end else None) == end
    assert found.current == (end is None)
    assert found.months == months


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("Expected May 2025", "2025-05", True),
        ("Expected Graduation: May 2027", "2027-05", True),
        ("B.S., June 2019", "2019-06", False),
        ("State University, 2013", "2013", False),
        ("June 10, 2026", "2026-06", False),
        ("Apr. 30 2023", "2023", False),
    ],
)
def test_a_single_date_is_an_end(text: str, end: str, expected: bool) -> None:
    found = find_dates(text, AS_OF)[-1]
    assert found.single
    assert found.start is None
    assert str(found.end) == end
    assert found.expected == expected


def test_the_year_alone_is_kept_where_day_and_month_can_t_be_told() -> None:
    (found,) = find_dates("03/04/2020 – 05/06/2021", AS_OF)
    assert (str(found.start), str(found.end)) == ("2020", "2021")


@pytest.mark.parametrize(
    "text",
    ["(312) 555-2018", "GPA 3.4/4.0", "may 5 people", "10-20%", "$2020", "room 2020a", "v20.10",
     "grew by 12-15 in a year", "May 12", "2048 AI"],
)  # fmt: skip
def test_numbers_that_are_no_dates(text: str) -> None:
    assert find_dates(text, AS_OF) == []


def test_an_unexpected_order_is_no_range() -> None:
    assert all(d.single or d.months for d in find_dates("June 2021 – May 2019", AS_OF))


def test_several_ranges_of_one_line() -> None:
    found = find_dates("May 2024 – December 2024; May 2025 – Present", AS_OF)
    assert [d.months for d in found] == [8, 19]


def test_offsets_and_limits_are_kept() -> None:
    text = "2010 – 2012\nMar 2020 - Apr 2021\n2013 – 2014"
    (found,) = find_dates(text, AS_OF, 12, 31)
    assert text[slice(*found.span)] == "Mar 2020 - Apr 2021"


@given(st.text(alphabet="0123456789 -–/'JanFebMar2019to present.,\n", max_size=60))
def test_any_text_gives_ordered_spans_and_whole_months(text: str) -> None:
    at = 0
    for found in find_dates(text, AS_OF):
        assert at <= found.span[0] < found.span[1] <= len(text)
        at = found.span[1]
        assert found.months is None or found.months > 0
        assert found.current == (found.end is None)


@given(
    st.integers(1990, 2030), st.integers(1, 12), st.integers(1990, 2030), st.integers(1, 12)
)  # fmt: skip
def test_months_are_inclusive(y1: int, m1: int, y2: int, m2: int) -> None:
    months = count_months(PartialDate(y1, m1), PartialDate(y2, m2))
    length = (y2 - y1) * 12 + m2 - m1 + 1
    assert months == (length if length > 0 else None)


def test_other_dates_of_a_document_tell_the_order_of_day_and_month() -> None:
    text = "01/09/2019 – 05/11/2020\n{}/2018 – 01/02/2019"
    assert str(find_dates(text.format("28/01"), AS_OF)[0].start) == "2019-09"
    assert str(find_dates(text.format("01/28"), AS_OF)[0].start) == "2019-01"
