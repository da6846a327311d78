"""The parts of a position's head, with what speaks for a title and for an organization."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from ..types import Document
from .lexicon import Lexicon, plain, squeeze
from .places import cut_place, is_place
from .rows import Row, row_cells

_SPLIT = re.compile(
    r"\s*[|•·‖▪◦∙⋅]\s*|\s+[–—―]+\s*|\s*[–—―]+\s+|\s+-{1,2}\s+|\s*\t\s*|\s+@\s+|\s*;\s+|\s+>(?:\s+|\Z)"
)
_PARTS = re.compile(f"({_SPLIT.pattern})")
_AT = re.compile(r"\s+(?:at|@)\s+", re.IGNORECASE)
_AS = re.compile(
    r"(?:\A(?:(?:[Cc]urrently|[Pp]resently)\s+)?(?:[WSEwse]\w{3,5}(?:ed|ing)\s+)?|\s+)as\s+(?:an?\s+|the\s+)?(?=[A-Z])"
)
_AT_LEAD = re.compile(r"(?:at|@)\s+(?=[A-Z])")
_WITH = re.compile(r"\A(?:work(?:ed|ing)\s+)?(?:with|at|in)\s+(?=[A-Z])", re.IGNORECASE)
_LASTED = re.compile(
    r"(?:\d+\+?\s*(?:years?|yrs?|months?|mos?)\.?[\s,&]*(?:and\s+)?)+", re.IGNORECASE
)
_HOST = re.compile(r"[a-z0-9-]+\.[a-z]{2,6}\b")
_LABEL = re.compile(r"\s*([A-Za-z][A-Za-z .]{1,28}?)\s*[:：]\s*")
_ROW_LABEL = re.compile(r"\s*([A-Za-z][A-Za-z .]{1,28}?)\s*\t\s*[:：]\s*")
_EMPTY = re.compile(r"[\s()\[\],.;:|•·–—/-]*")
_TRIM = " \t\n,;:|•·–—-/"
# Words that end an organization's name, whatever stands before them.
_LEGAL = frozenset(
    {"inc", "llc", "ltd", "limited", "gmbh", "corp", "corporation", "plc", "pvt", "llp", "ag", "bv"}
    | {"srl", "sarl", "pty", "pte", "university", "college", "institute", "school", "bank", "labs"}
    | {"hospital", "group", "company", "foundation", "solutions"}
)


class Piece(NamedTuple):
    """A part of a head, with what speaks for a title and for an organization."""

    text: str
    row: int  # index of its row in the head
    cell: int  # index of its cell in the row
    title: int  # 2: ends in a title word, 1: has one
    organization: int  # 2: ends in such a word, 1: has one
    italic: bool
    label: str = ""
    place: str = ""  # the place that stands behind it
    joint: str = ""  # the separator in front of it, within its cell


def tidy(text: str) -> str:
    """A part of a head without separators, dangling brackets and lost hyphens."""
    text = re.sub(r"\s+", " ", text.replace("\ufffe", "-").replace("\u00ad", "-"))
    text = text.lstrip("#* ").strip(_TRIM)
    while text and (
        (text[-1] in "([") or (text[-1] in ")]" and text.count("(") + text.count("[") == 0)
    ):
        text = text[:-1].strip(_TRIM)
    while text and text[0] in ")]":
        text = text[1:].strip(_TRIM)
    if text.count("(") > text.count(")") and text.endswith("("):
        text = text[:-1].strip(_TRIM)
    return re.sub(r"\s*\(\s*\)", "", text)


def word_scores(text: str, lexicon: Lexicon) -> tuple[int, int]:
    """What speaks for a title and for an organization: 2 ends in such a word, 1 has one, 0."""
    low = plain(text)
    core = re.sub(r"\([^)]*\)", " ", low)
    title = 0
    for match in lexicon.title_word.finditer(core):
        if match[0] in lexicon.organizations:
            continue  # "Calloway Partners"
        rest = re.sub(r"[^a-z]", "", core[match.end() :])
        title = max(title, 1 if len(rest) > 3 else 2)
    words = re.findall(r"[a-z0-9&'-]+", core)
    organization = 0
    for word in words:
        if word in lexicon.organizations or word in lexicon.institutions:
            organization = 1
    if words and (words[-1] in _LEGAL or (words[-1] in lexicon.organizations and not title)):
        organization = 2
    return title, organization


def pieces_of(document: Document, rows: list[Row], lexicon: Lexicon) -> list[Piece]:
    """The parts of the head's rows in reading order."""
    out: list[Piece] = []
    for r, row in enumerate(rows):
        if row.pieces is None:
            row.pieces = _row_pieces(document, row, lexicon)
        out += [p if p.row == r else p._replace(row=r) for p in row.pieces]
    return out


