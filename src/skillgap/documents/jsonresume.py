"""JSON Resume (jsonresume.org, schema 1.0.0): data in, a readable text out, section by section."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from skillgap.documents.decode import decode
from skillgap.documents.flow import Block, Flow
from skillgap.errors import CorruptDocument, UnsupportedFormat

_KEYS = frozenset(("basics", "work", "volunteer", "education", "awards", "certificates", "publications",
                   "skills", "languages", "interests", "references", "projects"))  # fmt: skip
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def read_jsonresume(data: bytes) -> Flow:
    """The object, and its text in the usual order of sections."""
    try:
        value = json.loads(decode(data))
    except RecursionError:
        raise CorruptDocument(
            "The JSON is nested without end.", "Export the résumé again."
        ) from None
    except ValueError as error:
        raise CorruptDocument(
            f"The JSON breaks off or is malformed: {error}.", "Check it."
        ) from None
    if not isinstance(value, dict) or len(_KEYS & value.keys()) < 1:
        raise UnsupportedFormat(
            "This JSON is no résumé in the JSON Resume form.",
            "It needs keys such as basics, work and skills: see jsonresume.org/schema.",
        )
    out: list[Block] = []
    basics = _map(value.get("basics"))
    _basics(basics, out)
    _section("Experience", _dated(value, "work", ("position",), ("name", "company")), out)
    _section("Projects", _dated(value, "projects", ("name",), ("entity",)), out)
    _section("Volunteering", _dated(value, "volunteer", ("position",), ("organization",)), out)
    _section("Education", _education(value), out)
    _section("Skills", _listed(value, "skills", "keywords", "level"), out)
    _section("Certifications", _short(value, "certificates", "issuer"), out)
    _section("Publications", _short(value, "publications", "publisher"), out)
    _section("Awards", _short(value, "awards", "awarder"), out)
    _section("Languages", _languages(value), out)
    _section("Interests", _listed(value, "interests", "keywords", ""), out)
    _section("References", _references(value), out)
    return Flow(out, data=value)


def _map(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _items(value: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    found = value.get(key)
    return (
        [v if isinstance(v, dict) else {"name": v} for v in found]
        if isinstance(found, list)
        else []
    )


def _str(value: object) -> str:
    return (
        " ".join(str(value).split())
        if isinstance(value, str | int | float) and not isinstance(value, bool)
        else ""
    )


def _first(item: Mapping[str, object], keys: Iterable[str]) -> str:
    return next((s for s in (_str(item.get(k)) for k in keys) if s), "")


def _strings(value: object) -> list[str]:
    return [s for s in map(_str, value) if s] if isinstance(value, list) else []


def _date(value: object) -> str:
    m = re.match(r"(\d{4})(?:-(\d{1,2}))?", _str(value))
    if not m:
        return _str(value)
    month = int(m[2]) if m[2] else 0
    return f"{_MONTHS[month - 1]} {m[1]}" if 1 <= month <= 12 else m[1]


def _span(item: Mapping[str, object]) -> str:
    start, end = _date(item.get("startDate")), _date(item.get("endDate"))
    if start:
        return f"{start} – {end or 'Present'}"
    return end


def _basics(basics: Mapping[str, object], out: list[Block]) -> None:
    if name := _str(basics.get("name")):
        out.append(Block(name, bold=True))
    if label := _str(basics.get("label")):
        out.append(Block(label))
    place = _map(basics.get("location"))
    where = ", ".join(
        s for s in (_str(place.get(k)) for k in ("city", "region", "countryCode")) if s
    )
    reach = [_str(basics.get(k)) for k in ("email", "phone", "url", "website")] + [where]
    out.append(Block(" | ".join(s for s in reach if s)))
    links = [_first(p, ("url", "username")) for p in _items(basics, "profiles")]
    out.append(Block(" | ".join(s for s in links if s)))
    if summary := _str(basics.get("summary")):
        out.append(Block("Summary", level=2, bold=True, gap=True))
        out.append(Block(summary))


def _section(title: str, body: list[Block], out: list[Block]) -> None:
    if body:
        out.append(Block(title, level=2, bold=True, gap=True))
        out.extend(body)


def _dated(
    value: Mapping[str, object], key: str, title: tuple[str, ...], org: tuple[str, ...]
) -> list[Block]:
    out: list[Block] = []
    for item in _items(value, key):
        what = _first(item, title) or ", ".join(_strings(item.get("roles")))
        who = _first(item, org)
        head = " | ".join(s for s in (what, who, _str(item.get("location"))) if s)
        when = _span(item)
        out.append(Block("\t".join(s for s in (head, when) if s), bold=True, gap=True))
        for k in ("description", "summary"):
            if text := _str(item.get(k)):
                out.append(Block(text))
        out.extend(Block("• " + s) for s in _strings(item.get("highlights")))
        if words := _strings(item.get("keywords")):
            out.append(Block("Technologies: " + ", ".join(words)))
    return out


def _education(value: Mapping[str, object]) -> list[Block]:
    out: list[Block] = []
    for item in _items(value, "education"):
        field = _str(item.get("area"))
        degree = " in ".join(s for s in (_first(item, ("studyType",)), field) if s)
        head = ", ".join(s for s in (degree, _first(item, ("institution", "name"))) if s)
        out.append(Block("\t".join(s for s in (head, _span(item)) if s), bold=True, gap=True))
        if courses := _strings(item.get("courses")):
            out.append(Block("Coursework: " + ", ".join(courses)))
    return out


def _listed(value: Mapping[str, object], key: str, inner: str, level: str) -> list[Block]:
    out: list[Block] = []
    for item in _items(value, key):
        name, words = _str(item.get("name")), ", ".join(_strings(item.get(inner)))
        grade = _str(item.get(level)) if level else ""
        head = f"{name} ({grade})" if name and grade else name
        out.append(Block(f"{head}: {words}" if head and words else head or words))
    return out


def _short(value: Mapping[str, object], key: str, by: str) -> list[Block]:
    out: list[Block] = []
    for item in _items(value, key):
        head = " – ".join(s for s in (_first(item, ("name", "title")), _str(item.get(by))) if s)
        when = _date(item.get("date") or item.get("releaseDate"))
        out.append(Block("• " + "\t".join(s for s in (head, when) if s)))
        if text := _str(item.get("summary")):
            out.append(Block(text))
    return out


def _languages(value: Mapping[str, object]) -> list[Block]:
    found = [
        (_first(i, ("language", "name")), _str(i.get("fluency")))
        for i in _items(value, "languages")
    ]
    return [Block(f"{name} ({grade})" if grade else name) for name, grade in found if name]


def _references(value: Mapping[str, object]) -> list[Block]:
    found = [(_str(i.get("name")), _str(i.get("reference"))) for i in _items(value, "references")]
    return [Block(": ".join(s for s in pair if s)) for pair in found if any(pair)]
