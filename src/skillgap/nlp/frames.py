"""Places where a name is a category or a field of study rather than something a person can do."""

from __future__ import annotations

from typing import Final

from .matcher import Candidate
from .scene import Scene
from .tables import Tables
from .tokens import BLANK, BREAK, BULLET, COLON, HYPHEN, WORD

# A leading label that ends in one of these names a category: “Programming languages: …”.
_CLASSES: Final = frozenset(
    "language languages framework frameworks library libraries tool tools database databases "
    "technology technologies platform platforms skill skills system systems software concepts services "
    "methods methodologies packages environments competencies utilities ides".split()
)
_DEGREES: Final = frozenset(
    "bachelor bachelors master masters msc bsc bs ms ba ma be btech mtech bca mca phd doctor doctorate "
    "diploma degree beng meng mphil bcom mba major minor majoring minoring majored honours honors dphil "
    "associate undergraduate postgraduate graduate bse mse sc tech eng hons".split()
)
_SCHOOLS: Final = frozenset(
    "college school institute university faculty department academy dept centre center polytechnic "
    "chair professor lecturer".split()
)
_STUDENTS: Final = frozenset(
    "student students graduate graduates undergraduate undergrad major majors degree degrees "
    "department faculty school college institute freshman sophomore senior alumni alumnus".split()
)
# Fields that are a skill of this taxonomy's trade wherever they are studied.
_TRADE: Final = frozenset(
    {"agents", "deep-learning", "foundations", "models", "nlp", "prompting", "rag", "training"}
)
_REACH: Final = 7  # tokens between a degree and its field


def is_category(scene: Scene, c: Candidate) -> bool:
    """Whether a candidate is the label of a list and names a class of things."""
    tokens = scene.tokens
    if tokens.keys[c.last - 1] not in _CLASSES or c.via == "paraphrase":
        return False
    unit = scene.unit_of(c.first)
    if unit.label >= 0 and c.last <= unit.label:
        return True
    first, last = scene.line_of(c.first)
    outside = (*range(first, c.first), *range(c.last, last))
    return all(tokens.kinds[k] in (BULLET, COLON) for k in outside)


def is_study(scene: Scene, c: Candidate, tables: Tables) -> bool:
    """Whether a candidate is the field of a degree or part of a school's name."""
    tokens = scene.tokens
    kind = tables.kinds[c.sense.skill]
    if kind != "concept" and kind != "practice":
        return False
    at, steps, linked = c.first - 1, 0, False
    while at >= 0 and steps < _REACH:
        token_kind = tokens.kinds[at]
        if token_kind in (BLANK, BULLET) or (token_kind == BREAK and not linked):
            break
        if token_kind == WORD:
            key = tokens.keys[at]
            if key in ("in", "of"):
                linked = True
            elif linked and key in _SCHOOLS:
                return True
            elif key in _DEGREES and _capital_or_long(tokens.raws[at]) and (linked or steps < 4):
                return tables.groups[c.sense.skill] not in _TRADE
            elif key not in ("and", "science", "the", "arts", "engineering", "technology") and (
                tokens.raws[at].islower()
            ):
                break
        at -= 1
        steps += 1
    after = c.last
    if after < len(tokens.keys) and tokens.kinds[after] in (WORD, HYPHEN):
        follows = tokens.keys[after]
        if follows in _STUDENTS:
            return tables.groups[c.sense.skill] not in _TRADE
    return False


def _capital_or_long(raw: str) -> bool:
    return raw[0].isupper() or len(raw) > 4
