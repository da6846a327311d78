"""`skillgap batch`: many résumés, one ranking."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

import click

from ..types import PartialDate
from .options import Month, taxonomy_option


@click.command()
@click.argument("places", metavar="PATH...", nargs=-1, required=True)
@click.option("--role", metavar="ID", help="The role that all are compared with.")
@click.option("--job", metavar="FILE", help="A job posting in place of a role.")
@click.option(
    "-o", "output", metavar="FILE", required=True, help="Ends in .xlsx .csv .jsonl .parquet .html"
)
@click.option(
    "--level",
    type=click.Choice(["entry", "mid", "senior"]),
    default="mid",
    show_default=True,
    help="Depth that is expected.",
)
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes [one a processor].")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler: tcp://host:8786.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    help="Seconds that a file may take.",
)
@click.option("--continue", "go_on", is_flag=True, help="Go on where a run of this FILE stopped.")
@click.option("--plan", is_flag=True, help="Course plans too (in .jsonl).")
@click.option("--blind", is_flag=True, help="Codes in place of names, and no contact data.")
@click.option("--key", metavar="CSV", help="Write which file each code stands for, to keep apart.")
@click.option(
    "--select", "count", type=click.IntRange(1), metavar="N", help="The first N count as selected."
)
@click.option("--cutoff", type=click.FloatRange(0, 100), help="All from this score on do.")
@click.option(
    "--audit", metavar="GROUPS.csv", help="Rates by group: columns candidate, then groups."
)
@click.option(
    "--near",
    type=click.IntRange(0, 10),
    default=0,
    metavar="N",
    help="Who is up to N courses away from the target.",
)
@click.option(
    "--target",
    type=click.FloatRange(0, 100),
    default=80.0,
    show_default=True,
    help="Score that --near counts to.",
)
@click.option("--as-of", type=Month(), help="What “present” means [this month].")
@click.option(
    "--ocr",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Reading of scans and pictures.",
)
@click.option("--password", metavar="TEXT", help="For encrypted files.")
@taxonomy_option
@click.option("--keep", is_flag=True, help="Keep the ledger FILE.ledger with all reports.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
@click.pass_context
def batch(
    ctx: click.Context,
    /,
    places: tuple[str, ...],
    role: str | None,
    job: str | None,
    output: str,
    count: int | None,
    cutoff: float | None,
    as_of: PartialDate | None,
    taxonomy_path: str | None,
    workers: int | None,
    key: str | None,
    quiet: bool,
    **more: Any,
) -> None:
    """Score all résumés at the PATHs and rank them.

    A PATH is a file, a folder (with all below it), a pattern, a .zip or .tar archive, a .csv with the
    columns path and candidate, or a URL that fsspec opens. Exit status: 0 all ranked, 3 some files
    could not be assessed (they are listed).
    """
    from ..batch.ranking import Choice
    from ..batch.run import Request, beside, run, workers_here

    if bool(role) == bool(job):
        raise click.UsageError("Give one of --role ID and --job FILE.")
    if count is not None and cutoff is not None:
        raise click.UsageError("Give one of --select N and --cutoff SCORE.")
    if count is None and cutoff is None and more["audit"] and not quiet:
        click.echo("skillgap: no --select or --cutoff: scoring rates alone.", err=True)
    request = Request(
        places=places,
        output=Path(output),
        as_of=as_of or _this_month(),
        role=role or "",
        posting=job,
        workers=workers or workers_here(),
        choice=Choice(count, cutoff),
        taxonomy=str(Path(taxonomy_path).resolve()) if taxonomy_path else None,
        key=Path(key) if key else None,
        quiet=quiet,
        **more,
    )
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        progress = run(request)
    except KeyboardInterrupt:
        click.echo("skillgap: stopped; what is done is kept. Add --continue to go on.", err=True)
        ctx.exit(130)
    if not quiet:
        record = beside(request.output, ".run.json").name
        click.echo(
            f"skillgap: {progress.done} ranked, {progress.failed} not assessed → {output} "
            f"(run record: {record})",
            err=True,
        )
        _list_failures(request, progress.failed)
    if progress.failed:
        ctx.exit(3)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _this_month() -> PartialDate:
    import datetime

    today = datetime.date.today()
    return PartialDate(today.year, today.month)


def _list_failures(request: Any, failed: int) -> None:
    """The codes, and how often each; the files stand in the output and in the run record."""
    if not failed:
        return
    import json

    from ..batch.run import beside

    record = json.loads(beside(request.output, ".run.json").read_text(encoding="utf-8"))
    for code, number in record["pool"]["codes"]:
        print(f"skillgap:   {number} × {code}", file=sys.stderr)
