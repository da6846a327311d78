"""`skillgap roles`, `skills`, `courses`: looking into the taxonomy."""

from __future__ import annotations

from typing import Any

import click

from .options import put_out, taxonomy_option

_format = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.command()
@click.argument("role", metavar="[ID]", required=False)
@_format
@taxonomy_option
def roles(role: str | None, form: str, taxonomy_path: str | None) -> None:
    """List the roles, or show what one asks for."""
    from ..taxonomy import listing

    taxonomy = _load(taxonomy_path)
    if role:
        _put(form, [listing.role_object(taxonomy.role(role), taxonomy)], listing.role_text)
    else:
        rows = [listing.role_object(r, taxonomy) for r in taxonomy.roles.values()]
        _put(form, rows, listing.roles_text)


@click.command()
@click.argument("query", metavar="[QUERY]", required=False, default="")
@_format
@taxonomy_option
def skills(query: str, form: str, taxonomy_path: str | None) -> None:
    """Search the skills by name, alias or definition; all of them without QUERY."""
    from ..taxonomy import listing

    taxonomy = _load(taxonomy_path)
    found = [listing.skill_object(s) for s in listing.find_skills(taxonomy, query)]
    _put(form, found, listing.skills_text)


@click.command()
@click.option("--skill", metavar="ID", help="Only courses that cover this skill.")
@_format
@taxonomy_option
def courses(skill: str | None, form: str, taxonomy_path: str | None) -> None:
    """List the courses, all or those that cover one skill."""
    from ..taxonomy import listing

    taxonomy = _load(taxonomy_path)
    if skill:
        found = taxonomy.courses_by_skill.get(taxonomy.skill(skill).id, ())
    else:
        found = tuple(taxonomy.courses.values())
    _put(form, [listing.course_object(c) for c in found], listing.courses_text)


def _load(path: str | None) -> Any:
    from ..taxonomy.load import load_taxonomy

    return load_taxonomy(path)


def _put(form: str, rows: list[dict[str, Any]], as_text: Any) -> None:
    if form == "json":
        import json

        put_out(json.dumps(rows, ensure_ascii=False, indent=2), None)
    else:
        put_out(as_text(rows), None)
