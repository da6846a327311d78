"""Training: the same contexts give the same model, and bad lines are named."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from skillgap.errors import ConfigError
from skillgap.nlp.build import build, make_pipeline
from skillgap.nlp.extract import SkillExtractor
from skillgap.nlp.linear import BITS, Linear, Trained, buckets
from skillgap.nlp.load import _bytes, _trained
from skillgap.nlp.train import (
    fit,
    fit_all,
    macro_f1,
    outcome,
    outcomes_text,
    read_contexts,
    status_examples,
    train,
)
from skillgap.taxonomy.model import Taxonomy

TOOLS = ("Python", "Docker", "Keras", "PyTorch", "Kubernetes", "Java", "React", "AWS")
FRAMES = {
    "claimed": ("Built services in {}.", "Ran {} for years.", "Shipped {} last spring."),
    "aspired": ("Someday {} perhaps.", "Someday I hope for {}.", "Someday soon {} it is."),
    "negated": ("Alas {} is a blank.", "Alas I skipped {}.", "Alas never any {}."),
    "other": ("Grandma fixes {}.", "Grandma ran {} shops.", "Grandma sells {}."),
}


def contexts(folder: Path) -> Path:
    rows = []
    for status, frames in FRAMES.items():
        for frame in frames:
            for tool in TOOLS:
                text = frame.format(tool)
                at = text.index(tool)
                rows.append(
                    {
                        "text": text,
                        "start": at,
                        "end": at + len(tool),
                        "form": tool,
                        "skill": tool.lower(),
                        "status": status,
                        "section": "experience",
                        "writer": "t",
                    }
                )
    rows.append({**rows[0], "text": "Go home", "start": 0, "end": 2, "form": "Go", "skill": None})
    (folder / "status.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def test_a_trained_status_beats_the_rules_and_is_reproducible(
    taxonomy: Taxonomy, tmp_path: Path
) -> None:
    nlp = make_pipeline(taxonomy)
    rows = read_contexts(contexts(tmp_path))
    examples = status_examples(nlp, rows)
    found = outcome(examples)
    assert found.trained > found.rules
    assert found.trained > 0.9
    assert outcomes_text({"status": found})[0] == f"status: {len(rows) - 1} contexts, not shipped"
    again = fit_all(status_examples(nlp, rows))
    assert fit_all(examples).to_bytes() == again.to_bytes()


def test_the_pipeline_carries_the_model(taxonomy: Taxonomy, tmp_path: Path) -> None:
    nlp = make_pipeline(taxonomy)
    model = fit_all(status_examples(nlp, read_contexts(contexts(tmp_path))))
    trained = Trained(status=model)
    assert build(taxonomy, tmp_path / "a", trained) == build(taxonomy, tmp_path / "b", trained)
    files = [_bytes(tmp_path / "a" / name) for name in ("skillgap_senses", "skillgap_context")]
    restored = _trained(files)
    assert restored.senses is None
    extractor = SkillExtractor(make_pipeline(taxonomy, restored))
    assert [m.status for m in extractor("Grandma ran Python shops.")] == ["other"]
    assert [m.status for m in extractor("Built services in Python.")] == ["claimed"]
    assert [m.status for m in extractor("No experience with Python.")] != ["claimed"]


def test_no_contexts_no_model(taxonomy: Taxonomy, tmp_path: Path) -> None:
    assert train(taxonomy, tmp_path) == Trained()


@pytest.mark.parametrize("line", ["{", '{"text": "x"}', "[]"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"a\.jsonl:2"):
        read_contexts(tmp_path)


def test_a_place_that_is_not_its_form_is_named(tmp_path: Path) -> None:
    folder = contexts(tmp_path)
    path = folder / "status.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"start": 18', '"start": 17', 1))
    with pytest.raises(ConfigError, match="is not the form"):
        read_contexts(folder)


def test_linear_survives_saving() -> None:
    rows = [["a", "x"], ["b", "x"], ["a", "y"], ["b", "y"]] * 5
    model = fit(rows, ["no", "yes"] * 10, ("no", "yes"), ["word"])
    again = Linear.from_bytes(model.to_bytes())
    assert again.triggers == {"word"}
    assert np.allclose(again.weights, model.weights, atol=1e-2)
    assert again.probabilities(["b"])[1] > 0.7 > again.probabilities(["a"])[1]
    assert sum(again.probabilities(["never seen"])) == pytest.approx(1.0)


def test_buckets_are_distinct_and_in_range() -> None:
    found = buckets(["a", "a", "b"])
    assert len(found) == 2
    assert all(0 <= b < 1 << BITS for b in found)


def test_macro_f1() -> None:
    assert macro_f1(["a", "b"], ["a", "b"], ("a", "b")) == 1.0
    assert macro_f1(["a", "b"], ["a", "a"], ("a", "b")) == pytest.approx(1 / 3)
