"""Formats without pages: paragraphs in their own order become lines of one text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from skillgap.documents import clean
from skillgap.types import Line, Notice


class Block(NamedTuple):
    """A paragraph, heading or table row. Newlines in `text` part lines, tabs part cells."""

    text: str
    level: int = 0  # heading level, 0 for none
    bold: bool = False
    gap: bool = False  # an empty line before it
    size: float = 0.0  # points where the format says so
    furniture: bool = False


class Flow(NamedTuple):
    """What a reader of such a format gives: blocks, what was hidden, and what there is to say."""

    blocks: list[Block]
    hidden: str = ""  # text that nobody can see, left out
    notices: tuple[Notice, ...] = ()
    data: object | None = None


_WHITE = re.compile(r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\v\f\r]+")
_TABS = re.compile(r" *\t[ \t]*")


def tidy(text: str) -> str:
    """A line with its odd characters made plain and its white space squeezed; tabs stay."""
    text = clean.plain(text)
    return _TABS.sub("\t", _WHITE.sub(" ", text)).strip()


def assemble(blocks: Iterable[Block], limit: int) -> tuple[str, tuple[Line, ...], bool]:
    """The text, its lines, and whether it was cut off at `limit` characters."""
    out: list[str] = []
    lines: list[Line] = []
    at = 0
    gap = False
    for block in blocks:
        gap = gap or block.gap
        for raw in block.text.split("\n"):
            text = tidy(raw)
            if not text:
                gap = True
                continue
            if at + len(text) + 2 > limit:
                return "".join(out), tuple(lines), True
            if at:
                sep = "\n\n" if gap else "\n"
                out.append(sep)
                at += len(sep)
            gap = False
            end = at + len(text)
            lines.append(
                Line(
                    at,
                    end,
                    size=block.size,
                    bold=block.bold,
                    level=block.level,
                    furniture=block.furniture,
                )
            )
            out.append(text)
            at = end
    return "".join(out), tuple(lines), False


def without_comments(text: str, opening: str, closing: str) -> str:
    """A text without what stands between two marks; an open comment takes the rest with it."""
    out: list[str] = []
    at = 0
    while (start := text.find(opening, at)) >= 0:
        out.append(text[at:start])
        end = text.find(closing, start + len(opening))
        if end < 0:
            return "".join(out)
        at = end + len(closing)
    out.append(text[at:])
    return "".join(out)
