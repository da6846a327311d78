"""`POST /v1/roles:from-posting`: what a job posting asks for, as a role profile."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from ..taxonomy.listing import role_object
from .forms import POSTING_BODY
from .problems import Problem, documented
from .schemas import PostingRole
from .tasks import read_role
from .uploads import form_of, posting_of

router = APIRouter(prefix="/v1", tags=["taxonomy"])


@router.post(
    "/roles:from-posting",
    summary="Make a role profile from a job posting",
    response_model=PostingRole,
    responses=documented(400, 401, 413, 415, 422, 429, 503, 504),
    openapi_extra={"requestBody": POSTING_BODY},
)
async def from_posting(request: Request) -> dict[str, Any]:
    """Read a posting (text or file) and tell what it asks for. Nothing is stored."""
    state = request.app.state
    async with form_of(request, state.settings, files=1) as form:
        job = await posting_of(form, state.settings)
    if job is None:
        raise Problem(400, "malformed", "Send the posting as `job`, a file or a text.")
    settings = state.settings
    role, asked, left_out = await state.workers.run(
        request, read_role, job, settings.taxonomy or None, settings.limits
    )
    made = role_object(role, state.taxonomy)
    return {**made, "asked": asked, "left_out": left_out}
