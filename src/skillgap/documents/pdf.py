"""PDF: from bytes to pages in reading order, by the reader that serves a page best."""

from __future__ import annotations

import contextlib
from typing import Literal, NamedTuple

import numpy as np

from skillgap.documents import quality
from skillgap.documents.assemble import PageRows
from skillgap.documents.glyphs import Glyphs
from skillgap.documents.layout import Row, read_page
from skillgap.documents.limits import Limits
from skillgap.documents.words import RawWord, words
from skillgap.errors import CorruptDocument
from skillgap.types import Notice

ReaderName = Literal["auto", "pdfium", "pdfplumber"]


class PdfRead(NamedTuple):
    """What was read of a PDF."""

    pages: list[PageRows]
    readers: list[str]  # of each page
    notices: list[Notice]
    blank: list[int]  # pages without text that can be seen
    scans: list[int]  # pages whose text is the layer that an OCR program put over a picture
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
    """All pages of a PDF within the limits, each by the reader that was asked for or serves it best."""
    import pypdfium2.raw as raw

    from skillgap.documents import hidden, pdfium

    out = PdfRead([], [], [], [], [], 0)
    # Without an object stream the catalog is plain, and says whether there are layers at all.
    layers = b"/OCProperties" in data or b"/ObjStm" in data or password is not None
    with contextlib.ExitStack() as stack:
        doc = stack.enter_context(pdfium.opened(data, password))
        second = _Second(data, password, stack)
        count = raw.FPDF_GetPageCount(doc)
        for index in range(min(count, limits.pages)):
            with pdfium.page_of(doc, index) as (page, text):
                g, runs, run = pdfium.glyphs(page, text, index + 1, limits)
                if runs is not None:
                    hidden.find(page, g, runs, run, layers)
            _add(out, *second.best(g, reader, limits))
    if count > limits.pages:
        out.notices.append(
            Notice("truncated", f"Only the first {limits.pages} of {count} pages were read.")
        )
    return out._replace(count=count)


class _Second:
    """pdfplumber, opened when a page first asks for it."""

    def __init__(self, data: bytes, password: str | None, stack: contextlib.ExitStack) -> None:
        self.data = data
        self.password = password
        self.stack = stack
        self.pdf: object | None = None

    def best(self, g: Glyphs, reader: ReaderName, limits: Limits) -> tuple[Glyphs, str]:
        """The page by the reader asked for; with "auto", by the one that makes sense of more of it."""
        if reader == "pdfium" or (reader == "auto" and quality.legible(g) >= quality.POOR):
            return g, "pdfium"
        from skillgap.documents import plumber

        try:
            if self.pdf is None:
                self.pdf = self.stack.enter_context(plumber.opened(self.data, self.password))
            other = plumber.glyphs(self.pdf, g.page, limits)
        except CorruptDocument:
            if reader == "pdfplumber":
                raise
            return g, "pdfium"
        plumber.hide(other, g)
        better = reader == "pdfplumber" or quality.legible(other) > quality.legible(g)
        return (other, "pdfplumber") if better else (g, "pdfium")


def _add(out: PdfRead, g: Glyphs, reader: str) -> None:
    """Take a page in: what is seen of it, and what there is to say about it."""
    number = g.page
    if g.hidden_sample:
        out.notices.append(
            Notice("hidden_text", f"Text that nobody can see was left out: “{g.hidden_sample}”", number)
        )
    if g.truncated:
        out.notices.append(Notice("truncated", f"Page {number} is too long and was cut off.", number))
    seen = g.take(~g.hidden) if len(g.hidden) and g.hidden.any() else g
    rows, columns = rows_of(seen)
    if not rows:
        out.blank.append(number)
    if columns > 1:
        out.notices.append(
            Notice("multi_column", f"Page {number} was read as {columns} columns.", number)
        )
    lost = 1 - quality.legible(seen)
    if lost > quality.UNMAPPED:
        out.notices.append(
            Notice(
                "unmapped_fonts",
                f"Page {number} has letters whose font does not say what they are ({lost:.0%}): "
                "export it again with fonts embedded.",
                number,
            )
        )
    out.pages.append(PageRows(number, g.width, g.height, rows))
    out.readers.append(reader)
    if g.scan:
        out.scans.append(number)
