"""Telling places from other short texts, and cutting them off the end of a name."""

from __future__ import annotations

import re

from .lexicon import Lexicon, plain

_PAREN = re.compile(r"\(([^()]*)\)\s*$")
_PAIR = re.compile(r"[A-ZÀ-Ý][\w.'’-]*(?: [A-ZÀ-Ýa-z][\w.'’-]*){0,3},\s*[A-ZÀ-Ý][\w.'’ -]{1,24}")
_NOWHERE = frozenset({"remote", "hybrid", "online", "worldwide", "work from home"})
_ZIP = re.compile(r"\s+\d{4,6}(?:-\d{4})?$")


def _known(text: str, lexicon: Lexicon) -> bool:
    name = _ZIP.sub("", text.strip(" .,()[]"))
    return plain(name).strip(" .") in lexicon.places or name.replace(".", "") in lexicon.codes


def is_place(text: str, lexicon: Lexicon, *, right: bool = False) -> bool:
    """Whether a text is a place ("Austin, TX", "Remote", "Pune, India (Hybrid)").

    `right`: it stands at the right of its row, where "Xxx, Yyy" of unknown names is one too.
    """
    text = text.strip(" .,;|·•–—-")
    if not text or len(text) > 60 or text.count(" ") > 7:
        return False
    paren = _PAREN.search(text)
    if paren:
        rest = text[: paren.start()].strip()
        if _known(paren[1], lexicon) and (not rest or is_place(rest, lexicon, right=True)):
            return True
    text = text.strip("()[] ")
    parts = [p.strip() for p in re.split(r"[,/|]", text) if p.strip()]
    if not parts or len(parts) > 4:
        return False
    known = [_known(p, lexicon) for p in parts]
    low = [plain(p) for p, is_known in zip(parts, known, strict=True) if not is_known]
    if any(
        lexicon.title_word.search(p) or lexicon.organizations.intersection(p.split()) for p in low
    ):
        return False
    if len(parts) == 1:
        return known[0] and plain(text) in lexicon.places
    if known[-1]:
        # "Acme, Austin, TX" and "Acme, Berlin" name more than a place
        unknown = len(parts) - sum(known)
        if right or unknown == 0:
            return True
        last = plain(parts[-1])
        if unknown > 1 or known[0] or last in lexicon.cities or last in _NOWHERE:
            return False
        # "Montreal, Quebec, Canada", but "Acme, New York, NY"
        return len(parts) == 2 or (
            known[1] and plain(parts[1]) not in lexicon.cities and last in lexicon.places
        )
    return right and bool(_PAIR.fullmatch(text))


def cut_city(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """“Marigold Pictures, Burbank”: an organization and what seems the city it is in."""
    name, place = cut_place(text, lexicon)
    if place or text.count(",") != 1 or "university of" in plain(text):
        return name, place
    head, _, tail = text.partition(",")
    words = tail.split()
    low = plain(tail)
    if (
        not 1 <= len(words) <= 3
        or not all(w[0].isupper() and w.replace("-", "").replace(".", "").isalpha() for w in words)
        or tail.strip().isupper()
        or lexicon.title_word.search(low)
        or lexicon.organizations.intersection(low.replace(".", "").split())
        or lexicon.institutions.intersection(low.split())
    ):
        return text, ""
    return head.strip(), tail.strip()


def cut_place(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """A name without the place at its end, and that place ("" where there is none)."""
    tokens = text.split(",")
    if len(tokens) > 1:
        for take in (3, 2, 1):
            if take >= len(tokens) or (take == 1 and "university of" in plain(tokens[-2])):
                continue
            tail = ",".join(tokens[-take:])
            if is_place(tail, lexicon) and (take == 1 or _city(tokens[-take], lexicon)):
                return ",".join(tokens[:-take]).strip(), tail.strip()
    paren = _PAREN.search(text)
    if paren and is_place(paren[1], lexicon):
        return text[: paren.start()].strip(), paren[1].strip()
    return text, ""


def _city(token: str, lexicon: Lexicon) -> bool:
    words = token.split()
    return 0 < len(words) <= 3 and words[0][0].isupper() and not any(c.isdigit() for c in token)
