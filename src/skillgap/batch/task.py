"""What a worker does with one file of a batch. The same on this machine and on a cluster."""

from __future__ import annotations

import hashlib
import pickle
import zlib
from dataclasses import dataclass
from functools import lru_cache

from ..errors import InputError, SkillgapError
from ..matching.posting import Posting
from ..settings import Limits
from ..types import Options
from .entries import Outcome

FOREIGN = "language_not_supported"


@dataclass(frozen=True, slots=True)
class Job:
    """What a batch asks of each file; travels to the workers.

    `role` is an id; `posting` takes its place. `near` is up to how many courses are counted
    (0: none). With `report` the whole Report comes back too.
    """

    role: str
    options: Options
    limits: Limits
    posting: Posting | None = None
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


def work(item: Item, packed: bytes) -> Outcome:
    """One file's outcome; errors of ours become one too, all others leave.

    The job comes packed (`pack`): a posting is large, and unpacking it for each file would cost more
    than some files do.
    """
    job = _unpacked(packed)
    data: bytes | None = None
    try:
        data = read_source(item.source, job.limits)
        return _score(item, data, job)
    except SkillgapError as error:
        if not isinstance(error, InputError) and error.code != "extra_missing":
            raise
        return failure(item.n, error, data)


def pack(job: Job) -> bytes:
    """A job as it travels."""
    return pickle.dumps(job, protocol=pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> Job:
    job: Job = pickle.loads(packed)
    return job


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


def read_posting(path: str, taxonomy: str | None) -> Posting:
    """A job posting, in a worker."""
    from ..isolation.worker import analyzer_for

    return analyzer_for(taxonomy).posting(path)


def _score(item: Item, data: bytes, job: Job) -> Outcome:
    from ..isolation.worker import analyzer_for
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
    whole = reading
    taxonomy, options = analyzer.taxonomy, job.options
    if job.posting is not None:
        reading = analyzer.without_copies(reading, job.posting)
        role = job.posting.role
    else:
        role = taxonomy.roles[job.role]
    have = reading.profile
    (match,) = analyzer.matcher.match(have, [role], options.level)
    all_roles = list(taxonomy.roles.values())
    best = analyzer.matcher.match(have, all_roles, options.level, gaps=False)[0]
    courses = None
    if job.near:
        courses = courses_to(job.target, match, role, have, taxonomy, options, job.near)
    row = make_row(reading, role, match, best, taxonomy, blind=job.blind, courses=courses)
    written: bytes | None = None
    if job.report:
        asked = () if job.posting else (role,)
        report = analyzer.report(whole, asked, options, job.posting)
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
