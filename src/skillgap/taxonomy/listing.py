"""The taxonomy as plain objects (for JSON) and as lines of text, for the command and the service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .model import Course, Role, Skill, Taxonomy


def find_skills(taxonomy: Taxonomy, query: str) -> list[Skill]:
    """Skills that match a query: by name first, then by alias, then by definition."""
    wanted = query.casefold().strip()
    if not wanted:
        return list(taxonomy.skills.values())
    ranked: list[tuple[int, str, Skill]] = []
    for skill in taxonomy.skills.values():
        names = [skill.label.casefold(), skill.id, *(a.casefold() for a in skill.alt)]
        if wanted in names:
            place = 0
        elif any(n.startswith(wanted) for n in names):
            place = 1
        elif any(wanted in n for n in names):
            place = 2
        elif wanted in skill.definition.casefold():
            place = 3
        else:
            continue
        ranked.append((place, skill.id, skill))
    return [row[2] for row in sorted(ranked, key=lambda row: row[:2])]


def skill_object(skill: Skill) -> dict[str, Any]:
    """One skill."""
    return {
        "id": skill.id,
        "label": skill.label,
        "group": skill.group,
        "kind": skill.kind,
        "definition": skill.definition,
        "aliases": list(skill.alt),
        "broader": list(skill.broader),
        "related": list(skill.related),
        "implies": [{"id": i.skill, "reason": i.reason} for i in skill.implies],
        "status": skill.status,
        "replaced_by": skill.replaced_by,
        "since": skill.since,
        "external_ids": dict(skill.external),
    }


def role_object(role: Role, taxonomy: Taxonomy) -> dict[str, Any]:
    """One role with its requirements."""

    def label(ident: str) -> str:
        return taxonomy.skills[ident].label if ident in taxonomy.skills else ident

    return {
        "id": role.id,
        "label": role.label,
        "summary": role.summary,
        "titles": list(role.titles),
        "industries": list(role.industries),
        "outlook": role.outlook,
        "seniority": [{"level": level, "text": text} for level, text in role.seniority],
        "salary": [
            {
                "level": s.level,
                "low": s.low,
                "high": s.high,
                "currency": s.currency,
                "text": s.text,
                "as_of": s.as_of,
                "source": s.source,
            }
            for s in role.salary
        ],
        "requirements": [
            {
                "id": q.id,
                "label": q.label,
                "importance": q.importance,
                "depth": q.depth,
                "weight": q.weight,
                "n": q.n,
                "any_of": [{"id": m, "label": label(m)} for m in q.any_of] if q.group else [],
                "basis": q.basis,
                "evidence": list(q.evidence),
            }
            for q in role.requirements
        ],
    }


def course_object(course: Course) -> dict[str, Any]:
    """One course."""
    return {
        "id": course.id,
        "title": course.title,
        "provider": course.provider,
        "platform": course.platform,
        "url": course.url,
        "url_status": course.url_status,
        "checked_on": course.checked_on,
        "level": course.level,
        "hours": course.hours,
        "access": course.access,
        "cost": {
            "model": course.cost.model,
            "amount": course.cost.amount,
            "currency": course.cost.currency,
        },
        "language": course.language,
        "skills": [{"id": s.skill, "depth": s.depth} for s in course.skills],
        "prerequisites": list(course.prerequisites),
        "seed": course.seed,
        "status": course.status,
        "replaced_by": course.replaced_by,
        "rating": (
            {"value": course.rating[0], "source": course.rating[1], "as_of": course.rating[2]}
            if course.rating
            else None
        ),
        "note": course.note,
    }


def roles_text(rows: Sequence[dict[str, Any]]) -> str:
    """A line a role."""
    width = max((len(r["id"]) for r in rows), default=0)
    lines = [
        f"{r['id']:<{width}}  {r['label']} · {len(r['requirements'])} requirements" for r in rows
    ]
    return "\n".join([*lines, "", "One in full: skillgap roles ID"])


def role_text(rows: Sequence[dict[str, Any]]) -> str:
    """One role in full."""
    r = rows[0]
    lines = [f"{r['label']} ({r['id']})", "", r["summary"], ""]
    lines += [f"{s['level']}: {s['text']} ({s['source']}, {s['as_of']})" for s in r["salary"]]
    if r["outlook"]:
        lines += ["", f"Outlook: {r['outlook']}"]
    for importance in ("essential", "important", "useful"):
        asked = [q for q in r["requirements"] if q["importance"] == importance]
        lines += ["", f"{importance.capitalize()} ({len(asked)})"]
        for q in asked:
            members = ", ".join(m["label"] for m in q["any_of"])
            how_many = "any of" if q["n"] == 1 else f"{q['n']} of"
            lines.append(f"  {q['label']}" + (f": {how_many} {members}" if members else ""))
    return "\n".join(lines)


def skills_text(rows: Sequence[dict[str, Any]]) -> str:
    """A line a skill."""
    if not rows:
        return "No skill matches; try a shorter word, or `skillgap skills` for all."
    width = min(36, max(len(r["id"]) for r in rows))
    return "\n".join(f"{r['id']:<{width}}  {r['label']} · {r['definition']}" for r in rows)


def courses_text(rows: Sequence[dict[str, Any]]) -> str:
    """Two lines a course."""
    if not rows:
        return "No course covers that skill."
    lines = []
    for r in rows:
        hours = f"{r['hours']:g} h" if r["hours"] else "hours unknown"
        retired = ", retired" if r["status"] == "retired" else ""
        lines.append(
            f"{r['title']} · {r['provider']} · {r['level']}, {hours}, {r['access']}{retired}"
        )
        lines.append(f"  {r['url']} ({r['url_status']}, {r['checked_on']})")
    return "\n".join(lines)
