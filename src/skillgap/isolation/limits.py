"""What a worker process may use, and what ends it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys

# Address space that a warm worker needs beside what it has mapped already: numpy's and pdfium's
# arenas, a growing heap. Measured: a résumé takes 10 to 60 MiB, a picture for OCR about 400.
LEAST_SPARE = 512 * 2**20
_PR_SET_PDEATHSIG = 1


def limit_memory(most: int) -> None:
    """Let this process have at most so many bytes of address space; nothing where that can't be set.

    A process that has mapped much of it already gets `LEAST_SPARE` more: libraries reserve address
    space by the number of processors, which says nothing about the file.
    """
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = max(most, mapped() + LEAST_SPARE)
        least = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (least, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must leave no copy of a résumé


def mapped() -> int:
    """Bytes of address space that this process has now; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (no path object in a hot start)
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def die_with_parent() -> None:
    """Have this process killed when the one that forked it ends, however it ends (Linux).

    The fork server ends when its owner is gone; so workers never outlive a `kill -9` of the command.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
