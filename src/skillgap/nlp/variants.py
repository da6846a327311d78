"""The surface forms that one label stands for.

A form is looked up by its squeezed key: the keys of its words joined. Where the words of a text may
be cut apart or joined is kept beside the key, so that “fine-tuning”, “fine tuning” and “finetuning”
are one form, and “I am” is not IAM.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from .tokens import BREAK, HYPHEN, LEXICON, SLASH, WORD, fold
from .wordlist import words

# What may stand at a boundary inside a form (bits).
GAP: Final = 1  # white space
DASH: Final = 2  # a hyphen
STROKE: Final = 4  # a slash
JOINED: Final = 8  # nothing
CAPITAL: Final = 16  # white space only if the next part starts with a capital (Power Point)


class Shape(NamedTuple):
    """One form: its key, where it may be cut (position in the key → bits), and its possible starts."""

    key: str
    cuts: dict[int, int]
    starts: tuple[str, ...]


# A first part that is a common word would turn prose into names: “in design”, “to go”.
_NO_SPLIT = words(
    "a an as at be by do go he i if in is it me my no of on or so to up us we the one all for"
)
_LETTER_DASH = re.compile(r"[A-Z]-[A-Z]{2}")  # D-ID is not "did"
_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+[a-z]?|[^A-Za-z\d]+")


def shape(label: str) -> Shape | None:
    """The shape of a label; None where it holds no word."""
    tokens = LEXICON.tokens(label)
    key = ""
    cuts: dict[int, int] = {}
    starts: list[str] = []
    between = 0  # bits for the boundary before the next word
    for raw, kind, part in zip(tokens.raws, tokens.kinds, tokens.keys, strict=True):
        if kind == HYPHEN:
            between = GAP | DASH | JOINED
        elif kind == SLASH:
            between = GAP | DASH | STROKE | JOINED
        elif kind in (WORD, BREAK):
            if not part:
                continue
            if key:
                cuts[len(key)] = between or (GAP | DASH | JOINED)
                starts.append(key)
            _inner_cuts(raw, len(key), cuts, starts, key)
            key += part
            between = 0
        else:
            between = between or (GAP | DASH | JOINED)
    if not key:
        return None
    starts.append(key)
    if len(key) < 5:  # short names are not glued or torn: “AI ML” is not “AIML”
        cuts = (
            {
                at: bits & ~JOINED if bits & GAP and not bits & STROKE else bits
                for at, bits in cuts.items()
            }
            if " " in label.strip() or _LETTER_DASH.match(label)
            else cuts
        )
    return Shape(key, cuts, tuple(dict.fromkeys(starts)))


def _inner_cuts(raw: str, base: int, cuts: dict[int, int], starts: list[str], before: str) -> None:
    """Cuts inside one word: PyTorch, GPT4, Node.js."""
    if raw[0] == ".":
        return
    at = 0
    previous = ""
    for piece in re.split(r"[.]", raw):
        for inner, part in enumerate(_PARTS.findall(piece)):
            if at:
                bits = JOINED
                left = previous.lower()
                if inner == 0:  # after a dot
                    bits |= GAP | DASH
                elif part[0].isdigit() or previous[-1].isdigit():
                    bits |= DASH
                    if len(left) >= 3 and part[0].isdigit():
                        bits |= GAP
                elif previous[-1].islower() and part[0].isupper() and left not in _NO_SPLIT:
                    bits |= CAPITAL | DASH
                if bits != JOINED:
                    cuts[base + at] = bits
                    starts.append(before + fold(raw.replace(".", "")[:at]))
            at += len(fold(part)) if part.isalnum() or part[0] in "+#" else len(part)
            previous = part


# ── number ───────────────────────────────────────────────────────────────────────────────────────

_NAMES = frozenset({"tool", "language", "platform"})
_KEEP_S = ("ss", "us", "is", "ics", "ops", "'s", "’s", "ios", "aws", "css", "sass", "news")


def other_number(label: str, kind: str) -> str | None:
    """The plural of a singular label and the other way round; None where there is none."""
    head, space, last = label.rpartition(" ")
    if "-" in last and not space:
        head, space, last = label.rpartition("-")
    if not last.isalpha() or len(last) < 2:
        return None
    if kind in _NAMES and not head:
        return None
    acronym = last.isupper()
    low = last.lower()
    if acronym:
        return f"{label}s" if not low.endswith("s") and len(last) > 1 else None
    if last[:-1].isupper() and last[-1] == "s" and len(last) > 2:
        return head + space + last[:-1]  # KPIs
    if low.endswith("s"):
        if low.endswith(_KEEP_S) or len(low) < 4:
            return None
        if low.endswith("ies") and len(low) > 4:
            single = last[:-3] + "y"
        elif low.endswith(("sses", "ches", "shes", "xes")):
            single = last[:-2]
        else:
            single = last[:-1]
        return head + space + single
    if low.endswith(("ch", "sh", "x", "z")):
        many = last + "es"
    elif low.endswith("y") and low[-2] not in "aeiou":
        many = last[:-1] + "ies"
    else:
        many = last + "s"
    return head + space + many


# ── spelling ─────────────────────────────────────────────────────────────────────────────────────

_SPELLINGS = [
    (re.compile(a, re.I), b)
    for a, b in (
        (r"(?<=[a-z]{3})isation", "ization"),
        (r"(?<=[a-z]{3})ising\b", "izing"),
        (r"(?<=(?:tim|mal|ual|kan|tom|erg))ise(?=[drs]?\b)", "ize"),
        (r"analys(?=ing|ed?\b|er)", "analyz"),
        (r"odell(?=ing|ed|er)", "odel"),
        (r"abell(?=ing|ed|er)", "abel"),
        (r"behaviour", "behavior"),
        (r"colour", "color"),
        (r"\bcentre", "center"),
        (r"\bcentred", "centered"),
        (r"neighbour", "neighbor"),
        (r"catalogue", "catalog"),
        (r"programme\b", "program"),
        (r"defence", "defense"),
        (r"licence", "license"),
        (r"judgement", "judgment"),
        (r"artefact", "artifact"),
        (r"tuneing", "tuning"),
    )
]
_BRITISH = [
    (re.compile(a, re.I), b)
    for a, b in (
        (r"(?<=[a-z]{3})ization", "isation"),
        (r"(?<=[a-z]{3})izing\b", "ising"),
        (r"(?<=(?:tim|mal|ual|tom))ize(?=[drs]?\b)", "ise"),
        (r"analyz(?=ing|ed?\b|er)", "analys"),
        (r"odel(?=ing|ed\b|er\b)", "odell"),
        (r"abel(?=ing|ed\b|er\b)", "abell"),
        (r"behavior", "behaviour"),
        (r"\bcolor", "colour"),
        (r"\bcenter", "centre"),
        (r"neighbor", "neighbour"),
        (r"\bcatalog\b", "catalogue"),
        (r"defense", "defence"),
        (r"license", "licence"),
        (r"judgment", "judgement"),
        (r"artifact", "artefact"),
    )
]


def other_spellings(label: str) -> Iterator[str]:
    """The American and the British spelling of a label, where they differ from it."""
    for rules in (_SPELLINGS, _BRITISH):
        changed = label
        for pattern, by in rules:
            changed = pattern.sub(by, changed)
        if changed != label:
            yield changed


# ── word forms ───────────────────────────────────────────────────────────────────────────────────


# Verbs in -ize that say nothing outside the trade ("organized" and "optimized" do).
_TECHNICAL_VERBS = words(
    "containeriz dockeriz quantiz tokeniz lemmatiz paralleliz vectoriz virtualiz binariz serializ"
)


def verb_forms(label: str, kind: str) -> Iterator[str]:
    """“fine-tuning” → “fine-tuned”, “fine-tune”: hyphenated gerunds only, which nothing else is."""
    low = label.lower()
    if kind not in ("concept", "practice") or " " in label:
        return
    if low.endswith("ization") and low[:-5] in _TECHNICAL_VERBS:
        stem = label[:-5]
        yield from (f"{stem}{end}" for end in ("e", "ed", "es", "ing"))
        return
    if not low.endswith("ing"):
        return
    head, dash, _ = label.rpartition("-")
    stem = label[:-3]
    if not dash or len(head) < 3 or stem.endswith("-"):
        return
    yield from (stem + "ed", stem + "e", stem + "es", stem, stem + "s")


# Nouns of doing, and the verb forms that say the same with the object after them.
_VERBS: dict[str, tuple[str, ...]] = {
    "analysis": ("analyzing", "analyze", "analyzed"),
    "annotation": ("annotating", "annotated"),
    "augmentation": ("augmenting", "augmented"),
    "classification": ("classifying", "classified"),
    "cleaning": ("cleaning", "cleaned"),
    "compression": ("compressing", "compressed"),
    "deployment": ("deploying", "deployed"),
    "detection": ("detecting",),
    "distillation": ("distilling", "distilled"),
    "evaluation": ("evaluating", "evaluated"),
    "extraction": ("extracting", "extracted"),
    "generation": ("generating",),
    "labeling": ("labeling", "labeled"),
    "mining": ("mining", "mined"),
    "modeling": ("modeling",),
    "monitoring": ("monitoring", "monitored"),
    "optimization": ("optimizing", "optimized"),
    "preprocessing": ("preprocessing", "preprocessed"),
    "quantization": ("quantizing", "quantized"),
    "reduction": ("reducing",),
    "scraping": ("scraping", "scraped"),
    "segmentation": ("segmenting", "segmented"),
    "selection": ("selecting",),
    "serving": ("serving",),
    "summarization": ("summarizing", "summarized"),
    "training": ("training",),
    "tuning": ("tuning", "tuned"),
    "validation": ("validating",),
    "visualization": ("visualizing", "visualized"),
    "wrangling": ("wrangling", "wrangled"),
}


# Tasks and what does them: spam detection, a spam detector.
_DOERS: dict[str, str] = {
    "classification": "classifier",
    "detection": "detector",
    "generation": "generator",
    "prediction": "predictor",
    "recognition": "recognizer",
    "summarization": "summarizer",
    "translation": "translator",
    "segmentation": "segmenter",
    "extraction": "extractor",
    "recommendation": "recommender",
    "scraping": "scraper",
    "crawling": "crawler",
}


def doer_forms(label: str, kind: str) -> Iterator[str]:
    """“text classification” → “text classifier”, “text classifiers”; labels of several words."""
    head, space, last = label.rpartition(" ")
    doer = _DOERS.get(last.lower())
    if space and doer and kind in ("concept", "practice"):
        yield from (f"{head} {doer}", f"{head} {doer}s")


def turned_forms(label: str, kind: str) -> Iterator[str]:
    """“data cleaning” → “cleaning data”, “cleaned data”, “cleaning of data”; two words only."""
    words = label.split(" ")
    if kind not in ("concept", "practice") or len(words) != 2 or not words[0].isalpha():
        return
    american = next(iter(s for s in other_spellings(words[1]) if s.lower() in _VERBS), words[1])
    verbs = _VERBS.get(american.lower())
    if verbs is None:
        return
    thing = words[0]
    things = [thing]
    if not thing.lower().endswith("s") and thing.lower() not in ("data", "text", "speech"):
        things.append(thing + "s")
    for noun in things:
        # A participle before a noun is mostly an adjective ("deployed models"): gerunds for most.
        yield from (f"{verb} {noun}" for verb in verbs)
        yield f"{american.lower()} of {noun}"
