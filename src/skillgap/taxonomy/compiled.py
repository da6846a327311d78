"""From validated files to the runtime's dataclasses, and to and from the compiled JSON."""

from __future__ import annotations

from typing import Any

from .model import (
    Cost,
    Course,
    CourseSkill,
    Form,
    Implication,
    Requirement,
    Role,
    Salary,
    Skill,
    Taxonomy,
)


def merge(merged: dict[str, dict[str, Any]], kind: str, parsed: Any) -> None:
    """Add one file's entries; a later entry of the same id replaces the earlier one."""
    if kind == "skills":
        merged["groups"][parsed.group.id] = parsed.group.label
        for skill in parsed.skills:
            merged["skills"][skill.id] = _skill(parsed.group.id, skill)
    elif kind == "roles":
        merged["roles"][parsed.id] = parsed
    elif kind == "courses":
        for course in parsed.courses:
            merged["courses"][course.id] = _course(course)
    else:
        for item in parsed.projects:
            merged["projects"][item.skill] = item.project


def assemble(version: str, digest: str, merged: dict[str, dict[str, Any]]) -> Taxonomy:
    """The taxonomy of all merged files."""
    skills: dict[str, Skill] = dict(sorted(merged["skills"].items()))
    return Taxonomy(
        version=version,
        digest=digest,
        groups=dict(sorted(merged["groups"].items())),
        skills=skills,
        roles={key: _role(value, skills) for key, value in merged["roles"].items()},
        courses=dict(sorted(merged["courses"].items())),
        projects=dict(sorted(merged["projects"].items())),
    )


def _skill(group: str, s: Any) -> Skill:
    return Skill(
        id=s.id,
        label=s.prefLabel,
        group=group,
        kind=s.kind,
        definition=s.definition,
        alt=s.altLabels,
        hidden=s.hiddenLabels,
        broader=s.broader,
        related=s.related,
        implies=tuple(Implication(i.skill, i.reason) for i in s.implies),
        forms=tuple(
            Form(
                text=f.text,
                case=f.case,
                context=f.context,
                cues=f.cues,
                anti_cues=f.antiCues,
                not_before=f.notBefore,
                not_after=f.notAfter,
                positive=f.positive,
                negative=f.negative,
            )
            for f in s.forms
        ),
        status=s.status,
        replaced_by=s.replacedBy,
        since=s.since,
        external=tuple(sorted(s.exactMatch.items())),
    )


def _role(r: Any, skills: dict[str, Skill]) -> Role:
    return Role(
        id=r.id,
        label=r.label,
        summary=r.summary,
        titles=r.titles,
        salary=tuple(
            Salary(s.level, s.low, s.high, s.currency, s.text, s.asOf, s.source) for s in r.salary
        ),
        seniority=tuple((s.level, s.text) for s in r.seniority),
        industries=r.industries,
        outlook=r.outlook,
        requirements=tuple(
            Requirement(
                id=q.skill or q.id,
                label=q.label or (skills[q.skill].label if q.skill in skills else q.skill),
                any_of=q.anyOf or (q.skill,),
                importance=q.importance,
                depth=q.depth,
                weight=q.weight,
                n=q.n,
                basis=q.basis,
                evidence=q.evidence,
            )
            for q in r.requirements
        ),
    )


def _course(c: Any) -> Course:
    return Course(
        id=c.id,
        title=c.title,
        provider=c.provider,
        platform=c.platform,
        url=c.url,
        url_status=c.urlStatus,
        checked_on=c.checkedOn,
        level=c.level,
        hours=c.hours,
        access=c.access,
        cost=Cost(c.cost.model, c.cost.amount, c.cost.currency),
        skills=tuple(CourseSkill(s.skill, s.depth) for s in c.skills),
        prerequisites=c.prerequisites,
        language=c.language,
        seed=c.seed,
        status=c.status,
        replaced_by=c.replacedBy[0] if c.replacedBy else None,
        rating=(c.rating.value, c.rating.source, c.rating.asOf) if c.rating else None,
        note=c.note,
        sources=c.sources,
    )


# The compiled form is the fields of each dataclass in their order, nested, without names: it is
# read at every start, so it is kept small and quick to turn back.


def _fields(value: Any) -> Any:
    if hasattr(value, "__slots__") and hasattr(value, "__dataclass_fields__"):
        return [_fields(getattr(value, name)) for name in value.__dataclass_fields__]
    if isinstance(value, tuple):
        return [_fields(v) for v in value]
    return value


def _tuples(row: list[Any]) -> list[Any]:
    return [tuple(v) if isinstance(v, list) else v for v in row]


def to_json(t: Taxonomy) -> dict[str, Any]:
    """A JSON-able form of a taxonomy."""
    return {
        "version": t.version,
        "digest": t.digest,
        "groups": t.groups,
        "skills": [_fields(s) for s in t.skills.values()],
        "roles": [_fields(r) for r in t.roles.values()],
        "courses": [_fields(c) for c in t.courses.values()],
        "projects": t.projects,
    }


# Built from positions, which a type checker can't follow: that the order is right is tested.
_new_skill: Any = Skill
_new_course: Any = Course


def from_json(data: dict[str, Any]) -> Taxonomy:
    """The taxonomy of `to_json`; KeyError, TypeError or ValueError for anything else."""
    skills = {}
    for row in data["skills"]:
        *head, alt, hidden, broader, related, implies, forms, status, replaced, since, ext = row
        skills[head[0]] = _new_skill(
            *head,
            tuple(alt),
            tuple(hidden),
            tuple(broader),
            tuple(related),
            tuple(Implication(*i) for i in implies),
            tuple(Form(*_tuples(f)) for f in forms),
            status,
            replaced,
            since,
            tuple((scheme, code) for scheme, code in ext),
        )
    roles = {}
    for ident, label, summary, requirements, titles, salary, seniority, industries, outlook in data[
        "roles"
    ]:
        roles[ident] = Role(
            ident,
            label,
            summary,
            tuple(Requirement(*_tuples(q)) for q in requirements),
            tuple(titles),
            tuple(Salary(*s) for s in salary),
            tuple((level, text) for level, text in seniority),
            tuple(industries),
            outlook,
        )
    courses = {}
    for row in data["courses"]:
        head, cost, taught, prerequisites, tail = row[:10], row[10], row[11], row[12], row[13:]
        *middle, rating, note, sources = tail
        courses[head[0]] = _new_course(
            *head,
            Cost(*cost),
            tuple(CourseSkill(*s) for s in taught),
            tuple(prerequisites),
            *middle,
            tuple(rating) if rating else None,
            note,
            tuple(sources),
        )
    return Taxonomy(
        data["version"], data["digest"], data["groups"], skills, roles, courses, data["projects"]
    )
