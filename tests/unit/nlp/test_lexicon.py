"""taxonomy/sections.yaml: valid, without contradictions, and quick to load again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from skillgap.errors import TaxonomyError
from skillgap.nlp.headings import name_heading
from skillgap.nlp.lexicon import load_lexicon, plain, squeeze


def test_every_listed_heading_names_its_kind() -> None:
    lexicon = load_lexicon()
    for kind, phrases in lexicon.data["headings"].items():
        for phrase in phrases:
            named = name_heading(phrase, lexicon)
            assert named is not None, phrase
            assert (named.kind, named.strength) == (kind, 3), phrase


def test_data_and_path_give_the_same() -> None:
    assert load_lexicon(load_lexicon().data) == load_lexicon()


def test_a_wrong_file_is_told_with_its_line(tmp_path: Path, root: Path) -> None:
    good = (root / "taxonomy" / "sections.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "sections.yaml"
    wrong.write_text(good.replace("modifiers:\n", "modifiers:\n  - 7\n", 1), encoding="utf-8")
    line = good[: good.index("modifiers:")].count("\n") + 2
    with pytest.raises(TaxonomyError) as caught:
        load_lexicon(wrong)
    assert f"sections.yaml:{line}:" in str(caught.value)


def test_a_phrase_of_two_kinds_is_refused(tmp_path: Path, root: Path) -> None:
    text = (root / "taxonomy" / "sections.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "sections.yaml"
    wrong.write_text(text.replace("    - toolbox\n", "    - toolbox\n    - awards\n", 1), "utf-8")
    with pytest.raises(TaxonomyError, match="awards"):
        load_lexicon(wrong)


def test_broken_yaml_and_no_file(tmp_path: Path) -> None:
    wrong = tmp_path / "sections.yaml"
    wrong.write_text("headings: [", encoding="utf-8")
    with pytest.raises(TaxonomyError, match="not valid YAML"):
        load_lexicon(wrong)
    with pytest.raises(TaxonomyError, match="no such file"):
        load_lexicon(tmp_path / "none.yaml")


def test_spellings_are_equal() -> None:
    assert squeeze("Work  Experience:") == squeeze("WORKEXPERIENCE") == "workexperience"
    assert plain("Résumé & Café") == "resume  and  cafe"


def test_structure_needs_no_heavy_library() -> None:
    code = (
        "import sys; from skillgap.nlp.structure import load_lexicon; load_lexicon();"
        "print([m for m in ('spacy', 'yaml', 'pydantic', 'numpy', 'pdfplumber') if m in sys.modules])"
    )
    load_lexicon()  # the compiled form is kept
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
