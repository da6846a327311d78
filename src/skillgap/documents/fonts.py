"""What a font's name tells: weight, slant, and whether it holds pictures instead of letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_BOLD = re.compile(
    r"bold|black|heavy|(?:^|[-,_ ])(?:bd|demi|semi)(?:[-,_ ]|$)"
    r"|(?:^|\+)(?:CMBX|CMSSBX|SFBX|SFSX|LMRoman\d+-?Bold)"
    r"|(?:^|\+)[A-Za-z]+-?(?:Bd|Bol|BolIta|Semibold|SemiBold)\b|Medi(?:um)?(?:Ital)?$",
    re.IGNORECASE,
)
_ITALIC = re.compile(r"italic|oblique|(?:^|\+)(?:CMTI|CMSL|SFTI|SFSL)|-(?:It|Ital|ItalicMT)\b")
_ICONS = re.compile(
    r"awesome|icon|fontello|academicons|marvosym|bbding|pifont|mfg_?logo|simple-?line|glyphicons|ionicons"
    r"|materialdesign|symbols?outlined|fabrand|emoji",
    re.IGNORECASE,
)
_DINGBATS = re.compile(r"wingdings|webdings|dingbats|(?:^|\+)symbol", re.IGNORECASE)


class Face(NamedTuple):
    """What a font is like."""

    bold: bool
    italic: bool
    icon: bool  # pictures: its letters mean nothing
    dingbat: bool  # bullets and arrows: its glyphs stand for a bullet


@lru_cache(maxsize=4096)
def face(name: str, flags: int = 0, weight: int = 0) -> Face:
    """Judge a font by its base name, the descriptor's flags and its weight (0: unknown)."""
    bold = bool(_BOLD.search(name)) or weight >= 600 or bool(flags & (1 << 18))
    italic = bool(_ITALIC.search(name)) or bool(flags & (1 << 6))
    return Face(bold, italic, bool(_ICONS.search(name)), bool(_DINGBATS.search(name)))
