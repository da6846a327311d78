"""The service's analyses, taxonomy and operating endpoints: each answer and error of the contract."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from skillgap.analyzer import Analyzer
from skillgap.report import Report
from skillgap.types import Options, PartialDate
from tests.integration.serving import (
    POSTING,
    RESUME,
    Client,
    client,
    is_problem,
    upload,
    wait,
)
from tests.unit.documents import pdfmaker

FICTIONAL = (
    b"# Ada Zyxwvut\n\nada@example.com\n\n## Skills\n\nPython, Docker, Kubernetes, SQL\n" * 3
)


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with client(tmp_path_factory.mktemp("api")) as made:
        yield made


def analyze(api: Any, data: bytes | Path = RESUME, name: str = "cv.pdf", **form: Any) -> Any:
    accept, timeout = form.pop("accept", "application/json"), form.pop("timeout", 60)
    content = data if isinstance(data, bytes) else data.read_bytes()
    return api.post(
        "/v1/analyses",
        files={"file": (name, content)},
        data=form,
        headers={"Accept": accept},
        timeout=timeout,
    )


def test_the_report_is_the_one_that_the_library_gives(api: Client) -> None:
    answer = analyze(
        api, role=["mlops-engineer", "data-scientist"], as_of="2026-11", level="senior"
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    options = Options(
        as_of=PartialDate(2026, 11), roles=("mlops-engineer", "data-scientist"), level="senior"
    )
    want = Analyzer().analyze(RESUME.read_bytes(), name="cv.pdf", options=options)
    assert answer.text == want.to_json(indent=None)
    jsonschema.validate(answer.json(), Report.model_json_schema())


def test_identical_uploads_are_answered_from_memory(api: Client) -> None:
    first = analyze(api, FICTIONAL, "a.md")
    state = api.app.state
    pool, state.workers.run = state.workers.run, None  # whoever asked a worker now would fail
    try:
        again = analyze(api, FICTIONAL, "a.md")
    finally:
        state.workers.run = pool
    assert (again.status_code, again.text) == (200, first.text)
    assert analyze(api, FICTIONAL, "b.md").json()["document"]["name"] == "b.md"


def test_the_report_as_a_page(api: Client) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = analyze(api, role="prompt-engineer", accept=browser)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "script-src 'sha256-" in answer.headers["content-security-policy"]
    assert "'self'" not in answer.headers["content-security-policy"]
    assert answer.text.startswith("<!DOCTYPE html>")
    assert "data:image/" in answer.text
    assert "Prompt Engineer" in answer.text


def test_a_posting_in_place_of_a_role(api: Client) -> None:
    as_text = analyze(api, job=POSTING.read_text())
    as_file = api.post("/v1/analyses", files={"file": upload(RESUME), "job": upload(POSTING)})
    assert as_text.status_code == as_file.status_code == 200
    (role,) = as_text.json()["roles"]
    assert role["id"] == "posting"
    assert as_file.json()["roles"][0]["score"] == role["score"]
    assert role["requirements"]
    is_problem(analyze(api, job="We want Python.", role="data-scientist"), 400, "malformed")
    # a browser's form sends fields that nobody filled in
    empty = {"file": upload(RESUME), "job": ("", b"", "application/octet-stream")}
    answer = api.post("/v1/analyses", files=empty, data={"job": "", "role": "", "hours": ""})
    assert len(answer.json()["roles"]) >= 9


def test_options_do_what_the_command_says(api: Client) -> None:
    plain = analyze(api, role="mlops-engineer").json()
    learned = analyze(api, role="mlops-engineer", learn=["kubernetes", "Terraform"]).json()
    assert learned["what_if"] == {"learned": ["kubernetes", "terraform"], "unlearned": []}
    assert learned["roles"][0]["score"] > plain["roles"][0]["score"]
    said = analyze(api, role="mlops-engineer", declare="Kubernetes", dispute="python").json()
    assert said["corrections"] == {"declared": ["kubernetes"], "disputed": ["python"]}
    assert said["skills"] == plain["skills"]
    hidden = analyze(api, redact="true").text
    assert "Lindqvist" not in hidden
    assert json.loads(hidden)["contact"] is None
    poor = analyze(api, role="mlops-engineer", free="true", hours="20").json()["roles"][0]["plan"]
    assert poor["cost"] in (0, None)
    assert poor["hours"] <= 20


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ({"level": "boss"}, "level"),
        ({"target": "nan"}, "target"),
        ({"target": "101"}, "target"),
        ({"hours": "-1"}, "hours"),
        ({"budget": "much"}, "budget"),
        ({"free": "maybe"}, "free"),
        ({"as_of": "2026"}, "as_of"),
        ({"as_of": "2026-13"}, "as_of"),
        ({"ocr": "yes"}, "ocr"),
        ({"level": ["mid", "senior"]}, "level"),
        ({"declare": "python", "dispute": "Python"}, "declare"),
    ],
)
def test_a_wrong_option_is_named(api: Client, form: dict[str, Any], named: str) -> None:
    assert f"`{named}`" in is_problem(analyze(api, **form), 400, "malformed")["detail"]


@pytest.mark.parametrize("field", ["role", "learn", "unlearn", "declare", "dispute"])
def test_an_unknown_name_comes_with_the_nearest(api: Client, field: str) -> None:
    problem = is_problem(analyze(api, **{field: "data-scientits"}), 422)
    assert problem["code"] == ("unknown_role" if field == "role" else "unknown_skill")


def test_files_that_can_not_be_analyzed(api: Client) -> None:
    is_problem(analyze(api, b""), 422, "empty_file")
    is_problem(analyze(api, b"\x7fELF" + bytes(500)), 415, "unsupported_format")
    is_problem(analyze(api, b"%PDF-1.7\n" + b"\x00\xff" * 400), 422)
    is_problem(analyze(api, pdfmaker.pdf(pdfmaker.Page())), 422, "no_text")
    locked = pdfmaker.encrypted(pdfmaker.resume(), "open sesame")
    is_problem(analyze(api, locked), 422, "encrypted_document")
    assert analyze(api, locked, password="open sesame").status_code == 200
    problem = is_problem(analyze(api, bytes(11 * 2**20)), 413, "document_too_large")
    assert "10 MiB" in problem["detail"]
    is_problem(analyze(api, bytes(30 * 2**20)), 413, "request_too_large")


# A body that ends within a file leaves Starlette's own temporary file to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_requests_that_are_none(api: Client) -> None:
    post = "/v1/analyses"
    is_problem(api.post(post), 400, "malformed")
    is_problem(api.post(post, json={"file": "x"}), 400, "malformed")
    is_problem(api.post(post, data={"file": "text"}), 400, "malformed")
    is_problem(api.post(post, files=[("file", upload(RESUME))] * 2), 400, "malformed")
    is_problem(api.post(post, files=[("file", upload(RESUME))] * 3), 413, "too_many_files")
    is_problem(api.post(post, files={"other": upload(RESUME)}), 400, "malformed")
    for kind in ("multipart/form-data", "multipart/form-data; boundary="):
        bad = api.post(post, content=b"--x\r\n\r\n", headers={"Content-Type": kind})
        is_problem(bad, 400, "malformed")
    cut = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc'
    kind = "multipart/form-data; boundary=x"
    assert api.post(post, content=cut, headers={"Content-Type": kind}).status_code in (400, 422)
    is_problem(analyze(api, accept="image/png"), 406, "not_acceptable")
    is_problem(api.get(post), 405, "method_not_allowed")
    is_problem(api.get("/v2/nothing"), 404, "not_found")
    long = api.post(post, files={"file": upload(RESUME)}, data={"job": "x" * 600_000})
    is_problem(long, 413, "field_too_large")
    many = {"learn": ["python"] * 500}
    is_problem(analyze(api, **many), 413, "field_too_large")


def test_names_of_files_are_names_and_never_paths(api: Client) -> None:
    for sent, kept in [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\cv.md", "cv.md"),
        ("..", "upload"),
        ("x" * 400, "x" * 120),
    ]:
        assert analyze(api, FICTIONAL, sent).json()["document"]["name"] == kept


def test_a_role_from_a_posting(api: Client) -> None:
    made = api.post("/v1/roles:from-posting", files={"job": upload(POSTING)})
    same = api.post("/v1/roles:from-posting", files={"job": (None, POSTING.read_text())})
    assert made.status_code == same.status_code == 200
    assert made.json()["requirements"] == same.json()["requirements"]
    assert "kubernetes" in {r["id"] for r in made.json()["requirements"]}
    assert {a["kind"] for a in made.json()["asked"]} >= {"years"}
    is_problem(api.post("/v1/roles:from-posting", data={"job": " "}), 400, "malformed")
    is_problem(api.post("/v1/roles:from-posting", files={"job": ("p", b"\x7fELF")}), 415)


def test_the_taxonomy(api: Client) -> None:
    roles = api.get("/v1/roles").json()
    assert {"mlops-engineer", "ai-consultant"} <= {r["id"] for r in roles}
    assert api.get("/v1/roles/mlops-engineer").json() in roles
    is_problem(api.get("/v1/roles/mlops-enginer"), 404, "unknown_role")
    found = api.get("/v1/skills", params={"q": "k8s"}).json()
    assert found[0]["id"] == "kubernetes"
    assert api.get("/v1/skills/kubernetes").json() == found[0]
    assert len(api.get("/v1/skills?limit=7").json()) == 7
    is_problem(api.get("/v1/skills/k9s9"), 404, "unknown_skill")
    is_problem(api.get("/v1/skills?limit=0"), 400, "malformed")
    is_problem(api.get("/v1/skills", params={"q": "x" * 300}), 400, "malformed")
    courses = api.get("/v1/courses?skill=kubernetes").json()
    assert courses
    assert {c["id"] for c in courses} < {c["id"] for c in api.get("/v1/courses").json()}
    is_problem(api.get("/v1/courses?skill=nix-da"), 404, "unknown_skill")


def test_operating(api: Client) -> None:
    assert api.get("/healthz").json() == {"status": "ok"}
    assert api.get("/readyz").json()["versions"]["taxonomy"]
    written = api.get("/metrics").text
    assert "skillgap_ready 1.0" in written
    assert 'skillgap_requests_total{method="GET",route="/healthz",status="200"}' in written
    assert "passwd" not in written


def test_headers(api: Client) -> None:
    page = api.get("/", headers={"X-Request-ID": "abc-1"})
    assert api.head("/").status_code == 200
    assert page.headers["x-request-id"] == "abc-1"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "script-src 'self' 'sha256-" in page.headers["content-security-policy"]
    for header, value in [("x-content-type-options", "nosniff"), ("cache-control", "no-store")]:
        assert api.get("/v1/roles").headers[header] == value
    made = api.get("/healthz", headers={"X-Request-ID": "a b"}).headers["x-request-id"]
    assert len(made) == 32
    asked = {"Origin": "https://example.com", "Access-Control-Request-Method": "GET"}
    assert "access-control-allow-origin" not in api.options("/v1/roles", headers=asked).headers
    is_problem(api.get("/static/../app.py"), 404)
    is_problem(api.get("/static/%2e%2e%2fapp.py"), 404)


def test_logs_tell_nothing_of_anybody(api: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    analyze(api, FICTIONAL, "zyxwvut-cv.md")
    analyze(api, b"%PDF-1.7 zyxwvut", "zyxwvut.pdf")
    api.get("/v1/skills/zyxwvut")
    lines = [r.getMessage() for r in caplog.records if r.name == "skillgap.service"]
    assert len(lines) == 3
    assert {"request", "method", "route", "status", "ms"} == set(json.loads(lines[0]))
    ours = [r for r in caplog.records if r.name.split(".")[0] not in ("httpx", "httpcore")]
    said = "\n".join(r.getMessage() for r in ours if r.name != "uvicorn.access")  # off in `serve`
    assert "zyxwvut" not in said.lower()


def test_keys_rates_and_origins(tmp_path: Path) -> None:
    secret = "sha256:" + hashlib.sha256(b"second").hexdigest()
    with client(
        tmp_path,
        api_keys=f"first, {secret}",
        rate_per_minute=3,
        cors_origins="https://app.example.com",
    ) as api:
        refused = api.get("/v1/roles")
        is_problem(refused, 401, "unauthorized")
        assert refused.headers["www-authenticate"] == "Bearer"
        is_problem(api.get("/v1/roles", headers={"X-API-Key": "wrong"}), 401)
        is_problem(api.get("/v1/roles", headers={"X-API-Key": secret}), 401)
        assert api.get("/v1/roles", headers={"Authorization": "Bearer first"}).status_code == 200
        for _ in range(3):
            assert api.get("/v1/roles", headers={"X-API-Key": "second"}).status_code == 200
        slow = api.get("/v1/roles", headers={"X-API-Key": "second"})
        is_problem(slow, 429, "too_many_requests")
        assert int(slow.headers["retry-after"]) > 0
        assert api.get("/healthz").status_code == api.get("/").status_code == 200
        asked = {"Origin": "https://app.example.com", "Access-Control-Request-Method": "GET"}
        allowed = api.options("/v1/roles", headers=asked)
        assert allowed.headers["access-control-allow-origin"] == "https://app.example.com"


def test_too_many_and_too_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import skillgap.service.analyses as module

    with client(tmp_path, workers=1, queue=1, timeout_s=6.0) as api:
        monkeypatch.setattr(module, "analyze_json", _sleeps)
        answers: list[Any] = []

        def ask(number: int) -> None:
            answers.append(analyze(api, FICTIONAL + b"%d" % number, "a.md"))

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        by_status = sorted(a.status_code for a in answers)
        assert by_status == [503, 503, 504, 504]
        for answer in answers:
            is_problem(answer, answer.status_code)
            assert ("retry-after" in answer.headers) == (answer.status_code == 503)
        monkeypatch.undo()
        wait(lambda: analyze(api, FICTIONAL, "a.md").status_code == 200)  # with a new worker


def _sleeps(*_: Any) -> str:
    import time

    time.sleep(60)
    return ""


def test_a_broken_pool_is_made_anew(tmp_path: Path) -> None:
    with client(tmp_path) as api:
        broken = api.app.state.workers._pool._pool
        broken.stop()
        broken.join()
        assert analyze(api, FICTIONAL, "a.md", role="data-scientist").status_code == 200
        assert api.get("/readyz").status_code == 200


def test_not_ready_until_the_model_is_loaded(tmp_path: Path) -> None:
    with client(tmp_path) as api:
        api.app.state.workers._versions = None
        answer = api.get("/readyz")
        is_problem(answer, 503, "not_ready")
        assert "retry-after" in answer.headers


def test_a_client_that_goes_away_frees_its_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import skillgap.service.analyses as module

    with client(tmp_path, workers=1, timeout_s=50) as api:
        with monkeypatch.context() as patch:
            patch.setattr(module, "analyze_json", _sleeps)
            with pytest.raises(httpx.ReadTimeout):
                api.post("/v1/analyses", files={"file": upload(RESUME)}, timeout=1.0)
        wait(lambda: "skillgap_analyses_under_way 0.0" in api.get("/metrics").text, 10)
        assert analyze(api, timeout=30).status_code == 200
