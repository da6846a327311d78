"""What came of a batch: ranking, failures, reports of candidates."""

from __future__ import annotations

import tempfile
import zlib
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from ..batch.insight import look_at
from ..batch.ranking import Ranked, Ranking
from ..batch.tabular import write_csv
from ..report import Report
from .accept import HTML, JSON, negotiated
from .batches import batch_of
from .jobs import record_settings, role_of
from .problems import Problem, documented
from .schemas import Candidate, Failure, status_of
from .security import REPORT_POLICY
from .storage import EXPORTS, Store, options_of_batch

router = APIRouter(prefix="/v1/batches", tags=["batches"])
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get(
    "/{batch}/ranking",
    summary="The ranking",
    response_model=list[Candidate],
    responses={
        200: {
            "description": "The candidates, best first",
            "content": {
                CSV: {"schema": {"type": "string"}},
                XLSX: {"schema": {"type": "string", "format": "binary"}},
            },
        },
        **documented(400, 401, 404, 409, 429),
    },
)
def ranking(
    request: Request,
    batch: str,
    format: Annotated[
        Literal["json", "csv", "xlsx"], Query(description="the form of the answer")
    ] = "json",
) -> Response:
    """All scored candidates, best first, once the batch is done.

    Candidates whose scores can't be told apart share a rank. In CSV and XLSX no cell begins a formula.
    """
    store: Store = request.app.state.store
    row = batch_of(request, batch)
    if status_of(store.ledger.progress(batch), row["sealed"]) != "done":
        raise Problem(409, "not_yet", "The batch is not done yet.", {"Retry-After": "2"})
    options = options_of_batch(row)
    made = Ranking(store.ledger, batch, blind=options["blind"])
    if format == "json":
        return JSONResponse([_candidate(one) for one in made.ranked()])
    data = _exported(request, format, made, options)
    return Response(
        data,
        media_type=CSV if format == "csv" else XLSX,
        headers={"Content-Disposition": f'attachment; filename="ranking.{format}"'},
    )


@router.get(
    "/{batch}/failures",
    summary="Files without a score",
    response_model=list[Failure],
    responses=documented(401, 404, 429),
)
def failures(request: Request, batch: str) -> list[dict[str, Any]]:
    """Which files could not be scored, and why; so far, while the batch is under way."""
    blind = options_of_batch(batch_of(request, batch))["blind"]
    made = Ranking(request.app.state.store.ledger, batch, blind=blind)
    return [
        {"n": f.n, "name": f.candidate, "code": f.code, "detail": f.detail}
        for f in made.not_assessed()
    ]


@router.get(
    "/{batch}/candidates/{n}",
    summary="One candidate's Report",
    response_model=Report,
    responses={
        200: {
            "description": "The Report; with `Accept: text/html` as a page of its own",
            "content": {HTML: {"schema": {"type": "string"}}},
        },
        **documented(400, 401, 404, 406, 409, 429),
    },
)
def candidate(request: Request, batch: str, n: int) -> Response:
    """The Report of file `n`, without a course plan. The file itself is kept no longer."""
    wanted = negotiated(request.headers.get("accept", "*/*"), JSON, HTML)
    batch_of(request, batch)
    found = request.app.state.store.ledger.one(batch, n) if 0 < n < 2**31 else None
    if found is None:
        raise Problem(404, "not_found", f"The batch has no file {n}.")
    if found["state"] == "failed":
        raise Problem(404, "not_assessed", f"File {n} has no report: see the batch's failures.")
    if found["report"] is None:
        raise Problem(409, "not_yet", f"File {n} is not done yet.", {"Retry-After": "2"})
    written = zlib.decompress(found["report"])
    if wanted == JSON:
        return Response(written, media_type=JSON)
    from ..render.html import render_html

    taxonomy = request.app.state.taxonomy
    skills = taxonomy.skills.values()
    page = render_html(
        Report.model_validate_json(written),
        labels={s.id: s.label for s in skills},
        groups={s.id: taxonomy.groups.get(s.group, s.group) for s in skills},
    )
    return Response(page, media_type=HTML, headers={"Content-Security-Policy": REPORT_POLICY})


def _candidate(one: Ranked) -> dict[str, Any]:
    row = one.row
    met, partial, total = row.essential
    return {
        "rank": one.rank,
        "n": one.n,
        "candidate": one.candidate,
        "score": row.score,
        "best_role": row.best_role,
        "essential_met": met,
        "essential_partial": partial,
        "essential_total": total,
        "reasons": list(row.reasons),
        "gaps": list(row.gaps),
        "warnings": list(row.warnings),
        "similarity": row.similarity,
        "score_error": row.deviation,
        "aliases": list(one.aliases),
    }


def _exported(request: Request, form: str, made: Ranking, options: dict[str, Any]) -> bytes:
    """The ranking as a file's bytes. It is made in a folder that is gone before it is sent."""
    state = request.app.state
    with tempfile.TemporaryDirectory(prefix=EXPORTS) as folder:
        path = Path(folder) / f"ranking.{form}"
        if form == "csv":
            write_csv(path, made)
        else:
            from ..batch.xlsx import write_xlsx

            taxonomy = state.taxonomy
            role = role_of(options, taxonomy)
            settings = record_settings(
                options,
                role,
                taxonomy,
                state.settings.limits,
                state.workers.versions.get("model", ""),
            )
            labels = {r.id: r.label for r in taxonomy.roles.values()}
            write_xlsx(path, made, role, look_at(made, role, taxonomy), settings, labels)
        return path.read_bytes()
