"""ODT: OpenDocument text, as LibreOffice writes it."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from skillgap.documents.archive import Archive
from skillgap.documents.flow import Block, Flow
from skillgap.documents.limits import Limits
from skillgap.errors import CorruptDocument

_SKIPPED = frozenset(("annotation", "annotation-end", "tracked-changes", "sequence-decls", "note-citation",
                      "forms", "variable-decls", "user-field-decls", "title", "desc"))  # fmt: skip


class _Look(NamedTuple):
    bold: bool = False
    size: float = 0.0
    hidden: bool = False
    white: bool = False
    ground: bool = False  # on a color of its own


def read_odt(data: bytes, limits: Limits) -> Flow:
    """The document in the order in which it is read: header, body, footer."""
    box = Archive(data, limits)
    content = box.xml("content.xml")
    if content is None:
        if "META-INF/manifest.xml" in box.names and b"encryption-data" in box.read(
            "META-INF/manifest.xml"
        ):
            from skillgap.errors import EncryptedDocument

            raise EncryptedDocument(
                "The document is encrypted.", "Save it again without a password."
            )
        raise CorruptDocument(
            "The ODT has no content inside.", "Save it again from a word processor."
        )
    styles = box.xml("styles.xml")
    looks: dict[str, _Look] = {}
    for root in (styles, content):
        if root is not None:
            _collect(root, looks)
    head, body, foot = (_Reader(looks) for _ in range(3))
    for element in styles.iter() if styles is not None else ():
        name = _local(element)
        if name in ("header", "header-first"):
            head.children(element)
        elif name in ("footer", "footer-first"):
            foot.children(element)
    main = next((e for e in content.iter() if _local(e) == "body"), content)
    body.children(main)
    hidden = " ".join(" ".join(head.hidden + body.hidden + foot.hidden).split())
    tail = [b._replace(furniture=True) for b in foot.blocks]
    return Flow(head.blocks + body.blocks + tail, hidden)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _get(element: Element, name: str) -> str:
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def _collect(root: Element, looks: dict[str, _Look]) -> None:
    for style in root.iter():
        if _local(style) != "style" or not (ident := _get(style, "name")):
            continue
        look = looks.get(_get(style, "parent-style-name"), _Look())
        for props in style:
            if not _local(props).endswith("properties"):
                continue
            given = {k.rpartition("}")[2]: v for k, v in props.attrib.items()}
            look = _over(look, given)
        looks[ident] = look


def _over(look: _Look, given: dict[str, str]) -> _Look:
    weight, size, color = given.get("font-weight"), given.get("font-size"), given.get("color")
    ground = given.get("background-color")
    if weight:
        look = look._replace(bold=weight in ("bold", "600", "700", "800", "900"))
    if size and (m := re.fullmatch(r"([\d.]+)pt", size)):
        look = look._replace(size=float(m[1]))
    if color:
        look = look._replace(white=bool(re.fullmatch(r"#(?:f[4-9a-f]){3}", color.lower())))
    if ground and ground not in ("transparent", "#ffffff"):
        look = look._replace(ground=True)
    if given.get("display") == "none":
        look = look._replace(hidden=True)
    return look


class _Reader:
    """Walks a body and collects its blocks; hidden text is kept apart."""

    def __init__(self, looks: dict[str, _Look], ground: bool = False) -> None:
        self.looks = looks
        self.ground = ground
        self.blocks: list[Block] = []
        self.hidden: list[str] = []

    def children(self, element: Element, listed: bool = False) -> None:
        for child in element:
            name = _local(child)
            if name in ("p", "h"):
                self._paragraph(child, listed, name == "h")
                listed = False
            elif name == "table":
                self._table(child)
            elif name == "list-item":
                self.children(child, listed=True)
            elif name == "section" and _get(child, "display") == "none":
                self.hidden.append("".join(child.itertext()))
            elif name not in _SKIPPED:
                self.children(child, listed)

    def _table(self, table: Element) -> None:
        for row in (e for e in table.iter() if _local(e) == "table-row"):
            cells: list[list[Block]] = []
            for cell in (c for c in row if _local(c) == "table-cell"):
                look = self.looks.get(_get(cell, "style-name"), _Look())
                inner = _Reader(self.looks, self.ground or look.ground)
                inner.children(cell)
                self.hidden.extend(inner.hidden)
                cells.append([b for b in inner.blocks if b.text.strip()])
            filled = [c for c in cells if c]
            if len(filled) > 1 and all(len(c) == 1 for c in filled):
                first = filled[0][0]
                self.blocks.append(first._replace(text="\t".join(c[0].text for c in filled)))
            else:
                for c in filled:
                    self.blocks.append(c[0]._replace(gap=True))
                    self.blocks.extend(c[1:])

    def _paragraph(self, p: Element, listed: bool, heading: bool) -> None:
        look = self.looks.get(_get(p, "style-name"), _Look())
        text: list[str] = []
        boxes: list[Element] = []
        strong = [0, 0]
        self._inline(p, look, text, boxes, strong)
        joined = "".join(text)
        level = 0
        if heading:
            level = int(_get(p, "outline-level")) if _get(p, "outline-level").isdigit() else 1
        if joined.strip():
            mark = "• " if listed and joined.strip()[0].isalnum() else ""
            bold = 2 * strong[1] > strong[0]
            self.blocks.append(Block(mark + joined, level, bold, gap=level > 0, size=look.size))
        elif not boxes:
            self.blocks.append(Block("", gap=True))
        for box in boxes:
            self.blocks.append(Block("", gap=True))
            ground, self.ground = self.ground, True
            self.children(box)
            self.ground = ground

    def _inline(
        self,
        element: Element,
        look: _Look,
        text: list[str],
        boxes: list[Element],
        strong: list[int],
    ) -> None:
        self._put(element.text, look, text, strong)
        for child in element:
            name = _local(child)
            if name == "s":
                count = _get(child, "c")
                text.append(" " * (min(int(count), 100) if count.isdigit() else 1))
            elif name == "tab":
                text.append("\t")
            elif name == "line-break":
                text.append("\n")
            elif name == "text-box":
                boxes.append(child)
            elif name == "hidden-text":
                self.hidden.append("".join(child.itertext()))
            elif name not in _SKIPPED:
                style = _get(child, "style-name")
                inner = look
                if name == "span" and style in self.looks:
                    own = self.looks[style]
                    inner = own._replace(
                        bold=own.bold or look.bold,
                        ground=own.ground or look.ground,
                        size=own.size or look.size,
                    )
                self._inline(child, inner, text, boxes, strong)
            self._put(child.tail, look, text, strong)

    def _put(self, raw: str | None, look: _Look, text: list[str], strong: list[int]) -> None:
        if not raw:
            return
        unseen = look.white and not look.ground and not self.ground
        if look.hidden or unseen or 0 < look.size < 2:
            if raw.strip():
                self.hidden.append(raw)
            return
        text.append(re.sub(r"\s+", " ", raw))
        strong[0] += len(raw.strip())
        strong[1] += len(raw.strip()) * look.bold
