"""Headings are told by how they look and by what they say, and sections cover the text."""

from __future__ import annotations

from itertools import pairwise

import pytest

from skillgap.nlp.headings import heading_title, name_heading
from skillgap.nlp.lexicon import Lexicon, load_lexicon
from skillgap.nlp.sections import find_sections
from skillgap.types import Document

from .made import page, plain


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def kinds(document: Document, lexicon: Lexicon) -> list[tuple[str, str]]:
    return [(s.kind, s.title) for s in find_sections(document, lexicon)[1:]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Where I've been", "experience"),
        ("WHERE I’VE BEEN", "experience"),
        ("Toolbox", "skills"),
        ("Core Competencies:", "skills"),
        ("What I Do", "skills"),
        ("Selected Work", "projects"),
        ("E X P E R I E N C E", "experience"),
        ("W O R K   E X P E R I E N C E", "experience"),
        ("OTHERSKILLS", "skills"),
        ("4. Education & Certifications", "education"),
        ("Experience (continued)", "experience"),
        ("Computer Engineering Experience", "experience"),
        ("Leadership and Work Experience", "experience"),
        ("Research & Publications", "publications"),
        ("Scholarships & Awards", "awards"),
        ("Programs, Skills, Software", "skills"),
        ("Languages & Libraries", "skills"),
        ("Languages & Interests", "languages"),
        ("TECHNICALL SKILLS", "skills"),
        ("Expérience", None),
        ("Roles and Responsibilities", None),
        ("Curriculum Vitae", None),
        ("Ada Lovelace", None),
        ("Data Science Bootcamp, Ironhack, online", None),
    ],
)
def test_headings_as_people_write_them(lexicon: Lexicon, text: str, kind: str | None) -> None:
    named = name_heading(heading_title(text), lexicon)
    if kind is None and text == "Expérience":  # accents do not count
        assert named is not None
        return
    assert (named.kind if named else None) == kind


def test_sections_cover_the_text_in_order(lexicon: Lexicon) -> None:
    document = page(
        "##Ada Marlowe", "ada@example.com", "", "##Summary", "I build things that work.", "",
        "##Experience", "#Engineer, Acme\t2019 – 2021", "• Built it.", "", "##Toolbox", "Python",
    )  # fmt: skip
    sections = find_sections(document, lexicon)
    assert [s.kind for s in sections] == ["header", "summary", "experience", "skills"]
    assert sections[0].start == 0
    assert sections[-1].end == len(document.text)
    for before, after in pairwise(sections):
        assert before.end == after.start
    for s in sections[1:]:
        assert document.text[s.start : s.body].strip() == s.title
        assert s.page == 1


def test_unknown_words_set_like_a_heading_are_one(lexicon: Lexicon) -> None:
    document = page(
        "##Rosa Delgado", "", "##Experience", "Engineer at Acme, 2019 – 2021", "",
        "##Education", "BSc, Example University, 2018", "", "##Side Notes", "I like tea a lot.",
    )  # fmt: skip
    assert ("other", "Side Notes") in kinds(document, lexicon)


def test_bold_titles_of_positions_are_no_headings(lexicon: Lexicon) -> None:
    document = page(
        "##Rosa Delgado", "", "##Experience", "", "#Research", "2019 – 2021", "• Did it.", "",
        "#Volunteer Manager", "2017 – 2019", "• Did that.", "", "##Education", "BSc, 2018",
    )  # fmt: skip
    assert kinds(document, lexicon) == [("experience", "Experience"), ("education", "Education")]


def test_a_subheading_that_comes_again_opens_no_section(lexicon: Lexicon) -> None:
    document = page(
        "##Kim", "", "##Experience", "#Engineer, Acme\t2019 – 2021", "#Key Achievements", "• One.",
        "#Engineer, Beta\t2017 – 2019", "#Key Achievements", "• Two.", "", "##Education", "BSc",
    )  # fmt: skip
    assert kinds(document, lexicon) == [("experience", "Experience"), ("education", "Education")]


def test_a_label_inside_a_skills_section_is_no_section(lexicon: Lexicon) -> None:
    document = plain("Kim\n\nSKILLS\nLanguages: Python, Go\nTools: Git\n\nEDUCATION\nBSc, 2018\n")
    assert kinds(document, lexicon) == [("skills", "SKILLS"), ("education", "EDUCATION")]


def test_labels_open_sections_where_there_are_no_headings(lexicon: Lexicon) -> None:
    document = plain("Jo Sample\nSkills: Python, SQL\nEducation: BSc Physics\nInterests: chess\n")
    sections = find_sections(document, lexicon)
    assert [s.kind for s in sections] == ["header", "skills", "education", "interests"]
    assert document.text[sections[1].body : sections[1].end].strip() == "Python, SQL"


def test_a_label_in_additional_information_opens_a_section(lexicon: Lexicon) -> None:
    document = page(
        "##Kim", "", "##Education", "BSc, 2018", "", "##Experience", "Engineer, Acme, 2019 – 2021",
        "", "##Additional", "Technical Skills: SQL, PHP", "Travel: anywhere",
    )  # fmt: skip
    assert kinds(document, lexicon)[-1] == ("skills", "Technical Skills")


