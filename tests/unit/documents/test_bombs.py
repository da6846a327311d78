"""Small files that ask for a lot: each ends soon, as a Document or as an error with a hint."""

from __future__ import annotations

import io
import time
import zipfile
import zlib

import pytest

from skillgap import errors
from skillgap.documents import Limits, read
from skillgap.isolation.pool import Pool
from tests.unit.documents.pdfmaker import BODY, Page, pdf, resume

SECONDS = 20.0  # for files that take well below one on an idle machine


def soon(data, **options):
    """How a file ends: its document, or None after an error that says what to do; within the time."""
    start = time.perf_counter()
    try:
        return read(data, ocr="never", **options)
    except errors.InputError as error:
        return None if error.hint else pytest.fail(f"{error.code} has no hint")
    finally:
        assert time.perf_counter() - start < SECONDS


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of the given objects, numbered from 1; the first is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % i + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


FONT = b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R %s >>" % FONT
TEXT = b"BT /F1 10 Tf 72 700 Td (Python and SQL) Tj ET"


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


@pytest.mark.parametrize("reader", ["auto", "pdfplumber"])
@pytest.mark.parametrize(("start", "end"), [(b"[", b"]"), (b"<< /A ", b" >>"), (b"(", b")")])
def test_objects_nested_without_end(start, end, reader):
    deep = start * 50_000 + b"1" + end * 50_000
    soon(
        raw_pdf(CATALOG, PAGES, PAGE[:-2] + b" /Deep " + deep + b" >>", stream(TEXT)), reader=reader
    )
    soon(raw_pdf(CATALOG, PAGES, PAGE, stream(deep + b" " + TEXT)), reader=reader)
    soon(raw_pdf(CATALOG, PAGES, PAGE, stream(b"q " * 50_000 + TEXT)), reader=reader)


def nested_forms(depth: int) -> bytes:
    """Each form paints the next one twice: 2 to the power of `depth` texts, in a few kilobytes."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] "
    forms = [
        stream(b"/X Do /X Do", form + b"/Resources << /XObject << /X %d 0 R >> >>" % (6 + i))
        for i in range(depth)
    ]
    page = PAGE.replace(b"/Resources <<", b"/Resources << /XObject << /X 5 0 R >>")
    return raw_pdf(
        CATALOG, PAGES, page, stream(TEXT + b" /X Do"), *forms, stream(TEXT, form + FONT)
    )


@pytest.mark.parametrize("reader", ["auto", "pdfplumber"])
def test_forms_within_forms(reader):
    soon(nested_forms(10), reader=reader)


def test_what_never_ends_costs_one_file():
    with Pool(limits=Limits(seconds=3.0)) as pool:
        pool.ready()
        endless = pool.call(read, nested_forms(36))
        honest = pool.call(read, pdf(resume()))
        # pdfium either goes on until its time is up, or aborts where its memory ends
        with pytest.raises((errors.ReadTimedOut, errors.ReaderCrashed)) as caught:
            pool.result(endless)
        assert caught.value.hint
        assert BODY[0] in pool.result(honest).text


def test_objects_that_point_at_themselves():
    soon(raw_pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"))
    soon(raw_pdf(b"1 0 R"))
    soon(raw_pdf(CATALOG, PAGES, PAGE, b"<< /Length 4 0 R >>\nstream\n" + TEXT + b"\nendstream"))
    parent = b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>"
    document = soon(raw_pdf(CATALOG, parent, PAGE, stream(TEXT)))
    assert document is not None
    assert document.text == "Python and SQL"


@pytest.mark.parametrize("reader", ["auto", "pdfplumber"])
def test_a_hundred_thousand_pages_that_are_there(reader):
    kids = b"<< /Type /Pages /Kids [" + b"3 0 R " * 100_000 + b"] /Count 100000 >>"
    document = soon(raw_pdf(CATALOG, kids, PAGE, stream(TEXT)), reader=reader)
    assert document is None or "truncated" in [n.code for n in document.notices]


def test_page_tree_as_a_chain():
    count = 20_000
    chain = [
        b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (i + 1, i + 3)
        for i in range(count)
    ]
    soon(raw_pdf(CATALOG, *chain, PAGE, stream(TEXT)))


def test_page_of_a_million_characters_in_time():
    page = Page()
    for i in range(1000):
        page.raw(f"BT /F1 2.2 Tf 10 {780 - i * 0.7} Td ({f'Python{i * 7919} and SQL ' * 50}) Tj ET")
    document = soon(pdf(page))
    assert document is not None
    assert "truncated" in [n.code for n in document.notices]
    assert len(document.text) <= Limits().page_chars * 2


def test_a_million_characters_in_one_text():
    soon(
        raw_pdf(CATALOG, PAGES, PAGE, stream(b"BT /F1 3 Tf (" + b"Python " * 150_000 + b") Tj ET"))
    )


def test_stream_that_unpacks_to_far_more():
    packed = zlib.compress(TEXT + b" " * 100_000_000, 9)
    assert len(packed) < 200_000
    document = soon(raw_pdf(CATALOG, PAGES, PAGE, stream(packed, b"/Filter /FlateDecode")))
    assert document is None or "Python" in document.text


def office(kind: str, xml: bytes) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as z:
        if kind == "odt":
            z.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        z.writestr("content.xml" if kind == "odt" else "word/document.xml", xml)
    return box.getvalue()


LAUGHS = '<!DOCTYPE l [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12)
)
XML_BOMBS = {
    "billion laughs": f'<?xml version="1.0"?>{LAUGHS}]><l>&a11;</l>',
    "quadratic": f'<!DOCTYPE l [<!ENTITY a "{"ha" * 50_000}">]><l>{"&a;" * 50_000}</l>',
    "parameter entity": '<!DOCTYPE l [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]><l/>',
    "outside file": '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///dev/zero">]><l>&x;</l>',
    "outside type": '<!DOCTYPE l SYSTEM "http://example.com/l.dtd"><l/>',
}


@pytest.mark.parametrize("kind", ["docx", "odt"])
@pytest.mark.parametrize("name", XML_BOMBS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_xml_bombs(name, kind, encoding):
    data = XML_BOMBS[name].encode(encoding)
    assert soon(office(kind, data)) is None


@pytest.mark.parametrize("name", XML_BOMBS)
def test_html_has_no_entities_of_its_own(name):
    text = XML_BOMBS[name].replace("<l>", "<html><body><p>Python</p>").replace("</l>", "</body>")
    document = soon(text.encode())
    assert document is None or len(document.text) < 2 * len(text)


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_zip_bombs(kind):
    data = office(kind, b"<a>" + b" " * 150_000_000 + b"</a>")
    assert len(data) < 400_000
    start = time.perf_counter()
    with pytest.raises(errors.DocumentTooLarge):
        read(data)
    assert time.perf_counter() - start < SECONDS


def test_zip_bomb_of_many_members():
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as z:
        for i in range(21_000):
            z.writestr(f"word/header{i}.xml" if i else "word/document.xml", b"<a/>")
    assert soon(box.getvalue()) is None


def test_table_of_a_million_cells():
    cell = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
    xml = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"<w:tbl>{('<w:tr>' + cell * 100 + '</w:tr>') * 1000}</w:tbl></w:body></w:document>"
    )
    document = soon(office("docx", xml.encode()))
    assert document is None or len(document.text) <= Limits().chars


def test_an_honest_file_beside_them():
    document = soon(pdf(resume()))
    assert document is not None
    assert BODY[0] in document.text
