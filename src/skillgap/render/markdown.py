"""The report as Markdown: the same facts as the terminal's, for a mail, an issue or a wiki."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..report import CourseInfo, MatchedInfo, PlanInfo, Report, RoleInfo
from . import words

MOST_MATCHED = 8
MOST_MISSING = 12
MOST_COURSES = 12
_SPECIAL = "\\`*_{}[]<>|#~&!"


def render_markdown(
    report: Report, *, top: int = 3, labels: Mapping[str, str] | None = None
) -> str:
    """The report as Markdown (tables as GitHub has them)."""
    sheet = _Sheet(report, words.labels_of(report, labels))
    lines = sheet.head()
    if report.roles and not words.found_skills(report):
        lines += ["", f"**{escape(words.NOTHING_FOUND)}**"]
    elif report.roles:
        lines += sheet.ranking()
        for role in report.roles[:top]:
            lines += sheet.role(role)
    lines += sheet.notes()
    return "\n".join([*lines, "", f"<sub>{escape(words.foot(report))}</sub>"]) + "\n"


def escape(text: str) -> str:
    """Text that Markdown and HTML must not take for markup, on one line."""
    for char in _SPECIAL:
        text = text.replace(char, "\\" + char)
    return " ".join(text.split())


def link(course: CourseInfo) -> str:
    """A course's title, linked where its address is one of the web."""
    title = escape(course.title)
    url = course.url.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    if not url.lower().startswith(("https://", "http://")) or set(url) & set("<>\n\r|"):
        return title
    return f"[{title}]({url})"


class _Sheet:
    def __init__(self, report: Report, labels: Mapping[str, str]) -> None:
        self.report = report
        self.labels = labels
        self.courses = {c.id: c for c in report.courses}
        self.skills = {s.id: s for s in report.skills}

    def head(self) -> list[str]:
        """Who, from which file."""
        report = self.report
        lines = [f"# {escape(words.subject(report))}", ""]
        lines.append(f"{escape(report.document.name)} · {words.headline(report)}")
        said = [words.as_it_would_be(report, self.labels), *words.own_words(report, self.labels)]
        for text in said:
            lines += ["", f"*{escape(text)}*"] if text else []
        return lines

    def ranking(self) -> list[str]:
        """All roles, closest first."""
        lines = ["", "## Closest roles", ""]
        lines.append("| | role | score | essential | important | useful |")
        lines.append("|---:|---|---:|---|---|---|")
        for role in self.report.roles:
            c = role.coverage
            cells = [words.coverage_text(x) for x in (c.essential, c.important, c.useful)]
            head = f"| {role.rank} | {escape(role.label)} | {role.score:.0f} |"
            lines.append(f"{head} {' | '.join(cells)} |")
        note = words.order_note(self.report)
        return [*lines, "", note] if note else lines

    def role(self, role: RoleInfo) -> list[str]:
        """One role: the score, what carries it, what is missing, the way there."""
        lines = ["", f"## {escape(role.label)}: {role.score:.0f} of 100 ({role.band})"]
        if role.salary:
            lines += ["", f"Salary: {escape(words.salary_text(role.salary[0]))}"]
        full = [m for m in role.matched if not m.partial]
        lines += ["", "### What carries it", ""]
        lines += self._counting(full, MOST_MATCHED) or ["Nothing is met in full yet."]
        partial = [m for m in role.matched if m.partial]
        if partial:
            lines += ["", "### Met in part", "", *self._counting(partial, MOST_MATCHED)]
        if role.versus_next:
            names = ", ".join(escape(self.labels.get(i, i)) for i in role.versus_next)
            lines += ["", f"Ahead of the next role by: {names}"]
        lines += self._missing(role)
        if role.plan and role.plan.courses:
            lines += self._plan(role.plan)
        if way := words.way_text(role):
            lines += ["", escape(way)]
        if role.requirements:
            lines += ["", "### Asked beyond skills (shown, never scored)", ""]
            for a in role.requirements:
                told = f" ({escape(a.evidence)})" if a.evidence else ""
                kind = words.KINDS[a.kind]
                lines.append(f"- {kind}: {escape(a.text)}: **{words.MET[a.met]}**{told}")
        return lines

    def _counting(self, rows: Sequence[MatchedInfo], most: int) -> list[str]:
        lines = []
        for m in rows[:most]:
            why = words.why_counted(m, self.labels)
            told = words.seen(self.skills.get(words.counting(m)[0]), self.report.as_of)
            said = f"{why} ({told})" if why and told else why or told
            tail = f": {escape(said)}" if said else ""
            lines.append(f"- **{escape(m.label)}** +{m.contribution:.1f}{tail}")
        rest = rows[most:]
        if rest:
            names = ", ".join(f"{escape(m.label)} +{m.contribution:.1f}" for m in rest)
            lines.append(f"- also {names}")
        return lines

    def _missing(self, role: RoleInfo) -> list[str]:
        if not role.missing:
            return ["", "Nothing is missing."]
        lines = ["", "### What is missing", ""]
        lines.append("| requirement | adds | what to do | nearest you have | courses |")
        lines.append("|---|---:|---|---|---|")
        for m in role.missing[:MOST_MISSING]:
            some = words.choices(m, self.labels)
            what = escape(m.label) + (f" ({escape(some)})" if some and some != m.label else "")
            # What is plainly to be learned needs no sentence: the row says it all.
            say = "" if m.verdict == "learn_it" and not m.partial else f": {escape(m.advice)}"
            there = [self.courses[c] for c in m.courses if c in self.courses]
            links = ", ".join(link(c) for c in there[:2])
            links += f" and {len(there) - 2} more" if len(there) > 2 else ""
            near = escape(words.how_missing(m, self.labels))
            lines.append(
                f"| {what} | +{m.gain:.1f} | **{words.VERDICTS[m.verdict]}**{say} | {near} "
                f"| {links or '–'} |"
            )
        left = role.missing[MOST_MISSING:]
        if left:
            lines += ["", f"and {len(left)} more, up to +{left[0].gain:.1f} each"]
        return lines

    def _plan(self, plan: PlanInfo) -> list[str]:
        lines = ["", f"### {words.plan_title(plan)}", ""]
        for i, step in enumerate(plan.courses[:MOST_COURSES], 1):
            c = self.courses[step.id]
            facts = [escape(c.provider), words.hours_text(c), words.access_text(c)]
            if step.covers:
                facts.append("for " + ", ".join(escape(self.labels.get(s, s)) for s in step.covers))
            else:
                facts.append("asked for by a later one")
            lines.append(f"{i}. {link(c)} · {' · '.join(facts)}")
        rest = plan.courses[MOST_COURSES:]
        if rest:
            lines += ["", words.rest_text([self.courses[s.id] for s in rest])]
        left = words.uncovered_text(plan, self.labels)
        return [*lines, "", escape(left)] if left else lines

    def notes(self) -> list[str]:
        """What was not counted, and what the reader must know."""
        lines: list[str] = []
        asides = words.not_counted(self.report)
        if asides:
            lines += ["", "## Not counted", ""]
        for a in asides:
            page = f" (p. {a.page})" if a.page else ""
            names = escape(", ".join(a.labels))
            lines.append(f"- {names}: {words.STATUSES[a.status]}: “{escape(a.quote)}”{page}")
        if self.report.document.warnings:
            lines += ["", "## Warnings", ""]
        for w in self.report.document.warnings:
            lines.append(f"- {escape(w.message)}" + (f" (page {w.page})" if w.page else ""))
        return lines
