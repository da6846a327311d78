"""What postings ask beyond skills, and how a résumé answers."""

from __future__ import annotations

import pytest

from skillgap.documents import read
from skillgap.matching.asked import Demand, judge, read_demands
from skillgap.matching.posting_rules import load_rules
from skillgap.matching.posting_units import read_posting
from skillgap.types import (
    Annotations,
    Asked,
    Contact,
    Education,
    Entry,
    PartialDate,
    ProfiledSkill,
    SkillProfile,
)

AS_OF = PartialDate(2026, 11)


def demands(line: str, heading: str = "Requirements") -> list[Demand]:
    document = read(f"Engineer\n\n{heading}\n- {line}\n".encode())
    units = read_posting(document, load_rules()).units
    return list(read_demands(document, units, {}, {}, load_rules()))


def one(line: str, heading: str = "Requirements") -> Demand:
    (found,) = demands(line, heading)
    return found


def position(start: str, end: str | None) -> Entry:
    return Entry(
        "position",
        "Engineer",
        "Acme",
        PartialDate.parse(start),
        PartialDate.parse(end) if end else None,
        end is None,
        None,
        (0, 0),
    )


def answer(demand: Demand, notes: Annotations, text: str = "", **skills: int) -> Asked:
    profile = SkillProfile(
        {k: ProfiledSkill(k, "claimed", 1.0, mentions=(0,), months=n) for k, n in skills.items()}
    )
    (found,) = judge((demand,), text, notes, profile, load_rules(), AS_OF)
    return found


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("5+ years of experience in software", 5),
        ("At least three years of work in support", 3),
        ("3-5 years' experience", 3),
        ("10 or more years building systems", 10),
        ("2 to 4 years working with customers", 2),
        ("7 years professional experience", 7),
    ],
)
def test_years_are_read(line: str, years: int) -> None:
    found = one(line)
    assert (found.kind, found.number) == ("years", years)


@pytest.mark.parametrize("line", ["You are 18 years old", "We doubled two years ago"])
def test_other_years_are_none(line: str) -> None:
    assert demands(line) == []


@pytest.mark.parametrize(
    ("line", "rank"),
    [
        ("Bachelor's degree in computer science", 2),
        ("BS or MS in statistics", 2),
        ("Master’s degree", 3),
        ("PhD in physics", 4),
        ("M.Sc. in engineering", 3),
    ],
)
def test_degrees_are_read(line: str, rank: int) -> None:
    found = one(line)
    assert (found.kind, found.number, found.firm) == ("degree", rank, True)


def test_two_letters_are_a_degree_in_capitals_only() -> None:
    assert demands("ma and ms are no degrees, as be and as are not") == []


def test_a_degree_or_its_equivalent_is_never_a_no() -> None:
    wanted = one("Master's degree or equivalent experience")
    assert not wanted.firm
    notes = Annotations(education=(Education("BSc Biology", "Uni", None, None, (0, 0)),))
    assert answer(wanted, notes).met == "unknown"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Fluent in German", "language"),
        ("AWS certification", "certificate"),
        ("Must be authorized to work in the United States", "authorization"),
        ("On-site in Denver three days a week", "location"),
    ],
)
def test_other_kinds_are_read(line: str, kind: str) -> None:
    assert [d.kind for d in demands(line)] == [kind]


def test_natural_language_is_no_language() -> None:
    assert demands("Natural language processing") == []


def test_years_are_counted_once_for_each_month() -> None:
    wanted = one("4+ years of experience")
    twice = (position("2020-01", "2021-12"), position("2020-01", "2021-12"))
    assert answer(wanted, Annotations(entries=twice)).met == "no"
    row = (position("2020-01", "2021-12"), position("2022-01", None))
    found = answer(wanted, Annotations(entries=row))
    assert (found.met, found.evidence) == ("yes", "6 years 11 months in positions")
    assert answer(wanted, Annotations()).met == "unknown"


def test_years_with_a_skill_need_the_skill() -> None:
    wanted = one("4+ years of experience")._replace(names=("python",))
    notes = Annotations(entries=(position("2020-01", None),))
    assert answer(wanted, notes, python=60).met == "yes"
    assert answer(wanted, notes, python=12).met == "unknown"
    assert answer(wanted, notes).met == "unknown"


def test_the_highest_degree_counts() -> None:
    wanted = one("Master's degree in anything")
    higher = Annotations(education=(Education("Ph.D. in Physics", "Uni", None, None, (0, 0)),))
    lower = Annotations(education=(Education("B.Sc. in Physics", "Uni", None, None, (0, 0)),))
    assert answer(wanted, higher).met == "yes"
    assert answer(wanted, lower) == Asked("degree", wanted.text, "no", "B.Sc. in Physics")
    assert answer(wanted, Annotations()).met == "unknown"


def test_languages_places_and_permission_are_taken_from_what_the_resume_says() -> None:
    german = one("Fluent in German")
    assert answer(german, Annotations(), "Languages: German (C1)").met == "yes"
    assert answer(german, Annotations()).met == "unknown"
    assert answer(one("Fluent in English"), Annotations(language="en")).met == "yes"
    place = one("Hybrid in Denver, CO")
    assert answer(place, Annotations(contact=Contact(location="Denver, CO"))).met == "yes"
    assert answer(place, Annotations(contact=Contact(location="Boise, ID"))).met == "unknown"
    permit = one("Must be authorized to work in Canada")
    assert answer(permit, Annotations(), "Authorized to work in Canada").met == "yes"
    assert answer(permit, Annotations()).met == "unknown"


def test_certificates_are_met_by_the_one_that_is_named() -> None:
    wanted = one("CKA certification")._replace(names=("certified-kubernetes-administrator",))
    assert answer(wanted, Annotations(), **{"certified-kubernetes-administrator": 0}).met == "yes"
    assert answer(wanted, Annotations()).met == "unknown"


@pytest.mark.parametrize("heading", ["Benefits", "About us"])
def test_nothing_is_asked_where_the_employer_speaks_of_itself(heading: str) -> None:
    assert demands("Over 30 years of experience and a certified kitchen", heading) == []
