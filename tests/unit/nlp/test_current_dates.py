"""Rows that end in a date of every usual form, whatever stands before it; body text below a head."""

from __future__ import annotations

import pytest

from skillgap.nlp.lexicon import Lexicon, load_lexicon
from skillgap.nlp.structure import read_structure
from skillgap.types import Document, Entry

from .made import AS_OF, page, plain


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def positions(lexicon: Lexicon, *rows: str, geometry: bool = False) -> list[Entry]:
    every = ("Jane Doe", "", "EXPERIENCE", *rows)
    document: Document = page(*every) if geometry else plain("\n".join(every))
    return [e for e in read_structure(document, lexicon, AS_OF).entries if e.kind == "position"]


CURRENT = {
    "03/2021 – present": "2021-03",
    "2018 - Present": "2018",
    "2018–ongoing": "2018",
    "since 2020": "2020",
    "Since March 2021": "2021-03",
    "from 2019 to present": "2019",
    "June 2019 until now": "2019-06",
    "June 2019 until present": "2019-06",
    "June 2019 – today": "2019-06",
    "Mar 2021 to present": "2021-03",
    "Mar 2021—Present": "2021-03",
    "March 2021 till date": "2021-03",
    "2020 to date": "2020",
    "2021-03 – present": "2021-03",
    "2021.03 - now": "2021-03",
    "Q1 2021 - present": "2021-01",
    "May '19 – present": "2019-05",
    "09/2019 – Present day": "2019-09",
    "05/2021 -": "2021-05",
}
CLOSED = {
    "Jan 2016 - Feb 2019": "2016-01",
    "03/2016 – 02/2019": "2016-03",
    "2016 - 2019": "2016",
    "from 2016 to 2019": "2016",
    "2016–19": "2016",
}
HEADS = (
    "Senior ML Engineer — Initech",
    "Senior ML Engineer, Initech",
    "Senior ML Engineer at Initech",
    "Initech - Senior ML Engineer",
    "Senior ML Engineer | Initech",
)


@pytest.mark.parametrize("geometry", [False, True], ids=["text", "page"])
@pytest.mark.parametrize("gap", ["\t", " ", "   ", " | ", ", ", " (", " – "])
@pytest.mark.parametrize("date", [*CURRENT, *CLOSED])
def test_a_position_keeps_its_dates_behind_every_separator(
    date: str, gap: str, geometry: bool, lexicon: Lexicon
) -> None:
    end = ")" if gap == " (" else ""
    for head in HEADS:
        found = positions(
            lexicon,
            f"{head}{gap}{date}{end}",
            "• Built pipelines in Spark.",
            "• Halved the cost of nightly jobs.",
            "",
            "Data Analyst, Globex, Jan 2012 - Feb 2015",
            "• Automated reports in Tableau.",
            geometry=geometry,
        )
        assert [(e.title, e.organization, e.current, str(e.start)) for e in found] == [
            ("Senior ML Engineer", "Initech", date in CURRENT, {**CURRENT, **CLOSED}[date]),
            ("Data Analyst", "Globex", False, "2012-01"),
        ], head


@pytest.mark.parametrize(
    "text",
    [
        "Teaching evening classes in Python at the library since 2020",
        "Responsible for the ML Platform at Initech since 2021",
        "Built Python, SQL and Airflow pipelines since 2020",
        "Migrated the data platform to Spark, 2018 to present",
        "• Lead Engineer of the Payments team at Initech since 2022",
        "The Platform Engineer role covers on-call since 2022.",
    ],
)
def test_a_sentence_that_ends_in_a_current_date_is_no_position(text: str, lexicon: Lexicon) -> None:
    found = positions(
        lexicon,
        "Data Engineer, Initech, Jan 2018 - Present",
        "• Built pipelines in Spark.",
        text,
        "",
        "Data Analyst, Globex, Jan 2012 - Feb 2015",
        "• Automated reports in Tableau.",
    )
    assert [(e.title, e.organization) for e in found] == [
        ("Data Engineer", "Initech"),
        ("Data Analyst", "Globex"),
    ]


@pytest.mark.parametrize("geometry", [False, True], ids=["text", "page"])
@pytest.mark.parametrize(
    "body",
    [
        "Made dashboards in Tableau.",
        "Made dashboards in Tableau",
        "Led Python training for 12 colleagues",
        "Automated weekly reports",
        "Weekly reports.",
        "Reduced 30% of cost",
    ],
)
@pytest.mark.parametrize(
    "head", ["Analyst, Globex, Jan 2016 - Feb 2019", "Analyst, Globex\tJan 2016 - Feb 2019"]
)
def test_the_first_line_of_text_is_no_employer(
    head: str, body: str, geometry: bool, lexicon: Lexicon
) -> None:
    found = positions(
        lexicon,
        "Data Engineer, Initech, Mar 2019 - Present",
        "Built pipelines in Spark.",
        "",
        head,
        body,
        geometry=geometry,
    )
    assert [(e.title, e.organization) for e in found] == [
        ("Data Engineer", "Initech"),
        ("Analyst", "Globex"),
    ]


@pytest.mark.parametrize("employer", ["United Airlines", "Applied Materials", "Initech Corp."])
def test_an_employer_may_begin_as_a_verb_or_end_in_a_stop(employer: str, lexicon: Lexicon) -> None:
    found = positions(
        lexicon, "Data Engineer\tMar 2019 - Present", employer, "• Built pipelines in Spark."
    )
    assert [(e.title, e.organization.rstrip(".")) for e in found] == [
        ("Data Engineer", employer.rstrip("."))
    ]
