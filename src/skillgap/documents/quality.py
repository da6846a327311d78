"""How far a text can be trusted: letters without meaning, too few words, texts that try to cheat."""

from __future__ import annotations

import numpy as np

from skillgap.documents import clean
from skillgap.documents.glyphs import Glyphs

POOR = 0.97  # share of legible glyphs below which the other reader is asked
UNMAPPED = 0.05  # share of illegible glyphs above which the reader of the report is told


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
