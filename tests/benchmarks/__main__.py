"""Prints the figures that the README and the docs quote."""

from __future__ import annotations

import argparse
import os
import sys
import sysconfig
from pathlib import Path

from skillgap.analyzer import Analyzer, this_month
from skillgap.documents import read
from skillgap.nlp.structure import read_structure
from skillgap.planning import make_plan
from skillgap.profile import build_profile
from skillgap.types import Annotations, Options

from .floor import characters
from .timing import command, in_turn, median, ratio

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("cold", "warm", "readers", "plan", "batch", "cluster")
EXAMPLES = ROOT / "examples" / "resumes"


def main() -> None:
    """Run the parts that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, "memory", []], default=[])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--count", type=int, default=1000, help="files of a batch [1000]")
    parser.add_argument(
        "--times", type=int, default=20, help="“memory”: how many times as many [20]"
    )
    parser.add_argument(
        "--files", type=Path, default=EXAMPLES, help="folder of PDFs [the examples]"
    )
    args = parser.parse_args()
    files = sorted(args.files.rglob("*.pdf"))
    parts = args.parts or PARTS
    if "cold" in parts:
        cold(files[0], args.rounds)
    if "warm" in parts:
        warm(files, args.rounds)
    if "readers" in parts:
        from .readers import readers

        readers(files, min(args.rounds, 3))
    if "plan" in parts:
        plan(files[:4])
    if set(parts) & {"batch", "cluster", "memory"}:
        from . import batch

        if "batch" in parts:
            batch.batch(args.count, min(args.rounds, 3))
        if "cluster" in parts:
            batch.cluster(args.count, min(args.rounds, 2))
        if "memory" in parts:
            batch.memory(args.count, args.times)


def cold(resume: Path, rounds: int) -> None:
    """The whole command in a new process, beside the imports that it can't do without."""
    script = Path(sysconfig.get_path("scripts")) / "skillgap"
    floor = "import spacy, pypdfium2, sklearn.metrics.pairwise, scipy.optimize"
    goal = "import spacy, pypdfium2"
    ours, imports, fewer = in_turn(
        rounds,
        command(str(script), str(resume)),
        command(sys.executable, "-c", floor),
        command(sys.executable, "-c", goal),
    )
    print("One résumé, new process (medians)")
    print(f"  skillgap {resume.name:<34} {median(ours):7.0f} ms")
    print(f"  {floor:<70} {median(imports):7.0f} ms   ratio {ratio(ours, imports):.2f} (≤ 1.3)")
    print(f"  {goal:<70} {median(fewer):7.0f} ms   ratio {ratio(ours, fewer):.2f} (goal 1.6)\n")


def warm(files: list[Path], rounds: int) -> None:
    """Each stage in one warm process on one core, beside pdfium's characters of the same files."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    analyzer = Analyzer()
    analyzer.warm_up()
    now = this_month()
    options = Options(plan=False)
    print("Warm, one core, ms a file (medians)")
    print(f"  {'file':<30} {'floor':>6} {'read':>6} {'struct':>6} {'skills':>6} {'profile':>7}"
          f" {'score':>6} {'all':>6} {'report':>7}  {'all / floor':>11}")  # fmt: skip
    ratios = []
    for path in files:
        document = read(path)
        structure = read_structure(document, analyzer._lexicon, now)
        mentions = analyzer.extractor.extract(
            document, structure.sections, structure.entries, structure.contact.spans
        )
        notes = Annotations(
            structure.sections, structure.entries, structure.education, structure.contact, mentions
        )
        profile = build_profile(notes, analyzer.taxonomy, now)
        roles = list(analyzer.taxonomy.roles.values())
        spent = in_turn(
            rounds,
            lambda p=path: characters(p),
            lambda p=path: read(p),
            lambda d=document: read_structure(d, analyzer._lexicon, now),
            lambda d=document, s=structure: analyzer.extractor.extract(
                d, s.sections, s.entries, s.contact.spans
            ),
            lambda n=notes: build_profile(n, analyzer.taxonomy, now),
            lambda p=profile, r=roles: analyzer.matcher.match(p, r, gaps=False),
            lambda p=path, r=roles: analyzer.matcher.match(
                analyzer.read(p, options=options).profile, r, gaps=False
            ),
            lambda p=path: analyzer.analyze(p, options=options),
        )
        ratios.append(ratio(spent[-2], spent[0]))
        cells = " ".join(f"{median(s):6.1f}" for s in spent)
        print(f"  {path.name:<30} {cells}  {ratios[-1]:11.2f}")
    ratios.sort()
    print(f"  median ratio {ratios[len(ratios) // 2]:.2f} (≤ 2.5)\n")


def plan(files: list[Path]) -> None:
    """The course plan of each role."""
    analyzer = Analyzer()
    options = Options(plan=False)
    times: list[float] = []
    for path in files:
        reading = analyzer.read(path, options=options)
        roles = list(analyzer.taxonomy.roles.values())
        for match in analyzer.matcher.match(reading.profile, roles):
            role = analyzer.taxonomy.roles[match.role]
            (spent,) = in_turn(
                1,
                lambda m=match, r=role, p=reading.profile: make_plan(
                    m, r, p, analyzer.taxonomy, options
                ),
            )
            times += spent
    times.sort()
    print(
        f"Course plans: {len(times)}, median {median(times):.0f} ms (≤ 50), worst {times[-1] * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
