"""Whose résumé it is, and every place of the text that tells."""

from __future__ import annotations

from itertools import pairwise

import pytest

from skillgap.nlp.lexicon import Lexicon, load_lexicon
from skillgap.nlp.structure import read_structure
from skillgap.types import Contact, Document

from .made import AS_OF, page, plain

REST = ("", "##Experience", "#Engineer, Acme\t2019 – 2021", "• Did it.", "", "##Skills", "Python")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def contact(document: Document, lexicon: Lexicon) -> Contact:
    return read_structure(document, lexicon, AS_OF).contact


def test_a_usual_header(lexicon: Lexicon) -> None:
    document = page(
        "##Ada Marlowe", "Machine Learning Engineer",
        "ada.marlowe@example.com | +1 (206) 555-0142 | Seattle, WA | github.com/adamarlowe", *REST,
    )  # fmt: skip
    assert contact(document, lexicon)[:5] == (
        "Ada Marlowe",
        "ada.marlowe@example.com",
        "+1 (206) 555-0142",
        "Seattle, WA",
        ("github.com/adamarlowe",),
    )


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (("##DR. AMARA BENALI",), "AMARA BENALI"),
        (("##Hannah Kowalczyk RN BSN",), "Hannah Kowalczyk"),
        (("##Leila Farouk-Hansen, Ph.D.",), "Leila Farouk-Hansen"),
        (("^A D A   L O W E",), "ADA LOWE"),
        (("##Zoë van der Berg",), "Zoë van der Berg"),
        (("##Curriculum Vitae", "Kim Ode", "kim.ode@example.com"), "Kim Ode"),
        (("Name: Kim Ode", "Phone: 555-010-0199"), "Kim Ode"),
        (("##Data Scientist", "Berlin, Germany"), ""),
        (("##Machine Learning", "555-010-0199"), ""),
        (("##RESUME", "E-mail: x@example.com"), ""),
    ],
)
def test_names(lexicon: Lexicon, header: tuple[str, ...], name: str) -> None:
    assert contact(page(*header, *REST), lexicon).name == name


@pytest.mark.parametrize(
    ("line", "phone"),
    [
        ("(312) 555-0123", "(312) 555-0123"),
        ("+44 20 7946 0123", "+44 20 7946 0123"),
        ("312.555.0123", "312.555.0123"),
        ("2019 - 2023", ""),
        ("12/05/1990", ""),
        ("555-01", ""),
    ],
)
def test_telephone_numbers(lexicon: Lexicon, line: str, phone: str) -> None:
    assert contact(page("##Kim Ode", line, *REST), lexicon).phone == phone


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Austin, TX", "Austin, TX"),
        ("27 Birch Lane, Pittsburgh, PA", "Pittsburgh, PA"),
        ("Montréal, QC, Canada", "Montréal, QC, Canada"),
        ("Location: Smallville", "Smallville"),
        ("Data Scientist, Engineer", ""),
    ],
)
def test_places(lexicon: Lexicon, line: str, place: str) -> None:
    assert contact(page("##Kim Ode", line, *REST), lexicon).location == place


def test_names_of_software_are_no_links(lexicon: Lexicon) -> None:
    document = page("##Kim Ode", "Node.js and ASP.NET developer, B.Tech", *REST)
    assert contact(document, lexicon).links == ()


def test_contact_data_of_a_sidebar(lexicon: Lexicon) -> None:
    document = page(
        "##Contact", "kim.ode@example.com", "555-010-0199", "Denver, CO", "", "##Skills", "Python",
        "", "|##Kim Ode", "|Engineer", "", "|##Experience", "|Engineer, Acme, 2019 – 2021",
    )  # fmt: skip
    assert contact(document, lexicon)[:4] == (
        "Kim Ode",
        "kim.ode@example.com",
        "555-010-0199",
        "Denver, CO",
    )


def test_referees_are_not_the_person(lexicon: Lexicon) -> None:
    document = plain(
        "Kim Ode\n\nSKILLS\nPython\n\nREFERENCES\nPat Boss, pat.boss@example.com, 555-010-0123\n"
    )
    found = contact(document, lexicon)
    assert (found.email, found.phone) == ("", "")
    assert "pat.boss@example.com" in {document.text[a:b] for a, b in found.spans}


def test_spans_are_all_places_that_tell(lexicon: Lexicon) -> None:
    document = page(
        "##Kim Ode", "kim.ode@example.com · github.com/kimode · Denver, CO", "", "##Experience",
        "#Engineer, Acme\t2019 – 2021", "• Maintains github.com/kimode/parser, not github.com/other/x.",
        "", "##Publications", "K. Ode and A. Lee: On spans. Ode, K.: On offsets.",
    )  # fmt: skip
    found = contact(document, lexicon)
    told = [document.text[a:b] for a, b in found.spans]
    for piece in ("Kim Ode", "kim.ode@example.com", "github.com/kimode", "Denver, CO",
                  "github.com/kimode/parser", "K. Ode", "Ode, K."):  # fmt: skip
        assert piece in told
    assert not any("other" in piece for piece in told)
    assert list(found.spans) == sorted(found.spans)
    assert all(a[1] <= b[0] for a, b in pairwise(found.spans))
