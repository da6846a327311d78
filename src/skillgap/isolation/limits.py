"""What a worker process may use."""

from __future__ import annotations

import contextlib
import sys


def limit_memory(most: int) -> None:
    """Let this process have at most so many bytes of address space; nothing where that can't be set."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (least, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must leave no copy of a résumé
