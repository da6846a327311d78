"""The words and numbers that all forms of the report share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..report import (
    CourseInfo,
    CoverageInfo,
    MatchedInfo,
    MissingInfo,
    PlanInfo,
    Report,
    RoleInfo,
    SalaryInfo,
    SkillInfo,
)

VERDICTS = {"say_it": "say it", "prove_it": "prove it", "learn_it": "learn it"}
STATUSES = {
    "claimed": "counted",
    "aspired": "being learned or wanted",
    "negated": "said not to be there",
    "other": "somebody else's",
}
KINDS = {
    "years": "Years of experience",
    "degree": "Degree",
    "certificate": "Certificate",
    "language": "Language",
    "location": "Place",
    "authorization": "Permission to work",
}
MET = {"yes": "met", "no": "not met", "unknown": "not said"}
SHORT_SALARY = 46  # characters


def labels_of(report: Report, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Labels by skill id: of the report's own skills and requirements, and those given.

    A requirement that several skills can meet is known by its group's id, never by its member's:
    the label is the group's.
    """
    labels: dict[str, str] = {}
    for role in report.roles:
        labels |= {m.group or m.id: m.label for m in role.matched}
        labels |= {m.id: m.label for m in role.missing}
    labels |= more or {}
    labels |= {s.id: s.label for s in report.skills}
    return labels


NOTHING_FOUND = (
    "No skill of the taxonomy was found in this text, so there is nothing to compare. If it is a "
    "résumé, look at what was read: skillgap extract FILE --text"
)


def found_skills(report: Report) -> list[SkillInfo]:
    """Skills that the résumé itself names and claims."""
    return [s for s in report.skills if s.status == "claimed" and not s.implied]


def counted(n: int, thing: str) -> str:
    """1 page, 2 pages."""
    return f"{n} {thing}{'' if n == 1 else 's'}"


def subject(report: Report) -> str:
    """Who the report is about."""
    return report.contact.name if report.contact and report.contact.name else "Résumé"


def headline(report: Report) -> str:
    """2 pages · 41 skills found."""
    pages = [counted(report.document.pages, "page")] if report.document.pages else []
    return " · ".join([*pages, f"{counted(len(found_skills(report)), 'skill')} found"])


def as_it_would_be(report: Report, labels: Mapping[str, str]) -> str:
    """What a what-if report takes as given; "" for a plain one."""
    if report.what_if is None:
        return ""
    learned = ", ".join(labels.get(i, i) for i in report.what_if.learned)
    gone = ", ".join(labels.get(i, i) for i in report.what_if.unlearned)
    said = [f"with {learned}"] if learned else []
    said += [f"without {gone}"] if gone else []
    return f"As it would be {' and '.join(said)}." if said else ""


def own_words(report: Report, labels: Mapping[str, str]) -> list[str]:
    """What the person declares or disputes, apart from what was found."""
    if report.corrections is None:
        return []
    lines = []
    for said, ids in (
        ("You say that you have", report.corrections.declared),
        ("You say that you don't have", report.corrections.disputed),
    ):
        if ids:
            lines.append(f"{said}: {', '.join(labels.get(i, i) for i in ids)}.")
    return lines


def order_note(report: Report) -> str:
    """Why a role with a lower score may stand higher; "" where none does."""
    scores = [role.score for role in report.roles]
    if all(a >= b for a, b in pairwise(scores)):
        return ""
    return "In order of score and of how alike the whole profile is."


def coverage_text(c: CoverageInfo) -> str:
    """9 of 12, 2 in part."""
    return f"{c.met} of {c.total}" + (f", {c.partial} in part" if c.partial else "")


def duration(months: int | None) -> str:
    """Months as a person says them: 4 y, 2.5 y, 19 mo, never rounded up; "" where unknown."""
    if months is None:
        return ""
    return f"{months // 6 / 2:g} y" if months >= 24 else f"{months} mo"


def pages_of(skill: SkillInfo) -> str:
    """Where it stands: p. 1, 2; "" where the format has no pages."""
    pages = sorted({m.page for m in skill.mentions if m.page})
    return f"p. {', '.join(str(p) for p in pages)}" if pages else ""


