"""The courses against what the seed article says of them, and against the rules of their form.

The facts stand here as data in our own words, so that a change which loses one is seen.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from skillgap.resources import locate
from skillgap.taxonomy.files import parse_file
from skillgap.taxonomy.schema import CourseFile, CoursesFile


def course_files() -> dict[str, CoursesFile]:
    found: dict[str, CoursesFile] = {}
    for path in sorted((locate("taxonomy") / "courses").glob("*.yaml")):
        parsed, problems = parse_file("courses", path)
        assert not problems
        assert isinstance(parsed, CoursesFile)
        found[path.stem] = parsed
    return found


FILES = course_files()
COURSES: dict[str, CourseFile] = {c.id: c for file in FILES.values() for c in file.courses}


class Seed(NamedTuple):
    """What the seed says of a course: words of its title, where it is, what it must teach."""

    title: str
    provider: str
    platform: str
    address: str
    url_status: str
    skills: tuple[str, ...]
    claims: tuple[str, ...] = ()
    rating: float | None = None
    level: str | None = None
    status: str = "active"


SEED: dict[str, Seed] = {
    "coursera-generative-ai-prompt-engineering-basics": Seed(
        "Prompt Engineering Basics",
        "IBM",
        "Coursera",
        "coursera.org/learn/generative-ai-prompt-engineering-for-everyone",
        "verified",
        ("prompt-engineering",),
        ("hands-on projects", "career"),
    ),
    "coursera-generative-ai-with-large-language-models": Seed(
        "Generative AI with Large Language Models",
        "DeepLearning.AI & AWS",
        "Coursera",
        "coursera.org/learn/generative-ai-with-llms",
        "verified",
        ("large-language-models", "fine-tuning"),
        ("4.8/5", "intermediate", "assignments"),
        rating=4.8,
        level="intermediate",
    ),
    "coursera-ai-for-everyone": Seed(
        "AI For Everyone",
        "DeepLearning.AI",
        "Coursera",
        "coursera.org/learn/ai-for-everyone",
        "verified",
        ("ai-strategy",),
        ("strategic",),
    ),
    "coursera-deep-learning-specialization": Seed(
        "Deep Learning Specialization",
        "Andrew Ng",
        "Coursera",
        "coursera.org/specializations/deep-learning",
        "verified",
        ("neural-networks", "convolutional-neural-networks", "recurrent-neural-networks"),
        ("hands-on",),
    ),
    "coursera-pytorch-for-deep-learning-professional-certificate": Seed(
        "PyTorch for Deep Learning Professional Certificate",
        "DeepLearning.AI",
        "Coursera",
        "coursera.org/professional-certificates/pytorch-for-deep-learning",
        "verified",
        ("pytorch",),
        ("projects",),
    ),
    "coursera-ibm-ai-engineering-professional-certificate": Seed(
        "IBM AI Engineering Professional Certificate",
        "IBM",
        "Coursera",
        "coursera.org/professional-certificates/ai-engineer",
        "verified",
        ("machine-learning", "deep-learning"),
        ("enterprise",),
    ),
    "coursera-mlops-platforms-amazon-sagemaker-and-azure-ml": Seed(
        "MLOps Platforms: Amazon SageMaker and Azure ML",
        "Duke",
        "Coursera",
        "coursera.org/learn/mlops-aws-azure-duke",
        "verified",
        ("mlops", "amazon-sagemaker", "azure-machine-learning"),
        ("labs",),
    ),
    "udemy-beginner-to-advanced-mlops-on-gcp-ci-cd-kubernetes-jenkins": Seed(
        "Beginner to Advanced MLOps on GCP - CI/CD, Kubernetes, Jenkins",
        "Krish Naik",
        "Udemy",
        "udemy.com/course/beginner-to-advanced-mlops-on-gcp-cicd-kubernetes-jenkins",
        "unverified",
        ("mlops", "google-cloud-platform", "ci-cd", "kubernetes", "jenkins"),
        ("container orchestration",),
    ),
    "udemy-complete-mlops-bootcamp-with-10-end-to-end-ml-projects": Seed(
        "Complete MLOps Bootcamp",
        "Krish Naik",
        "Udemy",
        "udemy.com/course/complete-mlops-bootcamp-with-10-end-to-end-ml-projects",
        "verified",
        ("mlops", "hugging-face", "amazon-web-services", "model-monitoring"),
        ("best-selling", "automation"),
    ),
    "udemy-aws-certified-machine-learning-specialty-hands-on": Seed(
        "AWS Certified Machine Learning Specialty",
        "Maarek",
        "Udemy",
        "udemy.com/course/aws-machine-learning",
        "verified",
        ("aws-certified-machine-learning-specialty",),
        ("popular on Udemy",),
        status="retired",
    ),
}

# Course families that the seed names without a title, and the fewest active courses of each.
FAMILIES = {
    "responsible-ai": 3,
    "generative-design": 2,
    "ai-media-production": 3,
    "business-analytics-ai": 2,
    "cloud-certification": 4,
    "pytorch-tensorflow-track": 2,
}


@pytest.mark.parametrize("ident", SEED)
def test_a_course_of_the_seed_is_there_with_its_facts(ident: str) -> None:
    course, seed = COURSES[ident], SEED[ident]
    assert course.seed
    assert seed.title in course.title
    assert seed.provider in course.provider
    assert course.platform == seed.platform
    assert course.url.rstrip("/").endswith(seed.address)
    assert course.urlStatus == seed.url_status
    assert course.status == seed.status
    assert seed.level in (None, course.level)
    assert {s.skill for s in course.skills if s.depth != "introduces"} >= set(seed.skills)
    said = " ".join(c.text for c in course.claims if "seed" in c.source)
    assert [words for words in seed.claims if words not in said] == []
    assert all(c.asOf == "2026" for c in course.claims if "seed" in c.source)


def test_the_seed_rating_is_the_seeds() -> None:
    rated = {i: c.rating for i, c in COURSES.items() if c.rating and "seed" in c.rating.source}
    assert {i: r.value for i, r in rated.items() if r} == {
        i: s.rating for i, s in SEED.items() if s.rating
    }


def test_no_other_course_claims_to_be_of_the_seed() -> None:
    assert {c.id for c in COURSES.values() if c.seed} == set(SEED)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_unnamed_families_of_the_seed_have_courses(family: str) -> None:
    active = [c for c in COURSES.values() if c.family == family and c.status == "active"]
    assert len(active) >= FAMILIES[family]


def test_there_is_no_other_family() -> None:
    assert {c.family for c in COURSES.values() if c.family} == set(FAMILIES)


def test_responsible_ai_is_on_coursera_and_on_edx() -> None:
    platforms = {c.platform for c in COURSES.values() if c.family == "responsible-ai"}
    assert {"Coursera", "edX"} <= platforms


def test_the_retired_exam_leads_to_both_successors() -> None:
    history = COURSES["udemy-aws-certified-machine-learning-specialty-hands-on"]
    taught = {s.skill for i in history.replacedBy for s in COURSES[i].skills}
    assert "31 March 2026" in history.note
    assert {
        "aws-certified-machine-learning-engineer-associate",
        "aws-certified-generative-ai-developer-professional",
    } <= taught


def test_what_is_retired_names_active_courses_in_its_place() -> None:
    retired = [c for c in COURSES.values() if c.status == "retired"]
    assert len(retired) >= 2
    for course in retired:
        assert course.replacedBy, course.id
        assert course.note, course.id
        assert {COURSES[i].status for i in course.replacedBy} == {"active"}, course.id


def test_there_are_enough_courses_and_many_are_free() -> None:
    active = [c for c in COURSES.values() if c.status == "active"]
    assert len(active) >= 250
    assert sum(c.access == "full" for c in active) >= 150


def test_ids_and_addresses_are_unique() -> None:
    ids = Counter(c.id for file in FILES.values() for c in file.courses)
    addresses = Counter(c.url.rstrip("/").casefold() for c in COURSES.values())
    assert [i for i, n in ids.items() if n > 1] == []
    assert [a for a, n in addresses.items() if n > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_of_one_platform_and_lists_its_hosts(name: str) -> None:
    file = FILES[name]
    assert {c.platform for c in file.courses} == {file.platform}
    assert {urlsplit(c.url).hostname for c in file.courses} == set(file.hosts)


def test_no_address_is_a_search_page() -> None:
    search = re.compile(r"[?&](q|query|search|keyword)=|/search(/|\?|$)", re.IGNORECASE)
    assert [c.id for c in COURSES.values() if search.search(c.url)] == []


def test_an_unverified_address_is_explained() -> None:
    doubtful = [c for c in COURSES.values() if c.urlStatus == "unverified"]
    assert [c.id for c in doubtful if not c.note] == []
    assert len(doubtful) <= 5


def test_coursera_is_a_preview_since_its_audit_ended() -> None:
    for course in FILES["coursera"].courses:
        assert course.access == "preview", course.id
        assert course.accessAsOf == "2025-07", course.id
        assert course.cost.model == "subscription", course.id


def test_a_price_and_a_rating_carry_their_date() -> None:
    undated = [c.id for c in COURSES.values() if c.cost.amount is not None and not c.cost.asOf]
    assert undated == []


def test_free_access_costs_nothing() -> None:
    odd = [c.id for c in COURSES.values() if c.access == "full" and c.cost.model != "free"]
    assert odd == []


def test_a_short_course_only_introduces() -> None:
    """What takes under two hours makes nobody able to do it; one chapter on one narrow topic may."""
    for course in COURSES.values():
        if course.hours is not None and course.hours < 2:
            assert {s.depth for s in course.skills} == {"introduces"}, course.id


def test_mastery_takes_a_long_course() -> None:
    for course in COURSES.values():
        if any(s.depth == "masters" for s in course.skills) and course.hours is not None:
            assert course.hours >= 40, course.id


def test_a_course_asks_for_nothing_that_it_covers() -> None:
    for course in COURSES.values():
        covered = [s.skill for s in course.skills]
        assert len(covered) == len(set(covered)), course.id
        assert not set(covered) & set(course.prerequisites), course.id


def test_every_course_names_a_source() -> None:
    assert [c.id for c in COURSES.values() if not c.sources] == []
