"""Reading pictures of text: scanned pages, PNG and JPEG, by rapidocr, whose models lie in its wheel."""

from __future__ import annotations

import importlib.util
import io
import logging
import threading
import warnings
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillgap.documents.assemble import PageRows
from skillgap.documents.clean import tidy
from skillgap.documents.layout import read_page
from skillgap.documents.limits import Limits
from skillgap.documents.words import RawWord
from skillgap.errors import CorruptDocument, DocumentTooLarge, ExtraMissing

DPI = 150  # of rendered pages: letters of 8 points are then 17 pixels high, enough for the model
MAX_PAGES = 10  # of one document: OCR takes seconds a page
_SURE = 0.6  # of 1: what is read with less confidence is left out
_LOCK = threading.Lock()


def available() -> bool:
    """Whether the extra is installed."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime"))


@lru_cache(maxsize=1)
def _engine() -> Any:
    if not available():
        raise ExtraMissing("Reading pictures and scanned pages", "ocr")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from rapidocr import RapidOCR

        engine = RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False})
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return engine


def read_pixels(pixels: NDArray[np.uint8], number: int, width: float, height: float) -> PageRows:
    """The rows of a picture given as (height, width, 3) of blue, green, red; sizes in points."""
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = _engine()(pixels)
    scale = width / max(pixels.shape[1], 1)
    words: list[RawWord] = []
    if found.boxes is not None and found.txts is not None:
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
            if score >= _SURE:
                words.extend(_words(np.asarray(box, np.float64) * scale, text))
    read = read_page(words)
    return PageRows(number, width, height, read.rows)


def _words(box: NDArray[np.float64], text: str) -> list[RawWord]:
    """The words of one line of text, each with its share of the line's box."""
    text = tidy(text).strip(" °|")
    if not text:
        return []
    x0, top = box.min(axis=0).tolist()
    x1, bottom = box.max(axis=0).tolist()
    step = (x1 - x0) / len(text)
    size = 0.75 * (bottom - top)
    base = bottom - 0.25 * (bottom - top)
    out: list[RawWord] = []
    at = 0
    for part in text.split():
        at = text.index(part, at)
        left, right = x0 + at * step, x0 + (at + len(part)) * step
        out.append(RawWord(part, left, top, right, bottom, size, base, False, False, True))
        at += len(part)
    return out


def picture(data: bytes, limits: Limits) -> tuple[NDArray[np.uint8], float, float]:
    """A PNG or JPEG as pixels (blue, green, red), and its size in points."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own warning of bombs: ours is an error
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if image.width * image.height > limits.pixels:
                raise DocumentTooLarge(
                    f"The picture has {image.width * image.height / 1e6:.0f} million pixels.",
                    "Scan at 150 to 300 dots an inch.",
                )
            dpi = image.info.get("dpi", (0, 0))[0]
            upright = ImageOps.exif_transpose(image)
            if "A" in upright.getbands() or "transparency" in upright.info:
                ground = Image.new("RGBA", upright.size, "white")
                ground.alpha_composite(upright.convert("RGBA"))
                upright = ground
            rgb = np.asarray(upright.convert("RGB"))
    except DocumentTooLarge:
        raise
    except Exception as error:  # Pillow raises OSError, SyntaxError, ValueError, struct.error, …
        raise CorruptDocument("The picture is damaged.", "Save or scan it again.") from error
    dots = float(dpi) if 50 <= float(dpi) <= 1200 else rgb.shape[1] / 8.27  # else: as wide as A4
    pixels = np.ascontiguousarray(rgb[:, :, ::-1])
    return pixels, rgb.shape[1] * 72 / dots, rgb.shape[0] * 72 / dots


def render(page: Any, width: float, height: float) -> NDArray[np.uint8]:
    """A pdfium page as pixels (blue, green, red) at `DPI`, less for very large pages."""
    import ctypes

    import pypdfium2.raw as raw

    scale = min(DPI / 72, (6_000_000 / max(width * height, 1.0)) ** 0.5)
    w, h = max(int(width * scale), 1), max(int(height * scale), 1)
    pixels = np.full((h, w, 4), 255, np.uint8)
    bitmap = raw.FPDFBitmap_CreateEx(
        w, h, raw.FPDFBitmap_BGRx, ctypes.c_void_p(pixels.ctypes.data), w * 4
    )
    try:
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, w, h, 0, raw.FPDF_ANNOT)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return np.ascontiguousarray(pixels[:, :, :3])
