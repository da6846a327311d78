"""The rules that a taxonomy keeps, beyond the form of its files. Each problem names file and line.

What is checked: references resolve; ids and addresses are unique; a surface form belongs to one skill,
or each that shares it says how to tell; `broader` has no circle; deprecated ids lead somewhere; roles
have 25 to 60 requirements, none of which covers another; human skills carry at most 5 % of a role;
essential and important skills have courses; addresses are on their platform's hosts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..resources import locate
from .files import entry_lines, parse_file
from .load import taxonomy_files
from .relations import ancestors, overlap

HUMAN_SHARE = 0.05
REQUIREMENTS = range(25, 61)
_SEPARATORS = re.compile(r"[\s\u2010-\u2015-]+")
_SEARCH = re.compile(r"[?&](q|query|search|keyword)=|/search(/|\?|$)", re.IGNORECASE)

Problem = tuple[str, int, str]


@dataclass(slots=True)
class Files:
    """All entries with the place of each."""

    skills: dict[str, Any] = field(default_factory=dict)
    roles: dict[str, Any] = field(default_factory=dict)
    courses: dict[str, Any] = field(default_factory=dict)
    projects: dict[str, str] = field(default_factory=dict)
    hosts: dict[str, tuple[str, ...]] = field(default_factory=dict)  # course id → allowed hosts
    places: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def at(self, kind: str, ident: str, what: str) -> None:
        """Note a problem of an entry."""
        path, line = self.places.get((kind, ident), (kind, 1))
        self.problems.append(f"{path}:{line}: {what}")


def check_taxonomy(root: Path) -> list[str]:
    """Every problem of a taxonomy folder as `file:line: what`, in a fixed order; [] if it is sound.

    A folder without a VERSION is an overlay: it is checked together with the built-in taxonomy.
    """
    if not (root / "VERSION").is_file():
        return _check_overlay(root)
    files = read_files(root)
    if not files.problems:
        for rule in RULES:
            rule(files)
    return files.problems


def _check_overlay(root: Path) -> list[str]:
    base, own = read_files(locate("taxonomy")), read_files(root)
    if own.problems:
        return own.problems
    for kind in ("skills", "roles", "courses", "projects", "hosts", "places"):
        getattr(base, kind).update(getattr(own, kind))
    for rule in RULES:
        rule(base)
    mine = str(root)
    return [p for p in base.problems if p.startswith(mine)]


def read_files(root: Path) -> Files:
    """Parse all files; duplicate ids and invalid files become problems."""
    files = Files()
    for kind, path in taxonomy_files(root):
        parsed, found = parse_file(kind, path)
        files.problems += found
        if parsed is None:
            continue
        lines = entry_lines(kind, path)
        for (ident, value), (_, line) in zip(_entries(kind, parsed), lines, strict=False):
            table: dict[str, Any] = getattr(files, kind)
            if ident in table:
                other, there = files.places[kind, ident]
                files.problems.append(f"{path}:{line}: {ident} stands in {other}:{there} too")
            table[ident] = value
            files.places[kind, ident] = (str(path), line)
            if kind == "courses":
                files.hosts[ident] = parsed.hosts
        if kind == "roles":
            for ident, line in lines[1:]:
                files.places["requirement", f"{parsed.id}/{ident}"] = (str(path), line)
    return files


def _entries(kind: str, parsed: Any) -> Iterator[tuple[str, Any]]:
    if kind == "roles":
        yield parsed.id, parsed
    elif kind == "projects":
        yield from ((p.skill, p.project) for p in parsed.projects)
    else:
        yield from ((entry.id, entry) for entry in getattr(parsed, kind))


def references(files: Files) -> None:
    """Each id that an entry names exists."""
    for ident, skill in files.skills.items():
        named = [*skill.broader, *skill.related, *(i.skill for i in skill.implies)]
        for other in [*named, *([skill.replacedBy] if skill.replacedBy else [])]:
            if other not in files.skills:
                files.at("skills", ident, f"{ident} names the unknown skill {other}")
            elif other == ident:
                files.at("skills", ident, f"{ident} names itself")
    for role_id, role in files.roles.items():
        for requirement in role.requirements:
            for member in requirement.anyOf or (requirement.skill,):
                if member not in files.skills:
                    key = f"{role_id}/{requirement.skill or requirement.id}"
                    files.at("requirement", key, f"unknown skill {member}")
    for ident, course in files.courses.items():
        for other in [*(s.skill for s in course.skills), *course.prerequisites]:
            if other not in files.skills:
                files.at("courses", ident, f"{ident} names the unknown skill {other}")
        for other in course.replacedBy:
            if other not in files.courses:
                files.at("courses", ident, f"{ident} names the unknown course {other}")
    for ident in files.projects:
        if ident not in files.skills:
            files.at("projects", ident, f"project for the unknown skill {ident}")


def hierarchy(files: Files) -> None:
    """`broader` has no circle; deprecated skills lead to an active one, or say why not."""
    for ident in files.skills:
        if ident in ancestors(ident, files.skills):
            files.at("skills", ident, f"{ident} is broader than itself, in a circle")
    for ident, skill in files.skills.items():
        if skill.status == "deprecated" and not (skill.replacedBy or skill.note):
            files.at("skills", ident, f"{ident} is deprecated: say replacedBy, or why in note")
        seen, at = {ident}, skill.replacedBy
        while at and at in files.skills and at not in seen:
            seen.add(at)
            at = files.skills[at].replacedBy
        if at in seen:
            files.at("skills", ident, f"{ident} is replaced in a circle")
        above = ancestors(ident, files.skills)
        for other in skill.related:
            if other in above:  # SKOS S27: related and broader (over any steps) exclude each other
                files.at(
                    "skills", ident, f"{ident} is related to {other}, which is broader than it"
                )
        if skill.status == "active" and skill.replacedBy:
            files.at("skills", ident, f"{ident} is active and has replacedBy")


def squeezed(form: str) -> str:
    """A surface form as the matcher compares it: case, spaces and hyphens aside."""
    return _SEPARATORS.sub("", form.casefold())


def surface_forms(files: Files) -> None:
    """A form stands in one skill, unless each that shares it declares how to tell."""
    owners: dict[str, list[tuple[str, str]]] = {}
    for ident, skill in files.skills.items():
        mine: dict[str, str] = {}
        for label in (skill.prefLabel, *skill.altLabels, *skill.hiddenLabels):
            mine.setdefault(squeezed(label), label)
        declared = {squeezed(f.text) for f in skill.forms}
        for key in declared - set(mine):
            form = next(f.text for f in skill.forms if squeezed(f.text) == key)
            files.at("skills", ident, f"{ident} has a rule for “{form}”, which is no label of it")
        for key, label in mine.items():
            owners.setdefault(key, []).append((ident, label))
            if len(key) <= 2 and key not in declared:
                files.at(
                    "skills", ident, f"{ident}: “{label}” is so short that it needs a form rule"
                )
    for key, shared in owners.items():
        for ident, label in shared if len(shared) > 1 else ():
            if key not in {squeezed(f.text) for f in files.skills[ident].forms}:
                others = ", ".join(o for o, _ in shared if o != ident)
                files.at(
                    "skills",
                    ident,
                    f"“{label}” of {ident} is a form of {others} too, without a rule",
                )


def sentences(files: Files) -> None:
    """The two sentences of a form rule hold the form, and differ."""
    for ident, skill in files.skills.items():
        for form in skill.forms:
            for sentence in (*form.positive, *form.negative):
                if squeezed(form.text) not in squeezed(sentence):
                    files.at(
                        "skills",
                        ident,
                        f"{ident}: “{form.text}” is not in its sentence “{sentence}”",
                    )
            if set(form.positive) & set(form.negative):
                files.at(
                    "skills", ident, f"{ident}: “{form.text}” has one sentence for both senses"
                )


def role_shape(files: Files) -> None:
    """25 to 60 requirements, no two of them the same or one inside the other, human skills ≤ 5 %."""
    for role_id, role in files.roles.items():
        asked = role.requirements
        if len(asked) not in REQUIREMENTS:
            files.at("roles", role_id, f"{role_id} has {len(asked)} requirements, not 25 to 60")
        total = sum(r.weight for r in asked)
        human = sum(
            r.weight
            for r in asked
            if all(
                m in files.skills and files.skills[m].kind == "soft_skill"
                for m in r.anyOf or (r.skill,)
            )
        )
        if human > HUMAN_SHARE * total + 1e-9:
            files.at(
                "roles", role_id, f"human skills carry {human / total:.1%} of {role_id}, over 5 %"
            )
        seen: dict[str, str] = {}
        for requirement in asked:
            ident = requirement.skill or requirement.id
            for member in requirement.anyOf or (requirement.skill,):
                if member in seen:
                    files.at(
                        "requirement",
                        f"{role_id}/{ident}",
                        f"{member} is asked for in {seen[member]} too",
                    )
                seen.setdefault(member, ident)
        for one, other, why in overlap(role, files.skills):
            files.at("requirement", f"{role_id}/{one}", f"{one} and {other} overlap: {why}")


def course_addresses(files: Files) -> None:
    """Addresses are unique, on a host of their platform, and no search pages."""
    seen: dict[str, str] = {}
    for ident, course in files.courses.items():
        address = course.url.rstrip("/").casefold()
        if address in seen:
            files.at("courses", ident, f"{ident} has the address of {seen[address]}")
        seen.setdefault(address, ident)
        host = urlsplit(course.url).hostname or ""
        if not any(host == h or host.endswith("." + h) for h in files.hosts[ident]):
            files.at("courses", ident, f"{ident}: {host} is no host of {course.platform}")
        if _SEARCH.search(course.url):
            files.at("courses", ident, f"{ident}: a search page is no course")
        if course.status == "retired" and course.rating is None and not course.note:
            files.at("courses", ident, f"{ident} is retired: say why in note")


def course_coverage(files: Files) -> None:
    """Essential and important hard skills have two courses, one of them free; human skills one."""
    teaching: dict[str, list[Any]] = {}
    for course in files.courses.values():
        if course.status == "active":
            for covered in course.skills:
                teaching.setdefault(covered.skill, []).append(course)
    for role_id, role in files.roles.items():
        for requirement in role.requirements:
            members = requirement.anyOf or (requirement.skill,)
            offered = {c.id: c for m in members for c in teaching.get(m, ())}
            ident = requirement.skill or requirement.id
            human = all(files.skills[m].kind == "soft_skill" for m in members if m in files.skills)
            key = f"{role_id}/{ident}"
            if human:
                if requirement.importance != "useful" and not offered:
                    files.at("requirement", key, f"no course for {ident}")
            elif requirement.importance != "useful":
                if len(offered) < 2:
                    files.at("requirement", key, f"{len(offered)} course(s) for {ident}, not two")
                elif not any(c.access == "full" for c in offered.values()):
                    files.at("requirement", key, f"no free course for {ident}")
            proven = any(m in files.projects for m in members)
            if requirement.importance == "essential" and not human and not proven:
                files.at("requirement", key, f"no proof project for {ident}")


RULES: tuple[Callable[[Files], None], ...] = (
    references,
    hierarchy,
    surface_forms,
    sentences,
    role_shape,
    course_addresses,
    course_coverage,
)
