"""The words that résumés are built with (taxonomy/sections.yaml), ready for quick look-ups.

Plain data: the validated YAML is kept as JSON in the cache by the hash of the file, so that neither
YAML nor pydantic is loaded on a usual start.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from ..errors import TaxonomyError
from ..resources import locate, read_cached, write_cached
from ..types import SectionKind

FORMAT = "1"  # of the cached JSON: raise it when the schema changes
_OUT = re.compile(r"[^0-9a-z]+")
WORD = re.compile(r"[a-z0-9](?:[a-z0-9'’.&+#/-]*[a-z0-9+#])?")


def plain(text: str) -> str:
    """Lower case without accents; "&" reads as "and"."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c))
    return text.replace("&", " and ").lower()


def squeeze(text: str) -> str:
    """The letters and digits of a text, lower case: equal for all spacings and punctuations."""
    return _OUT.sub("", plain(text))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Look-up tables; phrases are keys made by `squeeze`, words are lower case."""

    headings: dict[str, SectionKind]
    heads: dict[str, SectionKind]
    modifiers: frozenset[str]
    prefixes: tuple[str, ...]  # modifiers to cut off where spaces are lost, the longest first
    documents: frozenset[str]
    subheadings: frozenset[str]
    titles: frozenset[str]
    employment: frozenset[str]
    teams: frozenset[str]
    organizations: frozenset[str]
    institutions: frozenset[str]
    degrees: re.Pattern[str]
    labels: dict[str, str]
    personal: frozenset[str]
    programming: frozenset[str]
    places: frozenset[str]  # cities included
    cities: frozenset[str]
    codes: frozenset[str]
    title_word: re.Pattern[str] = field(repr=False)
    data: Mapping[str, Any] = field(repr=False)  # what it was made of; JSON-able


def load_lexicon(source: str | Path | Mapping[str, Any] | None = None) -> Lexicon:
    """The lexicon of a YAML file, of already validated data, or (None) of the built-in file.

    Raises ResourceMissing where there is no file, TaxonomyError (file and line) where it is invalid.
    """
    if isinstance(source, Mapping):
        return _build(source)
    path = Path(source) if source is not None else locate("taxonomy") / "sections.yaml"
    return _load(path, path.stat().st_mtime_ns) if path.is_file() else _missing(path)


def _missing(path: Path) -> Lexicon:
    raise TaxonomyError([f"{path}:1: there is no such file"])


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> Lexicon:
    text = path.read_bytes()
    name, digest = f"sections-{FORMAT}.json", hashlib.sha256(text).hexdigest()
    try:
        return _build(json.loads(read_cached(name, digest) or b""))
    except (ValueError, KeyError, TypeError, AttributeError):
        data = _parse(path, text.decode("utf-8", "replace"))
        write_cached(
            name, digest, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        )
        return _build(data)


def _parse(path: Path, text: str) -> dict[str, Any]:
    """Validate the YAML; TaxonomyError with file and line otherwise."""
    import yaml
    from pydantic import ValidationError

    from ..taxonomy.files import line_of
    from .lexicon_schema import SectionsFile

    try:
        data = yaml.safe_load(text)
        return SectionsFile.model_validate(data).model_dump(mode="json")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise TaxonomyError([f"{path}:{line}: not valid YAML: {error}"]) from None
    except ValidationError as error:
        root = yaml.compose(text)
        raise TaxonomyError(
            f"{path}:{line_of(root, item['loc'])}: {'.'.join(map(str, item['loc']))}: {item['msg']}"
            for item in error.errors()
        ) from None


def phrase_pattern(phrases: Iterable[str]) -> str:
    """An alternation of phrases, the longest first, with any space between their words."""
    ordered = sorted({plain(p) for p in phrases}, key=lambda p: (-len(p), p))
    return "|".join(re.escape(p).replace(r"\ ", r"[\s-]+") for p in ordered)


def _build(data: Mapping[str, Any]) -> Lexicon:
    def kinds(table: Mapping[str, Iterable[str]]) -> dict[str, SectionKind]:
        return {squeeze(p): cast("SectionKind", kind) for kind in table for p in table[kind]}

    def words(name: str) -> frozenset[str]:
        return frozenset(plain(p) for p in data[name])

    titles = phrase_pattern(data["titles"])
    return Lexicon(
        headings=kinds(data["headings"]),
        heads=kinds(data["heads"]),
        modifiers=words("modifiers"),
        prefixes=tuple(
            sorted((m for m in words("modifiers") if len(m) > 3), key=lambda m: (-len(m), m))
        ),
        documents=frozenset(squeeze(p) for p in data["documents"]),
        subheadings=frozenset(squeeze(p) for p in data["subheadings"]),
        titles=words("titles"),
        employment=frozenset(squeeze(p) for p in data["employment"]),
        teams=words("teams"),
        organizations=words("organizations"),
        institutions=words("institutions"),
        degrees=re.compile(rf"(?<![a-z0-9])(?:{phrase_pattern(data['degrees'])})(?![a-z0-9])"),
        labels={squeeze(p): kind for kind in data["labels"] for p in data["labels"][kind]},
        personal=frozenset(squeeze(p) for p in data["personal"]),
        programming=words("programming"),
        places=words("places") | words("cities"),
        cities=words("cities"),
        codes=frozenset(data["codes"].split()),
        title_word=re.compile(rf"(?<![a-z0-9])(?:{titles})s?(?![a-z0-9-])"),
        data=data,
    )
