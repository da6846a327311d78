"""Positions told in sentences: “Worked as a nurse at Oldtown Clinic from May 2014 to June 2016.”"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..types import Document
from .dates import DateRange
from .heads import Head
from .lexicon import Lexicon, plain
from .pieces import tidy
from .places import cut_place

_LONGEST = 220  # characters from the verb to the date
_WORKED = re.compile(
    r"(?:\A|\n)[^\w\n]{0,4}(?:I\s+)?(?:(?:have|had|am|was)\s+)?(?:been\s+)?"
    r"(?:(?:currently|presently|previously|formerly|also)\s+)?"
    r"(?:worked|working|work|served|serving|employed)\s+"
    r"((?:[^\n•]|\n(?![-•*\n])){4,200}?)"
    r"[\s,(:]*(?:from|since|during|between|for\s+the\s+period(?:\s+of)?)?[\s,(:]*\Z",
    re.IGNORECASE,
)
_ARTICLE = r"(?:an?\s+|the\s+)?"
_AS_FIRST = re.compile(rf"as\s+{_ARTICLE}(.+)", re.IGNORECASE | re.DOTALL)
_AS_LAST = re.compile(
    rf"(?:with|at|in|for)\s+{_ARTICLE}(.+?)\s+as\s+{_ARTICLE}(.+)", re.IGNORECASE | re.DOTALL
)
_WHERE = re.compile(r"\s+(?:at|with)\s+", re.IGNORECASE)
_WHERE_ELSE = re.compile(r"\s+(?:in|for)\s+", re.IGNORECASE)


class Told(NamedTuple):
    """A position that a sentence tells."""

    head: Head
    date: DateRange
    start: int  # where its sentence begins


def told_positions(
    document: Document, start: int, end: int, dates: list[DateRange], lexicon: Lexicon
) -> list[Told]:
    """The positions between two offsets that sentences of the usual form tell."""
    out: list[Told] = []
    for date in dates:
        if date.single:
            continue
        low = max(start, date.span[0] - _LONGEST)
        before = document.text[low : min(date.span[0], end)]
        at = max(before.lower().rfind(verb) for verb in ("work", "serv", "employed"))
        line = before.rfind("\n", 0, at) if at >= 0 else -1
        match = _WORKED.search(before, max(line, 0)) if at >= 0 else None
        head = _head(match[1], lexicon) if match else None
        if match and head:
            out.append(Told(head, date, low + match.start() + match[0].startswith("\n")))
    return out


def _head(said: str, lexicon: Lexicon) -> Head | None:
    last = _AS_LAST.fullmatch(said)
    if last:
        return _checked(last[2], last[1], lexicon)
    first = _AS_FIRST.fullmatch(said)
    if not first:
        return None
    parts = _WHERE.split(first[1], maxsplit=1)
    if len(parts) < 2:
        parts = _WHERE_ELSE.split(first[1], maxsplit=1)
    return _checked(parts[0], parts[1], lexicon) if len(parts) == 2 else None


def _checked(title: str, organization: str, lexicon: Lexicon) -> Head | None:
    title, organization = tidy(title), tidy(organization)
    name, place = cut_place(organization, lexicon)
    organization = name or organization
    named = bool(lexicon.title_word.search(plain(title))) or title[:1].isupper()
    if not named or title.count(" ") > 7 or organization.count(" ") > 9:
        return None
    if not organization[:1].isupper() and not organization[:1].isdigit():
        return None
    return Head(title, organization, place)
