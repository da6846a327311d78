"""Reads taxonomy files into a `Taxonomy`, or its compiled form where that is at hand.

A folder with a VERSION file is a taxonomy of its own. Any other folder, or a single role file, is an
overlay: what it holds is added to the built-in taxonomy, and an id that exists there is replaced.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import ConfigError, TaxonomyError
from ..resources import locate, read_cached, write_cached
from . import compiled
from .model import Taxonomy

FORMAT = "1"  # of the compiled form: raise it when `compiled` changes


def load_taxonomy(path: str | Path | None = None) -> Taxonomy:
    """The built-in taxonomy, another one, or the built-in one with an overlay.

    Raises ConfigError where `path` does not exist, TaxonomyError (file and line) where a file breaks
    its schema. Compiled forms are kept by the hash of all files, so that they are never stale.
    """
    layers = _layers(path)
    digest = _digest(layers)
    name = f"taxonomy-{FORMAT}.json"
    collecting = gc.isenabled()
    gc.disable()  # thousands of objects are made that all stay: looking through them is wasted
    try:
        loaded = compiled.from_json(json.loads(read_cached(name, digest) or b""))
    except (ValueError, KeyError, TypeError):
        pass
    else:
        if loaded.digest == digest:
            return loaded
    finally:
        if collecting:
            gc.enable()
    taxonomy = read_taxonomy(layers, digest)
    text = json.dumps(compiled.to_json(taxonomy), ensure_ascii=False, separators=(",", ":"))
    write_cached(name, digest, text.encode())
    return taxonomy


def _layers(path: str | Path | None) -> list[Path]:
    if path is None:
        return [locate("taxonomy")]
    given = Path(path)
    if not given.exists():
        raise ConfigError(
            f"There is no taxonomy at {given}.",
            "Name a folder with skills/, roles/ or courses/, or one role file.",
        )
    if given.is_dir() and (given / "VERSION").is_file():
        return [given]
    if given.is_dir() and not list(taxonomy_files(given)):
        raise ConfigError(
            f"{given} holds no skills/*.yaml, roles/*.yaml or courses/*.yaml.",
            "An overlay has at least one of them; see docs/taxonomy.md.",
        )
    return [locate("taxonomy"), given]


def taxonomy_files(root: Path) -> Iterator[tuple[str, Path]]:
    """The (kind, path) of each file of a taxonomy, in a fixed order; a single file is a role."""
    if root.is_file():
        yield "roles", root
        return
    for kind in ("skills", "roles", "courses"):
        for path in sorted((root / kind).glob("*.yaml")):
            yield kind, path
    if (root / "projects.yaml").is_file():
        yield "projects", root / "projects.yaml"


def _digest(layers: Iterable[Path]) -> str:
    """sha256 over the names and bytes of all that a taxonomy consists of."""
    total = hashlib.sha256()
    for root in layers:
        if root.is_file():
            members = [root]
        else:
            members = sorted([*root.glob("*.yaml"), *root.glob("*/*.yaml"), root / "VERSION"])
        for member in members:
            if member.is_file():
                total.update(member.relative_to(root).as_posix().encode() + b"\0")
                total.update(hashlib.sha256(member.read_bytes()).digest())
    return total.hexdigest()


def read_taxonomy(layers: Iterable[Path], digest: str = "") -> Taxonomy:
    """Parse and validate files without any compiled form; TaxonomyError lists every problem."""
    from .files import parse_file

    merged: dict[str, dict[str, Any]] = {
        kind: {} for kind in ("groups", "skills", "roles", "courses", "projects")
    }
    problems: list[str] = []
    version = "0"
    for root in layers:
        if (root / "VERSION").is_file():
            version = (root / "VERSION").read_text(encoding="utf-8").strip()
        for kind, path in taxonomy_files(root):
            parsed, found = parse_file(kind, path)
            problems += found
            if parsed is not None:
                compiled.merge(merged, kind, parsed)
    if problems:
        raise TaxonomyError(problems)
    return compiled.assemble(version, digest, merged)
