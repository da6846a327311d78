"""What a posting asks beyond skills, and whether a résumé answers it. Shown, never scored.

"no" is said only where the résumé itself shows less than what is asked; what it does not speak of is
unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from ..types import Annotations, Asked, Document, PartialDate, SkillProfile
from .posting_rules import PostingRules, fold_quotes
from .posting_units import Unit

Kind = Literal["years", "degree", "certificate", "language", "location", "authorization"]
LONGEST = 160
_NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {name: number for number, name in enumerate(_NAMES, 1)}
_NUMBER = rf"(\d{{1,2}}|{'|'.join(_WORDS)})"
_YEARS = re.compile(
    rf"(?<![\w$.-]){_NUMBER}\s*(?:\(\d+\))?\s*(?:\+|plus|or more)?\s*(?:(?:-|–|—|to)\s*(\d{{1,2}})\s*\+?\s*)?"
    r"\s*(?:\+\s*)?(?:years?|yrs?)\b(?!\s*(?:old|ago|in a row))",
    re.IGNORECASE,
)
_OR = re.compile(r"\bor\b[^.;]{0,30}\byears\b|\bor a (?:degree|bachelor|master)", re.IGNORECASE)
_WORKING = re.compile(
    r"experience|working|work|background|building|track record|practice|hands-on|in a|in an|role|developing"
    r"|expertise|professional|industry|leading|managing|proven|as a|shipping|with|of\b|in\b",
    re.IGNORECASE,
)


class Demand(NamedTuple):
    """One thing asked beyond skills, before any résumé is looked at."""

    kind: Kind
    text: str  # the posting's own words, cut to a readable length
    number: int = 0  # years, or the rank of a degree
    names: tuple[str, ...] = ()  # skills the years are for, languages, certificates' skill ids
    firm: bool = True  # False: "or equivalent experience", "preferred"


def read_demands(
    document: Document,
    units: tuple[Unit, ...],
    skills_in: Mapping[int, Sequence[str]],
    certificates_in: Mapping[int, Sequence[str]],
    rules: PostingRules,
) -> tuple[Demand, ...]:
    """All demands of a posting in text order; the tables have what is named in each unit."""
    found: dict[tuple[str, str], Demand] = {}
    for index, unit in enumerate(units):
        text = " ".join(document.text[unit.start : unit.end].split())
        skills = tuple(skills_in.get(index, ()))
        certificates = tuple(certificates_in.get(index, ()))
        for demand in _of_unit(text, unit, skills, certificates, rules):
            key = (demand.kind, demand.text.casefold())
            found.setdefault(key, demand)
    return tuple(found.values())


def _of_unit(
    text: str,
    unit: Unit,
    skills: tuple[str, ...],
    certificates: tuple[str, ...],
    rules: PostingRules,
) -> list[Demand]:
    p = rules.patterns
    out: list[Demand] = []
    firm = unit.place != "preferred"
    text = text.rstrip(" .;")
    shown = text if len(text) <= LONGEST else text[: LONGEST - 2].rsplit(" ", 1)[0] + " …"
    if unit.place in ("legal", "process", "benefits", "about", "title", "intro"):
        # Here only place and permission to work are asked: "We hire in Portland", "no sponsorship".
        asks = unit.place in ("legal", "process") and bool(
            re.search(r"must|require|need|able to", text)
        )
        if p.authorization.search(text) and (asks or "sponsor" in text.casefold()):
            out.append(Demand("authorization", shown))
        if unit.place in ("title", "intro") and len(text) < LONGEST and p.location.search(text):
            out.append(Demand("location", shown))
        return out
    years = _YEARS.search(text)
    if years and _WORKING.search(text[years.end() :] + text[: years.start()]):
        least = _number(years[1])
        out.append(Demand("years", shown, least, skills, firm))
    folded = fold_quotes(text)
    ranks = [rank for rank, pattern in p.degrees if pattern.search(text)]
    if ranks:
        if out and _OR.search(text):  # "a master's degree or eight years": neither is a must
            firm = False
            out = [d._replace(firm=False) for d in out]
        firm_here = firm and not p.or_else.search(folded)
        out.append(Demand("degree", shown, min(ranks), (), firm_here))
    if certificates or p.certificate.search(text):
        out.append(Demand("certificate", shown, 0, certificates, firm))
    languages = tuple(dict.fromkeys(m[0].title() for m in p.language.finditer(text)))
    if languages and (unit.place in ("required", "preferred") or p.language_cue.search(text)):
        out.append(Demand("language", shown, 0, languages, firm))
    if p.authorization.search(text):
        out.append(Demand("authorization", shown, 0, (), firm))
    if p.location.search(text) and len(text) < 2 * LONGEST:
        out.append(Demand("location", shown, 0, (), firm))
    return out


def _number(text: str) -> int:
    return _WORDS.get(text.casefold()) or int(text)


def judge(
    demands: tuple[Demand, ...],
    text: str,
    annotations: Annotations,
    profile: SkillProfile,
    rules: PostingRules,
    as_of: PartialDate,
) -> tuple[Asked, ...]:
    """Each demand against a résumé, whose own words are `text`."""
    resume = _Resume(text, annotations, profile, rules, as_of)
    return tuple(Asked(d.kind, d.text, *getattr(resume, d.kind)(d)) for d in demands)


Answer = tuple[Literal["yes", "no", "unknown"], str | None]


class _Resume:
    """Answers one kind of demand each."""

    def __init__(
        self,
        text: str,
        annotations: Annotations,
        profile: SkillProfile,
        rules: PostingRules,
        as_of: PartialDate,
    ) -> None:
        self.text = text
        self.notes, self.profile, self.rules = annotations, profile, rules
        self.months = _months(annotations, as_of)

    def years(self, d: Demand) -> Answer:
        """Months in positions, each calendar month once; or with the skill that is named."""
        total = self.months
        if not total:
            return "unknown", "the positions' dates don't tell"
        need = 12 * d.number
        said = f"{_span(total)} in positions"
        if total < need:
            return ("no" if d.firm else "unknown"), said
        known = [
            (have.months, name)
            for name in d.names
            if (have := self.profile.skills.get(name)) and have.months and have.status == "claimed"
        ]
        if not d.names or any(months >= need for months, _ in known):
            return "yes", said
        return "unknown", f"{said}; how long with what is named is not told"

    def degree(self, d: Demand) -> Answer:
        """The highest degree that the education names."""
        best, said = 0, ""
        for item in self.notes.education:
            for rank, pattern in self.rules.patterns.degrees:
                if rank > best and pattern.search(item.degree):
                    best, said = rank, item.degree
        if best >= d.number:
            return "yes", said
        if not best:
            return "unknown", None
        return ("no" if d.firm else "unknown"), said

    def certificate(self, d: Demand) -> Answer:
        """A certificate that the posting names, or one of any kind in the certificates' section."""
        for name in d.names:
            have = self.profile.skills.get(name)
            if have and have.status == "claimed" and not have.implied:
                return "yes", name
        return "unknown", None

    def language(self, d: Demand) -> Answer:
        """Languages that the résumé names; the one it is written in speaks for itself."""
        there = [
            name
            for name in d.names
            if re.search(rf"\b{re.escape(name)}\b", self.text, re.IGNORECASE)
            or (name == "English" and self.notes.language == "en")
        ]
        if not there:
            return "unknown", None
        every = len(there) == len(d.names) or bool(re.search(r"\bor\b", d.text))
        return ("yes" if every else "unknown"), ", ".join(there)

    def location(self, d: Demand) -> Answer:
        """Whether the place on the résumé is the one that is named; nobody is told where to live."""
        place = self.notes.contact.location
        parts = [w for w in re.split(r"[,;/|]", place) if len(w.strip()) > 2]
        if any(re.search(rf"\b{re.escape(w.strip())}\b", d.text, re.IGNORECASE) for w in parts):
            return "yes", place
        return "unknown", None

    def authorization(self, d: Demand) -> Answer:
        """Only what the résumé says itself."""
        match = self.rules.patterns.authorized.search(self.text)
        return ("yes", match[0]) if match else ("unknown", None)


def _months(annotations: Annotations, as_of: PartialDate) -> int:
    """Calendar months in positions, each once; a year without its month is taken as its middle."""
    months: set[int] = set()
    for entry in annotations.entries:
        end = as_of if entry.current else entry.end
        if entry.kind == "position" and entry.start and end:
            first = entry.start.year * 12 + (entry.start.month or 7)
            months.update(range(first, end.year * 12 + (end.month or 6) + 1))
    return len(months)


def _span(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = [f"{years} year{'s' * (years != 1)}"] if years else []
    parts += [f"{rest} month{'s' * (rest != 1)}"] if rest else []
    return " ".join(parts)
