"""The quick PDF reader: pdfium through its C interface.

For each glyph only three things are asked, each in a loop that stays inside C (`map` over ctypes
prototypes, writing to arrays): its box, its text object, and its code where the bulk call is not one
to one. All else (font, size, matrix, color) belongs to the text object and is asked once for each.
pdfium is not safe for threads, so everything here runs under one lock.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import threading
from collections.abc import Iterator
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from skillgap.documents.fonts import Face, face
from skillgap.documents.glyphs import GAP, INK_GAP, Glyphs
from skillgap.documents.limits import Limits
from skillgap.errors import CorruptDocument, EncryptedDocument

LOCK = threading.RLock()

_P = ctypes.c_void_p
_I = ctypes.c_int


def quick(name: str, result: Any, *args: Any) -> Any:
    """A C function that takes plain integers as pointers: a third of the cost of a typed one."""
    address = ctypes.cast(getattr(raw, name), _P).value
    return ctypes.CFUNCTYPE(result, *args)(address or 0)


_unicode = quick("FPDFText_GetUnicode", ctypes.c_uint, _P, _I)
_text = quick("FPDFText_GetText", _I, _P, _I, _I, _P)
_box = quick("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
_tight = quick("FPDFText_GetCharBox", _I, _P, _I, _P, _P, _P, _P)
_object = quick("FPDFText_GetTextObject", _P, _P, _I)
_matrix = quick("FPDFText_GetMatrix", _I, _P, _I, _P)
_size = quick("FPDFText_GetFontSize", ctypes.c_double, _P, _I)
_font = quick("FPDFTextObj_GetFont", _P, _P)
_mode = quick("FPDFTextObj_GetTextRenderMode", _I, _P)
_fill = quick("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
_stroke = quick("FPDFPageObj_GetStrokeColor", _I, _P, _P, _P, _P, _P)
_weight = quick("FPDFText_GetFontWeight", _I, _P, _I)
_info = quick("FPDFText_GetFontInfo", ctypes.c_ulong, _P, _I, _P, ctypes.c_ulong, _P)


class TextRuns:
    """The text objects of one page, and what each looks like. Pointers live as long as the page."""

    __slots__ = ("alpha", "color", "first", "mode", "objects")

    def __init__(self, objects: list[int], first: NDArray[np.int64]) -> None:
        self.objects = objects  # handle of each run's object
        self.first = first  # index of its first glyph
        self.mode = list(map(_mode, objects))
        n = len(objects)
        paint = np.zeros((n, 4), np.uint32)
        at = paint.ctypes.data
        stop = at + 16 * n
        list(
            map(
                _fill,
                objects,
                range(at, stop, 16),
                range(at + 4, stop + 4, 16),
                range(at + 8, stop + 8, 16),
                range(at + 12, stop + 12, 16),
            )
        )
        for i, mode in enumerate(self.mode):
            if mode == 1:  # outlines only: their color counts
                k = at + 16 * i
                _stroke(objects[i], k, k + 4, k + 8, k + 12)
        self.color = paint[:, :3]
        self.alpha = paint[:, 3]


@contextlib.contextmanager
def opened(data: bytes, password: str | None) -> Iterator[Any]:
    """A pdfium document of bytes that must stay alive meanwhile; typed errors where it won't open."""
    secret = password.encode() if password is not None else None
    with LOCK:
        doc = raw.FPDF_LoadMemDocument64(data, len(data), secret)
        if not doc:
            _refuse(raw.FPDF_GetLastError(), password)
        try:
            yield doc
        finally:
            raw.FPDF_CloseDocument(doc)


def _refuse(error: int, password: str | None) -> None:
    if error == raw.FPDF_ERR_PASSWORD:
        if password is None:
            raise EncryptedDocument(
                "The PDF is encrypted and asks for a password.",
                "Give it with --password, or save the file again without one.",
            )
        raise EncryptedDocument(
            "The password does not open this PDF.", "Check it, or save the file without one."
        )
    if error == raw.FPDF_ERR_SECURITY:
        raise EncryptedDocument(
            "The PDF is locked by a protection that can't be read here.",
            "Export it again as a plain PDF.",
        )
    raise CorruptDocument(
        "The file starts like a PDF and breaks off or breaks its rules.",
        "Export it again from the program that made it.",
    )


