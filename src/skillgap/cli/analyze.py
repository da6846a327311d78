"""`skillgap RESUME`: the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ..errors import ConfigError
from ..types import Options, PartialDate
from .options import put_out, reading_options, source, verbosity_options

FORMATS = ("text", "json", "html", "markdown")
_ENDINGS = {
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}


@click.command()
@click.argument("resume", metavar="RESUME")
@click.option("--role", "roles", multiple=True, metavar="ID", help="Only these roles (repeatable).")
@click.option("--job", metavar="FILE", help="Compare with this job posting as if it were a role.")
@click.option(
    "--top", type=click.IntRange(1), default=3, show_default=True, help="Roles shown in full."
)
@click.option(
    "--level",
    type=click.Choice(["entry", "mid", "senior"]),
    default="mid",
    show_default=True,
    help="Depth that is expected, and the salary shown.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Form of the report [text].")
@click.option(
    "-o", "--output", "output", metavar="FILE", help="Write to FILE; its ending gives the form."
)
@click.option(
    "--target", type=click.FloatRange(0, 100), help="Score that the plan is to reach [85]."
)
@click.option("--hours", type=click.FloatRange(min=0), help="Hours that the plan may take.")
@click.option("--budget", type=click.FloatRange(min=0), help="USD that the plan may cost.")
@click.option("--free", is_flag=True, help="Only courses that are free in full.")
@click.option("--learn", multiple=True, metavar="SKILL", help="As if that skill were there too.")
@click.option("--unlearn", multiple=True, metavar="SKILL", help="As if that skill were not there.")
@click.option(
    "--corrections", metavar="FILE", help="Skills that you declare or dispute (YAML or JSON)."
)
@reading_options
@verbosity_options
def analyze(
    resume: str,
    roles: tuple[str, ...],
    job: str | None,
    top: int,
    level: Any,
    form: str | None,
    corrections: str | None,
    output: str | None,
    as_of: PartialDate | None,
    taxonomy_path: str | None,
    quiet: bool,
    verbose: bool,
    **options: Any,
) -> None:
    """Compare RESUME with the roles, best first. `-` reads standard input."""
    from ..analyzer import Analyzer

    if corrections is not None:
        from .corrections import read_corrections

        corrected = read_corrections(corrections)
        options |= {"declare": corrected.declare, "dispute": corrected.dispute}
    form = form or _form_of(output)
    plans = None if form == "json" else top  # a plan that nobody is shown is not worth waiting for
    analyzer = Analyzer(taxonomy_path)
    what, name = source(resume)
    chosen = Options(level=level, as_of=as_of, plans=plans, **options)
    analysis = analyzer.examine(what, roles, name=name, job=job, options=chosen)
    report = analysis.report
    if form == "json":
        put_out(report.to_json(), output)
    elif form == "html":
        put_out(analyzer.html(what, analysis, top=top), output)
    elif form == "markdown":
        from ..render.markdown import render_markdown

        put_out(render_markdown(report, top=top, labels=_labels(analyzer)), output)
    else:
        from ..render.text import render_text

        terminal = output is None and sys.stdout.isatty()
        put_out(render_text(report, top=top, terminal=terminal, labels=_labels(analyzer)), output)
    if not quiet and (form == "json" or output not in (None, "-")):
        for warning in report.document.warnings:  # the other forms show them in their own place
            page = f" (page {warning.page})" if warning.page else ""
            print(f"skillgap: {warning.message}{page}", file=sys.stderr)
    if verbose and not quiet:
        print(
            f"skillgap: read by {report.document.reader}, {report.document.words} words, "
            f"taxonomy {report.versions.taxonomy}, model {report.versions.model}",
            file=sys.stderr,
        )


def _form_of(output: str | None) -> str:
    """The form that a file's ending asks for; text where there is no file or no ending."""
    ending = Path(output or "").suffix.lower()
    if ending and ending not in _ENDINGS:
        raise ConfigError(
            f"No form of the report ends in {ending}.",
            f"Use {', '.join(_ENDINGS)}, or say which with --format.",
        )
    return _ENDINGS.get(ending, "text")


def _labels(analyzer: Any) -> dict[str, str]:
    return {s.id: s.label for s in analyzer.taxonomy.skills.values()}
