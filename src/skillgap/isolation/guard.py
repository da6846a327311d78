"""One file on the command line: the work is done in a forked child, so that a file which hangs,
swallows memory or crashes the PDF library ends with a message and not with the terminal.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable

from ..errors import DocumentTooLarge, ReaderCrashed, ReadTimedOut
from ..settings import Limits
from .limits import limit_memory

START_UP = 30.0  # seconds for loading libraries on a slow machine, on top of the file's own time
OUT_OF_MEMORY = 120  # the child's exit status after a MemoryError


def guarded(work: Callable[[], int], limits: Limits | None = None) -> int:
    """Run `work` in a child process under limits; its exit status.

    To be called before threads exist. Raises ReadTimedOut, ReaderCrashed or DocumentTooLarge. Where
    processes can't be forked, `work` runs here.
    """
    limits = limits or Limits()
    if not hasattr(os, "fork"):
        return work()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _child(work, limits)
    return _wait(child, limits)


def _child(work: Callable[[], int], limits: Limits) -> None:
    status = 1
    try:
        limit_memory(limits.memory)
        status = work()
    except MemoryError:
        status = OUT_OF_MEMORY
    finally:  # never back into the caller's frames: this is another process
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:
            status = status or 1
        os._exit(status)


def _wait(child: int, limits: Limits) -> int:
    deadline = time.monotonic() + limits.seconds + START_UP
    pause = 0.001
    try:
        while True:
            done, wait_status = os.waitpid(child, os.WNOHANG)
            if done:
                break
            if time.monotonic() > deadline:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                raise ReadTimedOut(
                    f"Reading took longer than {limits.seconds:g} seconds.",
                    "Save the file anew (“print to PDF”) and run again.",
                )
            time.sleep(pause)
            pause = min(pause * 1.5, 0.01)
    except KeyboardInterrupt:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    if os.WIFSIGNALED(wait_status):
        raise ReaderCrashed(
            f"The file crashed its reader (signal {os.WTERMSIG(wait_status)}).",
            "Save the file anew (“print to PDF”) and run again.",
        )
    status = os.WEXITSTATUS(wait_status)
    if status == OUT_OF_MEMORY:
        raise DocumentTooLarge(
            f"The file needs more than {limits.memory // 2**20} MiB of memory to be read.",
            "Save it with smaller pictures or fewer pages and run again.",
        )
    return status
