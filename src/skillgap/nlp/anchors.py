"""Where the items of a section begin: rows that a date anchors, and the rows of their heads."""

from __future__ import annotations

import re

from ..types import Document
from .dates import DateRange
from .heads import read_head
from .lexicon import Lexicon, plain, squeeze
from .lines import LineView, ends_sentence, is_prose
from .pieces import pieces_of, word_scores
from .rows import Row

_LABEL = re.compile(r"([A-Za-z][A-Za-z .]{1,28}?)\s*[:：]")
_PARTS = frozenset({"department", "group", "board"})  # of an organization, not one
_SMALL = frozenset(
    {"a", "an", "and", "at", "by", "de", "des", "du", "for", "from", "in", "la", "of", "on", "or"}
    | {"per", "the", "to", "with"}
)
_AT = re.compile(r"\s(?:at|@)\s+[A-Z]")
_AT_FIRST = re.compile(r"(?:at|@)\s+[A-Z]\S*(?:\s|,|\Z)")
_AS_TITLE = re.compile(
    r"(?:(?:currently|presently)\s+)?(?:work|serv|employ)(?:ed|ing)\s+as\s+(?!.*\s(?:at|with|for|in)\s)",
    re.IGNORECASE,
)
_VERBS = ("worked", "working", "served", "serving", "employed", "interned")
# "Made dashboards …", "Automated the …" tell; "Applied Scientist" and "United Airlines" name
_PAST = re.compile(
    r"(?:[A-Z][a-z]+ed|Began|Brought|Built|Chose|Cut|Did|Drew|Drove|Found|Gave|Got|Grew|Held|Kept"
    r"|Laid|Led|Made|Met|Oversaw|Put|Ran|Rebuilt|Rewrote|Saw|Sent|Set|Shot|Sold|Sought|Spent|Spoke"
    r"|Taught|Took|Understood|Undertook|Won|Wrote)\s+(?:[A-Z][\w+#.-]*,?\s+){0,2}[a-z\d$€£~]"
)
_DUTY = re.compile(r"(?:responsible|in charge|i|we|my|our|was|am|have|been|using)\s", re.IGNORECASE)
_JOINT = re.compile(r"\s[-–—]+\s|[–—|·•@,]")
_COLUMN = re.compile(
    r"\A(?:s(?:l|r)?\.? ?no\.?|no\.?|#|from|to|(?:start|end) date)\Z"
    r"|\bname of (?:the )?(?:company|organi[sz]ation|employer|institution|firm)\b"
    r"|\b(?:period|duration|dates?|tenure) of (?:the )?(?:work|service|employment)\b"
    r"|\A(?:period|duration|designation|position|role|title|company|organi[sz]ation|employer)s?\b",
    re.IGNORECASE,
)
_MAX_HEAD = 3


def undated_heads(
    document: Document, rows: list[Row], lexicon: Lexicon
) -> list[tuple[int, int, int]]:
    """Heads of positions that give no dates.

    Short rows with a title above body text, or a row that says "Engineer at Acme" by itself.
    """
    heads: list[tuple[int, int, int]] = []
    low = 0
    for i, row in enumerate(rows):
        if low <= i and _says_where(document, row, lexicon):
            heads.append((i, i, i))
            low = i + 1
            continue
        if (
            row.bullet
            or row.continues
            or not _headable(row, lexicon)
            or ends_sentence(row.first.text)
            or _tells(row)
        ):
            low = i + 1
            continue
        below = rows[i + 1] if i + 1 < len(rows) else None
        follows = (
            below is None
            or below.bullet
            or is_prose(below.first)
            or not _headable(below, lexicon)  # a line of a sentence in a narrow column
        )
        if follows and any(_has_title(r, lexicon) for r in rows[low : i + 1]):
            heads.append((max(low, i - _MAX_HEAD + 1), i, i))
            low = i + 1
    return heads


def _says_where(document: Document, row: Row, lexicon: Lexicon) -> bool:
    """Whether a short row is a title and an employer: "Engineer at Acme"."""
    if row.continues or row.words > 10 or not _AT.search(row.first.text):
        return False
    if _tells(row):
        return False
    pieces = pieces_of(document, [row], lexicon)
    return (
        len(pieces) > 1 and pieces[0].title == 2 and bool(read_head(pieces, lexicon).organization)
    )


def _tells(row: Row) -> bool:
    """Whether a row begins a sentence about work: "Worked as …", "Made dashboards …"."""
    text = row.first.text.lstrip("•-* ")
    return plain(text).startswith(_VERBS) or bool(_PAST.match(text) or _DUTY.match(text))


