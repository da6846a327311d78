"""A small report written by hand: each thing that a renderer has to say, and hostile names."""

from __future__ import annotations

import copy
from typing import Any

from skillgap.report import Report
from skillgap.types import Picture

TEXT = (
    "Ada <script>alert(1)</script> O'Neil\n"
    "Built RAG search with PyTorch & Python.\n"
    "No experience with Terraform.\n"
    "Currently learning Kubernetes and Ray.\n"
)
HOSTILE = "Ada <script>alert(1)</script> O'Neil"


def _mention(words: str, status: str = "claimed", page: int | None = 1) -> dict[str, Any]:
    start = TEXT.index(words)
    line = next(row for row in TEXT.split("\n") if words in row)
    top = 40.0 + 20 * TEXT[:start].count("\n")
    box = [50.0, top, 150.0, top + 12]
    return dict(
        text=words,
        status=status,
        via="label",
        page=page,
        bbox=box if page else None,
        boxes=[dict(page=page, bbox=box)] if page else None,
        section="experience",
        start=start,
        end=start + len(words),
        snippet=line,
    )


def _skill(ident: str, label: str, *mentions: dict[str, Any], **more: Any) -> dict[str, Any]:
    row = dict(
        id=ident,
        label=label,
        group="ai",
        status=mentions[0]["status"] if mentions else "claimed",
        implied=not mentions,
        implied_by=[],
        confidence=0.9,
        months=None,
        last_used=None,
        sections=["experience"],
        mentions=list(mentions),
    )
    return row | more


def _course(ident: str, title: str, **more: Any) -> dict[str, Any]:
    row = dict(
        id=ident,
        title=title,
        provider="Example School",
        url=f"https://example.com/courses/{ident}/a-rather-long-address-that-has-to-stay-on-one-line",
        url_status="verified",
        checked_on="2026-11",
        level="beginner",
        hours=6.0,
        hours_estimated=False,
        access="full",
        cost=dict(model="free", amount=None, currency="USD"),
        seed=False,
    )
    return row | more


def _coverage(met: int, partial: int, total: int) -> dict[str, int]:
    return dict(met=met, partial=partial, total=total)


def _role(ident: str, label: str, rank: int, score: float, **more: Any) -> dict[str, Any]:
    row = dict(
        id=ident,
        label=label,
        rank=rank,
        score=score,
        band="close",
        similarity=0.5,
        coverage=dict(
            essential=_coverage(1, 1, 3), important=_coverage(1, 0, 1), useful=_coverage(0, 0, 2)
        ),
        matched=[],
        missing=[],
        beyond=[],
        versus_next=[],
        requirements=[],
        salary=[],
        plan=None,
    )
    return row | more


def _matched(ident: str, label: str, points: float, **more: Any) -> dict[str, Any]:
    row = dict(
        id=ident,
        label=label,
        importance="essential",
        contribution=points,
        partial=False,
        via=None,
        group=None,
        members=[],
    )
    return row | more


def _missing(ident: str, label: str, gain: float, **more: Any) -> dict[str, Any]:
    row = dict(
        id=ident,
        label=label,
        importance="important",
        gain=gain,
        partial=False,
        nearest=None,
        any_of=[],
        verdict="learn_it",
        advice="To be learned.",
        courses=[],
        project=None,
    )
    return row | more


def _plain() -> dict[str, Any]:
    courses = [_course(f"c{i}", f"Course {i} <b>bold</b>") for i in range(10)]
    courses[1] |= dict(hours_estimated=True, url_status="unverified")
    courses[2] |= dict(url="javascript:alert(1)", access="paid")
    courses[2]["cost"] = dict(model="one_time", amount=None, currency="USD")
    engineer = _role(
        "engineer",
        "Engineer <i>of</i> models",
        1,
        61.5,
        matched=[
            _matched(
                "pytorch",
                "One of the frameworks",
                40.0,
                group="frameworks",
                members=["pytorch", "python"],
            ),
            _matched("rag", "Retrieval", 15.5, importance="important"),
            _matched("vector-databases", "Vector databases", 6.0, partial=True, via="rag"),
        ],
        missing=[
            _missing(
                "clouds",
                "A cloud",
                9.5,
                any_of=["aws", "gcp", "azure", "oci"],
                courses=["c0", "c2"],
                nearest="python",
            ),
            _missing("apis", "APIs", 4.0, verdict="say_it", advice="Name the APIs that you built."),
            *[_missing(f"gap-{i}", f"Gap {i}", 2.0 - i / 10) for i in range(9)],
        ],
        beyond=["rag"],
        versus_next=["pytorch"],
        requirements=[
            dict(kind="years", text="5 years", met="no", evidence="3 years in dated positions"),
            dict(kind="degree", text="A degree", met="unknown", evidence=None),
        ],
        salary=[
            dict(
                level="mid",
                low=None,
                high=None,
                currency="USD",
                text="well over $100,000 a year for those who have done it twice, and more in cities",
                as_of="2026",
                source="an article",
            )
        ],
        plan=dict(
            target=85,
            courses=[dict(id=f"c{i}", covers=["clouds"]) for i in range(10)],
            hours=60,
            hours_estimated=True,
            cost=None,
            score_after=85.2,
            uncovered=["apis"],
            optimal=True,
        ),
    )
    return dict(
        as_of="2026-11",
        versions=dict(skillgap="1.0", taxonomy="2026.11", model="1"),
        document=dict(
            name="ada <b>.pdf",
            sha256="0" * 64,
            media_type="application/pdf",
            pages=2,
            reader="pdfium",
            ocr=False,
            words=20,
            warnings=[dict(code="hidden_text", message="14 words can't be seen: <u>", page=2)],
        ),
        contact=dict(name=HOSTILE, email="ada@example.com"),
        sections=[],
        experience=[],
        education=[],
        skills=[
            _skill("rag", "Retrieval", _mention("RAG"), months=69, last_used="2026-11"),
            _skill("pytorch", "PyTorch", _mention("PyTorch"), months=20, last_used="2024-06"),
            _skill("python", "Python", _mention("Python", page=2)),
            _skill("terraform", "Terraform", _mention("Terraform", "negated")),
            _skill("kubernetes", "Kubernetes", _mention("Kubernetes", "aspired")),
            _skill("ray", "Ray", _mention("Ray", "aspired")),
            _skill("machine-learning", "Machine Learning", implied_by=["pytorch"]),
        ],
        roles=[engineer, _role("analyst", "Analyst", 2, 20.0), _role("writer", "Writer", 3, 31.0)],
        courses=courses,
    )


def report(**changes: Any) -> Report:
    """The sample, with some of its parts replaced."""
    return Report.model_validate(copy.deepcopy(_plain()) | changes)


def plain_text_report() -> Report:
    """The sample as of a format that has no pages."""
    rows = _plain()
    rows["document"] |= dict(pages=None, media_type="text/plain", name="ada.txt")
    for skill in rows["skills"]:
        for m in skill["mentions"]:
            m.update(page=None, bbox=None, boxes=None)
    return Report.model_validate(rows)


LABELS = {
    "aws": "AWS",
    "gcp": "Google Cloud",
    "azure": "Azure",
    "oci": "Oracle Cloud",
    "vector-databases": "Vector Databases",
}
PICTURES = (
    Picture(1, 600.0, 800.0, "image/webp", b"first"),
    Picture(2, 600.0, 800.0, "image/webp", b"second"),
)
