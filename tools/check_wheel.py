"""Builds the wheel, installs it in a clean environment, and runs the main job from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST = 15 * 1024 * 1024


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command without this checkout in reach; its standard output."""
    hidden = ("PYTHONPATH", "SKILLGAP_HOME", "VIRTUAL_ENV")
    env = {k: v for k, v in os.environ.items() if k not in hidden}
    env["SKILLGAP_CACHE"] = str(cwd / "cache")
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, env=env, check=False, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    """Exit with a message at the first thing that is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", there, ROOT, cwd=there)
        (wheel,) = there.glob("*.whl")
        size = wheel.stat().st_size
        if size > MOST:
            sys.exit(f"the wheel has {size / 2**20:.1f} MiB, more than {MOST / 2**20:.0f}")
        venv.create(there / "env", with_pip=True)
        python = there / "env/bin/python"
        run(python, "-m", "pip", "install", "-q", wheel, cwd=there)
        resume = next(iter(sorted((ROOT / "examples/resumes").glob("*.pdf"))))
        report = json.loads(run(there / "env/bin/skillgap", resume, "--format", "json", cwd=there))
        found = sum(s["status"] == "claimed" for s in report["skills"])
        if len(report["roles"]) < 9 or found < 10:
            sys.exit(f"{resume.name}: {len(report['roles'])} roles and {found} skills, too few")
        best = report["roles"][0]
        print(f"wheel {size / 2**20:.1f} MiB; {resume.name}: {found} skills, {best['label']} first")


if __name__ == "__main__":
    main()
