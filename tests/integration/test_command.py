"""The command as a person or a script runs it: a process, its output, its exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from skillgap.cli.app import COMMANDS, group

EXAMPLE = "examples/resumes/prompt-engineer.pdf"


def skillgap(
    *args: str | Path, cwd: Path, given: bytes | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "skillgap", *map(str, args)],
        cwd=cwd,
        input=given,
        capture_output=True,
        env={**os.environ, **env},
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@pytest.fixture(scope="module")
def report(root: Path) -> dict[str, object]:
    done = skillgap(EXAMPLE, "--format", "json", "--as-of", "2026-11", cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    made: dict[str, object] = json.loads(done.stdout)
    return made


def test_the_text_report_answers_first_and_carries_no_escape_codes(root: Path) -> None:
    done = skillgap(EXAMPLE, "--as-of", "2026-11", cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "Maya Lindqvist" in lines[0]
    assert any("Prompt Engineer" in line for line in lines[:6])
    assert "\x1b" not in done.stdout
    assert max(map(len, (line for line in lines if "https://" not in line))) <= 80
    for said in ("What carries it", "What is missing", "Not counted"):
        assert said in done.stdout


def test_the_report_keeps_its_schema(root: Path, report: dict[str, object]) -> None:
    schema = json.loads(skillgap("schema", cwd=root).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(report, schema)
    assert report["schema_version"] == "1"


def test_the_same_input_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    # with another hash seed, another cache, and from another folder
    a = skillgap(EXAMPLE, "--format", "json", "--as-of", "2026-11", cwd=root, PYTHONHASHSEED="1")
    b = skillgap(
        root / EXAMPLE, "--format", "json", "--as-of", "2026-11", cwd=tmp_path,
        PYTHONHASHSEED="2", SKILLGAP_CACHE=str(tmp_path / "cache"),
    )  # fmt: skip
    assert a.stdout == b.stdout


def test_only_the_roles_that_are_asked_for(root: Path) -> None:
    done = skillgap(
        EXAMPLE, "--role", "mlops-engineer", "--role", "AI Consultant", "--format", "json", cwd=root
    )
    roles = json.loads(done.stdout)["roles"]
    assert {r["id"] for r in roles} == {"mlops-engineer", "ai-consultant"}
    assert [r["rank"] for r in roles] == [1, 2]


def test_the_form_follows_the_ending(root: Path, tmp_path: Path) -> None:
    for name, start in (("r.json", "{"), ("r.md", "# Maya"), ("r.txt", "Maya")):
        done = skillgap(root / EXAMPLE, "-o", tmp_path / name, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_standard_input(root: Path) -> None:
    done = skillgap("-", "--format", "json", cwd=root, given=(root / EXAMPLE).read_bytes())
    assert json.loads(done.stdout)["document"]["name"] == "-"


def test_what_if(root: Path, report: dict[str, object]) -> None:
    done = skillgap(
        EXAMPLE, "--learn", "kubernetes", "--learn", "Docker", "--unlearn", "python",
        "--format", "json", "--as-of", "2026-11", cwd=root,
    )  # fmt: skip
    made = json.loads(done.stdout)
    assert made["what_if"] == {"learned": ["kubernetes", "docker"], "unlearned": ["python"]}
    score = {r["id"]: r["score"] for r in made["roles"]}["mlops-engineer"]
    before = {r["id"]: r["score"] for r in report["roles"]}["mlops-engineer"]  # type: ignore[attr-defined]
    assert score != before


def test_extract(root: Path) -> None:
    done = skillgap("extract", EXAMPLE, "--as-of", "2026-11", cwd=root)
    made = json.loads(done.stdout)
    assert set(made) == {"document", "contact", "sections", "experience", "education", "skills"}
    text = skillgap("extract", EXAMPLE, "--text", cwd=root).stdout
    for skill in made["skills"]:
        for m in skill["mentions"]:
            assert text[m["start"] : m["end"]] == m["text"]


def test_redact_leaves_the_person_out(root: Path) -> None:
    for args in (["--format", "json"], [], ["--format", "markdown"]):
        done = skillgap(EXAMPLE, "--redact", *args, cwd=root)
        assert done.returncode == 0
        for secret in ("Lindqvist", "Maya", "maya", "example.com", "555-01"):
            assert secret not in done.stdout
    text = skillgap("extract", EXAMPLE, "--text", "--redact", cwd=root).stdout
    assert "Lindqvist" not in text
    assert "Prompt" in text


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda p: None, "There is no file"),
        (lambda p: p.write_bytes(b""), "empty"),
        (lambda p: p.mkdir(), "is a folder"),
        (lambda p: p.write_bytes(b"%PDF-1.7\nnothing"), "PDF"),
        (lambda p: p.write_bytes(bytes(range(256)) * 20), "no document"),
        (lambda p: p.write_bytes(b"%PDF-1.7\n" + b"0" * 26 * 2**20), "larger than"),
    ],
)
def test_bad_input_is_told_with_what_to_do(tmp_path: Path, make: object, said: str) -> None:
    path = tmp_path / "resume.pdf"
    make(path)  # type: ignore[operator]
    done = skillgap(path, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("skillgap: ")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--role", "mlops-enginer"], "Did you mean mlops-engineer"),
        (["--learn", "pytorhc"], "Did you mean"),
        (["--as-of", "May"], "2026-11"),
        (["--level", "boss"], "entry"),
        (["--taxonomy", "nowhere"], "no taxonomy at"),
        (["-o", "no/such/folder/r.md"], "can't be written"),
    ],
)
def test_wrong_usage(root: Path, args: list[str], said: str) -> None:
    done = skillgap(EXAMPLE, *args, cwd=root)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_mistyped_command_is_guessed(tmp_path: Path) -> None:
    done = skillgap("rolse", cwd=tmp_path)
    assert done.returncode == 1
    assert "Did you mean `skillgap roles`?" in done.stderr


@pytest.mark.parametrize(
    "args", [["--help"], ["--version"], ["roles"], ["schema"], ["analyze", "--help"], []]
)
def test_what_needs_no_library_loads_none(args: list[str], root: Path) -> None:
    code = (
        "import sys\nfrom skillgap.cli.app import run\n"
        f"run({args!r})\n"
        "heavy = {'spacy', 'sklearn', 'scipy', 'fastapi', 'pdfplumber', 'pypdfium2', 'numpy', 'dask'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.rstrip().endswith("LOADED []")


def test_importing_the_package_loads_no_library() -> None:
    heavy = (
        "{'spacy', 'sklearn', 'scipy', 'fastapi', 'pdfplumber', 'pypdfium2', 'pydantic', 'numpy'}"
    )
    code = f"import sys, skillgap; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_roles_skills_courses_in_both_forms(root: Path) -> None:
    for args, keys in (
        (["roles"], {"id", "label"}),
        (["roles", "mlops-engineer"], {"id", "label", "requirements"}),
        (["skills", "vector database"], {"id", "label"}),
        (["courses", "--skill", "python"], {"id", "title"}),
    ):
        rows = json.loads(skillgap(*args, "--format", "json", cwd=root).stdout)
        assert rows
        assert all(keys <= row.keys() for row in rows)
        text = skillgap(*args, cwd=root).stdout
        assert rows[0].get("label", rows[0].get("title")) in text


def test_the_help_texts_in_the_docs_are_the_commands_own(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tools/write_help.py", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_command_is_explained(root: Path) -> None:
    docs = (root / "docs" / "command.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        command = group.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.help, f"skillgap {name} has no help"
        assert name == "analyze" or f"skillgap {name}" in docs, f"skillgap {name} is not explained"
    for parameter in group.get_command(None, "analyze").params:  # type: ignore[arg-type,union-attr]
        longest = max(parameter.opts, key=len)
        if longest.startswith("--"):
            assert re.search(rf"{re.escape(longest)}\b", docs), f"{longest} is not explained"
