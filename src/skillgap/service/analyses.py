"""`POST /v1/analyses`: one résumé in, its Report out; nothing is stored."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from ..report import Report
from .accept import HTML, JSON, negotiated
from .cache import AnswerCache
from .forms import ANALYSIS_BODY
from .problems import documented
from .security import REPORT_POLICY
from .tasks import analyze_both, analyze_json
from .uploads import check_names, file_of, form_of, job_of, options_of

router = APIRouter(prefix="/v1", tags=["analyses"])


@router.post(
    "/analyses",
    summary="Analyze one résumé",
    response_model=Report,
    responses={
        200: {
            "description": "The Report; with `Accept: text/html` as a page of its own",
            "content": {HTML: {"schema": {"type": "string"}}},
        },
        **documented(400, 401, 406, 413, 415, 422, 429, 503, 504),
    },
    openapi_extra={"requestBody": ANALYSIS_BODY},
)
async def analyze(request: Request) -> Response:
    """Compare a résumé with roles, or with a job posting.

    Nothing is stored. `Accept: text/html` gives the report as a page that needs nothing else.
    """
    wanted = negotiated(request.headers.get("accept", "*/*"), JSON, HTML)
    state = request.app.state
    async with form_of(request, state.settings, files=2) as form:
        file = await file_of(form, state.settings)
        options = options_of(form)
        job = await job_of(form, state.settings, options)
    check_names(state.taxonomy, options)
    owner: str = request.state.owner
    cache: AnswerCache = state.cache

    def key(kind: str) -> str:
        return cache.key(owner, file.data, file.name, options, job, kind, state.workers.versions)

    answer = cache.get(key(wanted))
    if answer is None:
        settings = state.settings
        made = await state.workers.run(
            request,
            analyze_both if wanted == HTML else analyze_json,
            file.data,
            file.name,
            options,
            job,
            settings.taxonomy or None,
            settings.limits,
        )
        both = made if wanted == HTML else (made,)
        written: dict[str, str] = dict(zip((JSON, HTML), both, strict=False))
        for kind, text in written.items():
            cache.put(key(kind), text.encode())
        answer = written[wanted].encode()
    headers = {"Content-Security-Policy": REPORT_POLICY} if wanted == HTML else None
    return Response(answer, media_type=wanted, headers=headers)