def use(skill: SkillInfo, as_of: str) -> str:
    """How long a skill was used, and until when: 4 y to now, 7 mo to 2023; "" where unknown."""
    if skill.months is None:
        return ""
    until = "now" if skill.last_used == as_of else (skill.last_used or "")[:4]
    return duration(skill.months) + (f" to {until}" if until else "")


def seen(skill: SkillInfo | None, as_of: str) -> str:
    """How long a skill was used and where it stands: 4 y to now, p. 1, 2."""
    if skill is None:
        return ""
    return ", ".join(t for t in (use(skill, as_of), pages_of(skill)) if t)


def counting(m: MatchedInfo) -> list[str]:
    """The skills of the person that count for a requirement, best first."""
    if m.via:
        return [m.via, *(i for i in m.members if i not in (m.id, m.via))]
    return m.members or [m.id]


def why_counted(m: MatchedInfo, labels: Mapping[str, str]) -> str:
    """Who stands in for a requirement that is met by other names than its own; "" otherwise."""
    names = [labels.get(i, i) for i in counting(m)]
    if m.via:
        return f"through {', '.join(names)}"
    return "" if names == [m.label] else ", ".join(names)


def money(amount: float | None, currency: str = "USD") -> str:
    """An amount: $100,000."""
    if amount is None:
        return "price unknown"
    sign = "$" if currency == "USD" else f"{currency} "
    return f"{sign}{amount:,.0f}" if amount == round(amount) else f"{sign}{amount:,.2f}"


def salary_line(role: RoleInfo, level: str | None = None) -> str:
    """The salary statement for a level (else the first), shortened, with its source."""
    statements = [s for s in role.salary if level is None or s.level == level] or role.salary
    return salary_text(statements[0], SHORT_SALARY) if statements else ""


def salary_text(s: SalaryInfo, longest: int | None = None) -> str:
    """One statement in its source's words, with where it comes from."""
    where = "US, " if s.currency == "USD" else ""
    return f"{shortened(s.text, longest) if longest else s.text} ({where}{s.source} {s.as_of})"


