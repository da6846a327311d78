"""Courses of study: degree, field, institution and dates from the education sections."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from ..types import Document, Education, PartialDate, Section
from .dates import DateRange, find_dates
from .lexicon import Lexicon, plain
from .lines import Layout, is_prose
from .places import cut_place, is_place
from .rows import Row, make_rows, row_cells, wraps

_SPLIT = re.compile(r"\s*[|•·‖▪;]\s*|\s+[–—―]+\s*|\s*[–—―]+\s+|\s+-\s+|\s*\t\s*")
_GRADE = re.compile(
    r"[,(|\s–—-]*\b(?:(?:overall|cumulative|current|major)\s+)*(?:c?gpa|sgpa|cpi|percentage|grade|score|"
    r"marks|aggregate)\b.*$|[,(\s]*\b\d\.\d+\s*/\s*\d+(?:\.\d+)?.*$|[,(\s–—:-]*\b\d{2}(?:\.\d+)?\s*%.*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:relevant\s+|selected\s+)?(?:coursework|courses|modules|activities|honou?rs|awards|thesis|"
    r"dissertation|minor|supervisors?|advisors?|(?:cumulative |overall )?c?gpa|dean['’]?s|grade|"
    r"distinctions?|societies|notes?)\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"[\s(\[,–—-]*\b(?:expected|anticipated|graduating|graduated|graduation|class of|completed|since)\b"
    r"(?:\s+(?:graduation|in|date|by))*[\s:,]*$",
    re.IGNORECASE,
)
_DEGREE_LABEL = re.compile(r"^(?:degree|institution|university|school|major)\s*:\s*", re.IGNORECASE)
_FROM = re.compile(r"\s+(?:from|at)\s+(?=[A-ZÀ-Ý])")
_FIELD = (
    re.compile(r"\bmajor(?:ing)?\s+in\s+([A-Z][^;]+?)(?:,\s*minor\b.*)?$", re.IGNORECASE),
    re.compile(r"\bin\s+([A-Z].+)$"),
    re.compile(r"\bof\s+([A-Z].+)$"),
)
_DOTTED = re.compile(
    r"\b((?:[A-Za-z]{1,4}\.){1,4}(?:\s(?=(?:Tech|Sc|Com|E|S|A|D|Phil|Ed)\b))?[A-Za-z]{0,4})"
)
_CONNECTOR = re.compile(r"\b(?:of|and|in|for|the|&)$", re.IGNORECASE)
_PROGRAM = re.compile(r"\b(?:bootcamp|immersive|nanodegree|program(?:me)?)\b", re.IGNORECASE)
_MAJOR = re.compile(r"^(?:double\s+)?majors?\b\s*(?:in|:)?\s*([^;|]+)", re.IGNORECASE)
_HONORS = re.compile(
    r"^(?:with|minor|major|magna|summa|cum|first|second|hons?|honou?rs?|distinction|and|[a-z])\b",
    re.I,
)
_IN = re.compile(r"\s+(?:in|on)$")
_TRIM = " \t\n,;:|•·–—-/"


@dataclass(slots=True)
class _Open:
    """A course of study that is being read."""

    start: int
    end: int
    degree: str = ""
    institution: str = ""
    maybe: str = ""  # a name that is the institution if no other turns up
    above: str = ""  # the institution of the degree before, which may be this one's too
    strong: bool = False
    field: str = ""
    dates: list[DateRange] | None = None

    def put_dates(self, dates: list[DateRange]) -> None:
        """Keep the first dates that stand in it."""
        if dates and not self.dates:
            self.dates = dates


class _Read(NamedTuple):
    """What one row says."""

    degree: str = ""
    institution: str = ""
    maybe: str = ""
    strong: bool = False  # `maybe` is bold or stands beside a date: it may begin a course of study
    field: str = ""


def undotted(text: str) -> str:
    """Plain text with the dots of abbreviations gone: "B.Sc. (Hons.)" is "bsc (hons)"."""
    return plain(_DOTTED.sub(lambda m: m[1].replace(".", "").replace(" ", ""), text))


def is_degree(text: str, lexicon: Lexicon) -> bool:
    """Whether a text names a degree."""
    low = undotted(text)
    match = lexicon.degrees.search(low)
    if match is None:
        return False
    # two-letter degrees are also words ("as", "me"): they count in capitals alone
    word = match[0]
    if len(word) <= 2:
        return bool(re.search(rf"\b{'[.]? ?'.join(word.upper())}\b", text))
    return match.start() < 60


def is_institution(text: str, lexicon: Lexicon) -> bool:
    """Whether a text names a place of study."""
    words = re.findall(r"[a-z]+", plain(text))
    # short names ("MIT", "TU Munich") are also parts of other words' company: at the edges alone
    return any(
        word in lexicon.institutions and (len(word) > 5 or i in (0, len(words) - 1))
        for i, word in enumerate(words)
    )


def find_education(
    document: Document,
    sections: tuple[Section, ...],
    layout: Layout,
    lexicon: Lexicon,
    as_of: PartialDate,
) -> tuple[Education, ...]:
    """All courses of study in the order of the text."""
    out: list[Education] = []
    for section in sections:
        if section.kind != "education":
            continue
        dates = find_dates(document.text, as_of, section.body, section.end)
        rows = make_rows(document, layout, section.body, section.end, dates)
        if rows:
            column = rows[0].first.line.column
            margin = max(v.line.x1 for v in layout.views if v.line.column == column)
            out += _section(document, rows, section.end, margin, lexicon)
    return tuple(out)


def _section(
    document: Document, rows: list[Row], end: int, margin: float, lexicon: Lexicon
) -> list[Education]:
    done: list[_Open] = []
    now: _Open | None = None
    bullets_only = not any(not row.bullet and not row.continues for row in rows)
    place_first: bool | None = None  # whether institutions stand above their degrees
    in_label = False  # a wrapped "Coursework: …" goes on
    skip = 0
    for i, row in enumerate(rows):
        view = row.first
        if skip:
            skip -= 1
            if now is not None:
                now.put_dates(row.dates)
            continue
        major = _MAJOR.match(view.text)
        if major and now is not None and now.degree:
            now.field = now.field or major[1].strip(_TRIM)
            continue
        if _LABEL.match(view.text) or (is_prose(view) and row.words > 22):
            in_label = view.line.x1 > 0.8 * margin > 0
            if now is not None and row.ranges and row.words < 14:
                now.put_dates(row.dates)  # "GPA: 3.9    2014 – 2018"
            continue
        if in_label and not row.ranges and not view.bold and not row.apart and not row.bullet:
            in_label = view.line.x1 > 0.8 * margin
            continue
        in_label = False
        if row.continues or (row.bullet and now and now.degree and not bullets_only):
            if row.ranges and now is not None:
                now.put_dates(row.dates)
            if not (row.bullet and is_degree(view.text, lexicon)):
                continue
        tail, more = _tail(document, rows, i, margin, lexicon)
        skip = more
        read = _read_row(document, row, lexicon, tail)
        if place_first is None and (read.degree or read.institution or read.maybe):
            place_first = not read.degree
        if _is_fresh(now, read, place_first is True, row.apart):
            above = ""
            if now and now.degree and read.degree and place_first and not row.apart:
                # two degrees of one place: the institution stood above the first of them
                above = now.institution or now.above
            now = _Open(
                row.start, end, read.degree, read.institution, read.maybe, above, read.strong
            )
            if done:
                done[-1].end = row.start
            done.append(now)
        elif now is not None:
            now.degree = now.degree or read.degree
            now.institution = now.institution or read.institution
            if read.maybe and not now.maybe:
                now.maybe, now.strong = read.maybe, read.strong
        if now is not None:
            now.field = now.field or read.field
            now.put_dates(row.dates)
    return [_close(item) for item in done if item.degree or item.institution]


def _tail(
    document: Document, rows: list[Row], i: int, margin: float, lexicon: Lexicon
) -> tuple[str, int]:
    """What rows below carry on with a broken line, and how many they are."""
    tail: list[str] = []
    k = i
    while k + 1 < len(rows) and k - i < 3:
        row, below = rows[k], rows[k + 1]
        connects = bool(_CONNECTOR.search(row.first.text)) and not row.dates
        begins = below.first.text.partition(",")[0]
        fresh = is_institution(begins, lexicon) or is_degree(begins, lexicon)
        if not connects and (fresh or not wraps(document, row, below, margin)):
            break
        cells = row_cells(document, below)
        tail += [document.text[a:b].strip() for a, b in cells[:1]]
        k += 1
    return " ".join(tail), k - i


def _is_fresh(now: _Open | None, read: _Read, place_first: bool, apart: bool) -> bool:
    """Whether a row begins the next course of study."""
    if now is None:
        return bool(read.degree or read.institution or (read.maybe and read.strong))
    if read.degree and now.degree:
        return True
    if read.institution and now.institution and (now.degree or now.dates):
        return True
    if read.institution and now.maybe and now.strong and now.degree:
        return True
    if place_first and now.degree and not read.degree:
        return bool(read.institution or (read.maybe and (read.strong or apart)))
    return bool(
        read.maybe
        and read.strong
        and not read.degree
        and now.degree
        and (now.institution or now.maybe)
    )


def _read_row(document: Document, row: Row, lexicon: Lexicon, tail: str) -> _Read:
    degree = institution = maybe = field = ""
    strong = False
    for number, (a, b) in enumerate(row_cells(document, row)):
        for raw in _SPLIT.split(document.text[a:b]):
            text = f"{raw.strip()} {tail}" if tail and number == 0 else raw.strip()
            text = _GRADE.sub("", _EXPECTED.sub("", text)).strip(_TRIM)
            text = re.sub(r"\s+", " ", _DEGREE_LABEL.sub("", text)).strip(_TRIM + "([")
            if len(text) < 2 or not any(c.isalpha() for c in text):
                continue
            has_degree, has_place = is_degree(text, lexicon), is_institution(text, lexicon)
            # "Boston, MA" is a place, and "M.S. Statistics, Harbor" in a cell at the right is none
            if is_place(text, lexicon, right=number > 0 and not has_degree):
                continue
            if number and _LABEL.match(text):
                continue
            if has_degree:
                left, right = _part(text, lexicon)
                if not right:
                    left, guess = _split_degree(left, lexicon)
                    maybe = maybe or guess
                degree, institution = degree or left, institution or right
            elif has_place:
                institution = institution or _name(text, lexicon)
            elif len(text) < 70 and text[0].isupper() and row.words <= 12 and not row.bullet:
                if degree and not number:
                    field = field or text  # "B.E. – Computer Science"
                else:
                    maybe = maybe or text
                    strong = strong or bool(row.dates) or _bold_at(document, a)
    return _Read(degree, institution, _name(maybe, lexicon), strong, field)


def _bold_at(document: Document, offset: int) -> bool:
    i = bisect_left(document.words, offset, key=lambda w: w.end)
    return i < len(document.words) and document.words[i].bold


def _name(text: str, lexicon: Lexicon) -> str:
    text = re.sub(r"(?<=[a-z]{3})\.$", "", text)
    return text if "," not in text else cut_place(text, lexicon)[0]


def _part(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Degree and institution that stand in one text, set apart by commas or "from"."""
    halves = _FROM.split(text, maxsplit=1)
    if (
        len(halves) == 2
        and is_degree(halves[0], lexicon)
        and not is_institution(halves[0], lexicon)
    ):
        return halves[0].strip(_TRIM), _name(_IN.sub("", halves[1]).strip(_TRIM), lexicon)
    tokens = [t.strip() for t in text.split(",")]
    if len(tokens) > 1 and _PROGRAM.search(tokens[0]) and not is_place(tokens[1], lexicon):
        return tokens[0], tokens[1]
    if not is_institution(text, lexicon):
        return _IN.sub("", text), ""
    for i, token in enumerate(tokens):
        if is_institution(token, lexicon) and not is_degree(token, lexicon):
            if i == 0:
                k = next((j for j, t in enumerate(tokens) if is_degree(t, lexicon)), len(tokens))
                return ", ".join(tokens[k:]), _name(", ".join(tokens[:k]), lexicon)
            return ", ".join(tokens[:i]), _name(", ".join(tokens[i:]), lexicon)
    return text, ""


