"""Which skills of a sentence are a choice ("AWS, GCP or Azure"), and how choices of a posting merge."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..types import Mention
from .posting_rules import PostingRules

BRACKET = 300  # characters that a bracket may hold
MOST_KINDS = 20  # mentions in a bracket that are looked at
REACH = 40  # characters between two members of one list
# Between two members of a list stands nothing but punctuation, "or", and the words around a name.
_JOIN = re.compile(
    r"^\W{0,3}(?:\w+\W+){0,2}?(?:,|/|;|\bor\b|\band/or\b|\band\b|\|)\W*(?:\w+\W+){0,2}?$",
    re.IGNORECASE,
)
_OR = re.compile(r"\bor\b|\band/or\b|/|\|", re.IGNORECASE)
_AND = re.compile(r"\band\b(?!/or)|&|\+", re.IGNORECASE)
_BRACKET = re.compile(r"^\s*(?:\w+\s+){0,3}\((?:[\w.]+[\s,]+){0,3}$")
_BOUNDARY = re.compile(r"[.;:!?]\s|\n")


class Choice(NamedTuple):
    """Skills of which one is enough, and the wider concept that a list of examples stands under."""

    members: tuple[str, ...]
    wider: str | None = None


def choices(
    text: str, start: int, end: int, mentions: Sequence[Mention], rules: PostingRules
) -> Iterator[Choice]:
    """The choices of one sentence. `mentions` are those inside it, in text order."""
    for run in _runs(text, mentions):
        if len({m.skill for m in run}) < 2:
            continue
        between = [text[a.end : b.start] for a, b in pairwise(run)]
        before = text[max(start, run[0].start - REACH) : run[0].start]
        after = text[run[-1].end : min(end, run[-1].end + REACH)]
        opened = _opened(before, rules)
        closed = bool(re.match(r"[\s,)]*", after)) and bool(
            (m := rules.patterns.closer.search(after)) and m.start() <= 3
        )
        last = between[-1]
        either = bool(_OR.search(last)) and not _AND.search(_OR.sub("", last))
        if not (opened or closed or either):
            continue
        head = _head(text, start, run, mentions) if opened or closed else None
        yield Choice(tuple(dict.fromkeys(m.skill for m in run)), head)


def bracketed(
    text: str, mentions: Sequence[Mention], follows: Callable[[str, str], bool]
) -> Iterator[Choice]:
    """Brackets that name kinds of what stands before them: “experiment tracking (MLflow)”.

    `follows(wide, narrow)` says whether the one is a kind of the other.
    """
    for index, (before, first) in enumerate(pairwise(mentions)):
        if not _BRACKET.match(text[before.end : first.start]) or before.skill == first.skill:
            continue
        close = text.find(")", first.end, first.end + BRACKET)
        inside = mentions[index + 1 : index + 1 + MOST_KINDS]
        kinds = [m.skill for m in inside if m.end <= close and follows(before.skill, m.skill)]
        if kinds:
            yield Choice(tuple(dict.fromkeys(kinds)), before.skill)


def _runs(text: str, mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Mentions that stand in one list."""
    run: list[Mention] = []
    for mention in mentions:
        if run:
            gap = text[run[-1].end : mention.start]
            listed = len(gap) <= REACH and bool(_JOIN.match(gap)) and not _BOUNDARY.search(gap)
            if not listed or ("(" in gap and ")" not in gap):
                yield run
                run = []
        run.append(mention)
    if run:
        yield run


def _opened(before: str, rules: PostingRules) -> bool:
    """Whether a word that opens a list of examples stands just before it."""
    ends = [match.end() for match in rules.patterns.opener.finditer(before)]
    if not ends:
        return False
    rest = before[ends[-1] :]
    return len(rest.split()) <= 3 and not _BOUNDARY.search(rest)


def _head(text: str, start: int, run: list[Mention], mentions: Sequence[Mention]) -> str | None:
    """The skill that the examples are examples of: the nearest one before the list."""
    at = bisect_left(mentions, run[0].start, key=lambda m: m.start)
    if not at or not 0 <= run[0].start - mentions[at - 1].end <= REACH:
        return None
    gap = text[mentions[at - 1].end : run[0].start]
    return None if _BOUNDARY.search(gap) else mentions[at - 1].skill


def merged(groups: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Choices that share most of their members as one, in order of the first."""
    result: list[list[str]] = []
    for group in groups:
        for known in result:
            shared = len(set(known) & set(group))
            if shared * 2 >= min(len(known), len(group)):
                known += [m for m in group if m not in known]
                break
        else:
            result.append(list(group))
    return [tuple(g) for g in result]
