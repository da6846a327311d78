"""The same batch on a real Dask cluster: a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tools.make_resumes import make

pytest.importorskip("distributed", reason="the extra “cluster” is not installed")

ROLE = ("--role", "data-scientist", "--as-of", "2026-11", "--timeout", "3")


class Cluster:
    """A scheduler on loopback and its workers, under their nannies as `dask worker` starts them."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        place = stack.enter_context(tempfile.TemporaryDirectory())
        note = Path(place) / "scheduler.json"
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                    "--scheduler-file", str(note))  # fmt: skip
        while not note.exists() or not note.read_text():
            time.sleep(0.1)
        self.address = str(json.loads(note.read_text())["address"])
        for _ in range(2):
            local = stack.enter_context(tempfile.TemporaryDirectory())
            self._start("worker", self.address, "--nthreads", "1", "--host", "127.0.0.1",
                        "--no-dashboard", "--local-directory", local)  # fmt: skip

    def _start(self, *args: str) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *args],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

        def stop() -> None:
            process.terminate()
            process.wait(30)

        self._stack.callback(stop)

    def workers(self) -> list[int]:
        """The process ids of the workers themselves (below their nannies)."""
        from distributed import Client

        with Client(self.address, timeout="30s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            return sorted(client.run(os.getpid).values())


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(stack)


def batch(*args: object) -> int:
    return subprocess.run(
        [sys.executable, "-m", "skillgap", "batch", *map(str, args), "--quiet"], timeout=150
    ).returncode


def test_a_cluster_gives_the_same_bytes_and_loses_nothing_with_a_killed_worker(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    for _ in make(folder, 100, hostile_share=0.03):  # one of them never ends
        pass
    assert batch(folder, *ROLE, "-o", tmp_path / "here.jsonl") == 3
    pids = cluster.workers()
    assert len(pids) == 2
    assert batch(folder, *ROLE, "--scheduler", cluster.address, "-o", tmp_path / "there.jsonl") == 3
    here = (tmp_path / "here.jsonl").read_bytes()
    assert (tmp_path / "there.jsonl").read_bytes() == here

    killed = []
    ledger = tmp_path / "again.jsonl.ledger"

    def kill() -> None:
        while not ledger.exists():
            time.sleep(0.02)
        time.sleep(0.8)
        if not (tmp_path / "again.jsonl").exists():
            os.kill(pids[0], signal.SIGKILL)
            killed.append(pids[0])

    thread = threading.Thread(target=kill)
    thread.start()
    assert batch(folder, *ROLE, "--scheduler", cluster.address, "-o", tmp_path / "again.jsonl") == 3
    thread.join()
    assert killed, "the run was over before a worker could be killed"
    assert (tmp_path / "again.jsonl").read_bytes() == here
