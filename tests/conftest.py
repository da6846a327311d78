"""What all tests share: a small taxonomy of their own, the built-in one, and what a machine may lack."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import (
    Cost,
    Course,
    CourseSkill,
    Implication,
    Requirement,
    Role,
    Skill,
    Taxonomy,
)

ROOT = Path(__file__).resolve().parent.parent
STRICT = os.environ.get("SKILLGAP_CI") == "1"


def lacking(reason: str) -> None:
    """Skip for what this machine lacks; a failure where everything is said to be installed."""
    if STRICT:
        pytest.fail(f"SKILLGAP_CI is set, so nothing may be lacking: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    # Shared by the session's processes, and never the user's own.
    os.environ.setdefault("SKILLGAP_CACHE", str(tmp_path_factory.getbasetemp().parent / "cache"))


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real résumés and postings, which a clone does not have."""
    folder = Path(os.environ.get("SKILLGAP_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(f"no data to measure on at {folder}")
    return folder


@pytest.fixture(scope="session")
def taxonomy(_own_cache: None) -> Taxonomy:
    return load_taxonomy()


def make_skill(ident: str, kind: str = "tool", **more: object) -> Skill:
    broader = tuple(more.pop("broader", ()))  # type: ignore[arg-type]
    implies = tuple(Implication(i, "because") for i in more.pop("implies", ()))  # type: ignore[attr-defined]
    label = str(more.pop("label", ident.replace("-", " ").title()))
    return Skill(ident, label, "test", kind, broader=broader, implies=implies, **more)  # type: ignore[arg-type]


def make_requirement(
    *any_of: str,
    importance: str = "essential",
    depth: str = "can_do",
    weight: float = 1.0,
    n: int = 1,
) -> Requirement:
    ident = any_of[0] if len(any_of) == 1 else "one-of-" + "-".join(any_of)
    return Requirement(ident, ident, any_of, importance, depth, weight, n)  # type: ignore[arg-type]


def make_course(ident: str, *skills: str, hours: float | None = 10, **more: object) -> Course:
    depth = str(more.pop("depth", "teaches"))
    facts: dict[str, object] = {
        "provider": "P",
        "platform": "P",
        "url": f"https://example.com/{ident}",
        "url_status": "verified",
        "checked_on": "2026-11",
        "level": "beginner",
        "access": "full",
        "cost": Cost("free"),
    }
    facts |= more
    return Course(
        id=ident,
        title=ident,
        hours=hours,
        skills=tuple(CourseSkill(s, depth) for s in skills),
        **facts,  # type: ignore[arg-type]
    )


@pytest.fixture
def small() -> Taxonomy:
    """Two roles over a dozen skills, with each kind of relation."""
    skills = [
        make_skill("python", "language"),
        make_skill("deep-learning", "concept"),
        make_skill("dl-frameworks", "concept", broader=["deep-learning"]),
        make_skill(
            "pytorch", broader=["dl-frameworks"], implies=["python"], related=("tensorflow",)
        ),
        make_skill("tensorflow", broader=["dl-frameworks"], implies=["python"]),
        make_skill("keras", broader=["dl-frameworks"], implies=["tensorflow"]),
        make_skill("vector-databases", "concept"),
        make_skill("pinecone", broader=["vector-databases"]),
        make_skill("weaviate", broader=["vector-databases"]),
        make_skill("docker"),
        make_skill("gardening", "practice"),
        make_skill("communication", "soft_skill"),
        make_skill("bard", status="deprecated", replaced_by="gemini"),
        make_skill("gemini", "model"),
    ]
    engineer = Role(
        "engineer",
        "Engineer",
        "Builds.",
        (
            make_requirement("python", weight=4),
            make_requirement("pytorch", "tensorflow", weight=3),
            make_requirement("vector-databases", importance="important", weight=2),
            make_requirement("docker", importance="useful", depth="aware", weight=1),
            make_requirement("communication", importance="useful", depth="aware", weight=0.5),
        ),
    )
    writer = Role(
        "writer",
        "Writer",
        "Writes.",
        (
            make_requirement("gemini", weight=3),
            make_requirement("communication", weight=2, depth="leads"),
        ),
    )
    courses = [
        make_course("py", "python", hours=8),
        make_course("torch", "pytorch", "deep-learning", hours=20, prerequisites=("python",)),
        make_course("vectors", "pinecone", "vector-databases", hours=3),
        make_course("both", "python", "pytorch", "vector-databases", hours=40),
        make_course("old", "docker", hours=1, status="retired"),
    ]
    return Taxonomy(
        "test",
        "",
        {"test": "Test"},
        {s.id: s for s in skills},
        {"engineer": engineer, "writer": writer},
        {c.id: c for c in courses},
        {"python": "Build a thing."},
    )
