"""Which words at the top of a position are its title, its organization and its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from ..types import Document
from .lexicon import Lexicon, plain, squeeze
from .places import cut_city, cut_place, is_place
from .rows import Row, row_cells

_SPLIT = re.compile(
    r"\s*[|•·‖▪◦∙⋅]\s*|\s+[–—―]+\s*|\s*[–—―]+\s+|\s+-{1,2}\s+|\s*\t\s*|\s+@\s+|\s*;\s+"
)
_PARTS = re.compile(f"({_SPLIT.pattern})")
_HOST = re.compile(r"[a-z0-9-]+\.[a-z]{2,6}\b")
_AT = re.compile(r"\s+(?:at|@)\s+", re.IGNORECASE)
_LABEL = re.compile(r"\s*([A-Za-z][A-Za-z .]{1,28}?)\s*[:：]\s*")
_ROW_LABEL = re.compile(r"\s*([A-Za-z][A-Za-z .]{1,28}?)\s*\t\s*[:：]\s*")
_FOR_PROJECT = re.compile(r"\s+(?:for|on|in)\s+(?:the\s+|a\s+)?project\b.*", re.IGNORECASE)
_PAREN = re.compile(r"\s*\(([^()]*)\)?$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\buntil\b|\bsince\b")
# "(legal research, 300 people)" describes; "(YC X25)" is part of the name
_LOWER_PAREN = re.compile(r"\s*\([^()A-Z]*[a-z]{3}[^()A-Z]*\)$")
_OWN = frozenset({"selfemployed", "freelance", "freelancer", "independent"})  # employers, in a way
_DASHES = frozenset({"-", "–", "—"})
_EMPTY = re.compile(r"[\s()\[\],.;:|•·–—/-]*")
_LINK = re.compile(r"\b(?:link|github|demo|live|source|code|website|view|repo)\b", re.IGNORECASE)
_TRIM = " \t\n,;:|•·–—-/"
_LEGAL = frozenset(
    [
        "inc",
        "llc",
        "ltd",
        "limited",
        "gmbh",
        "corp",
        "corporation",
        "plc",
        "pvt",
        "llp",
        "ag",
        "bv",
        "srl",
        "sarl",
        "pty",
        "pte",
        "university",
        "college",
        "institute",
        "school",
        "bank",
        "hospital",
        "labs",
        "group",
        "company",
        "foundation",
        "solutions",
    ]
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


class Head(NamedTuple):
    """What was read; "" where it is unknown."""

    title: str
    organization: str
    location: str
    row: int = -1  # the head's row that names the organization


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


def _scores(text: str, lexicon: Lexicon) -> tuple[int, int]:
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
            if len(text) < 2 or not any(ch.isalpha() for ch in text):
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
    title, organization = _scores(text, lexicon)
    at = _AT.split(text, maxsplit=1)
    if not label and len(at) == 2 and (at[1][:1].isupper() or _HOST.match(at[1])):
        left, right = tidy(at[0]), tidy(at[1])
        if _scores(left, lexicon)[0] or _is_team(left, lexicon):
            name, place = cut_place(right, lexicon)
            # what follows "at" is where, whatever its words are
            score = max(_scores(right, lexicon)[1], 1)
            return [
                Piece(left, 0, cell, *_scores(left, lexicon), italic),
                Piece(name or right, 0, cell, 0, score, italic, "", place if name else ""),
            ]
    if not label:
        name, place = cut_place(text, lexicon)
        if name and place:
            text = tidy(name)
            title, organization = _scores(text, lexicon)
            return [Piece(text, 0, cell, title, organization, italic, label, place)]
    return [Piece(text, 0, cell, title, organization, italic, label)]


def read_head(pieces: list[Piece], lexicon: Lexicon, title_first: bool | None = None) -> Head:
    """Title, organization and place of a position from the parts of its head."""
    location = title = organization = ""
    rest: list[Piece] = []
    place_rows: set[int] = set()
    for p in pieces:
        if p.label == "title":
            title = title or p.text
        elif p.label == "organization":
            organization = organization or p.text
        elif p.label == "location" or p.place:
            location = location or p.place or p.text
            place_rows.add(p.row)
            if p.place and p.text:
                rest.append(p)
        elif p.label != "dates" and not _LINK.fullmatch(p.text):
            rest.append(p)
    if not title:
        chosen = _pick_title(rest, title_first, place_rows)
        if chosen is not None:
            others = [p for p in rest if p is not chosen]
            title, extra = _split_commas(chosen, others, lexicon, bool(organization))
            rest = others
            organization = organization or extra
            title, rest = _with_qualifiers(title, chosen, rest, lexicon, bool(organization))
    if not organization:
        organization = _pick_organization([p for p in rest if p.text != title])
    organization = _LOWER_PAREN.sub("", organization)
    if organization and title:
        name, city = cut_city(organization, lexicon)
        if city and name:
            organization, location = name, location or city
    row = next((p.row for p in pieces if organization and p.text in organization), -1)
    own = squeeze(organization) in _OWN
    return Head(_plain_title(title, lexicon, own), organization, location, row)


def _plain_title(title: str, lexicon: Lexicon, own: bool) -> str:
    """A title without the project it was for, "(… until 2020)" and a "(freelance)" said twice."""
    title = _FOR_PROJECT.sub("", title)
    match = _PAREN.search(title)
    if match and ((own and squeeze(match[1]) in lexicon.employment) or _YEAR.search(match[1])):
        title = title[: match.start()].strip(_TRIM)
    return title


def _pick_title(
    pieces: list[Piece], title_first: bool | None, place_rows: set[int]
) -> Piece | None:
    for want in ((2, 1), (1, 0), (2, 2), (1, 2)):
        for p in pieces:
            if p.title == want[0] and p.organization <= want[1]:
                return p
    unknown = [p for p in pieces if not p.organization]
    if not unknown and len({p.row for p in pieces}) > 1:
        unknown = [p for p in pieces if p.organization == 1 and p.row not in place_rows]
    if not unknown:
        return None
    if len(pieces) == 1:
        return None if pieces[0].row in place_rows else pieces[0]
    if len(unknown) == 1:
        return unknown[0]
    for p in unknown:
        if p.italic and not all(q.italic for q in unknown):
            return p
    away = [p for p in unknown if p.row not in place_rows]
    if away and len(away) < len(unknown):
        return away[0]
    if title_first is False and unknown[-1].row != unknown[0].row:
        return next(p for p in unknown if p.row != unknown[0].row)
    return unknown[0]


def _split_commas(
    chosen: Piece, others: list[Piece], lexicon: Lexicon, have: bool
) -> tuple[str, str]:
    """“Engineer, Acme” in one piece: title and organization, where no other piece names one."""
    tokens = [t.strip() for t in chosen.text.split(",")]
    if len(tokens) < 2 or have or any(_could_be_organization(p, lexicon) for p in others):
        return chosen.text, ""
    hits = [bool(_scores(t, lexicon)[0]) for t in tokens]
    if not any(hits):
        return chosen.text, ""
    i = hits.index(True)
    if i > 0:  # "Acme, Engineer, Payments"
        return ", ".join(tokens[i:]), ", ".join(tokens[:i])
    j = 1
    while j < len(tokens) and (
        (hits[j] and not _scores(tokens[j], lexicon)[1]) or _is_team(tokens[j], lexicon)
    ):
        j += 1
    after = tokens[j:]
    if len(after) > 1 and re.fullmatch(r"[A-Z]{2,6}", after[-1]):
        after = after[-1:]  # "…, Introduction to Programming, UCI"
    return ", ".join(tokens[:j]), ", ".join(after)


def _is_team(text: str, lexicon: Lexicon) -> bool:
    """“Growth”, “Machine Learning”: a part of an organization or a field, not an employer."""
    words = re.findall(r"[a-z&]+", plain(text))
    return bool(words) and all(w in lexicon.teams for w in words)


def _could_be_organization(p: Piece, lexicon: Lexicon) -> bool:
    if squeeze(p.text) in lexicon.employment or (p.joint in _DASHES and _is_team(p.text, lexicon)):
        return False
    return not p.title or p.organization == 2


def _with_qualifiers(
    title: str, chosen: Piece, others: list[Piece], lexicon: Lexicon, have: bool
) -> tuple[str, list[Piece]]:
    """A title with what belongs to it ("AI Engineer - Contractor"), and the other pieces.

    A team or a kind of employment does, where another piece is left for the organization.
    """
    left = list(others)
    for p in others:
        if p.row != chosen.row or p.cell != chosen.cell or not p.joint or p.organization == 2:
            continue
        key = squeeze(p.text)
        enough = have or any(q is not p and q.text for q in left)
        if key in lexicon.employment and (enough or key not in _OWN):
            left.remove(p)
            title = f"{title} {p.joint} {p.text}"
        elif p.joint in _DASHES and p.text:
            team, comma, employer = p.text.partition(",")
            if _is_team(team, lexicon):
                title = f"{title} {p.joint} {team}"
                left.remove(p)
                if comma:
                    left.append(p._replace(text=employer.strip()))
    return title, left


def _pick_organization(pieces: list[Piece]) -> str:
    if not pieces:
        return ""
    best = next((p for p in pieces if p.organization and p.title < 2), None)
    first = next((p for p in pieces if not p.title), pieces[0])
    if best is None or best is first:
        return first.text
    if best.row == first.row and best.cell == first.cell:
        # "Engineering Program – State University": both parts name it
        return f"{first.text} – {best.text}"
    return best.text
