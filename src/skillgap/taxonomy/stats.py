"""What a taxonomy holds, in numbers."""

from __future__ import annotations

from collections import Counter

from .model import Taxonomy


def stats_text(t: Taxonomy) -> str:
    """A table of skills by group, roles and courses."""
    labels = sum(1 + len(s.alt) + len(s.hidden) for s in t.skills.values())
    forms = sum(len(s.forms) for s in t.skills.values())
    implied = sum(len(s.implies) for s in t.skills.values())
    gone = sum(s.status == "deprecated" for s in t.skills.values())
    groups = Counter(s.group for s in t.skills.values())
    lines = [f"Taxonomy {t.version}", ""]
    lines.append(f"{'group':<22} {'skills':>6}  {'labels':>6}  {'form rules':>10}")
    for ident, label in t.groups.items():
        inside = [s for s in t.skills.values() if s.group == ident]
        lines.append(
            f"{ident:<22} {groups[ident]:>6}  {sum(1 + len(s.alt) + len(s.hidden) for s in inside):>6}"
            f"  {sum(len(s.forms) for s in inside):>10}  {label}"
        )
    lines.append(f"{'all':<22} {len(t.skills):>6}  {labels:>6}  {forms:>10}")
    lines += ["", f"{implied} implications, {gone} deprecated, kinds: "]
    lines[-1] += ", ".join(
        f"{k} {n}" for k, n in sorted(Counter(s.kind for s in t.skills.values()).items())
    )
    lines += [
        "",
        f"{'role':<24} {'requirements':>12}  essential  important  useful  groups  human %",
    ]
    for role in t.roles.values():
        by = Counter(r.importance for r in role.requirements)
        total = sum(r.weight for r in role.requirements)
        human = sum(
            r.weight
            for r in role.requirements
            if all(m in t.skills and t.skills[m].human for m in r.any_of)
        )
        lines.append(
            f"{role.id:<24} {len(role.requirements):>12}  {by['essential']:>9}  {by['important']:>9}"
            f"  {by['useful']:>6}  {sum(r.group for r in role.requirements):>6}  {100 * human / total:>7.1f}"
        )
    active = [c for c in t.courses.values() if c.status == "active"]
    free = sum(c.access == "full" for c in active)
    known = sum(c.hours is not None for c in active)
    status = Counter(c.url_status for c in t.courses.values())
    lines += [
        "",
        f"{len(t.courses)} courses ({len(active)} active, {free} free in full, {known} with hours, "
        f"{sum(c.seed for c in t.courses.values())} of the seed) on "
        f"{len({c.platform for c in t.courses.values()})} platforms; addresses: "
        + ", ".join(f"{k} {n}" for k, n in sorted(status.items())),
        f"{len(t.projects)} proof projects",
    ]
    return "\n".join(lines)
