"""The labels of examples and of the hard set agree with the documents, without any of our readers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pypdfium2
import pytest

from skillgap.types import SectionKind

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "resumes"
HARD = ROOT / "tests" / "data" / "hard"
ASSERTIONS = ROOT / "tests" / "data" / "assertions"
GOLD = sorted([*EXAMPLES.glob("*.gold.json"), *HARD.glob("*.gold.json")])
KINDS = {*get_args(SectionKind), "contact"}


def _document(gold: Path) -> Path:
    stem = gold.name.removesuffix(".gold.json")
    return next(
        p for p in (gold.parent / (stem + e) for e in (".pdf", ".md", ".txt")) if p.exists()
    )


def _text(path: Path) -> str:
    if path.suffix != ".pdf":
        return path.read_text(encoding="utf-8")
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def _squeezed(text: str) -> str:
    """Letters, digits and signs only: no case, accents, spaces or hyphens, however they are set."""
    marks = "\u00b4`\u00a8\u02c6\ufffe\ufffd\x02"
    kept = unicodedata.normalize("NFKD", text.translate(dict.fromkeys(map(ord, marks))))
    kept = "".join(c for c in kept if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\s\-\u2010\u2011]+", "", kept)


def _gold(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def test_every_example_and_hard_case_is_labelled() -> None:
    assert len(list(EXAMPLES.glob("*.pdf"))) == len(list(EXAMPLES.glob("*.gold.json"))) >= 11
    assert len(list(HARD.glob("*.gold.json"))) >= 12


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name)
def test_labels_stand_in_the_document(path: Path) -> None:
    gold = _gold(path)
    text = _squeezed(_text(_document(path)))
    told = [s["text"] for s in gold["skills"]]
    told += [p[k] for p in gold["positions"] for k in ("title", "organization")]
    told += [e[k] for e in gold["education"] for k in ("degree", "institution")]
    told += [h["text"] for h in gold["headings"]]
    told += [v for k, v in gold["contact"].items() if k != "links"] + gold["contact"]["links"]
    assert [form for form in told if _squeezed(form) not in text] == []
    assert {h["kind"] for h in gold["headings"]} <= KINDS
    assert {s["status"] for s in gold["skills"]} <= {"claimed", "aspired", "negated"}
    assert max(Counter((s["text"], s["status"]) for s in gold["skills"]).values()) == 1


def test_ambiguous_places_are_where_they_are_said_to_be() -> None:
    senses: Counter[bool] = Counter()
    for path in HARD.glob("*.gold.json"):
        document = _document(path)
        text = _text(document)
        for row in _gold(path)["ambiguous"]:
            senses[row["skill"]] += 1
            if "start" in row:
                assert text[row["start"] : row["end"]] == row["text"]
            else:
                assert row["context"][row["at"] :].startswith(row["text"])
                assert _squeezed(text).count(_squeezed(row["context"])) == 1, row
    assert senses[True] >= 100
    assert senses[False] >= 120


def test_assertion_cases() -> None:
    counts: Counter[str] = Counter()
    places: Counter[tuple[str, int]] = Counter()
    writers: Counter[str] = Counter()
    for name in ("aspired", "negated", "other"):
        for line in (ASSERTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            assert case["text"][case["start"] : case["end"]] == case["form"]
            assert case["section"] in KINDS
            assert case["status"] in (name, "claimed"), case
            counts[case["status"]] += 1
            writers[case["writer"]] += 1
            places[case["text"], case["start"]] += 1
    assert max(places.values()) == 1
    assert counts["aspired"] >= 180
    assert counts["negated"] >= 180
    assert counts["other"] >= 80
    assert counts["claimed"] >= 200
    assert set(writers) == {"a", "b"}
    assert min(writers.values()) >= 200


@pytest.mark.parametrize("name", ["mlops-engineer", "nlp-specialist", "career-changer-nurse"])
def test_a_producer_that_is_absent_is_skipped(name: str, tmp_path: Path) -> None:
    before = (EXAMPLES / f"{name}.pdf").read_bytes()
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "make.py"), name],
        env=os.environ | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout == ""
    assert f"skipped {name}.pdf" in done.stderr
    assert "not installed" in done.stderr
    assert (EXAMPLES / f"{name}.pdf").read_bytes() == before
