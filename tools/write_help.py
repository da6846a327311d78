"""Writes docs/help.md from the commands' own help. `--check` only tells whether it is up to date."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from skillgap.cli.app import COMMANDS, group

TARGET = Path(__file__).resolve().parent.parent / "docs" / "help.md"
HEAD = """# All help texts

Made by `make help-docs` from the commands themselves; [the command](command.md) explains them.
"""


def written() -> str:
    """The page, at 80 columns."""
    parts = [HEAD]
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        parts += _help(command, f"skillgap {name}")
    return "\n".join(parts)


def _help(command: click.Command, path: str) -> list[str]:
    context = click.Context(
        command, info_name=path, max_content_width=80, terminal_width=80,
        help_option_names=["-h", "--help"],
    )  # fmt: skip
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    parts = [f"## {path}\n\n```\n{text}\n```\n"]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            parts += _help(inner, f"{path} {name}")
    return parts


if __name__ == "__main__":
    made = written()
    if "--check" in sys.argv:
        sys.exit(
            TARGET.read_text(encoding="utf-8") != made and "docs/help.md is old: make help-docs"
        )
    TARGET.write_text(made, encoding="utf-8")
