"""What runs in a worker process. Loaded once by the fork server, so each worker starts warm."""

from __future__ import annotations

import os
from functools import lru_cache

from ..analyzer import Analyzer
from ..errors import DocumentTooLarge, ReaderCrashed, SkillgapError
from ..settings import Limits
from ..types import Options
from .limits import limit_memory
from .pool import TAXONOMY


@lru_cache(maxsize=4)
def analyzer_for(taxonomy: str | None, limits: Limits) -> Analyzer:
    """The analyzer of this process, loaded in full."""
    made = Analyzer(taxonomy, limits=limits)
    made.warm_up()
    return made


def start(limits: Limits) -> None:
    """A worker's first step."""
    limit_memory(limits.memory)


def analyze(
    source: bytes | str,
    name: str | None,
    roles: tuple[str, ...],
    options: Options,
    taxonomy: str | None,
    limits: Limits,
) -> str:
    """One résumé → its Report as JSON. Raises errors of ours only: they travel, others may not."""
    try:
        made = analyzer_for(taxonomy, limits)
        return made.analyze(source, roles, name=name, options=options).to_json(indent=None)
    except SkillgapError:
        raise
    except MemoryError:
        raise DocumentTooLarge(
            f"The file needs more than {limits.memory // 2**20} MiB of memory to be read.",
            "Save it with smaller pictures or fewer pages.",
        ) from None
    except Exception as error:
        # A fault of ours, told by its kind alone: its text may hold some of the résumé.
        raise ReaderCrashed(
            f"The file could not be analyzed ({type(error).__name__}).",
            "Please report it; the file itself is not needed, its producer helps.",
        ) from None


if os.environ.get(TAXONOMY) is not None:  # in the fork server: load before workers are forked
    analyzer_for(os.environ[TAXONOMY] or None, Limits())
