"""The words and numbers that all forms of the report share."""

from __future__ import annotations

from collections.abc import Mapping

from ..report import CourseInfo, MissingInfo, PlanInfo, Report, RoleInfo, SalaryInfo, SkillInfo

VERDICTS = {"say_it": "say it", "prove_it": "prove it", "learn_it": "learn it"}


def labels_of(report: Report, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Labels by skill id: of the report's own skills and requirements, and those given."""
    labels = dict(more or {})
    labels |= {s.id: s.label for s in report.skills}
    for role in report.roles:
        labels |= {m.id: m.label for m in role.matched}
        labels |= {m.id: m.label for m in role.missing}
    return labels


def found_skills(report: Report) -> list[SkillInfo]:
    """Skills that the résumé itself names and claims."""
    return [s for s in report.skills if s.status == "claimed" and not s.implied]


def duration(months: int | None) -> str:
    """Months as a person says them: 4 y, 7 mo; "" where unknown."""
    if months is None:
        return ""
    return f"{months / 12:.0f} y" if months >= 18 else f"{months} mo"


def money(amount: float | None, currency: str = "USD") -> str:
    """An amount: $100,000."""
    if amount is None:
        return "price unknown"
    sign = "$" if currency == "USD" else f"{currency} "
    return f"{sign}{amount:,.0f}"


def salary_line(role: RoleInfo, level: str | None = None) -> str:
    """The salary statement for a level (else the first), in numbers where it has them."""
    statements = [s for s in role.salary if level is None or s.level == level] or role.salary
    return salary_text(statements[0]) if statements else ""


def salary_text(s: SalaryInfo) -> str:
    """One statement with where it comes from."""
    if s.low is not None and s.high is not None:
        figures = f"{money(s.low, s.currency)}–{s.high:,.0f}"
    elif s.low is not None:
        figures = f"from {money(s.low, s.currency)}"
    elif s.high is not None:
        figures = f"up to {money(s.high, s.currency)}"
    else:
        figures = s.text
    return f"{figures} (US, {s.source} {s.as_of})"


def hours_text(course: CourseInfo) -> str:
    """12 h, or ~12 h where it is an estimate."""
    return f"{'~' if course.hours_estimated else ''}{course.hours:g} h" if course.hours else "? h"


def access_text(course: CourseInfo) -> str:
    """free, or what it costs."""
    if course.access == "full" or course.cost.model == "free":
        return "free"
    amount = course.cost.amount
    if amount is None:
        return "paid"
    return money(amount, course.cost.currency) + (
        "/month" if course.cost.model == "subscription" else ""
    )


def plan_title(plan: PlanInfo) -> str:
    """Shortest way to 85: 34 h, $49."""
    about = "~" if plan.hours_estimated else ""
    reached = plan.score_after >= plan.target - 0.05
    head = (
        f"Shortest way to {plan.target:g}"
        if reached
        else f"As far as courses go: {plan.score_after:g}"
    )
    cost = "free" if plan.cost == 0 else money(plan.cost)
    return f"{head} · {about}{plan.hours:g} h · {cost}"


def not_counted(report: Report) -> list[str]:
    """What the text says of skills that it does not claim, quoted with its page."""
    lines = []
    for skill in report.skills:
        if skill.status in ("negated", "aspired", "other") and skill.mentions:
            m = skill.mentions[0]
            why = {
                "negated": "negated",
                "aspired": "learning or wanted",
                "other": "somebody else's",
            }
            page = f", p. {m.page}" if m.page else ""
            lines.append(f"{skill.label} ({why[skill.status]}{page})")
    return lines


def how_missing(m: MissingInfo, labels: Mapping[str, str]) -> str:
    """The nearest skill that the person has."""
    return labels.get(m.nearest, m.nearest) if m.nearest else "–"
