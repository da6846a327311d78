"""Whose résumé it is: name, addresses, telephone and links, and every place of the text that tells.

The person's data stand in the header, in sections made of contact data and in what pages repeat.
Other people's addresses (referees) are among the spans for redaction and never among the answers.
"""

from __future__ import annotations

import re

from ..types import Contact, Document, Section
from .headings import heading_title, name_heading
from .lexicon import Lexicon, plain, squeeze
from .lines import Layout, LineView, split_cells, unspaced
from .places import is_place

EMAIL = re.compile(r"[A-Za-z0-9][\w.+'-]*\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}")
LINK = re.compile(
    r"(?:https?://|www\.)[^\s|•·,;<>()\[\]]+"
    r"|\b(?:[a-z]{2,3}\.)?(?:linkedin\.com|github\.com|gitlab\.com|kaggle\.com|huggingface\.co|"
    r"stackoverflow\.com|medium\.com|behance\.net|dribbble\.com|twitter\.com|x\.com|orcid\.org|"
    r"scholar\.google\.[a-z.]+|leetcode\.com|bitbucket\.org|t\.me)/[^\s|•·,;<>()\[\]]+"
    r"|(?<![@\w.])[a-z0-9][a-z0-9-]{3,}(?:\.[a-z0-9-]{2,})*\.(?:dev|me|io|com|org|net|ai|tech|design|codes?|app|xyz)"
    r"(?:/[^\s|•·,;<>()\[\]]*)?(?![\w@])",
    re.IGNORECASE,
)
_LINKISH = re.compile(r"://|www\.|\.[A-Za-z]{2,6}/")
PHONE = re.compile(
    r"(?<![\w./@-])(?:\+\s?)?(?:\(\+?\d{1,4}\)|\d)[\d \xa0().\-–/]{6,20}\d(?![\w/@])"
)
_YEARS = re.compile(
    r"^(?:19|20)\d\d\D+(?:19|20)\d\d$|^\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d$|\d\d\.\d$|^\d{1,2}[./]\d{4}\D+\d{1,2}[./]\d{4}$"
)
_NAME_WORD = re.compile(
    r"^[A-ZÀ-ÝĀ-Ž][\w'’.-]*$|^(?:de|da|del|della|di|van|von|der|den|la|le|bin|al|el|y|dos)$"
)
_NAME_LABEL = re.compile(r"^\s*(?:full\s+)?name\s*[:：]\s*", re.IGNORECASE)
_PLACE_LABEL = re.compile(r"^\s*(?:address|location|city|residence)\s*[:：]\s*", re.IGNORECASE)
_SUFFIX = re.compile(
    r",?\s+(?:ph\.?d|m\.?d|mba|msc|m\.?s|pmp|cpa|jr|sr|ii|iii|p\.?e)\.?\b.*$", re.IGNORECASE
)
_HONORIFIC = re.compile(r"^(?:dr|prof|mr|mrs|ms|mx|miss|engr|er)\.?\s+", re.IGNORECASE)
_PIECES = re.compile(r"\s*[|•·‖▪⋄◦∙\t]\s*|\s+[–—]\s+|\s{3,}")


def find_contact(
    document: Document, sections: tuple[Section, ...], layout: Layout, lexicon: Lexicon
) -> Contact:
    """The contact data; "" for what the document does not tell."""
    text = document.text
    own = [(s.start, s.end) for s in sections if s.kind == "header"]
    own += [(line.start, line.end) for line in document.lines if line.furniture]
    # a page's foot may carry the address line; data below a "Personal details" heading count too
    own += [(s.body, s.end) for s in sections if s.kind == "other" and "personal" in plain(s.title)]
    emails = _emails(text)
    email = next((_mail(m) for m in emails if _in(m.start(), own)), "")
    if not email and emails and not any(s.kind == "references" for s in sections):
        email = _mail(emails[0])
    taken = [m.span() for m in emails]
    links = [m for m in _links(layout, text, own) if not _over(m.span(), taken)]
    mine = [m[0].rstrip(".,;:") for m in links if _in(m.start(), own) and _is_link(m[0], lexicon)]
    phones = [m for m in _phones(text, own) if not _over(m.span(), [k.span() for k in links])]
    phone = phones[0][0].strip() if phones else ""
    name, name_span = _name(document, layout, sections, lexicon, email)
    location, place_span = _location(document, layout, own, lexicon)
    spans = set(taken) | {m.span() for m in phones} | ({place_span} if place_span else set())
    handles = _handles(name, email, mine)
    for m in links:
        if _in(m.start(), own) or any(h in m[0].lower() for h in handles):
            spans.add((m.start(), m.start() + len(m[0].rstrip(".,;:"))))
    if name:
        spans.add(name_span)
        spans |= {m.span() for m in _name_pattern(name).finditer(text)}
    return Contact(
        name, email, phone, location, tuple(dict.fromkeys(mine)), tuple(sorted(_merged(spans)))
    )


