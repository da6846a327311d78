"""Builds the pipeline of models/skillgap_en from a taxonomy; the same input gives the same bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import spacy
import yaml
from spacy.language import Language

from ..resources import locate
from ..taxonomy.model import Taxonomy
from . import components  # noqa: F401  (registers the factories)
from .context import Assertions
from .cues import Cues
from .linear import Trained
from .load import content_digest
from .paraphrases import Paraphrases
from .tables import compile_tables

NAME = "skillgap_en"
_RULES_ALONE = Trained()


def make_pipeline(taxonomy: Taxonomy, trained: Trained = _RULES_ALONE) -> Language:
    """The pipeline in memory, with the given trained models."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "skillgap_tokenizer"}}})
    matcher: Any = nlp.add_pipe("skillgap_matcher")
    senses: Any = nlp.add_pipe("skillgap_senses")
    paraphrases: Any = nlp.add_pipe("skillgap_paraphrases")
    context: Any = nlp.add_pipe("skillgap_context")
    matcher.use(compile_tables(taxonomy.skills.values()))
    senses.model = trained.senses
    folder = locate("taxonomy")
    context.assertions = Assertions(Cues.compile(_yaml(folder / "assertions.yaml")), trained.status)
    extra = folder / "paraphrases.yaml"
    if extra.is_file():
        paraphrases.paraphrases = Paraphrases.compile(_yaml(extra))
    nlp.meta.update(
        {
            "name": NAME.partition("_")[0],
            "version": taxonomy.version,
            "description": "Finds skills of generative-AI careers in résumés.",
            "author": "The skillgap authors",
            "license": "MIT",
            "skillgap": {"content": content_digest(taxonomy)},
        }
    )
    return nlp


def build(taxonomy: Taxonomy, target_dir: str | Path, trained: Trained = _RULES_ALONE) -> str:
    """Write the pipeline to a folder; returns the sha256 over all files written."""
    target = Path(target_dir)
    make_pipeline(taxonomy, trained).to_disk(target)
    total = hashlib.sha256()
    for path in sorted(p for p in target.rglob("*") if p.is_file()):
        total.update(path.relative_to(target).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _yaml(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded
