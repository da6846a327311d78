"""How text is cut into tokens, and what each token is to the matcher.

A token is decided by its characters alone, so what it is (kind and key) is looked up once for each
distinct token and remembered. Text is never rewritten: tokens are slices of it.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import Final, NamedTuple

# Kinds of token.
WORD: Final = 0
BREAK: Final = 1  # one line end, with the white space around it
BLANK: Final = 2  # an empty line
HYPHEN: Final = 3
SLASH: Final = 4
LIST: Final = 5  # comma, semicolon, vertical bar, middle dot
END: Final = 6  # . ! ?
OPEN: Final = 7
CLOSE: Final = 8
COLON: Final = 9
BULLET: Final = 10
OPAQUE: Final = 11  # an address: nothing in it is a skill
OTHER: Final = 12
SPACE: Final = 13

# Endings that belong to the name before the dot: Node.js, ASP.NET, fast.ai, monday.com.
_DOTTED = "js|JS|Js|ts|py|jl|rs|io|IO|ai|AI|net|NET|Net|com|org|edu|gov|co|app|dev|md|csv|pdf|cpp"
_HYPHENS = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212\ufffe"

TOKEN = re.compile(
    rf"""
    ( (?:https?://|www\.)[^\s<>"|]+
    | [\w.+'-]+@[\w-]+(?:\.[\w-]+)+
    | (?!(?i:asp\.net))(?:[A-Za-z0-9-]+\.)+(?:com|org|net|edu|gov|dev|me|app|in|uk|de|fr)/[^\s,;|<>)\]]*
    | (?:[A-Za-z0-9-]+\.github\.io|huggingface\.co|hf\.co)/[^\s,;|<>)\]]*
    | \(cid:\d+\)
    | [CFJcfj]\#
    | \.(?:NET|Net|net)(?![^\W_])
    | [^\W_]+n['’]t(?![^\W_])
    | ['’]s(?![^\W_])
    | [^\W_]+(?:\.(?:{_DOTTED})(?![^\W_]))*(?:(?<=\d)\.(?:\d[^\W_]*|x(?![^\W_])))*
      (?:\+\+(?:\d\d)?|(?<=[A-Za-z])\+(?![\w+]))?
    | [^\S ]\s*(?<!\ ) | [^\S ]
    | \ +
    | [^ ]
    ) (\ ?)
    """,
    re.VERBOSE,
)
_ADDRESS = re.compile(r"^(?:https?://|www\.)|@|/|^\(cid:")
_DROP = str.maketrans("", "", ".'’")
_BULLETS = frozenset("•●▪■◦‣▸►▶➢➤❖✓✔✦✧★☆◆◇○□»·*⁃∙")
_KINDS: dict[str, int] = {
    **dict.fromkeys(_HYPHENS, HYPHEN),
    **dict.fromkeys(",;|¦،、，；", LIST),
    **dict.fromkeys(".!?…", END),
    **dict.fromkeys("([{（", OPEN),
    **dict.fromkeys(")]}）", CLOSE),
    **dict.fromkeys("/\\", SLASH),
    **dict.fromkeys(":：", COLON),
    **dict.fromkeys(_BULLETS, BULLET),
}


class Tokens(NamedTuple):
    """The tokens of one text, as columns. `keys` are folded forms of words, "" for the rest."""

    text: str
    raws: list[str]
    starts: list[int]
    kinds: list[int]
    keys: list[str]
    spaces: list[bool]  # whether a single space follows, as spaCy keeps it

    def end(self, i: int) -> int:
        """Where a token ends in the text."""
        return self.starts[i] + len(self.raws[i])


def fold(raw: str) -> str:
    """The key of a word: compatibility forms and accents undone, case folded, dots dropped."""
    if raw[0] == "." and len(raw) > 1:
        return raw.lower()  # .NET is not net
    if not raw.isascii():
        raw = "".join(c for c in unicodedata.normalize("NFKD", raw) if not unicodedata.combining(c))
    return raw.translate(_DROP).casefold()


def classify(raw: str) -> tuple[int, str]:
    """The kind and the key of a token."""
    kind = _KINDS.get(raw)
    if kind is not None:
        return kind, ""
    first = raw[0]
    if first.isspace():
        if first == " " and "\n" not in raw:
            return SPACE, ""
        return (BLANK if raw.count("\n") > 1 else BREAK if "\n" in raw else SPACE), ""
    if raw == "&":
        return WORD, "and"
    if len(raw) > 1 and _ADDRESS.search(raw):
        return OPAQUE, ""
    if raw[-1].isalnum() or raw[-1] in "+#":
        if len(raw) == 1 and not first.isalnum():
            return OTHER, ""
        return WORD, fold(raw)
    if unicodedata.category(first) in ("Co", "So", "Cn"):
        return BULLET, ""
    return OTHER, ""


class Lexicon:
    """Remembers what tokens are, up to a limit, so that a long-running service stays flat."""

    def __init__(self, limit: int = 50_000) -> None:
        self._known: dict[str, tuple[int, str]] = {}
        self._limit = limit

    def tokens(self, text: str) -> Tokens:
        """Cut a text into tokens; the single space after a token is the only thing left out."""
        known = self._known
        if len(known) > self._limit:
            known.clear()
        pairs: list[tuple[str, str]] = TOKEN.findall(text)
        raws = [raw for raw, _ in pairs]
        sizes = (len(raw) + len(space) for raw, space in pairs)
        starts = [0, *itertools.accumulate(sizes)][:-1]
        for raw in raws:
            if raw not in known:
                known[raw] = classify(raw)
        infos = [known[raw] for raw in raws]
        return Tokens(
            text,
            raws,
            starts,
            [kind for kind, _ in infos],
            [key for _, key in infos],
            [space != "" for _, space in pairs],
        )


LEXICON = Lexicon()
