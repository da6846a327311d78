"""The report for a terminal: the answer on top, the reason beside it, the next step below."""

from __future__ import annotations

import io
import os
import re
import shutil
import textwrap
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ..report import CourseInfo, MatchedInfo, Report, RoleInfo
from . import words

MOST_MATCHED = 6  # with their evidence; as many again are named
MOST_PARTIAL = 4
MOST_MISSING = 8
MOST_COURSES = 8
_DIM = "dim"
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def render_text(
    report: Report,
    *,
    top: int = 3,
    terminal: bool = False,
    width: int | None = None,
    labels: Mapping[str, str] | None = None,
) -> str:
    """The report as text.

    `width` in columns (the terminal's, at most 100; 80 where there is none); escape codes only for a
    `terminal`, and no color where NO_COLOR is set. Addresses are never broken over lines.
    """
    if width is None:
        width = min(shutil.get_terminal_size((80, 24)).columns, 100) if terminal else 80
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, 40),
        force_terminal=terminal,
        no_color=bool(os.environ.get("NO_COLOR")),
        color_system="standard" if terminal else None,
        highlight=False,
        legacy_windows=False,
    )
    sheet = _Sheet(console, report, words.labels_of(report, labels))
    sheet.head()
    if report.roles and not words.found_skills(report):
        console.print(Text(words.NOTHING_FOUND))
    else:
        sheet.ranking()
        for role in report.roles[:top]:
            sheet.role(role)
    sheet.notes()
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def bar(met: int, partial: int, total: int, cells: int = 10) -> str:
    """A bar of ten cells: full for what is met, half-tone for what is met in part."""
    if not total:
        return "░" * cells
    full = round(cells * met / total)
    half = round(cells * (met + partial) / total) - full
    return "█" * full + "▒" * half + "░" * (cells - full - half)


def printable(text: str) -> str:
    """Text without what a terminal would obey: escape codes, controls, turns of direction."""
    return _CONTROLS.sub(" ", text)


def flow(items: Sequence[str], width: int, between: str = ", ") -> str:
    """Items one after the other, with line breaks between them and inside one only if it must be."""
    lines: list[str] = []
    for i, item in enumerate(items):
        piece = item + (between.rstrip() if i < len(items) - 1 else "")
        if lines and len(lines[-1]) + 1 + len(piece) <= width:
            lines[-1] += " " + piece
        else:
            lines += textwrap.wrap(piece, width, break_on_hyphens=False) or [""]
    return "\n".join(lines)


