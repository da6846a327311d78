"""`skillgap schema`."""

from __future__ import annotations

import json

import click

from .options import put_out


@click.command()
def schema() -> None:
    """Print the JSON Schema of a Report."""
    from ..report import json_schema

    put_out(json.dumps(json_schema(), ensure_ascii=False, indent=2), None)
