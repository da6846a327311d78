"""Places where a name is a category or a field of study rather than something a person can do."""

from __future__ import annotations

from typing import Final

from .matcher import Candidate, next_word
from .scene import Scene
from .tables import Tables
from .tokens import BLANK, BREAK, BULLET, CLOSE, COLON, HYPHEN, LIST, OPEN, WORD
from .wordlist import words

# A leading label that ends in one of these names a category: “Programming languages: …”.
_CLASSES: Final = words(
    "language languages framework frameworks library libraries tool tools database databases "
    "technology technologies platform platforms skill skills system systems software concepts services "
    "methods methodologies packages environments competencies utilities ides"
)
_DEGREES: Final = words(
    "bachelor bachelors master masters msc bsc bs ms ba ma be btech mtech bca mca phd doctor doctorate "
    "diploma degree beng meng mphil bcom mba major minor majoring minoring majored honours honors dphil "
    "associate undergraduate postgraduate graduate bse mse sc tech eng hons"
)
_SCHOOLS: Final = words(
    "college school institute university faculty department academy dept centre center polytechnic "
    "chair professor lecturer"
)
_STUDENTS: Final = words(
    "student students graduate graduates undergraduate undergrad major majors degree degrees "
    "department faculty school college institute freshman sophomore senior alumni alumnus"
)
# Fields that are a skill of this taxonomy's trade wherever they are studied.
_TRADE: Final = frozenset(
    {"agents", "deep-learning", "foundations", "models", "nlp", "prompting", "rag", "training"}
)
_SITES: Final = words(
    "linkedin github gitlab bitbucket facebook twitter instagram medium kaggle stackoverflow leetcode "
    "hackerrank codeforces codechef youtube dribbble behance scholar orcid researchgate substack"
)
_LINKS: Final = words(
    "link links repo repository profile page url handle demo paper live website portfolio here site"
)
_AND_SO_ON: Final = words("and science the arts engineering technology")
_COURSES: Final = words(
    "course courses coursework module modules subject subjects topics thesis project"
)
_REACH: Final = 7  # tokens between a degree and its field


def is_category(scene: Scene, c: Candidate) -> bool:
    """Whether a candidate is the label of a list and names a class of things."""
    tokens = scene.tokens
    unit = scene.unit_of(c.first)
    if 0 < unit.label - c.last < 2 and tokens.keys[c.last] in _CLASSES:
        return tables_kind(scene, c) in ("concept", "practice", "soft_skill")
    if tokens.keys[c.last - 1] not in _CLASSES or c.via == "paraphrase":
        return False
    if unit.label >= 0 and c.last <= unit.label:
        return True
    first, last = scene.line_of(c.first)
    outside = (*range(first, c.first), *range(c.last, last))
    return all(tokens.kinds[k] in (BULLET, COLON) for k in outside)


def tables_kind(scene: Scene, c: Candidate) -> str:
    """The kind of a candidate's skill, "" before tables are known."""
    return scene.tables.kinds[c.sense.skill] if scene.tables is not None else ""


def is_link(scene: Scene, c: Candidate) -> bool:
    """Whether a candidate is the text of a link to a profile or repository: “LinkedIn | GitHub”."""
    tokens = scene.tokens
    if c.last - c.first > 1 or tokens.keys[c.first] not in _SITES:
        return False
    section = scene.layout.section_at(c.start)
    if section >= 0 and scene.layout.sections[section].kind == "header":
        return True
    after = next_word(tokens, c.last - 1)
    if after is not None and tokens.keys[after[0]] in _LINKS:
        return True
    first, last = scene.line_of(c.first)
    keys = [k for k in tokens.keys[first:last] if k]
    return len(keys) > 1 and all(k in _SITES or k in _LINKS for k in keys)


def is_study(scene: Scene, c: Candidate, tables: Tables) -> bool:
    """Whether a candidate is the field of a degree or part of a school's name."""
    tokens = scene.tokens
    kind = tables.kinds[c.sense.skill]
    if kind != "concept" and kind != "practice":
        return False
    trade = tables.groups[c.sense.skill] in _TRADE
    section = scene.layout.section_at(c.start)
    studies = section >= 0 and scene.layout.sections[section].kind == "education"
    if studies and c.shared and not _lists_courses(scene, c):
        return True  # “Computer Science and Engineering”
    at, steps, linked = c.first - 1, 0, False
    while at >= 0 and steps < _REACH:
        token_kind = tokens.kinds[at]
        if token_kind in (BLANK, BULLET, COLON) or (token_kind == BREAK and not linked):
            break
        if token_kind == WORD:
            key = tokens.keys[at]
            lettered = len(key) == 1 and tokens.raws[at].isupper() and tokens.raws[at + 1] == "."
            degree = (linked or steps < 4) and _degree(tokens.raws[at], key)
            if key in ("in", "of"):
                linked = True
            elif linked and key in _SCHOOLS:
                return True
            elif degree or (linked and key in _STUDENTS) or (lettered and (linked or studies)):
                return not trade
            elif key not in _AND_SO_ON and tokens.raws[at].islower():
                break
        at -= 1
        steps += 1
    after = c.last
    if after < len(tokens.keys) and tokens.kinds[after] in (WORD, HYPHEN):
        follows = tokens.keys[after]
        if follows in _STUDENTS:
            return not trade
    return studies and not trade and kind == "concept" and _heads_study(scene, c)


def _heads_study(scene: Scene, c: Candidate) -> bool:
    """Whether a concept opens a line that is no list of courses."""
    tokens = scene.tokens
    first, last = scene.line_of(c.first)
    if any(tokens.kinds[k] == LIST for k in range(c.last, min(last, c.last + 4))):
        return False
    opens = first
    while opens < c.first and tokens.kinds[opens] != WORD:
        opens += 1
    return opens == c.first and not _lists_courses(scene, c)


def _lists_courses(scene: Scene, c: Candidate) -> bool:
    unit = scene.unit_of(c.first)
    return any(scene.tokens.keys[k] in _COURSES for k in range(unit.first, unit.last))


def _degree(raw: str, key: str) -> bool:
    return key in _DEGREES and (raw[0].isupper() or len(raw) > 4)


def glossed_otherwise(scene: Scene, tables: Tables) -> frozenset[int]:
    """Where abbreviations stand that the text itself spells out as something else.

    “AI (artificial insemination)”: the words in brackets have the letters' initials and are no form
    of the skill. It holds for the whole document.
    """
    tokens = scene.tokens
    meant: dict[str, bool] = {}
    for c in scene.candidates:
        raw = tokens.raws[c.first]
        letters = raw.removesuffix("s")
        if c.last - c.first > 1 or not (2 <= len(letters) <= 5 and letters.isupper()):
            continue
        after = c.last
        if after >= len(tokens.kinds) or tokens.kinds[after] != OPEN:
            continue
        words: list[str] = []
        for k in range(after + 1, min(after + 12, len(tokens.kinds))):
            if tokens.kinds[k] == CLOSE:
                break
            if tokens.keys[k]:
                words.append(tokens.keys[k])
        if len(words) != len(letters) or any(
            word[0] != letter.lower() for word, letter in zip(words, letters, strict=True)
        ):
            continue
        forms = {s.skill for s in tables.senses("".join(words))}
        if c.sense.skill in forms:
            meant[letters] = True
        else:
            meant.setdefault(letters, False)
    others = {letters for letters, right in meant.items() if not right}
    return frozenset(
        c.start
        for c in (scene.candidates if others else ())
        if tokens.raws[c.first].removesuffix("s") in others
    )
