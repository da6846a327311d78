"""HTML as a browser shows it, as far as reading needs: blocks, cells, lists, and what styles hide."""

from __future__ import annotations

import re
from typing import NamedTuple

from skillgap.documents.decode import decode
from skillgap.documents.flow import Block, Flow, without_comments
from skillgap.documents.tags import tokens

_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section
    summary table tbody tfoot thead tr ul
    """.split()  # noqa: SIM905
)
_SKIPPED = frozenset(
    ["script", "style", "head", "template", "noscript", "svg", "math", "object", "iframe", "select"]
)
_VOID = frozenset(
    """
    area base br col embed hr img input link meta source track wbr
    """.split()  # noqa: SIM905
)
_BOLD = frozenset(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.I)
_SIMPLE = re.compile(r"[.#]?[\w-]+$")
_ZERO = re.compile(r"font-size:(?:0|[01](?:\.\d+)?(?:px|pt)|0\.\d+(?:r?em|px|pt))(?:;|$)")
_AWAY = re.compile(r"(?:left|top|text-indent|margin-left):-\d{4,}")
_NONE = r"(?:^|;)(?:max-)?(?:width|height):[01]?(?:px)?(?:;|$)"
_NO_BOX = re.compile(rf"{_NONE}.*overflow:hidden|overflow:hidden.*{_NONE}")
_WHITE = re.compile(
    r"(?:^|;)color:(?:white|#fff(?:fff)?|#f[c-f]f[c-f]f[c-f]|transparent"
    r"|rgba?\(25[0-5],25[0-5],25[0-5]|rgba\(\d+,\d+,\d+,0\))"
)
_COLOR = re.compile(r"(?:^|;)color:")
_GROUND = re.compile(
    r"(?:^|;)background(?:-color|-image)?:(?!\s*(?:white|#fff|none|transparent|inherit))"
)
_HIDES = ("display:none", "visibility:hidden", "opacity:0;", "clip-path:inset(100%", "clip:rect(0")


def read_html(data: bytes) -> Flow:
    """The text of a page that a person sees, with heading levels; what is hidden by styles apart."""
    declared = _CHARSET.search(data[:4096])
    parser = _Parser(_rules(text := decode(data, declared[1].decode() if declared else "")))
    for token in tokens(text):
        if not token.tag:
            parser.data(token.text)
        elif token.closes:
            parser.end(token.tag)
        else:
            parser.start(token.tag, dict(token.attributes))
    parser.flush()
    return Flow(parser.blocks, " ".join(" ".join(parser.hidden).split()))


def _rules(text: str) -> dict[str, str]:
    """Declarations of simple selectors (a tag, class or id) of the page's own styles.

    Found by hand, for regular expressions take quadratic time on what hostile pages hold.
    """
    found: dict[str, str] = {}
    low = text.lower()
    at = low.find("<style")
    while at >= 0:
        start = low.find(">", at) + 1
        end = low.find("</style", start)
        if start == 0 or end < 0:
            break
        for rule in without_comments(text[start:end], "/*", "*/").split("}"):
            selectors, brace, body = rule.rpartition("{")
            outer = selectors.rpartition("{")[0]
            if not brace or "print" in outer:
                continue
            for one in selectors.rpartition("{")[2].split(","):
                name = one.strip()
                if _SIMPLE.fullmatch(name):
                    found[name] = found.get(name, "") + ";" + _squeeze(body[:2000])
        at = low.find("<style", end)
    return found


def _squeeze(style: str) -> str:
    return re.sub(r"\s+|!important", "", style.lower())


class _Open(NamedTuple):
    """An element that is open, with what holds for all that is in it."""

    tag: str
    skipped: bool = False
    hidden: bool = False
    light: bool = False  # white letters
    ground: bool = False  # on a color
    pre: bool = False
    bold: bool = False


class _Parser:
    """Collects lines; a stack of open tags says what is shown and how."""

    def __init__(self, rules: dict[str, str]) -> None:
        self.rules = rules
        self.blocks: list[Block] = []
        self.hidden: list[str] = []
        self.line: list[str] = []
        self.level = 0
        self.bold = self.chars = 0
        self.item = False
        self.stack: list[_Open] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self.line.append("\n")
        if tag in _BLOCKS:
            self.flush()
            if tag == "li":
                self.item = True
            if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
                self.level = int(tag[1])
        elif tag in ("td", "th") and "".join(self.line).strip():
            self.line.append("\t")
        if tag in _VOID or len(self.stack) > 2000:
            return
        style = ";".join(
            [self.rules.get(tag, "")]
            + [self.rules.get("." + c, "") for c in given.get("class", "").split()]
            + [
                self.rules.get("#" + given["id"], "") if "id" in given else "",
                _squeeze(given.get("style", "")),
                "",
            ]
        )
        above = self.stack[-1] if self.stack else _Open("")
        unseen = (
            "hidden" in given
            or any(h in style for h in _HIDES)
            or bool(_ZERO.search(style) or _AWAY.search(style) or _NO_BOX.search(style))
        )
        self.stack.append(
            _Open(
                tag,
                above.skipped or tag in _SKIPPED,
                above.hidden or unseen,
                bool(_WHITE.search(style)) if _COLOR.search(style) else above.light,
                above.ground or bool(_GROUND.search(style)),
                above.pre or tag == "pre",
                above.bold or tag in _BOLD,
            )
        )

    def end(self, tag: str) -> None:
        for i in range(len(self.stack) - 1, -1, -1):
            if self.stack[i].tag == tag:
                del self.stack[i:]
                break
        if tag in _BLOCKS:
            self.flush()

    def data(self, data: str) -> None:
        top = self.stack[-1] if self.stack else _Open("")
        if top.skipped:
            return
        if top.hidden or (top.light and not top.ground):
            if data.strip():
                self.hidden.append(data)
            return
        self.line.append(data if top.pre else re.sub(r"\s+", " ", data))
        self.chars += len(data.strip())
        if top.bold:
            self.bold += len(data.strip())

    def flush(self) -> None:
        text = "".join(self.line).strip(" ")
        if text.strip():
            mark = "• " if self.item and text.strip()[0].isalnum() else ""
            bold = self.bold * 2 > self.chars
            self.blocks.append(Block(mark + text, self.level, bold, gap=self.level > 0))
            self.item = False
        self.line = []
        self.level = self.bold = self.chars = 0
