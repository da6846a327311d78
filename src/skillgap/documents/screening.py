"""What a text tells about attempts to mislead its reader, and whether there is enough of it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from skillgap.documents import clean
from skillgap.types import Line, Notice

FEW_WORDS = 40  # a résumé of fewer words was likely not read in full
_TIMES = 3  # as often as an honest document does not repeat a list
_ITEMS = 6  # items in a row that count as the same list when they come again
_TOKENS = 8  # the same for bare words
_SEPARATOR = re.compile(r"[,;|•·\n\t]|\s/\s|\s[-–—]\s")
_SMALL = frozenset(
    "a an and as at by for from has i in into is it my of on or our that the this to was were with".split()  # noqa: SIM905
)

_WHOM = r"(?:this|the|my)\s+(?:candidate|applicant|resume|résumé|cv|profile|application)"
_RATE = "rate rank score grade mark classify evaluate assess label treat consider present describe"
_GIVE = "give assign award grant recommend shortlist hire select approve accept advance pass"
_WHO = "candidate applicant resume résumé cv profile application"

# Each pattern is tried only on texts that hold one of its triggers: most texts hold none.
_ORDERS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (
        ("ignore", "disregard", "forget", "override", "bypass"),
        re.compile(
            r"(?:ignore|disregard|forget|override|bypass)\s+"
            r"(?:(?:all|any|every|of|the|your|my|these|those)\s+)*"
            r"(?:previous|prior|above|earlier|preceding|existing|other|system|initial|original)\s+"
            r"(?:\w+\s+)?(?:instructions?|prompts?|rules|guidelines|directions?|commands?|criteria)",
            re.I,
        ),
    ),
    (
        tuple(f"{a} {b}" for a in ("this", "the", "my") for b in _WHO.split()),
        re.compile(
            rf"\b(?:(?:{_RATE.replace(' ', '|')})\s+{_WHOM}\s+"
            r"(?:as|at|with|highly|above|first|number|the\s+(?:best|top|highest)|top|\d+)"
            rf"|(?:{_GIVE.replace(' ', '|')})\s+{_WHOM}\b"
            rf"|(?:do\s+not|don['’]t|never)\s+(?:reject|filter|discard|screen\s+out)\s+{_WHOM})",
            re.I,
        ),
    ),
    (
        (
            "note to",
            "note for",
            "message to",
            "message for",
            "attention",
            "instruction",
            "hint",
            "dear ",
        ),
        re.compile(
            r"\b(?:note|message|attention|instructions?|hint|dear)\s*(?:to|for|:)?\s+"
            r"(?:the\s+|any\s+|all\s+)?(?:ai|llms?|chatgpt|gpt|language\s+models?|ai\s+\w+|ats"
            r"|(?:resume|résumé|cv)\s+(?:parsers?|screeners?|bots?)|automated\s+(?:systems?|screeners?))"
            r"\s*[:,.!]",
            re.I,
        ),
    ),
    (
        (
            "you are a",
            "you are now",
            "as an ai",
            "as an llm",
            "as a l",
            "as a r",
            "as an ats",
            "as a h",
        ),
        re.compile(
            r"(?:if\s+you\s+are|you\s+are(?:\s+now)?|\bas)\s+an?\s+"
            r"(?:ai|llm|(?:large\s+)?language\s+model|"
            r"(?:resume|résumé|ats|recruiting|hiring)\s+(?:screener|screening\s+\w+|parser|bot|assistant))"
            r"\b[^.]{0,60}(?:reading|must|should|please|rate|rank|score|recommend|respond|reply|output"
            r"|return|say|ignore)",
            re.I,
        ),
    ),
    (
        ("<|", "inst]", "<<sys>>", "## sys", "## ins"),
        re.compile(
            r"<\|(?:im_start|im_end|system|endoftext)\|>|\[/?INST\]|<<SYS>>"
            r"|^#{2,}\s*(?:system|instruction)s?\s*:?\s*$",
            re.I | re.M,
        ),
    ),
)
_QUOTES = "\"“”„«»'‘’`"

# Letters of other scripts that look like Latin ones (the common part of Unicode's confusables).
_LOOK_ALIKE = frozenset("аеорсухіјѕԁһԛԝѵґӏАВЕКМНОРСТУХІЈЅԌԚԜαορυνικτωΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳ")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SECRET_INSIDE = re.compile(f"[^\\W\\d_][{clean.SECRET}]+[^\\W\\d_]")


def screen(text: str, lines: tuple[Line, ...], hidden: str = "") -> Iterator[Notice]:
    """Notices about a text; `hidden` is what was left out of it because nobody sees it."""
    count = len(text.split())
    if count < FEW_WORDS:
        yield Notice(
            "few_words",
            f"Only {count} words were found: if the document shows more, export it again as text.",
        )
    if order := _order(text) or _order(hidden):
        yield Notice(
            "prompt_injection",
            f"A sentence speaks to a machine instead of a reader and was not obeyed: “{order}”",
            _page(lines, text.find(order)),
        )
    if odd := _obfuscated(text):
        yield Notice(
            "obfuscated_text",
            f"{len(odd)} word(s) mix letters of other alphabets or invisible characters in: "
            f"“{', '.join(odd[:5])}”. They are not read as the words that they look like.",
            _page(lines, text.find(odd[0])),
        )
    if listed := _stuffed(text, lines):
        yield Notice(
            "keyword_stuffing",
            f"The same list of words stands there again and again; it counts once: “{listed}”",
        )


def _page(lines: tuple[Line, ...], at: int) -> int | None:
    page = next((line.page for line in lines if line.start <= at < line.end), 0)
    return page or None


def _order(text: str) -> str:
    """The first order to a machine, "" where there is none; in quotation marks it is only cited."""
    low = " ".join(text.lower().split())
    for triggers, pattern in _ORDERS:
        if not any(t in low for t in triggers):
            continue
        for m in pattern.finditer(text):
            before = text[max(0, m.start() - 1) : m.start()]
            if not before or before not in _QUOTES:
                return " ".join(m[0].split())[:120]
    return ""


def _obfuscated(text: str) -> list[str]:
    if text.isascii():
        return []
    found = [
        m[0]
        for m in _WORD.finditer(text)
        if not m[0].isascii() and any(c in _LOOK_ALIKE for c in m[0]) and _mixed(m[0])
    ]
    for m in _SECRET_INSIDE.finditer(text):
        start = text.rfind(" ", 0, m.start()) + 1
        found.append(re.split(r"\s", text[max(start, m.start() - 20) : m.end() + 20])[0])
    return list(dict.fromkeys(found))


def _mixed(word: str) -> bool:
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in word}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})


def _stuffed(text: str, lines: tuple[Line, ...]) -> str:
    """The list that is repeated past honesty, "" where there is none.

    Either items set apart by commas and the like, or bare words without the small words that
    sentences have, come in the same order at least `_TIMES` times.
    """
    body = "\n".join(text[line.start : line.end] for line in lines if not line.furniture)
    items = [" ".join(i.casefold().split()) for i in _SEPARATOR.split(body)]
    listed = [i for i in items if i]
    if found := _again(listed, _ITEMS, _is_listed):
        return ", ".join(found)
    return " ".join(_again(body.casefold().split(), _TOKENS, _is_bare))


def _is_listed(run: tuple[str, ...]) -> bool:
    return all(len(i.split()) <= 4 and not i[0].isdigit() for i in run)


def _is_bare(run: tuple[str, ...]) -> bool:
    return not any(t in _SMALL or not t[0].isalpha() or t[-1] in ".,;:)" for t in run)


def _again(
    units: list[str], length: int, listlike: Callable[[tuple[str, ...]], bool]
) -> tuple[str, ...]:
    """The most frequent run of `length` units that comes `_TIMES` times or more; () for none."""
    if len(units) < length + _TIMES - 1:
        return ()
    counts = Counter(zip(*(units[k:] for k in range(length)), strict=False))
    often = [run for run, n in counts.items() if n >= _TIMES and listlike(run)]
    return max(often, key=lambda run: (counts[run], run), default=())
