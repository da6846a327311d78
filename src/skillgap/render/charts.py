"""Charts as inline SVG. They stretch to any width, so they hold no text but a title and description;
what they show is said in words beside them. Colors are the style sheet's classes; what is met in part
is hatched, so that nothing rests on color alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ..report import CoverageInfo, RoleInfo
from . import words

IMPORTANCES = ("essential", "important", "useful")
TICKS = (20, 40, 60, 80)  # where one band of scores ends and the next begins


class Part(NamedTuple):
    """A stretch of a bar: how long (in the bar's own unit), of what kind, and its words."""

    size: float
    kind: str
    hatched: bool = False
    title: str = ""


def bar(
    parts: Iterable[Part],
    whole: float,
    title: str,
    desc: str = "",
    ticks: bool = False,
    stripe: float = 4.0,
) -> Markup:
    """A stacked bar of `parts`; what they leave of `whole` stays empty.

    `stripe` is the distance of stripes in hundredths of the bar: less for wide bars.
    """
    drawn = [Markup('<rect class="rest" width="100" height="10"/>')]
    at = 0.0
    for part in parts:
        width = 100 * part.size / whole if whole else 0.0
        if width <= 0:
            continue
        shape = Markup('x="{}" y="0" width="{}" height="10"').format(_n(at), _n(width))
        said = Markup("<title>{}</title>").format(part.title) if part.title else Markup("")
        drawn.append(Markup('<rect class="{}" {}>{}</rect>').format(part.kind, shape, said))
        if part.hatched:
            drawn.append(_stripes(at, width, stripe))
        drawn.append(Markup('<path class="edge" d="M{} 0v10"/>').format(_n(at + width)))
        at += width
    if ticks:
        drawn += [Markup('<path class="tick" d="M{} 0v10"/>').format(t) for t in TICKS]
    return Markup(
        '<svg class="bar" role="img" viewBox="0 0 100 10" preserveAspectRatio="none" '
        'focusable="false"><title>{}</title>{}{}</svg>'
    ).format(
        title,
        Markup("<desc>{}</desc>").format(desc) if desc else Markup(""),
        Markup("").join(drawn),
    )


def _stripes(at: float, width: float, every: float) -> Markup:
    """Upright stripes over a stretch (a pattern would be smeared where the bar is stretched)."""
    count = max(1, round(width / every))
    step = width / count
    path = "".join(f"M{_n(at + (i + 0.5) * step)} 0v10" for i in range(count))
    return Markup('<path class="stripe" d="{}"/>').format(path)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def score(role: RoleInfo) -> Markup:
    """A role's score on the way to 100, by how much the role needs what counts."""
    sums = {i: sum(m.contribution for m in role.matched if m.importance == i) for i in IMPORTANCES}
    said = ", ".join(f"{sums[i]:.1f} from what is {i}" for i in IMPORTANCES)
    return bar(
        [Part(sums[i], i, title=f"{i}: {sums[i]:.1f} points") for i in IMPORTANCES],
        100,
        f"{role.label}: {role.score:.0f} of 100",
        said,
        ticks=True,
    )


def make_up(role: RoleInfo) -> Markup:
    """Each requirement's part of the score: what is essential first, the greatest first."""
    parts = [
        Part(
            m.contribution,
            m.importance,
            m.partial,
            f"{m.label}: {m.contribution:.1f}{', in part' if m.partial else ''}",
        )
        for kind in IMPORTANCES
        for m in role.matched
        if m.importance == kind
    ]
    return bar(
        parts,
        100,
        f"How the score of {role.score:.1f} is made up",
        f"{len(parts)} requirements add up to {role.score:.1f} of 100; the table lists them.",
        stripe=1.0,
    )


def coverage(c: CoverageInfo, kind: str) -> Markup:
    """How many requirements of one importance are met, and met in part."""
    parts = [Part(c.met, kind), Part(c.partial, kind, hatched=True)]
    return bar(parts, c.total, f"{kind}: {words.coverage_text(c)}")


def share(have: float, part: float, missing: float, title: str) -> Markup:
    """How many requirements of one group of skills are met, met in part, missing."""
    whole = have + part + missing
    return bar([Part(have, "essential"), Part(part, "essential", hatched=True)], whole, title)


def steps(hours: Sequence[float]) -> list[tuple[str, str]]:
    """Where each course begins on the plan's time line, and how long it takes, in percent."""
    whole = sum(hours) or 1.0
    out, at = [], 0.0
    for h in hours:
        out.append((_n(100 * at / whole), _n(100 * h / whole)))
        at += h
    return out
