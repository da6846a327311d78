"""What a batch asks of each file: kept as JSON with the batch, and made a Job where it is done."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from .._version import __version__
from ..analyzer import this_month
from ..batch.record import Settings
from ..batch.task import Job
from ..matching.posting import Posting
from ..settings import Limits
from ..taxonomy.model import Role, Taxonomy
from ..types import Options, PartialDate
from .settings import ServiceSettings
from .uploads import Sent

TARGET = 80.0  # of "courses away", which batches of the service do not ask for


@cache
def _roles() -> TypeAdapter[Role]:
    return TypeAdapter(Role)


def asked(options: Options, *, blind: bool, job: Sent | None, role: Role | None) -> dict[str, Any]:
    """The options of a batch; `role` is what the posting `job` was read as.

    “Present” is fixed now, so that all files are read alike.
    """
    posting = None
    if job is not None and role is not None:
        posting = {
            "name": job.name,
            "data": base64.b64encode(job.data).decode(),
            "sha256": hashlib.sha256(job.data).hexdigest(),
            "role": _roles().dump_python(role, mode="json"),
        }
    return {
        "role": options.roles[0] if options.roles else "",
        "posting": posting,
        "level": options.level,
        "ocr": options.ocr,
        "as_of": str(options.as_of or this_month()),
        "blind": blind,
        "redact": options.redact or blind,
    }


def posting_of_batch(options: Mapping[str, Any]) -> Sent | None:
    """The posting that the batch compares with, as it was sent."""
    posting = options["posting"]
    return Sent(posting["name"], base64.b64decode(posting["data"])) if posting else None


def role_of(options: Mapping[str, Any], taxonomy: Taxonomy) -> Role:
    """What the batch compares with; UnknownRole where the taxonomy has lost it."""
    if options["posting"] is not None:
        return _roles().validate_python(options["posting"]["role"])
    return taxonomy.role(options["role"])


def job_of_batch(
    options: Mapping[str, Any], posting: Posting | None, settings: ServiceSettings
) -> Job:
    """What each file of the batch is to be asked."""
    return Job(
        role=options["role"],
        posting=posting,
        options=Options(
            roles=(options["role"],) if options["role"] else (),
            level=options["level"],
            ocr=options["ocr"],
            as_of=PartialDate.parse(options["as_of"]),
            redact=options["redact"],
            plan=False,
        ),
        limits=settings.limits,
        taxonomy=settings.taxonomy or None,
        report=True,
        blind=options["blind"],
    )


def record_settings(
    options: Mapping[str, Any], role: Role, taxonomy: Taxonomy, limits: Limits, model: str
) -> Settings:
    """What made a ranking, for the workbook and the record."""
    return Settings(
        role=role.id,
        role_label=role.label,
        level=options["level"],
        as_of=options["as_of"],
        blind=options["blind"],
        plan=False,
        ocr=options["ocr"],
        timeout=limits.seconds,
        select=None,
        cutoff=None,
        near=0,
        target=TARGET,
        skillgap=__version__,
        taxonomy=taxonomy.version,
        taxonomy_sha256=taxonomy.digest,
        model=model,
        posting_sha256=options["posting"]["sha256"] if options["posting"] else None,
    )
