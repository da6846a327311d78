"""Courses of study in every usual arrangement, made by chance; the seed is fixed."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from skillgap.evaluation.documents import agree
from skillgap.nlp.lexicon import load_lexicon
from skillgap.nlp.structure import read_structure

from .made import AS_OF, page, plain

DEGREES = (
    "B.S. in Computer Science", "Bachelor of Science in Physics", "BSc (Hons) Mathematics", "MBA",
    "M.S. Statistics", "Ph.D. in Computational Linguistics", "B.Tech in Information Technology",
    "M.Eng. Electrical Engineering", "Associate of Applied Science", "B.A., Economics",
    "Diploma in Web Development", "BFA in Film Production", "Master's in Public Health",
)  # fmt: skip
PLACES_OF_STUDY = (
    "University of Example", "Oldtown University", "MIT", "TU Munich", "London School of Tea",
    "State University of Example at Oldtown", "Springfield Community College", "Harbor Tech",
    "Ridgemont Institute of Technology", "École Polytechnique", "Universidad de Ejemplo",
)  # fmt: skip
TOWNS = ("Austin, TX", "Berlin, Germany", "London, UK")
ARRANGEMENTS: dict[str, Callable[[str, str, str, str], tuple[str, ...]]] = {
    "degree, place dates": lambda d, i, _, t: (f"{d}, {i}\t{t}",),
    "place town / degree dates": lambda d, i, p, t: (f"#{i}\t{p}", f"{d}\t{t}"),
    "place dates / degree": lambda d, i, _, t: (f"#{i}\t{t}", d),
    "degree dates / place": lambda d, i, _, t: (f"#{d}\t{t}", i),
    "degree / place / dates": lambda d, i, _, t: (f"#{d}", i, t),
    "place / degree / dates": lambda d, i, _, t: (f"#{i}", d, t),
    "degree | place | dates": lambda d, i, _, t: (f"{d} | {i} | {t}",),
    "place — degree (dates)": lambda d, i, _, t: (f"#{i} — {d} ({t})",),
    "dates degree, place": lambda d, i, _, t: (f"{t}\t{d}, {i}",),
    "degree / place, town / dates / grade": lambda d, i, p, t: (
        f"#{d}",
        f"{i}, {p}",
        t,
        "GPA: 3.8",
    ),
    "• degree, place, dates": lambda d, i, _, t: (f"• {d}, {i}, {t}",),
}


@pytest.mark.parametrize("laid_out", [True, False], ids=["page", "text"])
@pytest.mark.parametrize("name", list(ARRANGEMENTS))
def test_arrangements(name: str, laid_out: bool) -> None:
    chance = random.Random(name)
    total = right = said = 0
    for _ in range(10):
        rows = ["##Kim Ode", "", "##Skills", "Python and SQL, and the rest of the tools of the trade",
                "", "##Education", ""]  # fmt: skip
        wanted = []
        for year in (2018, 2014):
            degree, place = chance.choice(DEGREES), chance.choice(PLACES_OF_STUDY)
            dates = chance.choice(
                (f"{year - 4} – {year}", f"Aug {year - 4} - May {year}", f"May {year}", f"{year}")
            )
            wanted.append((degree, place, year))
            rows += ARRANGEMENTS[name](degree, place, chance.choice(TOWNS), dates)
            rows += [""] if chance.random() < 0.6 else []
        rows += ["", "##Interests", "Chess"]
        text = "\n".join(
            r[2:].upper() if r.startswith("##") else r.lstrip("#").replace("\t", "      ")
            for r in rows
        )
        document = page(*rows) if laid_out else plain(text)
        found = read_structure(document, load_lexicon(), AS_OF).education
        said += len(found)
        total += len(wanted)
        right += sum(
            any(agree(f.degree, d) and agree(f.institution, i) and f.end and f.end.year == y
                for f in found)
            for d, i, y in wanted
        )  # fmt: skip
    assert right >= 0.85 * total
    assert said <= total
