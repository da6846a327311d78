"""DOCX: paragraphs, tables, text boxes, headers and footers, without what Word would not show."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from skillgap.documents.archive import Archive
from skillgap.documents.flow import Block, Flow
from skillgap.documents.limits import Limits
from skillgap.errors import CorruptDocument

_PART = re.compile(r"word/document\d*\.xml")
_OFF = ("0", "false", "off", "none")
_TINY = 4  # half-points: 2 points
_SKIPPED = frozenset(("del", "delText", "instrText", "moveFrom", "fldData", "rPr", "pPr", "sectPr",
                      "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "Fallback", "comment"))  # fmt: skip


class _Style(NamedTuple):
    level: int = 0
    bold: bool = False
    size: float = 0.0
    vanish: bool = False
    white: bool = False


def read_docx(data: bytes, limits: Limits) -> Flow:
    """The document in the order in which it is read: headers, body, footers."""
    box = Archive(data, limits)
    main = next((n for n in sorted(box.names) if _PART.fullmatch(n)), None)
    root = box.xml(main) if main else None
    if root is None:
        raise CorruptDocument(
            "The DOCX has no document inside.", "Save it again from a word processor."
        )
    reader = _Reader(_styles(box.xml("word/styles.xml")))
    for name in sorted(n for n in box.names if re.fullmatch(r"word/header\d*\.xml", n)):
        reader.part(box.xml(name))
    seen = {b.text for b in reader.blocks}
    reader.blocks = list(
        {b.text: b for b in reader.blocks}.values()
    )  # one header for odd, even, first
    reader.part(root)
    body = reader.blocks
    reader.blocks = []
    for name in sorted(
        n for n in box.names if re.fullmatch(r"word/(?:footer|footnotes|endnotes)\d*\.xml", n)
    ):
        reader.part(box.xml(name))
    foot = [b._replace(furniture=True) for b in reader.blocks if b.text not in seen]
    return Flow(body + foot, " ".join(" ".join(reader.hidden).split()))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Element | None, name: str = "val") -> str | None:
    if element is None:
        return None
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def _child(element: Element | None, name: str) -> Element | None:
    if element is None:
        return None
    return next((c for c in element if _local(c) == name), None)


def _on(element: Element | None, name: str) -> bool | None:
    """A switch of run or paragraph properties: None where it is not given."""
    child = _child(element, name)
    return None if child is None else (_value(child) or "1") not in _OFF


def _look(props: Element | None, base: _Style) -> _Style:
    """Run properties over what is inherited."""
    if props is None:
        return base
    bold, vanish = _on(props, "b"), _on(props, "vanish")
    size = _value(_child(props, "sz"))
    color = _value(_child(props, "color"))
    fill = _value(_child(props, "shd"), "fill") or _value(_child(props, "highlight"))
    white = base.white
    if color is not None:
        white = _is_white(color)
    if fill not in (None, "auto", "none", "white", "FFFFFF"):
        white = False
    points = float(size) / 2 if size and size.isdigit() else base.size
    return _Style(
        base.level,
        base.bold if bold is None else bold,
        points,
        base.vanish if vanish is None else vanish,
        white,
    )


def _is_white(color: str) -> bool:
    return bool(re.fullmatch(r"(?:[Ff][4-9A-Fa-f]){3}", color))


def _styles(root: Element | None) -> dict[str, _Style]:
    raw: dict[str, tuple[str | None, Element, str]] = {}
    for s in root if root is not None else ():
        if _local(s) == "style" and (ident := _value(s, "styleId")):
            name = (_value(_child(s, "name")) or ident).lower()
            raw[ident] = (_value(_child(s, "basedOn")), s, name)
    done: dict[str, _Style] = {}

    def resolve(ident: str, depth: int = 0) -> _Style:
        if ident in done or ident not in raw or depth > 20:
            return done.get(ident, _Style())
        parent, s, name = raw[ident]
        base = resolve(parent, depth + 1) if parent else _Style()
        look = _look(_child(s, "rPr"), base)
        outline = _value(_child(_child(s, "pPr"), "outlineLvl"))
        level = base.level
        if m := re.fullmatch(r"heading (\d)", name):
            level = int(m[1])
        elif outline and outline.isdigit() and int(outline) < 9:
            level = int(outline) + 1
        done[ident] = look._replace(level=level)
        return done[ident]

    for ident in raw:
        resolve(ident)
    return done


class _Reader:
    """Walks a part and collects its blocks; hidden text is kept apart."""

    def __init__(self, styles: dict[str, _Style], shaded: bool = False) -> None:
        self.styles = styles
        self.shaded = shaded  # on a colored ground: white text is seen
        self.blocks: list[Block] = []
        self.hidden: list[str] = []

    def part(self, root: Element | None) -> None:
        if root is not None:
            self._children(root)

    def _children(self, element: Element) -> None:
        for child in element:
            name = _local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name not in _SKIPPED:
                self._children(child)

    def _table(self, table: Element) -> None:
        style = _value(_child(_child(table, "tblPr"), "tblStyle")) or ""
        # A table style may color its rows; what it does is not looked into.
        ground = self.shaded or style not in ("", "TableGrid", "TableNormal")
        for row in _rows(table):
            cells: list[list[Block]] = []
            for cell in _cells(row):
                fill = _value(_child(_child(cell, "tcPr"), "shd"), "fill")
                inner = _Reader(self.styles, ground or fill not in (None, "auto", "FFFFFF"))
                inner._children(cell)
                self.hidden.extend(inner.hidden)
                cells.append([b for b in inner.blocks if b.text.strip()])
            filled = [c for c in cells if c]
            if len(filled) > 1 and all(len(c) == 1 and "\n" not in c[0].text for c in filled):
                first = filled[0][0]
                text = "\t".join(c[0].text for c in filled)
                self.blocks.append(Block(text, first.level, first.bold, size=first.size))
            else:  # a table for layout: each cell is a column of its own
                for c in filled:
                    self.blocks.append(c[0]._replace(gap=True))
                    self.blocks.extend(c[1:])

    def _paragraph(self, p: Element) -> None:
        props = _child(p, "pPr")
        style = self.styles.get(_value(_child(props, "pStyle")) or "", _Style())
        outline = _value(_child(props, "outlineLvl"))
        if outline and outline.isdigit() and int(outline) < 9:
            style = style._replace(level=int(outline) + 1)
        fill = _value(_child(props, "shd"), "fill")
        run = _Run(style, self.shaded or fill not in (None, "auto", "FFFFFF"))
        self._inline(p, run)
        text = "".join(run.text)
        if text.strip():
            listed = _child(props, "numPr") is not None and style.level == 0
            mark = "• " if listed and text.strip()[0].isalnum() else ""
            size = max(run.sizes, key=lambda k: (run.sizes[k], k)) if run.sizes else style.size
            bold = 2 * run.bold > run.chars
            self.blocks.append(
                Block(mark + text, style.level, bold, gap=style.level > 0, size=size)
            )
        elif not run.boxes:
            self.blocks.append(Block("", gap=True))
        for box in run.boxes:
            self.blocks.append(Block("", gap=True))
            ground, self.shaded = self.shaded, True  # a text box may be filled
            self._children(box)
            self.shaded = ground

    def _inline(self, element: Element, run: _Run) -> None:
        for child in element:
            name = _local(child)
            if name == "r":
                look = _look(_child(child, "rPr"), run.style)
                self._inline(child, run.styled(look))
            elif name == "t":
                self._put(child.text or "", run)
            elif name == "tab" or name == "ptab":
                self._put("\t", run)
            elif name in ("br", "cr"):
                self._put("\n", run)
            elif name == "noBreakHyphen":
                self._put("-", run)
            elif name == "sym":
                self._put("•", run)
            elif name == "txbxContent":
                run.boxes.append(child)
            elif name not in _SKIPPED:
                self._inline(child, run)

    def _put(self, text: str, run: _Run) -> None:
        look = run.look
        if look.vanish or (look.white and not run.shaded) or 0 < look.size * 2 < _TINY:
            if text.strip():
                self.hidden.append(text)
            return
        run.add(text)


class _Run:
    """The text of a paragraph as it grows, and how its current run looks."""

    __slots__ = ("_counts", "boxes", "look", "shaded", "sizes", "style", "text")

    def __init__(self, style: _Style, shaded: bool) -> None:
        self.style = style
        self.look = style
        self.shaded = shaded
        self.text: list[str] = []
        self.boxes: list[Element] = []
        self.sizes: dict[float, int] = {}
        self._counts = [0, 0]

    def styled(self, look: _Style) -> _Run:
        twin = _Run(self.style, self.shaded)
        twin.look = look
        twin.text, twin.boxes = self.text, self.boxes
        twin.sizes, twin._counts = self.sizes, self._counts
        return twin

    def add(self, text: str) -> None:
        self.text.append(text)
        n = len(text.strip())
        self._counts[0] += n
        self._counts[1] += n * self.look.bold
        if n:
            self.sizes[self.look.size] = self.sizes.get(self.look.size, 0) + n

    @property
    def chars(self) -> int:
        return self._counts[0]

    @property
    def bold(self) -> int:
        return self._counts[1]


def _rows(table: Element) -> list[Element]:
    return [e for c in table for e in ([c] if _local(c) == "tr" else _inside(c, "tr"))]


def _cells(row: Element) -> list[Element]:
    return [e for c in row for e in ([c] if _local(c) == "tc" else _inside(c, "tc"))]


def _inside(element: Element, name: str) -> list[Element]:
    """Rows or cells within a content control."""
    if _local(element) not in ("sdt", "sdtContent", "ins", "customXml"):
        return []
    return [e for c in element for e in ([c] if _local(c) == name else _inside(c, name))]
