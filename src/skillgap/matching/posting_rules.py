"""The words of postings: taxonomy/postings.yaml, validated, with patterns made of its phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from ..errors import TaxonomyError
from ..resources import locate
from ..taxonomy.schema import Slug

Phrase = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
Phrases = Annotated[tuple[Phrase, ...], Field(min_length=1)]
Place = Literal[
    "title",
    "intro",
    "plain",
    "duties",
    "required",
    "preferred",
    "about",
    "benefits",
    "legal",
    "process",
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HeadingRule(_Strict):
    """Headings of one kind: those that hold, are, or begin with a phrase."""

    kind: Place
    inside: tuple[Phrase, ...] = ()
    whole: tuple[Phrase, ...] = ()
    prefix: tuple[Phrase, ...] = ()

    def fits(self, heading: str) -> bool:
        """Whether a folded heading is of this kind."""
        if heading in self.whole or any(heading.startswith(p + " ") for p in self.prefix):
            return True
        padded = f" {heading} "
        return any(f" {phrase} " in padded for phrase in self.inside)


class Wording(_Strict):
    """Words of a sentence that outrank the heading above it."""

    preferred: Phrases
    required: Phrases
    person: Phrases
    employer: Phrases


class Depths(_Strict):
    """Words that say how deep a skill is asked for."""

    aware: Phrases
    can_do: Phrases
    leads: Phrases


class Alternatives(_Strict):
    """Words that make a list a choice."""

    openers: Phrases
    closers: Phrases


class DegreeRule(_Strict):
    """Names of degrees of one rank, 1 (associate) to 4 (doctorate)."""

    rank: int = Field(ge=1, le=4)
    words: Phrases


class AskedRules(_Strict):
    """Words of what is asked beyond skills."""

    degrees: Annotated[tuple[DegreeRule, ...], Field(min_length=1)]
    orElse: Phrases
    certificates: Phrases
    languages: Phrases
    languageCues: Phrases
    location: Phrases
    authorization: Phrases
    authorized: Phrases


class Practitioners(_Strict):
    """What somebody is called, with the skill that it stands for."""

    cues: Phrases
    names: Annotated[dict[Phrase, Slug], Field(min_length=1)]


class PostingRules(_Strict):
    """taxonomy/postings.yaml."""

    headings: Annotated[tuple[HeadingRule, ...], Field(min_length=1)]
    wording: Wording
    depth: Depths
    alternatives: Alternatives
    boilerplate: Phrases
    titleWords: Phrases
    practitioners: Practitioners
    asked: AskedRules

    def heading(self, line: str) -> Place | None:
        """The kind of a heading; None for a line that is none known."""
        # Pages copied as text glue headings together: “Who we are looking forRequired”.
        folded = fold(re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", line))
        return next((rule.kind for rule in self.headings if rule.fits(folded)), None)

    @cached_property
    def patterns(self) -> Patterns:
        """The phrases as patterns."""
        return Patterns(self)


class Patterns:
    """One compiled pattern for each list of phrases."""

    def __init__(self, rules: PostingRules) -> None:
        self.preferred = any_of(rules.wording.preferred)
        self.required = any_of(rules.wording.required)
        self.employer = any_of(rules.wording.employer)
        self.person = any_of(rules.wording.person)
        self.depth = {
            "aware": any_of(rules.depth.aware),
            "can_do": any_of(rules.depth.can_do),
            "leads": any_of(rules.depth.leads),
        }
        self.opener = any_of(rules.alternatives.openers)
        self.closer = any_of(rules.alternatives.closers)
        self.boilerplate = re.compile(
            "|".join(re.escape(fold_quotes(p)) for p in rules.boilerplate), re.IGNORECASE
        )
        self.title_word = any_of(rules.titleWords)
        self.practitioner = any_of(
            (*rules.practitioners.names, *(f"{name}s" for name in rules.practitioners.names))
        )
        cues = "|".join(re.escape(c).replace(r"\ ", r"\s+") for c in rules.practitioners.cues)
        self.practises = re.compile(
            rf"\b(?:{cues})\s+(?:[\w/&'’()+-]+,?\s+){{0,6}}$", re.IGNORECASE
        )
        asked = rules.asked
        # Degrees in two letters ("MS", "BA") are told from words by their capitals.
        self.degrees = [(d.rank, _degree(d.words)) for d in asked.degrees]
        self.or_else = any_of(asked.orElse)
        self.certificate = any_of(asked.certificates)
        self.language = any_of(asked.languages)
        self.language_cue = any_of(asked.languageCues)
        self.location = any_of(asked.location)
        self.authorization = any_of(asked.authorization)
        self.authorized = any_of(asked.authorized)
        # Headings that may stand in the midst of a paragraph, written as headings are.
        names = sorted(
            {p for rule in rules.headings for p in (*rule.inside, *rule.whole) if len(p) > 6},
            key=lambda p: (-len(p), p),
        )
        self.inline = re.compile(
            r"(?:^|(?<=[.!?:;)\u2022]))\s*((?:[A-Z][\w'’&-]+\s+){0,2}(?:"
            + "|".join(re.escape(_titled(n)) for n in names)
            + r")(?:\s+[A-Z][\w'’&-]+){0,2})\s*(?::|(?=\s+[A-Z0-9\u2022-]))"
        )


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases at word edges, longest first."""
    ordered = sorted(set(phrases), key=lambda p: (-len(p), p))
    body = "|".join(re.escape(p).replace(r"\ ", r"\s+").replace("'", "['’]") for p in ordered)
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w-])", re.IGNORECASE)


def _degree(words: Iterable[str]) -> re.Pattern[str]:
    """Names of degrees; those of two letters in capitals only, for "ma" and "ms" are words."""
    parts = []
    for word in sorted(words, key=lambda p: (-len(p), p)):
        short = len(word.replace(".", "")) <= 2
        escaped = re.escape(word.upper() if short else word).replace("'", "['’]?")
        parts.append(escaped if short else f"(?i:{escaped})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w])")


def _titled(phrase: str) -> str:
    return " ".join(w[:1].upper() + w[1:] for w in phrase.split())


def fold_quotes(text: str) -> str:
    """Typographic apostrophes as plain ones."""
    return text.replace("’", "'").replace("‘", "'")


def fold(line: str) -> str:
    """A heading as it is compared: case, bullets, marks and closing punctuation aside."""
    text = fold_quotes(line).casefold().replace("&", " and ").replace("/", " ")
    text = re.sub(r"[^\w\s'+-]", " ", text)
    return " ".join(text.replace(" - ", " ").split()).strip("-* ")


@lru_cache(maxsize=4)
def load_rules(path: Path | None = None) -> PostingRules:
    """The rules of the built-in taxonomy, or of a file; TaxonomyError where they are not valid."""
    path = path or locate("taxonomy") / "postings.yaml"
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return PostingRules.model_validate(yaml.load(path.read_text("utf-8"), Loader=loader))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise TaxonomyError([f"{path}:1: {error}"]) from error
