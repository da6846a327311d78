"""What every report must hold, tried on every example résumé."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pdfplumber
import pytest

from skillgap.analyzer import Analyzer, Reading
from skillgap.report import Report
from skillgap.types import Options, PartialDate

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "resumes").glob("*.pdf"))
AS_OF = PartialDate(2026, 11)
every_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)


@lru_cache(maxsize=1)
def analyzer() -> Analyzer:
    return Analyzer()


@lru_cache(maxsize=32)
def reading(path: Path) -> Reading:
    return analyzer().read(path, options=Options(as_of=AS_OF))


@lru_cache(maxsize=32)
def report(path: Path) -> Report:
    return analyzer().analyze(path, options=Options(as_of=AS_OF, plan=False))


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 11


@every_example
def test_words_lines_and_mentions_stand_where_they_say(path: Path) -> None:
    document, notes = reading(path).document, reading(path).annotations
    ends = [0]
    for word in document.words:
        assert 0 <= word.start < word.end <= len(document.text)
        assert word.start >= ends[-1]
        assert not any(c.isspace() for c in document.text[word.start : word.end])
        ends.append(word.end)
        page = document.pages[word.page - 1]
        assert -1 <= word.x0 < word.x1 <= page.width + 1
        assert -1 <= word.top < word.bottom <= page.height + 1
    starts = [line.start for line in document.lines]
    assert starts == sorted(starts)
    for mention in notes.mentions:
        text = document.text[mention.start : mention.end]
        assert text.strip() == text != ""
        assert document.boxes(mention.start, mention.end)


@every_example
def test_a_mention_is_found_in_its_box_by_another_reader(path: Path) -> None:
    made = report(path)
    missed = []
    with pdfplumber.open(path) as pdf:
        for skill in made.skills:
            for m in skill.mentions:
                assert m.boxes is not None
                seen = ""
                for box in m.boxes:
                    page = pdf.pages[box.page - 1]
                    x0, top, x1, bottom = box.bbox
                    clip = (
                        max(x0 - 1, 0),
                        max(top - 1, 0),
                        min(x1 + 1, page.width),
                        min(bottom + 1, page.height),
                    )
                    seen += "".join(c["text"] for c in page.crop(clip).chars)
                if letters(m.text) not in letters(seen):
                    missed.append((m.text, seen))
    # ligatures and accents differ between readers; anything else would be a box beside its word
    count = sum(len(s.mentions) for s in made.skills)
    assert len(missed) <= 0.02 * count, missed


def letters(text: str) -> str:
    for pair, one in (("fi", "ﬁ"), ("fl", "ﬂ"), ("ff", "ﬀ"), ("ffi", "ﬃ")):
        text = text.replace(one, pair)
    return "".join(c for c in text.casefold() if c.isalnum())


@every_example
def test_contributions_add_up_and_gains_really_happen(path: Path) -> None:
    made = report(path)
    for role in made.roles:
        assert sum(m.contribution for m in role.matched) == pytest.approx(role.score, abs=1e-6)
        assert role.missing == sorted(role.missing, key=lambda m: -m.gain)
    role = made.roles[0]
    for missing in role.missing[:4]:
        skill = missing.any_of[0] if missing.any_of else missing.id
        then = analyzer().analyze(
            path, [role.id], options=Options(as_of=AS_OF, plan=False, learn=(skill,))
        )
        assert then.roles[0].score == pytest.approx(role.score + missing.gain, abs=0.11)


@every_example
def test_the_persons_own_role_ranks_first(path: Path) -> None:
    gold = json.loads(path.with_name(path.stem + ".gold.json").read_text(encoding="utf-8"))
    if gold.get("best_roles"):
        assert report(path).roles[0].id in gold["best_roles"]
    else:
        assert report(path).roles[0].score < 25  # nobody's role yet, and it says so


@every_example
def test_only_claimed_skills_count(path: Path) -> None:
    made = report(path)
    uncounted = {s.id for s in made.skills if s.status != "claimed"}
    for role in made.roles:
        for m in role.matched:
            assert (m.via or m.id) not in uncounted
    for s in made.skills:
        assert s.implied == (not s.mentions)
        assert bool(s.implied_by) == s.implied


@every_example
def test_every_course_named_is_there_once(path: Path) -> None:
    made = report(path)
    ids = [c.id for c in made.courses]
    assert len(ids) == len(set(ids))
    named = {c for r in made.roles for m in r.missing for c in m.courses}
    assert named == set(ids)


@every_example
def test_a_report_is_the_same_from_bytes(path: Path) -> None:
    again = analyzer().analyze(
        path.read_bytes(), name=path.name, options=Options(as_of=AS_OF, plan=False)
    )
    assert again.to_json() == report(path).to_json()
