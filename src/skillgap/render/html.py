"""The report as one HTML page that needs nothing else: no script, no network, no fonts.

The templates and the style sheet stand in `templates/`. Whatever comes from a résumé or a taxonomy is
escaped by Jinja, and a content-security policy forbids all but the page's own styles and pictures.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..report import CourseInfo, MatchedInfo, MissingInfo, Report, RoleInfo, SkillInfo
from ..types import Picture
from . import charts, marks, words

HOURS_A_WEEK = 5  # the pace that the plan reckons with
MOST_CARRYING = 6
MOST_MISSING = 8

# Reading needs no script; this one unfolds the tables for paper where the style sheet alone can't.
SCRIPT = (
    "addEventListener('beforeprint',()=>document.querySelectorAll('details.paper')"
    ".forEach(d=>{d.dataset.o=d.open?1:'';d.open=true}));"
    "addEventListener('afterprint',()=>document.querySelectorAll('details.paper')"
    ".forEach(d=>{d.open=!!d.dataset.o}))"
)


def render_html(
    report: Report,
    *,
    top: int = 3,
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
    pictures: Sequence[Picture] = (),
    text: str = "",
) -> str:
    """The report as HTML.

    `groups` gives the name of each skill's group; `pictures` are the résumé's pages; `text` is what
    offsets refer to, shown with its marks where there are no pictures. Both must be redacted already
    where the report is.
    """
    page = _Page(report, labels, groups or {}, pictures, text)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            page=page,
            report=report,
            shown=[page.role(role) for role in report.roles[:top]],
            words=words,
            charts=charts,
            css=Markup(_css()),
            script=Markup(SCRIPT),
            policy=(
                "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
                f"script-src 'sha256-{_digest(SCRIPT)}'; base-uri 'none'; form-action 'none'"
            ),
            most_missing=MOST_MISSING,
        )
    )


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("skillgap.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["data_uri"] = _data_uri
    env.filters["safe_url"] = _safe_url
    return env


@cache
def _css() -> str:
    env = _environment()
    source, _, _ = env.loader.get_source(env, "report.css")  # type: ignore[union-attr]
    return source


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _data_uri(picture: Picture) -> str:
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"


def _safe_url(url: str) -> str:
    """An address that may be linked; "" for anything but the web (a taxonomy may be anyone's)."""
    return url if url.lower().startswith(("https://", "http://")) else ""


class Found(NamedTuple):
    """A skill in the list beside the pages."""

    number: int
    skill: SkillInfo
    first: str  # id of its first mark; "" where none is shown
    facts: str


class Named(NamedTuple):
    """A skill by name, with its number where the résumé names it."""

    label: str
    number: int | None


class Carrying(NamedTuple):
    """A requirement that something counts for."""

    row: MatchedInfo
    by: list[Named]
    seen: str


class Lacking(NamedTuple):
    """A requirement not met in full."""

    row: MissingInfo
    choices: str
    nearest: Named | None
    nearest_text: str
    courses: list[CourseInfo]


class Step(NamedTuple):
    """A course of the plan on its time line."""

    course: CourseInfo
    covers: str
    weeks: str
    left: str  # percent of the line
    width: str


class GroupRow(NamedTuple):
    """How one group of skills stands in a role."""

    label: str
    have: list[str]
    part: list[str]
    missing: list[str]
    chart: Markup


class RoleView(NamedTuple):
    """All that the page says of one role."""

    role: RoleInfo
    full: list[Carrying]
    partial: list[Carrying]
    missing: list[Lacking]
    steps: list[Step]
    groups: list[GroupRow]
    ahead: list[Named]
    beyond: list[Named]
    after: str  # the next role's label


class _Page:
    """Gathers what the templates show."""

    def __init__(
        self,
        report: Report,
        labels: Mapping[str, str] | None,
        groups: Mapping[str, str],
        pictures: Sequence[Picture],
        text: str,
    ) -> None:
        self.report = report
        self.labels = words.labels_of(report, labels)
        self.group_names = groups
        self.skills = {s.id: s for s in report.skills}
        self.courses = {c.id: c for c in report.courses}
        named = sorted(
            (s for s in report.skills if s.mentions),
            key=lambda s: (s.status != "claimed", self.group_of(s.id), s.label.casefold(), s.id),
        )
        self.numbers = {s.id: n for n, s in enumerate(named, 1)}
        found = marks.places(report, self.numbers)
        self.pages = marks.on_pages(found, pictures)
        self.pieces = marks.in_text(found, text) if text and not pictures else []
        shown: Iterable[marks.Mark] = (
            *(m for p in self.pages for m in p.marks),
            *self.pieces,
        )
        self.anchored = {i for m in shown for i in (m.ident, *m.more) if i}
        self.listed = self._listed(named)
        self.implied = [
            (s.label, ", ".join(self.labels.get(i, i) for i in s.implied_by[:4]), len(s.implied_by))
            for s in report.skills
            if s.implied
        ]
        self._uses = self._used_for()
        self.asides = words.not_counted(report)
        self.left_out = (report.document.pages or 0) - len(self.pages) if self.pages else 0

    def _used_for(self) -> dict[int, str]:
        """What each skill counts for in the closest role, by the skill's number."""
        uses: dict[int, str] = {}
        for role in self.report.roles[:1]:
            for m in role.matched:
                for number in (self.numbers.get(i) for i in words.counting(m)):
                    if number is not None:
                        uses.setdefault(number, f"{role.label}: counts for {m.label}")
        return uses

    def hint(self, mark: marks.Mark) -> str:
        """What a mark says where it is pointed at: its skills, and what they count for."""
        uses = dict.fromkeys(self._uses[k] for k in mark.keys if k in self._uses)
        return " · ".join([mark.label, *uses])

    def group_of(self, skill: str) -> str:
        """The name of a skill's group."""
        if skill in self.group_names:
            return self.group_names[skill]
        known = self.skills.get(skill)
        return known.group.replace("-", " ").capitalize() if known else "Other"

    def _listed(self, named: Sequence[SkillInfo]) -> list[tuple[str, list[Found]]]:
        table: dict[str, list[Found]] = {}
        for skill in named:
            group = self.group_of(skill.id) if skill.status == "claimed" else "Not counted"
            places = [marks.anchor(m) for m in skill.mentions]
            first = next((p for p in places if p in self.anchored), "")
            facts = [words.use(skill, self.report.as_of), words.pages_of(skill)]
            if skill.status != "claimed":
                facts.append(words.STATUSES[skill.status])
            told = " · ".join(f for f in facts if f)
            table.setdefault(group, []).append(Found(self.numbers[skill.id], skill, first, told))
        return list(table.items())

    def named(self, ident: str) -> Named:
        """A skill by its name, to be linked where the résumé names it."""
        return Named(self.labels.get(ident, ident), self.numbers.get(ident))

    def role(self, role: RoleInfo) -> RoleView:
        """One role's part of the page."""
        rows = [
            Carrying(
                m,
                [self.named(i) for i in words.counting(m)],
                words.seen(self.skills.get(words.counting(m)[0]), self.report.as_of),
            )
            for m in role.matched
        ]
        after = next((r.label for r in self.report.roles if r.rank == role.rank + 1), "")
        return RoleView(
            role,
            [r for r in rows if not r.row.partial],
            [r for r in rows if r.row.partial],
            [self._lacking(m) for m in role.missing],
            self._steps(role),
            self._groups(role),
            [self.named(i) for i in role.versus_next],
            [self.named(i) for i in role.beyond],
            after,
        )

    def _lacking(self, m: MissingInfo) -> Lacking:
        text = words.how_missing(m, self.labels)
        near = self.named(m.nearest) if m.nearest and text == self.labels.get(m.nearest) else None
        some = words.choices(m, self.labels, most=4)
        there = [self.courses[c] for c in m.courses if c in self.courses]
        return Lacking(m, some if some != m.label else "", near, text, there)

    def _steps(self, role: RoleInfo) -> list[Step]:
        if role.plan is None:
            return []
        taken = [self.courses[c.id] for c in role.plan.courses]
        lines = charts.steps([c.hours or 0.0 for c in taken])
        done, at = [], 0.0
        for planned, course, (left, width) in zip(role.plan.courses, taken, lines, strict=True):
            first = int(at / HOURS_A_WEEK) + 1
            at += course.hours or 0.0
            last = max(first, -int(-at // HOURS_A_WEEK))
            weeks = f"week {first}" if first == last else f"weeks {first}–{last}"
            covers = ", ".join(self.labels.get(i, i) for i in planned.covers)
            done.append(Step(course, covers, weeks, left, width))
        return done

    def _groups(self, role: RoleInfo) -> list[GroupRow]:
        table: dict[str, tuple[list[str], list[str], list[str]]] = {}
        for m in role.matched:
            row = table.setdefault(self.group_of(m.id), ([], [], []))
            row[1 if m.partial else 0].append(m.label)
        for x in role.missing:
            if not x.partial:
                group = self.group_of(x.any_of[0] if x.any_of else x.id)
                table.setdefault(group, ([], [], []))[2].append(x.label)
        rows = []
        for label, (have, part, missing) in sorted(table.items()):
            title = f"{label}: {len(have)} met, {len(part)} in part, {len(missing)} missing"
            chart = charts.share(len(have), len(part), len(missing), title)
            rows.append(GroupRow(label, have, part, missing, chart))
        return rows

    def links(self) -> Markup:
        """The rule by which a skill and its marks light up together."""
        rules = [
            f"body:has(.k{n}:is(:hover,:focus-visible,:target)) .k{n}"
            for n in range(1, len(self.numbers) + 1)
        ]
        return (
            Markup(",".join(rules) + "{outline:2px solid var(--lit);background:var(--glow)}")
            if (rules)
            else Markup("")
        )
