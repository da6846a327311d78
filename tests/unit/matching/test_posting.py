"""From a posting's text to a role profile."""

from __future__ import annotations

import re

import pytest

from skillgap.documents import read
from skillgap.matching.posting import Posting, read_role
from skillgap.matching.posting_rules import load_rules
from skillgap.matching.posting_units import read_posting
from skillgap.taxonomy.model import Taxonomy
from skillgap.types import Mention

NAMES = {
    "python": "Python",
    "pytorch": "PyTorch",
    "tensorflow": "TensorFlow",
    "kubernetes": "Kubernetes",
    "docker": "Docker",
    "mlflow": "MLflow",
    "experiment-tracking": "experiment tracking",
    "amazon-web-services": "AWS",
    "google-cloud-platform": "GCP",
    "microsoft-azure": "Azure",
    "sql": "SQL",
    "rust": "Rust",
    "teamwork": "teamwork",
    "communication": "communication",
    "machine-learning": "machine learning",
}


def mentions(text: str) -> list[Mention]:
    """Every place that names one of these skills: the pipeline's part, done by hand."""
    found = [
        Mention(m.start(), m.end(), skill)
        for skill, name in NAMES.items()
        for m in re.finditer(rf"\b{re.escape(name)}\b", text)
    ]
    return sorted(found)


def posting(taxonomy: Taxonomy, text: str, **more: bool) -> Posting:
    document = read(text.encode())
    return read_role(document, mentions(document.text), taxonomy, **more)


def importance(made: Posting) -> dict[str, str]:
    return {r.id: r.importance for r in made.role.requirements}


def groups(made: Posting) -> list[set[str]]:
    return [set(r.any_of) for r in made.role.requirements if r.group]


def test_the_heading_above_says_how_much_a_skill_matters(taxonomy: Taxonomy) -> None:
    made = posting(
        taxonomy,
        "Data Engineer\n\nWhat you will do\n- Write SQL all day\n\nRequirements\n- Python\n\n"
        "Nice to have\n- Rust\n",
    )
    assert importance(made) == {"python": "essential", "sql": "important", "rust": "useful"}
    weight = {r.id: r.weight for r in made.role.requirements}
    assert weight["python"] > weight["sql"] > weight["rust"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Python is a plus.", "useful"),
        ("Python is required.", "essential"),
        ("You must know Python.", "essential"),
        ("You write services in Python.", "important"),
        ("Experience with SQL (Python preferred).", "useful"),
        ("Python would be nice.", "useful"),
    ],
)
def test_a_sentence_outranks_its_heading(taxonomy: Taxonomy, sentence: str, expected: str) -> None:
    made = posting(taxonomy, f"Engineer\n\nResponsibilities\n- {sentence}\n- Docker\n")
    assert importance(made)["python"] == expected


def test_repetition_adds_weight_and_makes_a_task_essential(taxonomy: Taxonomy) -> None:
    once = posting(taxonomy, "Engineer\n\nResponsibilities\n- Use Python\n- Use SQL\n")
    thrice = posting(
        taxonomy,
        "Engineer\n\nResponsibilities\n- Use Python\n- Use SQL\n- Test Python\n- Teach Python\n",
    )
    assert importance(once)["python"] == "important"
    assert importance(thrice)["python"] == "essential"
    weight = {r.id: r.weight for r in thrice.role.requirements}
    assert weight["python"] == pytest.approx(1.5 * weight["sql"])


def test_the_title_counts_unless_told_otherwise(taxonomy: Taxonomy) -> None:
    text = "Senior Python Engineer\n\nResponsibilities\n- Use SQL\n"
    assert importance(posting(taxonomy, text))["python"] == "essential"
    assert "python" not in importance(posting(taxonomy, text, use_title=False))
    assert posting(taxonomy, text).role.label == "Senior Python Engineer"