def _row_pieces(document: Document, row: Row, lexicon: Lexicon) -> list[Piece]:
    out: list[Piece] = []
    words = document.words
    cells = row_cells(document, row)
    spread = _ROW_LABEL.match(row.first.text)
    if spread and lexicon.labels.get(squeeze(spread[1])):
        cells = [(cells[0][0], cells[-1][1])]  # "Position<tab>: Engineer" is one
    for c, (a, b) in enumerate(cells):
        raw = document.text[a:b]
        if _EMPTY.fullmatch(raw):
            continue
        italic = False
        if words:
            i = bisect_left(words, a, key=lambda w: w.end)
            italic = i < len(words) and words[i].italic
        label = ""
        match = _LABEL.match(raw)
        if match:
            label = lexicon.labels.get(squeeze(match[1]), "")
            if label:
                raw = raw[match.end() :]
        joint = ""
        for k, part in enumerate([raw] if label else _PARTS.split(raw)):
            if k % 2:
                joint = part.strip()
                continue
            text = tidy(part)
            if len(text) < 2 or not any(ch.isalpha() for ch in text) or _LASTED.fullmatch(text):
                continue
            found = _pieces(text, c, italic, label, lexicon)
            out += [found[0]._replace(joint=joint), *found[1:]] if found else []
    return out


def _pieces(text: str, cell: int, italic: bool, label: str, lexicon: Lexicon) -> list[Piece]:
    """One part of a cell, two where it says "Engineer at Acme"; without the place at its end."""
    if not label and is_place(text, lexicon, right=cell > 0):
        return [Piece("", 0, cell, 0, 0, italic, "location", text)]
    if text[0] == "(" and text[-1] == ")":
        return []
    lead = _AT_LEAD.match(text)
    if lead and not label:  # "at Acme" in a row of its own
        name, place = cut_place(text[lead.end() :], lexicon)
        score = max(word_scores(name, lexicon)[1], 1)
        return [Piece(name, 0, cell, 0, score, italic, "", place)] if name else []
    if not label and (named := _named_as(text, cell, italic, lexicon)):
        return named
    title, organization = word_scores(text, lexicon)
    at = _AT.split(text, maxsplit=1)
    if not label and len(at) == 2 and (at[1][:1].isupper() or _HOST.match(at[1])):
        left, right = tidy(at[0]), tidy(at[1])
        if left.count(" ") < 8 and right.count(" ") < 8:
            name, place = cut_place(right, lexicon)
            # what follows "at" is where, whatever its words are
            score = max(word_scores(right, lexicon)[1], 1)
            return [
                Piece(left, 0, cell, *word_scores(left, lexicon), italic),
                Piece(name or right, 0, cell, 0, score, italic, "", place if name else ""),
            ]
    if not label:
        name, place = cut_place(text, lexicon)
        if name and place:
            text = tidy(name)
            title, organization = word_scores(text, lexicon)
            return [Piece(text, 0, cell, title, organization, italic, label, place)]
    return [Piece(text, 0, cell, title, organization, italic, label)]


def _named_as(text: str, cell: int, italic: bool, lexicon: Lexicon) -> list[Piece]:
    """“Acme as Engineer”, “with Acme as Engineer” and “as Engineer”; nothing for other texts."""
    parts = _AS.split(text, maxsplit=1)
    if len(parts) != 2:
        return []
    left, right = _WITH.sub("", tidy(parts[0])), tidy(parts[1])
    scores = word_scores(right, lexicon)
    if not scores[0] or (left and word_scores(left, lexicon)[0]):
        return []
    title = Piece(right, 0, cell, *scores, italic)
    if not left:
        return [title]
    name, place = cut_place(left, lexicon)
    score = max(word_scores(left, lexicon)[1], 1)
    return [Piece(name or left, 0, cell, 0, score, italic, "", place if name else ""), title]


def is_team(text: str, lexicon: Lexicon) -> bool:
    """“Growth”, “Machine Learning”: a part of an organization or a field, not an employer."""
    words = re.findall(r"[a-z&]+", plain(text))
    return bool(words) and all(w in lexicon.teams for w in words)