def shortened(text: str, longest: int) -> str:
    """A text up to the last clause, else the last word, that fits."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    for mark in ("; ", ", ", " "):  # never a comma within a number
        cut = head.rfind(mark)
        if cut > longest // 3:
            return head[:cut].rstrip(" ,;(") + " …"
    return head + "…"


def hours_text(course: CourseInfo) -> str:
    """12 h, or ~12 h where it is an estimate."""
    return f"{'~' if course.hours_estimated else ''}{course.hours:g} h" if course.hours else "? h"


def access_text(course: CourseInfo) -> str:
    """free, or what it costs."""
    if is_free(course):
        return "free"
    if course.cost.model == "free":
        return "free in part"
    amount = course.cost.amount
    if amount is None:
        return "price unknown"
    return money(amount, course.cost.currency) + (
        "/month" if course.cost.model == "subscription" else ""
    )


def link_text(course: CourseInfo) -> str:
    """How far its address can be trusted."""
    if course.url_status == "verified":
        return f"link checked {course.checked_on}"
    if course.url_status == "seen":
        return f"link found {course.checked_on}, not opened"
    return "link not checked"


def is_free(course: CourseInfo) -> bool:
    """Whether all of it costs nothing."""
    return course.access == "full"


def offered(m: MissingInfo, courses: Mapping[str, CourseInfo]) -> str:
    """How many courses there are: 4 (3 free)."""
    there = [courses[c] for c in m.courses if c in courses]
    free = sum(is_free(c) for c in there)
    if not there:
        return "–"
    return f"{len(there)} ({free} free)" if free else str(len(there))


def offers(m: MissingInfo, courses: Mapping[str, CourseInfo]) -> str:
    """The same in words: 4 courses, 3 free."""
    there = [courses[c] for c in m.courses if c in courses]
    free = sum(is_free(c) for c in there)
    return counted(len(there), "course") + (f", {free} free" if free else "")


def plan_title(plan: PlanInfo) -> str:
    """Shortest way to 85 · 34 h · $49."""
    about = "~" if plan.hours_estimated else ""
    if reaches(plan):
        head = f"{'Shortest way' if plan.optimal else 'A way'} to {plan.target:g}"
    else:
        head = f"Courses lead to {plan.score_after:.0f}, not to {plan.target:g}"
    cost = {None: "a price is unknown", 0.0: "free"}.get(plan.cost) or money(plan.cost)
    return f"{head} · {about}{plan.hours:g} h · {cost}"


def reaches(plan: PlanInfo) -> bool:
    """Whether the plan gets to its target (as scores are written: in tenths)."""
    return plan.score_after >= plan.target - 0.05


def uncovered_text(plan: PlanInfo, labels: Mapping[str, str], most: int = 6) -> str:
    """What no course of the plan covers; "" where nothing is left."""
    if not plan.uncovered:
        return ""
    names = [labels.get(i, i) for i in plan.uncovered]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return (
        f"No course known takes these far enough: {', '.join(names[:most])}{more}. "
        "Work that you can show does."
    )


def rest_text(courses: Sequence[CourseInfo]) -> str:
    """The courses of a plan that are not listed: and 3 courses more, ~20 h."""
    about = "~" if any(c.hours_estimated or not c.hours for c in courses) else ""
    hours = sum(c.hours or 0 for c in courses)
    return f"and {counted(len(courses), 'course')} more, {about}{hours:g} h"


def way_text(role: RoleInfo) -> str:
    """A nearer role on the way to a far one; "" where none is."""
    way = role.on_the_way
    if way is None:
        return ""
    return (
        f"On the way: {way.label}, {way.score:.0f} of 100 today; "
        f"once its essential and important parts are met, {role.label} stands at {way.score_after:.0f}."
    )


def quoted(snippet: str) -> str:
    """A line of the résumé without the sign that makes it an item of a list."""
    return snippet.lstrip("•‣▪◦●○–—-*· ") or snippet


class Aside(NamedTuple):
    """Words of the résumé that speak of skills without claiming them."""

    status: str
    labels: tuple[str, ...]
    quote: str
    page: int | None


def not_counted(report: Report) -> list[Aside]:
    """What the text says of skills that it does not claim, the longest quote of each place."""
    places: dict[tuple[str, int | None, str], list[tuple[SkillInfo, str]]] = {}
    for skill in report.skills:
        if skill.status == "claimed" or not skill.mentions:
            continue
        m = skill.mentions[0]
        core = m.snippet.strip("… ")
        for status, page, quote in list(places):
            if status == skill.status and page == m.page and (core in quote or quote in core):
                rows = places.pop((status, page, quote))
                rows.append((skill, m.snippet))
                places[status, page, max(core, quote, key=len)] = rows
                break
        else:
            places[skill.status, m.page, core] = [(skill, m.snippet)]
    asides = []
    for (status, page, _), rows in places.items():
        quote = quoted(max((snippet for _, snippet in rows), key=len))
        asides.append(Aside(status, tuple(s.label for s, _ in rows), quote, page))
    order = list(STATUSES)
    return sorted(asides, key=lambda a: (order.index(a.status), a.page or 0))


def how_missing(m: MissingInfo, labels: Mapping[str, str]) -> str:
    """The nearest skill that the person has."""
    if m.nearest is None:
        return "–"
    label = labels.get(m.nearest, m.nearest)
    if m.nearest == m.id or label == m.label:
        return "listed" if m.verdict == "prove_it" else "in part"
    return label


def choices(m: MissingInfo, labels: Mapping[str, str], most: int = 3) -> str:
    """What would close a requirement that several skills can meet: Pinecone, Weaviate or …"""
    names = [labels.get(i, i) for i in m.any_of]
    return joined(names[:most], "or", more=len(names) > most)


def joined(names: Sequence[str], word: str, more: bool = False) -> str:
    """A, B or C; with an ellipsis where there are more."""
    if more or len(names) < 2:
        return ", ".join(names) + (" …" if more else "")
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def foot(report: Report) -> str:
    """What made the report, and what its “present” means."""
    v = report.versions
    return (
        f"skillgap {v.skillgap} · taxonomy {v.taxonomy} · model {v.model} · "
        f"“present” means {report.as_of}"
    )
