"""Options that several commands share, and how a result is put out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..errors import ConfigError
from ..types import PartialDate

F = TypeVar("F", bound=Callable[..., Any])


class Month(click.ParamType):  # type: ignore[type-arg]
    """A month as YYYY-MM."""

    name = "YYYY-MM"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> PartialDate:
        """PartialDate of the text; a usage error for anything but a year and a month."""
        if isinstance(value, PartialDate):
            return value
        try:
            date = PartialDate.parse(value)
        except ValueError:
            date = PartialDate(0)
        if not date.month:
            self.fail(f"{value!r} is no month; write it as 2026-11.", param, ctx)
        return date


def reading_options(command: F) -> F:
    """The options of everything that reads a résumé."""
    for option in reversed(
        (
            click.option("--as-of", type=Month(), help="What “present” means [this month]."),
            click.option(
                "--ocr",
                type=click.Choice(["auto", "always", "never"]),
                default="auto",
                show_default=True,
                help="Reading of scans and pictures.",
            ),
            click.option("--password", metavar="TEXT", help="For an encrypted file."),
            taxonomy_option,
            click.option(
                "--redact", is_flag=True, help="Leave name and contact data out of all output."
            ),
        )
    ):
        command = option(command)
    return command


taxonomy_option = click.option(
    "--taxonomy",
    "taxonomy_path",
    type=click.Path(),
    metavar="PATH",
    help="Another taxonomy, or an overlay on the built-in one.",
)


def verbosity_options(command: F) -> F:
    """--quiet and --verbose."""
    command = click.option("--verbose", is_flag=True, help="More about how it was done.")(command)
    return click.option("--quiet", is_flag=True, help="No notes on standard error.")(command)


def source(resume: str) -> tuple[Any, str | None]:
    """What to read, and its name: a path, or the bytes of standard input for `-`."""
    if resume == "-":
        return sys.stdin.buffer.read(), "-"
    return resume, None


def put_out(text: str, output: str | None) -> None:
    """Write the result to a file, or to standard output where none is named."""
    if not text.endswith("\n"):
        text += "\n"
    if output is None or output == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{output} can't be written: {error.strerror}.", "Name another place with -o."
        ) from error
