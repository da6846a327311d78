"""`/v1/roles`, `/v1/skills`, `/v1/courses`: the taxonomy over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from ..errors import UnknownName
from ..taxonomy import listing
from ..taxonomy.model import Taxonomy
from .problems import Problem, documented
from .schemas import Course, RoleProfile, Skill

router = APIRouter(prefix="/v1", tags=["taxonomy"])
Row = dict[str, Any]


def _taxonomy(request: Request) -> Taxonomy:
    found: Taxonomy = request.app.state.taxonomy
    return found


@router.get(
    "/roles", summary="The roles", response_model=list[RoleProfile], responses=documented(401, 429)
)
def roles(request: Request) -> list[Row]:
    """Every role with its requirements."""
    taxonomy = _taxonomy(request)
    return [listing.role_object(r, taxonomy) for r in taxonomy.roles.values()]


@router.get(
    "/roles/{role}",
    summary="One role",
    response_model=RoleProfile,
    responses=documented(401, 404, 429),
)
def role(request: Request, role: str) -> Row:
    """One role by its id."""
    taxonomy = _taxonomy(request)
    try:
        return listing.role_object(taxonomy.role(role), taxonomy)
    except UnknownName as error:
        raise Problem(404, error.code, str(error)) from None


@router.get(
    "/skills",
    summary="Search the skills",
    response_model=list[Skill],
    responses=documented(400, 401, 429),
)
def skills(
    request: Request,
    q: Annotated[str, Query(max_length=200, description="a name, an alias or a word")] = "",
    limit: Annotated[int, Query(ge=1, le=5000)] = 100,
) -> list[Row]:
    """Skills by name, alias or definition; the best matches first."""
    return [listing.skill_object(s) for s in listing.find_skills(_taxonomy(request), q)[:limit]]


@router.get(
    "/skills/{skill}",
    summary="One skill",
    response_model=Skill,
    responses=documented(401, 404, 429),
)
def skill(request: Request, skill: str) -> Row:
    """One skill by its id or label."""
    try:
        return listing.skill_object(_taxonomy(request).skill(skill))
    except UnknownName as error:
        raise Problem(404, error.code, str(error)) from None


@router.get(
    "/courses",
    summary="The courses",
    response_model=list[Course],
    responses=documented(400, 401, 404, 429),
)
def courses(
    request: Request,
    skill: Annotated[str, Query(max_length=200, description="only those that cover it")] = "",
) -> list[Row]:
    """Courses, all or those that cover one skill."""
    taxonomy = _taxonomy(request)
    if not skill:
        return [listing.course_object(c) for c in taxonomy.courses.values()]
    try:
        ident = taxonomy.skill(skill).id
    except UnknownName as error:
        raise Problem(404, error.code, str(error)) from None
    return [listing.course_object(c) for c in taxonomy.courses_by_skill.get(ident, ())]
