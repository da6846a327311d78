"""The report as Markdown: the same facts as the terminal's, for a mail, an issue or a wiki."""

from __future__ import annotations

from collections.abc import Mapping

from ..report import CourseInfo, Report, RoleInfo
from . import words

MOST_MISSING = 12


def render_markdown(
    report: Report, *, top: int = 3, labels: Mapping[str, str] | None = None
) -> str:
    """The report as Markdown (tables as GitHub has them)."""
    known = words.labels_of(report, labels)
    courses = {c.id: c for c in report.courses}
    lines = _head(report)
    if report.roles:
        lines += ["", "## Closest roles", ""]
        lines += [
            "| | role | score | essential | important | useful |",
            "|---:|---|---:|---|---|---|",
        ]
        for role in report.roles:
            c = role.coverage
            cells = [
                f"{x.met} of {x.total}" + (f" (+{x.partial} in part)" if x.partial else "")
                for x in (c.essential, c.important, c.useful)
            ]
            lines.append(
                f"| {role.rank} | {escape(role.label)} | {role.score:.0f} | {' | '.join(cells)} |"
            )
        for role in report.roles[:top]:
            lines += _role(role, known, courses)
    aside = words.not_counted(report)
    if aside:
        lines += ["", "## Not counted", ""] + [f"- {escape(a)}" for a in aside]
    if report.document.warnings:
        lines += ["", "## Warnings", ""]
        lines += [
            f"- {escape(w.message)}" + (f" (page {w.page})" if w.page else "")
            for w in report.document.warnings
        ]
    v = report.versions
    lines += [
        "",
        f"skillgap {v.skillgap}, taxonomy {v.taxonomy}, model {v.model}; “present” is {report.as_of}.",
    ]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Text that Markdown must not take for markup."""
    for char in "\\`*_{}[]<>|#":
        text = text.replace(char, "\\" + char)
    return " ".join(text.split())


def _head(report: Report) -> list[str]:
    d = report.document
    name = report.contact.name if report.contact and report.contact.name else "Résumé"
    pages = f"{d.pages} page{'s' if d.pages != 1 else ''} · " if d.pages else ""
    lines = [
        f"# {escape(name)}",
        "",
        f"{escape(d.name)} · {pages}{len(words.found_skills(report))} skills found",
    ]
    if report.what_if:
        learned = ", ".join(report.what_if.learned)
        gone = ", ".join(report.what_if.unlearned)
        said = [f"with {learned}"] if learned else []
        said += [f"without {gone}"] if gone else []
        lines += ["", f"*As it would be {' and '.join(said)}.*"]
    return lines


def _role(role: RoleInfo, known: Mapping[str, str], courses: Mapping[str, CourseInfo]) -> list[str]:
    lines = ["", f"## {escape(role.label)}: {role.score:.0f} of 100 ({role.band})"]
    if role.salary:
        lines += ["", f"Salary: {escape(words.salary_line(role))}"]
    full = [m for m in role.matched if not m.partial]
    if full:
        said = ", ".join(
            f"{escape(m.label)} +{m.contribution:.1f}"
            + (f" (through {escape(known.get(m.via, m.via))})" if m.via else "")
            for m in full[:12]
        )
        lines += ["", f"**What carries it.** {said}"]
    partial = [m for m in role.matched if m.partial]
    if partial:
        said = ", ".join(
            f"{escape(m.label)} +{m.contribution:.1f}"
            + (f" (through {escape(known.get(m.via, m.via))})" if m.via else "")
            for m in partial[:8]
        )
        lines += ["", f"**In part.** {said}"]
    if role.missing:
        lines += [
            "",
            "| what is missing | adds | what to do | nearest you have | courses |",
            "|---|---:|---|---|---|",
        ]
        for m in role.missing[:MOST_MISSING]:
            links = ", ".join(_link(courses[c]) for c in m.courses[:2] if c in courses) or "–"
            lines.append(
                f"| {escape(m.label)} | +{m.gain:.1f} | {words.VERDICTS[m.verdict]}: "
                f"{escape(m.advice)} | {escape(words.how_missing(m, known))} | {links} |"
            )
        if len(role.missing) > MOST_MISSING:
            lines += ["", f"… and {len(role.missing) - MOST_MISSING} more."]
    if role.plan and role.plan.courses:
        lines += ["", f"### {words.plan_title(role.plan)}", ""]
        for i, step in enumerate(role.plan.courses, 1):
            c = courses[step.id]
            covers = ", ".join(escape(known.get(s, s)) for s in step.covers)
            lines.append(
                f"{i}. {_link(c)} · {escape(c.provider)} · {words.hours_text(c)} · "
                f"{words.access_text(c)}" + (f" — for {covers}" if covers else "")
            )
    return lines


def _link(course: CourseInfo) -> str:
    return f"[{escape(course.title)}]({course.url})"
