"""The service's documents: their commands run, and they name every setting, endpoint and code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from skillgap.service.app import create_app
from skillgap.service.settings import ServiceSettings, described
from tests.conftest import ROOT, lacking
from tests.integration.serving import client

API = ROOT / "docs" / "api.md"
OPERATING = ROOT / "docs" / "operating.md"
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(language: str) -> str:
    text = API.read_text(encoding="utf-8")
    return "\n".join(code for kind, code in _BLOCK.findall(text) if kind == language)


@pytest.mark.parametrize("language", ["bash", "python"])
def test_the_examples_run(tmp_path: Path, language: str) -> None:
    if language == "bash" and not shutil.which("curl"):
        lacking("curl is not installed")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    with client(tmp_path) as api:
        program = (
            ["bash", "-euo", "pipefail"] if language == "bash" else [sys.executable, "-W", "error"]
        )
        done = subprocess.run(
            [*program, "-c", blocks(language)],
            cwd=tmp_path,
            env={**os.environ, "SKILLGAP_URL": str(api.base_url)},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
    assert done.returncode == 0, done.stderr


def test_each_endpoint_has_its_examples(tmp_path: Path) -> None:
    app = create_app(ServiceSettings(database_url=f"sqlite:///{tmp_path}/x.sqlite3"))
    shell, python = blocks("bash"), blocks("python")
    for path, operations in app.openapi()["paths"].items():
        for method in operations:
            tail = path.split("}")[-1] or path.split("{")[0].rstrip("/")
            assert tail in shell, f"{method} {path}"
            assert tail in python, f"{method} {path}"
    app.state.store.close()


def test_the_description_stands_alone(tmp_path: Path) -> None:
    app = create_app(ServiceSettings(database_url=f"sqlite:///{tmp_path}/x.sqlite3"))
    said = app.openapi()
    for path, operations in said["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert len(operation["description"]) > 15, path
    assert said["components"]["schemas"]["ProblemDetails"]["properties"]["detail"]["description"]
    app.state.store.close()


def test_the_settings_stand_in_the_docs() -> None:
    text = OPERATING.read_text(encoding="utf-8")
    table = text.split("<!-- settings -->")[1].split("<!-- /settings -->")[0]
    rows = ["| variable | unless set | meaning |", "|---|---|---|"]
    rows += [
        f"| `{name}` | {f'`{default}`' if default else ''} | {what} |"
        for name, default, what in described()
    ]
    assert table.strip() == "\n".join(rows)


def test_every_code_stands_in_the_docs() -> None:
    text = API.read_text(encoding="utf-8")
    source = "".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "src/skillgap/service").glob("*.py")
    )
    codes = set(re.findall(r"Problem\(\s*\d{3},\s*\"(\w+)\"", source)) - {"gone"}
    assert codes
    assert sorted(c for c in codes if f"`{c}`" not in text) == []


def test_the_container_is_what_the_docs_say() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    stages = [x for x in lines if x.startswith("FROM")]
    assert all(re.search(r":\d+\.\d+-slim", x) for x in stages)
    assert lines.index("USER 10001") > lines.index(stages[-1])
    assert any(x.startswith("HEALTHCHECK") for x in lines)
    assert not [x for x in lines if x.startswith("ADD ") or "sudo" in x or "latest" in x]
    copied = [
        p for x in lines if x.startswith("COPY ") and "--from" not in x for p in x.split()[1:-1]
    ]
    assert all((ROOT / p).exists() for p in copied)
    unit = (ROOT / "deploy" / "skillgap.service").read_text(encoding="utf-8")
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    known = {name for name, _, _ in described()} | {"SKILLGAP_CACHE"}
    for text in (unit, compose, "\n".join(lines)):
        assert set(re.findall(r"\bSKILLGAP_\w+", text)) <= known
    assert "read_only: true" in compose
    assert "DynamicUser=yes" in unit
