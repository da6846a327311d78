"""The floor that reading is measured against: pdfium giving code, box and size of each character."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw


def characters(path: Path) -> int:
    """Ask pdfium for each character's code, box and font size; how many there were."""
    document = pdfium.PdfDocument(path)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    count = 0
    try:
        for page in document:
            text = page.get_textpage()
            for i in range(raw.FPDFText_CountChars(text)):
                raw.FPDFText_GetUnicode(text, i)
                raw.FPDFText_GetCharBox(text, i, left, right, bottom, top)
                raw.FPDFText_GetFontSize(text, i)
                count += 1
            text.close()
            page.close()
    finally:
        document.close()
    return count
