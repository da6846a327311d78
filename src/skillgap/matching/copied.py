"""Whether a résumé pastes the posting that it is compared with.

Long runs of the same words are no evidence of work: what stands in them is not counted, and the report
says so. Twelve words in a row are far more than two people write alike by chance; names of degrees and
lists of tools stay below that.
"""

from __future__ import annotations

import re

RUN = 12  # words in a row
LEAST = 24  # words in all, below which nothing is said

_WORD = re.compile(r"[\w+#]+")


def copied_runs(resume: str, posting: str) -> tuple[tuple[int, int], ...]:
    """Spans of the résumé that stand word for word in the posting; () for less than `LEAST` words."""
    theirs = [m[0].casefold() for m in _WORD.finditer(posting)]
    known = {tuple(theirs[i : i + RUN]) for i in range(len(theirs) - RUN + 1)}
    if not known:
        return ()
    words = list(_WORD.finditer(resume))
    folded = [m[0].casefold() for m in words]
    spans: list[list[int]] = []  # first and last word
    for i in range(len(words) - RUN + 1):
        if tuple(folded[i : i + RUN]) in known:
            if spans and i <= spans[-1][1]:
                spans[-1][1] = i + RUN - 1
            else:
                spans.append([i, i + RUN - 1])
    if sum(last - first + 1 for first, last in spans) < LEAST:
        return ()
    return tuple((words[first].start(), words[last].end()) for first, last in spans)


def without_runs(resume: str, posting: str) -> str:
    """A résumé's own words: what it shares with the posting left out."""
    out, at = [], 0
    for start, end in copied_runs(resume, posting):
        out.append(resume[at:start])
        at = end
    return " ".join([*out, resume[at:]])


def words_in(text: str, spans: tuple[tuple[int, int], ...]) -> int:
    """How many words the spans hold."""
    return sum(len(_WORD.findall(text, a, b)) for a, b in spans)