def _in(offset: int, ranges: list[tuple[int, int]]) -> bool:
    return any(a <= offset < b for a, b in ranges)


def _over(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in taken)


def _merged(spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        if out and a < out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def _emails(text: str) -> list[re.Match[str]]:
    """All addresses; looked for around each @, for a search over the whole text is slow."""
    found: list[re.Match[str]] = []
    at = text.find("@")
    while at >= 0:
        low = max(found[-1].end() if found else 0, at - 65)
        found += [m for m in [EMAIL.search(text, low, at + 90)] if m and m.start() < at < m.end()]
        at = text.find("@", at + 1)
    return found


def _links(layout: Layout, text: str, own: list[tuple[int, int]]) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    for view in layout.views:
        if _in(view.start, own) or ("." in view.text and _LINKISH.search(view.text)):
            found += LINK.finditer(text, view.line.start, view.line.end)
    return found


def _mail(match: re.Match[str]) -> str:
    return re.sub(r"\s", "", match[0])


def _is_link(link: str, lexicon: Lexicon) -> bool:
    # "Node.js" or "ASP.NET" have the form of a host name; a bare host needs a path or a known ending
    low = link.lower()
    if low.startswith(("http", "www.")) or "/" in low:
        return True
    return not low.endswith((".net", ".ai", ".io")) or "-" in low


def _phones(text: str, own: list[tuple[int, int]]) -> list[re.Match[str]]:
    found = []
    for a, b in own:
        for match in PHONE.finditer(text, a, b):
            digits = sum(c.isdigit() for c in match[0])
            if 8 <= digits <= 15 and not _YEARS.search(match[0].strip()):
                found.append(match)
    return sorted(found, key=lambda m: m.start())


def _handles(name: str, email: str, links: list[str]) -> list[str]:
    """What tells the person in an address: user names of at least four letters."""
    handles = {email.partition("@")[0].lower(), name.lower().replace(" ", "")}
    for link in links:
        handles.add(link.rstrip("/").rpartition("/")[2].lower())
    return sorted(h for h in handles if len(h) >= 4)


def _name_pattern(name: str) -> re.Pattern[str]:
    """The name in the orders and short forms that texts use ("Doe, J." "J. Doe")."""
    words = [w for w in re.split(r"\s+", name) if len(w.strip(".")) > 1]
    first, last = (words[0], words[-1]) if words else (name, name)
    forms = [r"\s+".join(map(re.escape, name.split()))]
    if first != last:
        f, l = re.escape(first), re.escape(last)  # noqa: E741
        initial = re.escape(first[0])
        forms += [
            rf"{f}\s+(?:\w\.?\s+)?{l}",
            rf"{l},\s*(?:{f}|{initial}\b\.?)",
            rf"{initial}\.\s*(?:\w\.\s*)?{l}",
        ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


def _name(
    document: Document,
    layout: Layout,
    sections: tuple[Section, ...],
    lexicon: Lexicon,
    email: str,
) -> tuple[str, tuple[int, int]]:
    """The most name-like text of the first lines: large, early, and akin to the e-mail address."""
    limit = sections[0].end if sections else len(document.text)
    best: tuple[float, str, tuple[int, int]] = (0.0, "", (0, 0))
    local = squeeze(email.partition("@")[0])
    top = layout.views[: 14 if limit > 0 else 40]
    first_page = layout.views[0].line.page if layout.views else 0
    largest = max((v.size for v in layout.views[:60] if v.line.page == first_page), default=1.0)
    pool = [v for v in top if v.start < limit]
    if largest > 1.25:
        # a name may stand in a wide column that comes after a sidebar
        pool += [v for v in layout.views[:80] if v.size >= largest - 0.02 and v not in pool]
    for order, view in enumerate(pool):
        spaced = unspaced(view.text) != view.text
        cells = split_cells(document.text, view.start, view.end)
        for a, b in [(view.start, view.end)] if spaced else cells:
            raw = document.text[a:b]
            label = _NAME_LABEL.match(raw)
            joined = unspaced(raw)
            piece = raw if joined != raw else _PIECES.split(raw[label.end() if label else 0 :])[0]
            words = _name_words(piece, lexicon)
            if not words:
                continue
            score = 2.0 if label else 0.0
            score += 1.5 * (view.size >= 1.2) + 0.7 * (
                view.size >= largest - 0.02 and largest > 1.05
            )
            score += 0.8 * (order == 0 and 2 <= len(words) <= 4)
            score += 0.4 * view.bold + 0.3 * view.caps + max(0.0, 0.8 - 0.25 * order)
            squeezed = [squeeze(w) for w in words if len(squeeze(w)) > 2]
            score += sum(1.2 for w in squeezed if w and w in local)
            if len(words) == 1 and not (view.size >= 1.5 or any(w in local for w in squeezed)):
                score -= 1.5
            if score > best[0] + 1e-9:
                start = a + raw.index(piece)
                best = (score, " ".join(words), (start, start + len(piece.rstrip())))
    return (best[1], best[2]) if best[0] >= 1.5 else ("", (0, 0))


def _name_words(piece: str, lexicon: Lexicon) -> list[str]:
    """The words of a text that may be a name; [] for any other text."""
    piece = _HONORIFIC.sub("", _SUFFIX.sub("", unspaced(piece.strip(" ,."))))
    words = piece.split()
    if not piece.isupper():
        while len(words) > 2 and words[-1].strip(",.").isupper() and len(words[-1]) > 1:
            words.pop()  # "RN BSN", "PMP"
        piece = " ".join(words).strip(" ,")
        words = piece.split()
    if (
        not 1 <= len(words) <= 5
        or len(piece) > 45
        or any(c.isdigit() or c in "@:/|" for c in piece)
    ):
        return []
    if not all(_NAME_WORD.match(w.strip(",")) for w in words):
        return []
    low = plain(piece)
    if (
        squeeze(piece) in lexicon.documents
        or name_heading(heading_title(piece), lexicon) is not None
        or lexicon.title_word.search(low)
        or is_place(piece, lexicon)
        or any(part.strip(" .") in lexicon.places for part in low.split(",")[1:])
        or lexicon.organizations.intersection(low.split())
        or _NOT_NAMES.search(low)
    ):
        return []
    return [w.strip(",") for w in words]


_NOT_NAMES = re.compile(
    r"\b(?:data|science|machine|learning|computer|software|engineering|business|marketing|design|"
    r"cloud|web|full|stack|product|python|java|artificial|intelligence|page|phone|email|mobile|"
    r"address|linkedin|github|portfolio|website|confidential|resume|cv|curric\w*|vitae|biodata|"
    r"bachelor|master|phd|university|college|undergraduate|graduate|freelance|remote|street|road|"
    r"avenue|certified|security|network|finance|sales|operations|present|available|and|for|the)\b"
)


def _location(
    document: Document, layout: Layout, own: list[tuple[int, int]], lexicon: Lexicon
) -> tuple[str, tuple[int, int] | None]:
    mine = [view for view in layout.views if _in(view.start, own)][:60]
    for loose in (False, True):
        for view in mine[1 if loose else 0 :]:
            found = _place_of(document, view, lexicon, loose)
            if found:
                return found
    return "", None


def _place_of(
    document: Document, view: LineView, lexicon: Lexicon, loose: bool
) -> tuple[str, tuple[int, int]] | None:
    """The place that a line names; `loose`: any "Xxx, Yyy"."""
    offset = view.start
    for raw in _PIECES.split(view.text):
        at = document.text.find(raw, offset) if raw else -1
        if at < 0:
            continue
        offset = at + len(raw)
        label = _PLACE_LABEL.match(raw)
        body = raw[label.end() :] if label else raw
        body = EMAIL.sub("", PHONE.sub("", body)).strip(" ,;")
        if len(body) < 3 or len(body) > 70 or "@" in body:
            continue
        street, _, city = body.partition(",")
        town = city.strip() if any(c.isdigit() for c in street) and city.strip() else body
        if label or is_place(town, lexicon, right=loose):
            start = document.text.find(body, at)
            if start >= 0 and any(c.isalpha() for c in body):
                return town, (start, start + len(body))
    return None
