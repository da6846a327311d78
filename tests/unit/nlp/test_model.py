"""The committed pipeline is the one that the taxonomy and the contexts make."""

from __future__ import annotations

from pathlib import Path

from skillgap.nlp.build import build
from skillgap.nlp.train import train
from skillgap.resources import locate
from skillgap.taxonomy.load import load_taxonomy


def test_rebuilt_equals_committed(tmp_path: Path) -> None:
    taxonomy = load_taxonomy()
    committed = locate("models/skillgap_en")
    contexts = committed.parent / "training"
    trained = train(taxonomy, contexts)
    build(taxonomy, tmp_path, trained)
    for path in sorted(p for p in tmp_path.rglob("*") if p.is_file()):
        name = path.relative_to(tmp_path)
        same = (committed / name).is_file() and (committed / name).read_bytes() == path.read_bytes()
        assert same, f"{name} differs: run `skillgap train` and commit models/skillgap_en"
