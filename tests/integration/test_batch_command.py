"""`skillgap batch` as people run it: bad files, stops, kills, archives, letters."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from tools.make_resumes import hostile, make, resume

from skillgap.batch.ledger import Ledger, Progress
from skillgap.report import Report
from tests.conftest import lacking

ROLE = ("--role", "data-scientist", "--as-of", "2026-11")


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "skillgap", "batch", *map(str, args)]


def batch(*args: object, expect: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command(*args), capture_output=True, text=True, timeout=120)
    assert done.returncode == expect, done.stderr
    assert done.stdout == ""
    return done


@pytest.fixture(scope="module")
def resumes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty résumés, one of them twice under two names."""
    folder = tmp_path_factory.mktemp("in") / "resumes"
    for _ in make(folder, 40):
        pass
    (folder / "again.pdf").write_bytes(resume(3))
    return folder


@pytest.fixture(scope="module")
def undisturbed(resumes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one run with one worker gives."""
    folder = tmp_path_factory.mktemp("once")
    for form in ("csv", "jsonl", "xlsx"):
        batch(resumes, *ROLE, "--workers", 1, "-o", folder / f"r.{form}")
    return folder


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_two_workers_give_the_same_bytes_as_one(
    form: str, resumes: Path, undisturbed: Path, tmp_path: Path
) -> None:
    batch(resumes, *ROLE, "--workers", 2, "-o", tmp_path / f"r.{form}")
    assert (tmp_path / f"r.{form}").read_bytes() == (undisturbed / f"r.{form}").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([f"r.{form}", "r.run.json"])


def test_the_ranking_and_its_reports(undisturbed: Path) -> None:
    with (undisturbed / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 40
    scores = [float(r["score"]) for r in rows]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]
    ranks = [int(r["rank"]) for r in rows]
    assert ranks == sorted(ranks)
    assert [r["aliases"] for r in rows if r["aliases"]] == ["resume-0000003.pdf"]
    lines = (undisturbed / "r.jsonl").read_text(encoding="utf-8").splitlines()
    reports = [Report.model_validate_json(line) for line in lines]
    assert [r.document.name for r in reports] == [r["candidate"] for r in rows]
    assert [r.roles[0].score for r in reports] == scores
    assert all(r.roles[0].plan is None for r in reports)
    record = json.loads((undisturbed / "r.run.json").read_text(encoding="utf-8"))
    assert len(record["inputs"]) == 41
    assert all(len(i["sha256"]) == 64 for i in record["inputs"])


def progress(path: Path) -> Progress:
    ledger = Ledger.file(path)
    try:
        known = ledger.only_batch()
        return ledger.progress(known["id"]) if known else Progress()
    finally:
        ledger.close()


def kill_all(process: subprocess.Popen[bytes]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def test_killed_ten_times_and_continued_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for _ in make(folder, 110, hostile_share=0.03):
        pass
    batch(folder, *ROLE, "--timeout", 2, "-o", tmp_path / "once.jsonl", expect=3)
    output = tmp_path / "r.jsonl"
    options = (folder, *ROLE, "--timeout", 2, "--workers", 2, "--quiet", "--continue", "-o", output)
    rng = random.Random(5)
    over = []
    for _ in range(10):
        process = subprocess.Popen(command(*options), stderr=subprocess.DEVNULL)
        while not (tmp_path / "r.jsonl.ledger").exists():
            time.sleep(0.02)
        time.sleep(0.5 + rng.random())
        kill_all(process)
        if output.exists():  # it was done before it could be killed
            break
        over.append(progress(tmp_path / "r.jsonl.ledger").over)
    assert over == sorted(over), "a result was lost"
    assert any(0 < n < 110 for n in over), f"no kill in the middle of the work: {over}"
    batch(*options, expect=3)
    assert output.read_bytes() == (tmp_path / "once.jsonl").read_bytes()
    left = {p.name for p in tmp_path.iterdir()}
    assert left == {"in", "once.jsonl", "once.run.json", "r.jsonl", "r.run.json"}


def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(
    resumes: Path, undisturbed: Path, tmp_path: Path
) -> None:
    output = tmp_path / "r.csv"
    process = subprocess.Popen(
        command(resumes, *ROLE, "--workers", 1, "-o", output), stderr=subprocess.PIPE, text=True
    )
    ledger = tmp_path / "r.csv.ledger"
    while not ledger.exists() and process.poll() is None:
        time.sleep(0.02)
    time.sleep(0.6)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130, said
    assert "--continue" in said
    assert "Traceback" not in said
    assert not output.exists()
    batch(resumes, *ROLE, "--continue", "-o", output)
    assert output.read_bytes() == (undisturbed / "r.csv").read_bytes()


def test_other_settings_can_not_continue_a_run(resumes: Path, tmp_path: Path) -> None:
    output = tmp_path / "r.csv"
    process = subprocess.Popen(command(resumes, *ROLE, "--quiet", "-o", output))
    while not (tmp_path / "r.csv.ledger").exists():
        time.sleep(0.02)
    time.sleep(0.3)
    kill_all(process)
    done = batch(
        resumes,
        "--role",
        "nlp-specialist",
        "--as-of",
        "2026-11",
        "--continue",
        "-o",
        output,
        expect=2,
    )
    assert "role" in done.stderr
    assert "Traceback" not in done.stderr


def test_bad_files_are_listed_and_the_others_ranked(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for _ in make(folder, 18):
        pass
    bad = {}
    for number in range(9):
        name, data = hostile(number)
        (folder / name).write_bytes(data)
        bad[name] = None
    (folder / "deutsch.txt").write_text(
        "Lebenslauf\n\nBerufserfahrung\nEntwickler bei der Firma Beispiel, von 2019 bis 2024, mit der "
        "Leitung von und für die Abteilung und das Team, sowie die Arbeit auf dem Gebiet der "
        "Datenanalyse mit Python\n\nAusbildung\nStudium der Informatik an der Universität zu Beispiel\n\n"
        "Kenntnisse\nPython, SQL und Sprachen wie Deutsch als Muttersprache\n",
        encoding="utf-8",
    )
    output = tmp_path / "r.csv"
    done = batch(folder, *ROLE, "--timeout", 3, "-o", output, expect=3)
    with output.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    ranked = [r for r in rows if r["status"] == "assessed"]
    missed = {r["candidate"]: r["warnings"] for r in rows if r["status"] == "not assessed"}
    assert len(ranked) == 18
    assert all(r["rank"] == "" for r in rows if r["status"] == "not assessed")
    kinds = {name.split("-", 2)[2]: missed[name] for name in bad}
    assert kinds == {
        "truncated.pdf": "corrupt_document",
        "encrypted.pdf": "encrypted_document",
        "bomb.pdf": "read_timed_out",
        "empty.pdf": "empty_file",
        "noise.pdf": "corrupt_document",
        "program.docx": "unsupported_format",
        "huge.pdf": "document_too_large",
        "nested.pdf": "corrupt_document",
        "blank.pdf": "no_text",
    }
    assert missed["deutsch.txt"] == "language_not_supported"
    assert "1 × read_timed_out" in done.stderr


def test_blind_leaves_the_person_out_of_everything(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = (
        "Zerlina Quux\nzerlina.quux@example.com | (312) 555-0142 | Springfield, IL\n\nExperience\n"
        "Data Scientist, Fictive Labs, 2021 - 2024\n- Zerlina Quux used Python and SQL\n\nSkills\nPython\n"
    )
    (folder / "zerlina-quux.txt").write_text(text)
    (folder / "zerlina-broken.pdf").write_bytes(b"%PDF-1.7 no")
    for form in ("csv", "jsonl", "html"):
        batch(folder, *ROLE, "--blind", "--key", tmp_path / "key.csv", "-o", tmp_path / f"r.{form}",
              expect=3)  # fmt: skip
    for path in tmp_path.glob("r.*"):
        written = path.read_text(encoding="utf-8").casefold()
        for secret in ("zerlina", "quux", "555-0142"):
            assert secret not in written, f"{secret} in {path.name}"
    assert "zerlina-quux.txt" in (tmp_path / "key.csv").read_text()


def test_archives_lists_and_urls(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    paths = list(make(folder, 4))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in paths[:2]:
            archive.write(path, path.name)
    (tmp_path / "list.csv").write_text(
        f"path,candidate\nin/{paths[2].name},C-1\nin/{paths[3].name},C-2\n"
    )
    batch(
        tmp_path / "all.zip",
        tmp_path / "list.csv",
        folder.as_uri(),
        *ROLE,
        "-o",
        tmp_path / "r.csv",
    )
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4
    assert {r["candidate"] for r in rows} == {
        f"all.zip/{paths[0].name}", f"all.zip/{paths[1].name}", "C-1", "C-2",
    }  # fmt: skip
    assert sorted(a for r in rows for a in r["aliases"].split("; ")) == [p.name for p in paths]


def test_audit_selection_and_a_letter(resumes: Path, tmp_path: Path) -> None:
    names = sorted(p.name for p in resumes.iterdir())
    groups = ["candidate,sex", *(f"{n},{'F' if i % 2 else 'M'}" for i, n in enumerate(names))]
    (tmp_path / "groups.csv").write_text("\n".join(groups))
    output = tmp_path / "r.jsonl"
    batch(
        resumes,
        *ROLE,
        "--select",
        10,
        "--audit",
        tmp_path / "groups.csv",
        "--near",
        1,
        "-o",
        output,
    )
    found = json.loads((tmp_path / "r.audit.json").read_text())
    assert found["title"] == "Input for an independent auditor"
    (selection,) = (t for t in found["tables"] if t["kind"] == "selection")
    assert sum(g["counted"] for g in selection["groups"]) == 10
    assert (tmp_path / "r.audit.xlsx").exists()
    near = json.loads((tmp_path / "r.run.json").read_text())["pool"]["near"]
    assert [k for k, _ in near] == [0, 1]
    done = subprocess.run(
        [sys.executable, "-m", "skillgap", "explain", str(output), "--candidate", names[5]],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "person makes that decision" in done.stdout
    assert "of 100" in done.stdout


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (["-o", "r.csv"], 2, "--role ID and --job FILE"),
        (["--role", "nobody", "-o", "r.csv"], 2, "no role"),
        ([*ROLE, "-o", "r.doc"], 2, ".xlsx"),
        ([*ROLE, "--select", "1", "--cutoff", "5", "-o", "r.csv"], 2, "one of --select"),
        ([*ROLE, "-o", "no/such/folder/r.csv"], 2, "can't be written"),
        ([*ROLE, "--audit", "none.csv", "-o", "r.csv"], 1, "none.csv"),
        ([*ROLE, "--scheduler", "tcp://127.0.0.1:9", "-o", "r.csv"], 2, "scheduler"),
    ],
)
def test_mistakes_are_said_before_any_work(
    args: Sequence[str], status: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Ada Example")
    done = batch("a.txt", *args, expect=status)
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt"]


def test_nothing_there(tmp_path: Path) -> None:
    done = batch(tmp_path / "none", *ROLE, "-o", tmp_path / "r.csv", expect=1)
    assert "no file or folder" in done.stderr


def test_the_workbook_opens_in_libreoffice(undisturbed: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        lacking("LibreOffice is not installed (soffice)")
        return
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "pdf", "--outdir", str(tmp_path), str(undisturbed / "r.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "r.pdf").stat().st_size > 10_000
