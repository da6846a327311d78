from __future__ import annotations

from skillgap.profile import LISTED, REPEATED, STUDIED, USED, build_profile, with_changes
from skillgap.taxonomy.model import Taxonomy
from skillgap.types import Annotations, Entry, Mention, PartialDate, Section

NOW = PartialDate(2026, 11)
SECTIONS = (
    Section("skills", "Skills", 0, 100),
    Section("experience", "Experience", 100, 500),
    Section("education", "Education", 500, 600),
)


def entry(start: str | None, end: str | None, current: bool = False) -> Entry:
    return Entry(
        "position",
        "Engineer",
        "Example",
        PartialDate.parse(start) if start else None,
        PartialDate.parse(end) if end else None,
        current,
        None,
        (100, 500),
    )


def mention(skill: str, section: int, entry: int = -1, **more: object) -> Mention:
    return Mention(0, 1, skill, section=section, entry=entry, **more)  # type: ignore[arg-type]


def test_evidence_is_graded_by_place(small: Taxonomy) -> None:
    entries = (entry("2020-01", "2020-12"), entry("2021-01", None, current=True))
    notes = Annotations(
        sections=SECTIONS,
        entries=entries,
        mentions=(
            mention("docker", 0),
            mention("pinecone", 2),
            mention("python", 1, 0),
            mention("pytorch", 1, 0),
            mention("pytorch", 1, 1),
        ),
    )
    skills = build_profile(notes, small, NOW).skills
    grades = {k: skills[k].depth for k in ("docker", "pinecone", "python", "pytorch")}
    assert grades == {"docker": LISTED, "pinecone": STUDIED, "python": USED, "pytorch": REPEATED}


def test_months_are_counted_once_where_positions_overlap(small: Taxonomy) -> None:
    entries = (entry("2020-01", "2020-12"), entry("2020-07", "2021-06"))
    notes = Annotations(
        sections=SECTIONS,
        entries=entries,
        mentions=(mention("python", 1, 0), mention("python", 1, 1)),
    )
    python = build_profile(notes, small, NOW).skills["python"]
    assert python.months == 18
    assert python.last_used == PartialDate(2021, 6)
    assert not python.current


def test_unknown_dates_give_no_months(small: Taxonomy) -> None:
    notes = Annotations(
        sections=SECTIONS, entries=(entry("2020", None),), mentions=(mention("python", 1, 0),)
    )
    python = build_profile(notes, small, NOW).skills["python"]
    assert (python.months, python.last_used) == (None, None)
    assert python.depth == USED


def test_present_runs_to_as_of(small: Taxonomy) -> None:
    notes = Annotations(
        sections=SECTIONS,
        entries=(entry("2026-01", None, current=True),),
        mentions=(mention("python", 1, 0),),
    )
    python = build_profile(notes, small, NOW).skills["python"]
    assert (python.months, python.last_used, python.current) == (11, NOW, True)


def test_claimed_wins_over_aspired_and_negated_is_never_claimed(small: Taxonomy) -> None:
    notes = Annotations(
        sections=SECTIONS,
        mentions=(
            mention("python", 0),
            mention("python", 0, status="aspired"),
            mention("docker", 0, status="negated"),
            mention("docker", 0, status="aspired"),
        ),
    )
    skills = build_profile(notes, small, NOW).skills
    assert skills["python"].status == "claimed"
    assert skills["docker"].status == "aspired"
    assert "docker" not in build_profile(notes, small, NOW).claimed()


def test_implied_skills_say_by_what_and_never_overrule_the_text(small: Taxonomy) -> None:
    notes = Annotations(
        sections=SECTIONS,
        mentions=(mention("pytorch", 0), mention("python", 0, status="negated")),
    )
    skills = build_profile(notes, small, NOW).skills
    assert skills["python"].status == "negated"
    assert skills["dl-frameworks"].implied
    assert skills["dl-frameworks"].implied_by == ("pytorch",)
    assert "deep-learning" not in skills  # two steps up: said of the hierarchy, not of the person


def test_a_replaced_skill_counts_as_what_replaced_it(small: Taxonomy) -> None:
    notes = Annotations(sections=SECTIONS, mentions=(mention("bard", 0),))
    assert list(build_profile(notes, small, NOW).skills) == ["gemini"]


def test_confidence_grows_with_independent_mentions(small: Taxonomy) -> None:
    one = Annotations(sections=SECTIONS, mentions=(mention("python", 0, confidence=0.6),))
    two = Annotations(
        sections=SECTIONS,
        mentions=(mention("python", 0, confidence=0.6), mention("python", 1, confidence=0.5)),
    )
    assert build_profile(one, small, NOW).skills["python"].confidence == 0.6
    assert build_profile(two, small, NOW).skills["python"].confidence == 0.8


def test_what_if_adds_and_takes_away_with_all_that_follows(small: Taxonomy) -> None:
    profile = build_profile(
        Annotations(sections=SECTIONS, mentions=(mention("docker", 0),)), small, NOW
    )
    more = with_changes(profile, small, ["pytorch"], ["docker"])
    assert "docker" not in more.skills
    assert more.skills["python"].implied_by == ("pytorch",)
    assert with_changes(more, small, [], ["pytorch"]).skills == {}
