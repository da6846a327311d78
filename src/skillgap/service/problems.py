"""Errors as `application/problem+json` (RFC 9457): every one in one form, made in one place."""

from __future__ import annotations

import json
import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from .. import errors as e

log = logging.getLogger("skillgap.service")
MEDIA_TYPE = "application/problem+json"

# What each of our errors means over HTTP: the nearest class in the tree decides.
STATUS: dict[type[e.SkillgapError], int] = {
    e.EmptyFile: 422,
    e.UnsupportedFormat: 415,
    e.DocumentTooLarge: 413,
    e.ReadTimedOut: 504,
    e.InputError: 422,
    e.UnknownName: 422,
    e.ConfigError: 400,
    e.ExtraMissing: 415,
    e.ResourceError: 503,
}
TITLES = {
    400: "The request is malformed",
    401: "A valid key is needed",
    404: "There is no such thing",
    405: "That method is not allowed here",
    406: "No such form of the answer",
    409: "Not yet",
    413: "Too large",
    415: "That type is not supported",
    422: "The file could not be analyzed",
    429: "Too many requests",
    500: "A fault of ours",
    503: "Too busy, or not ready",
    504: "It took too long",
}


class ProblemDetails(BaseModel):
    """An error (RFC 9457)."""

    type: str = Field(
        description="identifies the kind of problem", examples=["urn:skillgap:problem:no_text"]
    )
    title: str = Field(description="the same for all problems of the status")
    status: int
    detail: str = Field(description="what was found, and what to do about it")
    code: str = Field(description="stable and machine-readable", examples=["no_text"])


class Problem(Exception):
    """An error with the status and the code that the client is to get."""

    def __init__(
        self, status: int, code: str, detail: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.headers = status, code, detail, headers


def status_of(error: e.SkillgapError) -> int:
    """The HTTP status of one of our errors."""
    return next((STATUS[c] for c in type(error).__mro__ if c in STATUS), 500)


def body(status: int, code: str, detail: str) -> dict[str, Any]:
    """The object of a problem."""
    return ProblemDetails(
        type=f"urn:skillgap:problem:{code}",
        title=TITLES.get(status, "Error"),
        status=status,
        detail=detail,
        code=code,
    ).model_dump()


def respond(
    status: int, code: str, detail: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    """A response with a problem."""
    return JSONResponse(body(status, code, detail), status, headers, media_type=MEDIA_TYPE)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an endpoint, for OpenAPI."""
    return {
        status: {
            "description": TITLES[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
        }
        for status in statuses
    }


def install(app: FastAPI) -> None:
    """Turn every error of an app into a problem."""

    @app.exception_handler(Problem)
    async def _problem(_: Request, error: Problem) -> JSONResponse:
        return respond(error.status, error.code, error.detail, error.headers)

    @app.exception_handler(e.SkillgapError)
    async def _ours(_: Request, error: e.SkillgapError) -> JSONResponse:
        status = status_of(error)
        headers = {"Retry-After": "10"} if status == 503 else None
        return respond(status, error.code, str(error), headers)

    @app.exception_handler(SQLAlchemyError)
    async def _database(_: Request, error: SQLAlchemyError) -> JSONResponse:
        log.error(json.dumps({"database": type(error).__name__}))
        said = "The database does not answer; try again soon."
        return respond(503, "database_unavailable", said, {"Retry-After": "10"})

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        said = "; ".join(
            f"{'.'.join(str(p) for p in item['loc'])}: {item['msg']}" for item in error.errors()
        )
        return respond(400, "malformed", said[:500])

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> JSONResponse:
        codes = {400: "malformed", 404: "not_found", 405: "method_not_allowed"}
        code = codes.get(error.status_code, "http_error")
        headers = dict(error.headers) if error.headers else None
        return respond(error.status_code, code, str(error.detail), headers)
