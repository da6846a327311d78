"""What a text tells about attempts to mislead its reader, and whether there is enough of it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

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

_WHOM = (
    r"(?:(?:(?:this|the|my)\s+(?:candidate|applicant|person|resume|résumé|cv)|my\s+application"
    r"|(?:this|my)\s+profile)"
    r"(?:[’']s\s+\w+)?|me)\b"
)
_MACHINE = (
    r"(?:ai|llms?|chatgpt|gpt|claude|gemini|copilot|(?:large\s+)?language\s+models?|ats|bots?|"
    r"(?:resume|résumé|cv|ats|recruiting|hiring|ai|automated)[\s-]+"
    r"(?:screeners?|screening\s+\w+|parsers?|bots?|assistants?|systems?|models?|agents?|tools?|"
    r"reviewers?|recruiters?|evaluators?))"
)
_RULES = (
    r"(?:instructions?|prompts?|rules|guidelines|directions?|commands?|criteria|rubrics?"
    r"|constraints|requirements|messages?|context)\b"
)
_BEST = (
    r"(?:(?:the\s+|a\s+)?[{\"']{0,2}(?:(?:overall|match|fit|final)\s+)?(?:scores?|ratings?|grades?|marks?)[\"']?\s*"
    r"(?:of\s+|is\s+|[:=]\s*)?[\"“'‘]?(?:9\d?|10|100)\b"
    r"|[\"“'‘]?(?:10\s*/\s*10|5\s*/\s*5|100\s*/\s*100|100\s*%\s+(?:match|fit)|10\s+out\s+of\s+10|100\s+out\s+of\s+100)"
    r"|[\"“'‘]?(?:strong(?:ly)?\s+(?:hire|recommend\w*)|highly\s+recommend\w*|hire\b|must[\s-]hire"
    r"|perfect\s+(?:match|fit|candidate)|ideal\s+candidate)"
    r"|(?:the\s+|a\s+)?(?:highest|maximum|max|top|best|full|perfect)\s+(?:possible\s+)?"
    r"(?:scores?|ratings?|marks?|grades?|rank\w*|recommendation))"
)
_DO = (
    r"(?:must|output|return|rate|rank|score|respond|reply|recommend|ignore|disregard|approve|select"
    r"|say|answer|assign|shortlist|always\s+\w+)\b"
)
_DOES = rf"(?:[.:,;!\n]\s*|\b(?:to|please|and|will|always|now)\s+){_DO}"
_IS = r"\s+(?:is|are|has|have|meets?|match(?:es)?|satisf\w+|fulfil\w*|exceeds?|possess\w*|fits?)\b"

_NAMES = re.compile(r"[a-zé]+")


class _Rule(NamedTuple):
    """A pattern with the plain strings that it may start at, which most texts hold few of."""

    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    clause: bool = True  # counts only where an imperative can stand
    also: frozenset[str] = frozenset()  # words of which the text must hold one besides


def _rule(triggers: str, pattern: str, also: str = "") -> _Rule:
    found = re.compile(rf"\b{pattern}", re.I)
    return _Rule(tuple(triggers.split("|")), found, also=frozenset(also.split()))


_WHOMS = "candidate applicant person resume résumé cv profile application me"
# Every repetition is bounded, so that time is linear in the text.
_ORDERS: tuple[_Rule, ...] = (
    _rule(
        "ignore|disregard|forget|override|bypass|stop following",
        r"(?:ignore|disregard|forget|stop\s+following|(?:override|bypass)"
        r"(?=\s+(?:\w+\s+){1,5}?(?:instructions?|prompts?|guidelines|criteria|rubrics?)\b))\s+"
        r"(?:(?:(?:all|any|every|of|the|your|my|these|those)\s+){0,4}"
        r"(?:(?:previous|prior|above|earlier|preceding|existing|other|system|initial|original)\s+"
        rf"(?:\w+\s+)?{_RULES}"
        rf"|(?:\w+\s+)?{_RULES}\s+(?:above|before|(?:that\s+)?you|so\s+far|given|provided)\b"
        r"|(?:(?:scoring|evaluation|screening|hiring|grading)\s+)(?:\w+\s+)?"
        r"(?:instructions?|rules|guidelines|criteria|rubrics?|guide)\b"
        r"|(?:instructions|rubric)\b(?=\s*(?:[.,;!]|and\b|$)))"
        r"|(?:everything|anything|all|what)\s+(?:\w+\s+){0,4}"
        r"(?:above|before|previously|earlier|told|so\s+far|until\s+now)\b)",
    ),
    _rule(
        "rate|rank|score|grade|mark|classify|evaluate|assess|label|treat|consider|present|describe",
        r"(?:rate|rank|score|grade|mark|classify|evaluate|assess|label|treat|consider|present|describe)"
        rf"\s+{_WHOM}\s+"
        r"(?:as|at|with|highly|above|first|number|the\s+(?:best|top|highest)|top|\d+)",
        _WHOMS,
    ),
    _rule(
        "give|assign|award|grant|recommend|shortlist|hire|select|approve|accept|advance|pass|set",
        r"(?:(?:give|assign|award|grant|recommend|shortlist|hire|select|approve|accept|advance|pass)"
        rf"\s+{_WHOM}(?<!\bme)|(?:give|assign|award|grant)\s+(?:me\s+)?{_BEST}"
        r"|set\s+(?:the|my)\s+(?:\w+\s+)?(?:score|rating|grade|rank)\s+to\s+(?:9\d?|10|100)\b)",
    ),
    _rule(
        "do not|don't|don’t|never",
        rf"(?:do\s+not|don['’]t|never)\s+(?:reject|filter|discard|screen\s+out)\s+{_WHOM}",
        _WHOMS,
    ),
    _rule(
        "this|the candidate|the applicant|my resume|my résumé|my cv|my application",
        rf"{_WHOM}(?<!\bme)\s+(?:must|should|shall|has\s+to|needs?\s+to)\s+(?:always\s+)?"
        rf"(?:(?:be\s+given|receive|get)\s+{_BEST}|be\s+(?:always\s+)?(?:ranked|rated|scored|hired"
        r"|selected|shortlisted|approved|accepted|recommended|advanced)\b)",
        _WHOMS,
    ),
    _rule(
        "when|while|before",
        r"(?:when|while|before)\s+(?:summari[sz]|evaluat|assess|scor|rat|rank|screen|review|grad|pars)"
        rf"ing\s+{_WHOM}(?<!\bme)\s*,",
        _WHOMS,
    ),
    _rule(
        "pretend|assume|imagine|act as|conclude|confirm|state|say|report|write|believe|claim",
        r"(?:pretend|assume|imagine|act\s+as\s+(?:if|though)|conclude|confirm|state|say|report|write"
        rf"|believe|claim)\s+(?:that\s+)?{_WHOM}(?<!\bme){_IS}",
        _WHOMS,
    ),
    _rule(
        "output|return|respond|reply|answer|print|say|state|emit",
        r"(?:(?:output|return|print|say|state|emit)(?:\s*:)?\s+(?:only\s+|exactly\s+|a\s+|an\s+|that\s+)?"
        r"|(?:respond|reply|answer)\s+(?:only\s+)?(?:with|by|that|:)\s*(?:only\s+|an?\s+)?)"
        rf"(?::\s*)?{_BEST}",
    ),
    _rule(
        "note|message|attention|instruction|instructions|hint|dear|hey|hello|to any|to all|to every|to the",
        r"(?:(?:note|message|attention|instructions?|hint|dear|hey|hello)\s*(?:to|for|:)?\s+"
        rf"(?:the\s+|any\s+|all\s+)?{_MACHINE}\s*[:,.!]"
        rf"|to\s+(?:the|any|all|every)\s+{_MACHINE}\s+"
        r"(?:reading|reviewing|screening|parsing|evaluating|processing)\s+(?:this|my)\b)",
    ),
    _rule(
        "ai|llm|llms|chatgpt|gpt|claude|gemini|copilot|assistant|assistants|language model"
        "|large language|screener|screeners|resume|résumé|cv|automated|recruiting|hiring"
        "|bot|bots|parser|parsers|ats",
        rf"(?:{_MACHINE}|assistants?|screeners?|parsers?)\s+(?:that\s+is\s+|who\s+is\s+)?"
        r"(?:reading|reviewing|screening|parsing|evaluating|processing)\s+"
        r"(?:this|(?:the|my)\s+(?:resume|résumé|cv|application|profile))\b[^.\n]{0,30}?"
        r"\b(?:should|must|shall|please|will|has\s+to|needs?\s+to|have\s+to)\b",
        "reading reviewing screening parsing evaluating processing",
    ),
    _rule(
        "if you are|you are|you're|you’re",
        rf"(?:if\s+)?you(?:\s+are(?:\s+now)?|['’]re)\s+an?\s+{_MACHINE}\b"
        rf"(?s:.{{0,90}}?)\b(?:reading|please|must|should|{_DOES})",
    ),
    _rule(
        "as a",
        rf"as\s+an?\s+{_MACHINE}(?:\s*[,:]|\s+(?:reading|screening|reviewing|you)\b)"
        rf"[^.]{{0,60}}?\b(?:should|please|{_DO})",
    ),
    _rule(
        "you are|you're|you’re|act as a",
        r"(?:you\s+are(?:\s+now)?|you['’]re|act\s+as)\s+an?\s+(?:(?!(?:for|of|to|in|at|with|who)\b)[\w-]{1,20}\s+){0,4}"
        r"(?:recruiter|assistant|manager|model|screener|evaluator|interviewer|grader|judge|bot|ai|llm)"
        rf"\b(?s:.{{0,90}}?)(?:\b(?:must|should)\b|{_DOES})",
    ),
    _rule(
        "system|assistant|developer",
        r"(?:system|assistant|developer)(?:\s+(?:prompt|message|override|instruction|note))?\s*:\s*"
        r"(?:please\s+|now\s+|always\s+)?(?:you\s+(?:are|must|should|will|shall)\b"
        rf"|{_DO}\s+(?:this|my|candidate|only|with|[\"'“‘\d])|"
        rf"(?:[^.\n]{{0,30}}\s)?(?:(?:this|the)\s+)?(?:candidate|applicant)(?:{_IS}|\s+(?:must|should)\b))",
    ),
    _Rule(
        ("<|", "[inst", "[/inst", "<<sys", "<system", "</system", "[system", "##"),
        re.compile(
            r"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|>"
            r"|\[/?INST\]|<<SYS>>|</?system>|\[system\](?!\()"
            r"|(?<![^\n])#{2,6}\s*(?:system|instruction)s?\s*:?\s*(?:\n|$)",
            re.I,
        ),
        False,
    ),
)
_QUOTES = "\"“”„«»'‘’`"
_BACK = 240  # characters before an order that are looked at
_BLOCK = re.compile(r"\n\s*(?:\n|[•·▪◦●*–—-]\s)|\n(?=[A-ZÀ-Þ])|^\s*[•·▪◦●*–—-]\s")
_SENTENCE = re.compile(r"[.!?;][\"”’')]*\s+")
_OPENED = re.compile(rf"(?:(?<=[\s(\[:,/])|^)[{_QUOTES}](?=\S|$)|(?<=[\s(]):?[“„«‘]")
_CLOSED = re.compile(rf"(?<=\S)[{_QUOTES}](?=[\s.,;:!?)\]/]|$)")
# What stands before an imperative where nothing precedes it in its own clause.
_BEFORE = re.compile(
    r"(?:^|[^\w\s]|\b(?:please|must|should|shall|will|now|and|then|just|kindly|always|simply|instead"
    r"|also|immediately|only|you|can|so|(?:task|job|goal)\s+is\s+to|need\s+to|have\s+to|has\s+to|you\s+to|are\s+to))\s*$",
    re.I,
)
_GOES_ON = re.compile(r"\b(?:to|that|which|who|not|never|cannot|and|or|the|a|can|may)\s*$", re.I)
_CITING = re.compile(
    r"attack|inject|jailbr|red.?team|adversar|harden|defen[cds]|guardrail|robust|such\s+as|\blike\b"
    r"|e\.g\.|against|detect|block|\b(?:paper|talk|article|blog|thesis|workshop|entitled|titled)\b",
    re.I,
)
_TOLD = re.compile(r"\W*(?:(?:I|we|\w+ly)\s+)?(\w+)(?:-\w+)?\s", re.I)
_PAST = frozenset(
    "wrote built led made ran taught gave won found fought kept caught drove held set cut broke spoke "  # noqa: SIM905
    "oversaw sent chose did brought began thought told took grew put shown stopped co".split()
)
_NO_PAST = frozenset(
    "need indeed proceed speed feed regarding considering concerning following reading having being "  # noqa: SIM905
    "warning during screening hiring evaluating processing reviewing".split()
)

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
    """The first order to a machine, "" where there is none or where it is only told of."""
    low = text.lower()
    if len(low) != len(text):  # a few letters grow: places would not fit
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    words = frozenset(_NAMES.findall(low))
    for rule in _ORDERS:
        if rule.also and words.isdisjoint(rule.also):
            continue
        for trigger in rule.triggers:
            name = _NAMES.match(trigger)
            if name and name[0] not in words:
                continue
            at = low.find(trigger)
            while at >= 0:
                m = rule.pattern.match(text, at)
                if m and not (rule.clause and _told(text, m)):
                    return " ".join(m[0].split())[:120]
                at = low.find(trigger, at + len(trigger))
    return ""


def _told(text: str, m: re.Match[str]) -> bool:
    """Whether a sentence reports an order (of a test, an attack, a prompt) and gives none."""
    block = _last(_BLOCK, text[max(0, m.start() - _BACK) : m.start() + 1])[:-1]
    lead = _last(_SENTENCE, block)
    opened = max((q.start() for q in _OPENED.finditer(block)), default=-1)
    if opened >= 0 and not _CLOSED.search(block, opened + 1):
        before = block[:opened]
        return len(before.split()) > 1 or bool(
            _CITING.search(before + text[m.end() : m.end() + 60])
        )
    fresh = block.endswith("\n") and not _GOES_ON.search(block)
    if not (fresh or _BEFORE.search(lead)) or _CITING.search(lead):
        return True
    after = _SENTENCE.split(text[m.end() : m.end() + 40], maxsplit=1)[0].partition("\n")[0]
    if re.match(r"[^\w]*\s*(?:attack|inject|jailbr)", after, re.I):
        return True
    first = _TOLD.match(lead)
    word = first[1].lower() if first else ""
    past = word in _PAST or (word.endswith(("ed", "ing")) and word not in _NO_PAST)
    return past and not lead.rstrip().endswith(":")


def _last(boundary: re.Pattern[str], text: str) -> str:
    """What follows the last boundary in a text."""
    return text[max((b.end() for b in boundary.finditer(text)), default=0) :]


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
