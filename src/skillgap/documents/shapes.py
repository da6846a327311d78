"""What else a PDF page paints: pictures and filled shapes, with their place in the order of painting."""

from __future__ import annotations

import ctypes
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from skillgap.documents.pdfium import Frame, quick

_P = ctypes.c_void_p
_I = ctypes.c_int
_object = quick("FPDFPage_GetObject", _P, _P, _I)
_type = quick("FPDFPageObj_GetType", _I, _P)
_bounds = quick("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
_inner = quick("FPDFFormObj_GetObject", _P, _P, ctypes.c_ulong)
_inner_count = quick("FPDFFormObj_CountObjects", _I, _P)
_object_matrix = quick("FPDFPageObj_GetMatrix", _I, _P, _P)
_fill = quick("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
_path_count = quick("FPDFPath_CountSegments", _I, _P)
_path_segment = quick("FPDFPath_GetPathSegment", _P, _P, _I)
_segment_type = quick("FPDFPathSegment_GetType", _I, _P)
_point = quick("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
_clip = quick("FPDFPageObj_GetClipPath", _P, _P)
_clip_count = quick("FPDFClipPath_CountPaths", _I, _P)
_draw_mode = quick("FPDFPath_GetDrawMode", _I, _P, _P, _P)

_TEXT = raw.FPDF_PAGEOBJ_TEXT
_PATH = raw.FPDF_PAGEOBJ_PATH
_IMAGE = raw.FPDF_PAGEOBJ_IMAGE
_SHADE = raw.FPDF_PAGEOBJ_SHADING
_FORM = raw.FPDF_PAGEOBJ_FORM
_MAX_OBJECTS = 60_000  # enough for any résumé; more is not looked at one by one


class Shape(NamedTuple):
    """A picture or a filled shape. Its box is as displayed, origin top left, in points."""

    order: int
    image: bool
    x0: float
    top: float
    x1: float
    bottom: float
    color: tuple[int, int, int] | None  # None: many colors
    alpha: int  # 0..255
    plain: bool = False  # an upright rectangle that no clip cuts


class Painted(NamedTuple):
    """All shapes of a page, and the order of its text objects by handle."""

    shapes: list[Shape]
    order: dict[int, int]


def painted(page: Any, frame: Frame) -> Painted:
    """Walk a page's objects in the order in which they are painted, forms included."""
    shapes: list[Shape] = []
    order: dict[int, int] = {}
    handle = ctypes.cast(page, _P).value
    count = min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)
    walk = _Walk(shapes, order, frame)
    found = list(map(_object, repeat(handle), range(count)))
    for obj, kind in zip(found, map(_type, found), strict=True):
        if kind == _TEXT:
            walk.step += 1
            order[obj] = walk.step
        else:
            walk.one(obj, None, 0)
    return Painted(shapes, order)


class _Walk:
    __slots__ = ("at", "box", "frame", "order", "rgba", "shapes", "step")

    def __init__(self, shapes: list[Shape], order: dict[int, int], frame: Frame) -> None:
        self.shapes = shapes
        self.order = order
        self.frame = frame
        self.step = 0
        self.box = (ctypes.c_float * 4)()  # left, bottom, right, top
        self.at = ctypes.addressof(self.box)
        self.rgba = (ctypes.c_uint * 4)()

    def one(self, obj: int | None, matrix: tuple[float, ...] | None, depth: int) -> None:
        if not obj or self.step > _MAX_OBJECTS:
            return
        self.step += 1
        kind = _type(obj)
        if kind == _TEXT:
            self.order[obj] = self.step
        elif kind == _FORM:
            self._form(obj, matrix, depth)
        elif kind in (_IMAGE, _SHADE):
            self._add(obj, matrix, kind == _IMAGE, None, 255)
        elif kind == _PATH:
            self._path(obj, matrix)

    def _path(self, obj: int, matrix: tuple[float, ...] | None) -> None:
        filled = ctypes.c_int(0)
        stroked = ctypes.c_int(0)
        if (
            not _draw_mode(obj, ctypes.addressof(filled), ctypes.addressof(stroked))
            or not filled.value
        ):
            return
        c = ctypes.addressof(self.rgba)
        color = None
        alpha = 255
        if _fill(obj, c, c + 4, c + 8, c + 12):
            color = (self.rgba[0], self.rgba[1], self.rgba[2])
            alpha = self.rgba[3]
        if self._add(obj, matrix, False, color, alpha) and matrix is None and self._plain(obj):
            self.shapes[-1] = self.shapes[-1]._replace(plain=True)

    def _plain(self, obj: int) -> bool:
        """Whether a path is one upright rectangle, and no clip is set."""
        own = (ctypes.c_float * 6)()
        count = _path_count(obj)
        if (
            not 4 <= count <= 5
            or _clip_count(_clip(obj)) > 0
            or not _object_matrix(obj, ctypes.addressof(own))
            or abs(own[1]) + abs(own[2]) > 1e-6
        ):
            return False
        xs, ys = set(), set()
        at = self.at
        for k in range(count):
            segment = _path_segment(obj, k)
            if _segment_type(segment) == raw.FPDF_SEGMENT_BEZIERTO:
                return False
            _point(segment, at, at + 4)
            xs.add(round(self.box[0], 2))
            ys.add(round(self.box[1], 2))
        return len(xs) == 2 and len(ys) == 2

    def _add(
        self,
        obj: int,
        matrix: tuple[float, ...] | None,
        image: bool,
        color: tuple[int, int, int] | None,
        alpha: int,
    ) -> bool:
        at = self.at
        if not _bounds(obj, at, at + 4, at + 8, at + 12):
            return False
        left, bottom, right, top = self.box
        if right - left < 3 or top - bottom < 3:
            return False  # a rule
        corners = [(left, bottom), (right, bottom), (left, top), (right, top)]
        if matrix is not None:
            a, b, c, d, e, f = matrix
            corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
        shown = [self.frame.point(x, y) for x, y in corners]
        xs, ys = [p[0] for p in shown], [p[1] for p in shown]
        self.shapes.append(
            Shape(self.step, image, min(xs), min(ys), max(xs), max(ys), color, alpha)
        )
        return True

    def _form(self, obj: int, matrix: tuple[float, ...] | None, depth: int) -> None:
        if depth >= 6:
            return
        own = (ctypes.c_float * 6)()
        inner = tuple(own) if _object_matrix(obj, ctypes.addressof(own)) else None
        if inner is not None:
            inner = tuple(own)
            if matrix is not None:
                inner = _times(inner, matrix)
        for i in range(max(_inner_count(obj), 0)):
            if self.step > _MAX_OBJECTS:
                return
            self.one(_inner(obj, i), inner if inner is not None else matrix, depth + 1)


def _times(m: tuple[float, ...], n: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )
