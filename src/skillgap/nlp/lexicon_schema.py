"""The form of taxonomy/sections.yaml (pydantic); imported only where the file is parsed anew."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ..types import SectionKind

Phrase = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
Phrases = Annotated[tuple[Phrase, ...], Field(min_length=1)]
KINDS = frozenset(get_args(SectionKind))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LabelsFile(_Strict):
    """Words before a colon that say what follows, in positions told line by line."""

    title: Phrases
    organization: Phrases
    dates: Phrases
    location: Phrases


class SectionsFile(_Strict):
    """taxonomy/sections.yaml."""

    headings: dict[SectionKind, Phrases]
    heads: dict[SectionKind, Phrases]
    modifiers: Phrases
    documents: Phrases
    subheadings: Phrases
    titles: Phrases
    employment: Phrases
    teams: Phrases
    organizations: Phrases
    institutions: Phrases
    degrees: Phrases
    labels: LabelsFile
    personal: Phrases
    programming: Phrases
    places: Phrases
    cities: Phrases
    codes: str

    @model_validator(mode="after")
    def _one_kind_each(self) -> SectionsFile:
        for name, table in (("headings", self.headings), ("heads", self.heads)):
            seen: dict[str, str] = {}
            for kind, phrases in table.items():
                for phrase in phrases:
                    key = phrase.casefold()
                    if key in seen:
                        raise ValueError(
                            f"{name}: “{phrase}” stands under {seen[key]} and under {kind}"
                        )
                    seen[key] = kind
        return self
