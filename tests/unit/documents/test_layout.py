"""Reading order, words and lines of PDFs: each test is one layout that résumés really have."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillgap.documents import read
from tests.unit.documents.pdfmaker import BODY, Page, pdf, resume

EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "resumes").glob("*.pdf"))
READERS = ["pdfium", "pdfplumber"]

LEFT = [
    "Python and SQL for pipelines",
    "that feed the daily reports",
    "of a regional bank; Airflow",
    "and dbt for orchestration",
    "and tests of each model",
]
RIGHT = [
    "Mentored four engineers who",
    "later led teams themselves",
    "and wrote the guide to code",
    "review that is used across",
    "the whole department today",
]


def lines(document):
    return [document.line_text(line) for line in document.lines]


def both(data):
    """The lines of a PDF, after making sure that the two readers agree on them."""
    documents = [read(data, reader=r) for r in READERS]
    assert lines(documents[0]) == lines(documents[1])
    check(documents[0])
    check(documents[1])
    return lines(documents[0])


def check(document):
    """What holds for every document: exact offsets, ascending spans, boxes inside their page."""
    text, at = document.text, 0
    for word in document.words:
        assert at <= word.start < word.end
        piece = text[word.start : word.end]
        assert piece.strip() == piece != ""
        assert not any(c.isspace() for c in piece)
        page = document.pages[word.page - 1]
        assert 0 <= word.x0 <= word.x1 <= page.width
        assert 0 <= word.top <= word.bottom <= page.height
        assert page.start <= word.start
        assert word.end <= page.end
        at = word.end
    at = -1
    for line in document.lines:
        assert at < line.start < line.end
        assert "\n" not in text[line.start : line.end]
        at = line.end
    covered = {i for w in document.words for i in range(w.start, w.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
    for a, b in zip(document.pages, document.pages[1:], strict=False):
        assert a.end <= b.start


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples_read_alike_by_both_readers(path):
    one, two = (read(path, reader=r) for r in READERS)
    check(one)
    check(two)
    a, b = one.text.split(), two.text.split()
    assert len(set(a) ^ set(b)) <= 0.01 * len(set(a) | set(b))


def test_one_column_is_read_down():
    assert both(pdf(resume())) == ["Ada Example", "Experience", *BODY]


def test_two_columns_are_never_read_across():
    page = Page().text(200, 740, "Ada Example", 18).lines(72, 690, LEFT).lines(320, 690, RIGHT)
    document = read(pdf(page))
    assert both(pdf(page)) == ["Ada Example", *LEFT, *RIGHT]
    assert [n.code for n in document.notices] == ["multi_column"]
    assert {line.column for line in document.lines} == {0, 1}


def test_columns_of_different_leading():
    page = Page().lines(72, 690, LEFT * 2, 9, 12.3).lines(320, 690, RIGHT * 2, 10, 13.1)
    assert both(pdf(page)) == [*LEFT * 2, *RIGHT * 2]


def test_three_columns():
    short = [t.split(" and ")[0][:20].strip() for t in LEFT]
    page = (
        Page()
        .lines(40, 700, [f"{t} a" for t in short], 9, 12)
        .lines(230, 696, [f"{t} b" for t in short], 9, 12.7)
        .lines(430, 698, [f"{t} c" for t in short], 9, 12.4)
    )
    assert both(pdf(page)) == [f"{t} {x}" for x in "abc" for t in short]


def test_sidebar_of_short_items_beside_a_wide_column():
    wide = [
        "Led the rewrite of the ingestion path, which now takes twelve terabytes",
        "a day without loss, and cut its cost by a third within one year of work",
        "Introduced contract tests between nine services and their consumers and",
        "brought the rate of failed releases down from one in ten to one in fifty",
    ]
    side = ["Skills", "Python", "Go", "Terraform", "Kafka", "PostgreSQL", "Docker", "Linux"]
    page = Page().lines(40, 700, side, 10, 16.5).lines(200, 702, wide * 3, 10, 13.2)
    assert both(pdf(page)) == [*side, *wide * 3]


def test_columns_in_the_order_of_the_page_not_of_the_file():
    page = Page().lines(320, 690, RIGHT).lines(72, 690, LEFT).text(200, 740, "Ada Example", 18)
    assert both(pdf(page)) == ["Ada Example", *LEFT, *RIGHT]


def test_full_width_text_above_and_below_columns():
    wide = "A line that runs over the whole width of the page, from its left edge to the right one"
    page = (
        Page()
        .text(72, 720, wide)
        .lines(72, 690, LEFT)
        .lines(320, 690, RIGHT)
        .text(72, 600, wide + ", again")
    )
    assert both(pdf(page)) == [wide, *LEFT, *RIGHT, wide + ", again"]


def test_dates_at_the_right_edge_stay_on_their_line():
    page = Page()
    expected = []
    for i in range(4):
        y = 700 - 60 * i
        page.text(72, y, f"Data Engineer, Example {i} Ltd", font="F2").text(
            480, y, f"2019 - 202{i}"
        )
        page.lines(72, y - 13, BODY[:2])
        expected += [f"Data Engineer, Example {i} Ltd\t2019 - 202{i}", *BODY[:2]]
    assert both(pdf(page)) == expected


def test_places_and_dates_at_the_right_edge_of_two_lines():
    page = Page()
    expected = []
    for i in range(4):
        y = 700 - 60 * i
        page.text(72, y, f"Example {i} University").text(470, y, "Springfield, ST")
        page.text(72, y - 13, "Bachelor of Science").text(480, y - 13, "2015 - 2019")
        expected += [f"Example {i} University\tSpringfield, ST", "Bachelor of Science\t2015 - 2019"]
    assert both(pdf(page)) == expected


def test_dates_in_a_narrow_left_column():
    page = Page()
    expected = []
    for i in range(5):
        y = 700 - 50 * i
        page.text(72, y, f"201{i} - 201{i + 1}").text(160, y, f"Analyst at Example {i}")
        page.lines(160, y - 13, BODY[:2])
        expected += [f"201{i} - 201{i + 1}\tAnalyst at Example {i}", *BODY[:2]]
    assert both(pdf(page)) == expected


def test_labels_and_values_are_read_by_rows():
    rows = [
        ("Languages", "Python, Go, SQL"),
        ("Cloud", "AWS, Terraform"),
        ("Data", "Airflow, dbt, Spark"),
        ("Testing", "pytest, Hypothesis"),
        ("Other", "Git, Linux"),
    ]
    page = Page()
    for i, (a, b) in enumerate(rows):
        page.text(72, 700 - 14 * i, a, font="F2").text(180, 700 - 14 * i, b)
    assert both(pdf(page)) == [f"{a}\t{b}" for a, b in rows]


def test_name_colon_value_tables():
    page = Page()
    for i, (a, b) in enumerate(
        [("Name", "Ada"), ("City", "Springfield"), ("Status", "Open"), ("Born", "1990")]
    ):
        page.text(72, 700 - 14 * i, a).text(200, 700 - 14 * i, ": " + b)
    assert both(pdf(page)) == [
        "Name\t: Ada",
        "City\t: Springfield",
        "Status\t: Open",
        "Born\t: 1990",
    ]


def test_bullets_stand_with_their_items():
    page = Page()
    for i, t in enumerate(BODY):
        page.text(72, 700 - 13 * i, "\u2022").text(90, 700 - 13 * i, t)
    assert both(pdf(page)) == ["• " + t for t in BODY]


def test_words_without_space_characters():
    page = Page().raw(
        "BT /F1 10 Tf 72 700 Td [(Deep)-333(learning)-250(in)-220(PyT)80(orch)] TJ ET"
    )
    assert both(pdf(page)) == ["Deep learning in PyTorch"]


def test_words_placed_letter_by_letter_in_any_order():
    page = Page()
    x = 72.0
    placed = []
    for letter, width in zip("Kafka", (6.67, 5.56, 2.78, 5, 5.56), strict=True):
        placed.append((x, letter))
        x += width
    for x, letter in reversed(placed):
        page.text(x, 700, letter)
    assert both(pdf(page)) == ["Kafka"]


@pytest.mark.parametrize("spaced", ["E X P E R I E N C E", "W O R K  E X P E R I E N C E"])
def test_letter_spaced_headings(spaced):
    page = resume().text(72, 500, spaced, 12)
    assert spaced.replace("  ", "_").replace(" ", "").replace("_", " ") in both(pdf(page))


def test_tracked_headings():
    assert "EDUCATION" in both(pdf(resume().text(72, 500, "EDUCATION", 12, spacing=4)))


def test_single_letters_that_are_words_stay_words():
    page = Page().text(72, 700, "Languages: C, R, Go and a bit of D; plan B")
    assert both(pdf(page)) == ["Languages: C, R, Go and a bit of D; plan B"]


def test_superscripts_stay_on_their_line():
    page = Page().text(72, 700, "Ranked 1").text(113, 704, "st", 6).text(122, 700, "of 90 teams")
    assert both(pdf(page)) == ["Ranked 1 st of 90 teams"]


def test_tex_logo():
    page = Page().text(72, 700, "L", 10).text(76, 702, "A", 7).text(80.4, 700, "T", 10)
    page.text(85.2, 697.8, "E", 10).text(91, 700, "X", 10)
    assert both(pdf(page)) == ["LATEX"]


ODD = {
    65: "\ufb01",  # the ligature fi
    66: "\u00a0",
    67: "\ue0f1",  # an icon of some private font
    68: "\uf0b7",  # Symbol's bullet
    69: "\u200b",
    70: "\u2011",
    71: "\ufffd",
    72: "\U0001d5e3",  # a styled P
}


def test_ligatures_spaces_icons_and_hyphens_become_plain():
    def hexed(text):
        return "".join(f"{ord(c):02X}" for c in text)

    page = Page().hexed(72, 700, hexed("con") + "41" + hexed("g") + "42" + hexed("set"))
    page.hexed(72, 680, "43" + hexed("mail")).hexed(72, 660, "44" + hexed(" item"))
    page.hexed(72, 640, hexed("state") + "46" + hexed("of")).hexed(72, 620, "48" + hexed("ython"))
    assert both(pdf(page, unicode=ODD)) == ["config set", "mail", "• item", "state-of", "Python"]


def test_replacement_text_of_icon_macros_is_dropped():
    page = Page().text(72, 700, "\\faGithub adaexample \\faEnvelopeO ada@example.com")
    assert both(pdf(page)) == ["adaexample\tada@example.com"]


def test_fonts_without_meaning_are_told():
    page = resume().hexed(72, 400, "47" * 60)
    document = read(pdf(page, unicode=ODD))
    assert [n.page for n in document.notices if n.code == "unmapped_fonts"] == [1]
    assert "\ufffd" not in document.text


def test_a_few_icons_are_no_reason_to_worry():
    page = resume().hexed(72, 400, "43").hexed(72, 380, "43")
    document = read(pdf(page, unicode=ODD))
    assert "unmapped_fonts" not in [n.code for n in document.notices]


def _column(*texts):
    filler = "and a line that is long enough to reach the right edge"
    return Page().lines(72, 700, [filler, *texts, filler])


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("models from the well known hub of Hug-", "gingFace were tuned", "HuggingFace"),
        ("and cut the time of all of the compu-", "tations by half", "computations"),
        ("with a lot of experience in the fine-", "tuning of models", "fine-tuning"),
        ("and always keeping up with state-of-the-", "art methods", "state-of-the-art"),
        ("including evaluation of answers of GPT-", "4 and others", "GPT-4"),
    ],
)
def test_words_broken_at_a_line_end_are_whole(first, second, whole):
    document = read(pdf(_column(first, second)))
    both(pdf(_column(first, second)))
    at = document.text.index(whole)
    boxes = document.boxes(at, at + len(whole))
    assert len(boxes) == 2
    assert boxes[0].bottom <= boxes[1].top + 3


def test_ranges_and_lists_are_no_broken_words():
    text = both(
        pdf(_column("worked there for a very long time from 2019 -", "Present as an analyst"))
    )
    assert text[1].endswith("2019 -")
    assert text[2].startswith("Present")


def test_repeated_headers_and_footers_are_furniture():
    def page(n):
        return (
            Page()
            .text(72, 760, "Ada Example - Curriculum Vitae")
            .lines(72, 700, [f"{t} {n}" for t in BODY])
            .text(280, 30, f"Page {n} of 3")
            .text(72, 42, "ada@example.com")
        )

    document = read(pdf(page(1), page(2), page(3)))
    check(document)
    marked = [document.line_text(line) for line in document.lines if line.furniture]
    assert marked.count("Ada Example - Curriculum Vitae") == 2  # the first one is the name's place
    assert marked.count("ada@example.com") == 3
    assert [t for t in marked if t.startswith("Page")] == [
        "Page 1 of 3",
        "Page 2 of 3",
        "Page 3 of 3",
    ]
    assert len(marked) == 8


def test_turned_text_is_read_by_itself():
    page = resume().raw("BT /F1 10 Tf 0 1 -1 0 40 300 Tm (Written upwards at the edge) Tj ET")
    assert "Written upwards at the edge" in both(pdf(page))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages(turn):
    page = resume()
    page.extra = f"/Rotate {turn}"
    document = read(pdf(page))
    check(document)
    assert set(both(pdf(page))) >= set(BODY)
    wide = turn in (90, 270)
    assert (document.pages[0].width > document.pages[0].height) == wide


def test_crop_box_moves_the_origin():
    page = resume()
    page.extra = "/CropBox [50 100 562 780]"
    document = read(pdf(page))
    both(pdf(page))
    assert document.pages[0].width == 512
    word = document.words[0]
    assert word.x0 == pytest.approx(22, abs=1)
    assert word.bottom == pytest.approx(44, abs=1)


def test_bold_and_size_tell_headings():
    document = read(pdf(resume()))
    look = {document.line_text(line): (line.bold, line.size) for line in document.lines}
    assert look["Experience"] == (True, 13)
    assert look[BODY[0]] == (False, 10)


def test_larger_gaps_are_empty_lines():
    document = read(pdf(Page().lines(72, 700, BODY[:2]).lines(72, 640, BODY[2:])))
    assert document.text == f"{BODY[0]}\n{BODY[1]}\n\n{BODY[2]}\n{BODY[3]}"


def test_same_bytes_same_document():
    data = pdf(resume(), resume())
    assert read(data) == read(data)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("shown", "plain"),
    [
        ("[(Sant) -111 (\\264) 444 (e Publique)] TJ", "Santé Publique"),
        ("[(Montr) -111 (\\264) 444 (eal)] TJ", "Montréal"),
        ("[(M) -111 (\\250) 444 (uller)] TJ", "Müller"),
        ("[(Fran) -83 (\\270) 416 (cais)] TJ", "Français"),
        ("[(Fran) (c) 416 (\\270) -83 (ais)] TJ", "Français"),
        ("[(Zo) -111 (\\250) 444 (e)] TJ", "Zoë"),
        ("(He said \\264e and ~e) Tj", "He said ´e and ~e"),
    ],
)
def test_accents_painted_over_letters_are_part_of_them(shown, plain, reader):
    page = Page().raw(f"BT 0 0 0 rg /F1 10 Tf 72 700 Td {shown} ET")
    document = read(pdf(page), reader=reader)
    assert document.text == plain
    assert [document.text[w.start : w.end] for w in document.words] == plain.split()
    assert document.words[0].x0 == pytest.approx(72, abs=0.5)


def _cipher(text: str, shift: int) -> tuple[str, dict[int, str]]:
    """Codes of a text, and a font's map that gives letters `shift` places off."""
    codes = text.encode("ascii")
    return codes.hex(), {c: chr(c - shift) if c > 32 else " " for c in codes}


