"""Cue phrases of the assertion (taxonomy/assertions.yaml), expanded to a tree of word keys.

In a phrase `(a|b c)` stands for one of its parts, `[a|b]` for one of them or nothing.
"""

from __future__ import annotations

import itertools
import re
from typing import Any, NamedTuple

from .tokens import LEXICON

_PIECE = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]|([^\s()\[\]]+)")
END_KEY = ""  # the key of a tree's node that holds the cue


class Cue(NamedTuple):
    """What a phrase says about the skills near it."""

    status: str  # a Status, or "pseudo": means nothing though it looks like a cue
    direction: str  # forward | back_item | back_list | label
    phrase: str


def expand(phrase: str) -> list[tuple[str, ...]]:
    """All key sequences that a phrase stands for."""
    choices: list[list[str]] = []
    for required, optional, word in _PIECE.findall(phrase):
        if word:
            choices.append([word])
        elif required:
            choices.append(required.split("|"))
        else:
            choices.append(["", *optional.split("|")])
    sequences: dict[tuple[str, ...], None] = {}
    for combination in itertools.product(*choices):
        keys = tuple(k for k in LEXICON.tokens(" ".join(combination)).keys if k)
        if keys:
            sequences[keys] = None
    return list(sequences)


def cue_tree(data: dict[str, Any]) -> dict[str, Any]:
    """The tree of all cues: nested by key, a leaf under END_KEY as [status, direction, phrase]."""
    tree: dict[str, Any] = {}
    for row in data["cues"]:
        for phrase in row["phrases"]:
            for keys in expand(phrase):
                node = tree
                for key in keys:
                    node = node.setdefault(key, {})
                node.setdefault(END_KEY, []).append([row["status"], row["direction"], phrase])
    return tree
