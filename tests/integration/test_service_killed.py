"""After `kill -9` each file of a batch has exactly one result, and only files in flight are done again."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from skillgap.batch.tables import files
from skillgap.service.storage import database_url
from tests.conftest import lacking
from tests.integration.serving import Server, done, wait

COUNT = 60
LEASE = "3"
STOPPED = (0, -15)  # uvicorn ends in order, then by the signal that it was sent
ROLE = {"role": "mlops-engineer"}
RESUME = "# Candidate {n}\n\n## Skills\n\nPython, Docker, Kubernetes, SQL\n\n" + "## Experience\n\n" + (
    "Engineer, Example Ltd, 2021-01 – 2024-01\n\n- Deployed models with MLflow on AWS.\n\n" * 5
)  # fmt: skip


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL cluster of this test's own, in a folder of its own."""
    found = [shutil.which("initdb"), *sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    initdb = next((Path(p) for p in reversed(found) if p), None)
    if initdb is None:
        lacking("PostgreSQL is not installed (apt install postgresql)")
        raise AssertionError
    folder = tmp_path_factory.mktemp("pg")
    # Its server refuses to run as root; any other user will do.
    as_user: list[str] = []
    if os.geteuid() == 0:
        if not shutil.which("runuser"):
            lacking("runuser is not installed, and PostgreSQL does not run as root")
        as_user = ["runuser", "-u", "nobody", "--"]
        for parent in (folder, *folder.parents):
            if str(parent).startswith("/tmp/"):
                parent.chmod(parent.stat().st_mode | 0o011)
        shutil.chown(folder, "nobody")
    data = folder / "data"

    def run(program: str, *args: str) -> None:
        subprocess.run(
            [*as_user, str(initdb.parent / program), *args],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
        )

    run("initdb", "-D", str(data), "-A", "trust", "-U", "skillgap", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        yield f"postgresql://skillgap@/postgres?host={folder}"
    finally:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            os.kill(int((data / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
        wait(lambda: not (data / "postmaster.pid").exists(), 60)


def start(server: Server) -> str:
    sent = [("files", (f"{n}.md", RESUME.format(n=n).encode())) for n in range(COUNT)]
    answer = httpx.post(f"{server.url}/v1/batches", files=sent, data=ROLE, timeout=60)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def over(server: Server, batch: str) -> int:
    body = httpx.get(f"{server.url}/v1/batches/{batch}", timeout=30).json()
    return int(body["succeeded"] + body["failed"])


def attempts(url: str, batch: str) -> list[Any]:
    engine = sa.create_engine(database_url(url))
    try:
        with engine.connect() as connection:
            return list(
                connection.execute(
                    sa.select(files.c.n, files.c.state, files.c.attempts, files.c.report).where(
                        files.c.batch == batch
                    )
                )
            )
    finally:
        engine.dispose()


def exactly_once(url: str, batch: str, server: Server) -> None:
    rows = attempts(url, batch)
    assert sorted(r.n for r in rows) == list(range(1, COUNT + 1))
    assert {r.state for r in rows} == {"done"}
    assert all(r.report for r in rows)
    again = [r for r in rows if r.attempts > 1]
    assert len(again) <= 16  # those that the killed one held
    ranking = httpx.get(f"{server.url}/v1/batches/{batch}/ranking", timeout=30).json()
    assert sorted(r["n"] for r in ranking) == list(range(1, COUNT + 1))


def test_killed_and_started_again_on_sqlite(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/b.sqlite3"
    with Server(tmp_path, database_url=url, lease_s=LEASE) as first:
        batch = start(first.ready())
        wait(lambda: over(first, batch) >= 5)
        first.kill()
    before = {r.n for r in attempts(url, batch) if r.state == "done"}
    assert 5 <= len(before) < COUNT
    with Server(tmp_path, database_url=url, lease_s=LEASE) as second, api(second.ready()) as http:
        done(http, batch)
        exactly_once(url, batch, second)
        assert {r.n for r in attempts(url, batch) if r.attempts == 1} >= before
        assert second.stop() in STOPPED


def test_two_replicas_on_postgresql_and_one_is_killed(tmp_path: Path, postgres: str) -> None:
    settings = {"database_url": postgres, "lease_s": LEASE}
    with Server(tmp_path, **settings) as first, Server(tmp_path, **settings) as second:
        first.ready()
        second.ready()  # both brought the tables up to date at the same moment
        batch = start(first)
        wait(lambda: over(second, batch) >= 5)
        first.kill()
        with api(second) as http:
            done(http, batch)
            exactly_once(postgres, batch, second)
            assert http.delete(f"/v1/batches/{batch}").status_code == 204
        assert attempts(postgres, batch) == []
        assert second.stop() in STOPPED


def test_stopping_gives_back_what_was_not_done(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/b.sqlite3"
    with Server(tmp_path, database_url=url, lease_s="600") as first:
        batch = start(first.ready())
        wait(lambda: over(first, batch) >= 1)
        assert first.stop() in STOPPED
    rows = attempts(url, batch)
    assert {r.state for r in rows} <= {"done", "queued"}  # no lease outlives a clean stop
    begun = time.monotonic()
    with Server(tmp_path, database_url=url, lease_s="600") as second, api(second.ready()) as http:
        done(http, batch)
        assert time.monotonic() - begun < 300
        assert max(r.attempts for r in attempts(url, batch)) == 1


@contextlib.contextmanager
def api(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30) as made:
        yield made