def project_heads(
    rows: list[Row], heads: list[tuple[int, int, int]], lexicon: Lexicon
) -> list[tuple[int, int, int]]:
    """The dated heads, and those of projects without dates: a short row above their bullets."""
    covered = {i for first, _, last in heads for i in range(first, last + 1)}
    edge = min((row.first.line.x0 for row in rows), default=0.0)
    found = list(heads)
    for i, row in enumerate(rows[:-1]):
        if i in covered or i - 1 in covered or row.bullet or row.continues:
            continue
        if row.first.line.x0 > edge + 4 or ends_sentence(row.first.text):
            continue
        above, below = rows[i - 1] if i else None, rows[i + 1]
        begins = (
            above is None
            or row.apart
            or above.bullet
            or above.continues
            or ends_sentence(above.first.text)
        )
        follows = below.bullet or is_prose(below.first) or (row.first.bold and not below.first.bold)
        if begins and follows and i + 1 not in covered and _headable(row, lexicon):
            found.append((i, i, i))
    return sorted(found)


def is_anchor(document: Document, rows: list[Row], i: int, lexicon: Lexicon, strict: bool) -> bool:
    """Whether a row's dates begin an item: they stand at its edge and in no sentence.

    `strict`: outside sections of experience, where only a range after a short text counts.
    """
    row = rows[i]
    if not row.dates:
        return False
    date = row.ranges[0] if row.ranges else row.dates[-1]
    view = row.first
    inside = sum(document.text.count(" ", *d.span) + 1 for d in row.dates)
    rest = row.words - inside
    label = _LABEL.match(view.text)
    if label and lexicon.labels.get(squeeze(label[1])) == "dates":
        rest = 0
    if strict:
        before = document.text[view.start : date.span[0]]
        if not row.ranges or before.count(" ") > 12 or view.bullet or view.text[0].islower():
            return False
        return _set_apart(document, date, view)
    if row.continues:
        return bool(row.ranges) and rest <= 0
    aside = document.text[date.span[0] - 1 : date.span[0]] == "\t"  # in a cell of its own
    if row.bullet and (rest > 9 or not (row.ranges or aside)):
        return False
    if rest > 3 and not aside and _PAST.match(view.text) and not _AS_TITLE.match(view.text):
        return False  # "Migrated the platform, 2018 to 2020"
    within = rest > 3 and not _set_apart(document, date, view)
    if within and (row.bullet or (date.current and not _ends_head(document, row, date, lexicon))):
        return False
    if date.single:
        if rest > 12 or date.expected:
            return False
        at_end = date.span[1] >= row.views[-1].end - 2
        short = len(row.views) > 1 or rest <= 8
        return at_end and short and (aside or not _lower_before(document, date))
    if rest > 20:
        return False
    at_edge = date.span[0] <= view.start + 2 or any(v.end - date.span[1] <= 3 for v in row.views)
    return at_edge or rest <= 10 or "|" in view.text or "·" in view.text


def is_listed(document: Document, row: Row, lexicon: Lexicon) -> bool:
    """Whether a bullet is a position by itself: “• Engineer at Acme from 2016 to 2019.”"""
    if not row.bullet or len(row.ranges) != 1:
        return False
    return _ends_head(document, row, row.ranges[0], lexicon) and _has_title(row, lexicon)


def _set_apart(document: Document, date: DateRange, view: LineView) -> bool:
    """Whether a separator stands before a date, or it begins its row: it is no part of a sentence."""
    before = document.text[view.start : date.span[0]]
    if before.endswith("  "):
        return True
    before = before.rstrip(" ")
    return not before or not (before[-1].isalnum() or before[-1] in "’'")


def _ends_head(document: Document, row: Row, date: DateRange, lexicon: Lexicon) -> bool:
    """Whether a date that only a space sets apart ends a row of names: "Engineer, Acme since 2020".

    A sentence may end so too ("Teaching evening classes since 2020"): names are written in capitals.
    """
    view = row.first
    text = document.text[view.start : date.span[0]].strip()
    after = document.text[date.span[1] : view.end]
    if _AS_TITLE.match(text) and not after.strip(" )]."):
        return _has_title(row, lexicon)
    if after.strip(" )].") or _tells(row) or not text[:1].isalnum() or text[0].islower():
        return False
    words = _content(text)
    if len(words) > 12 or sum(w[0].islower() for w in words) * 3 > len(words):
        return False
    title, organization = word_scores(text, lexicon)
    return bool(title or organization or _JOINT.search(text) or _AT.search(text))


def _lower_before(document: Document, date: DateRange) -> bool:
    """“in 2020”, ”since March 2019” inside a sentence."""
    before = document.text[max(0, date.span[0] - 12) : date.span[0]].split()
    return bool(before) and before[-1].islower() and before[-1].isalpha()


def _content(text: str) -> list[str]:
    """The words that a name writes with a capital."""
    return [w for w in text.split() if w[0].isalpha() and w not in _SMALL]


def _is_sentence(row: Row, lexicon: Lexicon) -> bool:
    """Whether a short row says what was done: it begins with a verb, or a stop ends it."""
    if _PAST.match(row.first.text):
        return True
    if not ends_sentence(row.first.text):
        return False
    lower = any(w[0].islower() for w in _content(row.first.text))
    return row.words > 4 or (lower and not _has_title(row, lexicon))


