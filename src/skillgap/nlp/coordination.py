"""Skills that share a word: “image and video generation”, “data cleaning and visualization”."""

from __future__ import annotations

from .matcher import Candidate
from .tables import Sense, Tables
from .tokens import BREAK, CLOSE, LIST, OPEN, SLASH, WORD, Tokens
from .wordlist import words

_JOINERS = frozenset({"and", "or"})
_FUNCTION = words(
    "for in of to with using by from on at as via into through across within while is are was"
)
_SHARED_KINDS = frozenset({"concept", "practice", "standard", "certification", "soft_skill"})


def coordinated(tokens: Tokens, tables: Tables, found: list[Candidate]) -> list[Candidate]:
    """Candidates whose first or last word stands only once in the text."""
    covered = bytearray(len(tokens.raws))
    for candidate in found:
        for k in range(candidate.first, candidate.last):
            covered[k] = 1
    more: list[Candidate] = []
    for i, key in enumerate(tokens.keys):
        if (key in _JOINERS or tokens.kinds[i] == SLASH) and i:
            _head_shared(tokens, tables, i, covered, more)
            _modifier_shared(tokens, tables, i, covered, more)
    for candidate in found:
        if candidate.last < len(tokens.kinds) and tokens.kinds[candidate.last] == OPEN:
            _in_brackets(tokens, tables, candidate, covered, more)
    return more


def _sense(tables: Tables, key: str) -> Sense | None:
    """The one plain sense of a key, if a coordination may build it."""
    senses = tables.senses(key)
    if not senses or senses[0].turned or senses[0].rule >= 0:
        return None
    return senses[0] if tables.kinds[senses[0].skill] in _SHARED_KINDS else None


def _right(tokens: Tokens, i: int) -> list[int]:
    """Up to three words after a joiner."""
    words: list[int] = []
    k = i + 1
    while k < len(tokens.kinds) and len(words) < 3:
        if tokens.kinds[k] == WORD and tokens.keys[k] not in _JOINERS:
            words.append(k)
        elif not (tokens.kinds[k] == BREAK or tokens.raws[k] == "-"):
            break
        k += 1
    return words


def _left(tokens: Tokens, i: int) -> list[int]:
    """Up to two words before a joiner or a comma, nearest first."""
    words: list[int] = []
    k = i - 1
    while k >= 0 and len(words) < 2:
        if tokens.kinds[k] == WORD and tokens.keys[k] not in _JOINERS:
            words.append(k)
        elif not (tokens.kinds[k] == BREAK or tokens.raws[k] == "-"):
            break
        k -= 1
    return words


def _head_shared(
    tokens: Tokens, tables: Tables, i: int, covered: bytearray, more: list[Candidate]
) -> None:
    """“supervised and unsupervised learning”: the words before the joiner lack their head."""
    right = _right(tokens, i)
    joiner = i
    while True:
        left = _left(tokens, joiner)
        hit = -1
        for size in range(len(right), 1, -1):
            head = "".join(tokens.keys[k] for k in right[1:size])
            for count in range(len(left), 0, -1):
                part = "".join(tokens.keys[k] for k in reversed(left[:count]))
                sense = _sense(tables, part + head)
                if sense is not None and len(sense.surface.split()) > 1:
                    hit = left[count - 1]
                    if not all(covered[k] for k in left[:count]):
                        more.append(_shared(tokens, hit, right[size - 1], sense))
                    break
            if hit >= 0:
                break
        if hit < 1 or tokens.kinds[hit - 1] != LIST:
            return
        joiner = hit - 1


def _modifier_shared(
    tokens: Tokens, tables: Tables, i: int, covered: bytearray, more: list[Candidate]
) -> None:
    """“data cleaning, analysis and visualization”: the words after it lack their modifier."""
    right = _right(tokens, i)[:1]
    left = _left(tokens, i)
    items: list[int] = []
    while len(left) == 1 and left[0] and tokens.kinds[left[0] - 1] == LIST:
        items.append(left[0])
        left = _left(tokens, left[0] - 1)
    if len(left) < 2 or not right or tokens.kinds[i] == SLASH:
        return
    modifier = tokens.keys[left[1]]
    if _sense(tables, modifier + tokens.keys[left[0]]) is None:
        return
    for k in (*reversed(items), *right):
        sense = _sense(tables, modifier + tokens.keys[k])
        if sense is not None and not covered[k] and _ends_phrase(tokens, k):
            more.append(_shared(tokens, k, k, sense))


def _ends_phrase(tokens: Tokens, k: int) -> bool:
    """Whether no noun follows that a word would belong to (“insight delivery”)."""
    after = k + 1
    if after >= len(tokens.kinds) or tokens.kinds[after] != WORD:
        return True
    return tokens.keys[after] in _JOINERS or tokens.keys[after] in _FUNCTION


def _in_brackets(
    tokens: Tokens, tables: Tables, parent: Candidate, covered: bytearray, more: list[Candidate]
) -> None:
    """“AWS (Batch, Glue)”: the name before the bracket belongs to each item."""
    prefix = "".join(tokens.keys[k] for k in range(parent.first, parent.last))
    item: list[int] = []
    for k in range(parent.last + 1, min(parent.last + 60, len(tokens.kinds))):
        kind = tokens.kinds[k]
        if kind == WORD and tokens.keys[k] not in _JOINERS:
            item.append(k)
            continue
        if kind == BREAK or tokens.raws[k] == "-":
            continue
        if item:
            key = prefix + "".join(tokens.keys[w] for w in item)
            senses = tables.senses(key)
            if senses and not senses[0].turned and not all(covered[w] for w in item):
                more.append(_shared(tokens, item[0], item[-1], senses[0]))
            item = []
        if kind in (CLOSE, OPEN):
            return


def _shared(tokens: Tokens, first: int, last: int, sense: Sense) -> Candidate:
    return Candidate(
        first,
        last + 1,
        tokens.starts[first],
        tokens.end(last),
        sense,
        "pattern",
        0.9,
        shared=True,
        reason="shared word",
    )
