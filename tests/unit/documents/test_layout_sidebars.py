"""Sidebars whose rows share their baselines with the rows beside them, and what looks like them."""

from __future__ import annotations

import pytest

from skillgap.documents import read

typst = pytest.importorskip("typst")

TITLES = {
    "capitals": lambda t: t.upper(),
    "bold": lambda t: f"*{t}*",
    "plain": lambda t: t,
    "larger": lambda t: f"#text(size: 12pt, top-edge: 0.55em)[{t}]",
    "apart": lambda t: f"#text(tracking: 3pt)[{t.upper()}]",
}
SIDE = ["=Skills", "Python", "SQL", "Docker", "PyTorch", "=Languages", "English", "German",
        "=Contact", "555-0100", "Springfield"]  # fmt: skip
MAIN = [
    "=Experience",
    "Data Engineer, Acme Example",
    "March 2021 – Present",
    "Built pipelines in Airflow for eleven teams",
    "Cut the cost of the warehouse by a third",
    "Analyst, Bolt Example",
    "June 2018 – February 2021",
    "Wrote reports in SQL for the sales department",
    "=Education",
    "BSc Statistics, Example University",
    "2014 – 2018",
    "=Projects",
    "Search over scanned letters of a museum",
    "A guide to the testing of models",
]
ACME = ["=Experience", *MAIN[1:8], "Led a team of four"]


def typeset(body):
    setting = "#set page(margin: 1.8cm)\n#set text(size: 10pt)\n#set par(leading: 0.6em)\n"
    head = "#align(center)[#text(18pt)[Ada Example]]\n#v(8pt)\n"
    return read(typst.compile((setting + head + body).encode()))


def columns(left, right, widths="4.5cm, 1fr", title=TITLES["bold"]):
    """Two sides of the same size and leading; what begins with = is a title."""
    cells = (
        " \\\n".join(title(t[1:]) if t[0] == "=" else t for t in side) for side in (left, right)
    )
    return typeset(
        f"#grid(columns: ({widths}), column-gutter: 0.8cm, {','.join(f'[{c}]' for c in cells)})"
    )


def table(rows):
    """A row beside each label, and rows without one where it is empty."""
    cells = ",".join(f"[{c}]" for row in rows for c in row)
    return typeset(
        "#grid(columns: (4.5cm, 1fr), column-gutter: 0.8cm, row-gutter: 0.6em, " + cells + ")"
    )


def lines(document):
    return [document.line_text(line) for line in document.lines if line.end > line.start]


def said(*sides, capital=False):
    texts = [t for side in sides for t in side]
    return [t[1:].upper() if capital and t[0] == "=" else t.removeprefix("=") for t in texts]


def assert_columns(document, left, right, capital=False):
    assert lines(document) == ["Ada Example", *said(left, right, capital=capital)]
    assert "multi_column" in {n.code for n in document.notices}


def assert_rows(document, rows):
    wanted = ["\t".join(c.replace("*", "") for c in row if c) for row in rows]
    assert lines(document) == ["Ada Example", *wanted]
    assert "multi_column" not in {n.code for n in document.notices}


@pytest.mark.parametrize("bullet", ["", "• "], ids=["items", "bullets"])
@pytest.mark.parametrize("width", ["4.5cm", "6cm"])
@pytest.mark.parametrize("look", TITLES)
def test_a_left_sidebar_of_the_same_leading_is_a_column(look, width, bullet):
    side = [t if t[0] == "=" else bullet + t for t in SIDE]
    document = columns(side, MAIN, f"{width}, 1fr", TITLES[look])
    assert_columns(document, side, MAIN, capital=look in ("capitals", "apart"))


@pytest.mark.parametrize("width", ["4.5cm", "6cm"])
def test_a_right_sidebar_of_the_same_leading_is_a_column(width):
    assert_columns(columns(MAIN, SIDE, f"1fr, {width}"), MAIN, SIDE)


SIDES = {
    "one section": ["=Skills", "Python", "SQL", "Docker", "Spark", "Airflow", "dbt"],
    "own words": ["=Tech stack", "Python", "SQL", "Docker", "=Speaks", "English", "German"],
    "no title": ["• Python", "• SQL", "• Docker", "• Spark", "• Airflow", "• dbt"],
    "dates": ["=Education", "BSc Statistics", "Example University", "2014 – 2018", "MSc Data",
              "Other University", "2018 – 2020", "=Skills", "Python"],
}  # fmt: skip


