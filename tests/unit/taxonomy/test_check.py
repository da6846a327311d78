"""Each rule of `taxonomy check` finds its own breach, and names the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from skillgap.taxonomy.check import check_taxonomy

SKILLS = """\
group: {id: g, label: G}
skills:
  - {id: one, prefLabel: One Thing, kind: tool, definition: First.}
  - {id: two, prefLabel: Two Things, kind: tool, definition: Second., broader: [one]}
  - {id: kind-word, prefLabel: Kindness, kind: soft_skill, definition: Third.}
"""
COURSES = """\
platform: P
hosts: [example.com]
courses:
  - {id: a, title: A, provider: P, platform: P, url: https://example.com/a, urlStatus: seen,
     checkedOn: 2026-11, level: all, access: full, cost: {model: free}, skills: [{skill: one}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for kind, text in (("skills", SKILLS), ("courses", COURSES)):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "file.yaml").write_text(text.replace("2026-11,", "'2026-11',"))
    (tmp_path / "VERSION").write_text("1")
    return tmp_path


def change(folder: Path, kind: str, old: str, new: str) -> list[str]:
    path = folder / kind / "file.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return check_taxonomy(folder)


def role(folder: Path, requirements: str) -> list[str]:
    (folder / "roles").mkdir()
    (folder / "roles" / "r.yaml").write_text(
        f"id: r\nlabel: R\nsummary: S\ntitles: [r]\nrequirements:\n{requirements}"
    )
    return check_taxonomy(folder)


def test_a_sound_folder_has_no_problem(folder: Path) -> None:
    assert check_taxonomy(folder) == []


@pytest.mark.parametrize(
    ("kind", "old", "new", "line", "what"),
    [
        ("skills", "broader: [one]", "broader: [none]", 4, "unknown skill none"),
        ("skills", "broader: [one]", "broader: [two]", 4, "names itself"),
        ("skills", "First.}", "First., broader: [two]}", 3, "circle"),
        ("skills", "id: two", "id: one", 4, "stands in"),
        ("skills", "Two Things", "one-thing", 3, "without a rule"),
        ("skills", "Two Things", "Tw", 4, "needs a form rule"),
        ("skills", "Second.,", "Second., status: deprecated,", 4, "replacedBy"),
        ("courses", "example.com/a", "example.org/a", 4, "no host"),
        ("courses", "example.com/a", "example.com/search?q=a", 4, "search page"),
        ("courses", "{skill: one}", "{skill: none}", 4, "unknown skill"),
        ("courses", "level: all,", "level: all, prerequisites: [none],", 4, "unknown skill"),
    ],
)
def test_each_breach_is_told_with_its_line(
    folder: Path, kind: str, old: str, new: str, line: int, what: str
) -> None:
    problems = change(folder, kind, old, new)
    assert any(f"file.yaml:{line}: " in p and what in p for p in problems), problems


def test_a_shared_address_is_told(folder: Path) -> None:
    path = folder / "courses" / "file.yaml"
    text = path.read_text()
    copy = text[text.index("  - {id: a") :].replace("id: a,", "id: b,")
    path.write_text(text + copy)
    assert any("address of a" in p for p in check_taxonomy(folder))


def test_a_rule_needs_its_form_in_its_sentences(folder: Path) -> None:
    rule = "forms: [{text: One Thing, positive: [Used One Thing.], negative: [Another.]}]"
    problems = change(folder, "skills", "First.}", f"First., {rule}}}")
    assert any("not in its sentence" in p for p in problems)


def test_a_role_of_two_requirements_that_cover_each_other(folder: Path) -> None:
    problems = role(
        folder,
        "  - {skill: one, importance: essential, weight: 1}\n"
        "  - {skill: two, importance: essential, weight: 1}\n"
        "  - {skill: kind-word, importance: useful, weight: 1}\n",
    )
    said = "\n".join(problems)
    for what in (
        "not 25 to 60",
        "whoever has two has one",
        "human skills carry",
        "1 course(s) for one",
        "no proof project",
    ):
        assert what in said


def test_members_of_one_group_may_be_kin(folder: Path) -> None:
    problems = role(
        folder,
        "  - {id: either, label: Either, anyOf: [one, two], importance: useful, weight: 1}\n",
    )
    assert not any("overlap" in p for p in problems)


def test_an_overlay_is_checked_with_what_it_lies_over(folder: Path) -> None:
    (folder / "VERSION").unlink()
    assert change(folder, "skills", "broader: [one]", "broader: [python]") == []
    assert any("unknown skill none" in p for p in change(folder, "skills", "[python]", "[none]"))


def test_the_built_in_taxonomy_is_sound(root: Path, tmp_path: Path) -> None:
    assert check_taxonomy(root / "taxonomy") == []
    # and the check can fail: one address less is one course without a place
    shutil.copytree(root / "taxonomy", tmp_path / "t")
    path = tmp_path / "t" / "courses" / "coursera.yaml"
    path.write_text(path.read_text().replace("hosts:", "hosts: [nowhere.example]\nformer:", 1))
    assert check_taxonomy(tmp_path / "t")
