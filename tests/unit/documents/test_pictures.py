from __future__ import annotations

import io

import pytest
from PIL import Image

from skillgap.documents import pictures, read
from skillgap.documents.pictures import page_pictures
from skillgap.errors import EncryptedDocument
from skillgap.types import Box, Picture

from . import pdfmaker
from .pdfmaker import Page

GRAY = (216, 216, 216)


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data)).convert("RGB")


def darkest(picture: Picture, box: tuple[float, float, float, float]) -> int:
    """The darkest value inside a box in points."""
    return _extremes(picture, box)[0]


def lightest(picture: Picture, box: tuple[float, float, float, float]) -> int:
    return _extremes(picture, box)[1]


def _extremes(picture: Picture, box: tuple[float, float, float, float]) -> tuple[int, int]:
    image = opened(picture).convert("L")
    k = image.width / picture.width
    x0, top, x1, bottom = (round(v * k) for v in box)
    low, high = image.crop((x0, top, x1, bottom)).getextrema()
    return int(low), int(high)  # type: ignore[arg-type]


def test_marks_of_a_reading_lie_over_ink() -> None:
    data = pdfmaker.pdf(Page().text(72, 700, "Kubernetes and Terraform"))
    document = read(data)
    (picture,) = page_pictures(data)
    assert (picture.page, picture.width, picture.height) == (1, 612, 792)
    assert opened(picture).size == (935, 1210)
    for word in document.words:
        assert darkest(picture, word[3:7]) < 100
    assert darkest(picture, (72, 200, 300, 400)) == 255


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_and_cropped_pages_have_the_size_and_places_of_the_reading(turn: int) -> None:
    page = Page(extra=f"/Rotate {turn} /CropBox [50 100 600 780]").text(
        200, 500, "Kubernetes on a turned page of some length", 14
    )
    data = pdfmaker.pdf(page)
    document = read(data)
    (picture,) = page_pictures(data)
    size = document.pages[0]
    assert (picture.width, picture.height) == pytest.approx((size.width, size.height), abs=0.1)
    for word in document.words:
        assert darkest(picture, word[3:7]) < 120


def test_black_boxes_cover_and_nothing_else_is_touched() -> None:
    data = pdfmaker.pdf(Page().text(72, 700, "Ada Lovelace").text(72, 650, "Kubernetes"))
    document = read(data)
    boxes = [Box(w.page, w.x0, w.top, w.x1, w.bottom) for w in document.words]
    (plain,) = page_pictures(data)
    (hidden,) = page_pictures(data, black=boxes[:2], plain=boxes[2:])
    for b in boxes[:2]:
        assert lightest(hidden, b[1:]) == 0
    assert opened(hidden).crop((0, 180, 935, 1210)).tobytes() == (
        opened(plain).crop((0, 180, 935, 1210)).tobytes()
    )


def test_boxes_of_one_page_do_not_cover_another() -> None:
    page = Page().text(72, 700, "Kubernetes")
    data = pdfmaker.pdf(page, Page().text(72, 700, "Kubernetes"))
    _, second = page_pictures(data, black=[Box(1, 72, 80, 140, 96)])
    _, plain = page_pictures(data)
    assert second.data == plain.data


def test_photos_are_blacked_out_with_the_name() -> None:
    page = Page().image(450, 650, 100, 100).text(72, 600, "Kubernetes")
    data = pdfmaker.pdf(page)
    (shown,) = page_pictures(data)
    assert lightest(shown, (455, 50, 545, 135)) == 200
    (hidden,) = page_pictures(data, black=())
    assert lightest(hidden, (452, 44, 548, 140)) == 0


def test_of_a_page_that_is_a_picture_only_words_that_may_be_seen_are_shown() -> None:
    page = Page().image(0, 0, 612, 792, (90, 120, 150))
    data = pdfmaker.pdf(page)
    (hidden,) = page_pictures(data, black=(), plain=[Box(1, 100, 100, 200, 120)])
    image = opened(hidden)
    k = image.width / 612
    assert image.getpixel((int(150 * k), int(110 * k))) == (90, 120, 150)
    assert image.getpixel((int(400 * k), int(400 * k))) == GRAY


def test_huge_pages_and_many_pages_are_bounded() -> None:
    (poster,) = page_pictures(pdfmaker.pdf(Page(width=9000, height=4000).text(72, 700, "Docker")))
    width, height = opened(poster).size
    assert width * height <= pictures.PAGE_PIXELS * 1.01
    many = page_pictures(pdfmaker.pdf(*[Page().text(72, 700, "Docker") for _ in range(15)]))
    assert [p.page for p in many] == list(range(1, pictures.PAGES + 1))


def test_pages_stop_where_they_get_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdfmaker.pdf(*[Page().text(72, 700, "Docker") for _ in range(3)])
    whole = page_pictures(data)
    monkeypatch.setattr(pictures, "BYTES", sum(len(p.data) for p in whole[:2]))
    assert page_pictures(data) == whole[:2]


def test_pictures_are_drawn_upright_without_their_metadata() -> None:
    source = Image.new("RGB", (300, 400), "white")
    exif = Image.Exif()
    exif[0x010E] = "12 Secret Street"  # a description
    exif[0x0112] = 6  # turned by a quarter
    out = io.BytesIO()
    source.save(out, "JPEG", exif=exif)
    (picture,) = page_pictures(out.getvalue())
    assert picture.width > picture.height
    assert b"Secret" not in picture.data
    assert not Image.open(io.BytesIO(picture.data)).getexif()


def test_formats_without_pages_have_no_pictures() -> None:
    assert page_pictures(b"# Ada\n\nPython and Kubernetes\n") == ()


def test_an_encrypted_file_needs_its_password() -> None:
    data = pdfmaker.encrypted(Page().text(72, 700, "Kubernetes"), "secret")
    with pytest.raises(EncryptedDocument):
        page_pictures(data)
    assert len(page_pictures(data, password="secret")) == 1


def test_the_same_file_gives_the_same_bytes() -> None:
    data = pdfmaker.pdf(Page().text(72, 700, "Kubernetes"))
    assert page_pictures(data) == page_pictures(data)
