"""`POST /v1/analyses`: one résumé in, its Report out; nothing is stored."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData, UploadFile

from ..report import Report
from ..types import Options
from .cache import AnswerCache
from .forms import ANALYSIS_BODY
from .problems import Problem, documented
from .tasks import analyze_html, analyze_json
from .uploads import Sent, file_of, form_of, options_of, sent, texts

router = APIRouter(prefix="/v1", tags=["analyses"])
_JSON, _HTML = "application/json", "text/html"


@router.post(
    "/analyses",
    summary="Analyze one résumé",
    response_model=Report,
    responses={
        200: {"description": "The Report", "content": {_HTML: {"schema": {"type": "string"}}}},
        **documented(400, 401, 406, 413, 415, 422, 429, 503, 504),
    },
    openapi_extra={"requestBody": ANALYSIS_BODY},
)
async def analyze(request: Request) -> Response:
    """Compare a résumé with roles, or with a job posting.

    Nothing is stored. `Accept: text/html` gives the report as a page of its own.
    """
    wanted = negotiated(request.headers.get("accept", "*/*"))
    state = request.app.state
    form = await form_of(request, state.settings, files=2)
    try:
        file = await file_of(form, state.settings)
        options = options_of(form)
        job = await job_of(form, state.settings, options)
    finally:
        await form.close()
    if job is None:
        for role in options.roles:
            state.taxonomy.role(role)
    for skill in (*options.learn, *options.unlearn):
        state.taxonomy.skill(skill)
    owner: str = request.state.owner
    cache: AnswerCache = state.cache
    key = cache.key(owner, file.data, file.name, options, job, wanted, state.workers.versions)
    answer = cache.get(key)
    if answer is None:
        task = analyze_html if wanted == _HTML else analyze_json
        settings = state.settings
        made: str = await state.workers.run(
            request,
            task,
            file.data,
            file.name,
            options,
            job,
            settings.taxonomy or None,
            settings.limits,
        )
        answer = made.encode()
        cache.put(key, answer)
    return Response(answer, media_type=wanted)


def negotiated(accept: str) -> str:
    """application/json or text/html, whichever the client likes better; Problem 406 for neither."""
    liked: dict[str, float] = {}
    for part in accept.split(","):
        kind, *parameters = (p.strip() for p in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    quality = float(value)
                except ValueError:
                    quality = 0.0
        liked[kind.lower()] = max(quality, liked.get(kind.lower(), 0.0))

    def quality_of(kind: str) -> float:
        family = kind.split("/")[0] + "/*"
        return next((liked[k] for k in (kind, family, "*/*") if k in liked), 0.0)

    best = max((_JSON, _HTML), key=quality_of)
    if not quality_of(best):
        raise Problem(406, "not_acceptable", f"The answer is {_JSON} or {_HTML}.")
    return best


async def job_of(form: FormData, settings: Any, options: Options) -> Sent | None:
    """The posting of a form, as a file or as text; Problem 400 together with `role`."""
    files = [v for v in form.getlist("job") if isinstance(v, UploadFile)]
    if files:
        if len(files) > 1:
            raise Problem(400, "malformed", "Send `job` once.")
        found = await sent(files[0], settings)
        posting = found if found.data.strip() else None
    else:
        written = [v for v in texts(form, "job") if v]
        if len(written) > 1:
            raise Problem(400, "malformed", "Send `job` once.")
        posting = Sent("posting.txt", written[0].encode()) if written else None
    if posting is not None and options.roles:
        raise Problem(400, "malformed", "Send `role` or `job`, not both.")
    return posting
