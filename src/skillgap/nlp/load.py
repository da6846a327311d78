"""Finds the compiled pipeline of a taxonomy, or compiles it once and keeps it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ResourceMissing
from ..resources import cached_path, locate
from ..taxonomy.model import Skill, Taxonomy
from .extract import SkillExtractor

if TYPE_CHECKING:
    from .linear import Trained

_RULES = ("assertions.yaml", "paraphrases.yaml")
_TRAINED = ("skillgap_senses", "skillgap_context")  # files of the saved pipeline that hold weights
_CODE = ("cues.py", "paraphrases.py", "tables.py", "tokens.py", "variants.py", "wordlist.py")


def content_digest(taxonomy: Taxonomy) -> str:
    """sha256 over all that the pipeline is made from: forms of skills, rules, the code that compiles."""
    total = hashlib.sha256(f"skillgap {taxonomy.version}\n".encode())
    here = Path(__file__).parent
    for name in _CODE:
        total.update((here / name).read_bytes())
    total.update("\n".join(_lines(taxonomy.skills.values())).encode())
    folder = locate("taxonomy")
    for name in _RULES:
        path = folder / name
        total.update(path.read_bytes() if path.is_file() else b"-")
    return total.hexdigest()


def _lines(skills: Iterable[Skill]) -> Iterable[str]:
    for s in skills:
        yield repr((s.id, s.label, s.kind, s.alt, s.hidden, s.replaced_by))
        for f in s.forms:
            yield repr((f.text, f.case, f.context, f.cues, f.anti_cues, f.not_before, f.not_after))


def load_extractor(taxonomy: Taxonomy) -> SkillExtractor:
    """The extractor of a taxonomy: models/skillgap_en if it was built from it, else a kept build.

    A build for another taxonomy takes the trained models of the shipped one. It is found by the
    digest of its content, so it is never stale. Where the cache can't be written the pipeline is made
    in memory.
    """
    content = content_digest(taxonomy)
    shipped: Path | None = None
    with contextlib.suppress(ResourceMissing):
        shipped = locate("models/skillgap_en")
    if shipped is not None and _content_of(shipped) == content:
        return SkillExtractor(_load(shipped))
    weights = [_bytes(shipped / name) for name in _TRAINED] if shipped is not None else []
    kept = cached_path(
        "skillgap_en", hashlib.sha256(content.encode() + b"".join(weights)).hexdigest()
    )
    if _content_of(kept) == content:
        return SkillExtractor(_load(kept))
    from .build import make_pipeline

    nlp = make_pipeline(taxonomy, _trained(weights))
    _keep(nlp, kept)
    return SkillExtractor(nlp)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _trained(weights: list[bytes]) -> Trained:
    """The trained models of the shipped pipeline: they know words, and fit any taxonomy."""
    import srsly

    from .linear import Linear, Trained

    if not weights:
        return Trained()
    senses, context = weights
    status = srsly.msgpack_loads(context).get("model", b"") if context else b""
    return Trained(
        Linear.from_bytes(senses) if senses else None,
        Linear.from_bytes(status) if status else None,
    )


def _content_of(folder: Path) -> str:
    """The digest that a saved pipeline was built with, "" where there is none."""
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        return str(meta["skillgap"]["content"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _load(folder: Path) -> object:
    import gc

    import spacy

    from . import components  # noqa: F401  (registers the factories where no entry point does)

    # Tens of thousands of small objects are made that all stay: looking through them for garbage
    # meanwhile would take longer than reading them.
    collects = gc.isenabled()
    gc.disable()
    try:
        return spacy.load(folder)
    finally:
        if collects:
            gc.enable()


def _keep(nlp: object, folder: Path) -> None:
    """Save a pipeline so that a reader sees all of it or nothing."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=folder.name))
        try:
            nlp.to_disk(temporary)  # type: ignore[attr-defined]
            temporary.rename(folder)
        except OSError:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError:  # a read-only home is no reason to fail: it is made again next time
        return