@contextlib.contextmanager
def page_of(doc: Any, index: int) -> Iterator[tuple[Any, Any]]:
    """One page and its text page; CorruptDocument where pdfium does not give it."""
    page = raw.FPDF_LoadPage(doc, index)
    if not page:
        raise CorruptDocument(
            f"Page {index + 1} of the PDF can't be read.",
            "Export the file again from the program that made it.",
        )
    try:
        text = raw.FPDFText_LoadPage(page)
        if not text:
            raise CorruptDocument(
                f"The text of page {index + 1} can't be read.",
                "Export the file again from the program that made it.",
            )
        try:
            yield page, text
        finally:
            raw.FPDFText_ClosePage(text)
    finally:
        raw.FPDF_ClosePage(page)


class Frame:
    """How a page's own space is displayed: its crop box and its /Rotate."""

    __slots__ = ("bottom", "height", "left", "right", "top", "turn", "width")

    def __init__(self, page: Any) -> None:
        rect = raw.FS_RECTF()
        if raw.FPDF_GetPageBoundingBox(page, rect):
            self.left, self.right = rect.left, rect.right
            self.bottom, self.top = rect.bottom, rect.top
        else:
            self.left = self.bottom = 0.0
            self.right = raw.FPDF_GetPageWidthF(page)
            self.top = raw.FPDF_GetPageHeightF(page)
        self.turn = raw.FPDFPage_GetRotation(page) % 4
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (wide, high) if self.turn % 2 == 0 else (high, wide)

    def boxes(self, b: NDArray[np.float32]) -> NDArray[np.float32]:
        """(left, top, right, bottom) of the page's space as x0, top, x1, bottom of the display."""
        left, top, right, bottom = b[:, 0], b[:, 1], b[:, 2], b[:, 3]
        match self.turn:
            case 0:
                out = (left - self.left, self.top - top, right - self.left, self.top - bottom)
            case 1:
                out = (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
            case 2:
                out = (
                    self.right - right,
                    bottom - self.bottom,
                    self.right - left,
                    top - self.bottom,
                )
            case _:
                out = (self.top - top, self.right - right, self.top - bottom, self.right - left)
        return np.stack(out, axis=1)

    def point(self, x: Any, y: Any) -> tuple[Any, Any]:
        """A point of the page's space as it is displayed."""
        match self.turn:
            case 0:
                return x - self.left, self.top - y
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x


def glyphs(
    page: Any, text: Any, number: int, limits: Limits
) -> tuple[Glyphs, TextRuns | None, Any]:
    """All glyphs of a page, the runs that they come from, and each glyph's run."""
    frame = Frame(page)
    tp = ctypes.cast(text, _P).value
    count = max(raw.FPDFText_CountChars(text), 0)
    n = min(count, limits.page_chars)
    objects = list(map(_object, repeat(tp), range(n)))
    kept = np.array([o or 0 for o in objects], np.uint64)
    real = np.flatnonzero(kept)
    if not len(real):
        return _none(frame, number), None, np.zeros(0, np.int64)
    boxes = np.zeros((n, 4), np.float32)
    at = boxes.ctypes.data
    list(map(_box, repeat(tp), range(n), range(at, at + 16 * n, 16)))
    codes = _codes(tp, n, count)[real]
    jump = np.empty(len(real), np.bool_)  # glyphs without an object are separators of pdfium's own
    jump[0] = False
    np.greater(np.diff(real), 1, out=jump[1:])
    kept = kept[real]
    change = np.empty(len(kept), np.bool_)
    change[0] = True
    np.not_equal(kept[1:], kept[:-1], out=change[1:])
    run = np.cumsum(change) - 1
    first = real[change]
    runs = TextRuns(kept[change].tolist(), first)
    m = np.zeros((len(first), 6), np.float32)
    at = m.ctypes.data
    starts = first.tolist()
    list(map(_matrix, repeat(tp), starts, range(at, at + 24 * len(starts), 24)))
    sizes = np.fromiter(map(_size, repeat(tp), starts), np.float32, len(starts))
    bx = frame.boxes(boxes[real])
    x0, x1 = np.minimum(bx[:, 0], bx[:, 2]), np.maximum(bx[:, 0], bx[:, 2])
    y0, y1 = np.minimum(bx[:, 1], bx[:, 3]), np.maximum(bx[:, 1], bx[:, 3])
    em = np.abs(sizes * np.hypot(m[:, 2], m[:, 3]))
    loose = em[run]
    gap = GAP
    if _overlap(x0, x1, loose):
        # A font without widths: each glyph claims a whole em. Its ink tells better.
        bx = frame.boxes(_ink(tp, real))
        x0, x1 = np.minimum(bx[:, 0], bx[:, 2]), np.maximum(bx[:, 0], bx[:, 2])
        gap = INK_GAP
    turn = _turns(m, frame.turn)
    px, py = frame.point(m[:, 4], m[:, 5])
    base = np.where(turn % 2 == 0, py, px)
    faces = _faces(tp, runs)
    bold = np.array([f.bold for f in faces], np.bool_)
    bold |= np.array(runs.mode) == 2  # fill and stroke: how some producers make text bold
    codes = np.where(np.array([f.dingbat for f in faces], np.bool_)[run], _dingbats(codes), codes)
    g = Glyphs(
        page=number,
        width=frame.width,
        height=frame.height,
        codes=codes,
        boxes=np.stack((x0, y0, x1, y1), axis=1),
        base=base[run].astype(np.float32),
        size=loose,
        bold=bold[run],
        italic=np.array([f.italic for f in faces], np.bool_)[run],
        icon=np.array([f.icon for f in faces], np.bool_)[run],
        jump=jump,
        turn=turn[run],
        truncated=count > n,
        gap=gap,
    )
    return g, runs, run


def _overlap(x0: Any, x1: Any, em: Any) -> bool:
    """Whether glyphs that follow each other mostly lie over each other."""
    if len(x0) < 20:
        return False
    step = (x0[1:] - x1[:-1]) / np.maximum(em[1:], 0.1)
    return bool(np.mean((step < -0.2) & (step > -0.95)) > 0.3)


def _ink(tp: int | None, index: NDArray[np.int64]) -> NDArray[np.float32]:
    """Boxes of ink of glyphs, as (left, top, right, bottom) of the page's space."""
    n = len(index)
    box = np.zeros((n, 4), np.float64)  # the call gives left, right, bottom, top
    at = box.ctypes.data
    step = [range(at + k, at + k + 32 * n, 32) for k in (0, 8, 16, 24)]
    list(map(_tight, repeat(tp), index.tolist(), *step))
    return box[:, [0, 3, 1, 2]].astype(np.float32)


def _dingbats(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Letters of a font of bullets stand for bullets; what is no letter stays."""
    letter = (codes > 32) & (codes < 0x250)
    return np.where(letter, np.uint32(0x2022), codes)


def _codes(tp: int | None, n: int, count: int) -> NDArray[np.uint32]:
    """Code points, by the bulk call where it is one to one."""
    units = np.zeros(n + 1, np.uint16)
    if _text(tp, 0, n, units.ctypes.data) == n + 1 and count == n:
        units = units[:n]
        if not np.any((units & 0xF800) == 0xD800):
            return units.astype(np.uint32)
    codes = np.fromiter(map(_unicode, repeat(tp), range(n)), np.uint32, n)
    # A code point beyond the basic plane comes as two glyphs that share a box: halves of UTF-16.
    lead = np.flatnonzero((codes[:-1] & 0xFFFFFC00) == 0xD800)
    lead = lead[(codes[lead + 1] & 0xFFFFFC00) == 0xDC00]
    codes[lead] = 0x10000 + ((codes[lead] & 0x3FF) << 10) + (codes[lead + 1] & 0x3FF)
    codes[lead + 1] = 0x200C  # nothing to see
    codes[(codes & 0xFFFFF800) == 0xD800] = 0
    codes[codes > 0x10FFFF] = 0
    return codes


def _turns(m: NDArray[np.float32], page_turn: int) -> NDArray[np.int8]:
    """Quarter turns (clockwise, as displayed) of the direction in which each run is read."""
    angle = np.arctan2(m[:, 1], m[:, 0])  # counter-clockwise, page's own space
    quarters = np.rint(-angle / (math.pi / 2)).astype(np.int64) + page_turn
    return (quarters % 4).astype(np.int8)


def _faces(tp: int | None, runs: TextRuns) -> list[Face]:
    fonts = list(map(_font, runs.objects))
    known: dict[int, Face] = {}
    for handle, index in zip(fonts, runs.first.tolist(), strict=True):
        if handle not in known:
            name = ctypes.create_string_buffer(256)
            flags = ctypes.c_int(0)
            _info(tp, index, ctypes.addressof(name), 256, ctypes.addressof(flags))
            label = name.value.decode("utf-8", "replace")
            known[handle] = face(label, flags.value, _weight(tp, index))
    return [known[f] for f in fonts]


def _none(frame: Frame, number: int) -> Glyphs:
    z = np.zeros(0, np.float32)
    b = np.zeros(0, np.bool_)
    return Glyphs(
        number, frame.width, frame.height, np.zeros(0, np.uint32), np.zeros((0, 4), np.float32),
        z, z, b, b, b, b, np.zeros(0, np.int8), b,
    )  # fmt: skip
