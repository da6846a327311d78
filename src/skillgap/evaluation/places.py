"""Single places: ambiguous forms of gold files, and labelled passages (one JSON object a line).

A gold file's `ambiguous` lists places by offset or by the words around them; a place is right if a
mention stands there exactly where it names a skill. A labelled passage is right if its form has the
status that it should have; a form that is not found has none, and counts as missed.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..analyzer import Analyzer, Reading
from ..errors import ConfigError
from ..types import Section
from .gold import Gold

STATUSES = ("aspired", "negated", "other", "claimed")
_AROUND = 40  # characters either side of a place that is told by its offset
_RESAMPLES, _SEED = 1000, 20261124


class Place(NamedTuple):
    """One ambiguous place and whether it was read rightly."""

    file: str
    text: str
    skill: bool
    said: bool
    line: str


def ambiguous_places(reading: Reading, gold: Gold, document: Path) -> list[Place]:
    """The places of a gold file's `ambiguous`; ConfigError for one that is not in the document."""
    text = reading.document.text
    letters, where = _squeezed(text)
    places: list[Place] = []
    for row in gold.raw.get("ambiguous", ()):
        context, at = row.get("context"), row.get("at", 0)
        if context is None:
            raw = document.read_text(encoding="utf-8")
            first = max(0, row["start"] - _AROUND)
            context, at = raw[first : row["end"] + _AROUND], row["start"] - first
        found = letters.find(_squeezed(context)[0])
        if found < 0:
            raise ConfigError(f"{gold.path}: {row['text']!r} is not in the document.", _HINT)
        start = where[found + len(_squeezed(context[:at])[0])]
        end = start + len(row["text"])
        said = any(m.start < end and start < m.end for m in reading.annotations.mentions)
        line = text[max(0, start - _AROUND) : end + _AROUND].replace("\n", " ")
        places.append(Place(gold.path.name, row["text"], row["skill"], said, line))
    return places


_HINT = "See docs/evaluation.md for the key `ambiguous`."


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Letters and digits alone, and where each stands: spaces and marks differ between readers."""
    pairs = [(low, i) for i, c in enumerate(text) if c.isalnum() for low in c.casefold()]
    return "".join(c for c, _ in pairs), [i for _, i in pairs]


def share(right: Sequence[bool]) -> dict[str, Any]:
    """Right, count and share with a 95 % bootstrap interval over the places."""
    rng = random.Random(_SEED)
    n = len(right)
    draws = sorted(sum(rng.choices(right, k=n)) / n for _ in range(_RESAMPLES))
    low, high = draws[int(0.025 * _RESAMPLES)], draws[int(0.975 * _RESAMPLES) - 1]
    value = sum(right) / n
    return {
        "right": sum(right),
        "count": n,
        "value": round(value, 4),
        "low": round(low, 4),
        "high": round(high, 4),
    }


def passages(folders: Iterable[Path]) -> list[dict[str, Any]]:
    """The labelled passages of all JSONL files below folders; files of other rows are left alone."""
    rows: list[dict[str, Any]] = []
    for folder in folders:
        for path in sorted(folder.rglob("*.jsonl") if folder.is_dir() else ()):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                try:
                    row = json.loads(line)
                except ValueError as error:
                    raise ConfigError(f"{path}:{number}: no JSON: {error}.", _HINT) from error
                if not isinstance(row, dict) or not {"form", "status", "start"} <= row.keys():
                    break
                rows.append({**row, "file": path.stem})
    return [row for row in rows if row["status"] in STATUSES]


def evaluate_passages(analyzer: Analyzer, rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """F1 of each status by file of cases, forms that are not found counting as missed.

    A file named after a status is measured for that status, any other for all of them.
    """
    pairs: dict[str, Counter[tuple[str, str]]] = {}
    writers: dict[str, Counter[tuple[str, str]]] = {}
    for row in rows:
        text = row["text"]
        mentions = analyzer.extractor(text, (Section(row["section"], "", 0, len(text), 0),))
        hits = [m for m in mentions if m.start < row["end"] and row["start"] < m.end]
        pair = (row["status"], str(hits[0].status) if hits else "missed")
        pairs.setdefault(row["file"], Counter())[pair] += 1
        writers.setdefault(f"{row['file']}, writer {row['writer']}", Counter())[pair] += 1
    return {
        "statuses": {name: _by_status(name, counts) for name, counts in pairs.items()},
        "writers": {name: _by_status(name.split(",")[0], c) for name, c in writers.items()},
    }


def _by_status(name: str, pairs: Counter[tuple[str, str]]) -> dict[str, Any]:
    wanted = (name,) if name in STATUSES else STATUSES
    return {status: status_f1(pairs, status) for status in wanted} | {
        "missed": sum(n for (_, said), n in pairs.items() if said == "missed")
    }


def status_f1(pairs: Counter[tuple[str, str]], status: str) -> dict[str, Any]:
    """2·hits / (true + said), with a 95 % bootstrap interval over the places."""
    rows = [pair for pair, n in sorted(pairs.items()) for _ in range(n)]
    rng = random.Random(_SEED)
    draws = sorted(_f1(rng.choices(rows, k=len(rows)), status) for _ in range(_RESAMPLES))
    return {
        "true": sum(t == status for t, _ in rows),
        "said": sum(s == status for _, s in rows),
        "f1": round(_f1(rows, status), 4),
        "low": round(draws[int(0.025 * _RESAMPLES)], 4),
        "high": round(draws[int(0.975 * _RESAMPLES) - 1], 4),
    }


def _f1(rows: Sequence[tuple[str, str]], status: str) -> float:
    hits = sum(t == s == status for t, s in rows)
    total = sum((t == status) + (s == status) for t, s in rows)
    return 2 * hits / total if total else 0.0


def passages_text(measured: dict[str, Any]) -> str:
    """The figures of passages for people."""
    lines = []
    for title, found in (*measured["statuses"].items(), *measured["writers"].items()):
        for status, v in found.items():
            if status != "missed":
                lines.append(
                    f"{title:<20} {status:<8} F1 {v['f1']:.3f}   95 % {v['low']:.3f}–{v['high']:.3f}"
                    f"   true {v['true']}, said {v['said']}, not found {found['missed']}"
                )
    return "\n".join(lines)