def _headable(row: Row, lexicon: Lexicon) -> bool:
    """Whether a row without dates may belong to a head."""
    view = row.first
    if row.words > 14 or is_prose(view) or _is_sentence(row, lexicon):
        return False
    if ":" not in view.text and _is_table_head(view, lexicon):
        return False
    if _AT_FIRST.match(view.text):
        return True
    if view.text[0].islower() and not (view.bold or "." in view.text.split()[0][:-1]):
        return False
    if row.words > 5:
        words = _content(view.text)
        if sum(w[0].islower() for w in words) * 2 > len(words):
            return False
    return squeeze(view.text) not in lexicon.subheadings


def _is_left(row: Row) -> bool:
    """Whether a row begins where text begins, and is no date that stands alone at the right."""
    return row.first.text[:1].isalpha() or row.bullet


def find_heads(
    document: Document, rows: list[Row], anchors: list[int], lexicon: Lexicon, geometry: bool
) -> list[tuple[int, int, int]]:
    """For each anchor: the first row, the anchor's row and the last row of its head."""
    usual = -1
    taken = 0  # rows before this one belong to earlier heads
    firsts: list[int] = []
    for n, a in enumerate(anchors):
        low = a
        crossed = False
        while low > taken and a - low < _MAX_HEAD:
            above = rows[low - 1]
            if not _headable(above, lexicon):
                crossed = True
                break
            if above.bullet:
                if rows[a].bullet and _labelled(above, lexicon) and _labelled(rows[a], lexicon):
                    low -= 1  # "• Company: …", "• Period: …"
                    continue
                # a title may carry a bullet itself where the rows below hang under it
                crossed = True
                if rows[low].continues and (
                    above.first.bold or _has_title(above, lexicon) or _labelled(above, lexicon)
                ):
                    low -= 1
                break
            if above.continues and not rows[a].continues:
                crossed = True
                break
            if geometry and above.first.line.x0 > rows[a].first.line.x0 + 4 and _is_left(rows[a]):
                crossed = True  # set in like body text
                break
            low -= 1
            if above.apart and above.first.gap > 0.35 and low < a:
                break  # a gap above a head is where it begins
        if usual < 0:
            usual = a - low
        elif not crossed and low == taken and n:
            low = max(low, a - usual)
        elif usual == 0 and low < a and not rows[low].apart and not rows[low].first.bold:
            low = a
        firsts.append(low)
        taken = a + 1
    out: list[tuple[int, int, int]] = []
    for n, a in enumerate(anchors):
        limit = firsts[n + 1] if n + 1 < len(anchors) else len(rows)
        out.append((firsts[n], a, _below(document, rows, firsts[n], a, limit, lexicon)))
    return out


def _is_table_head(view: LineView, lexicon: Lexicon) -> bool:
    cells = view.text.split("\t")
    if len(cells) < 3:
        return False
    named = sum(squeeze(c) in lexicon.labels or bool(_COLUMN.search(c)) for c in cells)
    return named > 1 and not any(c.isdigit() for c in view.text)


def _labelled(row: Row, lexicon: Lexicon) -> bool:
    match = _LABEL.match(row.first.text)
    return bool(match) and match is not None and squeeze(match[1]) in lexicon.labels


def _names_organization(text: str, lexicon: Lexicon) -> bool:
    words = set(re.findall(r"[a-z]+", plain(text)))
    return bool(words & (lexicon.organizations | lexicon.institutions) - _PARTS)


def _is_deeper(row: Row, anchor: Row) -> bool:
    """Set in below the anchor, and too long for a name: body text without bullets."""
    if anchor.bullet or anchor.continues or row.words <= 6:
        return False
    return row.first.line.x0 > anchor.first.line.x0 + 4 and _is_left(anchor)


def _is_place_row(document: Document, row: Row, lexicon: Lexicon) -> bool:
    pieces = pieces_of(document, [row], lexicon)
    return len(pieces) == 1 and bool(pieces[0].place) and not pieces[0].text


def _has_title(row: Row, lexicon: Lexicon) -> bool:
    return any(lexicon.title_word.search(plain(v.text)) for v in row.views)


def _below(
    document: Document, rows: list[Row], first: int, a: int, limit: int, lexicon: Lexicon
) -> int:
    """The last row of the head: rows below the anchor count while title or employer is missing."""
    last = a
    while last + 1 < limit and last - a < 2:
        row = rows[last + 1]
        if row.bullet or (row.continues and not rows[a].bullet and not rows[a].continues):
            break
        if row.ranges or _is_deeper(row, rows[a]) or (row.first.gap > 0.6 and last > a):
            break
        if not _headable(row, lexicon):
            break
        pieces = pieces_of(document, rows[first : last + 1], lexicon)
        head = read_head(pieces, lexicon)
        titled = any(p.title for p in pieces)
        if head.title and head.organization and titled:
            # "Engineer, Payments team": the employer may yet stand in the row below
            split = f"{head.title}, {head.organization}" in (p.text for p in pieces)
            named = _names_organization(head.organization, lexicon)
            body = any(w[0].islower() for w in _content(row.first.text))
            if last > a or head.location or not split or named or body:
                if not head.location and _is_place_row(document, row, lexicon):
                    last += 1
                break
        elif head.title and head.organization and not _has_title(row, lexicon):
            break
        last += 1
    return last
