"""Which program made a PDF, told from its metadata without any PDF library.

Only for grouping figures: the bytes are searched for the document information, in the open or inside
compressed object streams. What can't be told is "unknown".
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path

_KEY = re.compile(rb"/(?:Producer|Creator)\s*(\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f\s]*>)")
_STREAM = re.compile(rb"/ObjStm.{0,400}?stream\r?\n(.*?)endstream", re.DOTALL)
_FAMILIES = (
    ("LaTeX", ("tex", "xdvipdfmx", "hyperref", "dvips", "ghostscript")),
    ("Word", ("microsoft", "word", "quartz", "pages")),
    ("LibreOffice", ("libreoffice", "openoffice", "writer")),
    ("Canva", ("canva",)),
    ("Chromium", ("skia", "chrom", "google docs")),
    ("pdf-lib", ("pdf-lib", "jspdf", "react-pdf", "pdfkit", "reportlab")),
    ("Typst", ("typst",)),
)
_LARGEST = 8_000_000  # bytes that are searched


def producer_family(path: Path) -> str:
    """The family of programs that made a file ("LaTeX", "Word", …), its ending for other formats."""
    if path.suffix.lower() != ".pdf":
        return path.suffix.lower().lstrip(".") or "unknown"
    data = path.read_bytes()[:_LARGEST]
    named = _names(data)
    if not named:
        for match in _STREAM.finditer(data):
            try:
                named += _names(zlib.decompressobj().decompress(match[1], 1_000_000))
            except zlib.error:
                continue
    text = " ".join(named).lower()
    for family, words in _FAMILIES:
        if any(word in text for word in words):
            return family
    return "other" if text.strip() else "unknown"


def _names(data: bytes) -> list[str]:
    out = []
    for match in _KEY.finditer(data):
        raw = match[1]
        if raw.startswith(b"<"):
            digits = re.sub(rb"\s", b"", raw[1:-1])
            value = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        else:
            value = re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8) & 255]), raw[1:-1])
        coding = "utf-16" if value.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1"
        out.append(value.decode(coding, "replace"))
    return out
