"""From glyphs to words.

A gap of more than `Glyphs.gap` em parts words whether or not the content has a space there: many LaTeX
files have none. Spaces of the content part words as well, unless single letters are set apart
evenly, as in "E X P E R I E N C E", which is one word.
"""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from skillgap.documents import clean
from skillgap.documents.glyphs import Glyphs

_SHIFT = 0.2  # em; a baseline that moves by more starts another word


class RawWord(NamedTuple):
    """A word on its page. `base` is its baseline; geometry as in `Glyphs`."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    base: float
    bold: bool
    italic: bool
    spaced: bool  # the content has a space before it


def words(g: Glyphs) -> list[RawWord]:
    """The words of glyphs that are all read from left to right, in the order of the content."""
    over = _accents(g)
    kind, codes = clean.classify(g.codes)
    if over is not None:
        kind[over] = clean.DROP
    kind = np.where(g.icon & (kind == clean.KEEP) & (codes != clean.BULLET), clean.BREAK, kind)
    width = g.boxes[:, 2] - g.boxes[:, 0]
    soft = np.isin(g.codes, clean.SOFT) & (width < 0.05 * g.size)
    kind = np.where(soft, clean.DROP, kind)
    if (secret := np.isin(g.codes, clean.SECRET_CODES)).any():
        kind = np.where(secret & _inside(g.codes), clean.KEEP, kind)
    kept = np.flatnonzero(kind == clean.KEEP)
    if not len(kept):
        return []
    parts = np.cumsum((kind == clean.SPACE) | (kind == clean.BREAK) | (kind == clean.MARK))[kept]
    x0, top = g.boxes[kept, 0], g.boxes[kept, 1]
    x1, bottom = g.boxes[kept, 2], g.boxes[kept, 3]
    size, base = g.size[kept], g.base[kept]
    em = np.maximum(np.minimum(size[1:], size[:-1]), 0.1)
    gap = (x0[1:] - x1[:-1]) / em
    shift = np.abs(base[1:] - base[:-1]) / em
    cut = np.empty(len(kept), np.bool_)
    cut[0] = True
    back = (gap < -0.6) & (x0[1:] != x0[:-1])  # pieces of one ligature share its box
    # Where the reader itself sees a space, less of a gap will do; the f reaches over it.
    seen = g.jump[kept][1:] & (gap > np.where(codes[kept][:-1] == ord("f"), 0.02, 0.13))
    parted = (parts[1:] != parts[:-1]) | seen
    cut[1:] = parted | (gap > g.gap) | back | (shift > _SHIFT)
    start = np.flatnonzero(cut)
    stop = np.append(start[1:], len(kept))
    text = codes[kept].astype("<u4").tobytes().decode("utf-32-le", "replace")
    odd = not text.isascii()
    out = list(
        map(
            RawWord,
            [text[i:j] for i, j in zip(start.tolist(), stop.tolist(), strict=True)],
            np.minimum.reduceat(x0, start).tolist(),
            np.minimum.reduceat(top, start).tolist(),
            np.maximum.reduceat(x1, start).tolist(),
            np.maximum.reduceat(bottom, start).tolist(),
            np.maximum.reduceat(size, start).tolist(),
            base[start].tolist(),
            g.bold[kept][start].tolist(),
            g.italic[kept][start].tolist(),
            [False, *parted[start[1:] - 1].tolist()],
        )
    )
    if odd:
        out = [w if w.text.isascii() else w._replace(text=clean.tidy(w.text)) for w in out]
    if "\\fa" in text or "/fa" in text:
        out = [w for w in out if not clean.ICON_MACRO.match(w.text)]
    return _small_caps(out) if clean.SMALL_CAPS.search(text) else out


def _accents(g: Glyphs) -> list[int] | None:
    """Join accents that are painted over a letter as glyphs of their own with it, in place.

    Old LaTeX fonts have no é: they paint an accent and then the letter under it. An accent whose
    middle lies over the letter after it (or, for a cedilla, before it) belongs to that letter.
    Gives the accents' places, None where there are none.
    """
    places = np.flatnonzero(np.isin(g.codes, clean.ACCENT_CODES))
    if not len(places):
        return None
    codes = g.codes.copy()
    done: list[int] = []
    for k in places.tolist():
        middle = float(g.boxes[k, 0] + g.boxes[k, 2]) / 2
        for i in (k + 1, k - 1):
            if not 0 <= i < len(codes) or not g.boxes[i, 0] <= middle <= g.boxes[i, 2]:
                continue
            if abs(float(g.base[i] - g.base[k])) > 0.5 * float(g.size[i]):
                continue
            letter = clean.accented(int(codes[i]), int(codes[k]))
            if letter:
                codes[i] = letter
                done.append(k)
                break
    g.codes = codes
    return done


def _inside(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which glyphs stand between two letters."""
    letter = np.array([chr(c).isalpha() for c in codes.tolist()], np.bool_)
    out = np.zeros(len(codes), np.bool_)
    out[1:-1] = letter[:-2] & letter[2:]
    return out


