"""Properties that hold for everybody: who somebody is changes nothing, wishes and pastes gain nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from skillgap.analyzer import Analyzer, Reading
from skillgap.report import Report
from skillgap.types import Options, PartialDate

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples" / "resumes").glob("*.pdf"))
JOB = ROOT / "examples/jobs/mlops-engineer.txt"
OPTIONS = Options(as_of=PartialDate(2026, 11), plan=False)
every_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)

# Names of several origins and both genders: (given name, family name).
PEOPLE = (
    ("Aisha", "Okonkwo"),
    ("Hiroshi", "Tanabe"),
    ("Brigid", "O'Doherty"),
    ("Mateo", "Villalobos"),
)
PRONOUNS = {
    "he": "she", "she": "he", "him": "her", "his": "her", "her": "his", "hers": "his",
    "himself": "herself", "herself": "himself", "mr": "Ms", "ms": "Mr", "mrs": "Mr",
}  # fmt: skip


@lru_cache(maxsize=1)
def analyzer() -> Analyzer:
    return Analyzer()


@lru_cache(maxsize=32)
def reading(path: Path) -> Reading:
    return analyzer().read(path, options=OPTIONS)


def numbers(report: Report) -> dict[str, tuple[float, float, int]]:
    return {r.id: (r.score, r.similarity, r.rank) for r in report.roles}


def of_text(text: str, **more: object) -> dict[str, tuple[float, float, int]]:
    return numbers(analyzer().analyze(text.encode(), options=OPTIONS, **more))


@lru_cache(maxsize=32)
def as_text(path: Path) -> str:
    """An example as plain text, so that words can be swapped."""
    return reading(path).document.text


def swapped(text: str, table: dict[str, str]) -> str:
    """Each word of the table in the other's place, in the case that it stands in."""

    def other(match: re.Match[str]) -> str:
        word = table[match[0].casefold()]
        if match[0].isupper() and len(match[0]) > 1:
            return word.upper()
        return word.capitalize() if match[0][0].isupper() else word.lower()

    pattern = "|".join(re.escape(w) for w in sorted(table, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", other, text, flags=re.IGNORECASE)


@every_example
@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p[0])
def test_another_name_and_gender_changes_nothing(path: Path, person: tuple[str, str]) -> None:
    name = reading(path).annotations.contact.name
    assert name, "an example without a name tests nothing"
    parts = name.casefold().split()
    table = {parts[0]: person[0], parts[-1]: person[1]}
    text = as_text(path)
    changed = swapped(swapped(text, table), PRONOUNS)
    assert changed != text
    assert of_text(changed) == of_text(text)


@every_example
def test_another_address_changes_nothing(path: Path) -> None:
    contact = reading(path).annotations.contact
    text = as_text(path)
    changed = text
    for part, other in (
        (contact.email, "somebody@example.com"),
        (contact.phone, "+1 202 555 0147"),
        (contact.location, "Topeka, KS"),
    ):
        changed = changed.replace(part, other) if part else changed
    assert changed != text
    assert of_text(changed) == of_text(text)


@every_example
def test_other_employers_and_schools_change_nothing(path: Path) -> None:
    notes = reading(path).annotations
    text = as_text(path)
    changed = text
    names = [e.organization for e in notes.entries] + [e.institution for e in notes.education]
    for i, name in enumerate(dict.fromkeys(n for n in names if n)):
        other = ("Brackwater Group", "Hollins & Daughters", "Tern Valley Company")[i % 3]
        if name in [e.institution for e in notes.education]:
            other = ("Westmarch University", "University of Eastfold", "Northlake College")[i % 3]
        changed = changed.replace(name, other)
    if names:
        assert changed != text
    scores = {k: v[0] for k, v in of_text(changed).items()}
    assert scores == {k: v[0] for k, v in of_text(text).items()}


@every_example
def test_older_graduation_and_age_change_nothing(path: Path) -> None:
    notes = reading(path).annotations
    text = as_text(path)
    changed = text
    for item in notes.education:
        said = text[slice(*item.span)]
        older = re.sub(r"\b(20[0-2]\d|199\d)\b", lambda m: str(int(m[0]) - 20), said)
        changed = changed.replace(said, older)
    scores = {k: v[0] for k, v in of_text(changed).items()}
    assert scores == {k: v[0] for k, v in of_text(text).items()}


@every_example
@pytest.mark.parametrize(
    "wish",
    [
        "Currently learning Kubernetes and LangChain in the evenings.",
        "I want to learn Rust, PyTorch and Terraform next year.",
        "No experience with Kubernetes, LangChain or Tableau.",
    ],
)
def test_wishes_and_denials_never_help(path: Path, wish: str) -> None:
    text = as_text(path)
    base = of_text(f"{text}\n\nOther\nI like long walks in the evenings.\n")
    wishing = of_text(f"{text}\n\nOther\n{wish}\n")
    for role, (score, _, _) in wishing.items():
        assert score <= base[role][0] + 1e-9, (role, wish)


@every_example
def test_an_unrelated_skill_never_lowers_a_score(path: Path) -> None:
    """Added to the profile: welding and beekeeping are nobody's requirement."""
    from skillgap.profile import declared, with_implied
    from skillgap.types import SkillProfile

    have = reading(path).profile
    taxonomy = analyzer().taxonomy
    matcher = analyzer().matcher
    asked = {k for role in taxonomy.roles.values() for k in matcher.credits(role)}
    unrelated = sorted(k for k in taxonomy.skills if k not in asked)[:3]
    assert unrelated
    named = {k: s for k, s in have.skills.items() if not s.implied}
    more: SkillProfile = with_implied(
        {**named, **{k: declared(k) for k in unrelated if k not in named}}, taxonomy
    )
    for role in taxonomy.roles.values():
        assert matcher.score(more, role) == pytest.approx(matcher.score(have, role), abs=1e-9)


@every_example
def test_adding_any_asked_skill_never_lowers_a_score(path: Path) -> None:
    from skillgap.profile import with_changes

    have = reading(path).profile
    taxonomy, matcher = analyzer().taxonomy, analyzer().matcher
    before = {r.id: matcher.score(have, r) for r in taxonomy.roles.values()}
    for skill in sorted(
        {m for r in taxonomy.roles.values() for q in r.requirements for m in q.any_of}
    )[::9]:
        more = with_changes(have, taxonomy, [skill], [])
        for role in taxonomy.roles.values():
            assert matcher.score(more, role) >= before[role.id] - 1e-9, (skill, role.id)


@every_example
def test_a_pasted_posting_is_flagged_and_gains_nothing(path: Path) -> None:
    text = as_text(path)
    posting = analyzer().posting(JOB)
    pasted = f"{text}\n\nAdditional information\n{JOB.read_text(encoding='utf-8')}"
    made = analyzer().analyze(pasted.encode(), job=posting, options=OPTIONS)
    walks = f"{text}\n\nAdditional information\nI like long walks in the evenings.\n"
    plain = analyzer().analyze(walks.encode(), job=posting, options=OPTIONS)
    assert "posting_copied" in {w.code for w in made.document.warnings}
    assert "posting_copied" not in {w.code for w in plain.document.warnings}
    assert made.roles[0].score <= plain.roles[0].score + 1e-9
    assert made.roles[0].requirements == plain.roles[0].requirements


def test_an_empty_resume_scores_nothing() -> None:
    found = of_text("Jo Example\njo@example.com\n\nI like long walks.\n")
    assert {score for score, _, _ in found.values()} == {0.0}
