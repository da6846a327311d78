"""Bytes in, Document out: the one way to read a résumé."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO, Literal

from skillgap.documents import sniff
from skillgap.documents.limits import Limits
from skillgap.errors import (
    DocumentTooLarge,
    EmptyFile,
    FileMissing,
    IsAFolder,
    NoText,
)
from skillgap.types import Document, Notice

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
    kind = sniff.sniff(data)
    if kind == sniff.PDF:
        return _pdf(data, name, password, ocr, limits, reader)
    raise NotImplementedError(kind)


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
                f"{path.name or path} is a folder.", "Give one file, or use `skillgap batch` for a folder."
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

    got = read_pdf(data, password, reader, limits)
    done = assemble(got.pages)
    if not done.words:
        raise NoText(
            "The PDF has no text to read: its pages are pictures or empty.",
            "Export it as text from the program that made it, or read it by OCR (--ocr always).",
        )
    notices = list(got.notices)
    for page in got.blank:
        notices.append(Notice("no_text", f"Page {page} has no text that can be read.", page))
    for page in got.scans:
        notices.append(
            Notice("ocr_used", f"Page {page} is a scan; the text that its scanner found was read.", page)
        )
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
        notices=tuple(notices),
    )
