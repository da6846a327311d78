"""What the neighbourhood of a place says: small questions that `disambiguation` weighs."""

from __future__ import annotations

import re
from typing import NamedTuple

from .matcher import Candidate, next_word
from .scene import Scene
from .tables import Rule
from .tokens import (
    BLANK,
    BREAK,
    BULLET,
    CLOSE,
    COLON,
    END,
    HYPHEN,
    LIST,
    OPEN,
    OTHER,
    SLASH,
    SPACE,
    WORD,
    Tokens,
)
from .variants import STROKE
from .wordlist import ENGLISH, NAMES, words

_LIST_KINDS = frozenset({LIST, SLASH, BULLET, BREAK, OPEN, CLOSE, COLON, SPACE, OTHER})
_SEPARATORS = frozenset({LIST, SLASH, BULLET})
_CLOSES = frozenset({LIST, END, CLOSE, BREAK, BLANK, BULLET})
_LETTERS = re.compile(r"[^A-Za-z0-9+#]+")
TECHNICAL = words(
    "api apis sdk cli developer developers engineer engineers engineering programming programmer language "
    "framework frameworks library libraries script scripts scripting code coding app apps application "
    "applications model models pipeline pipelines server cluster clusters database databases jobs "
    "services service backend frontend stack plugin plugins module modules project projects web "
    "integration chatbot bot agents agent dashboards dashboard queries query"
)
_FRAMES = words(
    "learning learn using uses used via know knows knew programming coding scripting code coded write "
    "wrote written writing develop developed developing built build building deployed deploying"
)
_FRAME_PREPOSITIONS = frozenset({"in", "with", "of", "on", "to", "and", "for", "including", "like"})
_FRAME_HEADS = words(
    "experience experienced knowledge proficient proficiency familiar familiarity skilled skills fluent "
    "expert expertise background written coded built developed implemented programming coding scripts "
    "scripting code training trained worked working work migrated migrating ported deployed hosted "
    "course courses certified certification library framework tools such"
)
_GOES_ON = frozenset(
    {"with", "for", "to", "and", "or", "at", "by", "on", "using", "as", "that", "which"}
)
_MAKES = words(
    "built build wrote write written ran run made make set brought drew deploy deploying migrate "
    "migrating migration move moving switch switching wrote rewrote taught shipped"
)
_CURRENCIES = frozenset({"CAD", "AUD", "PLN", "INR"})
_KIN = words(
    "me named daughter son sister brother wife husband mother father friend cousin mr mrs ms dr uncle "
    "aunt niece nephew colleague called"
)
_PLACES = words(
    "university college hospital clinic church high elementary school street avenue road lane county "
    "district valley park lake river bay hills city township primary secondary"
)
_VOWEL = re.compile(r"[aeiouy]")


def vetoed(tokens: Tokens, c: Candidate, rule: Rule, listed: bool) -> str:
    """Why a place is ruled out by its very neighbours, "" if it is not."""
    if short_in_word(tokens, c):
        return "part of a word"
    if rule.text in _CURRENCIES and _is_amount(tokens, c.last):
        return "amount"
    if c.first and tokens.keys[c.first] in NAMES and tokens.keys[c.first - 1] in _KIN:
        return "name of a person"
    if c.last - c.first == 1 and tokens.keys[c.first] in ENGLISH and _place_name(tokens, c):
        return "name of a place"
    if rule.not_before:
        after = words_after(tokens, c.last - 1)
        joined = listed and after.partition(" ")[0] in ("and", "or")  # the list goes on
        if not joined and any(after == w or after.startswith(w + " ") for w in rule.not_before):
            return "next word"
    # “and Excel”, “in Jest”: a rule that minds no case rules out the word, not the capitalised name.
    named = rule.case == "any" and tokens.raws[c.first][0].isupper() and rule.text[0].isupper()
    named = named or (listed and c.first > 0 and tokens.keys[c.first - 1] in ("and", "or"))
    if rule.not_after and not (named and c.first and inside_sentence(tokens, c)):
        before = words_before(tokens, c.first)
        if any(before == w or before.endswith(" " + w) for w in rule.not_after):
            return "previous word"
    return ""


def _is_amount(tokens: Tokens, at: int) -> bool:
    """Whether an amount of money stands there: 1.1M, 40k, 12,500."""
    if at >= len(tokens.raws):
        return False
    raw = tokens.raws[at]
    if raw in ("$", "€", "£"):
        return True
    if not raw[0].isdigit():
        return False
    comma = at + 1 < len(tokens.raws) and tokens.raws[at + 1] == ","
    return (
        raw[-1] in "kKmMbB" or len(raw) > 3 or (comma and tokens.starts[at + 1] == tokens.end(at))
    )


