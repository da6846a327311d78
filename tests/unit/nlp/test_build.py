"""The saved pipeline: the same bytes each time, loaded by spaCy itself, never stale."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from skillgap.nlp import load
from skillgap.nlp.build import build, make_pipeline
from skillgap.nlp.components import SPANS
from skillgap.nlp.tables import Tables, compile_tables
from skillgap.taxonomy.model import Taxonomy

TEXT = "Python 3.12, currently learning Keras"


def test_same_taxonomy_same_bytes(taxonomy: Taxonomy, tmp_path: Path) -> None:
    assert build(taxonomy, tmp_path / "a") == build(taxonomy, tmp_path / "b")


def test_spacy_loads_it_in_a_fresh_process(taxonomy: Taxonomy, tmp_path: Path) -> None:
    build(taxonomy, tmp_path / "m")
    code = (
        "import sys, spacy; nlp = spacy.load(sys.argv[1]); doc = nlp(sys.argv[2]);"
        "print([(s.text, s.label_, s.kb_id_) for s in doc.spans['skills']])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "m"), TEXT],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if "E002" in done.stderr or "RegistryError" in done.stderr:
        pytest.skip("skillgap's entry points are not installed in this environment")
    assert done.stdout.strip() == str(
        [("Python 3.12", "claimed", "python"), ("Keras", "aspired", "keras")]
    ), done.stderr


def test_spans_of_the_doc(taxonomy: Taxonomy) -> None:
    doc = make_pipeline(taxonomy)(TEXT)
    assert isinstance(doc, Doc)
    assert [(s.text, s.label_, s.kb_id_) for s in doc.spans[SPANS]] == [
        ("Python 3.12", "claimed", "python"),
        ("Keras", "aspired", "keras"),
    ]


def test_tables_survive_saving(taxonomy: Taxonomy) -> None:
    tables = compile_tables(taxonomy.skills.values())
    again = Tables.from_bytes(tables.to_bytes())
    assert again.senses("nodejs") == tables.senses("nodejs") != ()
    assert again.rules == tables.rules
    assert again.starts == tables.starts
    assert "old" in tables.skills  # a name that is gone is still understood


def test_digest_follows_forms_not_courses(taxonomy: Taxonomy) -> None:
    first = load.content_digest(taxonomy)
    assert load.content_digest(replace(taxonomy, digest="another")) == first
    changed = dict(taxonomy.skills)
    changed["python"] = replace(changed["python"], alt=("CPython",))
    assert load.content_digest(replace(taxonomy, skills=changed)) != first


def test_loading_keeps_a_build_and_never_a_stale_one(
    taxonomy: Taxonomy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLGAP_CACHE", str(tmp_path))
    made = load.load_extractor(taxonomy)
    assert [p.parent.name[:12] for p in tmp_path.glob("*/meta.json")] == ["skillgap_en-"]
    read = load.load_extractor(taxonomy)
    assert made(TEXT) == read(TEXT) != ()
    assert made.version == read.version
    changed = dict(taxonomy.skills)
    del changed["keras"]
    other = load.load_extractor(replace(taxonomy, skills=changed))
    assert [m.skill for m in other(TEXT)] == ["python"]


def test_a_cache_that_cannot_be_written_is_no_error(
    taxonomy: Taxonomy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SKILLGAP_CACHE", str(tmp_path / "file"))
    assert load.load_extractor(taxonomy)(TEXT)


def test_long_runs_give_their_memory_back(taxonomy: Taxonomy) -> None:
    from skillgap.nlp import extract

    extractor = extract.SkillExtractor(make_pipeline(taxonomy))
    vocab = extractor.nlp.vocab
    limit, extract._LEXEMES = extract._LEXEMES, len(vocab)
    try:
        before = len(vocab.strings)
        for n in range(20):
            extractor(f"Python and word{n} and {'x' * n}")
        assert len(vocab.strings) - before < 40
    finally:
        extract._LEXEMES = limit


def test_blank_language_stays_usable() -> None:
    assert len(spacy.blank("en")("a b")) == 2
