from __future__ import annotations

import pytest

from skillgap.types import Box, Document, Line, Page, PartialDate, Word

TEXT = "Apache Spark\nand Kafka"


def document() -> Document:
    words = (
        Word(0, 6, 1, 10, 10, 40, 20),
        Word(7, 12, 1, 45, 11, 70, 21),
        Word(13, 16, 1, 10, 30, 25, 40),
        Word(17, 22, 1, 30, 30, 55, 40),
    )
    lines = (Line(0, 12, 1, 10, 10, 70, 21), Line(13, 22, 1, 10, 30, 55, 40))
    return Document(
        "r.pdf", "", "application/pdf", "test", TEXT, lines, words, (Page(1, 100, 100, 0, 22),)
    )


def test_boxes_join_the_words_of_a_line() -> None:
    assert document().boxes(0, 12) == (Box(1, 10, 10, 70, 21),)


def test_boxes_of_a_span_over_two_lines() -> None:
    assert document().boxes(7, 16) == (Box(1, 45, 11, 70, 21), Box(1, 10, 30, 25, 40))


def test_a_part_of_a_word_is_covered_by_the_word() -> None:
    assert document().boxes(8, 10) == (Box(1, 45, 11, 70, 21),)


def test_no_boxes_between_words() -> None:
    assert document().boxes(6, 7) == ()


@pytest.mark.parametrize(("offset", "line"), [(0, 0), (11, 0), (12, None), (13, 1), (22, None)])
def test_line_at(offset: int, line: int | None) -> None:
    d = document()
    assert d.line_at(offset) == (None if line is None else d.lines[line])


@pytest.mark.parametrize("text", ["2021-03", "2021"])
def test_dates_read_and_write(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize("text", ["", "May", "2021-13", "21", "2021-03-04"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)
