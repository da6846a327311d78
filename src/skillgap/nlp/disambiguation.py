"""Decides which candidates mean their skill, and which of overlapping ones stays.

A form without a rule always means its skill. One with a rule is weighed: the words around it, the
section, and the other skills beside it speak for or against it. Each weight is a constant here; the
reason kept with a mention names what decided.
"""

from __future__ import annotations

import math
import re
from typing import Final, NamedTuple

from .frames import is_category, is_study
from .matcher import Candidate, next_word
from .scene import Scene
from .tables import Rule, Tables
from .tokens import BREAK, BULLET, CLOSE, COLON, END, HYPHEN, LIST, OPEN, OTHER, SLASH, SPACE, WORD, Tokens


_LIST_KINDS = frozenset({LIST, SLASH, BULLET, BREAK, OPEN, CLOSE, COLON, SPACE, OTHER})
_SECTION: Final[dict[str, float]] = {
    "skills": 1.5,
    "certifications": 0.3,
    "projects": 0.3,
    "experience": 0.2,
    "interests": -1.5,
    "languages": -1.5,
    "references": -1.5,
    "header": -1.0,
    "volunteering": -0.5,
}
"""How far a kind of section speaks for a technical sense."""
_THRESHOLD: Final[dict[str, float]] = {"required": 1.0, "preferred": -1.0, "none": -2.0}
_NET_THRESHOLD: Final = 0.5  # of rules that nobody wrote for the taxonomy
_WEAK_THRESHOLD: Final = 1.5  # of everyday words: a list or the skills section
_CUE, _CUE_MORE, _CUE_FAR = 2.0, 0.5, 1.0
_ANTI, _ANTI_FAR = -3.0, -0.5
_BESIDE, _NEAR, _NEAR_MOST = 2.0, 0.7, 1.4
_NAMED = -1.5  # a capitalised word beside it that is no skill: a person's name, a title
_TECH_AFTER, _FRAMED, _CAPITAL = 1.2, 1.2, 1.0
_FAR = 60  # tokens
_LETTERS = re.compile(r"[^A-Za-z0-9+#]+")
_TECH = frozenset(
    "api apis sdk cli developer developers engineer engineering programming programmer language "
    "framework frameworks library libraries script scripts scripting code coding app apps application "
    "applications model models pipeline pipelines server cluster clusters database databases jobs "
    "services service backend frontend stack plugin plugins module modules project projects web "
    "integration chatbot bot agents agent dashboards dashboard queries query".split()
)
_FRAMES = frozenset(
    "learning learn using uses used via know knows knew programming coding scripting code coded write "
    "wrote written writing develop developed developing built build building deployed deploying".split()
)
_FRAME_PREPOSITIONS = frozenset({"in", "with", "of", "on", "to", "and", "for", "including", "like"})
_FRAME_HEADS = frozenset(
    "experience experienced knowledge proficient proficiency familiar familiarity skilled skills fluent "
    "expert expertise background written coded built developed implemented programming coding scripts "
    "scripting code training trained worked working work migrated migrating ported deployed hosted "
    "course courses certified certification library framework tools such".split()
)
_VOWEL = re.compile(r"[aeiouy]")


class Evidence(NamedTuple):
    """What speaks for and against a reading."""

    score: float
    reason: str


