"""The FastAPI application: what is open to whom, and what lives as long as the service."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.openapi.utils import get_openapi

from .._version import __version__
from ..taxonomy.load import load_taxonomy
from . import analyses, batches, events, health, page, postings, problems, results, taxonomy
from .body import Envelope
from .cache import AnswerCache
from .problems import Problem, ProblemDetails
from .runner import BatchRunner
from .security import WRONG_KEYS_A_MINUTE, Keys, RateLimit, allowed_origins, caller_of
from .settings import ServiceSettings
from .storage import Store
from .workers import Workers

DESCRIPTION = (
    "Upload a résumé; get where it stands for nine roles in generative AI, why, what is missing and "
    "the shortest way there. Analyses are not stored. Errors are `application/problem+json`."
)


def create_app(settings: ServiceSettings | None = None) -> FastAPI:
    """The application; `settings` from the environment unless given."""
    settings = settings or ServiceSettings()
    app = FastAPI(
        title="skillgap",
        version=__version__,
        description=DESCRIPTION,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.taxonomy = load_taxonomy(settings.taxonomy or None)
    app.state.workers = Workers(settings)
    app.state.cache = AnswerCache(settings.cache_entries)
    app.state.metrics = health.Metrics(app.state.workers)
    app.state.store = Store(settings)
    app.state.runner = BatchRunner(
        app.state.store, app.state.workers, settings, app.state.metrics.count_files
    )
    app.state.streams = 0
    app.state.stopping = lambda: False
    problems.install(app)
    keys, rates = Keys(settings.api_keys), RateLimit(settings.rate_per_minute)
    guesses = RateLimit(WRONG_KEYS_A_MINUTE)

    async def admit(request: Request) -> None:
        """Only those with a key, and not too often."""
        try:
            request.state.owner = keys.owner(request)
        except Problem:
            guesses.take(caller_of(request, ""))  # wrong keys are counted by address
            raise
        rates.take(caller_of(request, request.state.owner))

    guarded: list[Any] = [Depends(admit)]
    app.include_router(analyses.router, dependencies=guarded)
    app.include_router(batches.router, dependencies=guarded)
    app.include_router(results.router, dependencies=guarded)
    app.include_router(events.router, dependencies=guarded)
    app.include_router(postings.router, dependencies=guarded)
    app.include_router(taxonomy.router, dependencies=guarded)
    app.include_router(health.router)
    app.include_router(page.router)
    origins = allowed_origins(settings)
    if origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=origins, allow_methods=["GET", "POST", "DELETE"]
        )
    one = settings.max_upload_mb * 2**20
    app.add_middleware(
        Envelope,
        most=lambda path: one * 20 if path.startswith("/v1/batches") else one * 2,
        observe=app.state.metrics.observe,
    )
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Start the workers, load in the background (readyz tells when), stop them in the end."""
    workers: Workers = app.state.workers
    await asyncio.to_thread(workers.open)
    loading = asyncio.create_task(workers.load())
    runner: BatchRunner = app.state.runner
    runner.start()
    try:
        yield
    finally:
        loading.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await loading
        await asyncio.to_thread(runner.stop)
        await asyncio.to_thread(workers.close)
        app.state.store.close()


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The schema, with the problem's own, and without FastAPI's 422 which never happens here."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schemas["ProblemDetails"] = ProblemDetails.model_json_schema()
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        for path in made["paths"].values():
            for operation in path.values():
                answers = operation.get("responses", {})
                if "HTTPValidationError" in str(answers.get("422", "")):
                    answers.pop("422")
        app.openapi_schema = made
    return app.openapi_schema
