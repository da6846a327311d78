"""`skillgap extract`: what one résumé says, without any role."""

from __future__ import annotations

from typing import Any

import click

from ..types import Options, PartialDate
from .options import put_out, reading_options, source, verbosity_options


@click.command()
@click.argument("resume", metavar="RESUME")
@click.option("--text", "as_text", is_flag=True, help="Print the text that offsets refer to.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonresume"]),
    default="json",
    show_default=True,
    help="jsonresume: the résumé in the JSON Resume schema.",
)
@click.option("-o", "--output", "output", metavar="FILE", help="Write to FILE.")
@reading_options
@verbosity_options
def extract(
    resume: str,
    as_text: bool,
    form: str,
    output: str | None,
    as_of: PartialDate | None,
    taxonomy_path: str | None,
    quiet: bool,
    verbose: bool,
    **options: Any,
) -> None:
    """Print what RESUME says: document, contact, sections, experience, education, skills."""
    from ..analyzer import Analyzer

    analyzer = Analyzer(taxonomy_path)
    what, name = source(resume)
    chosen = Options(as_of=as_of, **options)
    reading = analyzer.read(what, name=name, options=chosen)
    if as_text:
        from ..redact import Redactor

        hide = Redactor(reading.document, reading.annotations.contact, chosen.redact)
        put_out(hide.text(reading.document.text, 0), output)
    elif form == "jsonresume":
        import json

        from ..jsonresume import to_json_resume

        made = to_json_resume(
            reading.document, reading.annotations, reading.profile, analyzer.taxonomy, chosen.redact
        )
        put_out(json.dumps(made, ensure_ascii=False, indent=2), output)
    else:
        report = analyzer.report(reading, (), chosen)
        keep = {"document", "contact", "sections", "experience", "education", "skills"}
        put_out(report.model_dump_json(indent=2, include=keep), output)
