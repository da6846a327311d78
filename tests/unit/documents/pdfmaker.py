"""Small PDFs written by hand, one for each thing that a test guards."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass, field


@dataclass
class Page:
    """A page as its content stream; coordinates as in PDF: points, origin bottom left."""

    width: float = 612
    height: float = 792
    ops: list[str] = field(default_factory=list)
    extra: str = ""  # more entries of the page's dictionary
    images: dict[str, bytes] = field(default_factory=dict)  # name -> stream object

    def raw(self, *ops: str) -> Page:
        self.ops.extend(ops)
        return self

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 10,
        *,
        font: str = "F1",
        color: str = "0 0 0",
        mode: int = 0,
        spacing: float = 0,
    ) -> Page:
        safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return self.raw(
            f"BT {color} rg {mode} Tr {spacing} Tc /{font} {size} Tf {x} {y} Td ({safe}) Tj ET"
        )

    def hexed(self, x: float, y: float, codes: str, size: float = 10, font: str = "F5") -> Page:
        return self.raw(f"BT 0 0 0 rg /{font} {size} Tf {x} {y} Td <{codes}> Tj ET")

    def rect(self, x: float, y: float, w: float, h: float, color: str) -> Page:
        return self.raw(f"{color} rg {x} {y} {w} {h} re f")

    def image(
        self, x: float, y: float, w: float, h: float, rgb: tuple[int, int, int] = (200, 200, 200)
    ) -> Page:
        name = f"Im{len(self.images)}"
        data = zlib.compress(bytes(rgb) * 4)
        self.images[name] = (
            (
                b"<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceRGB "
                b"/BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n" % len(data)
            )
            + data
            + b"\nendstream"
        )
        return self.raw(f"q {w} 0 0 {h} {x} {y} cm /{name} Do Q")

    def lines(
        self, x: float, y: float, texts: list[str], size: float = 10, lead: float = 13
    ) -> Page:
        for i, t in enumerate(texts):
            self.text(x, y - i * lead, t, size)
        return self


def pdf(
    *pages: Page,
    unicode: dict[int, str] | None = None,
    layer_off: bool = False,
    info: str = "",
    catalog: str = "",
) -> bytes:
    """The bytes of a PDF.

    Fonts: F1 Helvetica, F2 Helvetica-Bold, F3 Times-Italic, F4 Courier; F5 has codes that mean
    what `unicode` says, each half an em wide. Marked content `/OC /Layer BDC` lies on a layer,
    which is off where `layer_off`.
    """
    objects: list[bytes] = []

    def add(body: bytes | str) -> int:
        objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(objects)

    fonts = [
        add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
        for name in ("Helvetica", "Helvetica-Bold", "Times-Italic", "Courier")
    ]
    mapped = "".join(
        f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>\n"
        for code, text in (unicode or {}).items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(unicode or {})} beginbfchar\n{mapped}endbfchar\nendcmap end end"
    )
    to_unicode = add(f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream")
    described = add(
        "<< /Type /FontDescriptor /FontName /Example /Flags 32 /FontBBox [0 -200 1000 900] "
        "/ItalicAngle 0 /Ascent 750 /Descent -250 /CapHeight 700 /StemV 80 >>"
    )
    widths = " ".join(["500"] * 256)
    fonts.append(
        add(
            "<< /Type /Font /Subtype /TrueType /BaseFont /Example /Encoding /WinAnsiEncoding "
            f"/FirstChar 0 /LastChar 255 /Widths [{widths}] /FontDescriptor {described} 0 R "
            f"/ToUnicode {to_unicode} 0 R >>"
        )
    )
    layer = add("<< /Type /OCG /Name (Layer) >>")
    resources = " ".join(f"/F{i + 1} {n} 0 R" for i, n in enumerate(fonts))
    first = len(objects)
    per_page = sum(2 + len(p.images) for p in pages)
    tree = first + per_page + 1
    kids = []
    for p in pages:
        content = "\n".join(p.ops).encode("cp1252")
        stream = add(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
        pictures = " ".join(f"/{name} {add(data)} 0 R" for name, data in p.images.items())
        kids.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {p.width} {p.height}] "
                f"/Contents {stream} 0 R /Resources << /Font << {resources} >> "
                f"/XObject << {pictures} >> /Properties << /Layer {layer} 0 R >> >> {p.extra} >>"
            )
        )
    listed = " ".join(f"{k} 0 R" for k in kids)
    assert add(f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>") == tree
    off = f"/OFF [{layer} 0 R]" if layer_off else f"/ON [{layer} 0 R]"
    root = add(
        f"<< /Type /Catalog /Pages {tree} 0 R "
        f"/OCProperties << /OCGs [{layer} 0 R] /D << {off} /Order [{layer} 0 R] >> >> {catalog} >>"
    )
    meta = add(f"<< {info} >>")
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % i + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        meta,
        start,
    )
    return bytes(out)


BODY = [
    "Built data pipelines with Python and Airflow for a retail client",
    "Led the migration of twelve services to Kubernetes",
    "Trained classification models with PyTorch and scikit-learn",
    "Wrote the evaluation harness for a question answering system",
]


def resume() -> Page:
    """A page with enough honest text on it."""
    return (
        Page()
        .text(72, 740, "Ada Example", 18, font="F2")
        .text(72, 700, "Experience", 13, font="F2")
        .lines(72, 680, BODY)
    )


_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _rc4(key: bytes, data: bytes) -> bytes:
    s = list(range(256))
    j = 0
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) % 256
        s[i], s[j] = s[j], s[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + s[i]) % 256
        s[i], s[j] = s[j], s[i]
        out.append(byte ^ s[(s[i] + s[j]) % 256])
    return bytes(out)


def encrypted(page: Page, password: str) -> bytes:
    """A PDF of one page under the standard handler of PDF 1.4 (RC4, 40 bits: ISO 32000-1, 7.6.3)."""
    padded = (password.encode() + _PAD)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    ident = b"0123456789abcdef"
    permissions = struct.pack("<i", -4)
    key = hashlib.md5(padded + owner + permissions + ident).digest()[:5]
    user = _rc4(key, _PAD)
    number = 4

    def scrambled(data: bytes) -> bytes:
        salt = struct.pack("<I", number)[:3] + b"\0\0"
        return _rc4(hashlib.md5(key + salt).digest()[:10], data)

    content = scrambled("\n".join(page.ops).encode("cp1252"))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R /F2 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>"
        % (owner.hex().encode(), user.hex().encode()),
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % i + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size 7 /Root 1 0 R /Encrypt 6 0 R /ID [<%s> <%s>] >>\n" % (
        ident.hex().encode(),
        ident.hex().encode(),
    )
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
