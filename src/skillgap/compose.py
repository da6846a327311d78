"""Puts the values of all stages into the written Report. Rounding happens here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import report as r
from ._version import __version__
from .redact import Redactor
from .taxonomy.model import Course, Role, Taxonomy
from .types import (
    Annotations,
    Contact,
    Document,
    Entry,
    Level,
    Mention,
    Options,
    Plan,
    ProfiledSkill,
    RoleMatch,
    SkillProfile,
)

# Rows are plain until the end: validating the whole at once is several times quicker than making a
# model of each of a thousand parts.
Row = dict[str, Any]

SNIPPET = 140  # characters of a line around a mention


def report(
    *,
    taxonomy: Taxonomy,
    model: str,
    document: Document,
    annotations: Annotations,
    profile: SkillProfile,
    matches: Sequence[RoleMatch],
    roles: Mapping[str, Role],
    plans: Mapping[str, Plan | None],
    options: Options,
) -> r.Report:
    """The Report of one analysis."""
    hide = Redactor(document, annotations.contact, options.redact)
    written = [_role(m, roles[m.role], plans.get(m.role), options.level, hide) for m in matches]
    named: dict[str, None] = {}
    for match in matches:
        named |= dict.fromkeys(c for m in match.missing for c in m.courses)
        plan = plans.get(match.role)
        named |= dict.fromkeys(c.id for c in plan.courses) if plan else {}
    whole: Row = dict(
        as_of=str(options.as_of),
        versions=dict(skillgap=__version__, taxonomy=taxonomy.version, model=model),
        document=_document(document, annotations, hide),
        contact=_contact(annotations.contact, options.redact),
        sections=[
            dict(
                kind=s.kind,
                title=hide.text(s.title, s.start),
                page=s.page if document.pages else None,
                start=s.start,
                end=s.end,
            )
            for s in annotations.sections
        ],
        experience=[_position(e, hide) for e in annotations.entries if e.kind == "position"],
        education=[
            dict(
                degree=hide.plain(e.degree),
                institution=hide.plain(e.institution),
                start=str(e.start) if e.start else None,
                end=str(e.end) if e.end else None,
            )
            for e in annotations.education
        ],
        skills=[_skill(s, taxonomy, document, annotations, hide) for s in profile.skills.values()],
        roles=written,
        courses=[_course(taxonomy.courses[c]) for c in sorted(named)],
        what_if=(
            dict(learned=list(options.learn), unlearned=list(options.unlearn))
            if options.learn or options.unlearn
            else None
        ),
        corrections=(
            dict(declared=list(options.declare), disputed=list(options.dispute))
            if options.declare or options.dispute
            else None
        ),
    )
    return r.Report.model_validate(whole)


def _document(document: Document, annotations: Annotations, hide: Redactor) -> Row:
    return dict(
        name=hide.file_name(),
        sha256=document.sha256,
        media_type=document.media_type,
        pages=len(document.pages) if document.pages else None,
        reader=document.reader,
        ocr=document.ocr,
        words=len(document.words) or len(document.text.split()),
        warnings=[
            dict(code=n.code, message=hide.plain(n.message), page=n.page)
            for n in (*document.notices, *annotations.notices)
        ],
    )


def _contact(contact: Contact, redact: bool) -> Row | None:
    if redact or contact == Contact():
        return None
    return dict(
        name=contact.name or None,
        email=contact.email or None,
        phone=contact.phone or None,
        location=contact.location or None,
        links=list(contact.links),
    )


def _position(entry: Entry, hide: Redactor) -> Row:
    return dict(
        title=hide.plain(entry.title),
        organization=hide.plain(entry.organization),
        start=str(entry.start) if entry.start else None,
        end=str(entry.end) if entry.end else None,
        current=entry.current,
        months=entry.months,
    )


def _skill(
    skill: ProfiledSkill,
    taxonomy: Taxonomy,
    document: Document,
    annotations: Annotations,
    hide: Redactor,
) -> Row:
    concept = taxonomy.skills[skill.skill]
    mentions = [annotations.mentions[i] for i in skill.mentions]
    kinds = dict.fromkeys(annotations.sections[m.section].kind for m in mentions if m.section >= 0)
    return dict(
        id=skill.skill,
        label=concept.label,
        group=concept.group,
        status=skill.status,
        implied=skill.implied,
        implied_by=list(skill.implied_by),
        confidence=round(skill.confidence, 3),
        months=skill.months,
        last_used=str(skill.last_used) if skill.last_used else None,
        sections=list(kinds),
        mentions=[_mention(m, document, annotations, hide) for m in mentions],
    )


def _mention(m: Mention, document: Document, annotations: Annotations, hide: Redactor) -> Row:
    boxes = document.boxes(m.start, m.end) if document.pages else ()
    written = [
        dict(
            page=b.page,
            bbox=(round(b.x0, 1), round(b.top, 1), round(b.x1, 1), round(b.bottom, 1)),
        )
        for b in boxes
    ]
    return dict(
        text=document.text[m.start : m.end],
        status=m.status,
        via=m.via,
        page=written[0]["page"] if written else None,
        bbox=written[0]["bbox"] if written else None,
        boxes=written if document.pages else None,
        section=annotations.sections[m.section].kind if m.section >= 0 else None,
        start=m.start,
        end=m.end,
        snippet=_snippet(m, document, hide),
    )


def _snippet(m: Mention, document: Document, hide: Redactor) -> str:
    """The line of the mention, cut to a readable length at word edges."""
    line = document.line_at(m.start)
    start, end = (line.start, max(line.end, m.end)) if line else (m.start, m.end)
    spare = max(0, SNIPPET - (m.end - m.start)) // 2
    text = document.text
    left = max(start, m.start - spare)
    right = min(end, m.end + spare)
    if left > start:
        left = text.find(" ", left, m.start) + 1 or left
    if right < end:
        space = text.rfind(" ", m.end, right)
        right = space if space > 0 else right
    shown = " ".join(hide.text(text[left:right], left).split())
    return f"{'… ' if left > start else ''}{shown}{' …' if right < end else ''}"


def _role(m: RoleMatch, role: Role, plan: Plan | None, level: Level, hide: Redactor) -> Row:
    contributions = _rounded([x.contribution for x in m.matched], m.score)
    return dict(
        id=m.role,
        label=m.label,
        rank=m.rank,
        score=round(m.score, 1),
        band=m.band,
        similarity=round(m.similarity, 3),
        coverage=dict(
            **{k: dict(met=c.met, partial=c.partial, total=c.total) for k, c in m.coverage.items()}
        ),
        matched=[
            dict(
                id=x.id,
                label=x.label,
                importance=x.importance,
                contribution=c,
                partial=x.partial,
                via=x.via,
                group=x.group,
                members=list(x.members),
            )
            for x, c in zip(m.matched, contributions, strict=True)
        ],
        missing=[
            dict(
                id=x.id,
                label=x.label,
                importance=x.importance,
                gain=round(x.gain, 2),
                partial=x.partial,
                nearest=x.nearest,
                any_of=list(x.any_of),
                verdict=x.verdict,
                advice=x.advice,
                courses=list(x.courses),
                project=x.project,
            )
            for x in m.missing
        ],
        beyond=list(m.beyond),
        versus_next=list(m.versus_next),
        requirements=[
            dict(
                kind=a.kind,
                text=a.text,
                met=a.met,
                evidence=hide.plain(a.evidence) if a.evidence else None,
            )
            for a in m.asked
        ],
        salary=[
            dict(
                level=s.level,
                low=s.low,
                high=s.high,
                currency=s.currency,
                text=s.text,
                as_of=s.as_of,
                source=s.source,
            )
            for s in sorted(role.salary, key=lambda s: (s.level != level, s.level != "all"))
        ],
        plan=_plan(plan) if plan else None,
        on_the_way=dict(
            id=m.on_the_way.role,
            label=m.on_the_way.label,
            score=round(m.on_the_way.score, 1),
            score_after=round(m.on_the_way.score_after, 1),
        )
        if m.on_the_way
        else None,
    )


def _rounded(parts: Sequence[float], total: float) -> list[float]:
    """Parts in hundredths that add up to the total as it is written (in tenths).

    Largest remainder: each part is rounded down, and the rest goes to those cut most.
    """
    cents = round(round(total, 1) * 100)
    floors = [int(p * 100 + 1e-9) for p in parts]
    order = sorted(range(len(parts)), key=lambda i: (floors[i] - parts[i] * 100, i))
    rest = cents - sum(floors)
    step = 1 if rest > 0 else -1
    i = 0
    while rest and order:
        floors[order[i % len(order)]] += step
        rest -= step
        i += 1
    return [f / 100 for f in floors]


def _plan(plan: Plan) -> Row:
    return dict(
        target=plan.target,
        courses=[dict(id=c.id, covers=list(c.covers)) for c in plan.courses],
        hours=round(plan.hours, 1),
        hours_estimated=plan.hours_estimated,
        cost=plan.cost,
        score_after=round(plan.score_after, 1),
        uncovered=list(plan.uncovered),
        optimal=plan.optimal,
    )


def _course(c: Course) -> Row:
    return dict(
        id=c.id,
        title=c.title,
        provider=c.provider,
        url=c.url,
        url_status=c.url_status,
        checked_on=c.checked_on,
        level=c.level,
        hours=c.expected_hours,
        hours_estimated=c.hours is None,
        access=c.access,
        cost=dict(model=c.cost.model, amount=c.cost.amount, currency=c.cost.currency),
        seed=c.seed,
    )
