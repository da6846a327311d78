"""How well the roles are ranked: labelled postings (by title) and labelled résumés (`best_roles`).

A posting is read as a role profile from its description alone; then somebody who has just what it asks
for is ranked among the roles. A role's figure comes from collected postings where there are five or
more of them, else from those written for this project; the macro average is the mean over roles.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..analyzer import Analyzer
from ..errors import SkillgapError
from ..taxonomy.model import Role
from ..types import Importance, Options, PartialDate, ProfiledSkill, SkillProfile
from .gold import labelled, load_gold
from .postings import LabelledPosting

LEAST = 5  # postings that a role needs for a figure of its own
# What the wording of a posting is worth as evidence: a must as used in several positions, and so on.
_CHOICE = 0.25  # one of a choice is enough, so each of them is worth a listed skill
_DEPTH: dict[Importance, float] = {"essential": 1.0, "important": 0.75, "useful": 0.25}


class Ranked(NamedTuple):
    """One labelled thing: its right roles, the order found, and the first three with both numbers."""

    name: str
    right: tuple[str, ...]
    order: tuple[str, ...]
    first: tuple[tuple[str, float, float], ...]
    written_here: bool = False
    title: str = ""

    @property
    def rank(self) -> int:
        """The rank of the best placed right role, from 1."""
        return min((self.order.index(r) + 1 for r in self.right if r in self.order), default=0)


def profile_of(role: Role) -> SkillProfile:
    """Somebody who has what a posting asks for, and nothing else."""
    skills: dict[str, ProfiledSkill] = {}
    for requirement in role.requirements:
        depth = _CHOICE if requirement.group else _DEPTH[requirement.importance]
        for member in requirement.any_of:
            if member not in skills or skills[member].depth < depth:
                skills[member] = ProfiledSkill(
                    member, "claimed", 1.0, used=depth > 0.5, depth=depth
                )
    return SkillProfile(skills)


def rank_postings(analyzer: Analyzer, postings: Iterable[LabelledPosting]) -> list[Ranked]:
    """Every labelled posting, ranked among the roles of the taxonomy."""
    ranked = []
    for posting in postings:
        if posting.role is None:
            continue
        source = posting.path if posting.path is not None else posting.text
        read = analyzer.posting(source, title=False)
        ranked.append(
            _ranked(
                analyzer,
                posting.id,
                (posting.role,),
                profile_of(read.role),
                posting.written_here or posting.path is not None,
                posting.title,
            )
        )
    return ranked


def rank_resumes(
    analyzer: Analyzer, folders: Iterable[Path], as_of: PartialDate | None = None
) -> list[Ranked]:
    """Every résumé with `best_roles`, ranked; files that can't be read are named on standard error."""
    ranked = []
    for path in labelled(folders):
        gold = load_gold(path)
        if not gold.best_roles:
            continue
        try:
            reading = analyzer.read(path, options=Options(as_of=as_of))
        except SkillgapError as error:
            print(f"skillgap: {path.name}: {error}", file=sys.stderr)
            continue
        ranked.append(_ranked(analyzer, path.name, gold.best_roles, reading.profile))
    return ranked


def _ranked(
    analyzer: Analyzer,
    name: str,
    right: tuple[str, ...],
    profile: SkillProfile,
    written_here: bool = False,
    title: str = "",
) -> Ranked:
    found = analyzer.matcher.match(profile, analyzer.taxonomy.roles.values())
    first = tuple((m.role, round(m.score, 1), round(m.similarity, 3)) for m in found[:3])
    return Ranked(name, right, tuple(m.role for m in found), first, written_here, title)


def figures(postings: Sequence[Ranked], resumes: Sequence[Ranked]) -> dict[str, Any]:
    """Top-1, top-2, MRR, averages, baselines and the confusion matrix."""
    out: dict[str, Any] = {}
    if postings:
        collected = [r for r in postings if not r.written_here]
        written = [r for r in postings if r.written_here]
        used = _used(collected, written)
        chosen = [r for rows in used.values() for r in rows]
        by_role = {role: _part(rows) for role, rows in sorted(used.items())}
        out["postings"] = {
            "macro_top1": _mean([part["top1"] for part in by_role.values()]),
            "macro_top2": _mean([part["top2"] for part in by_role.values()]),
            "macro_mrr": _mean([part["mrr"] for part in by_role.values()]),
            "majority_macro_top1": _mean([1.0] + [0.0] * (len(by_role) - 1)) if by_role else None,
            "roles": by_role,
            "counted": _part(chosen),
            "collected": _part(collected) | {"majority_top1": _majority(collected)},
            "written_here": _part(written) | {"majority_top1": _majority(written)},
            "confusion": _confusion(postings),
            "wrong": _wrong(postings),
        }
    if resumes:
        out["resumes"] = _part(resumes) | {
            "majority_top1": _most_common_first(resumes),
            "wrong": _wrong(resumes),
        }
    return out


