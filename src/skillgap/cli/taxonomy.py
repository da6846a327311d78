"""`skillgap taxonomy check` and `export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..errors import ConfigError
from .options import put_out, taxonomy_option


@click.group()
def taxonomy() -> None:
    """Check, measure or export a taxonomy."""


@taxonomy.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path())
@click.option("--stats", is_flag=True, help="Print what it holds, as a table.")
def check(folder: str | None, stats: bool) -> None:
    """Check the taxonomy in DIR (the built-in one): every problem with file and line."""
    from ..resources import locate
    from ..taxonomy.check import check_taxonomy
    from ..taxonomy.load import read_taxonomy
    from ..taxonomy.stats import stats_text

    root = Path(folder) if folder else locate("taxonomy")
    if not root.is_dir():
        raise ConfigError(f"{root} is no folder.", "Name a folder with skills/, roles/, courses/.")
    problems = check_taxonomy(root)
    if problems:
        for problem in problems:
            print(problem, file=sys.stderr)
        print(f"skillgap: {len(problems)} problem(s) in {root}.", file=sys.stderr)
        raise click.exceptions.Exit(1)
    if stats:
        put_out(stats_text(read_taxonomy([root])), None)
    else:
        put_out(f"{root}: no problem found.", None)


@taxonomy.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["skos", "jsonld", "csv", "json"]),
    default="skos",
    show_default=True,
    help="skos: Turtle; jsonld: SKOS as JSON-LD; csv: the skills; json: everything.",
)
@click.option("-o", "--output", "output", metavar="FILE", help="Write to FILE.")
@taxonomy_option
def export(form: str, output: str | None, taxonomy_path: str | None) -> None:
    """Write the taxonomy in another form."""
    from ..taxonomy import export as forms
    from ..taxonomy.load import load_taxonomy

    write = {
        "skos": forms.to_turtle,
        "jsonld": forms.to_json_ld,
        "csv": forms.to_csv,
        "json": forms.to_plain_json,
    }
    put_out(write[form](load_taxonomy(taxonomy_path)), output)


@taxonomy.command()
@click.argument("kind", type=click.Choice(["skills", "roles", "courses", "projects"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of the files of one kind, for editors."""
    import json

    from ..taxonomy.files import SCHEMAS

    put_out(json.dumps(SCHEMAS[kind].model_json_schema(), indent=2, ensure_ascii=False), None)
