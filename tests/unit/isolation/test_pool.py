"""A file that hangs, crashes or swallows memory costs itself and no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from skillgap.errors import (
    CorruptDocument,
    DocumentTooLarge,
    ReaderCrashed,
    ReadTimedOut,
    SkillgapError,
)
from skillgap.isolation.limits import LEAST_SPARE, mapped
from skillgap.isolation.pool import Pool
from skillgap.settings import Limits
from skillgap.types import Options

TEXT = (
    b"Ada Example\n\nExperience\nData Scientist, Fictive Labs, 2021 - 2024\n- Used Python and SQL\n"
)


def hang() -> None:
    time.sleep(60)


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def swallow() -> int:
    return len(b"x" * (8 * 2**30))


def fail() -> None:
    raise KeyError("something of the résumé")


def refuse() -> None:
    raise CorruptDocument("It is broken.", "Save it anew.")


def same(value: int) -> int:
    return value


def pid_of() -> int:
    return os.getpid()


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(2, limits=replace(Limits(), seconds=20)) as pool:
        pool.ready()
        yield pool


def test_analyzes_bytes(pool: Pool) -> None:
    report = pool.analyze(TEXT, roles=("data-scientist",), options=Options(plan=False))
    assert [r.id for r in report.roles] == ["data-scientist"]
    assert "python" in {s.id for s in report.skills}


@pytest.mark.parametrize(
    ("task", "error", "says"),
    [
        (hang, ReadTimedOut, "longer than 1 seconds"),
        (crash, ReaderCrashed, "crashed its reader"),
        (swallow, DocumentTooLarge, "2048 MiB"),
        (fail, ReaderCrashed, "KeyError"),
        (refuse, CorruptDocument, "It is broken."),
    ],
)
def test_each_failure_is_an_error_of_ours(
    pool: Pool, task: object, error: type[SkillgapError], says: str
) -> None:
    others = [pool.call(same, i) for i in range(20)]
    bad = pool.call(task, seconds=1.0)  # type: ignore[arg-type]
    with pytest.raises(error, match=says) as raised:
        pool.result(bad, 1.0)
    assert "résumé" not in str(raised.value)
    assert [pool.result(f) for f in others] == list(range(20))
    assert pool.result(pool.call(same, 7)) == 7


def test_the_limit_of_memory_leaves_room_for_a_warm_worker(pool: Pool) -> None:
    size = pool.result(pool.call(mapped))
    assert size > 100 * 2**20, "nothing was loaded"
    assert size + LEAST_SPARE < Limits().memory, "raise Limits.memory: a warm worker needs it"


def test_workers_start_warm(pool: Pool) -> None:
    pool.result(pool.call(same, 1))
    with pytest.raises(ReaderCrashed):
        pool.result(pool.call(crash))
    start = time.monotonic()
    pool.analyze(TEXT, roles=("data-scientist",), options=Options(plan=False))
    assert time.monotonic() - start < 5.0, "a replaced worker loaded everything anew"


def test_workers_are_replaced_now_and_then_and_no_task_is_lost() -> None:
    with Pool(2, lifetime=7) as pool:
        pool.ready()
        futures = [pool.call(same, i) for i in range(100)]
        assert [pool.result(f) for f in futures] == list(range(100))
        pids = {pool.result(pool.call(pid_of)) for _ in range(20)}
    assert len(pids) > 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs prctl")
def test_no_worker_outlives_its_owner() -> None:
    code = (
        "import time\n"
        "from skillgap.isolation.pool import Pool\n"
        "from tests.unit.isolation.test_pool import pid_of\n"
        "if __name__ == '__main__':\n"
        "    pool = Pool(1)\n"
        "    print(pool.result(pool.call(pid_of, seconds=60)), flush=True)\n"
        "    time.sleep(60)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    worker = int(owner.stdout.readline())
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    owner.stdout.close()
    for _ in range(100):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker was still there ten seconds after its owner was killed")


GUARD = """
import os, sys, time, signal
from dataclasses import replace
from skillgap.errors import SkillgapError
from skillgap.isolation import guard
from skillgap.settings import Limits
guard.START_UP = 0.5
work = {
    "fine": lambda: 3,
    "hang": lambda: time.sleep(30) or 0,
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV) or 0,
    "swallow": lambda: len(b"x" * 2**33),
}[sys.argv[1]]
try:
    print(guard.guarded(work, replace(Limits(), seconds=0.5)))
except SkillgapError as error:
    print(error.code)
"""


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("fine", "3"),
        ("hang", "read_timed_out"),
        ("crash", "reader_crashed"),
        ("swallow", "document_too_large"),
    ],
)
def test_the_command_outlives_its_file(what: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", GUARD, what], capture_output=True, text=True, timeout=30
    )
    assert done.stdout.strip() == said
