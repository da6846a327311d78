"""A document's pages as pictures, for reports that show where each skill stands. Bytes in, pictures out.

Nothing of the file itself goes into a picture but its pixels: no metadata, no text layer, no links.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from skillgap.documents import sniff
from skillgap.documents.limits import Limits
from skillgap.types import Box, Picture

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 110  # sharp enough to read on a screen and on paper
PAGE_PIXELS = 2_500_000  # of one page; larger ones (posters) are drawn smaller
PAGE_BYTES = 240_000  # a page that is larger without loss is written with a little loss
PAGES = 12
BYTES = 3_000_000  # of all pages together; those that don't fit are left out
FULL_PAGE = 0.6  # a picture that covers this share of its page is the page (a scan)
DEPTH = 8  # of forms within forms that are searched for pictures
BLANK = "#d8d8d8"


def page_pictures(
    data: bytes,
    *,
    password: str | None = None,
    black: Sequence[Box] | None = None,
    plain: Sequence[Box] = (),
    limits: Limits | None = None,
) -> tuple[Picture, ...]:
    """Pictures of the pages of a PDF, PNG or JPEG; () for formats without pages.

    `black` are places to black out. Where it is given, even as (), photos and logos are blacked out
    too, and of a page that is one picture (a scan) only the words in `plain` are shown: whatever else
    it shows can't be judged. Raises the errors of `documents.read` for a file that can't be opened.
    """
    limits = limits or Limits()
    kind = sniff.sniff(data)
    if kind == sniff.PDF:
        drawn = _pdf_pages(data, password, black, plain, limits)
    elif kind in (sniff.PNG, sniff.JPEG):
        drawn = _one_page(data, black, plain, limits)
    else:
        return ()
    done: list[Picture] = []
    left = BYTES
    for number, width, height, image in drawn:
        packed = _packed(image)
        left -= len(packed)
        if left < 0:
            break
        done.append(Picture(number, round(width, 2), round(height, 2), "image/webp", packed))
    return tuple(done)


Drawn = Iterator[tuple[int, float, float, "Image"]]  # page, its size in points, its picture


def _pdf_pages(
    data: bytes,
    password: str | None,
    black: Sequence[Box] | None,
    plain: Sequence[Box],
    limits: Limits,
) -> Drawn:
    import ctypes

    import pypdfium2.raw as raw
    from PIL import Image

    from skillgap.documents.pdfium import Frame, opened, page_of

    with opened(data, password) as doc:
        for i in range(min(raw.FPDF_GetPageCount(doc), limits.pages, PAGES)):
            with page_of(doc, i) as (page, _):
                frame = Frame(page)
                scale = _scale(frame.width, frame.height)
                w, h = max(round(frame.width * scale), 1), max(round(frame.height * scale), 1)
                pixels = bytearray(b"\xff" * (w * h * 4))
                store = (ctypes.c_char * len(pixels)).from_buffer(pixels)
                bitmap = raw.FPDFBitmap_CreateEx(w, h, raw.FPDFBitmap_BGRx, store, w * 4)
                try:
                    flags = raw.FPDF_ANNOT if black is None else 0  # notes may name the person
                    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, w, h, 0, flags)
                finally:
                    raw.FPDFBitmap_Destroy(bitmap)
                image = Image.frombuffer("RGB", (w, h), bytes(pixels), "raw", "BGRX", w * 4, 1)
                if black is not None:
                    image = _hidden(image, i + 1, scale, black, plain, _photos(page, frame))
            yield i + 1, frame.width, frame.height, image


def _one_page(
    data: bytes, black: Sequence[Box] | None, plain: Sequence[Box], limits: Limits
) -> Drawn:
    from PIL import Image

    from skillgap.documents.ocr import picture

    pixels, width, height = picture(data, limits)
    scale = _scale(width, height)
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    image = Image.fromarray(pixels[:, :, ::-1].copy()).resize(size)
    if black is not None:
        image = _hidden(image, 1, scale, black, plain, [(0.0, 0.0, width, height)])
    yield 1, width, height, image


def _scale(width: float, height: float) -> float:
    """Pixels for a point."""
    return float(min(DPI / 72, (PAGE_PIXELS / max(width * height, 1.0)) ** 0.5))


Rect = tuple[float, float, float, float]  # x0, top, x1, bottom in points


def _hidden(
    image: Image,
    number: int,
    scale: float,
    black: Sequence[Box],
    plain: Sequence[Box],
    photos: Sequence[Rect],
) -> Image:
    from PIL import Image, ImageDraw

    blur = 0.06  # of a box's height, to its sides
    whole = image.width * image.height / scale**2
    if any((r[2] - r[0]) * (r[3] - r[1]) >= FULL_PAGE * whole for r in photos):
        shown = Image.new("RGB", image.size, BLANK)
        for b in plain:
            if b.page == number:
                x0, top, x1, bottom = _pixels((b.x0, b.top, b.x1, b.bottom), scale, 0.02, 0.4)
                x0, top = max(x0, 0), max(top, 0)
                x1, bottom = min(x1, image.width), min(bottom, image.height)
                if x0 < x1 and top < bottom:
                    shown.paste(image.crop((x0, top, x1, bottom)), (x0, top))
        # Where words were read from a picture, where each begins and ends is a guess.
        image, photos, blur = shown, (), 0.8
    draw = ImageDraw.Draw(image)
    for b in black:
        if b.page == number:
            draw.rectangle(_pixels((b.x0, b.top, b.x1, b.bottom), scale, 0.06, blur), fill="black")
    for r in photos:
        draw.rectangle(_pixels(r, scale, 0.0, 0.0), fill="black")
    return image


def _pixels(r: Rect, scale: float, above: float, beside: float) -> tuple[int, int, int, int]:
    """A rectangle in pixels, larger by shares of its height: letters may lean over their box."""
    high = max(r[3] - r[1], 0.0)
    return (
        int((r[0] - beside * high) * scale),
        int((r[1] - above * high) * scale),
        int((r[2] + beside * high) * scale) + 1,
        int((r[3] + above * high) * scale) + 1,
    )


def _photos(page: Any, frame: Any) -> list[Rect]:
    """Where the pictures of a page stand, those inside forms too."""
    import pypdfium2.raw as raw

    found: list[Rect] = []
    count = raw.FPDFPage_CountObjects(page)
    todo: list[tuple[Any, tuple[tuple[float, ...], ...], int]] = [
        (raw.FPDFPage_GetObject(page, i), (), 0) for i in range(count)
    ]
    while todo and len(found) < 500:
        item, above, depth = todo.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            m = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(item, m)
            inner = ((m.a, m.b, m.c, m.d, m.e, m.f), *above)
            todo += [
                (raw.FPDFFormObj_GetObject(item, i), inner, depth + 1)
                for i in range(raw.FPDFFormObj_CountObjects(item))
            ]
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            found.append(_displayed(item, above, frame))
    return found


def _displayed(item: Any, above: Sequence[tuple[float, ...]], frame: Any) -> Rect:
    import ctypes

    import pypdfium2.raw as raw

    sides = [ctypes.c_float() for _ in range(4)]  # left, bottom, right, top
    raw.FPDFPageObj_GetBounds(item, *sides)
    left, bottom, right, top = (s.value for s in sides)
    corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
    for a, b, c, d, e, f in above:
        corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
    seen = [frame.point(x, y) for x, y in corners]
    xs, ys = [p[0] for p in seen], [p[1] for p in seen]
    return min(xs), min(ys), max(xs), max(ys)


def _packed(image: Image) -> bytes:
    """WebP without loss, which suits text; with a little where a page is full of photos."""
    out = io.BytesIO()
    image.save(out, "WEBP", lossless=True, method=3)
    if out.tell() > PAGE_BYTES:
        out = io.BytesIO()
        image.save(out, "WEBP", quality=60, method=3)
    return out.getvalue()