def _place_name(tokens: Tokens, c: Candidate) -> bool:
    """“Grand River University”: a capitalized word in the name of a school or a place."""
    if not tokens.raws[c.first][0].isupper():
        return False
    at = c.last
    for _ in range(2):
        if at >= len(tokens.raws) or tokens.kinds[at] != WORD or not tokens.raws[at][0].isupper():
            return False
        if tokens.keys[at] in _PLACES:
            return True
        at += 1
    return False


def words_after(tokens: Tokens, last: int) -> str:
    """The next three words of the same phrase, as keys with spaces."""
    words: list[str] = []
    while len(words) < 3 and (step := next_word(tokens, last)) and step[1] != STROKE:
        last = step[0]
        words.append(tokens.keys[last])
    return " ".join(words)


def words_before(tokens: Tokens, first: int) -> str:
    """The three words before in the same phrase, as keys with spaces."""
    words: list[str] = []
    k = first - 1
    while k >= 0 and len(words) < 3:
        if tokens.kinds[k] == WORD:
            words.append(tokens.keys[k])
        elif tokens.kinds[k] not in (BREAK, HYPHEN, SPACE):
            break
        k -= 1
    return " ".join(reversed(words))


def short_in_word(tokens: Tokens, c: Candidate) -> bool:
    """Whether a one- or two-letter name hangs on something: C-level, R&D, J. R. Smith, O’C."""
    if c.last - c.first > 1 or c.end - c.start > 2:
        return False
    raws, starts, kinds = tokens.raws, tokens.starts, tokens.kinds
    single = c.end - c.start == 1
    after, before = c.last, c.first - 1
    if after < len(raws) and starts[after] == c.end:
        if raws[after] in "-‐‑'’@_" and not (single is False and raws[after] in "-‐‑"):
            following = after + 1
            if (
                following < len(raws)
                and starts[following] == starts[after] + 1
                and kinds[following] == WORD
            ):
                return True
        if raws[after] == "&" or (single and raws[after] in ("'s", "’s")):
            return True
        if single and raws[after] == "." and after + 1 < len(raws) and kinds[after + 1] == WORD:
            return True  # an initial
    if single and after < len(raws) and raws[after] == "&" and kinds[after] == WORD:
        return True
    glued = before > 0 and starts[before] > 0 and tokens.end(before) == c.start
    if glued and raws[before] in "-‐‑'’@_.&$#":
        return raws[before] not in "-‐‑" or tokens.end(before - 1) == starts[before]
    return False


def as_acronym(tokens: Tokens, c: Candidate, rule: Rule) -> bool:
    """Whether a short name that only its letters tell from a word is written as it should be."""
    if rule.given or rule.context != "none":
        return False
    written = tokens.raws[c.first]
    if rule.case == "acronym" and not _VOWEL.search(written.lower()):
        return True  # "sql" is no other word
    return written.startswith(rule.text)


def framed(tokens: Tokens, first: int, after: int) -> bool:
    """Whether the words before say that a skill follows: “experience with”, “written in”."""
    at = first - 1
    if at > 0 and tokens.kinds[at] == COLON:
        at -= 1
    if at < 0 or tokens.kinds[at] != WORD:
        return False
    before = tokens.keys[at]
    if before in _FRAMES:
        return True
    closes = after >= len(tokens.kinds) or tokens.kinds[after] in _CLOSES
    if before in ("in", "with") and (closes or tokens.keys[after] in _GOES_ON):
        return True
    if before in ("in", "with", "on", "to", "onto", "into") and tokens.raws[first][0].isupper():
        for k in range(at - 1, max(-1, at - 7), -1):
            if tokens.kinds[k] in (BULLET, BLANK, END):
                break
            if tokens.keys[k] in _MAKES or tokens.keys[k].endswith("ed"):
                return True
    return before in _FRAME_PREPOSITIONS and first > 1 and tokens.keys[first - 2] in _FRAME_HEADS


def inside_sentence(tokens: Tokens, c: Candidate) -> bool:
    """Whether a capital can't be that of a sentence's start: the word before is in lower case."""
    before = c.first - 1
    return tokens.kinds[before] == WORD and tokens.raws[before][0].islower()


