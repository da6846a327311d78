"""What a client sent, read with bounds: files, fields and options, each checked."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect

from ..taxonomy.model import Taxonomy
from ..types import Options, PartialDate
from .problems import Problem
from .settings import ServiceSettings

MOST_FIELDS = 200
MOST_FIELD_BYTES = 512 * 1024  # a posting as text
_LEVELS = ("entry", "mid", "senior")
_OCR = ("auto", "always", "never")
_YES, _NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent; its name is kept for the report alone and never for a path or a log."""

    name: str
    data: bytes = field(repr=False)


@asynccontextmanager
async def form_of(
    request: Request, settings: ServiceSettings, files: int
) -> AsyncIterator[FormData]:
    """The multipart form of a request; Problem 400 for anything else, or if it takes too long."""
    kind = request.headers.get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        raise Problem(400, "malformed", "Send a multipart/form-data body.")
    try:
        async with asyncio.timeout(settings.upload_timeout_s):
            form = await request.form(
                max_files=files, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD_BYTES
            )
    except TimeoutError:
        raise Problem(
            400, "upload_too_slow", f"The upload took over {settings.upload_timeout_s:g} s."
        ) from None
    except ClientDisconnect:
        raise Problem(400, "gone", "The client has gone.") from None
    except (MultiPartException, HTTPException) as error:
        said = str(getattr(error, "message", None) or getattr(error, "detail", ""))[:200]
        if said.startswith("Too many files"):
            raise Problem(413, "too_many_files", f"A request may have {files} files.") from None
        if said.startswith(("Too many fields", "Part exceeded")):
            raise Problem(413, "field_too_large", said) from None
        raise Problem(400, "malformed", said or "The multipart body can't be read.") from None
    except (ValueError, UnicodeError, LookupError):
        raise Problem(400, "malformed", "The multipart body can't be read.") from None
    try:
        yield form
    finally:
        await form.close()


async def file_of(form: FormData, settings: ServiceSettings, name: str = "file") -> Sent:
    """The one file of a form."""
    found = [v for v in form.getlist(name) if isinstance(v, UploadFile)]
    if len(found) != 1:
        raise Problem(400, "malformed", f"Send one file as `{name}`.")
    return await sent(found[0], settings)


async def sent(upload: UploadFile, settings: ServiceSettings) -> Sent:
    """The bytes of an upload; Problem 413 where they are too many."""
    most = settings.max_upload_mb * 2**20
    data = await upload.read(most + 1)
    if len(data) > most:
        raise Problem(413, "document_too_large", f"A file may have {settings.max_upload_mb} MiB.")
    return Sent(safe_name(upload.filename or ""), data)


def safe_name(name: str) -> str:
    """A file's own name: no folders, no control characters, at most 120 characters."""
    own = re.split(r"[/\\]", name)[-1]
    own = "".join(c for c in own if c.isprintable()).strip(". ")
    return own[:120] or "upload"


def options_of(form: FormData) -> Options:
    """The options of an analysis; Problem 400 that names the field that is wrong."""
    return Options(
        roles=tuple(v for v in texts(form, "role") if v),
        level=_choice(form, "level", _LEVELS, "mid"),
        target=_number(form, "target", 0, 100),
        hours=_number(form, "hours", 0, 1e6),
        budget=_number(form, "budget", 0, 1e9),
        free=flag(form, "free"),
        learn=tuple(v for v in texts(form, "learn") if v),
        unlearn=tuple(v for v in texts(form, "unlearn") if v),
        declare=tuple(v for v in texts(form, "declare") if v),
        dispute=tuple(v for v in texts(form, "dispute") if v),
        as_of=_month(form, "as_of"),
        ocr=_choice(form, "ocr", _OCR, "auto"),
        password=next((v for v in texts(form, "password") if v), None),
        redact=flag(form, "redact"),
    )


def check_names(taxonomy: Taxonomy, options: Options) -> None:
    """UnknownRole or UnknownSkill before any work is done; Problem 400 for what makes no sense."""
    for role in options.roles:
        taxonomy.role(role)
    for names in (options.learn, options.unlearn, options.declare, options.dispute):
        for skill in names:
            taxonomy.skill(skill)
    disputed = {taxonomy.skill(s).id for s in options.dispute}
    both = next((s for s in options.declare if taxonomy.skill(s).id in disputed), None)
    if both:
        raise Problem(400, "malformed", f"`declare` and `dispute` both name {both[:80]}.")


def _left_empty(value: UploadFile | str) -> bool:
    """Whether a browser sent a field that nobody filled in."""
    if isinstance(value, UploadFile):
        return not value.filename and not value.size
    return not value.strip()


async def posting_of(form: FormData, settings: ServiceSettings) -> Sent | None:
    """The posting of a form, as a file or as text; None where there is none."""
    given = [v for v in form.getlist("job") if not _left_empty(v)]
    if len(given) > 1:
        raise Problem(400, "malformed", "Send `job` once.")
    if not given:
        return None
    if isinstance(given[0], UploadFile):
        return await sent(given[0], settings)
    return Sent("posting.txt", given[0].encode("utf-8", "replace"))


async def job_of(form: FormData, settings: ServiceSettings, options: Options) -> Sent | None:
    """The posting of a form; Problem 400 together with `role`."""
    posting = await posting_of(form, settings)
    if posting is not None and options.roles:
        raise Problem(400, "malformed", "Send `role` or `job`, not both.")
    return posting


def texts(form: FormData, name: str) -> list[str]:
    """The values of a text field."""
    values = form.getlist(name)
    if any(not isinstance(v, str) for v in values):
        raise Problem(400, "malformed", f"`{name}` is a text field.")
    return [v.strip() for v in values if isinstance(v, str)]


def _one(form: FormData, name: str, read: Callable[[str], Any], what: str) -> Any:
    values = [v for v in texts(form, name) if v]
    if len(values) > 1:
        raise Problem(400, "malformed", f"Send `{name}` once.")
    if not values:
        return None
    try:
        return read(values[0])
    except (ValueError, OverflowError):
        raise Problem(400, "malformed", f"`{name}` is {what}.") from None


def _choice(form: FormData, name: str, allowed: tuple[str, ...], default: str) -> Any:
    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError
        return value

    return _one(form, name, read, f"one of {', '.join(allowed)}") or default


def _number(form: FormData, name: str, low: float, high: float) -> float | None:
    def read(value: str) -> float:
        number = float(value)
        if not low <= number <= high:  # also refuses NaN
            raise ValueError
        return number

    found: float | None = _one(form, name, read, f"a number from {low:g} to {high:g}")
    return found


def flag(form: FormData, name: str) -> bool:
    """A yes or no of a form; no where it is not there."""

    def read(value: str) -> bool:
        if value.lower() not in _YES + _NO:
            raise ValueError
        return value.lower() in _YES

    return bool(_one(form, name, read, "true or false"))


def _month(form: FormData, name: str) -> PartialDate | None:
    def read(value: str) -> PartialDate:
        date = PartialDate.parse(value)
        if not date.month:
            raise ValueError
        return date

    found: PartialDate | None = _one(form, name, read, "a month as YYYY-MM")
    return found
