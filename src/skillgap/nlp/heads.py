"""Which words at the top of a position are its title, its organization and its place."""

from __future__ import annotations

import re
from typing import NamedTuple

from .lexicon import Lexicon, squeeze
from .pieces import Piece, is_team, word_scores
from .places import cut_city, cut_place

_FOR_PROJECT = re.compile(r"\s+(?:for|on|in)\s+(?:the\s+|a\s+)?project\b.*", re.IGNORECASE)
_PAREN = re.compile(r"\s*\(([^()]*)\)?$")
_YEAR = re.compile(
    r"\b(?:19|20)\d\d\b|\buntil\b|\bsince\b|\b\d{1,2}\+?\s*(?:months?|mos?|years?|yrs?|weeks?)\b"
)
# "(legal research, 300 people)" describes; "(YC X25)" is part of the name
_LOWER_PAREN = re.compile(r"\s*\([^()A-Z]*[a-z]{3}[^()A-Z]*\)$")
_OWN = frozenset({"selfemployed", "freelance", "freelancer", "independent"})  # employers, in a way
_DASHES = frozenset({"-", "–", "—"})
_LINK = re.compile(r"\b(?:link|github|demo|live|source|code|website|view|repo)\b", re.IGNORECASE)
# "Analyst with Acme" and "Analyst: Acme" name by themselves; the others need an employer's word;
# None: the parts may not stand the other way round
_LATE: tuple[tuple[re.Pattern[str], bool | None], ...] = (
    (re.compile(r"(.+?)\s+/\s+([^/]+)"), False),
    (re.compile(r"([^:]+?)\s*:\s+([A-Z][^:]*)"), True),
    (re.compile(r"(.+?)\s+with\s+([A-Z].*)"), True),
    (re.compile(r"(.+?)\s+(?:for|in)\s+(?:the\s+)?([A-Z].*)"), None),
    (re.compile(r"(.+?)\s*\(([^()]+)\)"), False),
)
_WITHIN = re.compile(
    r"^[^\w\n]*(?:(?:I\s+)?(?:am\s+|was\s+)?(?:currently\s+|presently\s+)?"
    r"(?:work(?:ed|ing)?|serv(?:ed|ing)|employed)\s+as\s+(?:an?\s+|the\s+)?"
    r"|(?P<label>[A-Za-z][A-Za-z ]{2,20}?)\s*:\s*)(?P<title>[^\n.;,•]{3,60})",
    re.IGNORECASE | re.MULTILINE,
)
_TITLE_END = re.compile(r"\s+(?:from|since|during|between|until|where|and|in|for|with|at)\s", re.I)
_TRIM = " \t\n,;:|•·–—-/"


class Head(NamedTuple):
    """What was read; "" where it is unknown."""

    title: str
    organization: str
    location: str
    row: int = -1  # the head's row that names the organization


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
        chosen = _pick_title(rest, title_first, place_rows, lexicon)
        if chosen is not None:
            others = [p for p in rest if p is not chosen]
            title, extra = _split_commas(chosen, others, lexicon, bool(organization))
            rest = others
            organization = organization or extra
            title, rest = _with_qualifiers(title, chosen, rest, lexicon, bool(organization))
    if not title and not organization and len(rest) == 1:
        title, organization = _split_unknown(rest[0].text, lexicon)
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


def split_late(head: Head, lexicon: Lexicon) -> Head:
    """A title that names its employer too, where no other part does: "Analyst (Acme Bank)"."""
    if head.organization or not head.title:
        return head
    for pattern, sure in _LATE:
        match = pattern.fullmatch(head.title)
        if not match:
            continue
        title, name = match[1].strip(_TRIM), match[2].strip(_TRIM)
        left, right = word_scores(title, lexicon), word_scores(name, lexicon)
        if not left[0] and right[0] and sure is not None and left[1]:
            title, name, left, right = name, title, right, left  # "Acme Bank / Analyst"
        if left[0] < 2 or right[0] or is_team(name, lexicon) or squeeze(name) in lexicon.employment:
            continue
        if right[1] or (sure and name.count(" ") < 4):
            name, place = cut_place(name, lexicon)
            if name:
                return head._replace(
                    title=title, organization=name, location=head.location or place
                )
    return head


