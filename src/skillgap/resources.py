"""Where taxonomy/ and models/ are found, and where compiled forms are kept.

Three places are tried: the folder that `SKILLGAP_HOME` names, the data inside the installed package,
and the root of a checkout (an editable install has no packaged data).
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from .errors import ResourceMissing

KEPT_FORMS = 6  # of each name: other taxonomies and overlays may take turns
_PACKAGE = Path(__file__).resolve().parent


def candidates(name: str) -> tuple[Path, ...]:
    """The places where a resource may be, in the order in which they are tried."""
    home = os.environ.get("SKILLGAP_HOME")
    roots = [Path(home)] if home else []
    roots += [_PACKAGE / "_data", _PACKAGE.parent.parent]
    return tuple(root / name for root in roots)


def locate(name: str) -> Path:
    """The first existing path for `taxonomy`, `models/skillgap_en`, …

    Raises ResourceMissing with the places tried.
    """
    tried = candidates(name)
    for path in tried:
        if path.exists():
            return path
    raise ResourceMissing(
        f"{name} was not found; tried {', '.join(map(str, tried))}.",
        "Install skillgap again, or set SKILLGAP_HOME to the folder that holds it.",
    )


def cache_folder() -> Path:
    """The folder for compiled forms (`SKILLGAP_CACHE`, else the user's cache folder); may not exist."""
    given = os.environ.get("SKILLGAP_CACHE")
    if given:
        return Path(given)
    import platformdirs

    return platformdirs.user_cache_path("skillgap", appauthor=False)


def read_cached(name: str, digest: str) -> bytes | None:
    """The compiled form kept for a digest; None where there is none, or no digest to be sure by."""
    if not digest:
        return None
    try:
        return cached_path(name, digest).read_bytes()
    except OSError:
        return None


def cached_path(name: str, digest: str) -> Path:
    """Where the compiled form of that name is kept for a digest: `vectors-2.npz` → vectors-2-….npz."""
    stem, dot, ending = name.partition(".")
    return cache_folder() / f"{stem}-{digest[:32]}{dot}{ending}"


def write_cached(name: str, digest: str, data: bytes) -> bool:
    """Keep a compiled form so that a reader sees all of it or none; False where it can't be kept."""
    if not digest:
        return False
    path = cached_path(name, digest)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).replace(path)
            _forget_older(name)
        except OSError:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            return False
    except OSError:  # a read-only home is no reason to fail: it is compiled again next time
        return False
    return True


def _forget_older(name: str) -> None:
    """Remove compiled forms of that name but the newest few: taxonomies change, old ones don't come back."""
    stem, dot, ending = name.partition(".")
    kept = sorted(
        cache_folder().glob(f"{stem}-{'?' * 32}{dot}{ending}"), key=lambda p: -p.stat().st_mtime
    )
    for path in kept[KEPT_FORMS:]:
        path.unlink(missing_ok=True)
