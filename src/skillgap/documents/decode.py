"""Text of unknown encoding."""

from __future__ import annotations

import codecs

from skillgap.errors import UnsupportedFormat

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, declared: str = "") -> str:
    """Bytes as text: by their mark, as UTF-8, as declared, or by what charset-normalizer makes of them."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    zeros = data[:4096].count(0)
    if zeros:
        even = data[0:4096:2].count(0)
        wide = "utf-16-be" if even > zeros / 2 else "utf-16-le"
        return data.decode(wide, "replace")
    for name in ("utf-8", declared):
        if name:
            try:
                return data.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    if (western := _western(data)) is not None:
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], cp_exclusion=["utf_7"]).best()
    if best is None:
        raise UnsupportedFormat("This is no text in any usual encoding.", "Save it as UTF-8.")
    return data.decode(best.encoding, "replace")


# What Windows-1252 has beyond ASCII and Western texts use: letters, quotes, dashes, bullets.
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒšžŠŽ–—‘’“”•…€£©®™°·§«»¿¡\u00a0±²³½¼"
)


def _western(data: bytes) -> str | None:
    """The text in Windows-1252 where that is plausible: few letters beyond ASCII, all of them Western.

    Statistics of short texts guess worse than this.
    """
    try:
        text = data[:200_000].decode("cp1252")
    except UnicodeDecodeError:
        return None
    odd = [c for c in text if c > "\x7f"]
    letters = sum(c.isalpha() for c in text)
    if len(odd) > 0.15 * max(letters, 1) or sum(c in _WESTERN for c in odd) < 0.95 * len(odd):
        return None
    return data.decode("cp1252", "replace")
