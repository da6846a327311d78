"""The written Report: the contract's JSON and its schema (pydantic).

The field names are the contract with programs that read reports; docs/report.md explains each.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from .types import Importance, SectionKind, Status, Verdict, Via

SCHEMA_VERSION = "1"
BBox = tuple[float, float, float, float]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Versions(_Model):
    """What made the report."""

    skillgap: str
    taxonomy: str
    model: str


class Warning_(_Model):
    """Something the reader must know."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Warning")
    code: str
    message: str
    page: int | None = None


class DocumentInfo(_Model):
    """The file that was read."""

    name: str
    sha256: str
    media_type: str
    pages: int | None = Field(description="null where the format has no pages")
    reader: str
    ocr: bool
    words: int
    warnings: list[Warning_]


class ContactInfo(_Model):
    """Who the résumé is about."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    location: str | None = None
    links: list[str] = []


class SectionInfo(_Model):
    """A section; `start` and `end` are offsets into the text of `skillgap extract --text`."""

    kind: SectionKind
    title: str
    page: int | None
    start: int
    end: int


class ExperienceInfo(_Model):
    """A position. Dates are YYYY-MM, or YYYY where no month is given."""

    title: str
    organization: str
    start: str | None
    end: str | None = Field(description="null: unknown, or it still goes on")
    current: bool = False
    months: int | None


class EducationInfo(_Model):
    """A course of study."""

    degree: str
    institution: str
    start: str | None
    end: str | None


class BoxInfo(_Model):
    """A rectangle on a page, in points from the top left."""

    page: int
    bbox: BBox


class MentionInfo(_Model):
    """A place of the text that names a skill."""

    text: str
    status: Status
    via: Via
    page: int | None
    bbox: BBox | None = Field(description="[x0, top, x1, bottom] of its first line")
    boxes: list[BoxInfo] | None
    section: SectionKind | None
    start: int
    end: int
    snippet: str


class SkillInfo(_Model):
    """A skill of the person, merged over its mentions."""

    id: str
    label: str
    group: str
    status: Status
    implied: bool
    implied_by: list[str]
    confidence: float = Field(ge=0, le=1)
    months: int | None
    last_used: str | None
    sections: list[SectionKind]
    mentions: list[MentionInfo]


class CoverageInfo(_Model):
    """How many requirements are met, in part met, and asked for."""

    met: int
    partial: int
    total: int


class CoverageByImportance(_Model):
    """Coverage for each importance."""

    essential: CoverageInfo
    important: CoverageInfo
    useful: CoverageInfo


class MatchedInfo(_Model):
    """A requirement that is met, wholly or in part. `contribution`s add up to the score."""

    id: str
    label: str
    importance: Importance
    contribution: float
    partial: bool
    via: str | None = Field(description="the related or narrower skill that counts for it")
    group: str | None = Field(description="the group that it is a member of")
    members: list[str] = Field(description="of a group: all asked-for skills that count")


class MissingInfo(_Model):
    """A requirement not met, or in part. `gain` is what `--learn` gives at full evidence."""

    id: str
    label: str
    importance: Importance
    gain: float
    partial: bool
    nearest: str | None
    any_of: list[str]
    verdict: Verdict
    advice: str
    courses: list[str]
    project: str | None


class RequirementInfo(_Model):
    """What is asked beyond skills; shown, never scored."""

    kind: Literal["years", "degree", "certificate", "language", "location", "authorization"]
    text: str
    met: Literal["yes", "no", "unknown"]
    evidence: str | None


class OnTheWayInfo(_Model):
    """A nearer role on the way to a far one: its score now, and this role's once that one is reached."""

    id: str
    label: str
    score: float = Field(ge=0, le=100)
    score_after: float = Field(ge=0, le=100)


class SalaryInfo(_Model):
    """A salary statement in its source's words; numbers only where the source has them."""

    level: str
    low: float | None
    high: float | None
    currency: str
    text: str
    as_of: str
    source: str


class PlannedCourseInfo(_Model):
    """A course of the plan, and the requirements that it is there for."""

    id: str
    covers: list[str]


class PlanInfo(_Model):
    """The shortest way to the target found. Hours in hours, cost in USD (null: a price is unknown)."""

    target: float
    courses: list[PlannedCourseInfo]
    hours: float
    hours_estimated: bool
    cost: float | None
    score_after: float
    uncovered: list[str]
    optimal: bool


class RoleInfo(_Model):
    """One role against the person."""

    id: str
    label: str
    rank: int
    score: float = Field(ge=0, le=100)
    band: str
    similarity: float = Field(ge=0, le=1)
    coverage: CoverageByImportance
    matched: list[MatchedInfo]
    missing: list[MissingInfo]
    beyond: list[str]
    versus_next: list[str]
    requirements: list[RequirementInfo]
    salary: list[SalaryInfo]
    plan: PlanInfo | None
    on_the_way: OnTheWayInfo | None = None


class CostInfo(_Model):
    """`amount` is a price, or for a subscription the fee of one month."""

    model: str
    amount: float | None
    currency: str


class CourseInfo(_Model):
    """A course that the report names."""

    id: str
    title: str
    provider: str
    url: str
    url_status: str
    checked_on: str
    level: str
    hours: float | None
    hours_estimated: bool
    access: str
    cost: CostInfo
    seed: bool


class WhatIf(_Model):
    """Skills that the report takes as learned or gone."""

    learned: list[str]
    unlearned: list[str]


class CorrectionsInfo(_Model):
    """What the person declares or disputes; shown apart from what was found."""

    declared: list[str]
    disputed: list[str]


class Report(_Model):
    """A whole analysis."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="skillgap Report")

    schema_version: Literal["1"] = "1"
    as_of: str
    versions: Versions
    document: DocumentInfo
    contact: ContactInfo | None
    sections: list[SectionInfo]
    experience: list[ExperienceInfo]
    education: list[EducationInfo]
    skills: list[SkillInfo]
    roles: list[RoleInfo]
    courses: list[CourseInfo]
    what_if: WhatIf | None = None
    corrections: CorrectionsInfo | None = None

    def to_json(self, indent: int | None = 2) -> str:
        """The contract's JSON; the same report gives the same bytes."""
        return self.model_dump_json(indent=indent)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a Report."""
    schema = Report.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
