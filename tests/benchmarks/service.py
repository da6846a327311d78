"""The service under load on loopback, beside the batch on the same processors in the same run."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
from tools.make_resumes import make

from skillgap.batch.ledger import Ledger
from skillgap.batch.progress import Watch
from skillgap.batch.runner import PoolCrew, drive
from skillgap.batch.sources import list_files
from skillgap.batch.task import Job
from skillgap.settings import Limits
from skillgap.types import Options, PartialDate
from tests.integration.serving import Server

WORKERS, CLIENTS = 2, 4
ROLE = "data-scientist"
OPTIONS = Options(roles=(ROLE,), plan=False, as_of=PartialDate(2026, 11))
# As the service's batches are: every Report is kept.
JOB = Job(ROLE, OPTIONS, Limits(), report=True)


def main() -> None:
    """Measure in turn: the batch, a batch over HTTP, single analyses over HTTP."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.service", description=__doc__)
    parser.add_argument("--files", type=int, default=300, help="résumés of a slice [300]")
    parser.add_argument("--rounds", type=int, default=3, help="slices of each [3]")
    parser.add_argument("--seconds", type=float, default=20, help="of analyses a round [20]")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = list(make(folder / "resumes", args.files))
        crew = PoolCrew(WORKERS, JOB)
        settings = {"workers": str(WORKERS), "cache_entries": "0"}
        with Server(folder, **settings) as server:
            server.ready()
            crew.ready(JOB)
            try:
                measure(folder, files, crew, server, args.rounds, args.seconds)
            finally:
                crew.close()


def measure(
    folder: Path,
    files: Sequence[Path],
    crew: PoolCrew,
    server: Server,
    rounds: int,
    seconds: float,
) -> None:
    """All slices, and what they come to."""
    ratios, direct, http, spent, wrong, memory = [], [], [], [], 0, []
    over_http(server, files[:20])  # warm
    for turn in range(rounds):
        direct.append(len(files) / batch(folder, files, crew, turn))
        http.append(len(files) / over_http(server, files))
        ratios.append(http[-1] / direct[-1])
        times, failed = analyses(server, files, seconds)
        spent += times
        wrong += failed
        memory.append(resident(server.process.pid) / 2**20)
    spent.sort()
    median, p99 = statistics.median(spent), spent[int(len(spent) * 0.99)]
    print(f"Service: {WORKERS} workers, {len(files)} generated PDFs, {rounds} rounds, medians")
    print(
        f"  batch {statistics.median(direct):.0f}/s, over HTTP {statistics.median(http):.0f}/s, "
        f"ratio {statistics.median(ratios):.2f} (≥ 0.8)"
    )
    print(
        f"  analyses with course plan, {CLIENTS} clients: {len(spent) / (rounds * seconds):.0f}/s, median "
        f"{median * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms = {p99 / median:.1f} × median (≤ 10), "
        f"{wrong} of {len(spent) + wrong} without an answer (0)"
    )
    print(
        f"  memory of all processes after each round: {', '.join(f'{m:.0f}' for m in memory)} MiB"
    )


def batch(folder: Path, files: Sequence[Path], crew: PoolCrew, turn: int) -> float:
    """Seconds of the batch command's own way."""
    ledger = Ledger.file(folder / f"ledger-{turn}")
    ident = ledger.new_batch({})
    ledger.add(ident, list_files([str(files[0].parent)]))
    begun = time.perf_counter()
    with Watch(len(files), quiet=True) as watch:
        drive(ledger, ident, JOB, crew, watch)
    took = time.perf_counter() - begun
    assert ledger.progress(ident).done == len(files)
    ledger.close()
    return took


def over_http(server: Server, files: Sequence[Path]) -> float:
    """Seconds from the first byte sent to the last file scored."""
    with httpx.Client(base_url=server.url, timeout=60) as client:
        sent = [("files", (p.name, p.read_bytes())) for p in files]
        begun = time.perf_counter()
        made = client.post("/v1/batches", files=sent, data={"role": ROLE, "as_of": "2026-11"})
        path = f"/v1/batches/{made.json()['id']}"
        while (state := client.get(path).json())["status"] != "done":
            time.sleep(0.05)
        took = time.perf_counter() - begun
        assert state["succeeded"] == len(files)
        client.delete(path)
    return took


def analyses(server: Server, files: Sequence[Path], seconds: float) -> tuple[list[float], int]:
    """The time of each analysis in a closed loop of some clients, and how many had no answer."""
    times: list[float] = []
    wrong: list[int] = []
    end = time.perf_counter() + seconds

    def ask(first: int) -> None:
        with httpx.Client(base_url=server.url, timeout=60) as client:
            at = first
            while time.perf_counter() < end:
                path = files[at % len(files)]
                at += CLIENTS
                begun = time.perf_counter()
                form = {"role": ROLE, "as_of": "2026-11"}
                sent = {"file": (path.name, path.read_bytes())}
                try:
                    answer = client.post("/v1/analyses", files=sent, data=form)
                    (times.append if answer.status_code == 200 else wrong.append)(
                        time.perf_counter() - begun
                    )
                except httpx.HTTPError:
                    wrong.append(0)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(wrong)


def resident(pid: int) -> int:
    """Bytes of private memory of a process and of all that it started (Linux)."""
    total = 0
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(("Private_Clean", "Private_Dirty")):
            total += int(line.split()[1]) * 1024
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += sum(resident(int(child)) for child in (task / "children").read_text().split())
    return total


if __name__ == "__main__":
    main()
