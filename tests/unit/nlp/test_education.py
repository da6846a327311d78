"""Courses of study in the arrangements that résumés use."""

from __future__ import annotations

import pytest

from skillgap.nlp.education import is_degree, undotted
from skillgap.nlp.lexicon import Lexicon, load_lexicon
from skillgap.nlp.structure import read_structure
from skillgap.types import Document

from .made import AS_OF, page, plain


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def studies(document: Document, lexicon: Lexicon) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (e.degree, e.institution, str(e.start) if e.start else None, str(e.end) if e.end else None)
        for e in read_structure(document, lexicon, AS_OF).education
    ]


def of(*rows: str) -> Document:
    return page("##Kim Ode", "", "##Skills", "Python", "", "##Education", *rows)


@pytest.mark.parametrize(
    "rows",
    [
        ("B.S. in Computer Science, Ridgemont State University", "Aug 2017 - May 2021"),
        ("#Ridgemont State University\tAug 2017 – May 2021", "B.S. in Computer Science"),
        ("B.S. in Computer Science — Ridgemont State University\t08/2017 – 05/2021",),
        ("B.S. in Computer Science\tAug 2017 – May 2021", "Ridgemont State University | GPA 3.8/4"),
        ("Ridgemont State University, B.S. in Computer Science, Aug 2017 – May 2021",),
        ("B.S. in Computer Science from Ridgemont State University (Aug 2017 - May 2021)",),
    ],
)
def test_arrangements(lexicon: Lexicon, rows: tuple[str, ...]) -> None:
    assert studies(of(*rows), lexicon) == [
        ("B.S. in Computer Science", "Ridgemont State University", "2017-08", "2021-05")
    ]


def test_a_name_beside_a_degree_is_its_institution(lexicon: Lexicon) -> None:
    document = of("#Caltech\tSep 2022 – Present", "Ph.D., Applied Mathematics", "",
                  "#MIT\tMay 2022", "M.S., Computer Science", "• Courses in topology")  # fmt: skip
    assert studies(document, lexicon) == [
        ("Ph.D., Applied Mathematics", "Caltech", "2022-09", None),
        ("M.S., Computer Science", "MIT", None, "2022-05"),
    ]


def test_two_degrees_of_one_university(lexicon: Lexicon) -> None:
    document = of("#Example State University\tExpected May 2027", "B.A. Japanese", "B.S. Physics")
    assert [s[:2] for s in studies(document, lexicon)] == [
        ("B.A. Japanese", "Example State University"),
        ("B.S. Physics", "Example State University"),
    ]


def test_what_stands_around_a_degree_is_none(lexicon: Lexicon) -> None:
    document = of(
        "B.A. in Linguistics, Example College\t2010 – 2014", "Relevant Coursework: Syntax, Logic",
        "Thesis: On silent letters, Example University", "Dean's List 2012-2014",
        "Minor in Music", "• Member of the Faculty council",
    )  # fmt: skip
    assert studies(document, lexicon) == [
        ("B.A. in Linguistics", "Example College", "2010", "2014")
    ]


def test_dates_beside_the_grade(lexicon: Lexicon) -> None:
    document = of("B.A. in Linguistics, Example College", "GPA: 3.9/4.0\tOct 2010 – May 2014")
    assert studies(document, lexicon)[0][2:] == ("2010-10", "2014-05")


def test_rows_broken_in_a_narrow_column(lexicon: Lexicon) -> None:
    document = of("MBA, Puget Sound School of", "Management, 2016 – 2018")
    assert studies(document, lexicon) == [
        ("MBA", "Puget Sound School of Management", "2016", "2018")
    ]


@pytest.mark.parametrize(
    ("degree", "field"),
    [
        ("Bachelor of Science in Physics", "Physics"),
        ("B.Tech. in Information Technology", "Information Technology"),
        ("Ph.D., Applied Mathematics", "Applied Mathematics"),
        ("Bachelor of Arts: Major in English, Minor in Music", "English"),
        ("MBA", ""),
    ],
)
def test_the_field_of_study(lexicon: Lexicon, degree: str, field: str) -> None:
    document = of(f"#{degree}", "Example University")
    (study,) = read_structure(document, lexicon, AS_OF).education
    assert (study.degree, study.institution, study.field) == (degree, "Example University", field)


def test_nothing_is_invented(lexicon: Lexicon) -> None:
    (study,) = read_structure(plain("Kim\n\nEDUCATION\nBSc Physics\n"), lexicon, AS_OF).education
    assert (study.institution, study.start, study.end) == ("", None, None)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("B.Sc. (Hons.) Chemistry", True),
        ("B. Tech in Civil Engineering", True),
        ("Master of Fine Arts", True),
        ("Working as an engineer for me", False),  # AS and ME are degrees in capitals alone
        ("AS in Nursing", True),
        ("Best in class", False),
    ],
)
def test_degrees(lexicon: Lexicon, text: str, is_one: bool) -> None:
    assert is_degree(text, lexicon) is is_one


def test_dots_of_abbreviations_are_ignored() -> None:
    assert undotted("B.S. in Physics") == "bs in physics"
