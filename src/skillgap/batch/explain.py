"""A candidate's explanation: what was looked at, what counted, what did not, and who decides."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from ..errors import ConfigError, FileMissing
from ..report import MatchedInfo, MissingInfo, Report, RoleInfo

_MOST = 8  # matched and missing requirements that are named


def find_report(source: str, candidate: str | None) -> Report:
    """The one report of a file that fits; ConfigError where none or several do."""
    path = Path(source)
    if not path.is_file():
        raise FileMissing(f"There is no file {source}.", "Check the path and its spelling.")
    found: Report | None = None
    for names, text in _reports(path):
        if candidate is None or any(_fits(candidate, name) for name in names):
            if found is not None:
                raise ConfigError("Several reports fit.", "Say which one with --candidate.")
            try:
                found = Report.model_validate_json(text)
            except ValidationError:
                raise ConfigError(f"{source} holds no report of skillgap.", "Give one.") from None
    if found is None:
        raise ConfigError(f"No report of {source} is “{candidate}”.", "Check the name.")
    return found


def _fits(wanted: str, name: str) -> bool:
    return name == wanted or (len(wanted) >= 8 and len(name) == 64 and name.startswith(wanted))


def _reports(path: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    """Names and JSON of each report."""
    with path.open("rb") as file:
        start = file.read(16)
    if start.startswith(b"SQLite format 3"):
        from .ledger import Ledger

        ledger = Ledger.file(path)
        batch = ledger.only_batch()
        for row in ledger.scored(batch["id"], reports=True) if batch else ():
            if row["report"]:
                names = (row["name"], row["candidate"] or row["name"], row["sha256"])
                yield names, zlib.decompress(row["report"]).decode()
        ledger.close()
        return
    try:
        whole = path.read_text(encoding="utf-8") if path.suffix.lower() == ".json" else None
        if whole is not None:
            yield _names(whole), whole
            return
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield _names(line), line
    except (ValueError, KeyError, TypeError):
        raise ConfigError(
            f"{path} holds no report of skillgap.", "Give a .json or .jsonl."
        ) from None


def _names(text: str) -> tuple[str, ...]:
    document = json.loads(text)["document"]
    return (document["name"], document["sha256"])


def letter(report: Report, role: str | None, employer: str, contact: str) -> str:
    """The letter, as Markdown."""
    one = _role(report, role)
    essential = one.coverage.essential
    lines = [
        f"# How your résumé was compared with “{one.label}”",
        "",
        f"A computer program compared the text of your résumé ({report.document.name}) with a list of "
        f"skills for this role. This letter says what it looked at and what came out. {_first(employer)} "
        "decides about your application, and a person makes that decision: the number below is one "
        "thing that this person may look at.",
        "",
        "## What came out",
        "",
        f"- Score: **{one.score:.1f} of 100** ({one.band}).",
        f"- Of {essential.total} essential requirements your text shows {essential.met} in full"
        + (f" and {essential.partial} in part." if essential.partial else "."),
        "",
        "The score says how much of what the role asks for can be read in your résumé. It does not say "
        "how good you are at your work. A skill that you have and did not write down was not counted.",
        "",
        "## What counted",
        "",
        *(_counted(m) for m in one.matched[:_MOST]),
        *_rest(len(one.matched) - _MOST, "that counted"),
        "",
        "## What was not found",
        "",
        *(_not_found(m) for m in sorted(one.missing, key=lambda m: -m.gain)[:_MOST]),
        *_rest(len(one.missing) - _MOST, "that were not found"),
        "",
        "## What was not looked at",
        "",
        "Your name, address, photo, age, sex, origin, family, the names of schools and employers, gaps "
        "and dates had no influence on the score. Nothing outside of this document was used, and your "
        "résumé trains no model.",
        "",
        "## What you can do",
        "",
        f"- If something was read wrongly or is missing, say so to {contact}; it can be corrected and "
        "compared again.",
        "- You can ask for a person to look at your application without this program, and for the "
        "reasons of any decision about you.",
        "",
        "## How it was made",
        "",
        f"skillgap {report.versions.skillgap}, skills list {report.versions.taxonomy}, model "
        f"{report.versions.model}, as of {report.as_of}. The same document gives the same score.",
        *_warnings(report),
        "",
    ]
    return "\n".join(lines)


def _role(report: Report, wanted: str | None) -> RoleInfo:
    if not report.roles:
        raise ConfigError("The report compares with no role.", "Make one with --role.")
    if wanted is None:
        return report.roles[0]
    for role in report.roles:
        if wanted.casefold() in (role.id.casefold(), role.label.casefold()):
            return role
    raise ConfigError(
        f"The report has no role “{wanted}”.",
        "It has: " + ", ".join(r.id for r in report.roles) + ".",
    )


def _counted(m: MatchedInfo) -> str:
    part = ", in part" if m.partial else ""
    return f"- {m.label} ({m.importance}{part}): {m.contribution:.1f} points"


def _not_found(m: MissingInfo) -> str:
    advice = f" {m.advice}" if m.advice else ""
    return f"- {m.label} ({m.importance}): up to {m.gain:.1f} points.{advice}"


def _rest(count: int, what: str) -> list[str]:
    return [f"- and {count} more {what}"] if count > 0 else []


def _warnings(report: Report) -> list[str]:
    if not report.document.warnings:
        return []
    return ["", "The program noted while reading:", ""] + [
        f"- {w.message}" for w in report.document.warnings
    ]


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
