"""Claimed, aspired, negated, somebody else's: how far a cue reaches."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Statuses = Callable[..., dict[str, str]]
C, A, N, O = "claimed", "aspired", "negated", "other"  # noqa: E741


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Built APIs in Python.", {"python": C}),
        ("Currently learning Docker and Kubernetes.", {"docker": A, "kubernetes": A}),
        (
            "Currently learning Docker,\nKubernetes and Keras",
            {"docker": A, "kubernetes": A, "keras": A},
        ),
        ("Python (expert), Docker (learning), Keras", {"python": C, "docker": A, "keras": C}),
        ("Python; eager to learn PyTorch", {"python": C, "pytorch": A}),
        ("Eager to apply Python", {"python": C}),
        ("Interested in RAG.", {"rag": A}),
        ("Learning: Docker, Keras", {"docker": A, "keras": A}),
        ("Learning platform in Python", {"python": C}),
        ("No experience with Kubernetes, but strong Docker.", {"kubernetes": N, "docker": C}),
        ("Never used PyTorch or Keras; Python daily.", {"pytorch": N, "keras": N, "python": C}),
        ("Not familiar with AWS.", {"aws": N}),
        ("Not only Python but also Docker.", {"python": C, "docker": C}),
        ("Moved Docker hosts without downtime to Kubernetes", {"docker": C, "kubernetes": C}),
        ("Wrote it without Docker, using Kubernetes.", {"docker": N, "kubernetes": C}),
        (
            "Chose Keras rather than PyTorch for speed in Python",
            {"keras": C, "pytorch": N, "python": C},
        ),
        ("Kubernetes: no experience", {"kubernetes": N}),
        ("AWS (none), Python (5 years)", {"aws": N, "python": C}),
        ("The data team used PyTorch; I wrote the SQL.", {"pytorch": O, "sql": C}),
        ("Managed five engineers who deployed Llama to AWS.", {"llama": O, "aws": O}),
        ("Recruited Python developers.", {"python": O}),
        ("Taught students Python", {"python": C}),
        ("No stranger to Kubernetes", {"kubernetes": C}),
    ],
)
def test_statuses(statuses: Statuses, text: str, expected: dict[str, str]) -> None:
    assert statuses(text) == expected


def test_heading_speaks_for_its_section(statuses: Statuses) -> None:
    assert statuses("Docker\nKeras", "skills", "Currently learning") == {"docker": A, "keras": A}
    assert statuses("Docker\nKeras", "skills", "Skills") == {"docker": C, "keras": C}


def test_line_speaks_for_the_bullets_below(statuses: Statuses) -> None:
    text = "Python daily.\n\nLearning goals:\n• Docker\n• Keras\n\nMore\n• AWS"
    assert statuses(text) == {"python": C, "docker": A, "keras": A, "aws": C}


def test_interests_and_references(statuses: Statuses) -> None:
    assert statuses("Python, Keras", "interests") == {"python": A, "keras": A}
    assert statuses("Head of Machine Learning", "references") == {"ml": O}


def test_certificate_in_progress(statuses: Statuses) -> None:
    assert statuses("AWS Machine Learning Specialty, in progress", "certifications") == {
        "aws-ml": A
    }
    assert statuses("Python service, in progress", "projects") == {"python": C}
