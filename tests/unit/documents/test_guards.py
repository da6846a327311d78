"""Whatever comes in ends as a Document or as a typed error with a hint."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time
import zipfile

import pytest

from skillgap import errors
from skillgap.documents import Limits, read
from skillgap.types import Document
from tests.unit.documents.pdfmaker import BODY, Page, encrypted, pdf, resume
from tests.unit.documents.test_formats import docx, p


def fails(kind, source, **options):
    with pytest.raises(kind) as caught:
        read(source, **options)
    assert type(caught.value) is kind
    assert caught.value.hint
    assert caught.value.message
    return caught.value


def ends_well(data, **options):
    """A Document, or a typed error that says what to do."""
    try:
        return isinstance(read(data, **options), Document)
    except errors.InputError as error:
        return bool(error.hint)


def test_importing_loads_no_pdf_library():
    code = (
        "import sys, skillgap.documents; heavy = 'numpy pypdfium2 pdfplumber pdfminer PIL zipfile'; "
        "print([m for m in heavy.split() if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_missing_folder_empty(tmp_path):
    fails(errors.FileMissing, tmp_path / "none.pdf")
    fails(errors.FileMissing, "a\0b")
    fails(errors.IsAFolder, tmp_path)
    fails(errors.EmptyFile, b"")
    fails(errors.EmptyFile, b" \n\t ")


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"{\\rtf1 text}",
        b"GIF89a" + b"\0" * 50,
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"\x7fELF" + bytes(range(256)),
        bytes(range(256)) * 4,
        b'{"a": 1}',
    ],
)
def test_other_formats_are_named(data):
    assert fails(errors.UnsupportedFormat, data).code == "unsupported_format"


def test_other_zip_files():
    for name in ("xl/workbook.xml", "readme.txt"):
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as z:
            z.writestr(name, "x")
        fails(errors.UnsupportedFormat, box.getvalue())


def test_too_many_bytes():
    fails(errors.DocumentTooLarge, b"a" * 2000, limits=Limits(bytes=1000))
    fails(errors.DocumentTooLarge, io.BytesIO(b"a" * 2000), limits=Limits(bytes=1000))


def test_encrypted():
    data = encrypted(resume(), "open sesame")
    fails(errors.EncryptedDocument, data)
    fails(errors.EncryptedDocument, data, password="wrong")
    assert BODY[0] in read(data, password="open sesame").text
    assert BODY[0] in read(data, password="open sesame", reader="pdfplumber").text
    assert BODY[0] in read(encrypted(resume(), "")).text


def test_pages_without_text():
    fails(errors.NoText, pdf(Page()))
    fails(errors.NoText, pdf(Page().text(72, 700, "Kubernetes wizard", color="1 1 1")))
    fails(errors.NoText, pdf(Page().image(0, 0, 612, 792)), ocr="never")
    document = read(pdf(resume(), Page()))
    assert [(n.code, n.page) for n in document.notices if n.code == "no_text"] == [("no_text", 2)]


def test_damaged_pdf_by_every_cut():
    data = pdf(resume())
    for end in range(8, len(data), 97):
        assert ends_well(data[:end], ocr="never")


@pytest.mark.parametrize("reader", ["auto", "pdfplumber"])
def test_damaged_bytes(reader):
    chance = random.Random(7)
    data = pdf(resume(), resume(), unicode={65: "x"})
    for _ in range(60):
        bad = bytearray(data)
        for _ in range(chance.randrange(1, 30)):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        assert ends_well(bytes(bad), reader=reader, ocr="never")


def test_damaged_office_files():
    chance = random.Random(11)
    data = docx(p("Ada Example") + p("Python"))
    for _ in range(80):
        bad = bytearray(data)
        for _ in range(chance.randrange(1, 12)):
            bad[chance.randrange(4, len(bad))] = chance.randrange(256)
        assert ends_well(bytes(bad))


def test_many_pages_are_cut_off():
    data = pdf(*[Page().text(72, 700, f"Page about Python {i}") for i in range(30)])
    document = read(data, limits=Limits(pages=5))
    assert len(document.pages) == 5
    assert "truncated" in [n.code for n in document.notices]


def test_hundred_thousand_pages():
    one = pdf(resume())
    data = one.replace(b"/Count 1 ", b"/Count 100000 ")
    start = time.perf_counter()
    assert ends_well(data)
    assert time.perf_counter() - start < 20


def test_page_of_a_million_characters():
    page = Page()
    for i in range(1000):
        page.raw(f"BT /F1 2.2 Tf 10 {780 - i * 0.7} Td ({f'Python{i * 7919} and SQL ' * 50}) Tj ET")
    document = read(pdf(page), ocr="never")
    assert "truncated" in [n.code for n in document.notices]


def test_forms_that_hold_themselves():
    data = pdf(Page().image(0, 0, 10, 10).text(72, 700, "Python"))
    loop = data.replace(b"/Subtype /Image", b"/Subtype /Form ")
    assert ends_well(loop, ocr="never")


def bomb(name: str, size: int, **more: str) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as z:
        with z.open(name, "w", force_zip64=True) as f:
            for _ in range(size // 1_000_000):
                f.write(b" " * 1_000_000)
        for other, text in more.items():
            z.writestr(other, text)
    return box.getvalue()


def test_zip_bomb():
    data = bomb("word/document.xml", 30_000_000)
    assert len(data) < 100_000
    fails(errors.DocumentTooLarge, data, limits=Limits(unpacked=10_000_000))


def test_zip_bomb_that_lies_about_its_size():
    data = bytearray(bomb("word/document.xml", 30_000_000))
    size = (30_000_000).to_bytes(4, "little")
    for _ in range(4):
        at = data.find(size)
        if at < 0:
            break
        data[at : at + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(errors.InputError):
        read(bytes(data), limits=Limits(unpacked=10_000_000))


def _raw_docx(xml: bytes) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as z:
        z.writestr("word/document.xml", xml)
    return box.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bomb(encoding):
    xml = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'
    fails(errors.CorruptDocument, _raw_docx(xml.encode(encoding)))


def test_outside_entity_is_not_read():
    xml = b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]><l>&x;</l>'
    fails(errors.CorruptDocument, _raw_docx(xml))


def test_elements_nested_without_end():
    fails(errors.CorruptDocument, _raw_docx(b"<a>" * 100_000 + b"</a>" * 100_000))


def test_json_nested_without_end():
    with pytest.raises(errors.InputError):
        read(b'{"work":' + b"[" * 200_000 + b"]" * 200_000 + b"}")


def test_html_nested_without_end():
    document = read(b"<html><body>" + b"<div>" * 50_000 + b"<p>Python</p>")
    assert document.text == "Python"


def test_long_text_is_cut_off():
    document = read(b"Python and SQL\n" * 5000, limits=Limits(chars=10_000))
    assert len(document.text) <= 10_000
    assert "truncated" in [n.code for n in document.notices]


def test_pictures():
    fails(errors.NoText, b"\x89PNG\r\n\x1a\n" + b"\0" * 100, ocr="never")
    fails(errors.CorruptDocument, b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    from PIL import Image

    box = io.BytesIO()
    Image.new("1", (9000, 9000)).save(box, "PNG")
    fails(errors.DocumentTooLarge, box.getvalue())


def test_without_the_extra_a_scan_says_how_to_get_it(monkeypatch):
    from skillgap.documents import ocr

    monkeypatch.setattr(ocr, "available", lambda: False)
    error = fails(errors.ExtraMissing, pdf(Page().image(0, 0, 612, 792)))
    assert "skillgap[ocr]" in error.hint
    document = read(pdf(resume(), Page().image(0, 0, 612, 792)))
    assert any(n.code == "no_text" and "skillgap[ocr]" in n.message for n in document.notices)


def test_scan_and_picture_by_ocr(tmp_path):
    pytest.importorskip("rapidocr")
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (1240, 500), "white")
    draw = ImageDraw.Draw(image)
    for i, line in enumerate(
        ["Ada Example", "Built data pipelines with Python", "and Airflow in Paris"]
    ):
        draw.text((80, 60 + 90 * i), line, fill="black", font=ImageFont.load_default(44))
    path = tmp_path / "scan.png"
    image.save(path)
    document = read(path)
    assert "Python" in document.text
    assert "Airflow" in document.text
    assert document.ocr
    assert document.pages[0].number == 1
    assert all(document.text[w.start : w.end].strip() for w in document.words)
    scan = tmp_path / "scan.pdf"
    image.save(scan)
    document = read(scan)
    assert "Airflow" in document.text
    assert document.ocr
    assert "ocr_used" in [n.code for n in document.notices]
    fails(errors.NoText, scan, ocr="never")


def test_counting_command(tmp_path, capsys):
    from skillgap.documents.__main__ import main

    (tmp_path / "a.pdf").write_bytes(pdf(resume()))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert main([str(tmp_path)]) == 0
    out = capsys.readouterr()
    assert "1 ok" in out.out
    assert "1 corrupt_document" in out.out
    assert main([]) == 2


def test_every_torture_file_ends_well(shared):
    from skillgap.documents.__main__ import count

    codes, seconds = count([str(shared / "torture")], ocr="never")
    assert sum(n for code, n in codes.items() if not code.startswith("ok,")) == len(seconds) > 100
    assert seconds[0][0] < 30


@pytest.mark.parametrize(
    "line",
    [
        "[" * 200_000,
        "**a " * 60_000,
        "<!--" * 60_000,
        "`a" * 90_000,
        "<a.b" * 60_000,
        "- " * 90_000,
        "<style>" * 40_000,
        "<style>a{" * 30_000,
        "<p style='" * 30_000,
    ],
)
@pytest.mark.parametrize("start", ["# Ada\n", "<html><body>"])
def test_no_line_takes_quadratic_time(line, start):
    begin = time.perf_counter()
    assert ends_well((start + line).encode())
    assert time.perf_counter() - begin < 8