def title_within(text: str, lexicon: Lexicon) -> str:
    """The title that the text below a head gives: "Worked as a nurse …", "Designation: Nurse"; or ""."""
    for match in _WITHIN.finditer(text):
        label = match["label"]
        if label and lexicon.labels.get(squeeze(label)) != "title":
            continue
        title = _TITLE_END.split(match["title"] + " ")[0].strip(_TRIM)
        if title.count(" ") < 6 and word_scores(title, lexicon)[0]:
            return title
    return ""


def told_title(text: str, organization: str, lexicon: Lexicon) -> str:
    """The title that a sentence elsewhere gives for an employer: "… at Acme as an analyst"; or ""."""
    name = organization.strip(_TRIM + ".")
    if len(name) < 3 or len(name) > 80:
        return ""
    where = r"[^\n.;•]{0,30}?"
    named = r"\s+".join(re.escape(w) for w in name.split())
    for form in (
        rf"\b(?:at|with|in|for)\s+{named}\b\.?,?{where}\s+as\s+(?:an?\s+|the\s+)?([^\n.;,•]{{3,60}})",
        rf"\bas\s+(?:an?\s+|the\s+)?([^\n.;,•]{{3,60}}?)\s+(?:at|with|in|for)\s+{named}\b",
    ):
        for match in re.finditer(form, text, re.IGNORECASE):
            title = _TITLE_END.split(match[1])[0].strip(_TRIM)
            words = title.count(" ") + 1
            if words < 4 or (words < 8 and word_scores(title, lexicon)[0]):
                return title
    return ""


def _plain_title(title: str, lexicon: Lexicon, own: bool) -> str:
    """A title without the project it was for, "(… until 2020)" and a "(freelance)" said twice."""
    title = _FOR_PROJECT.sub("", title)
    match = _PAREN.search(title)
    if match and ((own and squeeze(match[1]) in lexicon.employment) or _YEAR.search(match[1])):
        title = title[: match.start()].strip(_TRIM)
    return title


def _pick_title(
    pieces: list[Piece], title_first: bool | None, place_rows: set[int], lexicon: Lexicon
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
    teams = [p for p in unknown if is_team(p.text, lexicon)]
    if teams and len(teams) < len(unknown):
        return teams[0]  # "Data Science", "Growth": what somebody did, not for whom
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
    hits = [bool(word_scores(t, lexicon)[0]) for t in tokens]
    if not any(hits):
        hits = [is_team(t, lexicon) for t in tokens]
        if all(hits) or not any(hits):
            return chosen.text, ""
    i = hits.index(True)
    if i > 0:  # "Acme, Engineer, Payments"
        return ", ".join(tokens[i:]), ", ".join(tokens[:i])
    j = 1
    while j < len(tokens) and (
        (hits[j] and not word_scores(tokens[j], lexicon)[1]) or is_team(tokens[j], lexicon)
    ):
        j += 1
    after = tokens[j:]
    if len(after) > 1 and re.fullmatch(r"[A-Z]{2,6}", after[-1]):
        after = after[-1:]  # "…, Introduction to Programming, UCI"
    return ", ".join(tokens[:j]), ", ".join(after)


def _split_unknown(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """“Data Science, KPMG” and “KPMG, Data Science”, where no word is a title's."""
    tokens = [t.strip() for t in text.split(",")]
    for k in range(1, len(tokens)):
        before, after = tokens[:k], tokens[k:]
        teams = [all(is_team(t, lexicon) for t in part) for part in (before, after)]
        if teams[0] and not teams[1]:
            return ", ".join(before), ", ".join(after)
        if teams[1] and not teams[0]:
            return ", ".join(after), ", ".join(before)
    return "", ""


def _could_be_organization(p: Piece, lexicon: Lexicon) -> bool:
    if squeeze(p.text) in lexicon.employment or (p.joint in _DASHES and is_team(p.text, lexicon)):
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
        if p.row != chosen.row or p.cell != chosen.cell or not p.joint:
            continue
        if p.organization == 2 and "," not in p.text:
            continue
        key = squeeze(p.text)
        enough = have or any(q is not p and q.text for q in left)
        if key in lexicon.employment and (enough or key not in _OWN):
            left.remove(p)
            title = f"{title} {p.joint} {p.text}"
        elif p.joint in _DASHES and p.text:
            team, comma, employer = p.text.partition(",")
            if is_team(team, lexicon):
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
