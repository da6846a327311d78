"""The other PDF reader: pdfplumber (on pdfminer), giving the same `Glyphs` as pdfium.

It is five to ten times slower and written independently of pdfium, which is what makes it useful:
where pdfium can't map a font, it sometimes can; where the two agree, the text is right. What nobody
sees is told by pdfium's marks in both cases: glyphs that lie where pdfium found hidden ones are hidden.
"""

from __future__ import annotations

import contextlib
import io
import logging
import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from skillgap.documents.fonts import Face, face
from skillgap.documents.glyphs import Glyphs
from skillgap.documents.limits import Limits
from skillgap.errors import CorruptDocument, DocumentTooLarge

_CID = re.compile(r"\(cid:\d+\)")
_HINT = "Export the file again from the program that made it."
_SMALLER = "Save it with fewer pages or smaller pictures."


@contextlib.contextmanager
def opened(data: bytes, password: str | None) -> Iterator[Any]:
    """A pdfplumber document.

    CorruptDocument where pdfminer gives up in whatever way, DocumentTooLarge where memory runs out.
    """
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns once for each odd operator
    try:
        pdf = pdfplumber.open(io.BytesIO(data), password=password or "", unicode_norm=None)
    except MemoryError as error:
        raise DocumentTooLarge("The PDF needs more memory than there is.", _SMALLER) from error
    except Exception as error:  # pdfminer raises PSException, KeyError, TypeError, IndexError, …
        raise CorruptDocument("pdfplumber can't open this PDF.", _HINT) from error
    try:
        yield pdf
    finally:
        pdf.close()


def glyphs(pdf: Any, number: int, limits: Limits) -> Glyphs:
    """All glyphs of a page, counted from 1; fails as `opened` does."""
    try:
        return _glyphs(pdf.pages[number - 1], number, limits)
    except MemoryError as error:
        raise DocumentTooLarge(
            f"Page {number} needs more memory than there is.", _SMALLER
        ) from error
    except Exception as error:  # PSException, TypeError, IndexError, KeyError, RecursionError, …
        raise CorruptDocument(f"pdfplumber can't read page {number}.", _HINT) from error


def _glyphs(page: Any, number: int, limits: Limits) -> Glyphs:
    chars = page.dedupe_chars(tolerance=1).chars
    box = page.cropbox or page.bbox
    left, top, width, height = box[0], box[1], box[2] - box[0], box[3] - box[1]
    full = float(page.height)
    cut = len(chars) > limits.page_chars
    codes: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    base: list[float] = []
    size: list[float] = []
    faces: list[Face] = []
    turn: list[int] = []
    unmapped = 0
    for c in chars[: limits.page_chars]:
        a, b, e, f = c["matrix"][0], c["matrix"][1], c["matrix"][4], c["matrix"][5]
        quarter = round(-math.atan2(b, a) / (math.pi / 2)) % 4
        text = c["text"] or "\0"
        if _CID.fullmatch(text):
            text = "\0"
            unmapped += 1
        look = face(str(c["fontname"]))
        place = (c["x0"] - left, c["top"] - top, c["x1"] - left, c["bottom"] - top)
        line = (full - f - top) if quarter % 2 == 0 else (e - left)
        for letter in text:
            code = ord(letter) if not "\ud800" <= letter <= "\udfff" else 0
            codes.append(0x2022 if look.dingbat and 32 < code < 0x250 else code)
            boxes.append(place)
            base.append(line)
            size.append(c["size"])
            faces.append(look)
            turn.append(quarter)
    n = len(codes)
    return Glyphs(
        page=number,
        width=float(width),
        height=float(height),
        codes=np.array(codes, np.uint32),
        boxes=np.array(boxes, np.float32).reshape(n, 4),
        base=np.array(base, np.float32),
        size=np.array(size, np.float32),
        bold=np.array([f.bold for f in faces], np.bool_),
        italic=np.array([f.italic for f in faces], np.bool_),
        icon=np.array([f.icon for f in faces], np.bool_),
        jump=np.zeros(n, np.bool_),
        turn=np.array(turn, np.int8),
        truncated=cut,
        unmapped=unmapped,
    )


def hide(g: Glyphs, seen: Glyphs) -> None:
    """Hide what lies where pdfium found hidden glyphs, and nothing else."""
    g.hidden = np.zeros(len(g.codes), np.bool_)
    g.hidden_text, g.scan = seen.hidden_text, seen.scan
    if not len(seen.hidden) or not seen.hidden.any():
        return
    key = {_cell(code, box) for code, box in _each(seen, seen.hidden)}
    shown = {_cell(code, box) for code, box in _each(seen, ~seen.hidden)}
    spots = {cell[1:] for cell in key - shown}
    for i, (code, box) in enumerate(_each(g, np.ones(len(g.codes), np.bool_))):
        cell = _cell(code, box)
        near = [(code, cell[1] + dx, cell[2] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        if (any(c in key for c in near) and not any(c in shown for c in near if c not in key)) or (
            code <= 32 and any(c[1:] in spots for c in near)
        ):
            g.hidden[i] = True


def _each(g: Glyphs, mask: Any) -> Iterator[tuple[int, tuple[float, ...]]]:
    yield from zip(g.codes[mask].tolist(), g.boxes[mask].tolist(), strict=True)


def _cell(code: int, box: tuple[float, ...]) -> tuple[int, int, int]:
    return code, round((box[0] + box[2]) / 6), round((box[1] + box[3]) / 6)
