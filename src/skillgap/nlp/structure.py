"""The structure step in one call: sections, entries, education, contact, language.

    Document ─▶ layout ─▶ sections ─▶ entries, education, contact ─▶ Structure

Nothing here needs spaCy, and importing it loads none.
"""

from __future__ import annotations

from typing import NamedTuple

from ..types import Contact, Document, Education, Entry, Notice, PartialDate, Section
from .contact import find_contact
from .education import find_education
from .entries import Found, find_entries
from .language import detect_language
from .lexicon import Lexicon, load_lexicon
from .lines import read_layout
from .sections import find_sections


class Structure(NamedTuple):
    """What a document is made of."""

    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
    education: tuple[Education, ...]
    contact: Contact
    language: str  # ISO 639-1, "" unknown
    notices: tuple[Notice, ...]


def read_structure(document: Document, lexicon: Lexicon, as_of: PartialDate) -> Structure:
    """Sections, dated entries, education, contact data and language of a document."""
    layout = read_layout(document)
    sections = find_sections(document, lexicon, layout)
    found = find_entries(document, sections, layout, lexicon, as_of)
    sections, found = _settle(sections, found)
    language = detect_language(document.text)
    notices: tuple[Notice, ...] = ()
    if language not in ("", "en"):
        notices = (
            Notice(
                "language_not_supported",
                f"The text seems to be in another language ({language}); English is what is "
                "understood now, so skills named in other words may be missing.",
            ),
        )
    return Structure(
        sections,
        tuple(f.entry for f in found),
        find_education(document, sections, layout, lexicon, as_of),
        find_contact(document, sections, layout, lexicon),
        language,
        notices,
    )


def _settle(
    sections: tuple[Section, ...], found: list[Found]
) -> tuple[tuple[Section, ...], list[Found]]:
    """A "Technical experience" that names no position, beside one that does, is of projects."""
    held: dict[int, list[Found]] = {}
    for f in found:
        if f.entry.kind != "volunteering" and sections[f.section].kind == "experience":
            held.setdefault(f.section, []).append(f)
    titled = {i for i, items in held.items() if any(f.titled for f in items)}
    moved = {
        i
        for i, items in held.items()
        if i not in titled and titled and not any(f.entry.organization for f in items)
    }
    if not moved:
        return sections, found
    return (
        tuple(s._replace(kind="projects") if i in moved else s for i, s in enumerate(sections)),
        [
            f._replace(entry=f.entry._replace(kind="project")) if f.section in moved else f
            for f in found
        ],
    )


__all__ = ["Lexicon", "Structure", "load_lexicon", "read_structure"]
