"""Decides which candidates mean their skill, and which of overlapping ones stays.

A form without a rule always means its skill. One with a rule is weighed: the words around it, the
section, and the other skills beside it speak for or against it. Each weight is a constant here; the
reason kept with a mention names what decided.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import Final, NamedTuple

from .evidence import (
    TECHNICAL,
    Around,
    as_acronym,
    beside_skill,
    case_score,
    count_cues,
    framed,
    in_name,
    inside_sentence,
    short_in_word,
    vetoed,
    words_around,
)
from .features import UnitWords, sense_features
from .frames import glossed_otherwise, is_category, is_link, is_study
from .linear import Linear
from .matcher import Candidate
from .scene import Scene
from .tables import LOOSE, Rule, Tables
from .tokens import (
    WORD,
    Tokens,
)
from .wordlist import NAMES

_SECTION: Final[dict[str, float]] = {
    "skills": 1.5,
    "certifications": 0.3,
    "projects": 0.3,
    "experience": 0.2,
    "interests": -2.5,
    "languages": -1.5,
    "references": -1.5,
    "header": -1.0,
    "volunteering": -0.5,
}
"""How far a kind of section speaks for a technical sense."""
_THRESHOLD: Final[dict[str, float]] = {"required": 1.0, "preferred": -1.0, "none": -2.0}
_NET_THRESHOLD: Final = 0.5  # of rules that nobody wrote for the taxonomy
_WEAK_THRESHOLD: Final = 1.8  # of everyday words: a list or the skills section
_CUE, _CUE_MORE, _CUE_FAR = 2.0, 0.5, 0.7
_ANTI, _ANTI_FAR = -3.0, -0.5
_BESIDE, _NEAR, _NEAR_MOST = 2.0, 0.7, 1.4
_NAMED = -1.5  # a capitalised word beside it that is no skill: a person's name, a title
_TECH_AFTER, _FRAMED, _CAPITAL, _ALONE = 1.2, 1.2, 1.0, 0.8
_SURE: Final = 0.9  # from which chance on the model overrules the rules
# Reasons that are none: where a place stands, not what stands beside it.
_BARE: Final = frozenset(
    {"", "case", "experience", "projects", "header", "references", "volunteering", "interests"}
    | {"cue in section"}
)
_FAR = 60  # tokens
_LONELY: Final = -1.5  # an everyday word with a rule, where nothing technical is near
_PASSAGE: Final = 100  # tokens below which a text is no document that could lack company
_PARAGRAPH: Final = 80  # tokens
_TECHNICAL: Final = 25  # sure skills from which on a document is a technical one


class Evidence(NamedTuple):
    """What speaks for and against a reading."""

    score: float
    reason: str


class Senses:
    """The rules' judgement over the candidates of a document."""

    def __init__(self, tables: Tables, model: Linear | None = None) -> None:
        self.tables = tables
        self.model = model

    def __call__(self, scene: Scene) -> list[Candidate]:
        """The candidates that stay, without overlaps, in text order."""
        rules = self.tables.rules
        tokens = scene.tokens
        glossed = glossed_otherwise(scene, self.tables)
        open_cases: list[Candidate] = []
        sure: list[Candidate] = []
        for c in scene.candidates:
            if scene.layout.hidden and scene.layout.is_hidden(c.start, c.end):
                continue
            if c.start in glossed or is_link(scene, c):
                continue
            c.dropped = is_category(scene, c) or is_study(scene, c, self.tables)
            if c.sense.rule < 0 or as_acronym(tokens, c, rules[c.sense.rule]):
                sure.append(c)
            else:
                open_cases.append(c)
        sure = [c for c in sure if not short_in_word(tokens, c)]
        firm = [c.first for c in sure if not self._everyday(tokens, c)]
        sure = [c for c in sure if self._supported(scene, c, firm)]
        if not open_cases:
            return [c for c in longest(sure) if not c.dropped]
        beside = longest(sure)
        sites = {k for c in beside for k in (c.first, c.last - 1)}
        taken = list(sure)
        waiting: list[tuple[Candidate, float]] = []
        owners = {k: i for i, c in enumerate(beside) for k in range(c.first, c.last)}
        for c in open_cases:
            rule = rules[c.sense.rule]
            evidence = self.weigh(scene, c, rule, sites, beside)
            limit = _limit(rule)
            if self.model is not None and evidence.score > -50 and rule.given:
                evidence = self._learned(scene, c, evidence, limit, owners)
            method = self.tables.kinds[c.sense.skill] in ("concept", "practice")
            bare = (
                method
                and rule.context == "preferred"
                and _BARE.issuperset(evidence.reason.split(", "))
            )
            if (bare and self._lonely(scene, c, firm)) or (
                "cue" not in evidence.reason and not self._supported(scene, c, firm)
            ):
                evidence = Evidence(evidence.score + _LONELY, f"{evidence.reason}, alone")
            if evidence.score >= limit:
                c.confidence = round(c.confidence * _confidence(evidence.score), 2)
                c.reason = evidence.reason
                taken.append(c)
            elif evidence.score > -50:
                waiting.append((c, evidence.score - limit))
        # A list of ambiguous names only (“Go, Rust, Swift”): accepted ones speak for the rest.
        if waiting and len(taken) > len(sure):
            sites = {k for c in taken for k in (c.first, c.last - 1)}
            before = {k for s in beside for k in (s.first, s.last - 1)}
            for c, lacking in waiting:
                joins = beside_skill(tokens, c, sites) and not beside_skill(tokens, c, before)
                if joins and lacking > -_BESIDE:
                    c.confidence, c.reason = 0.7, "list"
                    taken.append(c)
        return [c for c in longest(taken) if not c.dropped]

    def _learned(
        self, scene: Scene, c: Candidate, evidence: Evidence, limit: float, owners: dict[int, int]
    ) -> Evidence:
        """The trained model's judgement, as a score against the rules' limit."""
        if self.model is None:
            return evidence
        unit = UnitWords(
            scene, scene.unit_of(c.first), {**owners, **dict.fromkeys(range(c.first, c.last), -2)}
        )
        features = sense_features(scene, c, unit, evidence.score, evidence.reason)
        chance = self.model.probabilities(features)[1]
        ruled = evidence.score >= limit
        if (chance >= 0.5) == ruled or 1 - _SURE < chance < _SURE:
            return evidence
        score = limit + (chance - 0.5) * 4
        return Evidence(score, f"{evidence.reason}, model {chance:.2f}".lstrip(", "))

    def sure(self, scene: Scene) -> tuple[set[int], list[Candidate]]:
        """The candidates that need no weighing, and the tokens at their edges."""
        certain = longest(
            [
                c
                for c in scene.candidates
                if c.sense.rule < 0 or as_acronym(scene.tokens, c, self.tables.rules[c.sense.rule])
            ]
        )
        return {k for c in certain for k in (c.first, c.last - 1)}, certain

    @staticmethod
    def limit(rule: Rule) -> float:
        """The score from which on a rule accepts."""
        return _limit(rule)

    def _supported(self, scene: Scene, c: Candidate, firm: list[int]) -> bool:
        """Whether a place is more than an everyday word where nothing technical is near.

        “Wheel alignment”, “an attentive docker”: a word in lower case that is also the name of a tool
        needs a skill in its sentence, one that is also a method needs one within a paragraph.
        """
        if len(scene.tokens.raws) < _PASSAGE or not self._everyday(scene.tokens, c):
            return True
        section = scene.layout.section_at(c.start)
        kind = scene.layout.sections[section].kind if section >= 0 else ""
        near = kind == "skills" or framed(scene.tokens, c.first, c.last)
        return near or self._company(scene, c, kind, firm)

    @staticmethod
    def _lonely(scene: Scene, c: Candidate, firm: list[int]) -> bool:
        """Whether nothing technical stands in the sentence, in a document with little of it."""
        if len(scene.tokens.raws) < _PASSAGE or len(firm) >= _TECHNICAL:
            return False
        unit = scene.unit_of(c.first)
        return not _between(firm, unit.first, unit.last)

    def _everyday(self, tokens: Tokens, c: Candidate) -> bool:
        """Whether a candidate is one word that prose may hold in another sense."""
        if c.last - c.first > 1 or c.via != "label" or not tokens.raws[c.first].isalpha():
            return False
        raw = tokens.raws[c.first]
        named = self.tables.kinds[c.sense.skill] not in ("concept", "practice", "soft_skill")
        if named:
            surface = c.sense.surface
            return raw.islower() and surface[:1].isupper() and surface[1:].islower()
        opens = c.first == 0 or tokens.kinds[c.first - 1] != WORD
        return raw.islower() or (opens and raw[1:].islower())

    def _company(self, scene: Scene, c: Candidate, kind: str, firm: list[int]) -> bool:
        """Whether a skill stands in the sentence, or (for a method) two in the same entry near by."""
        unit = scene.unit_of(c.first)
        if _between(firm, unit.first, unit.last):
            return True
        named = self.tables.kinds[c.sense.skill] not in ("concept", "practice", "soft_skill")
        if named or kind in ("interests", "references"):
            return False
        if len(firm) >= _TECHNICAL:
            return True
        entry = scene.layout.entry_at(c.start)
        first, last = c.first - _PARAGRAPH, c.last + _PARAGRAPH
        if entry >= 0:
            start, end = scene.layout.entries[entry].span
            starts = scene.tokens.starts
            first, last = (
                max(first, bisect_left(starts, start)),
                min(last, bisect_left(starts, end)),
            )
        return _between(firm, first, last) > 1

    @staticmethod
    def _around(scene: Scene, first: int, last: int) -> Around:
        found = scene.around.get((first, last))
        if found is None:
            found = scene.around[first, last] = words_around(scene.tokens, first, last)
        return found

    def weigh(
        self, scene: Scene, c: Candidate, rule: Rule, sites: set[int], sure: list[Candidate]
    ) -> Evidence:
        """The evidence for one candidate with a rule; -99 where something rules it out."""
        tokens = scene.tokens
        listed = beside_skill(tokens, c, sites)
        veto = vetoed(tokens, c, rule, listed)
        if veto:
            return Evidence(-99.0, veto)
        section = scene.layout.section_at(c.start)
        kind = scene.layout.sections[section].kind if section >= 0 else ""
        case = case_score(scene, c, rule, listed, kind)
        if case <= -90:
            return Evidence(case, "case")
        if listed and kind == "skills" and not rule.anti_cues:
            return Evidence(
                case + _SECTION[kind] + _BESIDE, "skills, list"
            )  # no word can change it
        score = case
        reasons: list[str] = ["case"] if case else []
        unit = scene.unit_of(c.first)
        weight = _SECTION.get(kind, 0.0)
        if weight:
            score += weight
            reasons.append(kind)
        own = tokens.keys[c.first : c.last]
        near = self._around(scene, unit.first, unit.last)
        hits = count_cues(near, rule.cues, own)
        if hits:
            score += _CUE + min(hits - 1, 2) * _CUE_MORE
            reasons.append("cue")
        against = count_cues(near, rule.anti_cues, own) > 0
        if against:
            score += _ANTI
            reasons.append("anti-cue")
        if not hits and (rule.cues or rule.anti_cues):
            far = self._around(scene, unit.first - _FAR, unit.last + _FAR)
            if count_cues(far, rule.cues, own):
                score += _CUE_FAR
                reasons.append("cue in section")
            elif not against and count_cues(far, rule.anti_cues, own):
                score += _ANTI_FAR
        if listed:
            score += _BESIDE
            reasons.append("list")
        else:
            close = sum(1 for s in sure if unit.first <= s.first < unit.last and s is not c)
            everyday = c.last - c.first == 1 and self.tables.groups[c.sense.skill] in LOOSE
            if close and not everyday:
                score += min(close * _NEAR, _NEAR_MOST)
                reasons.append("skills near")
            if in_name(tokens, c, sites):
                score += _NAMED
                reasons.append("name")
            elif c.last < len(tokens.keys) and tokens.keys[c.last] in TECHNICAL:
                score += _TECH_AFTER
                reasons.append("technical word")
            elif framed(tokens, c.first, c.last):
                score += _FRAMED
                reasons.append("frame")
            if all(
                not tokens.keys[k] for k in (*range(unit.first, c.first), *range(c.last, unit.last))
            ):
                score += _ALONE
                reasons.append("item")
            raw = tokens.raws[c.first]
            capital = not rule.given and raw[0].isupper() and tokens.keys[c.first] not in NAMES
            if capital and c.first > unit.first and inside_sentence(tokens, c):
                score += _CAPITAL
                reasons.append("capital")
        return Evidence(score, ", ".join(reasons))


def _between(positions: list[int], first: int, last: int) -> int:
    """How many of the ascending positions lie in a range."""
    return bisect_left(positions, last) - bisect_left(positions, first)


def _limit(rule: Rule) -> float:
    if rule.given:
        return _THRESHOLD[rule.context]
    return _WEAK_THRESHOLD if rule.context == "weak" else _NET_THRESHOLD


def _confidence(score: float) -> float:
    return min(0.98, 1 / (1 + math.exp(-(score + 1.5))))


def longest(candidates: list[Candidate]) -> list[Candidate]:
    """The longest of overlapping candidates; parts of a coordination may overlap. In text order."""
    order = sorted(
        candidates,
        key=lambda c: (
            c.shared,
            -(c.end - c.start),
            c.start,
            -c.confidence,
            -len(c.sense.surface),  # “GPT-4”, not “GPT” with a version
            c.sense.skill,
        ),
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
