"""Which format some bytes are, by their content alone."""

from __future__ import annotations

import codecs
import re

from skillgap.errors import CorruptDocument, EncryptedDocument, UnsupportedFormat

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"
JSON = "application/json"
PNG = "image/png"
JPEG = "image/jpeg"

_CAN = "Give a PDF, DOCX, ODT, HTML, Markdown, plain-text or JSON Resume file, or a PNG or JPEG picture."
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (DOC, XLS, PPT)"),
    (b"{\\rtf", "a rich-text file (RTF)"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an XZ archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3", "a SQLite database"),
)
_MARKUP = re.compile(
    r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:div|p|h[1-6]|ul|table|section|span)[\s>/]",
    re.I,
)
_MARKDOWN = re.compile(
    r"^#{1,4} \S|^[^\n]+\n(?:=+|-{3,})[ \t]*$|^\s{0,3}[-*+] +\*\*|\*\*[^*\n]{1,300}\*\*"
    r"|\[[^\[\]\n]{1,300}\]\([^()\n]{1,500}\)",
    re.M,
)


def sniff(data: bytes) -> str:
    """The media type of what can be read; UnsupportedFormat names what it is where that is known."""
    head = data[:1024]
    if b"%PDF-" in head:
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(data)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        raise UnsupportedFormat("This is a WebP picture.", _CAN)
    for magic, what in _OTHERS:
        if head.startswith(magic):
            if head.startswith(b"\xd0\xcf") and "EncryptedPackage".encode("utf-16-le") in data:
                raise EncryptedDocument(
                    "The Office file is encrypted.", "Save it again without a password."
                )
            if magic in (b"BM", b"MZ") and _is_text(data):
                continue
            raise UnsupportedFormat(f"This is {what}.", _CAN)
    return _textual(data)


def _archive(data: bytes) -> str:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            names = set(box.namelist())
            if "word/document.xml" in names or any(
                re.fullmatch(r"word/document\d*\.xml", n) for n in names
            ):
                return DOCX
            if "mimetype" in names and box.getinfo("mimetype").file_size < 200:
                kind = box.read("mimetype").decode("ascii", "replace").strip()
                if kind.startswith(ODT):
                    return ODT
                if kind.startswith("application/vnd.oasis.opendocument"):
                    raise UnsupportedFormat(
                        "This is an OpenDocument file that holds no text.", _CAN
                    )
                if kind == "application/epub+zip":
                    raise UnsupportedFormat("This is an EPUB book.", _CAN)
            if any(n.startswith(("xl/", "ppt/")) for n in names):
                raise UnsupportedFormat("This is a spreadsheet or a presentation.", _CAN)
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise CorruptDocument(
            "The file starts like a DOCX, ODT or ZIP file and is damaged.",
            "Save it again and retry.",
        ) from error
    raise UnsupportedFormat("This is a ZIP archive.", f"Unpack it. {_CAN}")


def _textual(data: bytes) -> str:
    if not _is_text(data):
        raise UnsupportedFormat("This is no document that can be read here.", _CAN)
    text = _peek(data)
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] == "{":
        import json

        try:
            if isinstance(json.loads(data.decode("utf-8-sig")), dict):
                return JSON
        except (ValueError, RecursionError):
            pass
    if start[:1] == "<" and _MARKUP.search(start[:4096]):
        return HTML
    return MARKDOWN if _MARKDOWN.search(text) else PLAIN


def _peek(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data[:131072].decode("utf-16", "replace")
    return data[:65536].decode("utf-8", "replace")


def _is_text(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
        return True
    head = data[:65536]
    zeros = head.count(0)
    if zeros:  # UTF-16 or UTF-32 without a mark: every other byte of Latin text is zero
        return 0.25 * len(head) <= zeros <= 0.8 * len(head)
    odd = sum(head.count(c) for c in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return odd <= 0.01 * len(head)
