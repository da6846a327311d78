"""PDF: from bytes to pages in reading order, by the reader that serves a page best."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from skillgap.documents.assemble import PageRows
from skillgap.documents.glyphs import Glyphs
from skillgap.documents.layout import Row, read_page
from skillgap.documents.limits import Limits
from skillgap.documents.words import RawWord, words
from skillgap.types import Notice

ReaderName = Literal["auto", "pdfium", "pdfplumber"]


class PdfRead(NamedTuple):
    """What was read of a PDF."""

    reader: str
    pages: list[PageRows]
    notices: list[Notice]
    blank: list[int]  # pages without text that can be seen
    count: int  # pages of the file


def rows_of(g: Glyphs) -> tuple[list[Row], int]:
    """A page's rows in reading order; text that is turned comes after the upright text."""
    if not len(g.codes):
        return [], 1
    if not g.turn.any():
        read = read_page(words(g))
        return read.rows, read.columns
    rows: list[Row] = []
    columns = 1
    counts = np.bincount(g.turn, minlength=4)
    for turn in sorted(range(4), key=lambda t: (-counts[t], t)):
        if not counts[turn]:
            continue
        level = _level(g.take(g.turn == turn), turn)
        read = read_page(words(level))
        block = rows[-1].block + 1 if rows else 0
        back = [
            Row(tuple(_back(w, turn, g) for w in r.words), r.column, r.block + block)
            for r in read.rows
        ]
        columns = max(columns, read.columns if turn == 0 else 1)
        rows.extend(back)
    return rows, columns


def _level(g: Glyphs, turn: int) -> Glyphs:
    """Turned glyphs laid level, so that they read from left to right."""
    x0, top, x1, bottom = g.boxes.T
    w, h = np.float32(g.width), np.float32(g.height)
    if turn == 1:  # reads downwards
        g.boxes = np.stack((top, w - x1, bottom, w - x0), axis=1)
        g.base = w - g.base
    elif turn == 2:
        g.boxes = np.stack((w - x1, h - bottom, w - x0, h - top), axis=1)
        g.base = h - g.base
    elif turn == 3:  # reads upwards
        g.boxes = np.stack((h - bottom, x0, h - top, x1), axis=1)
    return g


def _back(w: RawWord, turn: int, g: Glyphs) -> RawWord:
    x0, top, x1, bottom = w.x0, w.top, w.x1, w.bottom
    if turn == 1:
        x0, top, x1, bottom = g.width - bottom, x0, g.width - top, x1
    elif turn == 2:
        x0, top, x1, bottom = g.width - x1, g.height - bottom, g.width - x0, g.height - top
    elif turn == 3:
        x0, top, x1, bottom = top, g.height - x1, bottom, g.height - x0
    return w._replace(x0=x0, top=top, x1=x1, bottom=bottom)


def read_pdf(data: bytes, password: str | None, reader: ReaderName, limits: Limits) -> PdfRead:
    """All pages of a PDF within the limits."""
    from skillgap.documents import pdfium
    import pypdfium2.raw as raw

    pages: list[PageRows] = []
    notices: list[Notice] = []
    blank: list[int] = []
    with pdfium.opened(data, password) as doc:
        count = raw.FPDF_GetPageCount(doc)
        for index in range(min(count, limits.pages)):
            with pdfium.page_of(doc, index) as (page, text):
                g, runs, run = pdfium.glyphs(page, text, index + 1, limits)
                rows, columns = rows_of(g)
                if not rows:
                    blank.append(index + 1)
                if columns > 1:
                    notices.append(Notice("multi_column", f"Page {index+1} has {columns} columns.", index + 1))
                pages.append(PageRows(index + 1, g.width, g.height, rows))
    return PdfRead("pdfium", pages, notices, blank, count)
