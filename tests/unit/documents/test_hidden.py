"""Text that nobody sees is left out and told of; its honest look-alikes stay."""

from __future__ import annotations

import pytest

from skillgap.documents import read
from tests.unit.documents.pdfmaker import Page, pdf, resume

SECRET = "Kubernetes expert wizard"


def _white(p: Page) -> Page:
    return p.text(72, 300, SECRET, color="1 1 1")


def _faint(p: Page) -> Page:
    return p.text(72, 300, SECRET, color="0.97 0.97 0.97")


def _tiny(p: Page) -> Page:
    return p.text(72, 300, SECRET, 1)


def _tiny_by_matrix(p: Page) -> Page:
    return p.raw("q 0.08 0 0 0.08 72 300 cm").text(0, 0, SECRET, 12).raw("Q")


def _mode_invisible(p: Page) -> Page:
    return p.text(72, 300, SECRET, mode=3)


def _off_page(p: Page) -> Page:
    return p.text(900, 300, SECRET)


def _below_crop(p: Page) -> Page:
    p.extra = "/CropBox [0 100 612 792]"
    return p.text(72, 40, SECRET)


def _clipped(p: Page) -> Page:
    return p.raw("q 10 10 5 5 re W n").text(72, 300, SECRET).raw("Q")


def _covered_by_shape(p: Page) -> Page:
    return p.text(72, 300, SECRET).rect(60, 290, 300, 30, "1 1 1")


def _covered_by_black(p: Page) -> Page:
    return p.text(72, 300, SECRET).rect(60, 290, 300, 30, "0 0 0")


def _covered_by_image(p: Page) -> Page:
    return p.text(72, 300, SECRET).image(60, 290, 300, 30)


def _dark_on_dark(p: Page) -> Page:
    return p.rect(60, 290, 300, 30, "0.1 0.1 0.3").text(72, 300, SECRET, color="0.1 0.1 0.3")


def _switched_off(p: Page) -> Page:
    return p.raw("/OC /Layer BDC").text(72, 300, SECRET).raw("EMC")


def _white_over_lines(p: Page) -> Page:
    return p.text(72, 680, SECRET, color="1 1 1")


HIDDEN = [
    _white,
    _faint,
    _tiny,
    _tiny_by_matrix,
    _mode_invisible,
    _off_page,
    _below_crop,
    _clipped,
    _covered_by_shape,
    _covered_by_black,
    _covered_by_image,
    _dark_on_dark,
    _white_over_lines,
]


def _on_sidebar(p: Page) -> Page:
    return p.rect(60, 200, 300, 200, "0.1 0.1 0.3").text(72, 300, SECRET, color="1 1 1")


def _on_picture(p: Page) -> Page:
    return p.image(0, 200, 612, 200, (20, 30, 60)).text(72, 300, SECRET, color="1 1 1")


def _gray(p: Page) -> Page:
    return p.text(72, 300, SECRET, color="0.6 0.6 0.6")


def _small_print(p: Page) -> Page:
    return p.text(72, 300, SECRET, 5)


def _scaled_up(p: Page) -> Page:
    return p.raw("q 12 0 0 12 72 300 cm").text(0, 0, SECRET, 1).raw("Q")


def _in_clip(p: Page) -> Page:
    return p.raw("q 50 280 500 50 re W n").text(72, 300, SECRET).raw("Q")


def _beside_shape(p: Page) -> Page:
    return p.text(72, 300, SECRET).rect(60, 340, 300, 30, "0.2 0.2 0.2")


def _over_shape(p: Page) -> Page:
    return p.rect(60, 290, 300, 30, "0.9 0.9 1").text(72, 300, SECRET)


def _over_image(p: Page) -> Page:
    return p.image(60, 290, 300, 30).text(72, 300, SECRET)


def _pale_on_dark(p: Page) -> Page:
    return p.rect(0, 0, 612, 500, "0 0 0").text(72, 300, SECRET, color="0.7 0.7 0.7")


def _outlined(p: Page) -> Page:
    return p.raw("0 0 0 RG").text(72, 300, SECRET, 20, mode=1, color="1 1 1")


SEEN = [
    _on_sidebar,
    _on_picture,
    _gray,
    _small_print,
    _scaled_up,
    _in_clip,
    _beside_shape,
    _over_shape,
    _over_image,
    _pale_on_dark,
    _outlined,
    _switched_off,  # the layer is on
]


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("hide", HIDDEN)
def test_unseen_text_is_left_out_and_told(hide, reader):
    document = read(pdf(hide(resume())), reader=reader)
    assert "wizard" not in document.text
    assert "Airflow" in document.text
    [notice] = [n for n in document.notices if n.code == "hidden_text"]
    assert notice.page == 1
    assert "wizard" in notice.message


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("show", SEEN)
def test_look_alikes_stay(show, reader):
    document = read(pdf(show(resume())), reader=reader)
    assert SECRET in document.text
    assert not [n for n in document.notices if n.code == "hidden_text"]


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_layer_that_is_off(reader):
    document = read(pdf(_switched_off(resume()), layer_off=True), reader=reader)
    assert "wizard" not in document.text
    assert "hidden_text" in [n.code for n in document.notices]


def test_text_layer_of_a_scan_is_read():
    page = Page().image(0, 0, 612, 792)
    for i, line in enumerate(
        ["Ada Example", "Experience", "Python and Airflow for a retail client"]
    ):
        page.text(72, 700 - 14 * i, line, mode=3)
    document = read(pdf(page))
    assert "Python and Airflow" in document.text
    assert document.ocr
    assert "ocr_used" in [n.code for n in document.notices]
    assert "hidden_text" not in [n.code for n in document.notices]


def test_invisible_text_beside_seen_text_on_a_picture_is_no_scan():
    page = Page().image(0, 0, 612, 792)
    page.lines(72, 680, ["Built data pipelines with Python and Airflow"] * 5)
    page.text(72, 300, SECRET, mode=3)
    document = read(pdf(page))
    assert "wizard" not in document.text
    assert not document.ocr


def test_metadata_is_never_read():
    document = read(pdf(resume(), info="/Title (Kubernetes wizard) /Keywords (Rust, Haskell)"))
    assert "wizard" not in document.text
    assert "Haskell" not in document.text
