"""What endpoints answer with, for OpenAPI and for checking what leaves."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from ..batch.ledger import Progress

Status = Literal["queued", "running", "done"]


class Requirement(BaseModel):
    """What a role asks for: one skill, or `n` of a group."""

    model_config = {"extra": "allow"}

    id: str
    label: str
    importance: Literal["essential", "important", "useful"]


class RoleProfile(BaseModel):
    """A role and what it asks for."""

    model_config = {"extra": "allow"}

    id: str = Field(examples=["mlops-engineer"])
    label: str
    summary: str
    requirements: list[Requirement]


class Asked(BaseModel):
    """Something that a posting asks beyond skills; never scored."""

    kind: str = Field(examples=["years"])
    text: str
    firm: bool = Field(description="false: preferred, or something else will do")


class PostingRole(RoleProfile):
    """What a posting asks for."""

    asked: list[Asked]
    left_out: list[str] = Field(description="skills that only the employer's own words name")


class Skill(BaseModel):
    """A skill of the taxonomy."""

    model_config = {"extra": "allow"}

    id: str = Field(examples=["prompt-engineering"])
    label: str
    group: str


class Course(BaseModel):
    """A course of the taxonomy."""

    model_config = {"extra": "allow"}

    id: str
    title: str


class BatchMade(BaseModel):
    """A batch that was started."""

    id: str = Field(description="can't be guessed; whoever has it, and the key, sees the batch")
    status: Status
    total: int


class BatchStatus(BatchMade):
    """How far a batch is."""

    succeeded: int
    failed: int
    expires: str = Field(description="when it is removed with all its data (ISO 8601)")
    role: str = Field(description="what candidates are compared with")
    blind: bool


class Candidate(BaseModel):
    """A row of the ranking."""

    rank: int = Field(description="shared by those whose scores can't be told apart")
    n: int = Field(description="the file's number, for …/candidates/{n}")
    candidate: str
    score: float
    best_role: str
    essential_met: int
    essential_partial: int
    essential_total: int
    reasons: list[str]
    gaps: list[str]
    warnings: list[str]
    similarity: float
    score_error: float = Field(description="standard error of the score, in points")
    aliases: list[str] = Field(description="other files with the same text")


class Failure(BaseModel):
    """A file without a score, and why."""

    n: int
    name: str
    code: str = Field(examples=["no_text"])
    detail: str


def status_of(progress: Progress, sealed: bool) -> Status:
    """Queued before any file was taken up, done when all have a result and no more are announced."""
    if sealed and progress.over == progress.total:
        return "done"
    return "running" if progress.over or progress.claimed else "queued"


def batch_body(ident: str, progress: Progress, sealed: bool) -> dict[str, Any]:
    """What progress is told with."""
    return {
        "id": ident,
        "status": status_of(progress, sealed),
        "total": progress.total,
        "succeeded": progress.done,
        "failed": progress.failed,
    }
