"""The seam between the PDF readers and everything after them: one page as arrays of glyphs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

GAP = 0.15  # em; LaTeX's narrowest word space is about 0.22, kerning within words stays below 0.1
INK_GAP = 0.24  # em; between boxes of ink, which leave out the white on both sides of a letter


@dataclass(slots=True)
class Glyphs:
    """What one page paints as text, in the order of its content.

    All arrays have one entry a glyph. Boxes are advance boxes in points of the page as it is
    displayed (crop box and /Rotate applied), origin top left, so that glyphs of one word touch.
    Spaces that a reader made up itself are not here; spaces of the content are.
    """

    page: int  # from 1
    width: float
    height: float
    codes: NDArray[np.uint32]  # code points; 0 where the font does not say
    boxes: Floats  # (n, 4): x0, top, x1, bottom
    base: Floats  # the baseline, across the direction of reading
    size: Floats  # em in points, as displayed
    bold: Bools
    italic: Bools
    icon: Bools  # of a font that holds pictures
    jump: Bools  # the reader itself sees a space before it
    turn: NDArray[np.int8]  # quarter turns of the direction of reading, clockwise: 0 upright
    hidden: Bools = field(default_factory=lambda: np.zeros(0, np.bool_))
    truncated: bool = False
    unmapped: int = 0  # glyphs whose font does not say what they mean
    doubt: bool = False  # the readers were compared, and give different letters
    scan: bool = False  # invisible text over a picture of the whole page
    hidden_text: str = ""
    gap: float = GAP  # em between glyphs that parts words

    def take(self, mask: NDArray[Any]) -> Glyphs:
        """The glyphs of a mask or index, with the page's own facts."""
        return Glyphs(
            page=self.page,
            width=self.width,
            height=self.height,
            codes=self.codes[mask],
            boxes=self.boxes[mask],
            base=self.base[mask],
            size=self.size[mask],
            bold=self.bold[mask],
            italic=self.italic[mask],
            icon=self.icon[mask],
            jump=self.jump[mask],
            turn=self.turn[mask],
            hidden=self.hidden[mask] if len(self.hidden) else self.hidden,
            truncated=self.truncated,
            unmapped=self.unmapped,
            doubt=self.doubt,
            scan=self.scan,
            hidden_text=self.hidden_text,
            gap=self.gap,
        )
