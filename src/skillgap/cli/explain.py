"""`skillgap explain`: a letter to a candidate that says how a score came about."""

from __future__ import annotations

import click

from .options import put_out


@click.command()
@click.argument("source", metavar="FILE")
@click.option(
    "--candidate", metavar="NAME", help="Which one: file name, code, or the start of its sha256."
)
@click.option("--role", metavar="ID", help="Of a report with several roles [the best].")
@click.option("--employer", metavar="NAME", default="the employer", help="Who decides.")
@click.option(
    "--contact",
    metavar="TEXT",
    default="the address that the job was announced with",
    help="Where a person answers.",
)
@click.option("-o", "output", metavar="FILE", help="Write to FILE (Markdown).")
def explain(
    source: str,
    candidate: str | None,
    role: str | None,
    employer: str,
    contact: str,
    output: str | None,
) -> None:
    """Write a letter that explains one candidate's score in plain words.

    FILE is a Report (.json), the .jsonl of a batch, or the ledger of a batch run with --keep.
    """
    from ..batch.explain import find_report, letter

    put_out(letter(find_report(source, candidate), role, employer, contact), output)