def test_a_sidebar_sets_its_headings_its_own_way(lexicon: Lexicon) -> None:
    document = page(
        "##Summary", "I build things that work well.", "", "##Experience",
        "Engineer, Acme, 2019 – 2021", "", "|^Contact", "|kim@example.com", "",
        "|^Certification", "|AWS Practitioner", "", "|^Spoken", "|English", "",
        "|^Infrastructure", "|Docker", "|Kubernetes", "|Terraform",
    )  # fmt: skip
    assert kinds(document, lexicon)[2:] == [
        ("header", "Contact"),
        ("certifications", "Certification"),
        ("languages", "Spoken"),
        ("skills", "Infrastructure"),  # unknown words over a list of short items
    ]


def test_a_section_goes_on_on_the_next_page_past_the_sidebar(lexicon: Lexicon) -> None:
    first = page(
        "##Experience", "#Engineer, Acme\t2019 – 2021", "• Did it.", "", "##Education", "BSc, 2018",
        "", "|##Interests", "|Chess", "|Tea",
    )  # fmt: skip
    second = page("MSc, Example University, 2020", "", "##Skills", "Python")
    shift = len(first.text)
    lines = [li._replace(page=2, start=li.start + shift, end=li.end + shift) for li in second.lines]
    document = Document(
        "cv.pdf", "0" * 64, "application/pdf", "made", first.text + second.text,
        (*first.lines, *lines),
    )  # fmt: skip
    sections = find_sections(document, lexicon)
    assert [(s.kind, s.title) for s in sections[1:]] == [
        ("experience", "Experience"),
        ("education", "Education"),
        ("interests", "Interests"),
        ("education", ""),
        ("skills", "Skills"),
    ]
    (again,) = [s for s in sections if s.kind == "education" and not s.title]
    assert document.text[again.body : again.end].startswith("MSc")


def test_languages_of_computers_are_skills(lexicon: Lexicon) -> None:
    text = "Kim\n\nLANGUAGES\n{}\n\nEDUCATION\nBSc\n"
    assert kinds(plain(text.format("Python, Java, C++")), lexicon)[0][0] == "skills"
    assert kinds(plain(text.format("English, German")), lexicon)[0][0] == "languages"


def test_what_i_do_in_sentences_is_a_summary(lexicon: Lexicon) -> None:
    text = "Kim\n\nWHAT I DO\n{}\n\nEDUCATION\nBSc\n"
    prose = "I build the platforms that other people train and serve their models on. Ask me."
    assert kinds(plain(text.format(prose)), lexicon)[0][0] == "summary"
    assert kinds(plain(text.format("Python, Go, Kubernetes")), lexicon)[0][0] == "skills"


def test_a_profile_of_personal_data_is_no_summary(lexicon: Lexicon) -> None:
    text = "Kim\n\nPROFILE\n{}\n\nEDUCATION\nBSc\n"
    personal = "Date of birth: 1 May 1990\nNationality: Utopian\nGender: any"
    assert kinds(plain(text.format(personal)), lexicon)[0][0] == "other"
    assert kinds(plain(text.format("I build things.")), lexicon)[0][0] == "summary"


def test_a_heading_broken_over_two_lines_is_one(lexicon: Lexicon) -> None:
    document = page(
        "##TECHNICAL", "##SKILLS", "Python, Go", "", "##EDUCATION", "BSc, Example University", "",
        "##INTERESTS", "Chess",
    )  # fmt: skip
    assert kinds(document, lexicon)[0] == ("skills", "TECHNICAL SKILLS")


def test_prose_with_a_heading_word_is_no_heading(lexicon: Lexicon) -> None:
    document = plain(
        "Kim\n\nSUMMARY\nI have wide\nexperience\nin data and\nEducation\nmatters to me.\n"
    )
    assert kinds(document, lexicon) == [("summary", "SUMMARY")]


def test_levels_of_a_format_count(lexicon: Lexicon) -> None:
    document = plain("Kim\nToolbox\nPython\nWhere I studied\nBSc\nSmall things\nTea, too.\n")
    levels = {"Toolbox": 2, "Where I studied": 2, "Small things": 2}
    lines = tuple(
        line._replace(level=levels.get(document.line_text(line), 0)) for line in document.lines
    )
    marked = Document("cv.md", "0" * 64, "text/markdown", "text", document.text, lines)
    assert kinds(marked, lexicon) == [
        ("skills", "Toolbox"),
        ("education", "Where I studied"),
        ("other", "Small things"),
    ]


def test_a_document_without_headings_is_all_header(lexicon: Lexicon) -> None:
    document = plain("Kim Ode\nI wrote some software for some people once.\n")
    (section,) = find_sections(document, lexicon)
    assert (section.kind, section.start, section.end) == ("header", 0, len(document.text))


def test_an_empty_document(lexicon: Lexicon) -> None:
    document = Document("x", "0" * 64, "text/plain", "text", "", ())
    assert [s.kind for s in find_sections(document, lexicon)] == ["header"]
