"""Text that a person cannot see, told from text that only looks as if.

Cheap marks come first: invisible rendering mode, no opacity, below 2 points, off the page, a color
near the paper's or near a shape's below it, a picture or filled shape painted over it, a clip, an
optional layer. All but the plainest of them are only a suspicion. Suspicious pages are rendered
twice at a low resolution, with and without the suspicious text: where nothing changes, or hardly
anything in comparison with its background, nobody sees it.
"""

from __future__ import annotations

import ctypes
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from skillgap.documents.glyphs import Bools, Glyphs
from skillgap.documents.pdfium import Frame, TextRuns, quick
from skillgap.documents.shapes import Painted, Shape, painted

MIN_SIZE = 2.0  # points: smaller text can't be read on paper
MIN_CONTRAST = 1.25  # WCAG 2 contrast ratio, (L1 + 0.05) / (L2 + 0.05); 1 is no difference
_FAINT = 1.6  # below this against white: look closer
_CLEAR = 2.5  # contrast that needs no closer look
_PAGE = 0.6  # of the page's area: a picture of the whole page
_BLEND = 48  # of 255: a difference in color that is seen even at the same lightness
_MAX_PIXELS = 3_000_000

_P = ctypes.c_void_p
_I = ctypes.c_int
_clip = quick("FPDFPageObj_GetClipPath", _P, _P)
_clip_count = quick("FPDFClipPath_CountPaths", _I, _P)
_segments = quick("FPDFClipPath_CountPathSegments", _I, _P, _I)
_segment = quick("FPDFClipPath_GetPathSegment", _P, _P, _I, _I)
_point = quick("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
_marks = quick("FPDFPageObj_CountMarks", _I, _P)
_mark = quick("FPDFPageObj_GetMark", _P, _P, ctypes.c_ulong)
_mark_name = quick("FPDFPageObjMark_GetName", _I, _P, _P, ctypes.c_ulong, _P)
_active = quick("FPDFPageObj_SetIsActive", _I, _P, _I)


def find(page: Any, g: Glyphs, runs: TextRuns, run: NDArray[np.int64], layers: bool = True) -> None:
    """Mark the glyphs of a page that nobody sees (`g.hidden`), or the page as a scan (`g.scan`)."""
    frame = Frame(page)
    boxes = _run_boxes(g, run, len(runs.objects))
    off = _off_page(g)
    tall = g.boxes[:, 3] - g.boxes[:, 1]
    wide = g.boxes[:, 2] - g.boxes[:, 0]
    tiny = (g.size < MIN_SIZE) & (np.minimum(tall, wide) < 1.5 * MIN_SIZE)
    mode = np.array(runs.mode)
    unseen = (mode == 3) | (mode == 7) | (runs.alpha < 20)
    shape = painted(page, frame)
    doubt = _light(runs) | _over_like(boxes, runs, shape.shapes, frame)
    if doubt.any() and not layers:
        doubt &= ~_on_ground(boxes, runs, shape)
    doubt |= _covered(boxes, runs, shape)
    doubt |= _clipped(boxes, runs, frame)
    if layers:
        doubt |= _optional(runs)
    printed = np.bincount(run, weights=g.codes > 32, minlength=len(unseen)) > 0
    doubt &= ~unseen & printed
    if doubt.any():
        lost = _without_ink(page, g, runs, run, boxes, doubt, frame)
    else:
        lost = np.zeros(len(run), np.bool_)
    hidden = unseen[run] | lost
    if hidden.any() and _is_scan(g, hidden, shape.shapes):
        g.scan = True
        hidden = np.zeros(len(run), np.bool_)
    g.hidden = hidden | off | tiny
    if g.hidden.any():
        codes = g.codes[g.hidden]
        sample = "".join(map(chr, codes[codes > 0][:2000].tolist()))
        g.hidden_text = " ".join(sample.split())


def _run_boxes(g: Glyphs, run: NDArray[np.int64], n: int) -> NDArray[np.float32]:
    first = np.searchsorted(run, np.arange(n))
    low = np.minimum.reduceat(g.boxes[:, :2], first, axis=0)
    high = np.maximum.reduceat(g.boxes[:, 2:], first, axis=0)
    return np.concatenate((low, high), axis=1)


def _off_page(g: Glyphs) -> Bools:
    b = g.boxes
    middle = (b[:, :2] + b[:, 2:]) / 2
    out = (middle[:, 0] < -1) | (middle[:, 0] > g.width + 1)
    return out | (middle[:, 1] < -1) | (middle[:, 1] > g.height + 1)


def luminance(rgb: NDArray[Any]) -> NDArray[np.float64]:
    """Relative luminance of 8-bit sRGB colors (WCAG 2.2)."""
    c = np.asarray(rgb, np.float64) / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    light: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return light


def contrast(a: Any, b: Any) -> Any:
    """Contrast ratio of two luminances, 1 to 21 (WCAG 2.2)."""
    return (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)


def _light(runs: TextRuns) -> Bools:
    """Runs that white paper hides or nearly hides."""
    faint: Bools = (contrast(luminance(runs.color), 1.0) < _FAINT) | (runs.alpha < 128)
    return faint


def _over_like(
    boxes: NDArray[np.float32], runs: TextRuns, shapes: list[Shape], frame: Frame
) -> Bools:
    """Runs on or beside a shape of nearly their own color, or on a picture that fills the page."""
    out = np.zeros(len(boxes), np.bool_)
    light = luminance(runs.color)
    seen: dict[tuple[int, int, int], NDArray[Any]] = {}
    for s in shapes:
        if s.color is None:
            if s.image and _area(s) > 0.25 * frame.width * frame.height:
                out |= _touch(boxes, s)
            continue
        if s.color not in seen:
            own = luminance(np.array(s.color))
            seen[s.color] = contrast(light, own) < _FAINT
        like = seen[s.color]
        if like.any():
            out |= like & _touch(boxes, s)
    return out


def _on_ground(boxes: NDArray[np.float32], runs: TextRuns, shape: Painted) -> Bools:
    """Runs that certainly stand out: wholly on a plain rectangle of another color, with nothing between."""
    order = np.array([shape.order.get(o, 0) for o in runs.objects])
    top = np.full(len(boxes), -1)
    for k, s in enumerate(shape.shapes):
        top[(s.order < order) & _touch(boxes, s, 0.0)] = k
    out = np.zeros(len(boxes), np.bool_)
    light = luminance(runs.color)
    for k in np.unique(top[top >= 0]).tolist():
        s = shape.shapes[k]
        if s.plain and s.color is not None and s.alpha == 255:
            clear = contrast(light, luminance(np.array(s.color))) >= _CLEAR
            out |= (top == k) & clear & (runs.alpha > 200) & _touch(boxes, s, 0.98)
    return out


def _covered(boxes: NDArray[np.float32], runs: TextRuns, shape: Painted) -> Bools:
    out = np.zeros(len(boxes), np.bool_)
    order: NDArray[Any] | None = None
    for s in shape.shapes:
        if s.alpha < 128:
            continue
        if order is None:
            order = np.array([shape.order.get(o, 0) for o in runs.objects])
        out |= (order < s.order) & (order > 0) & _touch(boxes, s, 0.4)
    return out


def _touch(boxes: NDArray[np.float32], s: Shape, share: float = 0.3) -> Bools:
    """Boxes that lie in a shape by at least that share of their area."""
    w = np.minimum(boxes[:, 2], s.x1) - np.maximum(boxes[:, 0], s.x0)
    h = np.minimum(boxes[:, 3], s.bottom) - np.maximum(boxes[:, 1], s.top)
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    inside: Bools = (w > 0) & (h > 0) & (w * h >= share * area)
    return inside


def _area(s: Shape) -> float:
    return max(s.x1 - s.x0, 0.0) * max(s.bottom - s.top, 0.0)


def _clipped(boxes: NDArray[np.float32], runs: TextRuns, frame: Frame) -> Bools:
    """Runs that reach out of their clip."""
    out = np.zeros(len(boxes), np.bool_)
    paths = list(map(_clip, runs.objects))
    x, y = ctypes.c_float(), ctypes.c_float()
    px, py = ctypes.addressof(x), ctypes.addressof(y)
    for i, n in enumerate(map(_clip_count, paths)):
        if n <= 0:  # -1 where there is none
            continue
        path = paths[i]
        for p in range(n):
            xs: list[float] = []
            ys: list[float] = []
            for k in range(min(_segments(path, p), 12)):
                if _point(_segment(path, p, k), px, py):
                    sx, sy = frame.point(x.value, y.value)
                    xs.append(sx)
                    ys.append(sy)
            if not xs:
                continue
            x0, top, x1, bottom = boxes[i].tolist()
            middle = (top + bottom) / 2
            if x0 < min(xs) - 6 or x1 > max(xs) + 6 or not min(ys) - 1 <= middle <= max(ys) + 1:
                out[i] = True
                break
    return out


def _optional(runs: TextRuns) -> Bools:
    """Runs on a layer that can be switched off (marked content of the name OC)."""
    out = np.zeros(len(runs.objects), np.bool_)
    counts = list(map(_marks, runs.objects))
    size = ctypes.c_ulong(0)
    to = ctypes.addressof(size)
    for k in range(min(max(counts, default=0), 6)):
        index = [i for i, n in enumerate(counts) if n > k]
        names = np.zeros((len(index), 4), np.uint16)
        at = names.ctypes.data
        held = map(_mark, [runs.objects[i] for i in index], repeat(k))
        list(map(_mark_name, held, range(at, at + 8 * len(index), 8), repeat(8), repeat(to)))
        layer = (names[:, 0] == ord("O")) & (names[:, 1] == ord("C")) & (names[:, 2] == 0)
        out[np.array(index)[layer]] = True
    return out


class _Window(NamedTuple):
    """The part of a page that is rendered: pixels to a point, and its place in pixels."""

    scale: float
    x0: int
    y0: int
    w: int
    h: int


def _window(boxes: NDArray[np.float32], frame: Frame) -> _Window:
    scale = min(1.0, (_MAX_PIXELS / max(frame.width * frame.height, 1.0)) ** 0.5)
    w, h = max(int(frame.width * scale), 1), max(int(frame.height * scale), 1)
    x0 = int(np.clip(boxes[:, 0].min() * scale - 2, 0, w - 1))
    y0 = int(np.clip(boxes[:, 1].min() * scale - 2, 0, h - 1))
    x1 = int(np.clip(boxes[:, 2].max() * scale + 3, x0 + 1, w))
    y1 = int(np.clip(boxes[:, 3].max() * scale + 3, y0 + 1, h))
    return _Window(scale, x0, y0, x1 - x0, y1 - y0)


def _render(page: Any, frame: Frame, win: _Window) -> NDArray[np.uint8]:
    """A part of the page as (height, width, 4) of 8-bit blue, green, red."""
    pixels = np.full((win.h, win.w, 4), 255, np.uint8)
    bitmap = raw.FPDFBitmap_CreateEx(
        win.w, win.h, raw.FPDFBitmap_BGRx, ctypes.c_void_p(pixels.ctypes.data), win.w * 4
    )
    try:
        w, h = max(int(frame.width * win.scale), 1), max(int(frame.height * win.scale), 1)
        raw.FPDF_RenderPageBitmap(bitmap, page, -win.x0, -win.y0, w, h, 0, 0)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return pixels


def _without_ink(
    page: Any,
    g: Glyphs,
    runs: TextRuns,
    run: NDArray[np.int64],
    boxes: NDArray[np.float32],
    doubt: Bools,
    frame: Frame,
) -> Bools:
    """Glyphs of the doubtful runs that leave no mark on the rendered page."""
    doubtful = [o for o, d in zip(runs.objects, doubt.tolist(), strict=True) if d]
    win = _window(boxes[doubt], frame)
    inked = _render(page, frame, win)
    for o in doubtful:
        _active(o, 0)
    paper = _render(page, frame, win)
    for o in doubtful:
        _active(o, 1)
    lost = np.zeros(len(run), np.bool_)
    cells = np.rint(g.boxes * win.scale).astype(np.int64) - np.array([win.x0, win.y0] * 2)
    cells[:, 2:] = np.maximum(cells[:, 2:], cells[:, :2] + 1)
    cells[:, 0::2] = np.clip(cells[:, 0::2], 0, win.w)
    cells[:, 1::2] = np.clip(cells[:, 1::2], 0, win.h)
    ends = np.searchsorted(run, np.arange(len(runs.objects) + 1))
    for i in np.flatnonzero(doubt).tolist():
        a, b = int(ends[i]), int(ends[i + 1])
        index = np.flatnonzero(g.codes[a:b] > 32) + a
        x0, top = cells[a:b, :2].min(axis=0).tolist()
        x1, bottom = cells[a:b, 2:].max(axis=0).tolist()
        if x0 >= x1 or top >= bottom:
            lost[a:b] = True
            continue
        below = paper[top:bottom, x0:x1, 2::-1]
        ground = np.median(below.reshape(-1, 3), axis=0)
        color = runs.color[i].astype(np.float64)
        ratio = float(contrast(luminance(color), luminance(ground)))
        blend = float(np.abs(color - ground).max()) * float(runs.alpha[i]) / 255
        if (ratio < MIN_CONTRAST and blend < _BLEND) or blend < 16:
            lost[a:b] = True
            continue
        change = np.abs(
            inked[top:bottom, x0:x1, :3].astype(np.int16) - paper[top:bottom, x0:x1, :3]
        ).max(axis=2)
        need = max(8.0, 0.12 * blend)
        at = cells[index] - np.array([x0, top] * 2)
        marks = [bool((change[t:e, f:s] >= need).any()) for f, t, s, e in at.tolist()]
        _judge(lost, a, b, index.tolist(), np.array(marks))
    return lost


def _judge(lost: Bools, a: int, b: int, index: list[int], inked: Bools) -> None:
    """A run with hardly any ink is lost; of one that breaks off, the part behind the break is."""
    share = float(inked.mean())
    if share < 0.25:
        lost[a:b] = True
    elif share < 0.95:
        marked = np.flatnonzero(inked)
        head, tail = int(marked[0]), int(marked[-1])
        if head >= 4:
            lost[a : index[head]] = True
        if len(index) - 1 - tail >= 4:
            lost[index[tail] + 1 : b] = True


def _is_scan(g: Glyphs, hidden: Bools, shapes: list[Shape]) -> bool:
    """Unseen text over a picture of the page, and next to nothing else: a scan's text layer."""
    page = g.width * g.height
    pictures = sum(_area(s) for s in shapes if s.image)
    return pictures >= _PAGE * page and int((~hidden).sum()) <= 0.1 * int(hidden.sum())
