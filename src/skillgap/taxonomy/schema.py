"""The form of the taxonomy's YAML files (pydantic), field by field, for people and editors.

One file of skills a group, one file a role, one file of courses a provider or platform. Names are
SKOS's in camelCase (`prefLabel`, `altLabels`, …). docs/taxonomy.md explains each with an example.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
DateText = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
SkillKind = Literal[
    "concept",
    "practice",
    "tool",
    "model",
    "language",
    "platform",
    "standard",
    "certification",
    "soft_skill",
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FormFile(_Strict):
    """How one ambiguous surface form is told from its other senses."""

    text: Text
    case: Literal["any", "exact", "upper"] = "any"
    context: Literal["none", "preferred", "required"] = "none"
    cues: tuple[Text, ...] = ()
    antiCues: tuple[Text, ...] = ()
    notBefore: tuple[Text, ...] = ()
    notAfter: tuple[Text, ...] = ()
    positive: tuple[Text, ...] = Field(
        min_length=1, description="sentences in which it is the skill"
    )
    negative: tuple[Text, ...] = Field(min_length=1, description="sentences in which it is not")


class ImpliesFile(_Strict):
    """Who has this skill has that one too."""

    skill: Slug
    reason: Text


class SkillFile(_Strict):
    """A skill concept."""

    id: Slug
    prefLabel: Text
    altLabels: tuple[Text, ...] = Field(default=(), description="true synonyms only")
    hiddenLabels: tuple[Text, ...] = Field(default=(), description="misspellings, odd casing")
    kind: SkillKind
    definition: Text
    broader: tuple[Slug, ...] = ()
    related: tuple[Slug, ...] = ()
    implies: tuple[ImpliesFile, ...] = ()
    forms: tuple[FormFile, ...] = Field(default=(), description="rules of its ambiguous forms")
    status: Literal["active", "deprecated"] = "active"
    replacedBy: Slug | None = None
    since: DateText | None = None
    exactMatch: dict[Literal["esco", "onet", "wikidata"], Text] = Field(default_factory=dict)
    note: str = ""


class GroupFile(_Strict):
    """The head of a skills file."""

    id: Slug
    label: Text


class SkillsFile(_Strict):
    """taxonomy/skills/<group>.yaml."""

    group: GroupFile
    skills: tuple[SkillFile, ...]


class RequirementFile(_Strict):
    """One requirement: `skill`, or a group with `id`, `label`, `anyOf` (and `n`, how many of them)."""

    skill: Slug | None = None
    id: Slug | None = None
    label: Text | None = None
    anyOf: tuple[Slug, ...] = ()
    n: int = Field(default=1, ge=1)
    importance: Literal["essential", "important", "useful"]
    depth: Literal["aware", "can_do", "leads"] = "can_do"
    weight: float = Field(gt=0, le=10)
    basis: Literal["postings", "seed", "sources", "judgement"] = "judgement"
    evidence: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _one_shape(self) -> RequirementFile:
        if (self.skill is None) == (not self.anyOf):
            raise ValueError("give either `skill`, or `id`, `label` and `anyOf`")
        if self.anyOf and (self.id is None or self.label is None or len(self.anyOf) < 2):
            raise ValueError("a group needs `id`, `label` and at least two members in `anyOf`")
        if self.n > max(1, len(self.anyOf)):
            raise ValueError("`n` is more than the group has members")
        return self


class SalaryFile(_Strict):
    """A salary statement in its source's own words."""

    level: Literal["entry", "mid", "senior", "all"]
    low: float | None = None
    high: float | None = None
    currency: str = "USD"
    text: Text
    asOf: DateText
    source: Text


class SeniorityFile(_Strict):
    """What a level means in this role."""

    level: Literal["entry", "mid", "senior"]
    text: Text


class RoleFile(_Strict):
    """taxonomy/roles/<id>.yaml."""

    id: Slug
    label: Text
    summary: Text
    titles: tuple[Text, ...] = Field(min_length=1, description="job titles that name this role")
    salary: tuple[SalaryFile, ...] = ()
    seniority: tuple[SeniorityFile, ...] = ()
    industries: tuple[Text, ...] = ()
    outlook: str = ""
    requirements: tuple[RequirementFile, ...]


class CostFile(_Strict):
    """`amount` is the price, or for a subscription the fee of one month; null where unknown."""

    model: Literal["free", "one_time", "subscription", "per_seat", "unknown"]
    amount: float | None = Field(default=None, ge=0)
    currency: str = "USD"
    asOf: DateText | None = None


class CourseSkillFile(_Strict):
    """A skill that a course covers."""

    skill: Slug
    depth: Literal["introduces", "teaches", "masters"] = "teaches"


class RatingFile(_Strict):
    """A rating that a source shows, of 5."""

    value: float = Field(ge=0, le=5)
    count: int | None = None
    source: Text
    asOf: DateText


class ClaimFile(_Strict):
    """Something that a source says of the course, in short."""

    text: Text
    source: Text
    asOf: DateText


class CourseFile(_Strict):
    """A course."""

    id: Slug
    title: Text
    provider: Text
    platform: Text
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
    urlStatus: Literal["verified", "seen", "unverified"]
    checkedOn: DateText
    level: Literal["beginner", "intermediate", "advanced", "all"]
    levelBasis: Literal["stated", "estimated"] = "estimated"
    hours: float | None = Field(default=None, gt=0)
    access: Literal["full", "preview", "trial", "paid"]
    accessAsOf: DateText | None = None
    cost: CostFile
    language: str = "en"
    skills: tuple[CourseSkillFile, ...] = Field(min_length=1)
    prerequisites: tuple[Slug, ...] = ()
    seed: bool = False
    family: Slug | None = Field(default=None, description="a course family that the seed names")
    rating: RatingFile | None = None
    claims: tuple[ClaimFile, ...] = ()
    status: Literal["active", "retired"] = "active"
    replacedBy: tuple[Slug, ...] = ()
    sources: tuple[Text, ...] = ()
    note: str = ""


class CoursesFile(_Strict):
    """taxonomy/courses/<platform>.yaml."""

    platform: Text
    hosts: tuple[Text, ...] = Field(min_length=1, description="hosts that its addresses may have")
    courses: tuple[CourseFile, ...]


class ProjectFile(_Strict):
    """What to build to show a skill."""

    skill: Slug
    project: Text


class ProjectsFile(_Strict):
    """taxonomy/projects.yaml."""

    projects: tuple[ProjectFile, ...]
