"""Which kind of section a heading's words name."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..types import SectionKind
from .lexicon import Lexicon, plain, squeeze
from .lines import unspaced

_TRIM = re.compile(r"^[^0-9A-Za-zÀ-ɏ]+|[^0-9A-Za-zÀ-ɏ)'’]+$")
_NUMBER = re.compile(r"^\(?(?:\d{1,2}|[IVX]{1,4})[.)]\s+")
_CONTINUED = re.compile(
    r"\s*[\[(]?\s*\b(?:continued|cont(?:['’]?d)?\.?)\s*[\])]?\s*$", re.IGNORECASE
)
_PARTS = re.compile(r"\s*(?:,|/|&|\||\+|•|·|\band\b|\bor\b)\s*")
_WORDS = re.compile(r"[a-z0-9'’]+")
_PAREN = re.compile(r"\s*\([^)]*\)\s*$")


class Named(NamedTuple):
    """A kind, and how surely the words name it: 3 the whole heading, 2 its parts, 1 one word."""

    kind: SectionKind
    strength: int


def heading_title(text: str) -> str:
    """A heading's words without icons, numbers in front, a colon behind, and letter spacing."""
    return _CONTINUED.sub("", _NUMBER.sub("", _TRIM.sub("", unspaced(text))))


def name_heading(title: str, lexicon: Lexicon) -> Named | None:
    """The kind that a heading's words name; None for unknown words."""
    key = squeeze(title)
    if not key or key in lexicon.documents or key in lexicon.subheadings:
        return None
    kind = lexicon.headings.get(key)
    if kind:
        return Named(kind, 3)
    low = plain(title)
    short = _PAREN.sub("", low)
    if short != low:
        kind = lexicon.headings.get(squeeze(short))
        if kind:
            return Named(kind, 3)
        low = short
    words = _WORDS.findall(low)
    if not words or len(words) > 7:
        return None
    rest = words
    while len(rest) > 1 and rest[0] in lexicon.modifiers:
        rest = rest[1:]
        kind = lexicon.headings.get("".join(rest))
        if kind:
            return Named(kind, 2)
    if len(words) == 1:
        # lost spaces ("OTHERSKILLS")
        for modifier in lexicon.prefixes:
            if key.startswith(modifier):
                kind = lexicon.headings.get(key[len(modifier) :])
                if kind:
                    return Named(kind, 2)
    parts = [p for p in _PARTS.split(low.strip()) if p]
    if len(parts) > 1:
        return _name_parts(parts, lexicon)
    for word in reversed(words):
        kind = lexicon.heads.get(word)
        if kind:
            return Named(kind, 1 if len(words) > 1 else 2)
    return None


def _name_parts(parts: list[str], lexicon: Lexicon) -> Named | None:
    """Several things in one heading: the first that is more than a modifier gives the kind."""
    full = [p for p in parts if not all(w in lexicon.modifiers for w in _WORDS.findall(p))]
    named = [name_heading(part, lexicon) for part in full]
    known = [n for n in named if n is not None and n.kind != "header"]
    if not known or len(known) * 2 < len(full):
        return None
    first, last = named[0], named[-1]
    if first is not None and first.kind == "languages" and len(full) > 1:
        # "Languages & Libraries" are those of computers
        others = {n.kind if n else "skills" for n in named[1:]}
        return Named("skills" if "skills" in others else "languages", 2)
    if first is not None and first.strength >= 2:
        return Named(first.kind, 2)
    if last is not None and last.kind != "header":
        # "Leadership and Work Experience": the last part is the noun of all
        return Named(last.kind, 2 if last.strength == 3 and len(parts) == 2 else 1)
    return Named(known[0].kind, 1)
