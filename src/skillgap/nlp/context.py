"""Whose skill it is, and whether it is there: claimed, aspired, negated or other.

A cue speaks for the skills in its clause. Forward cues reach over a list until the clause ends; a cue
in brackets or after a dash speaks for the item before it; a cue that heads a line or a section speaks
for all of it. Where two cues reach the same skill, the nearer one counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..types import Status
from .cues import Cues, Hit
from .features import UnitWords, status_features
from .layout import Unit
from .linear import Linear
from .scene import Scene
from .tokens import BLANK, BREAK, BULLET, CLOSE, COLON, END, HYPHEN, LIST, OPEN, SLASH, SPACE, WORD

_REACH: Final = 8  # words between a cue and the first skill it speaks for
_REACH_SHORT: Final = 2  # the same for a cue of one word ("no", "never")
_BETWEEN: Final = 4  # words between two skills of one list
_JOINERS = frozenset(
    {"and", "or", "nor", "as", "well", "also", "such", "like", "including", "both", "either", "eg"}
)
_PASSES = frozenset({LIST, SLASH, HYPHEN, BREAK, SPACE, COLON})


# Résumés claim nearly all they name, the training contexts half: the model must be sure to say else.
_SURE: Final = 0.85
_SURE_OF_CUE: Final = 0.6
_SETTLED = frozenset({"interests", "references"})
_NAMES: dict[str, Status] = {
    "claimed": "claimed",
    "aspired": "aspired",
    "negated": "negated",
    "other": "other",
}


class Assertions:
    """Gives each candidate its status."""

    def __init__(self, cues: Cues, model: Linear | None = None) -> None:
        self.cues = cues
        self.model = model
        self._labels = cues.labels()
        self._titles: dict[str, Status] = {}

    def __call__(self, scene: Scene) -> dict[int, tuple[Status, str]]:
        """Status and reason by index into `scene.candidates`; claimed ones are left out."""
        found = self.by_rules(scene)
        if self.model is not None:
            self._learned(scene, self.model, found)
        return found

    def _learned(self, scene: Scene, model: Linear, found: dict[int, tuple[Status, str]]) -> None:
        """Let the trained model decide where a cue or a telling word stands in the unit."""
        owners = {k: i for i, c in enumerate(scene.candidates) for k in range(c.first, c.last)}
        units: dict[int, UnitWords] = {}
        for i, c in enumerate(scene.candidates):
            section = scene.layout.section_at(c.start)
            if section >= 0 and scene.layout.sections[section].kind in _SETTLED:
                continue
            unit = scene.unit_of(c.first)
            words = units.get(unit.number)
            if words is None:
                words = units[unit.number] = UnitWords(scene, unit, owners)
            ruled, why = found.get(i, ("claimed", ""))
            if ruled == "claimed" and model.triggers.isdisjoint(words.bag):
                continue
            chances = model.probabilities(status_features(scene, c, words, ruled))
            best = max(chances)
            said = _NAMES[model.classes[chances.index(best)]]
            if said == ruled or best < (_SURE if ruled == "claimed" else _SURE_OF_CUE):
                continue
            if said == "claimed":
                del found[i]
            else:
                found[i] = (said, f"model {best:.2f}" + (f"; {why}" if why else ""))

    def by_rules(self, scene: Scene) -> dict[int, tuple[Status, str]]:
        """What the cues alone say."""
        found: dict[int, tuple[Status, str]] = {}
        groups: dict[int, list[int]] = {}
        for i, c in enumerate(scene.candidates):
            groups.setdefault(scene.unit_of(c.first).number, []).append(i)
        for i, c in enumerate(scene.candidates):
            section = scene.layout.section_at(c.start)
            if section >= 0 and scene.layout.sections[section].kind == "references":
                found[i] = ("other", "references")
            elif section >= 0 and scene.layout.sections[section].kind == "interests":
                found[i] = ("aspired", "interests")
            elif section >= 0 and scene.layout.sections[section].title:
                status = self._title_status(scene.layout.sections[section].title)
                if status != "claimed":
                    found[i] = (status, "heading")
        headed = self._headed(scene, groups)
        for number, members in groups.items():
            if number in headed:
                for i in members:
                    found[i] = (headed[number], "list heading")
            self._unit(scene, scene.units[number], members, found)
        return found

    def _title_status(self, title: str) -> Status:
        known = self._titles.get(title)
        if known is None:
            from .tokens import LEXICON

            words = [k for k in LEXICON.tokens(title).keys if k]
            known = "claimed"
            for hit in self._labels.find(words):
                if hit.first == 0 and len(words) - hit.last <= 1:
                    known = _status(hit)
            if len(self._titles) < 1000:
                self._titles[title] = known
        return known

    def _headed(self, scene: Scene, groups: dict[int, list[int]]) -> dict[int, Status]:
        """Bulleted units below a line that is nothing but a label cue."""
        headed: dict[int, Status] = {}
        tokens = scene.tokens
        current: Status = "claimed"
        for unit in scene.units:
            first = unit.first
            kinds = tokens.kinds[unit.first : unit.last]
            bulleted = tokens.kinds[first] == BULLET or (
                tokens.raws[first] in "-–*" and unit.last - first > 1
            )
            words = [k for k in tokens.keys[unit.first : unit.last] if k]
            if unit.number not in groups and words and len(words) <= 6 and not bulleted:
                current = "claimed"
                for hit in self._labels.find(words):
                    if hit.first == 0 and hit.last == len(words):
                        current = _status(hit)
                continue
            if current != "claimed":
                if bulleted and BLANK not in kinds[:1]:
                    headed[unit.number] = current
                elif words:
                    current = "claimed"
        return headed

    def _unit(
        self,
        scene: Scene,
        unit: Unit,
        members: list[int],
        found: dict[int, tuple[Status, str]],
    ) -> None:
        tokens = scene.tokens
        positions = [k for k in range(unit.first, unit.last) if tokens.keys[k]]
        words = [tokens.keys[k] for k in positions]
        hits = self.cues.find(words)
        if not hits:
            return
        owner: dict[int, int] = {}  # token → candidate
        for i in members:
            c = scene.candidates[i]
            for k in range(c.first, c.last):
                owner[k] = i
        usable = [h for h in hits if not any(positions[k] in owner for k in _own_words(h))]
        usable = [
            h
            for h in usable
            if not any(
                o.first <= h.first and h.last <= o.last and o.last - o.first > h.last - h.first
                for o in usable
            )
        ]
        for hit in usable:
            first, last = positions[hit.first], positions[hit.last - 1] + 1
            reached = self._reached(scene, unit, hit, first, last, owner)
            for i in reached:
                if hit.cue.status == "claimed":
                    found.pop(i, None)
                else:
                    found[i] = (
                        _status(hit),
                        hit.cue.phrase
                        if len(hit.cue.phrase) < 40
                        else "cue: " + " ".join(words[hit.first : hit.last]),
                    )

    def _reached(
        self, scene: Scene, unit: Unit, hit: Hit, first: int, last: int, owner: dict[int, int]
    ) -> list[int]:
        direction = hit.cue.direction
        kinds = scene.tokens.kinds
        if direction == "label":
            opening = first
            while opening > unit.first and kinds[opening - 1] in (BULLET, HYPHEN, SPACE):
                opening -= 1
            starts = opening == unit.first
            heads = (
                starts
                and last < unit.last
                and (kinds[last] in (COLON, BREAK) or _dashed(scene, last, unit.last))
            )
            phrase = hit.last - hit.first > 1
            if heads or last == unit.label or (starts and phrase and last <= unit.label):
                return self._until_semicolon(scene, unit, last, owner)
            return []
        if direction == "forward":
            return self._forward(scene, unit, hit, last, owner)
        if direction == "clause":
            after = self._forward(scene, unit, hit, last, owner)
            return after + self._backward(scene, unit, hit, first, last, owner)
        return self._backward(scene, unit, hit, first, last, owner)

    def _until_semicolon(
        self, scene: Scene, unit: Unit, last: int, owner: dict[int, int]
    ) -> list[int]:
        reached: dict[int, None] = {}
        for k in range(last, unit.last):
            if scene.tokens.raws[k] == ";" or scene.tokens.keys[k] == "but":
                break
            if k in owner:
                reached[owner[k]] = None
        return list(reached)

    def _forward(
        self, scene: Scene, unit: Unit, hit: Hit, last: int, owner: dict[int, int]
    ) -> list[int]:
        tokens, status = scene.tokens, hit.cue.status
        cues = self.cues
        stops = cues.other_stops if status == "other" else cues.stops
        reach = _REACH if hit.last - hit.first > 1 else _REACH_SHORT
        reached: dict[int, None] = {}
        gap = depth = since = 0
        broken = False  # a comma since the last skill
        aside = False  # in “… at work, …” of a list that goes on
        for k in range(last, unit.last):
            kind = tokens.kinds[k]
            if k in owner:
                if reached and broken and since > 1 and status == "negated":
                    break
                if aside and not (broken and since == 0):
                    break
                aside = False
                reached[owner[k]] = None
                gap, since, broken = 0, 0, False
                continue
            if kind == WORD:
                key = tokens.keys[k]
                if key in _JOINERS:
                    continue
                if key in stops and (reached or status == "negated" or key == "but"):
                    break
                if reached and status == "negated" and key in cues.negated_stops:
                    if not _list_goes_on(tokens.keys[k : unit.last]):
                        break
                    aside = True
                gap += 1
                since += 1  # words since the comma
                if gap > (_BETWEEN if reached else reach):
                    break
            elif kind == OPEN:
                depth += 1
            elif kind == CLOSE:
                depth -= 1
                if depth < 0:
                    break
            elif kind in (END, BULLET, BLANK) or tokens.raws[k] == ";":
                break
            elif kind == LIST:
                broken, since = True, 0
                if not reached and gap:
                    break
            elif kind == HYPHEN and _spaced(scene, k) and (reached or status == "negated"):
                break
        return list(reached)

    def _backward(
        self, scene: Scene, unit: Unit, hit: Hit, first: int, last: int, owner: dict[int, int]
    ) -> list[int]:
        tokens = scene.tokens
        kinds = tokens.kinds
        cert = hit.cue.direction == "back_cert"
        item = hit.cue.direction == "back_item" or cert
        if item:
            # In brackets, or after a dash or colon and at the end: “Rust (learning)”, “Go – learning”.
            before, after = first - 1, last
            opened = before >= unit.first and kinds[before] == OPEN
            closed = after < unit.last and kinds[after] in (CLOSE, LIST)
            dashed = before >= unit.first and (
                kinds[before] == COLON
                or (cert and kinds[before] == LIST)
                or (kinds[before] == HYPHEN and _spaced(scene, before))
            )
            ends = after >= unit.last or kinds[after] in (LIST, END, BREAK, BLANK, CLOSE, BULLET)
            if not ((opened and closed) or (dashed and ends)):
                return []
        clause = hit.cue.direction == "clause"
        reached: dict[int, None] = {}
        gap = 0
        for k in range(first - 1, unit.first - 1, -1):
            if k in owner:
                if reached and item and owner[k] not in reached:
                    break
                if cert and not self._certified(scene, owner[k]):
                    break
                reached[owner[k]] = None
                gap = 0
                continue
            kind = kinds[k]
            if kind == WORD:
                key = tokens.keys[k]
                if key in ("but", "however", "although", "while"):
                    break
                if key in _JOINERS and not item:
                    continue
                gap += 1
                most = 9 if clause else 3
                if gap > (1 if reached and not clause else most) or (item and reached):
                    break
            elif (item and reached) or tokens.raws[k] == ";" or kind in (END, BULLET, BLANK):
                break
        return list(reached)

    def _certified(self, scene: Scene, i: int) -> bool:
        """Whether a candidate is a certificate, which is not there before it is passed."""
        c = scene.candidates[i]
        section = scene.layout.section_at(c.start)
        if section >= 0 and scene.layout.sections[section].kind == "certifications":
            return True
        return scene.tables is not None and scene.tables.kinds[c.sense.skill] == "certification"


def _spaced(scene: Scene, k: int) -> bool:
    """Whether a dash stands free, as between clauses."""
    tokens = scene.tokens
    return (
        0 < k < len(tokens.raws) - 1
        and tokens.starts[k] > tokens.end(k - 1)
        and tokens.starts[k + 1] > tokens.end(k)
    )


def _list_goes_on(keys: list[str]) -> bool:
    """Whether an “or” closes the list later: “no X at work, Y or Z”."""
    return "or" in keys or "nor" in keys


def _dashed(scene: Scene, at: int, limit: int) -> bool:
    """Whether a dash that stands free follows: “Learning now – Rust”."""
    kinds = scene.tokens.kinds
    while at < limit and kinds[at] == SPACE:
        at += 1
    return at < limit and kinds[at] == HYPHEN and _spaced(scene, at)


def _own_words(hit: Hit) -> Iterable[int]:
    """The positions that must be no skill: of a phrase with a gap only its ends."""
    if "..." in hit.cue.phrase:
        return (hit.first, hit.last - 1)
    return range(hit.first, hit.last)


def _status(hit: Hit) -> Status:
    return _NAMES[hit.cue.status]
