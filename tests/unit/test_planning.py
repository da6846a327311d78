from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from skillgap.matching.matcher import Matcher
from skillgap.planning import closes, in_order, make_plan, total_cost
from skillgap.profile import with_changes
from skillgap.taxonomy.model import Cost, Role, Taxonomy
from skillgap.types import Options, Plan, RoleMatch, SkillProfile
from tests.conftest import make_course, make_requirement, make_skill

EMPTY = SkillProfile()


def plan_for(taxonomy: Taxonomy, role: str = "engineer", **options: object) -> Plan | None:
    (match,) = Matcher(taxonomy).match(EMPTY, [taxonomy.roles[role]])
    return make_plan(match, taxonomy.roles[role], EMPTY, taxonomy, Options(**options))  # type: ignore[arg-type]


def test_least_hours_to_a_target(small: Taxonomy) -> None:
    plan = plan_for(small, target=80)
    assert plan is not None
    assert [c.id for c in plan.courses] == ["vectors", "py", "torch"]
    assert (plan.hours, plan.cost, plan.optimal) == (31, 0, True)
    assert plan.score_after >= 80


def test_score_after_is_what_learning_gives(small: Taxonomy) -> None:
    plan = plan_for(small, target=80)
    assert plan is not None
    learned = [s for c in plan.courses for s in c.covers]
    there = with_changes(EMPTY, small, learned, [])
    assert Matcher(small).score(there, small.roles["engineer"]) == pytest.approx(plan.score_after)


def test_most_gain_within_hours(small: Taxonomy) -> None:
    plan = plan_for(small, hours=12)
    assert plan is not None
    assert [c.id for c in plan.courses] == ["vectors", "py"]
    assert plan.hours <= 12


def test_prerequisites_come_first(small: Taxonomy) -> None:
    plan = plan_for(
        small, target=25
    )  # PyTorch's points alone would do, but its course asks for Python
    assert plan is not None
    order = [c.id for c in plan.courses]
    assert "torch" not in order or order.index("py") < order.index("torch")


def test_retired_courses_are_never_chosen_and_the_gap_is_named(small: Taxonomy) -> None:
    plan = plan_for(small, target=100)
    assert plan is not None
    assert "old" not in [c.id for c in plan.courses]
    assert plan.uncovered == ("docker",)  # and human skills are no matter of course hours


def test_an_introduction_does_not_make_one_able(small: Taxonomy) -> None:
    courses = {c.id: c for c in [make_course("intro", "python", hours=1, depth="introduces")]}
    plan = plan_for(replace(small, courses=courses), target=50)
    assert plan is not None
    assert plan.courses == ()
    assert "python" in plan.uncovered


def test_free_takes_only_what_is_free_in_full(small: Taxonomy) -> None:
    paid = make_course("quick", "python", hours=1, access="paid", cost=Cost("one_time", 10.0))
    preview = make_course(
        "look", "python", hours=1, access="preview", cost=Cost("subscription", 49.0)
    )
    courses = {**small.courses, "quick": paid, "look": preview}
    plan = plan_for(replace(small, courses=courses), target=35, free=True)
    assert plan is not None
    assert not {"quick", "look"} & {c.id for c in plan.courses}


def test_a_subscription_is_paid_by_the_month_once_for_the_plan() -> None:
    fee = Cost("subscription", 49.0)
    a = make_course("a", "x", hours=10, access="preview", cost=fee)
    b = make_course("b", "y", hours=10, access="preview", cost=fee)
    c = make_course("c", "z", hours=30, access="preview", cost=fee)
    assert total_cost([a]) == 49
    assert total_cost([a, b]) == 49  # 20 h at 5 h a week: within a month
    assert total_cost([a, b, c]) == 49 * 3  # 50 h
    assert total_cost([a, make_course("u", "u", access="paid", cost=Cost("unknown"))]) is None


def test_a_budget_is_kept_and_unknown_prices_left_out(small: Taxonomy) -> None:
    fee = Cost("subscription", 49.0)
    courses = {
        c.id: c
        for c in (
            make_course("sub", "python", hours=30, access="preview", cost=fee),
            make_course("unknown", "pytorch", hours=1, access="paid", cost=Cost("unknown")),
            make_course(
                "cheap", "vector-databases", hours=5, access="paid", cost=Cost("one_time", 15.0)
            ),
        )
    }
    made = replace(small, courses=courses)
    plan = plan_for(made, budget=50)
    assert plan is not None
    assert [c.id for c in plan.courses] == ["cheap"]
    plan = plan_for(made, budget=98 + 15)
    assert plan is not None
    assert {c.id for c in plan.courses} == {"cheap", "sub"}
    assert plan.cost == 113


