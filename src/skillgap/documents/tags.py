"""Tags, text and raw elements of HTML in linear time, whatever it holds.

The standard library's parser takes quadratic time on unclosed comments, tags and quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_LONGEST = 4000  # characters of one tag; what is longer is text
# Possessive throughout: a failure is known at once.
_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>"'<]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"']++))?""")
RAW = frozenset(("script", "style", "noscript", "template", "iframe", "title", "svg", "math"))


class Token(NamedTuple):
    """Text (`tag` is ""), or a tag that opens or closes an element."""

    text: str
    tag: str = ""
    closes: bool = False
    attributes: tuple[tuple[str, str], ...] = ()


def tokens(text: str) -> Iterator[Token]:
    """What a page is made of; comments, declarations and raw elements are left out."""
    low = text.lower()
    at = 0
    while (start := text.find("<", at)) >= 0:
        if start > at:
            yield Token(unescape(text[at:start]))
        after = text[start + 1 : start + 2]
        if after in ("!", "?"):
            mark = "-->" if text.startswith("<!--", start) else ">"
            end = text.find(mark, start + 2)
            if end < 0:
                return
            at = end + len(mark)
            continue
        m = _TAG.match(text, start, start + _LONGEST)
        if m is None:
            yield Token("<")
            at = start + 1
            continue
        tag, at = m[2].lower(), m.end()
        if m[1]:
            yield Token("", tag, closes=True)
        elif tag in RAW:
            close = low.find("</" + tag, at)
            if close < 0:
                return
            end = text.find(">", close)
            at = end + 1 if end >= 0 else len(text)
        else:
            yield Token("", tag, attributes=tuple(_attributes(m[3])))
    if at < len(text):
        yield Token(unescape(text[at:]))


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for m in _ATTRIBUTE.finditer(text):
        value = m[2] or ""
        yield m[1].lower(), unescape(value.strip("\"'"))
