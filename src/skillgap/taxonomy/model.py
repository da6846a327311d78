"""The taxonomy as the program uses it: skills, the forms they take, roles and courses.

SKOS names where SKOS has them (preferred label, alternative label, broader, related). Ids are bare
slugs. The files are read by `load`, checked by `check`; what is here is immutable and plain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from ..errors import UnknownCourse, UnknownRole, UnknownSkill
from ..types import Depth, Importance


@dataclass(frozen=True, slots=True)
class Form:
    """How one ambiguous surface form of a skill is told from its other senses."""

    text: str
    case: str = (
        "any"  # any | exact: only as written | upper: exact, and not inside an all-caps line
    )
    context: str = "none"  # none: always means the skill | preferred | required: a cue must be near
    cues: tuple[str, ...] = ()  # words or labels that speak for this sense (case-folded)
    anti_cues: tuple[str, ...] = ()  # words that speak against it
    not_before: tuple[str, ...] = ()  # next word that rules it out
    not_after: tuple[str, ...] = ()  # previous word that rules it out
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Implication:
    """Who has the one skill has the other too, with a reason that a person can check."""

    skill: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skill:
    """A concept of the taxonomy."""

    id: str
    label: str
    group: str
    kind: str
    definition: str = ""
    alt: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    implies: tuple[Implication, ...] = ()
    forms: tuple[Form, ...] = ()
    status: str = "active"
    replaced_by: str | None = None
    since: str | None = None
    external: tuple[tuple[str, str], ...] = ()  # (scheme, id), for example ("wikidata", "Q…")

    @property
    def human(self) -> bool:
        """A human ("soft") skill: capped in scores, left out of plans."""
        return self.kind == "soft_skill"


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a role asks for: one skill, or `n` of a group."""

    id: str  # the skill's id, or the group's own
    label: str
    any_of: tuple[str, ...]  # one member for a plain requirement
    importance: Importance
    depth: Depth
    weight: float
    n: int = 1
    basis: str = "judgement"  # postings | seed | sources | judgement
    evidence: tuple[str, ...] = ()

    @property
    def group(self) -> bool:
        """Whether several skills can meet it."""
        return len(self.any_of) > 1


@dataclass(frozen=True, slots=True)
class Salary:
    """A salary statement in its source's own words; numbers only where the source gives numbers."""

    level: str
    low: float | None
    high: float | None
    currency: str
    text: str
    as_of: str
    source: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role profile."""

    id: str
    label: str
    summary: str
    requirements: tuple[Requirement, ...]
    titles: tuple[str, ...] = ()  # job titles that name this role
    salary: tuple[Salary, ...] = ()
    seniority: tuple[tuple[str, str], ...] = ()  # (level, note)
    industries: tuple[str, ...] = ()
    outlook: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a course costs. `amount` is a price, or for a subscription the fee of one month."""

    model: str  # free | one_time | subscription | per_seat | unknown
    amount: float | None = None
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class CourseSkill:
    """A skill that a course covers, and how far it takes it."""

    skill: str
    depth: str = "teaches"  # introduces | teaches | masters


# The usual hours of kinds of courses, told by words of their titles or notes.
USUAL_HOURS = (
    ("lecture notes", 20.0),
    ("one chapter", 1.0),
    ("one page", 1.0),
    ("semester", 100.0),
    ("textbook", 60.0),
    ("many weeks", 60.0),
    ("professional certificate", 100.0),
    ("specialization", 45.0),
    ("micromasters", 150.0),
    ("nanodegree", 120.0),
    ("bootcamp", 40.0),
)


@dataclass(frozen=True, slots=True)
class Course:
    """A course that exists, at an address that a source shows."""

    id: str
    title: str
    provider: str
    platform: str
    url: str
    url_status: str  # verified | seen | unverified
    checked_on: str
    level: str  # beginner | intermediate | advanced | all
    hours: float | None
    access: str  # full | preview | trial | paid
    cost: Cost
    skills: tuple[CourseSkill, ...]
    prerequisites: tuple[str, ...] = ()
    language: str = "en"
    seed: bool = False
    status: str = "active"  # active | retired
    replaced_by: str | None = None
    rating: tuple[float, str, str] | None = None  # (value of 5, source, date)
    note: str = ""
    sources: tuple[str, ...] = ()

    @property
    def expected_hours(self) -> float:
        """Its hours; where they are not known an estimate from its level and from what it teaches.

        The estimate (said to be one wherever it is shown) is the greater of the usual length of its
        kind or level, and 1 hour for each skill introduced, 3 for each taught, 25 for each mastered.
        """
        if self.hours is not None:
            return self.hours
        usual = {"beginner": 8.0, "intermediate": 12.0, "advanced": 16.0}.get(self.level, 10.0)
        words = f"{self.title} {self.note}".casefold()
        told = next((hours for word, hours in USUAL_HOURS if word in words), None)
        if told is not None:
            return told
        each = {"introduces": 1.0, "teaches": 3.0, "masters": 25.0}
        return max(usual, sum(each.get(s.depth, 3.0) for s in self.skills))


@dataclass(frozen=True)
class Taxonomy:
    """Everything, by id, in a fixed order."""

    version: str
    digest: str  # sha256 of the files it came from
    groups: dict[str, str]  # id → label
    skills: dict[str, Skill]
    roles: dict[str, Role]
    courses: dict[str, Course]
    projects: dict[str, str] = field(default_factory=dict)  # skill id → what to build to show it

    def skill(self, name: str) -> Skill:
        """A skill by id, label or alias; UnknownSkill with the nearest names otherwise."""
        found = self.skills.get(name) or self.skills.get(self._by_label.get(name.casefold(), ""))
        if found is None:
            raise UnknownSkill(name, [*self.skills, *(s.label for s in self.skills.values())])
        return found

    def role(self, name: str) -> Role:
        """A role by id or label."""
        found = self.roles.get(name)
        for role in self.roles.values() if found is None else ():
            if name.casefold() == role.label.casefold():
                found = role
        if found is None:
            raise UnknownRole(name, [*self.roles, *(r.label for r in self.roles.values())])
        return found

    def course(self, name: str) -> Course:
        """A course by id."""
        if name not in self.courses:
            raise UnknownCourse(name, self.courses)
        return self.courses[name]

    def current(self, skill: str) -> str:
        """The id that stands for a skill today: itself, or what replaced it."""
        seen = {skill}
        while (s := self.skills.get(skill)) and s.replaced_by and s.replaced_by not in seen:
            skill = s.replaced_by
            seen.add(skill)
        return skill

    @cached_property
    def _by_label(self) -> dict[str, str]:
        table: dict[str, str] = {}
        for skill in self.skills.values():
            for label in (skill.label, *skill.alt, *skill.hidden):
                table.setdefault(label.casefold(), skill.id)
        for skill in self.skills.values():
            table[skill.label.casefold()] = skill.id
        return table

    @cached_property
    def courses_by_skill(self) -> dict[str, tuple[Course, ...]]:
        """Active courses for each skill, those that take it furthest first, then by hours."""
        rank = {"masters": 0, "teaches": 1, "introduces": 2}
        table: dict[str, list[tuple[int, float, str, Course]]] = {}
        for course in self.courses.values():
            if course.status == "active":
                for cs in course.skills:
                    hours = course.hours if course.hours is not None else 1e9
                    table.setdefault(cs.skill, []).append(
                        (rank.get(cs.depth, 1), hours, course.id, course)
                    )
        return {
            k: tuple(row[3] for row in sorted(v, key=lambda r: r[:3])) for k, v in table.items()
        }
