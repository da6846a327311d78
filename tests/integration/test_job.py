"""Job postings from file to report: the command, the YAML, the corrections."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from skillgap.analyzer import Analyzer
from skillgap.matching.posting_yaml import role_id, to_yaml
from skillgap.report import Report
from skillgap.taxonomy.load import load_taxonomy
from skillgap.types import Options, PartialDate

ROOT = Path(__file__).parents[2]
JOBS = [
    ROOT / "examples/jobs" / n
    for n in ("mlops-engineer.txt", "ai-product-manager.html", "ai-ethics-lead.pdf")
]
RESUME = ROOT / "examples/resumes/mlops-engineer.pdf"
OPTIONS = Options(as_of=PartialDate(2026, 11), plan=False)


@lru_cache(maxsize=1)
def analyzer() -> Analyzer:
    return Analyzer()


def report(job: Path = JOBS[0], resume: Path = RESUME, **more: object) -> Report:
    return analyzer().analyze(resume, job=job, options=OPTIONS, **more)


def skillgap(*args: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "skillgap", *map(str, args)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
    )


EXPECTED = {
    "mlops-engineer": ("MLOps Engineer (mid to senior)", {"python", "docker", "kubernetes"}),
    "ai-product-manager": ("Senior AI Product Manager", {"sql", "prompt-engineering"}),
    "ai-ethics-lead": ("AI Ethics Lead", {"nist-ai-rmf", "explainable-ai"}),
}
NEVER = {"insurance-claims", "computer-science", "computer-engineering", "philosophy"}


@pytest.mark.parametrize("job", JOBS, ids=lambda p: p.stem)
def test_each_form_of_posting_becomes_a_role(job: Path) -> None:
    title, essential = EXPECTED[job.stem]
    made = analyzer().posting(job)
    assert made.role.label == title
    asked = {m: r.importance for r in made.role.requirements for m in r.any_of}
    assert essential <= {m for m, i in asked.items() if i == "essential"}
    assert not NEVER & set(asked)
    if (
        job.stem == "ai-product-manager"
    ):  # "made with more Python than we planned" is no requirement
        assert "python" not in asked
    text = " ".join(made.document.text.split())
    for requirement in made.role.requirements:
        assert 0 < requirement.weight <= 10
        assert all(e.removesuffix(" …") in text for e in requirement.evidence)


def test_a_job_stands_alone_unless_roles_are_named_too() -> None:
    assert [r.id for r in report().roles] == ["posting"]
    both = report(roles=["data-scientist"])
    assert {r.id for r in both.roles} == {"posting", "data-scientist"}


def test_the_fitting_resume_fits_and_another_does_not() -> None:
    mine = report().roles[0]
    theirs = report(resume=ROOT / "examples/resumes/ai-content-creator.pdf").roles[0]
    assert mine.score > 60 > 25 > theirs.score
    assert sum(m.contribution for m in mine.matched) == pytest.approx(mine.score, abs=1e-6)


def test_what_is_asked_beyond_skills_is_shown_and_never_scored() -> None:
    made = report().roles[0]
    met = {r.kind: r.met for r in made.requirements}
    assert met["years"] == "yes"
    assert met["authorization"] == "unknown"
    posting = analyzer().posting(JOBS[0])
    bare = analyzer().analyze(
        RESUME, job=type(posting)(posting.role, (), posting.document), options=OPTIONS
    )
    assert bare.roles[0].score == made.score


@pytest.mark.parametrize("job", JOBS, ids=lambda p: p.stem)
def test_the_yaml_goes_through_the_taxonomy_and_back(job: Path, tmp_path: Path) -> None:
    made = analyzer().posting(job)
    from dataclasses import replace

    made = replace(made, role=replace(made.role, id=role_id(made.role.label, analyzer().taxonomy)))
    path = tmp_path / "role.yaml"
    path.write_text(to_yaml(made, analyzer().taxonomy), encoding="utf-8")
    loaded = load_taxonomy(path)
    again = loaded.roles[made.role.id]
    assert again.requirements == made.role.requirements
    assert (again.label, again.titles) == (made.role.label, made.role.titles)
    assert len(loaded.roles) == len(analyzer().taxonomy.roles) + 1
    assert path.read_text(encoding="utf-8").startswith("# What one job posting asks for")


def test_a_role_of_the_taxonomy_is_never_overwritten() -> None:
    assert role_id("MLOps Engineer", analyzer().taxonomy) == "posting-mlops-engineer"
    assert role_id("Barista", analyzer().taxonomy) == "barista"
    assert role_id("", analyzer().taxonomy) == "posting"


def test_the_command_writes_a_role_and_uses_it(tmp_path: Path) -> None:
    path = tmp_path / "role.yaml"
    done = skillgap("job", JOBS[0], "-o", path, "--id", "our-opening")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["id"] == "our-opening"
    used = skillgap(
        RESUME,
        "--taxonomy",
        path,
        "--role",
        "our-opening",
        "--format",
        "json",
        "--as-of",
        "2026-11",
    )
    direct = skillgap(RESUME, "--job", JOBS[0], "--format", "json", "--as-of", "2026-11")
    assert used.returncode == direct.returncode == 0, used.stderr + direct.stderr
    mine, theirs = json.loads(used.stdout)["roles"][0], json.loads(direct.stdout)["roles"][0]
    assert (mine["id"], theirs["id"]) == ("our-opening", "posting")
    assert mine["score"] == theirs["score"]
    assert theirs["requirements"]


def test_wrong_usage_is_told(tmp_path: Path) -> None:
    assert skillgap("job", "nowhere.txt").returncode == 1
    assert skillgap("job", JOBS[0], "--id", "Not An Id").returncode == 2
    assert skillgap(RESUME, "--job", "nowhere.txt").returncode == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("c.yaml", "declare: [Rust]\ndispute: [docker]\n"),
        ("c.json", '{"declare": ["rust"], "dispute": ["Docker"]}'),
    ],
)
def test_corrections_count_and_stand_apart(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    done = skillgap(RESUME, "--corrections", path, "--format", "json", "--as-of", "2026-11")
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    plain = json.loads(skillgap(RESUME, "--format", "json", "--as-of", "2026-11").stdout)
    assert made["corrections"] == {"declared": ["rust"], "disputed": ["docker"]}
    assert plain["corrections"] is None
    assert made["skills"] == plain["skills"]  # what was found stays what was found
    for role, before in zip(
        sorted(made["roles"], key=lambda r: r["id"]),
        sorted(plain["roles"], key=lambda r: r["id"]),
        strict=True,
    ):
        assert "docker" not in {m["via"] or m["id"] for m in role["matched"]}
        assert role["score"] <= before["score"] + 5


def test_a_declared_skill_is_worth_a_listed_one() -> None:
    base = report().roles[0].score
    declared = (
        analyzer()
        .analyze(RESUME, job=JOBS[0], options=OPTIONS, declare=("argo-workflows",))
        .roles[0]
    )
    learned = (
        analyzer().analyze(RESUME, job=JOBS[0], options=OPTIONS, learn=("argo-workflows",)).roles[0]
    )
    assert base < declared.score < learned.score


@pytest.mark.parametrize(
    "text",
    [
        "- a list",
        "declare: 5",
        "unknown: [x]",
        "declare: [Python]\ndispute: [Python]",
        "{",
        "declare: [no such skill at all]",
    ],
)
def test_corrections_that_make_no_sense_are_wrong_usage(tmp_path: Path, text: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(text, encoding="utf-8")
    done = skillgap(RESUME, "--corrections", path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("skillgap: ")


def test_a_nearer_role_on_the_way_to_a_far_one() -> None:
    resume = ROOT / "examples/resumes/ai-content-creator.pdf"
    far = (
        analyzer()
        .analyze(resume, ["generative-ai-engineer"], options=Options(as_of=PartialDate(2026, 11)))
        .roles[0]
    )
    assert far.score < 40
    if far.on_the_way is not None:
        assert far.on_the_way.id != far.id
        assert far.on_the_way.score >= far.score + 10
        assert far.on_the_way.score_after >= far.score + 15
    near = (
        analyzer()
        .analyze(RESUME, ["mlops-engineer"], options=Options(as_of=PartialDate(2026, 11)))
        .roles[0]
    )
    assert near.on_the_way is None