@pytest.mark.parametrize(
    "heading",
    ["About us", "Benefits", "Equal opportunity", "How to apply", "What we offer", "Our values"],
)
def test_what_the_employer_says_of_itself_asks_nothing(taxonomy: Taxonomy, heading: str) -> None:
    made = posting(
        taxonomy,
        f"Engineer\n\n{heading}\nOur founders wrote Rust at night.\n\nRequirements\n- Python\n",
    )
    assert importance(made) == {"python": "essential"}
    assert made.left_out == ("rust",)


def test_boilerplate_is_left_out_wherever_it_stands(taxonomy: Taxonomy) -> None:
    made = posting(
        taxonomy,
        "Engineer\n\nRequirements\n- Python\n- We are an equal opportunity employer and teach Rust.\n",
    )
    assert importance(made) == {"python": "essential"}


@pytest.mark.parametrize(
    "line",
    [
        "AWS, GCP or Azure",
        "AWS/GCP/Azure",
        "AWS, GCP, Azure or similar",
        "a public cloud such as AWS, GCP, Azure",
        "one of AWS, GCP and Azure",
        "a cloud (e.g. AWS, GCP, Azure)",
        "AWS or GCP and/or Azure",
    ],
)
def test_a_choice_is_one_requirement(taxonomy: Taxonomy, line: str) -> None:
    made = posting(taxonomy, f"Engineer\n\nRequirements\n- {line}\n")
    assert groups(made) == [{"amazon-web-services", "google-cloud-platform", "microsoft-azure"}]
    assert len(made.role.requirements) == 1


@pytest.mark.parametrize("line", ["Python and Docker", "Python, Docker", "Python. Or bring Docker"])
def test_a_list_is_no_choice(taxonomy: Taxonomy, line: str) -> None:
    made = posting(taxonomy, f"Engineer\n\nRequirements\n- {line}\n")
    assert groups(made) == []
    assert set(importance(made)) == {"python", "docker"}


def test_a_skill_asked_for_by_itself_spares_its_alternatives(taxonomy: Taxonomy) -> None:
    made = posting(taxonomy, "Engineer\n\nRequirements\n- Python or Rust\n- Strong Python\n")
    assert importance(made) == {"python": "essential"}
    assert made.spared == ("rust",)


def test_a_choice_that_is_required_stands_beside_a_task_with_one_of_it(taxonomy: Taxonomy) -> None:
    made = posting(
        taxonomy,
        "Engineer\n\nResponsibilities\n- Run our AWS\n\nRequirements\n- AWS, GCP or Azure\n",
    )
    assert groups(made) == [{"amazon-web-services", "google-cloud-platform", "microsoft-azure"}]
    assert made.role.requirements[0].importance == "essential"


def test_a_bracket_names_an_example_of_what_is_asked(taxonomy: Taxonomy) -> None:
    made = posting(taxonomy, "Engineer\n\nRequirements\n- experiment tracking (we use MLflow)\n")
    assert groups(made) == [{"mlflow", "experiment-tracking"}]


def test_a_bracket_of_kinds_is_a_choice(taxonomy: Taxonomy) -> None:
    text = "Engineer\n\nRequirements\n- cloud computing (AWS, GCP, Azure)\n- Python (Docker, SQL)\n"
    document = read(text.encode())
    at = document.text.index("cloud computing")
    found = sorted([*mentions(document.text), Mention(at, at + 15, "cloud-computing")])
    made = read_role(document, found, taxonomy)
    clouds = {"amazon-web-services", "google-cloud-platform", "microsoft-azure", "cloud-computing"}
    assert groups(made) == [clouds]
    assert {"python", "docker", "sql"} <= set(importance(made))


def test_above_the_first_heading_we_are_the_employer(taxonomy: Taxonomy) -> None:
    made = posting(
        taxonomy,
        "Engineer\n\nWe have loved Rust since 2015. Docker is everywhere.\n"
        "You will write SQL.\n\nRequirements\n- Python\n",
    )
    assert importance(made) == {"python": "essential", "docker": "useful", "sql": "important"}
    bare = posting(taxonomy, "We have loved Rust since 2015.\n")
    assert importance(bare) == {"rust": "important"}  # without any heading it is all there is


