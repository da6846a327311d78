"""`skillgap job FILE`: a role profile from a job posting."""

from __future__ import annotations

import sys

import click

from .options import put_out, source, taxonomy_option, verbosity_options


@click.command()
@click.argument("posting", metavar="FILE")
@click.option("-o", "--output", "output", metavar="ROLE.yaml", help="Write to ROLE.yaml.")
@click.option("--id", "ident", metavar="ID", help="The role's id [made from the title].")
@taxonomy_option
@verbosity_options
def job(
    posting: str,
    output: str | None,
    ident: str | None,
    taxonomy_path: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make a role profile from a job posting (PDF, DOCX, HTML, text; `-` reads standard input).

    The YAML can be edited, and used with `--taxonomy ROLE.yaml --role ID`.
    """
    from dataclasses import replace

    from ..analyzer import Analyzer
    from ..errors import ConfigError
    from ..matching.posting_yaml import role_id, to_yaml

    if ident is not None and not _is_slug(ident):
        raise ConfigError(f"{ident!r} is no id.", "Use lower-case letters, digits and hyphens.")
    analyzer = Analyzer(taxonomy_path)
    what, name = source(posting)
    read = analyzer.posting(what, name=name)
    made = replace(
        read, role=replace(read.role, id=ident or role_id(read.role.label, analyzer.taxonomy))
    )
    put_out(to_yaml(made, analyzer.taxonomy), output)
    if not quiet and not made.role.requirements:
        print("skillgap: no skill of the taxonomy is asked for in this text.", file=sys.stderr)
    if verbose and not quiet:
        print(
            f"skillgap: {len(made.role.requirements)} requirements, {len(made.demands)} demands "
            f"beyond skills, {len(made.left_out)} skills left out as the employer's own words",
            file=sys.stderr,
        )


def _is_slug(text: str) -> bool:
    import re

    return bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text)) and len(text) <= 80