def _split_degree(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """“M.S. Statistics, Harbor”: where the field is told, what follows seems the place of study."""
    tokens = [t.strip() for t in text.split(",")]
    bare = re.sub(r"\([^)]*\)", "", undotted(tokens[0]))
    match = lexicon.degrees.search(bare)
    told = match is not None and len(bare[match.end() :].split()) > 0
    k = 1 if told else 2
    if len(tokens) <= k or any(_HONORS.search(t) for t in tokens[1:]):
        return text, ""
    return ", ".join(tokens[:k]), ", ".join(tokens[k:])


def _close(item: _Open) -> Education:
    ranges = [d for d in item.dates or [] if not d.single]
    start = end = None
    if ranges:
        start, end = ranges[0].start, ranges[0].end
    elif item.dates:
        end = item.dates[-1].end
    institution, field = item.institution, item.field
    if institution and item.maybe and not item.strong:
        field = field or item.maybe
    institution = institution or item.maybe or item.above
    if not institution:
        institution, field = field, ""
    if not field:
        for pattern in _FIELD:
            match = pattern.search(item.degree)
            if match:
                field = match[1]
                break
        else:
            _, _, field = item.degree.partition(",")
            field = field.partition(",")[0]
    field = re.sub(r"\s*\([^)]*\)?$", "", field).strip(_TRIM)
    return Education(item.degree, institution, start, end, (item.start, item.end), field)
