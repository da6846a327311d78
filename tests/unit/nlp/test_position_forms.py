"""Positions in tables, lists and lines where title, employer and dates stand in less usual ways."""

from __future__ import annotations

import pytest

from skillgap.nlp.lexicon import Lexicon, load_lexicon
from skillgap.nlp.structure import read_structure
from skillgap.types import Document

from .made import AS_OF, page, plain

DID = ("• Built reports for the team in Excel.", "• Trained new colleagues.")
NEW, OLD = ("Mar 2019", "Present"), ("Mar 2016", "Feb 2019")
EXPECTED = [
    ("Operations Officer", "Globex Clinic", "2019-03", "None"),
    ("Data Analyst", "Northwind Bank", "2016-03", "2019-02"),
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def found(lexicon: Lexicon, geometry: bool, *rows: str) -> list[tuple[str, str, str, str]]:
    every = ("Jane Doe", "jane@example.com", "", "PROFESSIONAL EXPERIENCE", *rows)
    document: Document = page(*every) if geometry else plain("\n".join(every))
    return [
        (e.title, e.organization, str(e.start), str(e.end))
        for e in read_structure(document, lexicon, AS_OF).entries
        if e.kind == "position"
    ]


def both(form: str) -> list[str]:
    """The rows of both positions: t, o, a and b stand for title, employer, beginning and end."""
    out: list[str] = []
    for (title, name, *_), (start, end) in zip(EXPECTED, (NEW, OLD), strict=True):
        out += [*form.format(t=title, o=name, a=start, b=end).split("\n"), *DID, ""]
    return out


FORMS = [
    "{t} / {o} / {a} - {b}",
    "{o} / {t} / {a} - {b}",
    "{t} ({o})\t{a} - {b}",
    "{t}: {o} ({a} - {b})",
    "{t} for {o}, {a} – {b}",
    "{t} with {o}, {a} – {b}",
    "{t} in {o} from {a} to {b}",
    "{t}\nat {o}, Austin, TX\n{a} – {b}",
    "{o} > {t} > {a} – {b}",
    "{t} ({a} – {b}, 2 yrs 3 months)\n{o}",
    "{a} – {b}: working at {o} as {t}",
    "• Company: {o}\n• Designation: {t}\n• Duration: {a} – {b}",
    "{o}\t{a} - {b}\n• Designation: {t}",
    "{o}, Austin\t{a} - {b}\n• Worked as a {t} in the risk department.",
    "{o}\t{a} - {b}\nI work as an {t} and built reports for the team in Excel every week.",
    "{o}\nWorking as {t} from {a} to {b}",
    "{o}\nWorked as a {t} {a} – {b}",
]


@pytest.mark.parametrize("geometry", [False, True], ids=["text", "page"])
@pytest.mark.parametrize("form", FORMS)
def test_an_employer_behind_a_title(form: str, geometry: bool, lexicon: Lexicon) -> None:
    assert found(lexicon, geometry, *both(form)) == EXPECTED


@pytest.mark.parametrize("geometry", [False, True], ids=["text", "page"])
@pytest.mark.parametrize("head", ["Company\tDesignation\tFrom\tTo", "Firm\tRole\tBegan\tEnded"])
def test_a_table_with_columns_from_and_to(head: str, geometry: bool, lexicon: Lexicon) -> None:
    body = [f"{o}\t{t}\t{a}\t{b}" for (t, o, *_), (a, b) in zip(EXPECTED, (NEW, OLD), strict=True)]
    assert found(lexicon, geometry, head, *body) == EXPECTED


@pytest.mark.parametrize("geometry", [False, True], ids=["text", "page"])
def test_bullets_that_are_positions(geometry: bool, lexicon: Lexicon) -> None:
    rows = (
        "• Operations Officer at Globex Clinic from Mar 2019 to Present.",
        "• Data Analyst at Northwind Bank from Mar 2016 to Feb 2019.",
    )
    assert found(lexicon, geometry, *rows) == EXPECTED


@pytest.mark.parametrize("geometry", [False, True], ids=["text", "page"])
@pytest.mark.parametrize(
    "said",
    [
        "Working as an Operations Officer at Globex Clinic.",
        "Associated with Globex Clinic, Dallas as Operations Officer.",
    ],
)
def test_titles_told_below_a_table_of_employers(
    said: str, geometry: bool, lexicon: Lexicon
) -> None:
    rows = (
        "S.No\tName of the company\tPeriod",
        "1\tGlobex Clinic\tMar 2019 to Present",
        "2\tNorthwind Bank\tMar 2016 to Feb 2019",
        "",
        said,
        "Worked as Data Analyst at Northwind Bank.",
    )
    assert found(lexicon, geometry, *rows) == EXPECTED


@pytest.mark.parametrize(
    ("rows", "title", "organization"),
    [
        (("Software Engineer in Test\tMar 2019 - Present", "Acme Labs"),
         "Software Engineer in Test", "Acme Labs"),
        (("Founder / CEO\tMar 2019 - Present",), "Founder / CEO", ""),
        (("Research Engineer (NLP)\tMar 2019 - Present",), "Research Engineer (NLP)", ""),
        (("Product Manager for Payments\tMar 2019 - Present", "Acme Labs"),
         "Product Manager for Payments", "Acme Labs"),
        (("Developer / React Native\tMar 2019 - Present",), "Developer / React Native", ""),
        (("1\tAcme Labs\tMar 2019 to Present", "", "Acme Labs sells tools for analysts."),
         "", "Acme Labs"),
    ],
)  # fmt: skip
def test_what_belongs_to_a_title_stays_in_it(
    rows: tuple[str, ...], title: str, organization: str, lexicon: Lexicon
) -> None:
    assert [e[:2] for e in found(lexicon, False, *rows)] == [(title, organization)]
