"""What single characters of a PDF stand for: the odd code points that fonts and producers leave."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

BULLET = 0x2022
HYPHEN = 0x2D
SOFT = (0x02, 0xAD, 0xFFFE)  # soft hyphens, as they come: seen where they have a width

# Code points that a reader sees as a bullet: Symbol and Wingdings in the private-use area, squares,
# discs, arrows that stand before list items.
_BULLETS = (
    *(0xF0B7, 0xF0A7, 0xF0A8, 0xF0D8, 0xF0FC, 0xF06E, 0xF06C, 0xF076, 0xF0D6, 0xF0B2, 0xF09F),
    *(0x25AA, 0x25AB, 0x25A0, 0x25CF, 0x25E6, 0x25CB, 0x2043, 0x2219, 0x2023, 0x27A2, 0x27A4),
    *(0x25B8, 0x25B6, 0x25BA, 0x2756, 0x2666, 0x25C6, 0x25C7, 0x2981, 0x29BF, 0x26AB, 0x26AA),
)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
              0xFB06: "st", 0x0132: "IJ", 0x0133: "ij"}  # fmt: skip
_SPACES = (0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0xA0, 0x85, 0x1680, *range(0x2000, 0x200B),
           0x2028, 0x2029, 0x202F, 0x205F, 0x3000)  # fmt: skip
INVISIBLE = (0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, *range(0x200B, 0x2010),
             *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFE00, 0xFE10))  # fmt: skip

# Classes of code points below 0x10000, looked up by array.
KEEP, SPACE, DROP, BREAK, MARK = 0, 1, 2, 3, 4  # MARK: unmapped
_CLASS = np.zeros(0x10000, np.uint8)
_CLASS[:0x20] = DROP
_CLASS[0x7F:0xA0] = DROP
_CLASS[list(INVISIBLE)] = DROP
_CLASS[0xE000:0xF900] = BREAK  # private use: an icon, which parts words and says nothing
_CLASS[[0, 0xFFFD, 0xFFFF]] = MARK
_CLASS[list(_SPACES)] = SPACE
_MAP = np.arange(0x10000, dtype=np.uint32)
_MAP[list(_BULLETS)] = BULLET
_CLASS[list(_BULLETS)] = KEEP
_MAP[list(SOFT)] = HYPHEN
_MAP[[0x2010, 0x2011]] = HYPHEN
_CLASS[list(SOFT)] = KEEP
_TABLE = str.maketrans(_LIGATURES)
_ODD = re.compile("[ﬀ-ﬆĲĳ\U0001d400-\U0001d7ff\uff01-\uff5e\u0300-\u036f]")
SMALL_CAPS = re.compile(r"[A-Z]{2}i[A-Z]")
SMALL_CAPS_WORD = re.compile(r"\W*i?[A-Z]+(?:i[A-Z]+)*i?\W*")
ICON_MACRO = re.compile(r"^[\\/]fa(?:[A-Z][A-Za-z]*)+$")  # LaTeX icon packages' replacement text


# Accents that stand by themselves -> those that combine with a letter.
_ACCENTS = {0x60: 0x300, 0x2CB: 0x300, 0xB4: 0x301, 0x2CA: 0x301, 0x5E: 0x302, 0x2C6: 0x302,
            0x7E: 0x303, 0x2DC: 0x303, 0xAF: 0x304, 0x2C9: 0x304, 0x2D8: 0x306, 0x2D9: 0x307,
            0xA8: 0x308, 0x2DA: 0x30A, 0x2DD: 0x30B, 0x2C7: 0x30C, 0xB8: 0x327, 0x2DB: 0x328,
            **{code: code for code in (*range(0x300, 0x30D), 0x327, 0x328)}}  # fmt: skip
ACCENT_CODES = tuple(_ACCENTS)
_DOTLESS = {0x131: "i", 0x237: "j"}


def accented(letter: int, accent: int) -> int:
    """The code point of a letter under an accent; 0 where there is no such letter."""
    base = _DOTLESS.get(letter) or chr(letter)
    if not base.isalpha():
        return 0
    whole = unicodedata.normalize("NFC", base + chr(_ACCENTS[accent]))
    return ord(whole) if len(whole) == 1 else 0


def classify(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Class and replacement of each code point; those above the basic plane are kept or broken at."""
    if len(codes) and int(codes.max()) > 0xFFFF:
        low = np.minimum(codes, 0xFFFF)
        high = codes > 0xFFFF
        kinds, out = _CLASS[low], _MAP[low]
        plain = (codes >= 0x1D400) & (codes < 0x1D800)  # styled letters
        return np.where(high, np.where(plain, KEEP, BREAK), kinds).astype(np.uint8), np.where(
            high, codes, out
        )
    return _CLASS[codes], _MAP[codes]


def tidy(text: str) -> str:
    """A word as it is meant: ligatures parted, styled and full-width letters plain, accents joined."""
    if text.isascii() or not _ODD.search(text):
        return text
    return unicodedata.normalize("NFC", "".join(map(_plain, text.translate(_TABLE))))


def _plain(char: str) -> str:
    code = ord(char)
    if 0x1D400 <= code < 0x1D800 or 0xFF01 <= code <= 0xFF5E:
        return unicodedata.normalize("NFKC", char)
    return char


# Characters without width that are no part of honest words: kept inside a word, so that a word that
# was taken apart in secret is not read as whole; dropped elsewhere. Joiners and soft hyphens, which
# honest producers put into words, are dropped everywhere.
SECRET = "\u200b\u200d\u2060\ufeff\u180e\u2062\u2063\u2064"
SECRET_CODES = tuple(map(ord, SECRET))
_SECRET_OUTSIDE = re.compile(f"(?<![^\\W_])[{SECRET}]+|[{SECRET}]+(?![^\\W_])")
_SILENT = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200c\u200e\u200f\u202a-\u202e\u2061\u2065-\u206f"
    "\ufe00-\ufe0f\x00-\x08\x0e-\x1f\x7f-\x9f]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd]")
_PICTURES = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u26a9\u26ac-\u2755\u2757-\u27a1\u27a5-\u27bf]"
)
_BULLET_CHARS = re.compile("[" + "".join(map(chr, _BULLETS)) + "]")


def plain(text: str) -> str:
    """A line of a text format with its odd characters made plain, as `classify` does for glyphs."""
    if text.isascii() and text.isprintable():
        return text
    text = _SILENT.sub("", text)
    text = _SECRET_OUTSIDE.sub("", text)
    text = _BULLET_CHARS.sub("•", text)
    text = _PICTURES.sub(" ", _PRIVATE.sub(" ", text))
    return tidy(text.replace("\u2010", "-").replace("\u2011", "-"))
