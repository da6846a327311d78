"""The service for tests: inside this process, or as processes of its own that can be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from skillgap.service.app import create_app
from skillgap.service.settings import ServiceSettings
from tests.conftest import ROOT

EXAMPLES = sorted((ROOT / "examples" / "resumes").glob("*.pdf"))
RESUME = ROOT / "examples" / "resumes" / "prompt-engineer.pdf"
POSTING = ROOT / "examples" / "jobs" / "mlops-engineer.txt"


class Client(httpx.Client):
    """A client with the application that it talks to, which runs in a thread of this process."""

    app: Any


@contextlib.contextmanager
def client(folder: Path, **settings: Any) -> Iterator[Client]:
    """A client of an application of its own, once that is ready."""
    chosen = {"database_url": f"sqlite:///{folder}/batches.sqlite3", "workers": 1} | settings
    app = create_app(ServiceSettings(**chosen))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    app.state.stopping = lambda: server.should_exit
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait(lambda: server.started and app.state.workers.ready)
        port = server.servers[0].sockets[0].getsockname()[1]
        with Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as made:
            made.app = app
            yield made
    finally:
        server.should_exit = True
        thread.join(60)


def wait(for_what: Any, seconds: float = 60.0) -> Any:
    """The first true answer; an error when none comes."""
    deadline = time.monotonic() + seconds
    while True:
        answer = for_what()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds:g} s: {for_what}")
        time.sleep(0.05)


def is_problem(answer: Any, status: int, code: str | None = None) -> dict[str, Any]:
    """The problem that an answer holds."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) == {"type", "title", "status", "detail", "code"}
    assert body["status"] == status
    assert body["detail"]
    assert body["type"].endswith(body["code"])
    if code is not None:
        assert body["code"] == code
    return body


def upload(path: Path, name: str | None = None) -> tuple[str, bytes]:
    """A file for `files=`."""
    return (name or path.name, path.read_bytes())


def done(client: Any, batch: str, seconds: float = 120.0) -> dict[str, Any]:
    """A batch's status once it is done."""

    def look() -> dict[str, Any] | None:
        body: dict[str, Any] = client.get(f"/v1/batches/{batch}").json()
        return body if body["status"] == "done" else None

    found: dict[str, Any] = wait(look, seconds)
    return found


class Server:
    """`skillgap serve` as a process, with its own address, folder and settings.

    `program` is a script that takes the command's place.
    """

    def __init__(self, folder: Path, program: str | None = None, **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"log-{self.port}.txt"
        program_args = [program] if program else ["-m", "skillgap"]
        given = {f"SKILLGAP_{name.upper()}": value for name, value in settings.items()}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *program_args, "serve", "--port", str(self.port)],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), "SKILLGAP_WORKERS": "1", **given},
                stderr=log,
                stdout=log,
            )

    def ready(self) -> Server:
        """Wait until it is ready."""

        def look() -> bool:
            if self.process.poll() is not None:
                raise RuntimeError(self.log.read_text())
            with contextlib.suppress(httpx.HTTPError):
                return httpx.get(f"{self.url}/readyz").status_code == 200
            return False

        wait(look, 90)
        return self

    def kill(self) -> None:
        """As `kill -9` does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def stop(self) -> int:
        """As a service manager does; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(30)
