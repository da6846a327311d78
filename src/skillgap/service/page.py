"""`/`: the page for people. Server-rendered, with a small script of its own and no build step."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from .problems import Problem
from .texts import PAGE, SCRIPT

router = APIRouter(include_in_schema=False)
_STATIC = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css"}


@router.api_route("/", methods=["GET", "HEAD"])
def page(request: Request) -> Response:
    """The page."""
    state = request.app.state
    made = _environment().get_template("page.html.j2")
    html = made.render(
        t=PAGE,
        texts=SCRIPT,
        roles=list(state.taxonomy.roles.values()),
        keys=bool(state.settings.api_keys),
        hours=f"{state.settings.retention_hours:g}",
        mark=_mark(),
    )
    return Response(html, media_type="text/html")


@router.api_route("/static/{name}", methods=["GET", "HEAD"])
def static(name: str) -> Response:
    """The page's own script and style."""
    found = _files().get(name)
    if found is None:
        raise Problem(404, "not_found", "There is no such file.")
    kind = _TYPES[Path(name).suffix]
    # Their address carries the hash of all, so they may be kept.
    return Response(found, media_type=kind, headers={"Cache-Control": "public, max-age=86400"})


@cache
def _files() -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(_STATIC.iterdir()) if p.suffix in _TYPES}


@cache
def _mark() -> str:
    return hashlib.sha256(b"".join(_files().values())).hexdigest()[:12]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(__package__ or "skillgap.service"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
