"""`skillgap RESUME` and its sub-commands: how arguments find their command, and errors their form."""

from __future__ import annotations

import difflib
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from .._version import __version__
from ..errors import ConfigError, FileMissing, SkillgapError, UnknownName

# name → (module, what it does). The module has a click command named `command`.
COMMANDS: dict[str, tuple[str, str]] = {
    "analyze": ("analyze", "Compare one résumé with roles (the default: skillgap RESUME)."),
    "extract": ("extract", "What one résumé says: sections, positions, skills, as JSON."),
    "job": ("job", "Make a role profile from a job posting."),
    "batch": ("batch", "Score and rank many résumés, on this machine or a Dask cluster."),
    "explain": ("explain", "A letter to a candidate that explains a score."),
    "roles": ("browse", "List the roles, or show one."),
    "skills": ("browse", "Search the skills."),
    "courses": ("browse", "List the courses, all or those for one skill."),
    "taxonomy": ("taxonomy", "Check, measure or export a taxonomy."),
    "train": ("train", "Build the pipeline that finds skills, with its trained weights."),
    "evaluate": ("evaluate", "Precision, recall and F1 against gold files."),
    "serve": ("serve", "The HTTP service with its page."),
    "schema": ("schema", "The Report's JSON Schema."),
}


class Lazy(click.Group):
    """A group that loads a command's module when it is called, and sends files to `analyze`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f".{COMMANDS[cmd_name][0]}", __package__)
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, what) in COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in COMMANDS and args[0] not in ("--help", "-h", "--version"):
            args = ["analyze", *args]
        return super().parse_args(ctx, args)


@click.command(
    cls=Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    epilog="Run `skillgap COMMAND --help` for the options of each, `skillgap analyze --help` for "
    "those of the main job. A file that is named like a command: ./roles.",
)
@click.version_option(__version__, prog_name="skillgap", message="%(prog)s %(version)s")
def group() -> None:
    """Where a résumé stands for nine careers in generative AI: what carries it, what is missing, and
    the shortest way there.

    \b
    skillgap resume.pdf                          the report, in the terminal
    skillgap resume.pdf --role mlops-engineer    one role
    skillgap resume.pdf -o report.md             as Markdown (or .json)
    """


# Commands that read somebody's file: they run in a child process with limits.
_READING = frozenset({"analyze", "extract", "job"})


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 could not be analyzed, 2 wrong usage."""
    given = sys.argv[1:] if args is None else args
    _keep_stdout_clean()
    reads = bool(given) and given[0] not in ("-h", "--help", "--version")
    if reads and (given[0] in _READING or given[0] not in COMMANDS):
        from ..isolation.guard import guarded

        try:
            status = guarded(lambda: run(given))
        except SkillgapError as error:
            _say(f"skillgap: {error}")
            status = 1
        except KeyboardInterrupt:
            status = 130
    else:
        status = run(given)
    sys.exit(status)


def _keep_stdout_clean() -> None:
    """Let only what we write reach standard output: some libraries print there past Python."""
    sys.stdout.flush()
    ours = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    sys.stdout = open(ours, "w", encoding="utf-8", errors="replace")  # noqa: SIM115, PTH123


def run(given: list[str]) -> int:
    """Run the command line in this process; its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = group.main(given, prog_name="skillgap", standalone_mode=False)
    except click.exceptions.Exit as stop:
        status = stop.exit_code
    except click.Abort:
        _say("Stopped.")
        status = 130
    except click.ClickException as error:
        error.show(sys.stderr)
        status = error.exit_code
    except SkillgapError as error:
        _say(f"skillgap: {_with_guess(error, given)}")
        status = 2 if isinstance(error, (UnknownName, ConfigError)) else 1
    except BrokenPipeError:  # the reader of our output has gone, as in `skillgap … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 141
    return status if isinstance(status, int) else 0


def _with_guess(error: SkillgapError, args: list[str]) -> str:
    if isinstance(error, FileMissing) and args:
        close = difflib.get_close_matches(args[0], list(COMMANDS), n=1, cutoff=0.7)
        if close:
            return f"{error.message} Did you mean `skillgap {close[0]}`?"
    return str(error)


def _say(text: str) -> None:
    print(text, file=sys.stderr)
