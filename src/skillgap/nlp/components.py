"""The pipeline's parts as spaCy knows them (entry points `spacy_factories`, `spacy_tokenizers`).

matcher ─▶ senses ─▶ paraphrases ─▶ context. They hand a Scene on in `doc.user_data`; the last one
leaves the result in `doc.spans["skills"]` too: label = status, kb_id = concept id. Every `Language`
imports this module, so it imports no more than it must.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import registry

from ..types import Mention
from .context import Assertions
from .coordination import coordinated
from .cues import Cues
from .disambiguation import Senses
from .matcher import Matcher
from .paraphrases import Paraphrases
from .scene import scene_of
from .tables import Tables
from .tokenizer import ResumeTokenizer, make_tokenizer

if TYPE_CHECKING:
    from .linear import Linear

SPANS = "skills"  # key of doc.spans


@registry.tokenizers("skillgap_tokenizer")  # type: ignore[untyped-decorator,unused-ignore]
def create_tokenizer() -> Callable[[Language], ResumeTokenizer]:
    """The tokenizer with rules for résumés."""
    return make_tokenizer


class _Saved:
    """Writes and reads one msgpack file."""

    def data(self) -> bytes:
        """What is to be saved."""
        return b""

    def restore(self, raw: bytes) -> None:
        """Take over what was saved."""

    def to_bytes(self, **_: Any) -> bytes:
        """Serialize for spaCy."""
        return self.data()

    def from_bytes(self, raw: bytes, **_: Any) -> _Saved:
        """Restore for spaCy."""
        self.restore(raw)
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Save for spaCy."""
        Path(path).write_bytes(self.data())

    def from_disk(self, path: str | Path, **_: Any) -> _Saved:
        """Restore for spaCy."""
        self.restore(Path(path).read_bytes())
        return self


def _linear(raw: bytes) -> Linear | None:
    from .linear import Linear

    return Linear.from_bytes(raw) if raw else None


class MatcherComponent(_Saved):
    """Finds the forms of all skills, and those that a coordination cuts short."""

    def __init__(self) -> None:
        self.use(Tables())

    def use(self, tables: Tables) -> None:
        """Take compiled tables."""
        self.tables = tables
        self.matcher = Matcher(tables)

    def __call__(self, doc: Doc) -> Doc:
        """Fill the scene's candidates."""
        scene = scene_of(doc)
        found = self.matcher(scene.tokens, scene.layout)
        scene.tables = self.tables
        scene.candidates = found + coordinated(scene.tokens, self.tables, found)
        return doc

    def data(self) -> bytes:
        """The tables."""
        return self.tables.to_bytes()

    def restore(self, raw: bytes) -> None:
        """Take over saved tables."""
        self.use(Tables.from_bytes(raw))


class SensesComponent(_Saved):
    """Keeps the candidates that mean their skill."""

    def __init__(self) -> None:
        self.model: Linear | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Filter the scene's candidates."""
        scene = scene_of(doc)
        if scene.tables is not None:
            scene.candidates = Senses(scene.tables, self.model)(scene)
        return doc

    def judge(self, nlp: Language) -> Senses:
        """The rules over the tables of a pipeline's matcher."""
        matcher: Any = nlp.get_pipe("skillgap_matcher")
        return Senses(matcher.tables)

    def data(self) -> bytes:
        """The trained model; empty where the rules decide alone."""
        return self.model.to_bytes() if self.model is not None else b""

    def restore(self, raw: bytes) -> None:
        """Take over a saved model."""
        self.model = _linear(raw)


class ParaphrasesComponent(_Saved):
    """Adds places that say a skill without its name."""

    def __init__(self) -> None:
        self.paraphrases = Paraphrases(Cues([]))

    def __call__(self, doc: Doc) -> Doc:
        """Add to the scene's candidates."""
        scene = scene_of(doc)
        if scene.tables is not None:
            scene.candidates += self.paraphrases(scene, scene.tables)
            scene.candidates.sort(key=lambda c: (c.start, c.end))
        return doc

    def data(self) -> bytes:
        """The patterns."""
        return bytes(srsly.msgpack_dumps(self.paraphrases.dump()))

    def restore(self, raw: bytes) -> None:
        """Take over saved patterns."""
        self.paraphrases = Paraphrases.restore(srsly.msgpack_loads(raw))


class ContextComponent(_Saved):
    """Gives each mention its status, and publishes the result."""

    def __init__(self) -> None:
        self.assertions = Assertions(Cues([]))

    def __call__(self, doc: Doc) -> Doc:
        """Fill the scene's mentions and `doc.spans`."""
        scene = scene_of(doc)
        statuses = self.assertions(scene)
        layout = scene.layout
        ids = scene.tables.skills if scene.tables is not None else []
        mentions: list[Mention] = []
        spans: list[Span] = []
        for i, c in enumerate(scene.candidates):
            if layout.in_heading(c.start):
                continue
            status, why = statuses.get(i, ("claimed", ""))
            skill = ids[c.sense.skill]
            mentions.append(
                Mention(
                    c.start,
                    c.end,
                    skill,
                    status,
                    c.via,
                    c.confidence,
                    layout.section_at(c.start),
                    layout.entry_at(c.start),
                    "; ".join(r for r in (c.reason, why) if r),
                )
            )
            spans.append(Span(doc, c.first, c.last, label=status, kb_id=skill))
        scene.mentions = tuple(mentions)
        doc.spans[SPANS] = SpanGroup(doc, name=SPANS, spans=spans)
        return doc

    def data(self) -> bytes:
        """The cues, and the trained model where there is one."""
        model = self.assertions.model
        saved = self.assertions.cues.dump() | {"model": model.to_bytes() if model else b""}
        return bytes(srsly.msgpack_dumps(saved))

    def restore(self, raw: bytes) -> None:
        """Take over saved cues and model."""
        saved = srsly.msgpack_loads(raw)
        self.assertions = Assertions(Cues.restore(saved), _linear(saved["model"]))


@Language.factory("skillgap_matcher")
def create_matcher(nlp: Language, name: str) -> MatcherComponent:
    """The component that finds forms."""
    return MatcherComponent()


@Language.factory("skillgap_senses")
def create_senses(nlp: Language, name: str) -> SensesComponent:
    """The component that decides what is meant."""
    return SensesComponent()


@Language.factory("skillgap_paraphrases")
def create_paraphrases(nlp: Language, name: str) -> ParaphrasesComponent:
    """The component that finds unlisted phrasings."""
    return ParaphrasesComponent()


@Language.factory("skillgap_context")
def create_context(nlp: Language, name: str) -> ContextComponent:
    """The component that tells claimed from aspired, negated and other."""
    return ContextComponent()


__all__ = [
    "SPANS",
    "ContextComponent",
    "MatcherComponent",
    "ParaphrasesComponent",
    "SensesComponent",
    "create_context",
    "create_matcher",
    "create_paraphrases",
    "create_senses",
    "create_tokenizer",
]
