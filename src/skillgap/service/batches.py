"""`/v1/batches`: many files against one role or posting, done in the background and kept for a while."""

from __future__ import annotations

import asyncio
import datetime
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.engine import RowMapping
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from ..batch.entries import NewFile
from ..errors import DocumentTooLarge
from .forms import BATCH_BODY, MORE_BODY
from .jobs import asked, role_of
from .problems import Problem, documented
from .schemas import BatchMade, BatchStatus, batch_body, status_of
from .settings import ServiceSettings
from .storage import Store, options_of_batch
from .tasks import read_posting
from .uploads import check_names, flag, form_of, job_of, options_of, safe_name

router = APIRouter(prefix="/v1/batches", tags=["batches"])
_CHUNK_FILES, _CHUNK_BYTES = 100, 16 * 2**20  # written in one go
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_GONE = "There is no such batch, or its time is up."


def batch_of(request: Request, ident: str) -> RowMapping:
    """A batch that this caller may see; Problem 404 for any other, without telling which."""
    store: Store = request.app.state.store
    known = _ID.fullmatch(ident)
    found = store.ledger.batch(ident, owner=request.state.owner) if known else None
    if found is None:
        raise Problem(404, "not_found", _GONE)
    return found


@router.post(
    "",
    status_code=202,
    summary="Start a batch",
    response_model=BatchMade,
    responses={
        202: {
            "description": "Started",
            "headers": {"Location": {"description": "Where it is", "schema": {"type": "string"}}},
        },
        **documented(400, 401, 413, 415, 422, 429, 503, 504),
    },
    openapi_extra={"requestBody": BATCH_BODY},
)
async def start(request: Request, response: Response) -> dict[str, Any]:
    """Score many résumés against one role or posting.

    They are done in the background. The batch is kept until its time is up or it is deleted.
    """
    state = request.app.state
    settings, store = state.settings, state.store
    async with form_of(request, settings, files=settings.max_batch_files + 1) as form:
        options = options_of(form)
        job = await job_of(form, settings, options)
        blind, more = flag(form, "blind"), flag(form, "more")
        uploads = _uploads(form, settings, 0, needed=not more)
        if len(options.roles) != (0 if job else 1):
            raise Problem(400, "malformed", "Send one `role`, or a `job`, to compare with.")
        check_names(state.taxonomy, options)
        roles = tuple(state.taxonomy.role(r).id for r in options.roles)  # labels are taken too
        options = replace(options, roles=roles)
        role = None
        if job is not None:
            posting = await state.workers.run(
                request, read_posting, job, settings.taxonomy or None, settings.limits
            )
            role = posting.role
            if not role.requirements:
                raise Problem(
                    422, "no_requirements", "The posting asks for no skill that is known."
                )
        await _room(store, settings)
        what = asked(options, blind=blind, job=job, role=role)
        ident = await run_in_threadpool(store.new_batch, what, request.state.owner)
        try:
            await _add(store, settings, ident, uploads)
        except BaseException:
            await asyncio.shield(run_in_threadpool(store.delete, ident))
            raise
    if not more:
        await run_in_threadpool(store.ledger.seal, ident)
    state.runner.wake()
    progress = await run_in_threadpool(store.ledger.progress, ident)
    response.headers["Location"] = f"/v1/batches/{ident}"
    return batch_body(ident, progress, sealed=not more)


@router.post(
    "/{batch}/files",
    status_code=202,
    summary="Add files to a batch",
    response_model=BatchMade,
    responses=documented(400, 401, 404, 409, 413, 429, 503),
    openapi_extra={"requestBody": MORE_BODY},
)
async def add(request: Request, batch: str) -> dict[str, Any]:
    """More files, until the batch is done. With `more=true` it stays open for further ones."""
    state = request.app.state
    settings, store = state.settings, state.store
    row = await run_in_threadpool(batch_of, request, batch)
    async with form_of(request, settings, files=settings.max_batch_files) as form:
        more = flag(form, "more")
        progress = await run_in_threadpool(store.ledger.progress, batch)
        if status_of(progress, row["sealed"]) == "done":
            raise Problem(409, "batch_done", "The batch is done; start another one.")
        uploads = _uploads(form, settings, progress.total, needed=row["sealed"] or more)
        await _room(store, settings)
        await _add(store, settings, batch, uploads)
    if not more:
        await run_in_threadpool(store.ledger.seal, batch)
    state.runner.wake()
    progress = await run_in_threadpool(store.ledger.progress, batch)
    return batch_body(batch, progress, sealed=not more)


@router.get(
    "/{batch}",
    summary="How far a batch is",
    response_model=BatchStatus,
    responses=documented(401, 404, 429),
)
def status(request: Request, batch: str) -> dict[str, Any]:
    """Counts of files: all, scored, failed."""
    row = batch_of(request, batch)
    state = request.app.state
    options = options_of_batch(row)
    expires = datetime.datetime.fromtimestamp(row["expires"], datetime.UTC)
    return {
        **batch_body(batch, state.store.ledger.progress(batch), row["sealed"]),
        "expires": expires.isoformat(timespec="seconds"),
        "role": role_of(options, state.taxonomy).label,
        "blind": options["blind"],
    }


@router.delete(
    "/{batch}",
    status_code=204,
    summary="Delete a batch",
    responses=documented(401, 404, 429),
)
def delete(request: Request, batch: str) -> Response:
    """Remove the batch and all of the candidates' data that it stored: bytes, rows, reports."""
    batch_of(request, batch)
    request.app.state.store.delete(batch)
    return Response(status_code=204)


def _uploads(
    form: FormData, settings: ServiceSettings, already: int, *, needed: bool
) -> list[UploadFile]:
    given = form.getlist("files")
    found = [v for v in given if isinstance(v, UploadFile)]
    if len(found) != len(given):
        raise Problem(400, "malformed", "Send `files` as files, with a file name.")
    if len(found) == 1 and not found[0].filename and not found[0].size:
        found = []  # a form whose field was left empty
    if not found and needed:
        raise Problem(400, "malformed", "Send at least one file as `files`.")
    if already + len(found) > settings.max_batch_files:
        most = settings.max_batch_files
        raise Problem(413, "too_many_files", f"A batch may have {most} files.")
    return found


async def _room(store: Store, settings: ServiceSettings) -> None:
    waiting = await run_in_threadpool(store.waiting_bytes)
    if waiting > settings.max_waiting_mb * 2**20:
        raise Problem(503, "overloaded", "Too many files wait in batches.", {"Retry-After": "60"})


async def _add(
    store: Store, settings: ServiceSettings, batch: str, uploads: Sequence[UploadFile]
) -> None:
    """Queue files in order. One that is too large is a failure of its own and sinks no other."""
    most = settings.max_upload_mb * 2**20
    chunk: list[NewFile] = []
    size = 0
    for upload in uploads:
        data = await upload.read(most + 1)
        name, key = safe_name(upload.filename or ""), secrets.token_hex(8)
        if len(data) > most:
            said = f"A file may have {settings.max_upload_mb} MiB."
            chunk.append(NewFile(key, name, error=(DocumentTooLarge.code, said)))
        else:
            chunk.append(NewFile(key, name, bytes=data, size=len(data)))
            size += len(data)
        if len(chunk) >= _CHUNK_FILES or size >= _CHUNK_BYTES:
            await run_in_threadpool(store.add, batch, chunk)
            chunk, size = [], 0
    if chunk:
        await run_in_threadpool(store.add, batch, chunk)
