"""The written cases of tests/data/assertions against the built-in pipeline: F1 of each status."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from skillgap.nlp.extract import SkillExtractor
from skillgap.nlp.load import load_extractor
from skillgap.taxonomy.load import load_taxonomy
from skillgap.types import Section

CASES = Path(__file__).parents[2] / "data" / "assertions"


@pytest.fixture(scope="module")
def builtin() -> SkillExtractor:
    return load_extractor(load_taxonomy())


def confusion(extractor: SkillExtractor, name: str) -> Counter[tuple[str, str]]:
    """(true status, said status) over the places of a file whose skill was found at all."""
    pairs: Counter[tuple[str, str]] = Counter()
    for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        found = extractor(text, (Section(row["section"], "", 0, len(text), 0),))
        hits = [m for m in found if m.start < row["end"] and row["start"] < m.end]
        if hits:
            pairs[row["status"], hits[0].status] += 1
    return pairs


@pytest.mark.parametrize(
    ("status", "floor"), [("aspired", 0.85), ("negated", 0.85), ("other", 0.75)]
)
def test_f1(builtin: SkillExtractor, status: str, floor: float) -> None:
    pairs = confusion(builtin, status)
    hits = pairs[status, status]
    true = sum(n for (t, _), n in pairs.items() if t == status)
    said = sum(n for (_, s), n in pairs.items() if s == status)
    assert true >= 80
    assert 2 * hits / (true + said) >= floor, pairs
