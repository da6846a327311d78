"""A résumé as data: what was read, in the JSON Resume schema (jsonresume.org, version 1.0.0).

Only what the document says is written: an unknown field is left out, never filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from .redact import Redactor
from .taxonomy.model import Taxonomy
from .types import (
    Annotations,
    Document,
    Education,
    Entry,
    PartialDate,
    SectionKind,
    SkillProfile,
)

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
_BULLET = re.compile(r"^\s*(?:[•●○◦∙▪■►▸➢❖✓·*‣⁃\ue000-\uf8ff]+\s*|[-–—]\s+)")
_NETWORKS = {
    "linkedin.com": "LinkedIn",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "kaggle.com": "Kaggle",
    "huggingface.co": "Hugging Face",
    "stackoverflow.com": "Stack Overflow",
    "medium.com": "Medium",
    "twitter.com": "Twitter",
    "x.com": "X",
    "orcid.org": "ORCID",
}
_LEVEL = re.compile(r"\s*[(:–—-]\s*")


def to_json_resume(
    document: Document,
    annotations: Annotations,
    profile: SkillProfile,
    taxonomy: Taxonomy,
    redact: bool = False,
) -> dict[str, Any]:
    """The JSON Resume object of one reading; `redact` leaves name and contact data out."""
    hide = Redactor(document, annotations.contact, redact)
    of_kind: dict[str, list[Entry]] = {"position": [], "project": [], "volunteering": []}
    for entry in annotations.entries:
        of_kind[entry.kind].append(entry)

    def items(kind: SectionKind) -> list[str]:
        return [
            hide.text(text, start)
            for section in annotations.sections
            if section.kind == kind
            for text, start in _lines(document, section.body, section.end)
        ]

    made: dict[str, Any] = {
        "$schema": SCHEMA,
        "basics": _basics(document, annotations, hide, redact),
        "work": [_work(e, document, hide, "name", "position") for e in of_kind["position"]],
        "volunteer": [
            _work(e, document, hide, "organization", "position") for e in of_kind["volunteering"]
        ],
        "education": [_education(e, hide) for e in annotations.education],
        "awards": [{"title": text} for text in items("awards")],
        "certificates": [{"name": text} for text in items("certifications")],
        "publications": [{"name": text} for text in items("publications")],
        "skills": _skills(profile, taxonomy),
        "languages": [_language(text) for line in items("languages") for text in _listed(line)],
        "interests": [{"name": text} for line in items("interests") for text in _listed(line)],
        "projects": [_work(e, document, hide, "name", "") for e in of_kind["project"]],
    }
    return {key: value for key, value in made.items() if value}


def _basics(
    document: Document, annotations: Annotations, hide: Redactor, redact: bool
) -> dict[str, Any]:
    contact = annotations.contact
    basics: dict[str, Any] = {}
    if not redact:
        basics = {"name": contact.name, "email": contact.email, "phone": contact.phone}
        if contact.location:
            city, _, region = contact.location.partition(",")
            basics["location"] = _kept({"city": city.strip(), "region": region.strip()})
        profiles = [_profile(link) for link in contact.links]
        basics["profiles"] = [p for p in profiles if p]
        others = [_url(k) for k, p in zip(contact.links, profiles, strict=True) if not p]
        basics["url"] = others[0] if others else ""
    current = [e for e in annotations.entries if e.kind == "position" and e.current and e.title]
    basics["label"] = hide.plain(current[0].title) if current else ""
    summary = next((s for s in annotations.sections if s.kind == "summary"), None)
    if summary is not None:
        basics["summary"] = _flat(
            hide.text(document.text[summary.body : summary.end], summary.body)
        )
    return _kept(basics)


def _work(
    entry: Entry, document: Document, hide: Redactor, organization: str, position: str
) -> dict[str, Any]:
    if entry.kind == "project":
        names = {"name": hide.plain(entry.title), "entity": hide.plain(entry.organization)}
    else:
        names = {
            organization: hide.plain(entry.organization),
            position: hide.plain(entry.title),
            "location": hide.plain(entry.location) if entry.kind == "position" else "",
        }
    return _kept(
        {
            **names,
            "startDate": _date(entry.start),
            "endDate": _date(entry.end),
            "highlights": [
                hide.text(text, start)
                for text, start, bullet in _paragraphs(document, *entry.span)
                if bullet
            ],
        }
    )


def _education(study: Education, hide: Redactor) -> dict[str, Any]:
    return _kept(
        {
            "institution": hide.plain(study.institution),
            "area": hide.plain(study.field),
            "studyType": hide.plain(study.degree),
            "startDate": _date(study.start),
            "endDate": _date(study.end),
        }
    )


def _skills(profile: SkillProfile, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """One item for each group of the taxonomy, with the claimed skills' labels as keywords."""
    groups: dict[str, list[str]] = {}
    for ident, skill in sorted(profile.claimed().items()):
        known = taxonomy.skills.get(ident)
        if known is not None and not skill.implied:
            groups.setdefault(known.group, []).append(known.label)
    return [
        {"name": taxonomy.groups.get(group, group), "keywords": sorted(labels, key=str.casefold)}
        for group, labels in sorted(groups.items())
    ]


def _language(text: str) -> dict[str, str]:
    """Read “German (fluent)”, “German: C1”, “German – native”."""
    name, *level = _LEVEL.split(text.rstrip(") "), maxsplit=1)
    return _kept({"language": name.strip(), "fluency": level[0].strip() if level else ""})


def _profile(link: str) -> dict[str, str]:
    bare = re.sub(r"^(?:https?://)?(?:www\.|[a-z]{2}\.)?", "", link.strip().rstrip("/"), flags=re.I)
    host, _, path = bare.partition("/")
    network = _NETWORKS.get(host.lower())
    if network is None:
        return {}
    return _kept({"network": network, "username": path.split("/")[-1], "url": _url(link)})


def _url(link: str) -> str:
    full = link if re.match(r"https?://", link, re.IGNORECASE) else f"https://{link}"
    return quote(full, safe=":/?#[]@!$&'()*+,;=%~-._")


def _date(date: PartialDate | None) -> str:
    return str(date) if date else ""


def _paragraphs(document: Document, start: int, end: int) -> list[tuple[str, int, bool]]:
    """Bullets and lines of a span, wrapped lines joined: (text, its offset, whether it is a bullet)."""
    out: list[tuple[str, int, bool]] = []
    for line in document.lines:
        if line.end <= start or line.start >= end or line.furniture:
            continue
        raw = document.line_text(line)
        mark = _BULLET.match(raw)
        text = raw[mark.end() :] if mark else raw
        if mark:
            out.append((text.strip(), line.start + mark.end(), True))
        elif out and out[-1][2] and not _apart(document, line.start):
            before, at, _ = out[-1]
            out[-1] = (f"{before} {text.strip()}", at, True)
        else:
            out.append((text.strip(), line.start, False))
    return [(_flat(text), at, bullet) for text, at, bullet in out if text]


def _apart(document: Document, offset: int) -> bool:
    return document.text[max(0, offset - 2) : offset] == "\n\n"


def _lines(document: Document, start: int, end: int) -> list[tuple[str, int]]:
    return [(text, at) for text, at, _ in _paragraphs(document, start, end)]


def _listed(line: str) -> Iterable[str]:
    return [t.strip(" .") for t in re.split(r"[,;|•·\t]", line) if t.strip(" .")]


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _kept(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}


__all__ = ["SCHEMA", "to_json_resume"]
