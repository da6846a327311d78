"""The structure step as a whole: what it promises for any document."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.nlp.lexicon import load_lexicon
from skillgap.nlp.structure import read_structure
from skillgap.types import Document

from .made import AS_OF, page, plain

LINES = st.sampled_from(
    [
        "##Experience", "##EDUCATION", "SKILLS", "#Engineer, Acme\tMay 2019 – Present", "2018-20",
        "• Built it in 2020.", "Acme Inc.", "kim@example.com", "B.S., Example University", "",
        "Skills: Python", "Languages: English", "|Python", "^Toolbox", ">Remote", "Jan 2020 –",
        "- June 2019 to July 2021", "(cid:12)", "\uf0b7", "…", "Position: Chef", "E X T R A S",
        "A very long line of running text that goes on and on until nobody wants to read it.",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(LINES | st.text(max_size=30).map(lambda t: t.replace("\n", " ")), max_size=25),
    st.booleans(),
)
def test_spans_hold_for_any_document(rows: list[str], laid_out: bool) -> None:
    document = page(*rows) if laid_out else plain("\n".join(rows))
    found = read_structure(document, load_lexicon(), AS_OF)
    end = len(document.text)
    assert found.sections[0].start == 0
    assert found.sections[-1].end == end
    for before, after in pairwise(found.sections):
        assert before.end == after.start
        assert after.start <= after.body <= after.end
    for entry in found.entries:
        assert 0 <= entry.span[0] < entry.span[1] <= end
        assert entry.title or entry.organization
        assert entry.months is None or entry.months > 0
        assert not (entry.current and entry.end)
    for study in found.education:
        assert 0 <= study.span[0] < study.span[1] <= end
        assert study.degree or study.institution
    for a, b in found.contact.spans:
        assert 0 <= a < b <= end


def test_the_same_document_gives_the_same() -> None:
    document = page(
        "##Kim Ode", "kim@example.com", "", "##Experience", "#Engineer, Acme\t2019 – now"
    )
    assert read_structure(document, load_lexicon(), AS_OF) == read_structure(
        document, load_lexicon(), AS_OF
    )


def test_another_language_is_told_plainly() -> None:
    document = plain(
        "Max Beispiel\n\nBerufserfahrung\nEntwicklung von Anwendungen mit Python für die Kunden der\n"
        "Bank und Betreuung der Systeme in der Cloud.\n"
    )
    found = read_structure(document, load_lexicon(), AS_OF)
    assert found.language == "de"
    (notice,) = found.notices
    assert notice.code == "language_not_supported"
    assert "English" in notice.message


def test_english_gets_no_notice() -> None:
    document = plain("Kim Ode\n\nSUMMARY\nI have built the data platform of a bank for years.\n")
    assert read_structure(document, load_lexicon(), AS_OF).notices == ()


def test_an_empty_document() -> None:
    found = read_structure(
        Document("x", "0" * 64, "text/plain", "text", "", ()), load_lexicon(), AS_OF
    )
    assert (found.entries, found.education, found.language) == ((), (), "")


@pytest.mark.parametrize("size", [2_000])
def test_a_very_long_line_takes_no_time_worth_telling(size: int) -> None:
    # No pattern may go quadratic on hostile input; a plain page takes two milliseconds.
    import time

    for piece in ("(" * 50, "a " * 50, "1-" * 50, "x@y.", "Jan 2020 - ", "A.", "\t:", "- " * 40):
        document = plain(f"Kim\n\nEXPERIENCE\n{piece * size}\n\nEDUCATION\n{piece * size}\n")
        before = time.process_time()
        read_structure(document, load_lexicon(), AS_OF)
        assert time.process_time() - before < 20, piece[:10]