def _used(collected: Sequence[Ranked], written: Sequence[Ranked]) -> dict[str, list[Ranked]]:
    """The postings that each role's figure comes from."""
    used: dict[str, list[Ranked]] = {}
    for group in (collected, written):
        rows: dict[str, list[Ranked]] = {}
        for row in group:
            rows.setdefault(row.right[0], []).append(row)
        for role, found in rows.items():
            if len(found) >= LEAST:
                used.setdefault(role, found)
    return used


def _part(rows: Sequence[Ranked]) -> dict[str, Any]:
    return {
        "count": len(rows),
        "top1": _mean([r.rank == 1 for r in rows]),
        "top2": _mean([0 < r.rank <= 2 for r in rows]),
        "mrr": _mean([1 / r.rank if r.rank else 0.0 for r in rows]),
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _majority(rows: Sequence[Ranked]) -> float | None:
    """What naming the most frequent role for all would give."""
    counts = Counter(r.right[0] for r in rows)
    return round(max(counts.values()) / len(rows), 4) if rows else None


def _most_common_first(rows: Sequence[Ranked]) -> float | None:
    counts = Counter(role for r in rows for role in r.right)
    return round(max(counts.values()) / len(rows), 4) if rows else None


def _confusion(rows: Sequence[Ranked]) -> dict[str, dict[str, int]]:
    table: dict[str, Counter[str]] = {}
    for row in rows:
        table.setdefault(row.right[0], Counter())[row.order[0]] += 1
    return {right: dict(sorted(said.items())) for right, said in sorted(table.items())}


def _wrong(rows: Sequence[Ranked]) -> list[dict[str, Any]]:
    return [
        {
            "name": r.name,
            "title": r.title,
            "right": list(r.right),
            "rank": r.rank,
            "first": [{"role": i, "score": s, "similarity": v} for i, s, v in r.first],
        }
        for r in rows
        if r.rank != 1
    ]


def figures_text(found: dict[str, Any], worst: int = 10) -> str:
    """The figures as text."""
    lines: list[str] = []
    if "postings" in found:
        p = found["postings"]
        lines.append(
            f"postings   macro top-1 {_said(p['macro_top1'])}   top-2 {_said(p['macro_top2'])}   "
            f"MRR {_said(p['macro_mrr'])}   (majority {_said(p['majority_macro_top1'])})"
        )
        for name in ("collected", "written_here"):
            lines.append("  " + _line(name.replace("_", " "), p[name]))
        if p["roles"]:
            lines.append(
                "by role (collected postings where there are five, else those written here)"
            )
        lines += ["  " + _line(role, part) for role, part in p["roles"].items()]
        lines += ["", "confusion (rows: label, columns: first)"]
        lines += _matrix(p["confusion"])
        lines += _errors(p["wrong"], worst)
    if "resumes" in found:
        lines += ["", _line("résumés, one of best_roles first", found["resumes"])]
        lines += _errors(found["resumes"]["wrong"], worst)
    return "\n".join(lines).strip("\n")


def _line(name: str, part: dict[str, Any]) -> str:
    said = (
        f"{name:<24} {part['count']:>4}   top-1 {_said(part['top1'])}   top-2 {_said(part['top2'])}   "
        f"MRR {_said(part['mrr'])}"
    )
    return said + (
        f"   (majority {_said(part['majority_top1'])})" if "majority_top1" in part else ""
    )


def _matrix(table: dict[str, dict[str, int]]) -> list[str]:
    columns = sorted({c for row in table.values() for c in row} | set(table))
    short = {c: f"{i + 1}" for i, c in enumerate(columns)}
    lines = ["  " + " " * 27 + "".join(f"{short[c]:>5}" for c in columns)]
    for c in columns:
        cells = "".join(f"{table.get(c, {}).get(d, 0) or '·':>5}" for d in columns)
        lines.append(f"  {short[c]:>2} {c:<24}{cells}")
    return lines


def _errors(wrong: Sequence[dict[str, Any]], worst: int) -> list[str]:
    lines = [""] if wrong and worst else []
    for w in wrong[:worst]:
        said = ", ".join(f"{f['role']} {f['score']:.0f}/{f['similarity']:.2f}" for f in w["first"])
        title = f" “{w['title']}”" if w["title"] else ""
        lines.append(f"  {w['name']}{title}: {'/'.join(w['right'])} at {w['rank']}; {said}")
    left = len(wrong) - worst
    if left > 0 and worst:
        lines.append(f"  … and {left} more (--worst N, or --format json)")
    return lines


def _said(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