def test_fonts_that_give_other_letters_are_told():
    lines = [f"{line} number {i}" for i in range(3) for line in BODY]
    for shift, told in ((29, True), (0, False)):
        page, unicode = Page(), {}
        for i, line in enumerate(lines):
            codes, mapped = _cipher(line, shift)
            unicode |= mapped
            page.hexed(40, 740 - 14 * i, codes)
        found = [n.code for n in read(pdf(page, unicode=unicode)).notices]
        assert ("unmapped_fonts" in found) is told


def test_timeline_with_headings_in_the_column_of_its_dates():
    page = Page().text(60, 760, "ADA EXAMPLE", 20, font="F2")
    page.text(60, 700, "EXPERIENCE", 13, font="F2")
    wanted = ["ADA EXAMPLE", "EXPERIENCE"]
    for i, (dates, title) in enumerate(
        [("2019 - Present", "Data Engineer"), ("2016 - 2019", "Analyst"), ("2014 - 2016", "Intern")]
    ):
        y = 680 - 60 * i
        page.text(60, y, dates, 9).text(200, y, title, font="F2").lines(200, y - 14, LEFT[:2])
        wanted += [f"{dates}\t{title}", *LEFT[:2]]
    assert both(pdf(page)) == wanted


def test_a_sidebar_with_dates_is_a_column():
    page = Page().lines(60, 700, ["Education", "Example College", "2010 - 2014", "Languages",
                                  "English", "2012 course", "French", "2015 course"], lead=19)  # fmt: skip
    page.lines(250, 700, [*LEFT, *RIGHT])
    assert both(pdf(page))[:3] == ["Education", "Example College", "2010 - 2014"]


def test_entries_of_two_sides_are_read_one_after_the_other():
    page = Page().text(60, 760, "ADA EXAMPLE", 20, font="F2")
    page.text(60, 700, "EXPERIENCE", 13, font="F2")
    wanted = ["ADA EXAMPLE", "EXPERIENCE"]
    for i, (name, dates, title) in enumerate(
        [
            ("Example Foods", "2019 - Present", "Data Engineer"),
            ("Old Clinics", "2014 - 2019", "Aide"),
        ]
    ):
        y = 680 - 70 * i
        page.text(60, y, name, font="F2").lines(60, y - 13, ["Leeds", dates], 9)
        page.text(220, y, title, font="F2").lines(220, y - 14, LEFT[:2], 9)
        wanted += [name, "Leeds", dates, title, *LEFT[:2]]
    page.text(60, 500, "EDUCATION", 13, font="F2").text(60, 480, "Example College, 2012")
    assert both(pdf(page)) == [*wanted, "EDUCATION", "Example College, 2012"]
