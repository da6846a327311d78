"""Features of a place in its unit, for the trained parts of the pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from .layout import Unit
from .matcher import Candidate
from .scene import Scene
from .tokens import CLOSE, COLON, END, HYPHEN, LIST, OPEN, WORD

_NEAR, _BAG = 3, 9
_MARKS = {COLON: "colon", END: "end", HYPHEN: "dash", LIST: "list", OPEN: "open", CLOSE: "close"}


class UnitWords:
    """The words of a unit, with the skills in it under one name, made once for all its places."""

    __slots__ = ("bag", "marks", "positions", "words")

    def __init__(self, scene: Scene, unit: Unit, owners: dict[int, int]) -> None:
        tokens = scene.tokens
        self.words: list[str] = []
        self.positions: list[int] = []
        self.marks: dict[int, str] = {}
        previous = -1
        for k in range(unit.first, unit.last):
            if tokens.kinds[k] != WORD:
                mark = _MARKS.get(tokens.kinds[k])
                if mark:
                    self.marks[k] = mark
                continue
            owner = owners.get(k, -1)
            if owner >= 0 and owner == previous:
                self.positions[-1] = k
                continue
            previous = owner
            self.words.append("§" if owner >= 0 else _shape(tokens.keys[k]))
            self.positions.append(k)
        self.bag = sorted(set(self.words))[:40]


def _shape(key: str) -> str:
    return "0" if key[:1].isdigit() else key


def status_features(scene: Scene, c: Candidate, unit: UnitWords, ruled: str) -> list[str]:
    """Features for the status of a place; `ruled` is what the rules say."""
    left = [w for w, k in zip(unit.words, unit.positions, strict=True) if k < c.first]
    right = [w for w, k in zip(unit.words, unit.positions, strict=True) if k >= c.last]
    section = scene.layout.section_at(c.start)
    kind = scene.layout.sections[section].kind if section >= 0 else ""
    before = unit.marks.get(c.first - 1, "")
    after = unit.marks.get(c.last, "")
    features = [f"r:{ruled}", f"s:{kind}", f"r:{ruled} s:{kind}", f"m:{before} {after}"]
    features += [f"u:{w}" for w in unit.bag]
    features += [f"h:{w}" for w in unit.words[:2]]
    features += _sided("l", left[::-1])
    features += _sided("r", right)
    return features


def _sided(side: str, words: list[str]) -> Iterator[str]:
    """Words on one side, nearest first: places, a bag, and pairs."""
    for i, word in enumerate(words[:_NEAR]):
        yield f"{side}{i}:{word}"
    for word in words[:_BAG]:
        yield f"{side}:{word}"
    for a, b in pairwise(words[:7]):
        yield f"{side}:{a} {b}"


def sense_features(
    scene: Scene, c: Candidate, unit: UnitWords, score: float, reasons: str
) -> list[str]:
    """Features for whether a place means its skill; `score` and `reasons` are the rules'."""
    form = scene.tokens.keys[c.first] if c.last - c.first == 1 else "phrase"
    raw = scene.tokens.raws[c.first]
    case = "lower" if raw.islower() else "upper" if raw.isupper() else "title"
    bucket = max(-4, min(4, round(score)))
    features = status_features(scene, c, unit, f"{bucket}")
    features += [f"f:{form}", f"c:{case}", f"f:{form} c:{case}", f"f:{form} r:{bucket}"]
    features += [f"e:{reason}" for reason in reasons.split(", ") if reason]
    features += [f"f:{form} u:{w}" for w in unit.bag]
    return features
