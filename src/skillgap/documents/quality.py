"""How far a text can be trusted: letters without meaning, too few words, texts that try to cheat."""

from __future__ import annotations

import numpy as np

from skillgap.documents import clean
from skillgap.documents.glyphs import Glyphs

POOR = 0.97  # share of legible glyphs below which the other reader is asked
UNMAPPED = 0.05  # share of illegible glyphs above which the reader of the report is told
AGREE = 0.8  # share of letters that both readers give, below which neither can be trusted
_LETTERS = 200  # fewer say too little about a page
_VOWELS = 0.2  # of its letters; no language in Latin script stays below, a list of acronyms hardly

_IS_LETTER = np.zeros(128, np.bool_)
_IS_LETTER[[*range(65, 91), *range(97, 123)]] = True
_IS_VOWEL = np.zeros(128, np.bool_)
_IS_VOWEL[list(b"aeiouyAEIOUY")] = True


def legible(g: Glyphs) -> float:
    """The share of a page's letters whose meaning is known: 1 where nothing is wrong.

    Icons are no letters: a glyph of a picture font, or a single private-use one, does not count.
    """
    if not len(g.codes):
        return 1.0
    kind, _ = clean.classify(g.codes)
    codes = g.codes
    letters = (kind == clean.KEEP) & ~g.icon
    mark = (kind == clean.MARK) & ~g.icon
    private = (kind == clean.BREAK) & ~g.icon
    # Private-use letters in a row are a font without a map; single ones are icons.
    row = np.zeros(len(codes), np.bool_)
    if private.any():
        row[1:] |= private[1:] & private[:-1]
        row[:-1] |= private[1:] & private[:-1]
    lost = int((mark | row).sum())
    return 1.0 - lost / max(int(letters.sum()) + lost, 1)


def nonsense(g: Glyphs) -> bool:
    """Whether a page's letters make no words: a font that gives other letters than it paints.

    Told by vowels, which such a mix-up of letters nearly always leaves too few of.
    """
    counts = np.bincount(g.codes[g.codes < 128], minlength=128)
    letters = int(counts[_IS_LETTER].sum())
    return letters >= _LETTERS and int(counts[_IS_VOWEL].sum()) < _VOWELS * letters


def sense(g: Glyphs) -> float:
    """How much of a page can be understood: `legible`, and 0 where its letters make no words."""
    return 0.0 if nonsense(g) else legible(g)


def agreement(one: Glyphs, other: Glyphs) -> float:
    """The share of printed characters that two readings of one page have in common, in any order."""
    top = 0x10000
    a, b = (
        np.bincount(np.minimum(g.codes[g.codes > 32], top - 1).astype(np.int64), minlength=top)
        for g in (one, other)
    )
    total = int(a.sum() + b.sum())
    return 2 * int(np.minimum(a, b).sum()) / total if total else 1.0
