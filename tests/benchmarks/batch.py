"""The batch: résumés a second beside pdfium's floor on the same processors, memory, and a cluster."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools.make_resumes import make

from skillgap.batch.cluster import DaskCrew
from skillgap.batch.ledger import Ledger
from skillgap.batch.progress import Watch
from skillgap.batch.runner import Crew, PoolCrew, drive
from skillgap.batch.sources import list_files
from skillgap.batch.task import Job
from skillgap.settings import Limits
from skillgap.types import Options, PartialDate

from .floor import characters

CORES = 2
SLICE = 200
JOB = Job("data-scientist", Options(plan=False, as_of=PartialDate(2026, 11)), Limits())


def batch(count: int, rounds: int) -> None:
    """Rate and memory of a batch on two processors."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:CORES]))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "resumes"
        files = list(make(folder, count))
        print(f"Batch: {count} generated PDFs of one and two pages, {CORES} processors")
        with ProcessPoolExecutor(CORES) as floor_pool:
            start = time.perf_counter()
            crew = PoolCrew(CORES, JOB)
            crew.ready(JOB)
            ready = time.perf_counter() - start
            ratios, rates = [], []
            try:
                # Slices in turn: what else the machine does then weighs on both alike.
                for part in _slices(files * rounds):
                    floor = _floor(floor_pool, part)
                    ours = _run(Path(place), part, crew)
                    rates.append(len(part) / ours)
                    ratios.append(floor / ours)
            finally:
                crew.close()
        ratio, rate = statistics.median(ratios), statistics.median(rates)
        print(
            f"  pdfium's characters {rate / ratio:.0f}/s, batch {rate:.0f}/s (best {max(rates):.0f}; "
            f"goal 100), ratio {ratio:.2f} (≥ 0.4), medians of {len(ratios)} slices"
        )
        print(
            f"  start-up {ready:.1f} s, {100 * ready / (ready + count / rate):.0f} % of the whole"
        )
        seconds, main, everything = _command(folder, Path(place) / "ranking.xlsx")
        print(
            f"  the command: {seconds:.1f} s with start-up and workbook; peak memory "
            f"{main:.0f} MiB of the command, {everything:.0f} MiB with its workers\n"
        )


def memory(count: int, times: int) -> None:
    """Peak memory of the command for a number of files and for many times as many."""
    print("Memory of the command (peak, MiB)")
    found = []
    for number in (count, count * times):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "resumes"
            for _ in make(folder, number):
                pass
            seconds, main, everything = _command(folder, Path(place) / "ranking.xlsx")
            found.append((main, everything))
            print(
                f"  {number:7d} files: {main:6.0f} command, {everything:6.0f} with its workers,"
                f" {number / seconds:5.1f}/s",
                flush=True,
            )
    (a, b), (c, d) = found
    print(f"  ratio {c / a:.2f} and {d / b:.2f} (≤ 1.10)\n")


def cluster(count: int, rounds: int) -> None:
    """Two Dask workers of one thread each beside one, on the same work."""
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        folder = Path(place) / "resumes"
        files = list(make(folder, count))
        print(f"Dask on loopback: {count} files")
        address = stack.enter_context(_scheduler())
        for _ in range(CORES):
            stack.enter_context(_worker(address))
        both = DaskCrew(address)
        stack.callback(both.close)
        both.client.wait_for_workers(CORES, timeout=60)
        first = sorted(both.client.scheduler_info(n_workers=-1)["workers"])[0]
        alone = DaskCrew(address, only=[first])
        stack.callback(alone.close)
        _run(Path(place), files[:SLICE], both)  # both have loaded everything now
        ratios, rates = [], []
        for part in _slices(files * rounds):
            one, two = _run(Path(place), part, alone), _run(Path(place), part, both)
            ratios.append(one / two)
            rates.append(len(part) / two)
        print(
            f"  two workers {statistics.median(rates):.0f}/s, ratio to one "
            f"{statistics.median(ratios):.2f} (≥ 1.8), medians of {len(ratios)} slices\n"
        )


def _slices(files: Sequence[Path]) -> Iterator[Sequence[Path]]:
    for start in range(0, len(files), SLICE):
        yield files[start : start + SLICE]


def _floor(pool: ProcessPoolExecutor, files: Sequence[Path]) -> float:
    start = time.perf_counter()
    for _ in pool.map(characters, files, chunksize=8):
        pass
    return time.perf_counter() - start


def _run(place: Path, files: Sequence[Path], crew: Crew) -> float:
    """Seconds from the first file handed over to the last result in the ledger."""
    path = place / f"ledger-{time.monotonic_ns()}"
    ledger = Ledger.file(path)
    ident = ledger.new_batch({})
    ledger.add(ident, list_files(map(str, files)))
    with Watch(0, quiet=True) as watch:
        start = time.perf_counter()
        drive(ledger, ident, JOB, crew, watch)
        spent = time.perf_counter() - start
    progress = ledger.progress(ident)
    assert progress.done == progress.total, progress
    ledger.close()
    return spent


def _command(folder: Path, output: Path) -> tuple[float, float, float]:
    """Seconds, and peak MiB of the command alone and with all that it started."""
    script = Path(sysconfig.get_path("scripts")) / "skillgap"
    start = time.perf_counter()
    process = subprocess.Popen(
        [script, "batch", folder, "--role", "data-scientist", "-o", output, "--workers", str(CORES),
         "--quiet"]
    )  # fmt: skip
    peaks = [0.0, 0.0]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.25):
            sizes = [_resident(pid) for pid in _family(process.pid)]
            peaks[0] = max(peaks[0], _resident(process.pid))
            peaks[1] = max(peaks[1], sum(sizes))

    thread = threading.Thread(target=watch)
    thread.start()
    status = process.wait()
    spent = time.perf_counter() - start
    done.set()
    thread.join()
    assert status == 0, status
    return spent, peaks[0], peaks[1]


def _family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _resident(pid: int) -> float:
    """MiB of a process, pages that several share counted in parts."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


@contextmanager
def _scheduler() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place:
        note = Path(place) / "scheduler.json"
        with _dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                   "--scheduler-file", str(note)):  # fmt: skip
            while not note.exists() or not note.stat().st_size:
                time.sleep(0.1)
            yield json.loads(note.read_text())["address"]


@contextmanager
def _worker(address: str) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as place, _dask(
        "worker", address, "--nthreads", "1", "--nworkers", "1", "--no-dashboard", "--host", "127.0.0.1",
        "--local-directory", place,
    ):  # fmt: skip
        yield


@contextmanager
def _dask(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)