@pytest.mark.parametrize(
    ("wording", "depth"),
    [
        ("Familiarity with", "aware"),
        ("Basic", "aware"),
        ("Hands-on experience with", "can_do"),
        ("Deep", "leads"),
        ("Expert in", "leads"),
        ("", "can_do"),
    ],
)
def test_depth_follows_the_wording(taxonomy: Taxonomy, wording: str, depth: str) -> None:
    made = posting(taxonomy, f"Engineer\n\nRequirements\n- {wording} Python\n")
    assert made.role.requirements[0].depth == depth


def test_human_skills_carry_five_percent_at_most(taxonomy: Taxonomy) -> None:
    made = posting(taxonomy, "Engineer\n\nRequirements\n- teamwork\n- communication\n- Python\n")
    total = sum(r.weight for r in made.role.requirements)
    human = sum(r.weight for r in made.role.requirements if r.id in ("teamwork", "communication"))
    assert 0 < human <= 0.05 * total
    alone = posting(taxonomy, "Host\n\nRequirements\n- teamwork\n")
    assert [r.id for r in alone.role.requirements] == ["teamwork"]


def test_what_follows_from_a_requirement_is_not_asked_again(taxonomy: Taxonomy) -> None:
    made = posting(taxonomy, "Engineer\n\nRequirements\n- experiment tracking\n- MLflow\n")
    assert set(importance(made)) == {"mlflow"}
    assert made.folded == ("experiment-tracking",)


def test_negated_skills_and_fields_of_study_are_not_asked(taxonomy: Taxonomy) -> None:
    text = "Engineer\n\nRequirements\n- Bachelor's degree in machine learning or SQL\n- Python, no Rust\n"
    document = read(text.encode())
    found = [
        m._replace(status="negated") if m.skill == "rust" else m for m in mentions(document.text)
    ]
    made = read_role(document, found, taxonomy)
    assert set(importance(made)) == {"python"}


def test_whom_a_posting_wants_by_name(taxonomy: Taxonomy) -> None:
    wanted = posting(taxonomy, "About the role\nWe are looking for a senior product manager.\n")
    assert "product-management" in importance(wanted)
    worked = posting(taxonomy, "Requirements\n- 4 years as a product manager or product owner\n")
    assert {m for r in worked.role.requirements for m in r.any_of} >= {"product-management"}
    beside = posting(taxonomy, "Responsibilities\n- Report to the product manager\n- Use SQL\n")
    assert set(importance(beside)) == {"sql"}


def test_a_paragraph_without_lines_still_has_its_headings(taxonomy: Taxonomy) -> None:
    text = (
        "Work with people who care for what they build and who stay for long years, in a house by the "
        "river that once was a mill and is now full of plants, desks and good light all day long. "
        "Key Responsibilities Write SQL for the weekly report and keep the pipelines in good order."
        "Basic Qualifications Three years with Python. Preferred Qualifications Some Rust."
    )
    assert importance(posting(taxonomy, text)) == {
        "python": "essential",
        "sql": "important",
        "rust": "useful",
    }


def test_wrapped_lines_are_one_sentence(taxonomy: Taxonomy) -> None:
    document = read(
        b"Requirements\n- Several years of building services that other people depend on, mostly in\n"
        b"  Python or Rust\n- Docker\n"
    )
    units = read_posting(document, load_rules()).units
    assert [document.text[u.start : u.end].split()[-1] for u in units] == ["Rust", "Docker"]


def test_the_same_posting_gives_the_same_role(taxonomy: Taxonomy) -> None:
    text = "Engineer\n\nRequirements\n- Python, SQL, Docker\n- AWS or GCP\n- PyTorch/TensorFlow\n"
    assert posting(taxonomy, text).role == posting(taxonomy, text).role


def test_a_text_without_skills_is_a_role_without_requirements(taxonomy: Taxonomy) -> None:
    made = posting(taxonomy, "Gardener\n\nRequirements\n- a love of beeches\n")
    assert made.role.requirements == ()
