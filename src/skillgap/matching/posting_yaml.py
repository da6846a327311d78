"""A posting's role profile as editable YAML, in the form of taxonomy/roles/*.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml

from ..taxonomy.model import Requirement, Taxonomy
from .posting import Posting

_HEAD = """\
# What one job posting asks for, made by `skillgap job` from {name}.
# Use it: skillgap RESUME --taxonomy THIS_FILE --role {ident}
# Edit freely: `importance` is essential, important or useful; `depth` aware, can_do or leads;
# `weight` (above 0, up to 10) is the share of the score. A group (`anyOf`) is met by `n` of its skills.
# `evidence` quotes the posting and may be deleted.
"""


def role_id(title: str, taxonomy: Taxonomy) -> str:
    """An id for a role file: the title as a slug, and never that of a role which exists."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60].strip("-")
    return slug if slug and slug not in taxonomy.roles else f"posting-{slug}".strip("-")


def to_yaml(posting: Posting, taxonomy: Taxonomy) -> str:
    """The role file's text; `load_taxonomy` reads it as an overlay and gives the same role."""
    role = posting.role
    out = [_HEAD.format(name=posting.document.name, ident=role.id)]
    if posting.demands:
        out.append("# Asked beyond skills, and never scored:\n")
        out += [f"#   {d.kind}: {_comment(d.text)}\n" for d in posting.demands]
    out += _aside(
        "Follows from a requirement below, so it is not asked again", posting.folded, taxonomy
    )
    out += _aside("An alternative to a skill that is asked for anyway", posting.spared, taxonomy)
    out += _aside("Named only where the employer speaks of itself", posting.left_out, taxonomy)
    out.append(
        _dump(
            {
                "id": role.id,
                "label": role.label,
                "summary": role.summary,
                "titles": list(role.titles),
                "requirements": [],
            }
        ).replace(
            "requirements: []\n", "requirements:\n" if role.requirements else "requirements: []\n"
        )
    )
    for requirement in role.requirements:
        lines = _dump([_row(requirement)]).splitlines(keepends=True)
        if not requirement.group:
            lines[0] = lines[0].rstrip("\n") + f"  # {_comment(requirement.label)}\n"
        out += [f"  {line}" for line in lines]
    return "".join(out)


def _row(r: Requirement) -> dict[str, object]:
    row: dict[str, object] = (
        {"id": r.id, "label": r.label, "anyOf": list(r.any_of)} if r.group else {"skill": r.id}
    )
    if r.n > 1:
        row["n"] = r.n
    row |= {"importance": r.importance, "depth": r.depth, "weight": r.weight, "basis": r.basis}
    if r.evidence:
        row["evidence"] = list(r.evidence)
    return row


def _aside(what: str, skills: Iterable[str], taxonomy: Taxonomy) -> list[str]:
    names = [taxonomy.skills[s].label for s in skills if s in taxonomy.skills]
    return [f"# {what}: {_comment(', '.join(names))}\n"] if names else []


def _comment(text: str) -> str:
    """Text that stays on one line of a comment."""
    return " ".join(text.split())


def _dump(value: object) -> str:
    return yaml.safe_dump(
        value, allow_unicode=True, sort_keys=False, default_flow_style=False, width=10_000
    )