class Senses:
    """The rules' judgement over the candidates of a document."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def __call__(self, scene: Scene) -> list[Candidate]:
        """The candidates that stay, without overlaps, in text order."""
        rules = self.tables.rules
        tokens = scene.tokens
        open_cases: list[Candidate] = []
        sure: list[Candidate] = []
        for c in scene.candidates:
            if scene.layout.hidden and scene.layout.is_hidden(c.start, c.end):
                continue
            c.dropped = is_category(scene, c) or is_study(scene, c, self.tables)
            if c.sense.rule < 0 or _as_acronym(tokens, c, rules[c.sense.rule]):
                sure.append(c)
            else:
                open_cases.append(c)
        sure = [c for c in sure if not _short_in_word(tokens, c)]
        if not open_cases:
            return [c for c in longest(sure) if not c.dropped]
        beside = longest(sure)
        sites = {k for c in beside for k in (c.first, c.last - 1)}
        taken = list(sure)
        waiting: list[tuple[Candidate, float]] = []
        for c in open_cases:
            rule = rules[c.sense.rule]
            evidence = self.weigh(scene, c, rule, sites, beside)
            limit = _limit(rule)
            if evidence.score >= limit:
                c.confidence = round(c.confidence * _confidence(evidence.score), 2)
                c.reason = evidence.reason
                taken.append(c)
            elif evidence.score > -50:
                waiting.append((c, evidence.score - limit))
        # A list of ambiguous names only (“Go, Rust, Swift”): accepted ones speak for the rest.
        if waiting and len(taken) > len(sure):
            sites = {k for c in taken for k in (c.first, c.last - 1)}
            for c, lacking in waiting:
                if lacking + _BESIDE >= 0 and not _beside(tokens, c, {k for s in beside for k in (s.first, s.last - 1)}):
                    if _beside(tokens, c, sites) and lacking > -_BESIDE:
                        c.confidence, c.reason = 0.7, "list"
                        taken.append(c)
        return [c for c in longest(taken) if not c.dropped]

    def weigh(
        self, scene: Scene, c: Candidate, rule: Rule, sites: set[int], sure: list[Candidate]
    ) -> Evidence:
        """The evidence for one candidate with a rule; -99 where something rules it out."""
        tokens = scene.tokens
        veto = _veto(tokens, c, rule)
        if veto:
            return Evidence(-99.0, veto)
        listed = _beside(tokens, c, sites)
        section = scene.layout.section_at(c.start)
        kind = scene.layout.sections[section].kind if section >= 0 else ""
        case = _case(scene, c, rule, listed, kind)
        if case <= -90:
            return Evidence(case, "case")
        score = case
        reasons: list[str] = ["case"] if case else []
        unit = scene.unit_of(c.first)
        weight = _SECTION.get(kind, 0.0)
        if weight:
            score += weight
            reasons.append(kind)
        near = _phrase_text(tokens, unit.first, unit.last, c)
        hits = sum(1 for cue in rule.cues if _has(near, cue))
        if hits:
            score += _CUE + min(hits - 1, 2) * _CUE_MORE
            reasons.append("cue")
        against = any(_has(near, cue) for cue in rule.anti_cues)
        if against:
            score += _ANTI
            reasons.append("anti-cue")
        if not hits and (rule.cues or rule.anti_cues):
            far = _phrase_text(tokens, max(0, c.first - _FAR), c.last + _FAR, c)
            if any(_has(far, cue) for cue in rule.cues):
                score += _CUE_FAR
                reasons.append("cue in section")
            elif not against and any(_has(far, cue) for cue in rule.anti_cues):
                score += _ANTI_FAR
        if listed:
            score += _BESIDE
            reasons.append("list")
        else:
            close = sum(1 for s in sure if unit.first <= s.first < unit.last and s is not c)
            if close:
                score += min(close * _NEAR, _NEAR_MOST)
                reasons.append("skills near")
            if _named(tokens, c, sites):
                score += _NAMED
                reasons.append("name")
            elif c.last < len(tokens.keys) and tokens.keys[c.last] in _TECH:
                score += _TECH_AFTER
                reasons.append("technical word")
            elif _framed(tokens, c.first):
                score += _FRAMED
                reasons.append("frame")
            if not rule.given and c.first > unit.first and _inside_sentence(tokens, c):
                score += _CAPITAL
                reasons.append("capital")
        return Evidence(score, ", ".join(reasons))


def _limit(rule: Rule) -> float:
    if rule.given:
        return _THRESHOLD[rule.context]
    return _WEAK_THRESHOLD if rule.context == "weak" else _NET_THRESHOLD


def _confidence(score: float) -> float:
    return min(0.98, 1 / (1 + math.exp(-(score + 1.5))))


def _veto(tokens: Tokens, c: Candidate, rule: Rule) -> str:
    """Why a place is ruled out by its very neighbours, "" if it is not."""
    if _short_in_word(tokens, c):
        return "part of a word"
    if rule.not_before:
        after = _words_after(tokens, c.last - 1)
        if any(after == w or after.startswith(w + " ") for w in rule.not_before):
            return "next word"
    if rule.not_after:
        before = _words_before(tokens, c.first)
        if any(before == w or before.endswith(" " + w) for w in rule.not_after):
            return "previous word"
    return ""


def _words_after(tokens: Tokens, last: int) -> str:
    words: list[str] = []
    while len(words) < 3 and (step := next_word(tokens, last)) and step[1] != 4:
        last = step[0]
        words.append(tokens.keys[last])
    return " ".join(words)


def _words_before(tokens: Tokens, first: int) -> str:
    words: list[str] = []
    k = first - 1
    while k >= 0 and len(words) < 3:
        if tokens.kinds[k] == WORD:
            words.append(tokens.keys[k])
        elif tokens.kinds[k] not in (BREAK, HYPHEN, SPACE):
            break
        k -= 1
    return " ".join(reversed(words))


def _short_in_word(tokens: Tokens, c: Candidate) -> bool:
    """Whether a one- or two-letter name hangs on something: C-level, R&D, J. R. Smith, O’C."""
    if c.last - c.first > 1 or c.end - c.start > 2:
        return False
    raws, starts, kinds = tokens.raws, tokens.starts, tokens.kinds
    single = c.end - c.start == 1
    after, before = c.last, c.first - 1
    if after < len(raws) and starts[after] == c.end:
        if raws[after] in "-‐‑'’@_" and not (single is False and raws[after] in "-‐‑"):
            following = after + 1
            if following < len(raws) and starts[following] == starts[after] + 1 and kinds[following] == WORD:
                return True
        if raws[after] == "&" or (single and raws[after] in ("'s", "’s")):
            return True
        if single and raws[after] == "." and after + 1 < len(raws):
            if kinds[after + 1] == WORD:
                return True  # an initial
    if single and after < len(raws) and raws[after] == "&" and kinds[after] == WORD:
        return True
    if before >= 0 and starts[before] + len(raws[before]) == c.start:
        if raws[before] in "-‐‑'’@_.&$#" and before and starts[before] > 0:
            return not (raws[before] in "-‐‑" and (before == 0 or tokens.end(before - 1) != starts[before]))
    return False


def _as_acronym(tokens: Tokens, c: Candidate, rule: Rule) -> bool:
    """Whether a short name that only its letters tell from a word is written as it should be."""
    if rule.given or rule.context != "none":
        return False
    written = tokens.raws[c.first]
    if rule.case == "acronym" and not _VOWEL.search(written.lower()):
        return True  # "sql" is no other word
    return written.startswith(rule.text)


def _framed(tokens: Tokens, first: int) -> bool:
    """Whether the words before say that a skill follows: “experience with”, “written in”."""
    if first < 1 or tokens.kinds[first - 1] != WORD:
        return False
    before = tokens.keys[first - 1]
    if before in _FRAMES:
        return True
    return before in _FRAME_PREPOSITIONS and first > 1 and tokens.keys[first - 2] in _FRAME_HEADS


def _inside_sentence(tokens: Tokens, c: Candidate) -> bool:
    """Whether a capital can't be that of a sentence's start: the word before is in lower case."""
    before = c.first - 1
    return tokens.kinds[before] == WORD and tokens.raws[before][0].islower()


def _case(scene: Scene, c: Candidate, rule: Rule, listed: bool, kind: str) -> float:
    """What the letters' case adds; -99 rules the form out."""
    if rule.case == "any":
        return 0.0
    written = _LETTERS.sub("", scene.tokens.text[c.start : c.end])
    wanted = _LETTERS.sub("", rule.text)
    if rule.case == "acronym":
        free = listed or kind == "skills" or (written.isupper() and _capitals(scene, c))
        return 0.0 if free or written.startswith(wanted) else -99.0
    if wanted.islower() and len(wanted) > 3 and written == wanted.capitalize():
        return -0.5
    if written.startswith(wanted):
        if rule.case == "upper" and wanted.isupper() and _capitals(scene, c):
            return -1.0
        return 0.0
    if written.isupper() and not wanted.isupper() and _capitals(scene, c):
        return -0.5
    if listed and written.islower() and _lower_list(scene, c):
        return -0.5
    return -99.0