@pytest.mark.parametrize("side", SIDES.values(), ids=SIDES)
def test_what_a_sidebar_may_have(side):
    assert_columns(columns(side, ACME), side, ACME)


def test_a_sidebar_beside_text_without_titles():
    side = ["=Skills", "Python", "SQL", "Docker", "=Languages", "English", "German"]
    assert_columns(columns(side, ACME[1:]), side, ACME[1:])


LABELS = [
    ("Languages", "Python, SQL"),
    ("Frameworks", "Django, FastAPI"),
    ("Tools", "Git"),
    ("Certifications", "Example Cloud Architect"),
    ("Databases", "PostgreSQL"),
    ("Interests", "Chess"),
    ("Cloud", "Terraform"),
]
FORM = [
    ("*Personal information*", "*Curriculum vitae*"),
    ("Name", "Ada Example"),
    ("Address", "1 Example Road"),
    ("*Work experience*", "*Acme Example*"),
    ("Dates", "2019 – 2021"),
    ("Occupation", "Data Engineer"),
    ("*Education*", "*Example University*"),
    ("Dates", "2013 – 2017"),
    ("Title", "BSc Statistics"),
]
ANNOTATED = {
    "dates": [("2019 – 2021", "*Data Engineer*, Acme Example"), ("", "Built pipelines"),
              ("2017 – 2019", "*Analyst*, Bolt Example"), ("", "Wrote reports"),
              ("2015 – 2017", "*Intern*, Cord Example"), ("", "Counted"),
              ("2012 – 2015", "*BSc*, Example University")],
    "dates and titles": [("*Experience*", ""), ("2019 – 2021", "Data Engineer, Acme Example"),
                         ("", "Built pipelines"), ("2017 – 2019", "Analyst, Bolt Example"),
                         ("2015 – 2017", "Intern, Cord Example"), ("*Education*", ""),
                         ("2012 – 2015", "BSc, Example University")],
    "years": [(y, f"Work of the year at Example {i}")
              for i, y in enumerate(["2021", "2020", "2018", "2016", "2014"])],
    "labels": LABELS,
    "bold labels": [(f"*{a}*", b) for a, b in LABELS],
    "labels with colons": [(f"*{a}:*", b) for a, b in LABELS],
    "labels under a title": [("*Skills*", ""), *LABELS],
    "labels that name sections": [(a, f"Example of a value {a.lower()}")
                                  for a in ("Languages", "Frameworks", "Databases", "Interests",
                                            "Cloud", "Testing", "Storage")],
    "bulleted labels": [(f"• {a}", b) for a, b in LABELS],
    "titles in the margin": [("*Summary*", "Data engineer of nine years"),
                             ("*Experience*", "Data Engineer, Acme Example"),
                             ("", "2019 – 2021"), ("", "Built pipelines"),
                             ("*Education*", "BSc, Example University"), ("*Skills*", "Python"),
                             ("*Languages*", "English"), ("*Interests*", "Chess")],
    "places in the margin": [("*Experience*", "Data Engineer, Acme Example"),
                             ("Leeds", "Built pipelines"), ("", "Cut costs"),
                             ("York", "Analyst, Bolt Example"), ("", "Wrote reports"),
                             ("*Education*", "BSc, Example University"), ("Hull", "Statistics"),
                             ("*Skills*", "Python")],
    "employers": [("*Acme Example*", "*Data Engineer*"), ("Leeds", "Built pipelines"),
                  ("", "Cut costs"), ("*Bolt Example*", "*Analyst*"), ("York", "Wrote reports"),
                  ("", "Counted"), ("*Cord Example*", "*Intern*"), ("Hull", "Helped")],
    "table with a head": [("*Skills*", "*Experience*"), ("Python", "5 years"), ("SQL", "4 years"),
                          ("Docker", "3 years"), ("Spark", "2 years"), ("Airflow", "1 year")],
    "form": FORM,
}  # fmt: skip


@pytest.mark.parametrize("rows", ANNOTATED.values(), ids=ANNOTATED)
def test_labels_and_dates_stay_on_the_rows_that_they_are_about(rows):
    assert_rows(table(rows), rows)
