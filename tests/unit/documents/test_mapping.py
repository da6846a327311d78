"""Whatever class of error a format's library raises, what comes out is ours and says what to do."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

import pdfplumber
import pytest
from pdfminer import pdfdocument, pdfparser, psexceptions
from pdfminer.pdfexceptions import PDFException, PDFNotImplementedError, PDFTypeError
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pypdfium2 import PdfiumError

from skillgap import errors
from skillgap.documents import Limits, hidden, pdfium, plumber, read
from skillgap.isolation.pool import Pool
from skillgap.types import Document
from tests.unit.documents.pdfmaker import BODY, Page, pdf, resume
from tests.unit.documents.test_formats import docx, p

PDF_ERRORS = [
    psexceptions.PSException,
    psexceptions.PSEOF,
    psexceptions.PSSyntaxError,
    psexceptions.PSTypeError,
    psexceptions.PSValueError,
    PDFException,
    PDFTypeError,
    PDFNotImplementedError,
    pdfparser.PDFSyntaxError,
    pdfdocument.PDFNoValidXRef,
    pdfdocument.PDFEncryptionError,
    pdfdocument.PDFPasswordIncorrect,
    PdfminerException,
    MalformedPDFException,
    PdfiumError,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    MemoryError,
    OSError,
    OverflowError,
    RecursionError,
    TypeError,
    UnicodeDecodeError,
    ValueError,
    ZeroDivisionError,
    struct.error,
    zlib.error,
]
OFFICE_ERRORS = [
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    ET.ParseError,
    EOFError,
    KeyError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
    struct.error,
    zlib.error,
]


def raiser(kind):
    def fail(*_args, **_more):
        if kind is UnicodeDecodeError:
            raise kind("utf-8", b"\xff", 0, 1, "no text")
        raise kind("said by the library")

    return fail


def mapped(kind, data, **options):
    with pytest.raises(errors.InputError) as caught:
        read(data, **options)
    error = caught.value
    assert error.hint
    assert "said by the library" not in str(error)  # it may quote the file
    want = errors.DocumentTooLarge if kind is MemoryError else errors.CorruptDocument
    assert type(error) is want


@pytest.mark.parametrize("kind", PDF_ERRORS, ids=lambda k: k.__name__)
@pytest.mark.parametrize("call", ["open", "chars"])
def test_pdfplumber(monkeypatch, kind, call):
    if call == "open":
        monkeypatch.setattr(pdfplumber, "open", raiser(kind))
    else:
        monkeypatch.setattr("pdfplumber.page.Page.dedupe_chars", raiser(kind))
    mapped(kind, pdf(resume()), reader="pdfplumber")


@pytest.mark.parametrize("kind", PDF_ERRORS, ids=lambda k: k.__name__)
@pytest.mark.parametrize("module", [pdfium, hidden], ids=["glyphs", "hidden"])
def test_pdfium(monkeypatch, kind, module):
    monkeypatch.setattr(module, "glyphs" if module is pdfium else "find", raiser(kind))
    mapped(kind, pdf(resume()))


@pytest.mark.parametrize("kind", PDF_ERRORS, ids=lambda k: k.__name__)
def test_where_the_second_reader_fails_the_first_is_kept(monkeypatch, kind):
    data = pdf(
        resume().hexed(72, 500, "41424344" * 20), unicode=dict.fromkeys(range(65, 69), "\ufffd")
    )
    assert "unmapped_fonts" in [n.code for n in read(data).notices]  # so it asks the second
    monkeypatch.setattr(pdfplumber, "open", raiser(kind))
    document = read(data)
    assert document.reader == "pdfium"
    assert BODY[0] in document.text


@pytest.mark.parametrize("kind", OFFICE_ERRORS, ids=lambda k: k.__name__)
@pytest.mark.parametrize(
    "call", ["zipfile.ZipFile.open", "skillgap.documents.archive.ET.iterparse"]
)
def test_office(monkeypatch, kind, call):
    data = docx(p("Ada Example"))
    monkeypatch.setattr(call, raiser(kind))
    mapped(kind, data)


@pytest.mark.parametrize("kind", [OSError, SyntaxError, ValueError, struct.error, zlib.error])
def test_pictures(monkeypatch, kind):
    from PIL import Image

    box = io.BytesIO()
    Image.new("RGB", (20, 20)).save(box, "PNG")
    monkeypatch.setattr(Image, "open", raiser(kind))
    mapped(kind, box.getvalue())


def test_second_reader_sees_no_error_of_the_first_kind_alone(monkeypatch):
    """The seam: each reader's own door maps by itself, whoever calls it."""
    monkeypatch.setattr(pdfplumber, "open", raiser(TypeError))
    with pytest.raises(errors.CorruptDocument), plumber.opened(b"%PDF-1.4", None):
        pass
    with pytest.raises(errors.CorruptDocument), pdfium.opened(b"%PDF-1.4", None):
        pass


def outcome(path: str, reader: str) -> tuple[str, str]:
    """How a file ends: ("ok", "") or an error's code and hint. Runs in a worker."""
    try:
        # pdfplumber takes a second a page on some of these: two pages of each will do
        limits = Limits(pages=2) if reader == "pdfplumber" else Limits()
        document = read(path, reader=reader, ocr="never", limits=limits)  # type: ignore[arg-type]
    except errors.SkillgapError as error:
        return error.code, error.hint
    assert isinstance(document, Document)
    return "ok", ""


def test_torture_in_workers_within_limits_by_both_readers(shared):
    files = sorted(f for f in (shared / "torture").rglob("*") if f.is_file())
    if not files:
        pytest.skip("no torture files beside the checkout")
    bad: list[str] = []
    with Pool(workers=2, limits=Limits(seconds=20.0)) as pool:
        pool.ready()
        queued = [
            (path, reader, pool.call(outcome, str(path), reader))
            for path in files
            for reader in ("auto", "pdfplumber")
        ]
        for path, reader, future in queued:
            try:
                code, hint = pool.result(future)
            except errors.InputError as error:  # a hang or a crash: typed, and it cost one file
                code, hint = error.code, error.hint
            if code != "ok" and not hint:
                bad.append(f"{Path(path).name} by {reader}: {code}")
            if code in ("reader_crashed", "skillgap_error"):
                bad.append(f"{Path(path).name} by {reader}: {code}")
    assert not bad


def test_a_scan_without_the_extra_is_told_by_name_and_pages(monkeypatch, tmp_path):
    from skillgap.documents import ocr

    monkeypatch.setattr(ocr, "available", lambda: False)
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf(Page().image(0, 0, 612, 792), Page().image(0, 0, 612, 792)))
    with pytest.raises(errors.ExtraMissing) as caught:
        read(path)
    assert str(caught.value) == (
        "scan.pdf has two pages of pictures and no text. "
        "Install OCR with `pip install 'skillgap[ocr]'` and run again."
    )
