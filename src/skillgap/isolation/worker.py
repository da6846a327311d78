"""What runs in a worker process. Loaded once by the fork server, so each worker starts warm."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ..analyzer import Analyzer
from ..errors import DocumentTooLarge, ReaderCrashed, SkillgapError
from ..settings import Limits
from ..types import Options
from .limits import die_with_parent, limit_memory
from .pool import TAXONOMY


@lru_cache(maxsize=2)
def analyzer_for(taxonomy: str | None) -> Analyzer:
    """The analyzer of this process, loaded in full."""
    made = Analyzer(taxonomy)
    made.warm_up()
    return made


def start(limits: Limits, taxonomy: str | None) -> None:
    """A worker's first step, before any file's time runs."""
    die_with_parent()
    with contextlib.suppress(Exception):  # each task will tell it
        analyzer_for(taxonomy)
    limit_memory(limits.memory)
    gc.set_threshold(20_000, 20, 50)  # a résumé makes few circles and many objects


def run(function: Callable[..., Any], args: tuple[Any, ...], limits: Limits) -> Any:
    """Call a task. Only errors of ours leave it: they travel between processes, others may not."""
    try:
        return function(*args)
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


def analyze(
    source: bytes | str,
    name: str | None,
    roles: tuple[str, ...],
    options: Options,
    taxonomy: str | None,
    limits: Limits,
) -> str:
    """One résumé → its Report as JSON."""
    made = analyzer_for(taxonomy)
    made.limits = limits
    return made.analyze(source, roles, name=name, options=options).to_json(indent=None)


def ready(taxonomy: str | None) -> dict[str, str]:
    """Load everything and tell the versions at work."""
    made = analyzer_for(taxonomy)
    return {"taxonomy": made.taxonomy.version, "model": str(made.extractor.version)}


if os.environ.get(TAXONOMY) is not None:  # in the fork server: load before workers are forked
    # Whatever fails here is told by the first task: a fork server that ends would tell nothing.
    with contextlib.suppress(Exception):
        analyzer_for(os.environ[TAXONOMY] or None)
    gc.collect()
    gc.freeze()  # what is loaded lives as long as the process: never look through it again