def test_no_plan_where_the_target_is_met(small: Taxonomy) -> None:
    assert plan_for(small, target=0) is None


def test_courses_that_ask_for_each_other_still_get_an_order() -> None:
    a = make_course("a", "x", prerequisites=("y",))
    b = make_course("b", "y", prerequisites=("x",))
    assert [c.id for c in in_order([b, a], set())] == ["a", "b"]


@pytest.mark.parametrize("seed", range(40))
def test_as_good_as_trying_every_set_of_courses(seed: int) -> None:
    rng = random.Random(seed)
    skills = [f"s{i}" for i in range(6)]
    requirements = tuple(make_requirement(s, weight=rng.randint(1, 5)) for s in skills)
    courses = [
        make_course(
            f"c{i}",
            *rng.sample(skills, rng.randint(1, 3)),
            hours=rng.randint(1, 30),
            prerequisites=tuple(rng.sample(skills, 1)) if rng.random() < 0.3 else (),
        )
        for i in range(7)
    ]
    role = Role("r", "R", "", requirements)
    taxonomy = Taxonomy(
        "t", "", {}, {s: make_skill(s) for s in skills}, {"r": role}, {c.id: c for c in courses}
    )
    (match,) = Matcher(taxonomy).match(EMPTY, [role])
    for options in (Options(target=60), Options(hours=35)):
        plan = make_plan(match, role, EMPTY, taxonomy, options)
        best = _brute_force(taxonomy, match, options)
        assert plan is not None
        gained = plan.score_after - match.score
        assert plan.optimal
        if options.hours is not None:
            assert gained == pytest.approx(best[0], abs=1e-4)
            assert plan.hours <= options.hours
        else:
            assert gained >= min(60, best[0]) - 1e-4
        assert plan.hours == pytest.approx(best[1])


def _brute_force(taxonomy: Taxonomy, match: RoleMatch, options: Options) -> tuple[float, float]:
    """(gain, hours) of the best set: most gain within hours, or least hours to the target."""
    courses = list(taxonomy.courses.values())
    gains = {m.id: m.gain for m in match.missing}
    taught = {c.id: {s.skill for s in c.skills} for c in courses}
    sets = []
    for size in range(len(courses) + 1):
        for chosen in itertools.combinations(courses, size):
            if all(
                any(p in taught[o.id] for o in chosen if o is not c)
                or not any(p in taught[o.id] for o in courses if o is not c)
                for c in chosen
                for p in c.prerequisites
            ):
                covered = set().union(*(taught[c.id] for c in chosen)) if chosen else set()
                gain = sum(g for s, g in gains.items() if s in covered)
                sets.append((gain, float(sum(c.hours or 0 for c in chosen))))
    if options.hours is not None:
        within = [s for s in sets if s[1] <= options.hours]
        top = max(g for g, _ in within)
        return top, min(h for g, h in within if g >= top - 1e-6)
    assert options.target is not None
    goal = min(options.target - match.score, max(g for g, _ in sets))
    hours = min(h for g, h in sets if g >= goal - 1e-6)
    return goal, hours


def test_closes_looks_at_every_member_of_a_group(small: Taxonomy) -> None:
    from skillgap.planning import Gap

    gap = Gap("g", (1.0,), ("tensorflow", "pytorch"), "can_do")
    assert closes(small.courses["torch"], gap) == ("pytorch",)
    assert closes(small.courses["py"], gap) == ()


def test_a_group_of_several_is_closed_member_by_member() -> None:
    skills = ["a", "b", "c", "d"]
    role = Role(
        "r", "R", "", (make_requirement("a", "b", "c", n=2, weight=3), make_requirement("d"))
    )
    courses = [make_course(s, s, hours=h) for s, h in zip(skills, (9, 4, 5, 30), strict=True)]
    taxonomy = Taxonomy(
        "t", "", {}, {s: make_skill(s) for s in skills}, {"r": role}, {c.id: c for c in courses}
    )
    for target, hours, learned in ((37, 4, ["b"]), (75, 9, ["b", "c"])):
        plan = plan_for(taxonomy, "r", target=target)
        assert plan is not None
        assert (plan.hours, [c.id for c in plan.courses]) == (hours, learned)
        there = with_changes(EMPTY, taxonomy, learned, [])
        assert Matcher(taxonomy).score(there, role) == pytest.approx(plan.score_after)
