"""One document on its way through the components: tokens, layout, units and what was found."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from ..types import Mention
from .layout import Layout, Unit, units
from .matcher import Candidate
from .tables import Tables
from .tokenizer import tokens_of
from .tokens import BLANK, BREAK, Tokens

LAYOUT = "skillgap_layout"  # keys of Doc.user_data
SCENE = "skillgap_scene"


@dataclass(slots=True)
class Scene:
    """What the components hand on to each other (beside `doc.spans`, which is for everyone else)."""

    tokens: Tokens
    layout: Layout
    units: list[Unit]
    candidates: list[Candidate] = field(default_factory=list)
    mentions: tuple[Mention, ...] = ()
    firsts: list[int] = field(default_factory=list)
    tables: Tables | None = None
    around: dict[tuple[int, int], Any] = field(default_factory=dict)  # remembered by the senses

    def unit_of(self, token: int) -> Unit:
        """The unit that holds a token."""
        return self.units[bisect_right(self.firsts, token) - 1]

    def line_of(self, token: int) -> tuple[int, int]:
        """The tokens of the line that holds a token (half-open)."""
        kinds = self.tokens.kinds
        first = token
        while first > 0 and kinds[first - 1] not in (BREAK, BLANK):
            first -= 1
        last = token
        while last < len(kinds) and kinds[last] not in (BREAK, BLANK):
            last += 1
        return first, last


def scene_of(doc: Doc) -> Scene:
    """The scene of a Doc, made at first use."""
    scene = doc.user_data.get(SCENE)
    if not isinstance(scene, Scene):
        tokens = tokens_of(doc)
        layout = doc.user_data.get(LAYOUT) or Layout()
        marks = [m for s in layout.sections for m in (s.start, s.body) if m]
        found = units(tokens, marks)
        scene = Scene(tokens, layout, found, firsts=[u.first for u in found])
        doc.user_data[SCENE] = scene
    return scene
