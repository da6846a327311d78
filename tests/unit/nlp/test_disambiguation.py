"""What is no skill though a form of one stands there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "section", "ids"),
    [
        ("Python, R, SQL", "skills", ["python", "r", "sql"]),
        ("Python, Go, and Docker", "experience", ["python", "go", "docker"]),
        ("Modeled losses in R.", "experience", ["r"]),
        ("statistics with R every day", "experience", ["r"]),
        ("Made an R rated film", "experience", []),
        ("Go to market with Python", "experience", ["python"]),
        ("We go out; a Go gateway", "experience", ["go"]),
        ("Spring 2023", "education", []),
        ("Java, Spring, SQL", "skills", ["java", "spring", "sql"]),
        ("saw pandas at the zoo", "experience", []),
        ("SQL, pandas and Keras", "experience", ["sql", "pandas", "keras"]),
        ("Cleaned with Pandas and Python", "experience", ["pandas", "python"]),
        ("tore a rag in two", "experience", []),
        ("a RAG service", "experience", ["rag"]),
        ("alignment of LLMs", "experience", ["alignment", "llm"]),
        ("market research for shops", "experience", []),
        ("Research, Python", "skills", ["research", "python"]),
        ("AI (artificial insemination) of cows; AI again", "experience", []),
        ("AI (artificial intelligence)", "experience", ["ai", "ai"]),
    ],
)
def test_senses(skills: Find, text: str, section: str, ids: list[str]) -> None:
    assert skills(text, section) == ids


def test_category_labels_are_no_skills(skills: Find) -> None:
    assert skills("Programming Languages: Python, Java", "skills") == ["python", "java"]


def test_field_of_a_degree_is_no_skill_but_the_trade_is(skills: Find) -> None:
    assert skills("B.Sc. in Computer Science", "education") == []
    assert skills("M.Sc. in Machine Learning", "education") == ["ml"]
    assert skills("School of Machine Learning", "education") == []
    assert skills("Taught Computer Science with Python", "experience") == [
        "computer-science",
        "python",
    ]


def test_everyday_words_need_company_in_a_document(skills: Find) -> None:
    prose = "We drove far and mended what was broken on the road. " * 12
    assert skills(f"{prose}Wheel alignment on trucks.") == []
    assert skills(f"{prose}Alignment of LLMs.") == ["alignment", "llm"]
    assert skills(f"{prose}A docker at the quay.") == []
    assert skills(f"{prose}Python, docker.") == ["python", "docker"]
