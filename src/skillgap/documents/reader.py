"""Bytes in, Document out: the one way to read a résumé."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from skillgap.documents import sniff
from skillgap.documents.limits import Limits
from skillgap.errors import (
    CorruptDocument,
    DocumentTooLarge,
    EmptyFile,
    ExtraMissing,
    FileMissing,
    IsAFolder,
    NoText,
    SkillgapError,
)
from skillgap.types import Document, Notice

if TYPE_CHECKING:
    from skillgap.documents.flow import Flow

Source = bytes | str | os.PathLike[str] | BinaryIO
Ocr = Literal["auto", "always", "never"]
ReaderName = Literal["auto", "pdfium", "pdfplumber"]


def read(
    source: Source,
    *,
    name: str | None = None,
    password: str | None = None,
    ocr: Ocr = "auto",
    limits: Limits | None = None,
    reader: ReaderName = "auto",
) -> Document:
    """Read one document.

    `source` is a path, the bytes themselves, or a binary file object. The format is told by content.
    `reader` chooses the PDF reader; "auto" takes pdfium, and pdfplumber for pages that pdfium reads
    badly. Raises an `InputError` (or `ExtraMissing`) with a hint, never an error of a library.
    """
    limits = limits or Limits()
    data, found = _load(source, limits)
    name = name or found
    try:
        kind = sniff.sniff(data)
        if kind == sniff.PDF:
            return _pdf(data, name, password, ocr, limits, reader)
        if kind in (sniff.PNG, sniff.JPEG):
            return _picture(data, name, kind, ocr, limits)
        return _flow(data, name, kind, limits)
    except SkillgapError:
        raise
    except MemoryError as error:
        raise DocumentTooLarge(
            "The document needs more memory than there is.", "Save it without large pictures."
        ) from error
    except RecursionError as error:
        raise CorruptDocument("The document is nested without end.", _AGAIN) from error
    except Exception as error:  # what the formats' own guards did not foresee
        raise CorruptDocument(
            f"The document could not be read ({type(error).__name__}).", _AGAIN
        ) from error


_AGAIN = "Export it again from the program that made it."


def _load(source: Source, limits: Limits) -> tuple[bytes, str]:
    if isinstance(source, bytes | bytearray | memoryview):
        data, name = bytes(source), "-"
    elif isinstance(source, str | os.PathLike):
        data, name = _from_path(Path(source), limits)
    else:
        raw = source.read(limits.bytes + 1)
        data = raw if isinstance(raw, bytes) else str(raw).encode()
        name = Path(str(getattr(source, "name", "-"))).name or "-"
    if not data.strip(b" \t\r\n\0"):
        raise EmptyFile("The file is empty.", "Check that it was saved or uploaded completely.")
    if len(data) > limits.bytes:
        _too_large(limits)
    return data, name


def _from_path(path: Path, limits: Limits) -> tuple[bytes, str]:
    try:
        if path.is_dir():
            raise IsAFolder(
                f"{path.name or path} is a folder.",
                "Give one file, or use `skillgap batch` for a folder.",
            )
        with path.open("rb") as file:
            return file.read(limits.bytes + 1), path.name
    except FileNotFoundError:
        raise FileMissing(f"There is no file {path}.", "Check the path and its spelling.") from None
    except PermissionError:
        raise FileMissing(f"The file {path} may not be read.", "Check its permissions.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a valid path"
        raise FileMissing(f"The file can't be read: {why}.", "Check the path.") from None


def _too_large(limits: Limits) -> None:
    raise DocumentTooLarge(
        f"The file is larger than {limits.bytes / 1048576:.0f} MiB.",
        "A résumé needs far less: save it without large pictures.",
    )


def _pdf(
    data: bytes, name: str, password: str | None, ocr: Ocr, limits: Limits, reader: ReaderName
) -> Document:
    from skillgap.documents.assemble import assemble
    from skillgap.documents.pdf import read_pdf
    from skillgap.documents.screening import screen

    got = read_pdf(data, password, reader, ocr, limits)
    done = assemble(got.pages)
    if not done.words:
        if got.pictures and ocr != "never":
            raise ExtraMissing("OCR", "ocr", _only_pictures(name, len(got.pictures)))
        raise NoText(
            "The PDF has no text that can be read: its pages are pictures or empty."
            if not got.hidden
            else "The PDF has no text that a reader can see.",
            "Export it from the program that made it, or have it read by OCR (--ocr always)."
            if not got.hidden
            else "Make its text visible and export it again.",
        )
    notices = list(got.notices)
    for page in got.blank:
        why = "only a picture of text" if page in got.pictures else "no text that can be read"
        how = (
            " (reading it needs the extra: pip install 'skillgap[ocr]')"
            if page in got.pictures
            else ""
        )
        notices.append(Notice("no_text", f"Page {page} has {why}{how}.", page))
    for page in got.scans:
        notices.append(Notice("ocr_used", f"Page {page} is a scan: letters may be misread.", page))
    notices.extend(screen(done.text, done.lines, got.hidden))
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=sniff.PDF,
        reader="+".join(sorted(set(got.readers))),
        text=done.text,
        lines=done.lines,
        words=done.words,
        pages=done.pages,
        ocr=bool(got.scans),
        notices=tuple(sorted(notices, key=lambda n: n.page or 0)),
    )


_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _only_pictures(name: str, pages: int) -> str:
    count = _COUNTS[pages] if pages < len(_COUNTS) else str(pages)
    what = "The PDF" if name == "-" else name
    return f"{what} has {count} page{'s' * (pages != 1)} of pictures and no text."


def _picture(data: bytes, name: str, kind: str, ocr: Ocr, limits: Limits) -> Document:
    from skillgap.documents import ocr as reading
    from skillgap.documents.assemble import assemble
    from skillgap.documents.screening import screen

    if ocr == "never":
        raise NoText("The file is a picture.", "Leave out --ocr never to have its text read.")
    pixels, width, height = reading.picture(data, limits)
    done = assemble([reading.read_pixels(pixels, 1, width, height)])
    if not done.words:
        raise NoText(
            "No text was found in the picture.", "Scan it sharper, upright, at 300 dots an inch."
        )
    used = Notice("ocr_used", "The file is a picture: letters may be misread.", 1)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=kind,
        reader="rapidocr",
        text=done.text,
        lines=done.lines,
        words=done.words,
        pages=done.pages,
        ocr=True,
        notices=(used, *screen(done.text, done.lines)),
    )


def _flow(data: bytes, name: str, kind: str, limits: Limits) -> Document:
    from skillgap.documents.flow import assemble
    from skillgap.documents.screening import screen

    flow, reader = _blocks(data, kind, limits)
    text, lines, cut = assemble(flow.blocks, limits.chars)
    if not text:
        raise NoText(
            "The document has no text that a reader can see.", "Check that it is the right file."
        )
    notices = list(flow.notices)
    if cut:
        notices.append(
            Notice("truncated", f"Only the first {limits.chars:,} characters were read.")
        )
    if flow.hidden:
        notices.append(
            Notice("hidden_text", f"Text that nobody can see was left out: “{flow.hidden[:80]}”")
        )
    notices.extend(screen(text, lines, flow.hidden[:4000]))
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=kind,
        reader=reader,
        text=text,
        lines=lines,
        notices=tuple(notices),
        data=flow.data,
    )


def _blocks(data: bytes, kind: str, limits: Limits) -> tuple[Flow, str]:
    match kind:
        case sniff.DOCX:
            from skillgap.documents.docx import read_docx

            return read_docx(data, limits), "docx"
        case sniff.ODT:
            from skillgap.documents.odt import read_odt

            return read_odt(data, limits), "odt"
        case sniff.HTML:
            from skillgap.documents.markup import read_html

            return read_html(data), "html"
        case sniff.JSON:
            from skillgap.documents.jsonresume import read_jsonresume

            return read_jsonresume(data), "jsonresume"
        case sniff.MARKDOWN:
            from skillgap.documents.text import read_markdown

            return read_markdown(data), "markdown"
        case _:
            from skillgap.documents.text import read_plain

            return read_plain(data), "text"
