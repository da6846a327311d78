from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.matching import parameters
from skillgap.matching.matcher import Matcher
from skillgap.profile import LISTED, REPEATED, STUDIED, USED, learned, with_changes, with_implied
from skillgap.taxonomy.model import Taxonomy
from skillgap.types import ProfiledSkill, SkillProfile

GRADES = (LISTED, STUDIED, USED, REPEATED)


def skill(ident: str, depth: float = REPEATED, status: str = "claimed") -> ProfiledSkill:
    return ProfiledSkill(ident, status, 1.0, mentions=(0,), used=depth >= USED, depth=depth)  # type: ignore[arg-type]


def having(taxonomy: Taxonomy, *skills: ProfiledSkill) -> SkillProfile:
    return with_implied({s.skill: s for s in skills}, taxonomy)


def score(taxonomy: Taxonomy, profile: SkillProfile, role: str = "engineer") -> float:
    return Matcher(taxonomy).score(profile, taxonomy.roles[role])


def test_an_empty_resume_scores_nothing(small: Taxonomy) -> None:
    assert score(small, SkillProfile()) == 0
    (first, _) = Matcher(small).match(SkillProfile(), small.roles.values())
    assert first.similarity == 0


def test_a_hundred_when_all_is_met_and_only_then(small: Taxonomy) -> None:
    everything = [skill(s) for s in ("python", "pytorch", "pinecone", "docker", "communication")]
    assert score(small, having(small, *everything)) == pytest.approx(100)
    for left_out in range(len(everything)):
        rest = everything[:left_out] + everything[left_out + 1 :]
        assert score(small, having(small, *rest)) < 100 - 1e-6


def test_one_member_meets_a_group_and_the_others_are_not_missing(small: Taxonomy) -> None:
    (match,) = Matcher(small).match(having(small, skill("tensorflow")), [small.roles["engineer"]])
    met = next(m for m in match.matched if m.group)
    assert (met.id, met.partial, met.group) == ("tensorflow", False, "one-of-pytorch-tensorflow")
    assert all("tensorflow" not in m.any_of for m in match.missing)


def test_a_tool_is_paid_once(small: Taxonomy) -> None:
    # PyTorch implies Python, which the role asks for as well: it must not earn both weights.
    total = sum(r.weight for r in small.roles["engineer"].requirements)
    assert score(small, having(small, skill("pytorch"))) == pytest.approx(100 * 3 / total)


@pytest.mark.parametrize(
    ("have", "share", "how"),
    [("pinecone", 1.0, "kind"), ("keras", parameters.STEP, "implied")],
)
def test_credit_for_a_relative(small: Taxonomy, have: str, share: float, how: str) -> None:
    (match,) = Matcher(small).match(having(small, skill(have)), [small.roles["engineer"]])
    (met,) = match.matched
    total = sum(r.weight for r in small.roles["engineer"].requirements)
    weight = 2 if have == "pinecone" else 3
    assert met.via == have
    assert met.contribution == pytest.approx(100 * weight * share / total), how


def test_evidence_only_adds(small: Taxonomy) -> None:
    scores = [score(small, having(small, skill("python", grade))) for grade in GRADES]
    assert scores == sorted(scores)
    assert scores[0] > 0


@pytest.mark.parametrize("status", ["aspired", "negated", "other"])
def test_what_is_not_claimed_never_helps(small: Taxonomy, status: str) -> None:
    profile = having(small, skill("python", status=status), skill("pytorch", status=status))
    assert score(small, profile) == 0


names = st.sampled_from(
    ["python", "pytorch", "tensorflow", "keras", "pinecone", "docker", "gardening", "communication"]
)


@given(
    have=st.dictionaries(names, st.sampled_from(GRADES), max_size=6),
    more=names,
    grade=st.sampled_from(GRADES),
)
@settings(max_examples=150, deadline=None)
def test_adding_a_skill_never_lowers_any_score(
    taxonomy: Taxonomy, have: dict[str, float], more: str, grade: float
) -> None:
    small = _small()
    before = having(small, *(skill(k, d) for k, d in have.items()))
    best = max(grade, have.get(more, 0))
    after = having(small, *(skill(k, d) for k, d in {**have, more: best}.items()))
    for role in small.roles:
        assert score(small, after, role) >= score(small, before, role) - 1e-9


@given(have=st.dictionaries(names, st.sampled_from(GRADES), max_size=6))
@settings(max_examples=100, deadline=None)
def test_contributions_add_up_and_gains_are_what_happens(
    taxonomy: Taxonomy, have: dict[str, float]
) -> None:
    small = _small()
    profile = having(small, *(skill(k, d) for k, d in have.items()))
    matcher = Matcher(small)
    for match in matcher.match(profile, small.roles.values()):
        assert sum(m.contribution for m in match.matched) == pytest.approx(match.score)
        for missing in match.missing:
            role = small.roles[match.role]
            for target in missing.any_of or (missing.id,):
                there = with_changes(profile, small, [target], [])
                assert matcher.score(there, role) == pytest.approx(match.score + missing.gain)


def test_order_of_skills_does_not_matter(small: Taxonomy) -> None:
    skills = [skill("pytorch"), skill("python", LISTED), skill("pinecone", USED)]
    found = {
        tuple(
            (m.role, m.score, m.similarity)
            for m in Matcher(small).match(having(small, *order), small.roles.values())
        )
        for order in itertools.permutations(skills)
    }
    assert len(found) == 1


def test_verdicts(small: Taxonomy) -> None:
    profile = having(small, skill("pytorch", USED), skill("docker", LISTED))
    (match,) = Matcher(small).match(profile, [small.roles["engineer"]])
    verdicts = {m.id: m.verdict for m in match.missing}
    assert verdicts["python"] == "say_it"  # implied by PyTorch, not named
    assert verdicts["vector-databases"] == "learn_it"
    listed = having(small, skill("python", LISTED))
    (match,) = Matcher(small).match(listed, [small.roles["engineer"]])
    assert {m.id: m.verdict for m in match.missing}["python"] == "prove_it"


def test_level_changes_the_depth_that_is_asked(small: Taxonomy) -> None:
    matcher, role = Matcher(small), small.roles["engineer"]
    listed = having(small, skill("python", LISTED))
    entry, mid = (matcher.score(listed, role, level) for level in ("entry", "mid"))  # type: ignore[arg-type]
    assert entry > mid > 0


def test_learned_means_full_evidence() -> None:
    assert learned("python").depth == max(GRADES)


def _small() -> Taxonomy:
    # hypothesis does not reset function-scoped fixtures, so the small taxonomy is made here
    from tests.conftest import small as fixture

    made: Taxonomy = fixture.__wrapped__()  # type: ignore[attr-defined]
    return made
