"""Plain text and Markdown."""

from __future__ import annotations

import re

from skillgap.documents.decode import decode
from skillgap.documents.flow import Block, Flow, without_comments

_WIDE = re.compile(r"(?<=\S)(?: {3,}|\t+)(?=\S)")
_RULE = re.compile(r"\s*([-_*=~#.•—–])(?:\s*\1){2,}\s*")


def read_plain(data: bytes) -> Flow:
    """Lines as they stand; three spaces or more within a line part cells."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    return Flow([Block(_WIDE.sub("\t", line)) for line in _without_rules(text.split("\n"))])


def _without_rules(lines: list[str]) -> list[str]:
    return ["" if _RULE.fullmatch(line) else line for line in lines]


_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?(.*)$")
_FENCE = re.compile(r"\s*(```|~~~)")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
# Lengths are bounded so that hostile lines take no quadratic time.
_IMAGE = re.compile(r"!\[([^\[\]]{0,300})\]\([^()]{0,600}\)")
_LINK = re.compile(
    r"\[([^\[\]]{0,300})\]\([^()]{0,600}(?:\([^()]{0,200}\)[^()]{0,200})?\)"
    r"|\[([^\[\]]{0,300})\]\[[^\[\]]{0,100}\]"
)
_AUTO = re.compile(r"<((?:https?://|mailto:)?[\w.+%/?=&#~-]{1,100}[@./][\w.+%/?=&#~-]{1,300})>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")
_EM = re.compile(r"(?<![\w*])([*_])(?=\S)(.{1,400}?)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"(`{1,3})(?!`)(.{1,300}?)\1")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")


def read_markdown(data: bytes) -> Flow:
    """Markdown as it is shown: headings with their level, without its marks."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    text = without_comments(text, "<!--", "-->")
    blocks: list[Block] = []
    lines = text.split("\n")
    fenced = False
    for i, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
            continue
        if fenced:
            blocks.append(Block(line))
            continue
        below = lines[i + 1] if i + 1 < len(lines) else ""
        blocks.extend(_markdown_line(line, below))
    return Flow(blocks)


def _markdown_line(line: str, below: str) -> list[Block]:
    if m := _HEADING.match(line):
        return [Block(_inline(m[2]), level=len(m[1]), bold=True, gap=True)]
    if _TABLE_RULE.match(line) and "|" in line:
        return []
    if _RULE.fullmatch(line):
        return [Block("", gap=True)]
    if line.strip() and re.fullmatch(r" {0,3}(=+|-{2,})\s*", below) and not _ITEM.match(line):
        level = 1 if "=" in below else 2
        return [Block(_inline(line), level=level, bold=True, gap=True)]
    line = re.sub(r"^(?:\s*>)+ ?", "", line)
    if m := _ITEM.match(line):
        mark = "" if line.strip()[0].isdigit() else "• "
        return [Block(mark + _inline(m[2]))]
    if line.strip().startswith("|"):
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        return [Block("\t".join(_inline(c) for c in cells))]
    whole = re.fullmatch(r"\s*(\*\*|__)([^*_]+)\1:?\s*", line)
    return [Block(_inline(line), bold=whole is not None)]


def _inline(text: str) -> str:
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(lambda m: m[1] or m[2] or "", text)
    text = _AUTO.sub(r"\1", text)
    kept: list[str] = []

    def keep(m: re.Match[str]) -> str:
        kept.append(m[2])
        return f"\x01{len(kept) - 1}\x02"

    text = _CODE.sub(keep, text)
    text = _TAG.sub("", text)
    text = _STRONG.sub(r"\2", text)
    text = _EM.sub(r"\2", text)
    text = _ESCAPE.sub(r"\1", text).rstrip("\\")
    return re.sub("\x01(\\d+)\x02", lambda m: kept[int(m[1])], text)