def case_score(scene: Scene, c: Candidate, rule: Rule, listed: bool, kind: str) -> float:
    """What the letters' case adds; -99 rules the form out."""
    if rule.case == "any":
        return 0.0
    written = _LETTERS.sub("", scene.tokens.text[c.start : c.end])
    wanted = _LETTERS.sub("", rule.text)
    if rule.case == "acronym":
        free = listed or kind == "skills" or (written.isupper() and in_capitals(scene, c))
        return 0.0 if free or written.startswith(wanted) else -99.0
    if wanted.islower() and len(wanted) > 3 and written == wanted.capitalize():
        return -0.5
    if written.startswith(wanted):
        if rule.case == "upper" and wanted.isupper() and in_capitals(scene, c):
            return -1.0
        return 0.0
    if written.isupper() and not wanted.isupper() and in_capitals(scene, c):
        return -0.5
    if written.islower() and not wanted[1:].isupper() and in_lower_list(scene, c):
        return -0.5 if listed else -2.0
    return -99.0


def in_capitals(scene: Scene, c: Candidate) -> bool:
    """Whether the line around a candidate is set in capitals."""
    first, last = scene.line_of(c.first)
    rest = "".join(
        raw
        for k, raw in enumerate(scene.tokens.raws[first:last], first)
        if not c.first <= k < c.last and scene.tokens.kinds[k] == WORD and raw.isalpha()
    )
    return len(rest) >= 4 and rest.isupper()


def in_lower_list(scene: Scene, c: Candidate) -> bool:
    """Whether a line is a list written without capitals."""
    first, last = scene.line_of(c.first)
    raws = [r for r in scene.tokens.raws[first:last] if r.isalpha()]
    marks = sum(kind in _SEPARATORS for kind in scene.tokens.kinds[first:last])
    return len(raws) >= 3 and marks * 3 >= len(raws) and sum(r[0].isupper() for r in raws) <= 1


def beside_skill(tokens: Tokens, c: Candidate, sites: set[int]) -> bool:
    """Whether a sure skill is the next or the previous item of a list."""
    for step, at in ((-1, c.first - 1), (1, c.last)):
        seen = 0
        for _ in range(4):
            if not 0 <= at < len(tokens.kinds):
                break
            if tokens.kinds[at] == WORD:
                if tokens.keys[at] in ("and", "or"):
                    seen += 1
                elif seen and at in sites:
                    return True
                else:
                    break
            elif tokens.kinds[at] in _LIST_KINDS:
                seen += 1
            else:
                break
            at += step
    return False


def in_name(tokens: Tokens, c: Candidate, sites: set[int]) -> bool:
    """Whether a capitalised word that is no skill stands right beside it."""
    after, before = c.last, c.first - 1
    if tokens.raws[c.first].isupper() and len(tokens.raws[c.first]) > 1:
        return False  # an abbreviation is nobody's name

    def foreign(k: int) -> bool:
        raw = tokens.raws[k]
        return raw[0].isupper() and raw[1:].islower() and raw.isalpha() and k not in sites

    kinds, keys = tokens.kinds, tokens.keys
    follows = after < len(kinds) and kinds[after] == WORD and tokens.starts[after] == c.end + 1
    if follows and foreign(after):
        return keys[after] not in TECHNICAL
    if before >= 0 and kinds[before] == WORD and tokens.end(before) + 1 == c.start:
        opens = before == 0 or kinds[before - 1] in (BREAK, BULLET, END, COLON)
        return not opens and foreign(before) and keys[before] not in TECHNICAL
    return False


class Around(NamedTuple):
    """The words of a stretch of text: as one string with spaces at both ends, and as a set.

    The set holds the singular of each word too.
    """

    text: str
    bag: frozenset[str]


def words_around(tokens: Tokens, first: int, last: int) -> Around:
    """The words between two tokens."""
    found = [k for k in tokens.keys[max(0, first) : last] if k]
    singular = (k[:-1] for k in found if k[-1] == "s")
    return Around(f" {' '.join(found)} ", frozenset((*found, *singular)))


def count_cues(around: Around, cues: tuple[str, ...], own: list[str]) -> int:
    """How many cues stand there, in singular or plural; the words of the place itself are none."""
    count = 0
    text, bag = around
    for cue in cues:
        if " " in cue:
            count += f" {cue} " in text or f" {cue}s " in text
        elif cue in bag or (cue[-1] == "s" and cue[:-1] in bag):
            count += cue.removesuffix("s") not in own and cue not in own
    return count
