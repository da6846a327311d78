"""What a worker does with one file of a batch. The same on this machine and on a cluster."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, replace

from ..errors import InputError, SkillgapError
from ..settings import Limits
from ..taxonomy.model import Role
from ..types import Options
from .entries import Outcome

FOREIGN = "language_not_supported"


@dataclass(frozen=True, slots=True)
class Job:
    """What a batch asks of each file; travels to the workers.

    `role` is an id, or a role made from a posting. `near` is up to how many courses are counted
    (0: none). With `report` the whole Report comes back too.
    """

    role: str | Role
    options: Options
    limits: Limits
    taxonomy: str | None = None
    report: bool = False
    blind: bool = False
    near: int = 0
    target: float = 80.0


@dataclass(frozen=True, slots=True)
class Item:
    """One file: bytes, a path, or a URL for fsspec."""

    n: int
    name: str
    source: bytes | str


def work(item: Item, job: Job) -> Outcome:
    """One file's outcome; errors of ours become one too, all others leave."""
    data: bytes | None = None
    try:
        data = read_source(item.source, job.limits)
        return _score(item, data, job)
    except SkillgapError as error:
        if not isinstance(error, InputError) and error.code != "extra_missing":
            raise
        return failure(item.n, error, data)


def failure(n: int, error: SkillgapError, data: bytes | None = None) -> Outcome:
    """The outcome of a file that has no score."""
    sha256 = hashlib.sha256(data).hexdigest() if data is not None else None
    return Outcome(n, code=error.code, detail=str(error), sha256=sha256)


def read_source(source: bytes | str, limits: Limits) -> bytes:
    """The bytes of a file, never more than one over the limit (the reader then says so)."""
    from .sources import open_url, read_path

    if isinstance(source, bytes):
        return source
    if "://" in source:
        with open_url(source) as file:
            return bytes(file.read(limits.bytes + 1))
    return read_path(source, limits.bytes + 1)


def _score(item: Item, data: bytes, job: Job) -> Outcome:
    from ..compose import report as write_report
    from ..isolation.worker import analyzer_for
    from ..planning import make_plan
    from .near import courses_to
    from .rows import make_row, text_key

    analyzer = analyzer_for(job.taxonomy)
    analyzer.limits = job.limits
    reading = analyzer.read(data, name=item.name, options=job.options)
    key = text_key(reading.document.text)
    sha256 = reading.document.sha256
    foreign = next((n for n in reading.annotations.notices if n.code == FOREIGN), None)
    if foreign is not None:
        return Outcome(item.n, sha256=sha256, text_key=key, code=FOREIGN, detail=foreign.message)
    taxonomy, options = analyzer.taxonomy, job.options
    role = taxonomy.roles[job.role] if isinstance(job.role, str) else job.role
    (match,) = analyzer.matcher.match(reading.profile, [role], options.level)
    all_roles = list(taxonomy.roles.values())
    best = analyzer.matcher.match(reading.profile, all_roles, options.level, gaps=False)[0]
    courses = None
    if job.near:
        courses = courses_to(job.target, match, role, reading.profile, taxonomy, options, job.near)
    row = make_row(reading, role, match, best, taxonomy, blind=job.blind, courses=courses)
    written: bytes | None = None
    if job.report:
        plan = make_plan(match, role, reading.profile, taxonomy, options) if options.plan else None
        report = write_report(
            taxonomy=taxonomy,
            model=analyzer.extractor.version,
            document=reading.document,
            annotations=reading.annotations,
            profile=reading.profile,
            matches=(match,),
            roles={role.id: role},
            plans={role.id: plan},
            options=replace(options, as_of=reading.as_of),
        )
        if job.blind:  # the one thing that tells the file, and nothing of the person
            shown = report.document.model_copy(update={"name": f"candidate-{sha256[:12]}"})
            report = report.model_copy(update={"document": shown})
        written = zlib.compress(report.to_json(indent=None).encode(), 3)
    return Outcome(
        item.n,
        row=row.to_json(),
        report=written,
        sha256=sha256,
        text_key=key,
        score=match.score,
        similarity=match.similarity,
    )