def _small_caps(found: list[RawWord]) -> list[RawWord]:
    """Fonts of small capitals that leave the letter i behind ("UNiVERSiTY"), where it is their habit."""
    odd = [w for w in found if clean.SMALL_CAPS.search(w.text)]
    if len(odd) < 3:
        return found
    return [
        w._replace(text=w.text.upper()) if clean.SMALL_CAPS_WORD.fullmatch(w.text) else w
        for w in found
    ]


def join(a: RawWord, b: RawWord) -> RawWord:
    """Two pieces of one word as one."""
    return RawWord(
        a.text + b.text,
        min(a.x0, b.x0),
        min(a.top, b.top),
        max(a.x1, b.x1),
        max(a.bottom, b.bottom),
        max(a.size, b.size),
        a.base if len(a.text) >= len(b.text) else b.base,
        a.bold and b.bold,
        a.italic and b.italic,
        a.spaced,
    )


def mend(row: list[RawWord]) -> list[RawWord]:
    """A row's words from left to right, with torn and letter-spaced words made whole."""
    out: list[RawWord] = []
    singles = 0
    for w in row:
        if out:
            last = out[-1]
            gap = w.x0 - last.x1
            em = min(w.size, last.size)
            if not w.spaced and -0.25 * em < gap < 0.06 * em and _torn(last, w, gap, em):
                out[-1] = join(last, w)
                continue
        singles += len(w.text) == 1
        out.append(w)
    return _unspace(out) if singles >= 4 else out


def _torn(a: RawWord, b: RawWord, gap: float, em: float) -> bool:
    """Whether two touching pieces are one word: both of letters on one baseline, or a TeX logo."""
    if abs(a.base - b.base) <= 0.05 * em:
        return a.text[-1].isalnum() and b.text[0].isalnum() and a.text != "•"
    return (
        abs(a.base - b.base) <= 0.35 * em
        and gap < 0.02 * em
        and a.text.isalpha()
        and b.text.isalpha()
        and a.text.isupper()
        and b.text.isupper()
        and (len(b.text) == 1 or len(a.text) == 1)
    )


_LONE = re.compile(r"[^\W\d_]|&")


def _unspace(row: list[RawWord]) -> list[RawWord]:
    """Join runs of at least four single letters that stand apart evenly; wider gaps part words."""
    out: list[RawWord] = []
    i = 0
    while i < len(row):
        j = i
        while j < len(row) and len(row[j].text) == 1 and _LONE.match(row[j].text):
            if j > i and row[j].x0 - row[j - 1].x1 > 2.5 * row[j].size:
                break
            j += 1
        if j - i < 4:
            out.append(row[i])
            i += 1
            continue
        run = row[i:j]
        # Pitch of letters is uneven (I, W), gaps are not: the smaller half of them is the spacing.
        gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(run)]
        usual = sorted(gaps)[len(gaps) // 2 if len(gaps) > 2 else 0]
        edge = max(usual * 1.75, usual + 0.12 * run[0].size)
        current = run[0]
        for w, gap in zip(run[1:], gaps, strict=True):
            if gap > edge:
                out.append(current)
                current = w
            else:
                current = join(current, w)
        out.append(current)
        i = j
    return out
