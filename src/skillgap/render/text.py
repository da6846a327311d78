"""The report for a terminal: the answer on top, the reason beside it, the next step below."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Mapping

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ..report import CourseInfo, Report, RoleInfo
from . import words

MOST_MATCHED = 10
MOST_MISSING = 8
_DOTS = "dim"


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
    `terminal`, and no color where NO_COLOR is set.
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
    known = words.labels_of(report, labels)
    courses = {c.id: c for c in report.courses}
    _head(console, report)
    if report.roles:
        _ranking(console, report)
        for role in report.roles[:top]:
            _role(console, report, role, known, courses)
    _notes(console, report, known)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _head(console: Console, report: Report) -> None:
    d = report.document
    name = report.contact.name if report.contact and report.contact.name else "Résumé"
    pages = f"{d.pages} page{'s' if d.pages != 1 else ''} · " if d.pages else ""
    found = len(words.found_skills(report))
    line = Table.grid(expand=True)
    line.add_column(ratio=1)
    line.add_column(justify="right")
    line.add_row(
        Text(f"{name} · {pages}{found} skills found", style="bold"), Text(d.name, style=_DOTS)
    )
    console.print(line)
    console.print(Rule(style=_DOTS))
    if report.what_if:
        parts = []
        if report.what_if.learned:
            parts.append("with " + ", ".join(report.what_if.learned))
        if report.what_if.unlearned:
            parts.append("without " + ", ".join(report.what_if.unlearned))
        console.print(Text(f"As it would be {' and '.join(parts)}.", style="italic"))


def _ranking(console: Console, report: Report) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Closest roles", no_wrap=True)
    table.add_column("score", justify="right")
    table.add_column("essential")
    table.add_column("important", no_wrap=True)
    if console.width >= 76:
        table.add_column("useful", no_wrap=True)
    for role in report.roles:
        c = role.coverage
        row = [
            f"{role.rank} {role.label}",
            f"{role.score:.0f}",
            f"{bar(c.essential.met, c.essential.partial, c.essential.total)} "
            f"{c.essential.met}+{c.essential.partial} of {c.essential.total}",
            f"{c.important.met}+{c.important.partial} of {c.important.total}",
            f"{c.useful.met}+{c.useful.partial} of {c.useful.total}",
        ]
        table.add_row(*row[: len(table.columns)])
    console.print(table)
    console.print(Text("9+2 of 12: 9 met in full and 2 in part, of 12 asked for.", style=_DOTS))


def bar(met: int, partial: int, total: int, cells: int = 10) -> str:
    """A bar of ten cells: full for what is met, half-tone for what is met in part."""
    if not total:
        return "░" * cells
    full = round(cells * met / total)
    half = round(cells * (met + partial) / total) - full
    return "█" * full + "▒" * half + "░" * (cells - full - half)


def _role(
    console: Console,
    report: Report,
    role: RoleInfo,
    known: Mapping[str, str],
    courses: Mapping[str, CourseInfo],
) -> None:
    console.print()
    title = Text(f"{role.label}, {role.score:.0f} of 100", style="bold")
    title.append(f"  {role.band}", style="not bold")
    console.print(title)
    if role.salary:
        console.print(Text(words.salary_line(role), style=_DOTS))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, min_width=14, style="bold")
    grid.add_column(overflow="fold")
    full = [m for m in role.matched if not m.partial][:MOST_MATCHED]
    if full:
        facts = {s.id: s for s in report.skills}
        parts = []
        for i, m in enumerate(full):
            said = f"{m.label} +{m.contribution:.1f}"
            skill = facts.get(m.via or m.id)
            if skill and i < 4:
                known_facts = [
                    words.duration(skill.months),
                    f"p. {skill.mentions[0].page}"
                    if skill.mentions and skill.mentions[0].page
                    else "",
                ]
                told = ", ".join(f for f in known_facts if f)
                via = f"through {known.get(m.via, m.via)}" if m.via else ""
                told = ", ".join(t for t in (via, told) if t)
                said += f" ({told})" if told else ""
            parts.append(said)
        rest = sum(not m.partial for m in role.matched) - len(full)
        grid.add_row("What carries it", "  ".join(parts) + (f"  and {rest} more" if rest else ""))
    partial = [m for m in role.matched if m.partial]
    if partial:
        said_parts = [
            f"{m.label} +{m.contribution:.1f}"
            + (f" (through {known.get(m.via, m.via)})" if m.via else "")
            for m in partial[:6]
        ]
        more = f"  and {len(partial) - 6} more" if len(partial) > 6 else ""
        grid.add_row("In part", "  ".join(said_parts) + more)
    if role.versus_next:
        grid.add_row("Sets it apart", ", ".join(known.get(i, i) for i in role.versus_next[:5]))
    if grid.row_count:
        console.print(grid)
    _missing(console, role, known, courses)
    _plan(console, role, known, courses)


def _missing(
    console: Console,
    role: RoleInfo,
    known: Mapping[str, str],
    courses: Mapping[str, CourseInfo],
) -> None:
    if not role.missing:
        console.print("Nothing is missing.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("What is missing", max_width=34)
    table.add_column("adds", justify="right")
    table.add_column("what to do", no_wrap=True)
    table.add_column("nearest you have", max_width=22)
    if console.width >= 76:
        table.add_column("courses", no_wrap=True)
    for m in role.missing[:MOST_MISSING]:
        free = sum(words.access_text(courses[c]) == "free" for c in m.courses if c in courses)
        offered = f"{len(m.courses)} ({free} free)" if m.courses else "–"
        row = [
            m.label,
            f"+{m.gain:.1f}",
            words.VERDICTS[m.verdict],
            words.how_missing(m, known),
            offered,
        ]
        table.add_row(*row[: len(table.columns)])
    console.print(table)
    left = len(role.missing) - MOST_MISSING
    if left > 0:
        console.print(
            Text(f"and {left} more, up to +{role.missing[MOST_MISSING].gain:.1f} each", style=_DOTS)
        )
    said = [m for m in role.missing if m.verdict != "learn_it"][:3]
    for m in said:
        console.print(
            Padding(Text(f"{words.VERDICTS[m.verdict].capitalize()}: {m.advice}"), (0, 0, 0, 2))
        )


def _plan(
    console: Console,
    role: RoleInfo,
    known: Mapping[str, str],
    courses: Mapping[str, CourseInfo],
) -> None:
    plan = role.plan
    if plan is None or not plan.courses:
        return
    console.print(Text(words.plan_title(plan), style="bold"))
    for i, step in enumerate(plan.courses, 1):
        c = courses[step.id]
        line = Text(f"  {i} ")
        line.append(c.title, style=f"link {c.url}" if console.is_terminal else "")
        line.append(f" · {c.provider} · {words.hours_text(c)} · {words.access_text(c)}")
        console.print(line)
        covers = ", ".join(known.get(s, s) for s in step.covers)
        if covers:
            console.print(Padding(Text(f"for {covers}", style=_DOTS), (0, 0, 0, 4)))
        console.print(Padding(Text(c.url, style=_DOTS, overflow="fold"), (0, 0, 0, 4)))
    if plan.uncovered:
        names = ", ".join(known.get(i, i) for i in plan.uncovered[:6])
        console.print(
            Padding(Text(f"No course known for: {names}; a project would show it."), (0, 0, 0, 2))
        )


def _notes(console: Console, report: Report, known: Mapping[str, str]) -> None:
    aside = words.not_counted(report)
    if aside:
        console.print()
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=True, min_width=14, style="bold")
        grid.add_column(overflow="fold")
        grid.add_row("Not counted", ", ".join(aside[:8]))
        console.print(grid)
    if report.document.warnings:
        console.print()
        console.print(Text("Warnings", style="bold"))
        for w in report.document.warnings:
            page = f" (page {w.page})" if w.page else ""
            console.print(Padding(Text(f"{w.message}{page}"), (0, 0, 0, 2)))
