"""PDF: from bytes to pages in reading order, by the reader that serves a page best."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from skillgap.documents import quality
from skillgap.documents.assemble import PageRows
from skillgap.documents.glyphs import Glyphs
from skillgap.documents.layout import Row, read_page
from skillgap.documents.limits import Limits
from skillgap.documents.words import RawWord, words
from skillgap.errors import CorruptDocument, DocumentTooLarge, ExtraMissing
from skillgap.types import Notice

ReaderName = Literal["auto", "pdfium", "pdfplumber"]


@dataclass(slots=True)
class PdfRead:
    """What was read of a PDF, as it grows page by page."""

    pages: list[PageRows] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)  # of each page
    notices: list[Notice] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)  # pages without text that can be seen
    pictures: list[int] = field(
        default_factory=list
    )  # blank pages that OCR could read, were it there
    scans: list[int] = field(default_factory=list)  # pages that OCR read, now or before
    hidden: str = ""  # text that nobody sees, for a look at what it says
    glyphs: int = 0


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


def read_pdf(
    data: bytes,
    password: str | None,
    reader: ReaderName,
    ocr: Literal["auto", "always", "never"],
    limits: Limits,
) -> PdfRead:
    """All pages of a PDF within the limits, each by the reader that was asked for or serves it best."""
    import pypdfium2.raw as raw

    from skillgap.documents import hidden, pdfium

    out = PdfRead()
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
                if ocr == "always" and _by_ocr(out, page, g, ocr, limits):
                    continue
                _add(out, *second.best(g, reader, limits))
                if not out.pages[-1].rows and raw.FPDFPage_CountObjects(page) > 0:
                    _by_ocr(out, page, g, ocr, limits)
    if count > limits.pages:
        out.notices.append(
            Notice("truncated", f"Only the first {limits.pages} of {count} pages were read.")
        )
    return out


def _by_ocr(out: PdfRead, page: object, g: Glyphs, ocr: str, limits: Limits) -> bool:
    """Read a page as a picture; False where that may or can not be done."""
    from skillgap.documents import ocr as reading

    number = g.page
    if ocr == "never":
        return False
    if not reading.available():
        if ocr == "always":
            raise ExtraMissing("Reading by OCR", "ocr")
        out.pictures.append(number)
        return False
    if len(out.scans) >= reading.MAX_PAGES:
        out.notices.append(
            Notice(
                "truncated",
                f"Page {number} was not read: OCR stops after {reading.MAX_PAGES}.",
                number,
            )
        )
        return False
    rows = reading.read_pixels(reading.render(page, g.width, g.height), number, g.width, g.height)
    if not rows.rows:
        return False
    if out.pages and out.pages[-1].number == number:
        out.pages[-1] = rows
        out.readers[-1] = "rapidocr"
        out.blank.remove(number)
    else:
        out.pages.append(rows)
        out.readers.append("rapidocr")
    out.scans.append(number)
    return True


class _Second:
    """pdfplumber, opened when a page first asks for it."""

    def __init__(self, data: bytes, password: str | None, stack: contextlib.ExitStack) -> None:
        self.data = data
        self.password = password
        self.stack = stack
        self.pdf: object | None = None

    def best(self, g: Glyphs, reader: ReaderName, limits: Limits) -> tuple[Glyphs, str]:
        """The page by the reader asked for; with "auto", by the one that makes sense of more of it."""
        if reader == "pdfium" or (reader == "auto" and quality.sense(g) >= quality.POOR):
            return g, "pdfium"
        from skillgap.documents import plumber

        try:
            if self.pdf is None:
                self.pdf = self.stack.enter_context(plumber.opened(self.data, self.password))
            other = plumber.glyphs(self.pdf, g.page, limits)
        except (CorruptDocument, DocumentTooLarge):
            if reader == "pdfplumber":
                raise
            return g, "pdfium"
        plumber.hide(other, g)
        better = reader == "pdfplumber" or quality.sense(other) > quality.sense(g)
        if reader == "auto":  # only here both are known, and one of them has failed already
            g.doubt = other.doubt = quality.agreement(g, other) < quality.AGREE
        return (other, "pdfplumber") if better else (g, "pdfium")


def _add(out: PdfRead, g: Glyphs, reader: str) -> None:
    """Take a page in: what is seen of it, and what there is to say about it."""
    number = g.page
    if g.hidden_text:
        out.hidden = f"{out.hidden} {g.hidden_text}"[:8000]
        out.notices.append(
            Notice(
                "hidden_text",
                f"Text that nobody can see was left out: “{g.hidden_text[:80]}”",
                number,
            )
        )
    if g.truncated:
        out.notices.append(
            Notice("truncated", f"Page {number} is too long and was cut off.", number)
        )
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
    elif quality.nonsense(seen) or (seen.doubt and lost > 0):
        out.notices.append(
            Notice(
                "unmapped_fonts",
                f"Page {number} has fonts that give other letters than they show: "
                "export it again with fonts embedded.",
                number,
            )
        )
    out.pages.append(PageRows(number, g.width, g.height, rows))
    out.readers.append(reader)
    if g.scan:
        out.scans.append(number)
