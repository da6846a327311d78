"""What the README shows is what happens: its report, its commands, its Python."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line.partition("#")[0].strip()
    for kind, block in BLOCKS
    if kind == "sh"
    for line in block.splitlines()
    if line.startswith("skillgap ") and not line.startswith("skillgap serve")
]


def test_the_report_in_the_readme_is_a_real_one(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tools/write_readme.py", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 7


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_readme_runs(command: str, root: Path, tmp_path: Path) -> None:
    (tmp_path / "resume.pdf").write_bytes(
        (root / "examples/resumes/mlops-engineer.pdf").read_bytes()
    )
    (tmp_path / "posting.txt").write_bytes((root / "examples/jobs/mlops-engineer.txt").read_bytes())
    (tmp_path / "candidates").mkdir()
    for name in ("mlops-engineer", "data-scientist"):
        resume = root / "examples/resumes" / f"{name}.pdf"
        (tmp_path / "candidates" / resume.name).write_bytes(resume.read_bytes())
    _, *args = shlex.split(command)
    done = subprocess.run(
        [sys.executable, "-m", "skillgap", *args],
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    if "-o" in args:
        assert (tmp_path / args[args.index("-o") + 1]).stat().st_size > 1000
    else:
        assert done.stdout


def test_the_python_of_the_readme_runs(root: Path) -> None:
    code = next(block for kind, block in BLOCKS if kind == "python")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Prompt Engineer")


def test_the_links_of_the_documents_lead_somewhere(root: Path) -> None:
    for page in [root / "README.md", *root.glob("docs/*.md")]:
        for target in re.findall(
            r"\]\((?!https?://|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")
        ):
            assert (page.parent / target).exists(), f"{page.name} → {target}"