def _capitals(scene: Scene, c: Candidate) -> bool:
    """Whether the line around a candidate is set in capitals."""
    first, last = scene.line_of(c.first)
    rest = "".join(
        raw
        for k, raw in enumerate(scene.tokens.raws[first:last], first)
        if not c.first <= k < c.last and scene.tokens.kinds[k] == WORD and raw.isalpha()
    )
    return len(rest) >= 4 and rest.isupper()


def _lower_list(scene: Scene, c: Candidate) -> bool:
    """Whether a line is a list written without capitals."""
    first, last = scene.line_of(c.first)
    raws = [r for r in scene.tokens.raws[first:last] if r.isalpha()]
    return len(raws) >= 3 and sum(r[0].isupper() for r in raws) <= 1


def _beside(tokens: Tokens, c: Candidate, sites: set[int]) -> bool:
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


def _named(tokens: Tokens, c: Candidate, sites: set[int]) -> bool:
    """Whether a capitalised word that is no skill stands right beside it."""
    raws, kinds, keys, starts = tokens.raws, tokens.kinds, tokens.keys, tokens.starts
    after, before = c.last, c.first - 1
    if after < len(raws) and kinds[after] == WORD and starts[after] == c.end + 1:
        if raws[after][0].isupper() and raws[after].isalpha() and after not in sites:
            return keys[after] not in _TECH
    if before >= 0 and kinds[before] == WORD and tokens.end(before) + 1 == c.start:
        opens = before == 0 or kinds[before - 1] in (BREAK, BULLET, END, COLON)
        if raws[before][0].isupper() and raws[before].isalpha() and before not in sites and not opens:
            return keys[before] not in _TECH
    return False


def _phrase_text(tokens: Tokens, first: int, last: int, c: Candidate) -> str:
    """The words around a candidate, as one string with spaces at both ends."""
    words = [k for k in tokens.keys[first : c.first] if k] + ["|"]
    words += [k for k in tokens.keys[c.last : last] if k]
    return f" {' '.join(words)} "


def _has(text: str, cue: str) -> bool:
    return f" {cue} " in text or f" {cue}s " in text


def longest(candidates: list[Candidate]) -> list[Candidate]:
    """The longest of overlapping candidates; parts of a coordination may overlap. In text order."""
    order = sorted(
        candidates,
        key=lambda c: (c.shared, -(c.end - c.start), c.start, -c.confidence, c.sense.skill),
    )
    taken: dict[int, Candidate] = {}
    kept: list[Candidate] = []
    for c in order:
        if c.shared:
            if any(k.start <= c.start and c.end <= k.end for k in kept):
                continue
        elif any(k in taken for k in range(c.first, c.last)):
            continue
        else:
            for k in range(c.first, c.last):
                taken[k] = c
        kept.append(c)
    kept.sort(key=lambda c: (c.start, c.end))
    return kept