class _Sheet:
    """Writes the parts of one report to one console."""

    def __init__(self, console: Console, report: Report, labels: Mapping[str, str]) -> None:
        self.console = console
        self.width = console.width
        self.report = report
        self.labels = labels
        self.courses: dict[str, CourseInfo] = {c.id: c for c in report.courses}
        self.skills = {s.id: s for s in report.skills}

    def say(self, text: str, style: str = "", indent: int = 0, hang: int | None = None) -> None:
        """A paragraph, wrapped at spaces, with its further lines indented by `hang`."""
        text = printable(text)
        first, rest = " " * indent, " " * (indent if hang is None else hang)
        lines = textwrap.wrap(
            text, self.width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
        )
        self.line(Text("\n".join(lines), style=style))

    def line(self, text: Text) -> None:
        """A line as it is, however long."""
        self.console.print(text, soft_wrap=True)

    def head(self) -> None:
        """Who, from which file."""
        said = printable(f"{words.subject(self.report)} · {words.headline(self.report)}")
        name = printable(self.report.document.name)
        if len(said) + 2 + len(name) <= self.width:
            line = Text(said, style="bold")
            line.append(" " * (self.width - len(said) - len(name)))
            line.append(name, style=f"not bold {_DIM}")
            self.line(line)
        else:
            self.say(said, "bold")
            self.say(name, _DIM)
        self.console.print(Rule(style=_DIM))
        if note := words.as_it_would_be(self.report, self.labels):
            self.say(note, "italic")
        for note in words.own_words(self.report, self.labels):
            self.say(note, "italic")

    def ranking(self) -> None:
        """All roles, best first."""
        if not self.report.roles:
            return
        cells = next((n for least, n in ((66, 10), (62, 6), (56, 4)) if self.width >= least), 0)
        table = self.table("Closest roles", "score>", "essential")
        more = int(self.width >= 56) + int(self.width >= 76)
        for name in ("important", "useful")[:more]:
            table.add_column(name, no_wrap=True)
        for role in self.report.roles:
            counts = [role.coverage.essential, role.coverage.important, role.coverage.useful]
            told = [f"{c.met}+{c.partial} of {c.total}" for c in counts]
            c = counts[0]
            if cells:
                told[0] = f"{bar(c.met, c.partial, c.total, cells)} {told[0]}"
            label = words.shortened(role.label, 26 if self.width >= 76 else 22)
            table.add_row(f"{role.rank} {label}", f"{role.score:.0f}", *told[: 1 + more])
        self.console.print(table)
        self.say("9+2 of 12: of 12 asked for, 9 are met in full and 2 in part.", _DIM)
        if note := words.order_note(self.report):
            self.say(note, _DIM)

    def role(self, role: RoleInfo) -> None:
        """One role: the score, what carries it, what is missing, the way there."""
        self.console.print()
        self.say(f"{role.label}, {role.score:.0f} of 100 · {role.band}", "bold")
        if role.salary:
            self.say(f"Salary: {words.salary_line(role)}", _DIM)
        full = [m for m in role.matched if not m.partial]
        if full:
            self._counting("What carries it", full, MOST_MATCHED)
        else:
            self._list("What carries it", ["nothing is met in full yet"], 1)
        partial = [m for m in role.matched if m.partial]
        if partial:
            self._counting("In part", partial, MOST_PARTIAL)
        if role.versus_next:
            names = [self.labels.get(i, i) for i in role.versus_next]
            self._list("Ahead of the next role by", names, 5)
        self._missing(role)
        self._plan(role)
        if way := words.way_text(role):
            self.say(way, hang=2)
        if role.requirements:
            self.say("Asked beyond skills (never scored)", "bold")
        for asked in role.requirements:
            told = f" ({asked.evidence})" if asked.evidence else ""
            met = f"{words.MET[asked.met]:9}".replace(" ", "\N{NO-BREAK SPACE}")
            self.say(f"{met} {words.KINDS[asked.kind]}: {asked.text}{told}", indent=2, hang=12)

    def table(self, *heads: str) -> Table:
        """A table without lines; a head that ends in > is for numbers."""
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        for head in heads:
            table.add_column(
                head.rstrip(">"), justify="right" if head.endswith(">") else "left", no_wrap=True
            )
        return table

    def wrapped(self, text: str, width: int) -> str:
        """A cell's text, wrapped at spaces."""
        return "\n".join(textwrap.wrap(printable(text), width, break_on_hyphens=False))

    def _list(self, head: str, items: Sequence[str], most: int) -> None:
        items = [printable(item) for item in items]
        left = len(items) - most
        shown = [*items[:most], *([f"and {left} more"] if left > 0 else [])]
        first = " " * (len(head) + 2)  # the head is put over these
        body = flow([first + shown[0], *shown[1:]], self.width).split("\n")
        text = Text(head, style="bold")
        if len(first + shown[0]) <= self.width and body[0].startswith(first):
            text.append(body[0][len(head) :], style="not bold")
            body = body[1:]
        else:
            body = flow(shown, self.width - 2).split("\n")
        for line in body:
            text.append("\n  " + line, style="not bold")
        self.line(text)

    def _counting(self, head: str, rows: Sequence[MatchedInfo], most: int) -> None:
        """What counts, with its points and where it shows; the rest by name alone."""
        first = min(36, self.width // 2 - 6)
        last = self.width - first - 10
        table = self.table(f"{head:{first}}", "points>", "where it shows")
        for m in rows[:most]:
            told = words.seen(self.skills.get(words.counting(m)[0]), self.report.as_of)
            told = told.replace(" ", "\N{NO-BREAK SPACE}")
            why = words.why_counted(m, self.labels)
            said = f"{why} ({told})" if why and told else why or told or "–"
            table.add_row(
                self.wrapped(m.label, first),
                f"+{m.contribution:.1f}",
                self.wrapped(said, last),
            )
        self.console.print(table)
        rest = rows[most:]
        if rest:
            self._list("Also", [f"{m.label} +{m.contribution:.1f}" for m in rest], MOST_MATCHED)

    def _missing(self, role: RoleInfo) -> None:
        if not role.missing:
            self.say("Nothing is missing.", "bold")
            return
        wide = self.width >= 76
        # The other columns need 2 between them, and 4, 10, 16 and 10 for what they hold.
        first, near = (self.width - 48, 16) if wide else (self.width - 37, 16)
        table = self.table("What is missing", "adds>", "what to do", "nearest you have")
        if wide:
            table.add_column("courses", no_wrap=True)
        for m in role.missing[:MOST_MISSING]:
            label = self.wrapped(m.label, first)
            some = words.choices(m, self.labels)
            if some and some != m.label:
                label += "\n" + textwrap.indent(self.wrapped(some, first - 2), "  ")
            row = [
                label,
                f"+{m.gain:.1f}",
                words.VERDICTS[m.verdict],
                self.wrapped(words.how_missing(m, self.labels), near),
                words.offered(m, self.courses),
            ]
            table.add_row(*row[: len(table.columns)])
        self.console.print(table)
        left = role.missing[MOST_MISSING:]
        if left:
            self.say(f"and {len(left)} more, up to +{left[0].gain:.1f} each", _DIM)
        for m in [m for m in role.missing if m.verdict != "learn_it"][:3]:
            self.say(f"{words.VERDICTS[m.verdict].capitalize()}: {m.advice}", indent=2, hang=4)

    def _plan(self, role: RoleInfo) -> None:
        plan = role.plan
        if plan is None or not plan.courses:
            return
        self.say(words.plan_title(plan), "bold")
        for i, step in enumerate(plan.courses[:MOST_COURSES], 1):
            c = self.courses[step.id]
            self.say(f"{i:>3} {c.title}", hang=4)
            facts = [c.provider, words.hours_text(c), words.access_text(c)]
            if step.covers:
                facts.append("for " + ", ".join(self.labels.get(s, s) for s in step.covers))
            else:
                facts.append("asked for by a later one")
            self.say(" · ".join(facts), _DIM, indent=4)
            url = Text("    ")
            url.append(c.url, style=f"{_DIM} link {c.url}" if self.console.is_terminal else _DIM)
            self.line(url)
        rest = [self.courses[s.id] for s in plan.courses[MOST_COURSES:]]
        if rest:
            self.say(f"{words.rest_text(rest)} (all in -o report.html)", _DIM, indent=4)
        if said := words.uncovered_text(plan, self.labels):
            self.say(said, indent=2)

    def notes(self) -> None:
        """What was not counted, and what the reader must know."""
        asides = words.not_counted(self.report)
        if asides:
            self.console.print()
            self.say("Not counted", "bold")
        for a in asides[:8]:
            page = f" (p.\N{NO-BREAK SPACE}{a.page})" if a.page else ""
            self.say(
                f"{', '.join(a.labels)}: {words.STATUSES[a.status]}: “{a.quote}”{page}",
                indent=2,
                hang=4,
            )
        if len(asides) > 8:
            self.say(f"and {len(asides) - 8} more", _DIM, indent=2)
        if self.report.document.warnings:
            self.console.print()
            self.say("Warnings", "bold")
        for w in self.report.document.warnings:
            page = f" (page {w.page})" if w.page else ""
            self.say(f"{w.message}{page}", indent=2, hang=4)
