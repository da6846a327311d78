"""`GET /v1/batches/{id}/events`: progress as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from .batches import batch_of
from .problems import Problem, documented
from .schemas import batch_body
from .storage import Store

router = APIRouter(prefix="/v1/batches", tags=["batches"])
MOST_STREAMS = 200  # of one process
_LOOK, _BEAT = 0.5, 15.0  # seconds between looks, and between signs of life


@router.get(
    "/{batch}/events",
    summary="Follow a batch",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "`progress` whenever a number changes, `done` in the end, `gone` where "
            "the batch was deleted; each with the object of the batch's status",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        **documented(401, 404, 429, 503),
    },
)
async def events(request: Request, batch: str) -> StreamingResponse:
    """Server-sent events until the batch is done."""
    await run_in_threadpool(batch_of, request, batch)
    state = request.app.state
    if state.streams >= MOST_STREAMS:
        raise Problem(503, "overloaded", "Too many clients follow.", {"Retry-After": "10"})
    return StreamingResponse(
        _stream(request, batch),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


async def _stream(request: Request, batch: str) -> AsyncIterator[str]:
    state = request.app.state
    store: Store = state.store
    state.streams += 1
    last, quiet = "", 0.0
    try:
        while not state.stopping():
            row = await run_in_threadpool(store.ledger.batch, batch)
            if row is None:
                yield "event: gone\ndata: {}\n\n"
                return
            progress = await run_in_threadpool(store.ledger.progress, batch)
            body = batch_body(batch, progress, row["sealed"])
            text = json.dumps(body)
            done = body["status"] == "done"
            if text != last or done:
                yield f"event: {'done' if done else 'progress'}\ndata: {text}\n\n"
                last, quiet = text, 0.0
            elif quiet >= _BEAT:
                yield ": still there\n\n"
                quiet = 0.0
            if done:
                return
            await asyncio.sleep(_LOOK)
            quiet += _LOOK
    finally:
        state.streams -= 1
