"""One batch from its places to its files: what the command does, for programs as well."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from .._version import __version__
from ..errors import ConfigError
from ..isolation.pool import Pool
from ..matching.posting import Posting
from ..settings import Limits
from ..taxonomy.load import load_taxonomy
from ..taxonomy.model import Role, Taxonomy
from ..types import Level, Options, PartialDate
from .entries import Progress
from .insight import look_at
from .ledger import Ledger
from .progress import Watch
from .ranking import Choice, Ranking
from .record import Settings, replacing, write_record
from .runner import Crew, PoolCrew, drive
from .sources import list_files
from .task import Job, read_posting

FORMS = (".xlsx", ".csv", ".jsonl", ".parquet", ".html")
_MOST_IN_XLSX = 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """All that a batch is asked for."""

    places: tuple[str, ...]
    output: Path
    as_of: PartialDate
    role: str = ""
    posting: str | None = None  # the file of a posting, in place of `role`
    level: Level = "mid"
    workers: int = 1
    scheduler: str | None = None
    timeout: float = 30.0
    go_on: bool = False
    plan: bool = False
    blind: bool = False
    choice: Choice = Choice()
    audit: str | None = None
    near: int = 0
    target: float = 80.0
    ocr: Any = "auto"
    password: str | None = None
    taxonomy: str | None = None
    keep: bool = False
    key: Path | None = None
    quiet: bool = False


def run(request: Request) -> Progress:
    """Do the batch and write its files; how many files were done and failed.

    Raises ConfigError for what makes no sense, FileMissing for places that are not there, and
    KeyboardInterrupt when stopped, after what is done was written to the ledger.
    """
    form = request.output.suffix.lower()
    if form not in FORMS:
        raise ConfigError(
            f"{request.output} has none of the endings {', '.join(FORMS)}.", "Choose one with -o."
        )
    groups = None
    if request.audit:
        from .audit import Groups

        groups = Groups.read(request.audit)  # a mistake there shows before hours of work
    if not request.go_on and next(list_files(request.places, without=_own(request)), None) is None:
        raise ConfigError("There is no file in the places given.", "Check the paths.")
    taxonomy = load_taxonomy(request.taxonomy)
    posting = _posting(request) if request.posting else None
    role = posting.role if posting else taxonomy.role(request.role)
    started = _now()
    with _alone(request.output), _crew(request, role, posting) as (crew, job, model):
        settings = _settings(request, role, posting, taxonomy, model)
        ledger, batch = _open(request, settings)
        try:
            before = ledger.progress(batch)
            if form == ".xlsx" and before.total > _MOST_IN_XLSX:
                raise ConfigError(
                    f"A workbook holds {_MOST_IN_XLSX:,} rows and there are {before.total:,} files.",
                    "Write .parquet, .csv or .jsonl.",
                )
            watch = Watch(before.total, over=before.over, failed=before.failed, quiet=request.quiet)
            with watch:
                drive(ledger, batch, job, crew, watch)
            progress = ledger.progress(batch)
            _write(request, form, ledger, batch, settings, role, taxonomy, groups, started)
        finally:
            ledger.close()
    if not request.keep:
        _remove_ledger(request.output)
    return progress


def ledger_path(output: Path) -> Path:
    """Where the ledger of an output is kept while it is made."""
    return output.with_name(output.name + ".ledger")


def beside(output: Path, ending: str) -> Path:
    """A file that goes with an output: ranking.xlsx → ranking.audit.json."""
    return output.with_name(output.stem + ending)


def _own(request: Request) -> list[str]:
    """What a run writes, so that a folder which holds its own ranking can be ranked again."""
    endings = (".run.json", ".audit.json", ".audit.xlsx")
    own = [request.output, *(beside(request.output, e) for e in endings)]
    return [str(path) for path in (*own, *([request.key] if request.key else []))]


@contextmanager
def _crew(request: Request, role: Role, posting: Posting | None) -> Iterator[tuple[Crew, Job, str]]:
    job = Job(
        role=role.id,
        posting=posting,
        options=Options(
            level=request.level,
            plan=request.plan,
            as_of=request.as_of,
            ocr=request.ocr,
            password=request.password,
            redact=request.blind,
            roles=() if posting else (role.id,),
        ),
        limits=replace(Limits(), seconds=request.timeout),
        taxonomy=request.taxonomy,
        report=request.output.suffix.lower() == ".jsonl" or request.keep,
        blind=request.blind,
        near=request.near,
        target=request.target,
    )
    crew: Any
    if request.scheduler:
        from .cluster import DaskCrew

        crew = DaskCrew(request.scheduler)
    else:
        crew = PoolCrew(request.workers, job)
    try:
        versions = crew.ready(job)
        yield crew, job, versions["model"]
    finally:
        crew.close()


def _posting(request: Request) -> Posting:
    """The role that a posting asks for; read in a process of its own, as any file is."""
    limits = replace(Limits(), seconds=request.timeout)
    with Pool(1, request.taxonomy, limits) as pool:
        pool.ready()
        read = pool.call(read_posting, request.posting, request.taxonomy)
        posting: Posting = pool.result(read)
    if not posting.role.requirements:
        raise ConfigError("The posting asks for no skill that is known.", "Use --role instead.")
    return posting


def _settings(
    request: Request, role: Role, posting: Posting | None, taxonomy: Taxonomy, model: str
) -> Settings:
    return Settings(
        role=role.id,
        role_label=role.label,
        level=request.level,
        as_of=str(request.as_of),
        blind=request.blind,
        plan=request.plan,
        ocr=request.ocr,
        timeout=request.timeout,
        select=request.choice.count,
        cutoff=request.choice.cutoff,
        near=request.near,
        target=request.target,
        skillgap=__version__,
        taxonomy=taxonomy.version,
        taxonomy_sha256=taxonomy.digest,
        model=model,
        posting_sha256=posting.document.sha256 if posting else None,
    )


def _open(request: Request, settings: Settings) -> tuple[Ledger, str]:
    """The ledger to go on with, or a new one with all files listed."""
    path = ledger_path(request.output)
    form = request.output.suffix.lower()
    asked = {
        "settings": asdict(settings),
        "print": settings.fingerprint(),
        "reports": form == ".jsonl" or request.keep,
    }
    if path.exists() and not request.go_on:
        _say(request, f"{path.name}: an unfinished run is thrown away (--continue would go on).")
        _remove_ledger(request.output)
    ledger = Ledger.file(path)
    try:
        with suppress(OSError):
            path.chmod(0o600)
        known = ledger.only_batch()
        if known is not None:
            _same(known["options"], asked)
            batch: str = known["id"]
            ledger.release(batch)
        else:
            if request.go_on:
                _say(request, "there is no unfinished run of this output; a new one begins.")
            batch = ledger.new_batch(asked)
        if known is None or not known["sealed"]:
            ledger.clear(batch)
            count = ledger.add(batch, list_files(request.places, without=_own(request)))
            if not count:
                ledger.close()
                _remove_ledger(request.output)
                raise ConfigError("There is no file in the places given.", "Check the paths.")
            ledger.seal(batch)
    except BaseException:
        ledger.close()
        raise
    return ledger, batch


def _same(before: str, now: dict[str, Any]) -> None:
    import json

    known = json.loads(before)
    if known["print"] == now["print"] and (known["reports"] or not now["reports"]):
        return
    other = [k for k, v in now["settings"].items() if known["settings"].get(k) != v]
    raise ConfigError(
        f"The unfinished run had other settings ({', '.join(other) or 'no reports were kept'}).",
        "Give the same ones, or leave out --continue to begin anew.",
    )


def _write(
    request: Request,
    form: str,
    ledger: Ledger,
    batch: str,
    settings: Settings,
    role: Role,
    taxonomy: Taxonomy,
    groups: Any,
    started: str,
) -> None:
    ranking = Ranking(ledger, batch, blind=request.blind, choice=request.choice)
    insight = look_at(ranking, role, taxonomy, request.near)
    labels = {r.id: r.label for r in taxonomy.roles.values()}
    output = request.output
    if form == ".xlsx":
        from .xlsx import write_xlsx

        write_xlsx(output, ranking, role, insight, settings, labels)
    elif form == ".html":
        from .page import write_html

        write_html(output, ranking, role, insight, settings, labels)
    else:
        from . import tabular

        {
            ".csv": tabular.write_csv,
            ".jsonl": tabular.write_jsonl,
            ".parquet": tabular.write_parquet,
        }[form](output, ranking)
    if groups is not None:
        _write_audit(request, ranking, groups, settings)
    if request.key is not None:
        _write_key(request.key, ledger, batch, ranking)
    write_record(
        beside(output, ".run.json"),
        ledger,
        batch,
        settings,
        insight,
        started=started,
        finished=_now(),
        output=output,
    )


def _write_audit(request: Request, ranking: Ranking, groups: Any, settings: Settings) -> None:
    import json

    from .audit import audit
    from .audit_xlsx import write_audit

    found = audit(ranking, groups)
    with replacing(beside(request.output, ".audit.json")) as file:
        json.dump(found.to_dict(), file, ensure_ascii=False, indent=1)
        file.write("\n")
    write_audit(beside(request.output, ".audit.xlsx"), found, settings)


def _write_key(path: Path, ledger: Ledger, batch: str, ranking: Ranking) -> None:
    """Which file each code of a blind ranking stands for; to be kept apart from it."""
    import csv

    from .record import plain

    with replacing(path) as file:
        out = csv.writer(file)
        out.writerow(("candidate", "file", "sha256"))
        for row in ledger.inputs(batch):
            shown = ranking.shown(row["n"], row["candidate"], row["name"], row["sha256"])
            out.writerow((plain(shown), plain(row["name"]), row["sha256"] or ""))


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    """Nobody else makes this output at the same time."""
    try:
        import fcntl
    except ImportError:  # where there are no such locks
        yield
        return
    path = ledger_path(output).with_name(output.name + ".lock")
    try:
        file = path.open("w")
    except OSError as error:
        raise ConfigError(
            f"{output} can't be written: {error.strerror}.", "Name another place with -o."
        ) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ConfigError(
                f"Another run makes {output.name} at this moment.",
                "Wait for it, or choose another -o.",
            ) from None
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _remove_ledger(output: Path) -> None:
    path = ledger_path(output)
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _say(request: Request, text: str) -> None:
    if not request.quiet:
        print(f"skillgap: {text}", file=sys.stderr)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def workers_here() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
