"""Leaves the person out: names, addresses and contact data are blacked out of whatever is written."""

from __future__ import annotations

import re

from .types import Contact, Document

BLACK = "█"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w.])(?=(?:\D{0,3}\d){9})\+?\(?\d[\d ().–-]{7,}\d(?!\w)"
)  # 9 digits: no years
_LINK = re.compile(r"(?:https?://|www\.)\S+|\b(?:linkedin|github|gitlab)\.com/\S+", re.IGNORECASE)


class Redactor:
    """Blacks out a document's contact data; passes everything through where it is switched off."""

    def __init__(self, document: Document, contact: Contact, active: bool) -> None:
        self.active = active
        self._name = document.name
        self._spans = contact.spans if active else ()
        words = [contact.name, *contact.name.split()] if active else []
        words += [contact.email, contact.phone, contact.location, *contact.links] if active else []
        known = sorted({w for w in words if len(w) > 1}, key=lambda w: (-len(w), w))
        self._known = (
            re.compile("|".join(rf"(?<!\w){re.escape(w)}(?!\w)" for w in known), re.IGNORECASE)
            if known
            else None
        )

    def text(self, piece: str, start: int) -> str:
        """A piece of the document's text that stands at offset `start`, same length."""
        if not self.active:
            return piece
        chars = list(piece)
        for a, b in self._spans:
            for i in range(max(a - start, 0), min(b - start, len(chars))):
                if not chars[i].isspace():
                    chars[i] = BLACK
        return self.plain("".join(chars))

    def plain(self, piece: str) -> str:
        """Any text: known names and whatever looks like an address, same length."""
        if not self.active:
            return piece
        for pattern in (_MAIL, _LINK, _PHONE, self._known):
            if pattern is not None:
                piece = pattern.sub(lambda m: re.sub(r"\S", BLACK, m.group()), piece)
        return piece

    def file_name(self) -> str:
        """The file's name, without the person in it: only its ending stays."""
        if not self.active:
            return self._name
        stem, dot, ending = self._name.rpartition(".")
        return f"resume.{ending}" if dot and stem and len(ending) <= 8 else "resume"
