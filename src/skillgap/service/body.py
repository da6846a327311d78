"""ASGI middleware around every request: its id, its size, its headers, its line in the log."""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import Problem, respond
from .security import HEADERS

log = logging.getLogger("skillgap.service")
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SPARE = 64 * 1024  # of a multipart body beside its files


class Envelope:
    """Bounds the body, adds headers, and logs method, route, status and time: never what was sent.

    The log has the route's pattern and not the path, so that no id and no file name stands in it.
    """

    def __init__(
        self,
        app: ASGIApp,
        most: Callable[[str], int],
        observe: Callable[[str, str, int, float], None],
    ) -> None:
        self.app, self.most, self.observe = app, most, observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        given = headers.get("x-request-id", "")
        ident = given if _ID.fullmatch(given) else uuid.uuid4().hex
        most = self.most(scope["path"]) + _SPARE
        start, status, got, begun = time.monotonic(), 500, 0, False

        async def bounded() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > most:
                raise Problem(413, "request_too_large", f"The request has over {most} bytes.")
            return message

        async def dressed(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                begun = True
                status = message["status"]
                there = {k.lower() for k, _ in message["headers"]}
                extra = [(k.lower().encode(), v.encode()) for k, v in HEADERS.items()]
                message["headers"] = [
                    *message["headers"],
                    *((k, v) for k, v in extra if k not in there),
                    (b"x-request-id", ident.encode()),
                ]
            await send(message)

        try:
            length = headers.get("content-length", "0")
            if length.isdigit() and int(length) > most:
                answer = respond(413, "request_too_large", f"A request may have {most} bytes.")
                await answer(scope, receive, dressed)
            else:
                await self.app(scope, bounded, dressed)
        except Exception as error:
            # Its text may hold something of a résumé: only where it happened is told.
            where = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(where.filename).name}:{where.lineno}"
            log.error(json.dumps({"request": ident, "error": type(error).__name__, "at": place}))
            if begun:
                raise ConnectionAbortedError from None
            answer = respond(500, "internal", "Something went wrong here; it was logged.")
            await answer(scope, receive, dressed)
        finally:
            spent = time.monotonic() - start
            route = getattr(scope.get("route"), "path", "other")
            self.observe(scope["method"], route, status, spent)
            log.info(
                json.dumps(
                    {
                        "request": ident,
                        "method": scope["method"],
                        "route": route,
                        "status": status,
                        "ms": round(spent * 1000, 1),
                    }
                )
            )
