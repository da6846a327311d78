"""Batches over HTTP: their life, who sees them, their forms, and that nothing is left of them."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.integration.serving import (
    EXAMPLES,
    POSTING,
    RESUME,
    Client,
    client,
    done,
    is_problem,
    upload,
    wait,
)

# openpyxl knows nothing of the bars that show scores in newer spreadsheets.
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")

ROLE = {"role": "mlops-engineer"}
CANARY = "Quetzalcoatlus"
COMMAND = "=cmd|' &C calc'!A1.md"
TEXT = "# {name} Example\n\n## Skills\n\nPython, Docker, Kubernetes, SQL, Terraform, Git\n\n## Experience\n\n"


def resume(name: str) -> bytes:
    job = "Engineer, Example Ltd, 2021-01 – 2024-01\n\n- Deployed models with MLflow on AWS.\n"
    return (TEXT.format(name=name) + job).encode()


def start(api: Any, files: list[tuple[str, bytes]], **form: Any) -> Any:
    chosen = ROLE | form if "job" not in form else form
    return api.post("/v1/batches", files=[("files", f) for f in files], data=chosen)


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with client(tmp_path_factory.mktemp("batches")) as made:
        yield made


@pytest.fixture(scope="module")
def batch(api: Client) -> str:
    files = [upload(p) for p in EXAMPLES[:4]]
    files += [("copy.pdf", files[0][1]), ("empty.md", b""), (COMMAND, resume("Ada"))]
    answer = start(api, files)
    assert answer.status_code == 202
    made = answer.json()
    assert answer.headers["location"] == f"/v1/batches/{made['id']}"
    assert set(made) == {"id", "status", "total"}
    assert made["total"] == 7
    assert len(made["id"]) >= 32
    done(api, made["id"])
    return str(made["id"])


def test_status(api: Client, batch: str) -> None:
    body = api.get(f"/v1/batches/{batch}").json()
    want = {"id": batch, "status": "done", "total": 7, "succeeded": 6, "failed": 1}
    assert want.items() <= body.items()
    assert body["role"] == "MLOps Engineer"


def test_the_ranking_in_three_forms(api: Client, batch: str) -> None:
    rows = api.get(f"/v1/batches/{batch}/ranking").json()
    assert [r["score"] for r in rows] == sorted((r["score"] for r in rows), reverse=True)
    assert len(rows) == 5  # one is a copy
    assert ["copy.pdf"] in [r["aliases"] for r in rows]
    must = {
        "rank",
        "n",
        "candidate",
        "score",
        "best_role",
        "essential_met",
        "reasons",
        "gaps",
        "warnings",
    }
    assert all(must <= set(r) for r in rows)
    answer = api.get(f"/v1/batches/{batch}/ranking?format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [r["n"] for r in table if r["rank"]] == [str(r["n"]) for r in rows]
    answer = api.get(f"/v1/batches/{batch}/ranking?format=xlsx")
    assert 'filename="ranking.xlsx"' in answer.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [c.value for row in book.worksheets[0].iter_rows() for c in row]
    assert {r["candidate"] for r in rows} - {COMMAND} <= set(cells)
    is_problem(api.get(f"/v1/batches/{batch}/ranking?format=exe"), 400, "malformed")


def test_no_cell_begins_a_formula(api: Client, batch: str) -> None:
    text = api.get(f"/v1/batches/{batch}/ranking?format=csv").content.decode("utf-8-sig")
    cells = [c for row in csv.reader(io.StringIO(text)) for c in row]
    assert f"'{COMMAND}" in cells
    assert not [c for c in cells if c.startswith(("=", "+", "@", "\t", "-="))]
    data = api.get(f"/v1/batches/{batch}/ranking?format=xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    kinds = {c.data_type for s in book.worksheets[:1] for row in s.iter_rows() for c in row}
    assert "f" not in kinds


def test_failures_and_candidates(api: Client, batch: str) -> None:
    (failure,) = api.get(f"/v1/batches/{batch}/failures").json()
    assert failure["n"] == 6
    assert (failure["name"], failure["code"]) == ("empty.md", "empty_file")
    report = api.get(f"/v1/batches/{batch}/candidates/1").json()
    assert report["document"]["name"] == EXAMPLES[0].name
    assert [r["id"] for r in report["roles"]] == ["mlops-engineer"]
    assert report["roles"][0]["plan"] is None
    page = api.get(f"/v1/batches/{batch}/candidates/1", headers={"Accept": "text/html"})
    assert page.text.startswith("<!DOCTYPE html>")
    is_problem(api.get(f"/v1/batches/{batch}/candidates/6"), 404, "not_assessed")
    for n in ("0", "8", "-1", "99999999999"):
        is_problem(api.get(f"/v1/batches/{batch}/candidates/{n}"), 404, "not_found")
    is_problem(api.get(f"/v1/batches/{batch}/candidates/x"), 400, "malformed")
    refused = api.get(f"/v1/batches/{batch}/candidates/1", headers={"Accept": "image/png"})
    is_problem(refused, 406)


def test_events_tell_the_end(api: Client, batch: str) -> None:
    with api.stream("GET", f"/v1/batches/{batch}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = list(answer.iter_lines())
    assert lines[0] == "event: done"
    assert json.loads(lines[1].removeprefix("data: "))["succeeded"] == 6


def test_a_done_batch_takes_no_more(api: Client, batch: str) -> None:
    more = api.post(f"/v1/batches/{batch}/files", files=[("files", ("a.md", resume("A")))])
    is_problem(more, 409, "batch_done")


def test_several_requests_make_one_batch_and_progress_is_followed(api: Client) -> None:
    first = start(api, [("a.md", resume("Ada"))], more="true").json()
    ident = first["id"]
    is_problem(api.get(f"/v1/batches/{ident}/ranking"), 409, "not_yet")
    wait(lambda: api.get(f"/v1/batches/{ident}").json()["succeeded"] == 1)
    assert api.get(f"/v1/batches/{ident}").json()["status"] == "running"
    again = api.post(f"/v1/batches/{ident}/files", files=[("files", ("b.md", resume("Bob")))] * 2)
    assert again.status_code == 202
    assert again.json()["total"] == 3
    with api.stream("GET", f"/v1/batches/{ident}/events") as answer:
        names = [x.removeprefix("event: ") for x in answer.iter_lines() if x.startswith("event")]
    assert names[-1] == "done"
    assert set(names[:-1]) <= {"progress"}
    assert [r["n"] for r in api.get(f"/v1/batches/{ident}/ranking").json()] == [1, 2]


def test_blind(api: Client) -> None:
    ident = start(
        api, [upload(RESUME, "maya-lindqvist.pdf"), ("maya.bin", b"\x7fELF")], blind="true"
    ).json()["id"]
    done(api, ident)
    for path in ("ranking", "ranking?format=csv", "candidates/1", "failures", ""):
        text = api.get(f"/v1/batches/{ident}/{path}".rstrip("/")).text.lower()
        assert "maya" not in text, path
        assert "lindqvist" not in text, path
    (row,) = api.get(f"/v1/batches/{ident}/ranking").json()
    assert row["candidate"].startswith("candidate-")


def test_against_a_posting(api: Client) -> None:
    as_text = start(api, [upload(RESUME)], job=POSTING.read_text()).json()["id"]
    as_file = api.post(
        "/v1/batches", files=[("files", upload(RESUME)), ("job", upload(POSTING))]
    ).json()["id"]
    for ident in (as_text, as_file):
        done(api, ident)
    one, other = (api.get(f"/v1/batches/{i}/ranking").json()[0] for i in (as_text, as_file))
    assert one["score"] == other["score"] > 0
    single = api.post(
        "/v1/analyses", files={"file": upload(RESUME)}, data={"job": POSTING.read_text()}
    ).json()
    assert single["roles"][0]["score"] == one["score"]
    assert api.get(f"/v1/batches/{as_text}/ranking?format=xlsx").status_code == 200


def test_requests_that_make_no_batch(api: Client) -> None:
    files = [("a.md", resume("Ada"))]
    is_problem(api.post("/v1/batches"), 400, "malformed")
    is_problem(start(api, []), 400, "malformed")
    is_problem(start(api, files, role=""), 400, "malformed")
    is_problem(start(api, files, role=["data-scientist", "mlops-engineer"]), 400, "malformed")
    is_problem(api.post("/v1/batches", files=[("files", files[0])], data=ROLE | {"job": "x"}), 400)
    is_problem(start(api, files, role="nobody"), 422, "unknown_role")
    is_problem(start(api, files, blind="perhaps"), 400, "malformed")
    is_problem(start(api, files, job="We are a nice company by the sea."), 422)
    is_problem(api.get("/v1/batches"), 405)
    for ident in ("x", "..", "%00", "a" * 500):
        is_problem(api.get(f"/v1/batches/{ident}/failures"), 404)


def test_limits_of_a_batch(tmp_path: Path) -> None:
    with client(tmp_path, max_batch_files=3, max_upload_mb=1) as api:
        is_problem(start(api, [("a.md", b"x")] * 4), 413, "too_many_files")
        is_problem(start(api, [("a.md", b"x")] * 9), 413, "too_many_files")
        ident = start(api, [("big.md", bytes(2**20 + 1)), ("a.md", resume("Ada"))]).json()["id"]
        assert done(api, ident)["failed"] == 1  # one too large sinks no other
        (failure,) = api.get(f"/v1/batches/{ident}/failures").json()
        assert failure["code"] == "document_too_large"


def test_a_batch_is_its_keys_alone(tmp_path: Path) -> None:
    with client(tmp_path, api_keys="mine,yours") as api:
        api.headers["X-API-Key"] = "mine"
        ident = start(api, [("a.md", resume("Ada"))]).json()["id"]
        done(api, ident)
        api.headers["X-API-Key"] = "yours"
        for path in ("", "/ranking", "/failures", "/candidates/1", "/events"):
            is_problem(api.get(f"/v1/batches/{ident}{path}"), 404, "not_found")
        is_problem(api.delete(f"/v1/batches/{ident}"), 404)
        more = api.post(f"/v1/batches/{ident}/files", files=[("files", ("a.md", b"x"))])
        is_problem(more, 404)
        api.headers["X-API-Key"] = "mine"
        assert api.get(f"/v1/batches/{ident}/ranking").status_code == 200


def everywhere(folder: Path, canary: str) -> list[str]:
    """Files that hold a string, in a folder and among temporary exports."""
    temporary = Path(tempfile.gettempdir()).glob("skillgap-export-*/*")
    return [
        p.name
        for p in (*folder.rglob("*"), *temporary)
        if p.is_file() and canary.encode() in p.read_bytes()
    ]


@pytest.mark.parametrize("how", ["deleted", "expired"])
def test_nothing_is_left(tmp_path: Path, how: str) -> None:
    hours = 24.0 if how == "deleted" else 3 / 3600
    with client(tmp_path, retention_hours=hours) as api:
        named = [(f"{CANARY}-{n}.md", resume(CANARY) * (1 + 40 * n)) for n in range(3)]
        ident = start(api, [*named, (f"{CANARY}.exe", b"\x7fELF" + CANARY.encode())]).json()["id"]
        if how == "deleted":
            done(api, ident)
            assert CANARY in api.get(f"/v1/batches/{ident}/ranking").text
            api.get(f"/v1/batches/{ident}/ranking?format=xlsx")
            assert everywhere(tmp_path, CANARY)
            assert api.delete(f"/v1/batches/{ident}").status_code == 204
        else:
            assert everywhere(tmp_path, CANARY)
            time.sleep(3.1)
        is_problem(api.get(f"/v1/batches/{ident}"), 404, "not_found")
        is_problem(api.delete(f"/v1/batches/{ident}"), 404, "not_found")
        wait(lambda: not everywhere(tmp_path, CANARY), 15)
    assert everywhere(tmp_path, CANARY) == []


def test_a_batch_that_is_deleted_while_it_runs(api: Client) -> None:
    ident = start(api, [("a.md", resume(f"N{n}")) for n in range(30)]).json()["id"]
    assert api.delete(f"/v1/batches/{ident}").status_code == 204
    other = start(api, [("a.md", resume("Ada"))], role="MLOps Engineer").json()["id"]  # by label
    assert done(api, other)["succeeded"] == 1
