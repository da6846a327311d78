"""From a document's text to the mentions of skills in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import Any

from ..types import Document, Entry, Line, Mention, Section
from .layout import Layout

_LEXEMES = 50_000
_HEAD = 400  # characters at the start of an entry in which its employer stands


class SkillExtractor:
    """The pipeline behind a plain function: text and layout in, frozen mentions out."""

    def __init__(self, nlp: Any) -> None:
        self.nlp = nlp

    @property
    def version(self) -> str:
        """Version and content of the pipeline, for reports: the same version, the same answers."""
        meta = self.nlp.meta
        return f"{meta['version']}+{meta['skillgap']['content'][:12]}"

    def __call__(
        self,
        text: str,
        sections: tuple[Section, ...] = (),
        entries: tuple[Entry, ...] = (),
        lines: tuple[Line, ...] = (),
        hidden: Iterable[tuple[int, int]] = (),
    ) -> tuple[Mention, ...]:
        """All mentions in text order; nothing inside the `hidden` spans is one."""
        from .scene import LAYOUT, scene_of

        layout = Layout(
            tuple(sorted(sections, key=lambda s: s.start)),
            tuple(entries),
            tuple(lines),
            tuple(hidden),
        )
        # spaCy keeps every word it meets. Up to a limit that saves time; beyond it a memory zone
        # gives back what the new words of a document take, so that a long run stays flat.
        full = len(self.nlp.vocab) > _LEXEMES
        with self.nlp.memory_zone() if full else nullcontext():
            doc = self.nlp.make_doc(text)
            doc.user_data[LAYOUT] = layout
            doc = self.nlp(doc)
            return scene_of(doc).mentions

    def extract(
        self,
        document: Document,
        sections: tuple[Section, ...] = (),
        entries: tuple[Entry, ...] = (),
        contact_spans: tuple[tuple[int, int], ...] = (),
    ) -> tuple[Mention, ...]:
        """All mentions of a document, none inside contact data or an employer's name."""
        hidden = (*contact_spans, *_employers(document.text, entries))
        return self(document.text, sections, entries, document.lines, hidden)


def _employers(text: str, entries: Iterable[Entry]) -> Iterator[tuple[int, int]]:
    """Where the employers' names stand: “Oracle” above a position is no skill."""
    for entry in entries:
        if entry.organization:
            start, end = entry.span
            at = text.find(entry.organization, start, min(end, start + _HEAD))
            if at >= 0:
                yield at, at + len(entry.organization)
