"""Positions, projects and volunteering in the arrangements that résumés use."""

from __future__ import annotations

import pytest

from skillgap.nlp.lexicon import Lexicon, load_lexicon
from skillgap.nlp.structure import read_structure
from skillgap.types import Document, Entry, Line

from .made import AS_OF, page, plain

Row = tuple[str, str, str, str | None]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def entries(document: Document, lexicon: Lexicon, kind: str = "position") -> list[Entry]:
    return [e for e in read_structure(document, lexicon, AS_OF).entries if e.kind == kind]


def rows(document: Document, lexicon: Lexicon, kind: str = "position") -> list[Row]:
    return [
        (e.title, e.organization, str(e.start), str(e.end) if e.end else None)
        for e in entries(document, lexicon, kind)
    ]


TWO: list[Row] = [
    ("Data Engineer", "Acme Labs", "2020-03", None),
    ("Data Analyst", "Beta Retail", "2018-06", "2020-02"),
]
BULLETS = ("• Built pipelines in Spark.", "• Halved the cost of nightly jobs.")


@pytest.mark.parametrize(
    "heads",
    [
        # title and dates, then employer and place
        (("#Data Engineer\tMar 2020 – Present", "Acme Labs\tAustin, TX"),
         ("#Data Analyst\tJun 2018 – Feb 2020", "Beta Retail\tRemote")),
        # employer and place, then title and dates
        (("#Acme Labs\tAustin, TX", "Data Engineer\t03/2020 – present"),
         ("#Beta Retail\tDallas, TX", "Data Analyst\t06/2018 – 02/2020")),
        # all in one row
        (("Data Engineer, Acme Labs, Austin, TX\tMarch 2020 - Present",),
         ("Data Analyst, Beta Retail, Remote\tJune 2018 - February 2020",)),
        (("#Data Engineer | Acme Labs | Mar 2020 – now",),
         ("#Data Analyst | Beta Retail | Jun 2018 – Feb 2020",)),
        (("#Acme Labs — Data Engineer", "Mar 2020 – Present · Austin, TX"),
         ("#Beta Retail — Data Analyst", "Jun 2018 – Feb 2020 · Remote")),
        (("Data Engineer at Acme Labs (2020-03 – present)",),
         ("Data Analyst at Beta Retail (2018-06 – 2020-02)",)),
        # dates in front
        (("Mar 2020 – Present\tData Engineer, Acme Labs, Austin, TX",),
         ("Jun 2018 – Feb 2020\tData Analyst, Beta Retail, Austin, TX",)),
        # every part in a row of its own
        (("#Data Engineer", "Acme Labs", "Austin, TX", "Mar 2020 – Present"),
         ("#Data Analyst", "Beta Retail", "Remote", "Jun 2018 – Feb 2020")),
        # with labels
        (("Position: Data Engineer", "Company: Acme Labs", "Duration: Mar 2020 to date"),
         ("Position: Data Analyst", "Company: Beta Retail", "Duration: Jun 2018 to Feb 2020")),
        # small letters below
        (("#Data Engineer", "Acme Labs, Burbank | March 2020 – Present"),
         ("#Data Analyst", "Beta Retail, Bellevue | June 2018 – February 2020")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("with_places", [True, False])
def test_arrangements(
    lexicon: Lexicon, heads: tuple[tuple[str, ...], ...], with_places: bool
) -> None:
    body = ["##Kim Ode", "", "##Experience", ""]
    for head in heads:
        body += [*head, *BULLETS, ""]
    body += ["##Education", "BSc, Example University, 2018"]
    if with_places:
        document = page(*body)
    else:
        document = plain(
            "\n".join(r.lstrip("#").upper() if "##" in r else r.lstrip("#") for r in body)
        )
    assert rows(document, lexicon) == TWO


def test_months_and_current(lexicon: Lexicon) -> None:
    document = page("##Kim", "", "##Experience", "#Data Engineer, Acme Labs\tMar 2020 – Present",
                    *BULLETS, "#Data Analyst, Beta Retail\t2018 – 2019", *BULLETS, "",
                    "##Education", "BSc")  # fmt: skip
    first, second = entries(document, lexicon)
    assert (first.current, first.months) == (True, 81)
    assert (second.current, second.months) == (False, 12)


def test_spans_hold_the_text_of_a_position(lexicon: Lexicon) -> None:
    document = page("##Kim", "", "##Experience", "", "#Data Engineer\tMar 2020 – Present",
                    "Acme Labs", "• Used Spark.", "", "#Data Analyst\tJun 2018 – Feb 2020",
                    "Beta Retail", "• Used Excel.", "", "##Skills", "Rust")  # fmt: skip
    spark, excel = (document.text[slice(*e.span)] for e in entries(document, lexicon))
    assert "Used Spark" in spark
    assert "Excel" not in spark
    assert "Used Excel" in excel
    assert "Rust" not in excel


def test_several_positions_at_one_employer(lexicon: Lexicon) -> None:
    document = page(
        "##Kim", "", "##Experience", "", "#Globex Corporation\tAustin, TX",
        ">Principal Product Manager\tJuly 2022 – Present", ">• Owned the roadmap of the assistant.",
        ">Senior Product Manager\tJan 2020 – July 2022", ">• Shipped the search of the shop.", "",
        "#Initech\tDallas, TX", ">Product Manager\t2016 – 2019", ">• Did things well.", "",
        "##Education", "BSc",
    )  # fmt: skip
    assert [r[:2] for r in rows(document, lexicon)] == [
        ("Principal Product Manager", "Globex Corporation"),
        ("Senior Product Manager", "Globex Corporation"),
        ("Product Manager", "Initech"),
    ]


def test_an_employer_is_not_invented(lexicon: Lexicon) -> None:
    document = page(
        "##Kim", "", "##Experience", "", "#Acme Labs\tAustin, TX",
        "Data Engineer\tMar 2020 – Present", *BULLETS, "", "#Freelance Writer\t2018 – 2019",
        "wrote for whoever asked, about whatever they asked for and paid for.", "",
        "##Education", "BSc",
    )  # fmt: skip
    assert rows(document, lexicon)[1][:2] == ("Freelance Writer", "")


def test_a_title_with_its_team_leaves_the_employer_below(lexicon: Lexicon) -> None:
    document = page(
        "##Kim", "", "##Experience", "", "#Product Manager, Machine Learning\t2020 – 2022",
        "Cedarline | Bellevue, WA", *BULLETS, "", "##Education", "BSc",
    )  # fmt: skip
    assert rows(document, lexicon)[0][:2] == ("Product Manager, Machine Learning", "Cedarline")


def test_dates_in_a_column_of_their_own(lexicon: Lexicon) -> None:
    document = page(
        "##Kim", "", "##Experience", "", "|#Lead Scientist, Acme Labs", "|• Did research.", "",
        "|#Engineer, Beta Retail", "|• Did engineering.", "", "##Education", "BSc",
    )  # fmt: skip
    # The reader gives the left column first: two dates, of which one is wrapped.
    text = document.text
    at = text.index("Lead")
    dates = "2019-01 –\n2022-08\n2015-10 – 2018-12\n"
    shift = len(dates)
    first = next(li for li in document.lines if document.line_text(li).startswith("Lead"))
    second = next(li for li in document.lines if document.line_text(li).startswith("Engineer"))
    made, offset = [], at
    for row, top in (("2019-01 –", first.top), ("2022-08", first.top + 12),
                     ("2015-10 – 2018-12", second.top)):  # fmt: skip
        made.append(Line(offset, offset + len(row), 1, 50.0, top, 95.0, top + 10, 10.0, False, 0))
        offset += len(row) + 1
    lines = [
        li if li.start < at else li._replace(start=li.start + shift, end=li.end + shift)
        for li in document.lines
    ]
    k = next(i for i, li in enumerate(lines) if li.start >= at)
    joined = Document(
        "cv.pdf", "0" * 64, "application/pdf", "made", text[:at] + dates + text[at:],
        (*lines[:k], *made, *lines[k:]),
    )  # fmt: skip
    assert rows(joined, lexicon) == [
        ("Lead Scientist", "Acme Labs", "2019-01", "2022-08"),
        ("Engineer", "Beta Retail", "2015-10", "2018-12"),
    ]


def test_a_range_broken_in_a_narrow_cell(lexicon: Lexicon) -> None:
    document = page(
        "##Kim", "", "##Experience", "", "#Docent | Community Heritage\tMay 2023 - June",
        "#Museum\t2024", "• Led tours.", "", "##Education", "BSc",
    )  # fmt: skip
    (found,) = entries(document, lexicon)
    assert (found.title, str(found.start), str(found.end)) == ("Docent", "2023-05", "2024-06")


def test_positions_without_dates(lexicon: Lexicon) -> None:
    document = page("##Kim", "", "##Experience", "", "#Prompt Engineer, Acme Studio",
                    "• Wrote prompts.", "", "#Technical Writer, Beta Press", "• Wrote manuals.", "",
                    "##Skills", "Prompting")  # fmt: skip
    found = entries(document, lexicon)
    assert [(e.title, e.organization) for e in found] == [
        ("Prompt Engineer", "Acme Studio"),
        ("Technical Writer", "Beta Press"),
    ]
    assert all(e.start is None and e.end is None and e.months is None for e in found)
    assert not any(e.current for e in found)


def test_positions_without_any_heading(lexicon: Lexicon) -> None:
    document = plain(
        "Jordan Avery\njordan@example.com\n"
        "Senior QA Engineer, Northwind Systems, Portland, OR (Mar 2021 - Present) Leads a team\n"
        "QA Engineer, Contoso Labs, Seattle, WA (Jun 2018 - Feb 2021)\n"
        "Between 2016 - 2018 I travelled and did nothing else of note in many places\n"
    )
    assert [r[:2] for r in rows(document, lexicon)] == [
        ("Senior QA Engineer", "Northwind Systems"),
        ("QA Engineer", "Contoso Labs"),
    ]


def test_positions_under_a_heading_of_unknown_words(lexicon: Lexicon) -> None:
    document = page(
        "##Kim", "", "##Experience", "#Pharmacist, Acme Labs\t2020 – Present", "• Dispensed.", "",
        "##Rotations", "Pharmacy Intern, Example Hospital\t2018 – 2019", "A tea house, 2016 – 2017",
        "I still bring two engineers whom I have worked with since 2020.",
        "", "##Education", "BSc",
    )  # fmt: skip
    assert [r[:2] for r in rows(document, lexicon)] == [
        ("Pharmacist", "Acme Labs"),
        ("Pharmacy Intern", "Example Hospital"),
    ]


def test_a_date_in_body_text_anchors_nothing(lexicon: Lexicon) -> None:
    document = page(
        "##Kim", "", "##Experience", "", "#Data Engineer, Acme Labs\tMar 2020 – Present",
        "• Grew the platform from two to forty users in the years 2020 – 2022 with a small team.",
        "• Won the hackathon of 2021 with", ">a model trained in June 2020", "",
        "##Education", "BSc",
    )  # fmt: skip
    assert len(entries(document, lexicon)) == 1


def test_projects_and_volunteering_are_dated_too(lexicon: Lexicon) -> None:
    document = page(
        "##Kim", "", "##Projects", "", "#Bird Caller | PyTorch, FastAPI\tJan 2024 – Mar 2024",
        "• Classifies bird song.", "", "#Tea Finder\tMay 2023", "• Finds tea.", "",
        "##Volunteering", "", "#Tool Library", "Treasurer\t2021 – Present", "• Counts.", "",
        "##Education", "BSc",
    )  # fmt: skip
    projects = entries(document, lexicon, "project")
    assert [(e.title, str(e.start), e.months) for e in projects] == [
        ("Bird Caller", "2024-01", 3),
        ("Tea Finder", "2023-05", 1),
    ]
    (helped,) = entries(document, lexicon, "volunteering")
    assert (helped.title, helped.organization, helped.current) == (
        "Treasurer",
        "Tool Library",
        True,
    )


def test_projects_without_dates(lexicon: Lexicon) -> None:
    document = page(
        "##Kim", "", "##Projects", "", "#Bird Caller | PyTorch\tGitHub", "• Classifies bird song in",
        ">the woods.", "#Tea Finder\tMay 2023", "• Finds tea.", "", "#Reading Old Letters",
        "Reads handwriting of the last century with a model that was trained on a museum's letters.",
        "", "##Education", "BSc",
    )  # fmt: skip
    found = entries(document, lexicon, "project")
    assert [(e.title, e.end is not None) for e in found] == [
        ("Bird Caller", False),
        ("Tea Finder", True),
        ("Reading Old Letters", False),
    ]
    bulleted = page("##Kim", "", "##Projects", "• Agentic Reader\tDec 2024", ">– Reads a lot.",
                    "• 2048 Player", ">– Plays.", "", "##Education", "BSc")  # fmt: skip
    assert [(e.title, str(e.end)) for e in entries(bulleted, lexicon, "project")] == [
        ("Agentic Reader", "2024-12")
    ]
    assert "woods" in document.text[slice(*found[0].span)]


def test_experience_of_projects_alone_becomes_a_section_of_projects(lexicon: Lexicon) -> None:
    document = page(
        "##Kim", "", "##Technical Experience", "", "#Reading Old Letters\tSep 2024 – Jan 2025",
        "• Read them.", "", "##Professional Experience", "",
        "#Learning Assistant, Example College\tSep 2025 – Present", "• Helped.", "",
        "##Education", "BSc",
    )  # fmt: skip
    structure = read_structure(document, lexicon, AS_OF)
    assert [s.kind for s in structure.sections][1:3] == ["projects", "experience"]
    assert [e.kind for e in structure.entries] == ["project", "position"]


@pytest.mark.parametrize(
    "said",
    [
        (
            "• Working as Quality Analyst in Brightwater Foods Ltd from Mar 2016 to till date.",
            "• Worked as a Medical Coder at Norholm Clinics, Leeds, UK from Jul 2014 to Feb 2016.",
        ),
        (
            "Currently working with Brightwater Foods Ltd as a Quality Analyst since March 2016.",
            "I have worked at Norholm Clinics as the Medical Coder during 07/2014 – 02/2016.",
        ),
    ],
)
def test_positions_told_in_sentences(said: tuple[str, str], lexicon: Lexicon) -> None:
    want = [
        ("Quality Analyst", "Brightwater Foods Ltd", "2016-03", None),
        ("Medical Coder", "Norholm Clinics", "2014-07", "2016-02"),
    ]
    for document in (page("##Experience", *said), plain("\n".join(("EXPERIENCE", "", *said)))):
        assert rows(document, lexicon) == want


def test_a_sentence_within_a_position_is_no_position(lexicon: Lexicon) -> None:
    document = page(
        "##Experience",
        "#Quality Analyst\tMar 2016 – Present",
        "Brightwater Foods Ltd",
        "• Wrote test plans and trained two colleagues in the laboratory.",
        "• Worked as Team Lead at Ospen Dairy from May 2017 to June 2018 for a client there.",
    )
    want = [("Quality Analyst", "Brightwater Foods Ltd", "2016-03", None)]
    assert rows(document, lexicon) == want


def test_a_title_over_several_employers_holds_for_each(lexicon: Lexicon) -> None:
    document = page(
        "##Experience",
        "#Quality Analyst",
        "Brightwater Foods Ltd\tMar 2016 – Present",
        "Ospen Dairy\tJan 2015 – Feb 2016",
        "",
        "#Medical Coder",
        "Norholm Clinics\tJul 2014 – Dec 2014",
    )
    assert rows(document, lexicon) == [
        ("Quality Analyst", "Brightwater Foods Ltd", "2016-03", None),
        ("Quality Analyst", "Ospen Dairy", "2015-01", "2016-02"),
        ("Medical Coder", "Norholm Clinics", "2014-07", "2014-12"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        (
            *(
                "#Quality Analyst",
                "Brightwater Foods, Leeds",
                "Wrote plans and trained two colleagues",
            ),
            *("in the laboratory of the main plant.", "", "#Medical Coder", "Norholm Clinics"),
            *("Coded the visits of the day and", "answered what the insurers asked."),
        ),
        ("• Quality Analyst at Brightwater Foods", "• Medical Coder at Norholm Clinics"),
        ("Quality Analyst at Brightwater Foods", "Medical Coder at Norholm Clinics"),
    ],
)
def test_positions_without_dates_in_other_forms(said: tuple[str, ...], lexicon: Lexicon) -> None:
    found = entries(page("##Experience", *said), lexicon)
    assert [(e.title, e.organization, e.start, e.months) for e in found] == [
        ("Quality Analyst", "Brightwater Foods", None, None),
        ("Medical Coder", "Norholm Clinics", None, None),
    ]


def test_how_long_it_took_is_no_part_of_a_title(lexicon: Lexicon) -> None:
    document = page(
        "##Experience", "#Quality Analyst (6 months)", "Brightwater Foods", "• Wrote test plans."
    )
    assert [e.title for e in entries(document, lexicon)] == ["Quality Analyst"]
