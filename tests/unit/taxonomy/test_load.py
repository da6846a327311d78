from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillgap.errors import ConfigError, TaxonomyError, UnknownRole, UnknownSkill
from skillgap.taxonomy import compiled
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Taxonomy

SKILLS = """\
group: {id: ours, label: Ours}
skills:
  - id: house-style
    prefLabel: House Style
    kind: practice
    definition: The way we write.
  - id: python
    prefLabel: Python (ours)
    kind: language
    definition: Replaces the built-in entry.
"""


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    (tmp_path / "skills").mkdir()
    (tmp_path / "skills" / "ours.yaml").write_text(SKILLS)
    return tmp_path


def test_the_compiled_form_gives_the_same_taxonomy(taxonomy: Taxonomy) -> None:
    there = json.loads(json.dumps(compiled.to_json(taxonomy)))
    assert compiled.from_json(there) == taxonomy


def test_the_second_load_is_the_first(
    taxonomy: Taxonomy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLGAP_CACHE", str(tmp_path))
    first = load_taxonomy()
    assert list(tmp_path.glob("taxonomy-*.json"))
    assert load_taxonomy() == first == taxonomy


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": "1"}'])
def test_a_damaged_compiled_form_is_made_anew(
    taxonomy: Taxonomy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setenv("SKILLGAP_CACHE", str(tmp_path))
    load_taxonomy()
    (kept,) = tmp_path.glob("taxonomy-*.json")
    kept.write_text(damage)
    assert load_taxonomy() == taxonomy


def test_an_overlay_adds_and_replaces(taxonomy: Taxonomy, overlay: Path) -> None:
    made = load_taxonomy(overlay)
    assert made.skills["house-style"].group == "ours"
    assert made.skills["python"].label == "Python (ours)"
    assert len(made.skills) == len(taxonomy.skills) + 1
    assert made.roles.keys() == taxonomy.roles.keys()
    assert made.digest != taxonomy.digest


def test_a_change_of_a_file_is_seen_at_once(overlay: Path) -> None:
    load_taxonomy(overlay)
    path = overlay / "skills" / "ours.yaml"
    path.write_text(SKILLS.replace("House Style", "House Rules"))
    assert load_taxonomy(overlay).skills["house-style"].label == "House Rules"


def test_one_role_file_is_an_overlay(tmp_path: Path) -> None:
    path = tmp_path / "role.yaml"
    path.write_text(
        "id: our-job\nlabel: Our job\nsummary: Ours.\ntitles: [our job]\n"
        "requirements:\n  - {skill: python, importance: essential, weight: 2}\n"
    )
    assert load_taxonomy(path).roles["our-job"].requirements[0].id == "python"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (SKILLS.replace("kind: practice", "kind: magic"), 5, "kind"),
        (SKILLS.replace("    definition: The way we write.\n", ""), 3, "definition"),
        (SKILLS.replace("skills:", "skills: ["), 3, "YAML"),
        (SKILLS.replace("id: house-style", "id: House Style"), 3, "id"),
    ],
)
def test_errors_carry_file_and_line(overlay: Path, text: str, line: int, what: str) -> None:
    (overlay / "skills" / "ours.yaml").write_text(text)
    with pytest.raises(TaxonomyError) as caught:
        load_taxonomy(overlay)
    assert f"ours.yaml:{line}: " in caught.value.problems[0]
    assert what in caught.value.problems[0]


def test_a_path_that_is_no_taxonomy(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no taxonomy at"):
        load_taxonomy(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match="holds no"):
        load_taxonomy(tmp_path)


def test_names_are_found_by_id_label_and_alias_and_near_ones_are_told(taxonomy: Taxonomy) -> None:
    assert taxonomy.skill("pytorch").id == taxonomy.skill("PyTorch").id == "pytorch"
    assert taxonomy.role("MLOps Engineer").id == "mlops-engineer"
    with pytest.raises(UnknownRole) as role:
        taxonomy.role("mlops-enginer")
    assert "mlops-engineer" in role.value.nearest
    with pytest.raises(UnknownSkill) as skill:
        taxonomy.skill("pytorhc")
    assert {"pytorch", "PyTorch"} & set(skill.value.nearest)
    assert "Did you mean" in str(skill.value)
