"""Positions in every usual arrangement of title, employer, place and dates, made by chance.

Hand-picked cases hide what a rule does elsewhere; here each arrangement meets titles with and without
a telling word, employers with and without one, places, date forms and body texts, on a page and as
plain text. The seed is fixed. Floors are below what stands today and guard against loss.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from skillgap.evaluation.documents import agree
from skillgap.nlp.lexicon import load_lexicon
from skillgap.nlp.structure import read_structure
from skillgap.types import Document

from .made import AS_OF, page, plain

TITLES = (
    "Software Engineer", "Senior Data Scientist", "Machine Learning Intern", "Head of Data",
    "Member of Technical Staff", "Software Development Engineer II", "VP, Product",
    "Data Analyst, Growth", "Sr. ML Engineer", "Product Manager - Search", "Teaching Assistant",
    "Co-Founder & CTO", "Full Stack Developer (Contract)", "QA Lead", "AI Ethics Fellow",
    "Customer Success Manager, EMEA", "Data Science Co-op", "Staff Nurse", "Summer Analyst",
)  # fmt: skip
UNTOLD = ("Growth", "Supply Chain, Purchasing", "Product Marketing", "Data Science", "IT Support",
          "Customer Service", "Chemist", "Web Development")  # fmt: skip
EMPLOYERS = (
    "Kestrel", "Acme Corp.", "Bank of Oldtown", "University of Example", "Oldtown Chase & Co.",
    "Example State University, Department of Physics", "Zeta plc", "Marlow & Company", "Pied Piper",
    "Ode & Young LLP", "data.example", "Example Consultancy Services", "St. Mary's Hospital",
    "Zeta Insurance Group", "ACME", "AB&C", "Self-employed", "Design Partners", "Head Start",
)  # fmt: skip
PLACES = ("Austin, TX", "Berlin, Germany", "Remote", "London, UK", "New York, NY", "Lyon, France",
          "Toronto, ON, Canada", "Smallville, Kansas", "Kyiv, Ukraine")  # fmt: skip
BULLETS = (
    "• Built pipelines in Spark and cut the cost of nightly jobs by half.",
    "• Led a group of four people.",
    "• Responsible for testing and release of the web shop since 2019",
)
PROSE = (
    "Responsible for the internal platform and the support of its users in five countries.",
    "Worked closely with product and design on the search of the shop; shipped it in time.",
)
Arrange = Callable[[str, str, str, str], tuple[str, ...]]
ARRANGEMENTS: dict[str, Arrange] = {
    "title dates / employer place": lambda t, o, p, d: (f"#{t}\t{d}", f"{o}\t{p}"),
    "employer place / title dates": lambda t, o, p, d: (f"#{o}\t{p}", f"{t}\t{d}"),
    "employer dates / title place": lambda t, o, p, d: (f"#{o}\t{d}", f"{t}\t{p}"),
    "title place / employer dates": lambda t, o, p, d: (f"#{t}\t{p}", f"{o}\t{d}"),
    "title, employer dates": lambda t, o, _, d: (f"#{t}, {o}\t{d}",),
    "employer, title dates": lambda t, o, _, d: (f"{o}, {t}\t{d}",),
    "title | employer | place | dates": lambda t, o, p, d: (f"#{t} | {o} | {p} | {d}",),
    "title – employer (dates)": lambda t, o, _, d: (f"{t} – {o} ({d})",),
    "employer — title / dates": lambda t, o, _, d: (f"#{o} — {t}", d),
    "title / employer, place / dates": lambda t, o, p, d: (f"#{t}", f"{o}, {p}", d),
    "employer / title / dates": lambda t, o, _, d: (f"#{o}", t, d),
    "title at employer / dates": lambda t, o, _, d: (f"#{t} at {o}", d),
    "title / employer / place / dates": lambda t, o, p, d: (f"#{t}", o, p, d),
    "dates / title / employer": lambda t, o, _, d: (d, f"#{t}", o),
    "dates / employer / title": lambda t, o, _, d: (d, f"#{o}", t),
    "dates title, employer, place": lambda t, o, p, d: (f"{d}\t{t}, {o}, {p}",),
    "title / employer | dates": lambda t, o, _, d: (f"#{t}", f"{o} | {d}"),
    "title, employer, place, dates": lambda t, o, p, d: (f"{t}, {o}, {p}, {d}",),
    "employer, place dates / title": lambda t, o, p, d: (f"#{o}, {p}\t{d}", t),
    "title · employer / dates · place": lambda t, o, p, d: (f"#{t} · {o}", f"{d} · {p}"),
}  # fmt: skip
ROUNDS = 6


def dates(chance: random.Random, k: int) -> str:
    year = 2024 - 2 * k
    month = chance.choice(("Jan", "March", "Sept.", "Oct"))
    until = "Present" if k == 0 else f"{chance.choice(('Dec', 'November', 'Aug'))} {year + 1}"
    digits = "now" if k == 0 else f"0{chance.randint(1, 9)}/{year + 1}"
    return chance.choice(
        (f"{month} {year} – {until}", f"{month} {year} to {until}",
         f"{year} – {'present' if k == 0 else year + 1}", f"0{chance.randint(1, 9)}/{year} – {digits}")
    )  # fmt: skip


def made(rows: list[str], laid_out: bool) -> Document:
    if laid_out:
        return page(*rows)
    return plain(
        "\n".join(
            r[2:].upper() if r.startswith("##") else r.lstrip("#").replace("\t", "      ")
            for r in rows
        )
    )


def shares(
    titles: tuple[str, ...], arrange: Arrange, laid_out: bool, seed: str
) -> tuple[int, int, int]:
    """Positions made, found right, and found that were not made."""
    chance = random.Random(seed)
    lexicon = load_lexicon()
    total = right = extra = 0
    for _ in range(ROUNDS):
        wanted = [(chance.choice(titles), chance.choice(EMPLOYERS)) for _ in range(3)]
        rows = ["##Kim Ode", "kim@example.com", "", "##Experience", ""]
        bullets = chance.random() < 0.7
        for k, (title, employer) in enumerate(wanted):
            rows += arrange(title, employer, chance.choice(PLACES), dates(chance, k))
            rows += (
                chance.sample(BULLETS, chance.randint(1, 3)) if bullets else [chance.choice(PROSE)]
            )
            rows += [""] if chance.random() < 0.8 else []
        rows += ["", "##Education", "BSc, Example University, 2012"]
        found = [
            (e.title, e.organization)
            for e in read_structure(made(rows, laid_out), lexicon, AS_OF).entries
        ]
        hits = [any(agree(a, t) and agree(b, o) for a, b in found) for t, o in wanted]
        total += len(wanted)
        right += sum(hits)
        extra += sum(not any(agree(a, t) and agree(b, o) for t, o in wanted) for a, b in found)
    return total, right, extra


@pytest.mark.parametrize("laid_out", [True, False], ids=["page", "text"])
@pytest.mark.parametrize("name", list(ARRANGEMENTS))
def test_titles_with_a_telling_word(name: str, laid_out: bool) -> None:
    total, right, extra = shares(TITLES, ARRANGEMENTS[name], laid_out, name)
    assert right >= 0.9 * total
    assert extra <= 0.1 * total


def test_all_arrangements_together() -> None:
    usual = [shares(TITLES, a, x, n) for n, a in ARRANGEMENTS.items() for x in (True, False)]
    assert sum(r for _, r, _ in usual) >= 0.98 * sum(t for t, _, _ in usual)
    untold = [shares(UNTOLD, a, x, n) for n, a in ARRANGEMENTS.items() for x in (True, False)]
    assert sum(r for _, r, _ in untold) >= 0.85 * sum(t for t, _, _ in untold)
