"""Dates and date ranges in the forms that résumés use.

A range says when something began and ended, to the month where the document does. "Present" has no
end and counts up to `as_of`. Nothing is invented: an ambiguous day/month order gives the year alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..types import PartialDate

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
FUTURE = 10  # years ahead that a date may lie; "2048" is a game
_MONTH = {name: i for i, name in enumerate(_NAMES.split(), 1)}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}
_M = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_Y = r"(?:19[5-9]\d|20[0-4]\d)"
_ORD = r"(?:st|nd|rd|th)?"
_NOW = (
    r"(?:present(?:\s+day)?|current(?:ly)?|now|ongoing|on-going|in\s+progress|today|"
    r"(?:un)?till?\s+(?:date|now|today|present)|to\s+date|date)"
)
# The dash may be a hyphen that a PDF reader could not map (U+FFFE) or a soft hyphen.
_DASH = "[-–—−‐‑‒―~→﹣\ufffe\u00ad]"


def _atom(tag: str) -> str:
    """One date; its parts are named groups that end in `tag`."""
    return (
        rf"(?:(?:\d{{1,2}}\s?{_ORD}\s+(?:of\s+)?)?(?P<mon{tag}>{_M})(?:\s+\d{{1,2}}{_ORD},)?"
        rf"(?:[\s,/\-–]|of\s)*(?P<y1{tag}>{_Y}|['’‘`]\s?\d\d|(?<=[-/ ])\d\d(?![\d,]|\s+{_Y}))"
        rf"|(?P<sea{tag}>spring|summer|fall|autumn|winter)(?:\s+(?:semester|term))?,?\s*(?:of\s+)?"
        rf"(?P<y2{tag}>{_Y}|['’]\d\d)"
        rf"|q(?P<q1{tag}>[1-4])[\s,/\-–]*(?P<y3{tag}>{_Y}|['’]\d\d)"
        rf"|(?P<y4{tag}>{_Y})[\s,/-]*q(?P<q2{tag}>[1-4])"
        rf"|(?P<a{tag}>\d{{1,2}})[/.-](?P<b{tag}>\d{{1,2}})[/.-](?P<y5{tag}>{_Y})"
        rf"|(?P<m1{tag}>0?[1-9]|1[0-2])\s?[/.\-–]\s?(?P<y6{tag}>{_Y})"
        rf"|(?P<y7{tag}>{_Y})[/.\-–](?P<m2{tag}>0[1-9]|1[0-2])(?:[/.-]\d\d)?(?![\d])"
        rf"|(?P<m4{tag}>{_M})\s*(?P<y9{tag}>{_Y})"
        rf"|(?P<y8{tag}>{_Y}))"
    )


_EDGE = r"(?<![\w/.,$€£#+%-])"
_RANGE = re.compile(
    rf"{_EDGE}(?:(?P<lead>since|from|as\s+of|starting)\s*:?\s+)?"
    rf"(?:{_atom('')}|(?P<alone>{_M})|['’‘](?P<ap>\d\d)(?=\s?{_DASH}\s?['’‘]\d\d)|(?P<mm>0?[1-9]|1[0-2])/(?P<yy>\d\d)(?=\s?{_DASH}|\s+to\s))"
    rf"(?:(?P<sep>\s*(?:{_DASH}{{1,3}}|\bto\b\s*{_DASH}?|\btill?\b|\buntil\b|\bthrough\b|\bthru\b)\s*"
    rf"|(?<=\d)[ \t]+(?={_M}\s*\d))"
    rf"(?:(?P<now>{_NOW})\b|{_atom('_')}|(?P<short>\d\d)(?![\d/.%,]|\s*{_DASH}\s*\d)"
    rf"|['’‘](?P<ap_>\d\d)|(?P<mm_>0?[1-9]|1[0-2])/(?P<yy_>\d\d)(?!\d))"
    rf"|(?P<open>\s*(?:{_DASH}{{1,3}}|\bto\b)\s*(?:…|\.\.\.|\?|(?=[)\]])|$)))?(?![\w%])",
    re.IGNORECASE | re.MULTILINE,
)
_YEARISH = re.compile(rf"{_Y}|['’‘`]\s?\d\d|\d/\d\d|(?<=[a-z.][- ])\d\d\b", re.IGNORECASE)
_DANGLING = re.compile(rf"(?:{_DASH}|\bto)\s*(?:{_M})?\s*$", re.IGNORECASE)
_DIGITS = re.compile(rf"(?<!\d)(\d{{1,2}})[/.-](\d{{1,2}})[/.-]{_Y}(?!\d)")
_EXPECTED = re.compile(
    r"(?:expected|anticipated|prospective|projected|graduating|exp\.)[\s\w]{0,22}[:,]?\s*$", re.I
)
_EXPECTED_AFTER = re.compile(r"\s*[\[(]?\s*(?:expected|anticipated|exp\.)", re.IGNORECASE)


class DateRange(NamedTuple):
    """When something was. A single date has `start` None and `end` the date (`single`)."""

    start: PartialDate | None
    end: PartialDate | None  # None where `current`
    current: bool
    months: int | None  # inclusive; None where the dates don't tell
    span: tuple[int, int]
    single: bool = False
    expected: bool = False


def month_index(date: PartialDate, *, ends: bool) -> int:
    """Months since year 0; a year alone stands for its middle (from July, or until June)."""
    month = date.month or (6 if ends else 7)
    return date.year * 12 + month - 1


def count_months(start: PartialDate | None, end: PartialDate | None) -> int | None:
    """The inclusive number of months: Jan–Mar is 3, 2018–2020 is 24, 2018–2018 unknown (None)."""
    if start is None or end is None:
        return None
    months = month_index(end, ends=True) - month_index(start, ends=False) + 1
    return months if months > 0 else None


def find_dates(
    text: str, as_of: PartialDate, start: int = 0, end: int | None = None
) -> list[DateRange]:
    """All dates and ranges between two offsets, in order; spans are offsets into `text`."""
    stop = len(text) if end is None else end
    found: list[DateRange] = []
    done = start
    for hint in _YEARISH.finditer(text, start, stop):
        if hint.start() < done:
            continue
        # a date begins at most this far before its first year, and may go on in the next line
        line = text.find("\n", hint.end(), stop)
        window = stop if line < 0 else line
        if line >= 0 and _DANGLING.search(text, hint.end(), line):
            follow = text.find("\n", line + 1, stop)
            window = stop if follow < 0 else follow
        low = max(done, text.rfind("\n", start, hint.start()) + 1, hint.start() - 40)
        for match in _RANGE.finditer(text, low, window):
            done = match.end()
            read = _read(match, as_of, text)
            if read is not None and (read.end or as_of).year <= as_of.year + FUTURE:
                found.append(read)
            if line >= 0 and done >= line:
                break
        done = max(done, hint.end() if line < 0 else line)
    return found


def _year(raw: str) -> int:
    digits = raw.strip(" '’‘`")
    if len(digits) == 4:
        return int(digits)
    short = int(digits)
    return 2000 + short if short < 60 else 1900 + short


def _date(g: dict[str, str | None], tag: str, text: str, *, ends: bool) -> PartialDate | None:
    """The date of one atom, or None where the groups are empty."""
    if g["mon" + tag]:
        return PartialDate(_year(g["y1" + tag] or ""), _month(g["mon" + tag] or ""))
    if g["m4" + tag]:
        return PartialDate(_year(g["y9" + tag] or ""), _month(g["m4" + tag] or ""))
    if g["sea" + tag]:
        season = _SEASONS.get((g["sea" + tag] or "").lower())
        return PartialDate(_year(g["y2" + tag] or ""), season[ends] if season else 0)
    for quarter, year in (("q1", "y3"), ("q2", "y4")):
        if g[quarter + tag]:
            last = int(g[quarter + tag] or 0) * 3
            return PartialDate(_year(g[year + tag] or ""), last if ends else last - 2)
    if g["y5" + tag]:
        a, b = int(g["a" + tag] or 0), int(g["b" + tag] or 0)
        month = b if a > 12 >= b else a if b > 12 >= a else a if a == b <= 12 else 0
        if not month and a <= 12 and b <= 12:
            order = _day_order(text)
            month = b if order == "day" else a if order == "month" else 0
        return PartialDate(_year(g["y5" + tag] or ""), month)
    if g["y6" + tag]:
        return PartialDate(_year(g["y6" + tag] or ""), int(g["m1" + tag] or 0))
    if g["y7" + tag]:
        return PartialDate(_year(g["y7" + tag] or ""), int(g["m2" + tag] or 0))
    if g["y8" + tag]:
        return PartialDate(_year(g["y8" + tag] or ""))
    return None


@lru_cache(maxsize=8)
def _day_order(text: str) -> str:
    """What a document's dates in digits begin with, told by those that can't be read both ways."""
    pairs = [(int(a), int(b)) for a, b in _DIGITS.findall(text)]
    day, month = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    return "" if day == month else "day" if day else "month"


def _month(raw: str) -> int:
    return _MONTH[raw.lower()[:3]]


def _read(match: re.Match[str], as_of: PartialDate, text: str) -> DateRange | None:
    g = match.groupdict()
    span = match.span()
    first = _date(g, "", text, ends=False)
    if g["mm"]:
        first = PartialDate(_year(g["yy"] or ""), int(g["mm"]))
    last = _date(g, "_", text, ends=True)
    if g["mm_"]:
        last = PartialDate(_year(g["yy_"] or ""), int(g["mm_"]))
    if g["ap"] and g["ap_"]:
        first, last = PartialDate(_year(g["ap"])), PartialDate(_year(g["ap_"]))
    if g["alone"]:  # "May – Aug 2020": the year stands once
        if last is None:
            return None
        first = PartialDate(last.year, _month(g["alone"]))
    if first is None:
        return None
    current = bool(g["now"] or g["open"])
    if g["short"]:  # "2018–20"
        if first.month:
            return None
        last = PartialDate(first.year // 100 * 100 + int(g["short"]))
    if current or (g["lead"] and last is None and g["lead"].lower() != "as of"):
        return DateRange(first, None, True, count_months(first, as_of), span)
    expected = bool(
        _EXPECTED.search(text, max(0, span[0] - 40), span[0])
        or _EXPECTED_AFTER.match(text, span[1])
    )
    if last is None:
        if g["sea"] or g["q1"] or g["q2"]:
            last = _date(g, "", text, ends=True)
            return DateRange(first, last, False, count_months(first, last), span, False, expected)
        if (g["y1"] or "").strip().isdigit() and len(g["y1"] or "") == 2 and "-" not in match[0]:
            return None  # "May 12" is a day
        return DateRange(None, first, False, None, span, True, expected)
    if month_index(last, ends=True) < month_index(first, ends=False) and last.year <= first.year:
        if (last.year, last.month) != (first.year, 0) and last.year != first.year:
            return None  # a descending pair is no range
        if last.month and first.month:
            return None
    return DateRange(first, last, False, count_months(first, last), span, False, expected)
