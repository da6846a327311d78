"""The nine roles against what the seed article says of them, and against each other.

The facts stand here as data in our own words, so that a change of a profile which loses one is seen.
"""

from __future__ import annotations

from itertools import permutations
from typing import NamedTuple

import pytest

from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Requirement, Role, Taxonomy


class Pay(NamedTuple):
    level: str
    low: float | None
    high: float | None
    words: tuple[str, ...]  # each stands in the statement


class Seed(NamedTuple):
    pay: tuple[Pay, ...]
    skills: tuple[str, ...]  # named for the role: at least important
    titles: tuple[str, ...]


DATA_PAY = Pay("all", 140_000, 250_000, ("$140,000", "$250,000 or more", "experience", "industry"))
SEED: dict[str, Seed] = {
    "prompt-engineer": Seed(
        (
            Pay("entry", None, None, ("six-figure", "competitive")),
            Pay("mid", None, None, ("well over $180,000", "multi-stage")),
            Pay("senior", None, None, ("prompt architects", "exceed")),
        ),
        (
            "prompt-engineering",
            "large-language-models",
            "natural-language-processing",
            "analytical-thinking",
            "problem-solving",
            "prompt-chaining",
            "task-decomposition",
            "model-behaviour-analysis",
            "prompt-evaluation",
            "api-integration",
        ),
        ("prompt engineer", "senior prompt architect"),
    ),
    "generative-ai-engineer": Seed(
        (
            Pay("entry", None, None, ("high five figures",)),
            Pay("senior", None, 300_000, ("$300,000 or more", "AI system architects")),
        ),
        (
            "python",
            "pytorch",
            "tensorflow",
            "amazon-web-services",
            "google-cloud-platform",
            "microsoft-azure",
            "fine-tuning",
            "model-serving",
            "multimodal-ai",
            "backend-development",
            "agentic-workflows",
            "software-engineering",
            "llm-evaluation",
            "cloud-computing",
            "api-integration",
            "data-management",
            "scalability",
        ),
        ("generative AI engineer", "senior AI system architect"),
    ),
    "ai-product-manager": Seed(
        (
            Pay("mid", 140_000, None, ("around $140,000", "mid-level")),
            Pay("senior", None, 220_000, ("$220,000 or more", "directors")),
        ),
        (
            "product-management",
            "business-strategy",
            "user-experience-design",
            "machine-learning",
            "product-vision",
            "requirements-gathering",
            "kpis-and-okrs",
            "user-research",
            "analytical-thinking",
            "strategic-thinking",
            "communication",
            "stakeholder-management",
            "generative-ai",
        ),
        ("AI product manager", "director of AI products"),
    ),
    "data-scientist": Seed(
        (DATA_PAY,),
        (
            "data-preparation",
            "feature-engineering",
            "machine-learning",
            "statistics",
            "model-validation",
            "natural-language-processing",
            "fine-tuning",
            "llm-evaluation",
            "bias-and-quality-evaluation",
            "bias-detection-and-mitigation",
            "neural-networks",
            "deep-learning",
            "optimization",
            "pytorch",
            "tensorflow",
            "python",
        ),
        ("data scientist",),
    ),
    "nlp-specialist": Seed(
        (DATA_PAY,),
        (
            "natural-language-processing",
            "data-preparation",
            "feature-engineering",
            "machine-learning",
            "statistics",
            "model-validation",
            "fine-tuning",
            "llm-evaluation",
            "bias-and-quality-evaluation",
            "bias-detection-and-mitigation",
            "neural-networks",
            "optimization",
            "pytorch",
            "tensorflow",
            "python",
        ),
        ("NLP specialist",),
    ),
    "mlops-engineer": Seed(
        (Pay("all", 100_000, 220_000, ("Docker", "Kubernetes", "Terraform", "more for")),),
        (
            "mlops",
            "devops",
            "automation",
            "pipeline-orchestration",
            "containerization",
            "version-control",
            "model-monitoring",
            "model-serving",
            "scalability",
            "cloud-security",
            "ci-cd",
            "docker",
            "kubernetes",
            "terraform",
            "amazon-web-services",
            "google-cloud-platform",
            "microsoft-azure",
            "amazon-sagemaker",
            "azure-machine-learning",
            "jenkins",
            "hugging-face",
            "aws-certified-machine-learning-engineer-associate",
            "google-cloud-professional-ml-engineer",
            "python",
        ),
        ("MLOps engineer",),
    ),
    "ai-ethics-specialist": Seed(
        (Pay("all", 90_000, 180_000, ("about $90,000", "or more", "seniority", "scale")),),
        (
            "ai-ethics",
            "responsible-ai",
            "ai-governance",
            "bias-detection-and-mitigation",
            "transparency-and-documentation",
            "ai-safety",
            "regulatory-compliance",
            "human-centered-design",
            "generative-ai",
        ),
        ("AI ethicist", "responsible AI specialist", "AI governance specialist"),
    ),
    "ai-content-creator": Seed(
        (Pay("senior", None, 400_000, ("some", "approaching $400,000+", "top-tier")),),
        (
            "ai-content-creation",
            "storytelling",
            "domain-expertise",
            "generative-ai",
            "marketing-automation",
            "text-to-image-generation",
            "text-to-video-generation",
            "multimedia-production",
            "content-strategy",
            "creative-direction",
            "creativity",
            "generative-design",
            "dall-e",
            "midjourney",
            "runway",
            "diffusion-model-fine-tuning",
        ),
        ("AI content creator", "creative director", "content strategist"),
    ),
    "ai-consultant": Seed(
        (Pay("all", None, None, ("high fees", "experience", "domain knowledge", "impact")),),
        (
            "client-advisory",
            "ai-adoption",
            "digital-transformation",
            "ai-strategy",
            "workflow-automation",
            "domain-expertise",
            "business-analytics",
            "business-analysis",
            "generative-ai",
        ),
        ("AI consultant",),
    ),
}
FOR_ALL = ("python", "portfolio-building", "adaptability")
ETHICS = {"ai-ethics", "responsible-ai", "bias-detection-and-mitigation"}
INDUSTRIES = {
    "technology",
    "healthcare",
    "entertainment",
    "finance",
    "manufacturing",
    "media",
    "education",
}
BANDS = {"essential": (3.0, 5.0), "important": (1.5, 3.0), "useful": (0.5, 1.2)}

# Neighbors, and what the first asks for with weight that the second does not (or hardly).
APART = [
    ("data-scientist", "nlp-specialist", ("sql", "experimental-design", "data-visualization")),
    ("nlp-specialist", "data-scientist", ("named-entity-recognition", "embeddings", "spacy")),
    ("prompt-engineer", "generative-ai-engineer", ("few-shot-prompting", "task-decomposition")),
    ("generative-ai-engineer", "prompt-engineer", ("software-engineering", "docker", "fastapi")),
    ("ai-ethics-specialist", "ai-consultant", ("ai-impact-assessment", "human-oversight")),
    (
        "ai-consultant",
        "ai-ethics-specialist",
        ("ai-strategy", "client-advisory", "roi-measurement"),
    ),
    ("ai-product-manager", "ai-consultant", ("product-roadmapping", "product-management")),
    ("ai-consultant", "ai-product-manager", ("change-management", "client-advisory")),
    ("mlops-engineer", "generative-ai-engineer", ("terraform", "model-monitoring", "mlflow")),
    ("generative-ai-engineer", "mlops-engineer", ("retrieval-augmented-generation", "langchain")),
    ("nlp-specialist", "generative-ai-engineer", ("text-classification", "data-annotation")),
    ("generative-ai-engineer", "nlp-specialist", ("agentic-workflows", "api-integration")),
    ("prompt-engineer", "nlp-specialist", ("system-prompts", "prompt-versioning")),
    ("ai-content-creator", "prompt-engineer", ("storytelling", "midjourney", "video-production")),
]


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


@pytest.fixture(scope="module", params=sorted(SEED))
def role(request: pytest.FixtureRequest, taxonomy: Taxonomy) -> Role:
    return taxonomy.roles[request.param]


def asked(role: Role) -> dict[str, Requirement]:
    """The requirement that each skill belongs to."""
    return {member: r for r in role.requirements for member in r.any_of}


def human(taxonomy: Taxonomy, requirement: Requirement) -> bool:
    return all(taxonomy.skills[m].human for m in requirement.any_of)


def total(role: Role) -> float:
    return sum(r.weight for r in role.requirements)


def within(role: Role, other: Role) -> float:
    """Share of `role`'s weight that somebody who meets all of `other`, in every way, would have."""
    theirs = asked(other)
    met = sum(
        r.weight * min(1.0, sum(m in theirs for m in r.any_of) / r.n) for r in role.requirements
    )
    return met / total(role)


def test_there_are_the_nine_roles(taxonomy: Taxonomy) -> None:
    assert set(taxonomy.roles) == set(SEED)


def test_salary_is_the_seeds_own(role: Role) -> None:
    stated = {s.level: s for s in role.salary}
    for pay in SEED[role.id].pay:
        salary = stated[pay.level]
        assert (salary.low, salary.high) == (pay.low, pay.high)
        assert [w for w in pay.words if w not in salary.text] == []
    for salary in role.salary:
        assert (salary.currency, salary.as_of, salary.source) == ("USD", "2026", "seed article")
        for figure in (salary.low, salary.high):
            assert figure is None or f"${figure:,.0f}" in salary.text


def test_content_creators_at_large_get_no_invented_figure(taxonomy: Taxonomy) -> None:
    general = next(s for s in taxonomy.roles["ai-content-creator"].salary if s.level == "all")
    assert (general.low, general.high) == (None, None)


def test_named_skills_are_at_least_important(role: Role) -> None:
    have = asked(role)
    assert [s for s in SEED[role.id].skills if s not in have] == []
    assert [s for s in SEED[role.id].skills if have[s].importance == "useful"] == []


def test_what_the_seed_says_of_all_roles(role: Role) -> None:
    have = asked(role)
    assert [s for s in FOR_ALL if s not in have] == []
    assert ETHICS & set(have)
    assert set(role.industries) == INDUSTRIES


def test_titles_levels_and_texts(role: Role) -> None:
    assert [t for t in SEED[role.id].titles if t not in role.titles] == []
    assert len(role.titles) == len({t.casefold() for t in role.titles})
    assert [level for level, _ in role.seniority] == ["entry", "mid", "senior"]
    assert role.summary
    assert role.outlook.startswith("2026: ")


def test_a_title_names_one_role(taxonomy: Taxonomy) -> None:
    owners: dict[str, list[str]] = {}
    for r in taxonomy.roles.values():
        for title in r.titles:
            owners.setdefault(title.casefold(), []).append(r.id)
    assert {t: o for t, o in owners.items() if len(o) > 1} == {}


def test_every_skill_exists_and_is_asked_for_once(role: Role, taxonomy: Taxonomy) -> None:
    members = [m for r in role.requirements for m in r.any_of]
    assert [m for m in members if m not in taxonomy.skills] == []
    assert len(members) == len(set(members))


def test_a_group_has_an_id_of_its_own(role: Role, taxonomy: Taxonomy) -> None:
    assert [r.id for r in role.requirements if r.group and r.id in taxonomy.skills] == []


def test_number_of_requirements(role: Role) -> None:
    assert 25 <= len(role.requirements) <= 60
    assert 5 <= sum(r.importance == "essential" for r in role.requirements) <= 15


def test_human_skills_carry_at_most_a_twentieth(role: Role, taxonomy: Taxonomy) -> None:
    share = sum(r.weight for r in role.requirements if human(taxonomy, r)) / total(role)
    assert 0 < share <= 0.05


def test_weights_agree_with_importance(role: Role, taxonomy: Taxonomy) -> None:
    wrong = []
    for r in role.requirements:
        low, high = BANDS[r.importance]
        if not human(taxonomy, r) and not low <= r.weight <= min(10.0, high * r.n):
            wrong.append((r.id, r.importance, r.weight))
    assert wrong == []


def test_evidence_agrees_with_basis(role: Role) -> None:
    for r in role.requirements:
        assert r.basis != "seed" or "seed" in r.evidence, r.id
        assert r.basis != "postings" or "postings" in r.evidence, r.id
        assert r.basis != "sources" or set(r.evidence) - {"seed", "postings"}, r.id
        assert r.basis != "postings" or role.id == "generative-ai-engineer", r.id


def above(ident: str, taxonomy: Taxonomy) -> set[str]:
    """All that a skill is a kind of or implies, over any number of steps; languages left out."""
    found: set[str] = set()
    queue = [ident]
    while queue:
        skill = taxonomy.skills[queue.pop()]
        for other in (*skill.broader, *(i.skill for i in skill.implies)):
            if other not in found and taxonomy.skills[other].kind != "language":
                found.add(other)
                queue.append(other)
    return found


def test_no_requirement_follows_from_another(role: Role, taxonomy: Taxonomy) -> None:
    brings = {
        r.id: [above(m, taxonomy) for m in r.any_of if m in taxonomy.skills]
        for r in role.requirements
    }
    follows = [
        (one.id, other.id)
        for one, other in permutations(role.requirements, 2)
        if all(len(b & set(other.any_of)) >= other.n for b in brings[one.id])
    ]
    assert follows == []


@pytest.mark.parametrize(("one", "other", "skills"), APART)
def test_neighbors_are_told_apart(
    one: str, other: str, skills: tuple[str, ...], taxonomy: Taxonomy
) -> None:
    mine, theirs = asked(taxonomy.roles[one]), asked(taxonomy.roles[other])
    for skill in skills:
        here = mine[skill].weight / total(taxonomy.roles[one])
        there = theirs[skill].weight / total(taxonomy.roles[other]) if skill in theirs else 0.0
        assert mine[skill].importance != "useful", skill
        assert here >= 2 * there, skill


def test_no_role_lies_within_another(taxonomy: Taxonomy) -> None:
    for one, other in permutations(taxonomy.roles.values(), 2):
        assert within(one, other) < 0.68, (one.id, other.id)


def test_alternatives_are_one_requirement(taxonomy: Taxonomy) -> None:
    together = {
        "generative-ai-engineer": [
            ("pytorch", "tensorflow"),
            ("amazon-web-services", "google-cloud-platform", "microsoft-azure"),
            ("pinecone", "qdrant", "chroma", "vector-databases"),
            ("langchain", "crewai"),
            ("openai", "anthropic"),
        ],
        "mlops-engineer": [
            ("amazon-web-services", "google-cloud-platform", "microsoft-azure", "amazon-sagemaker"),
            ("apache-airflow", "kubeflow", "prefect", "pipeline-orchestration"),
            ("jenkins", "github-actions", "ci-cd"),
            ("docker", "containerization"),
            ("terraform", "infrastructure-as-code"),
            ("git", "version-control"),
        ],
        "ai-content-creator": [
            ("midjourney", "dall-e", "adobe-firefly", "flux"),
            ("runway", "veo", "kling-ai", "sora"),
        ],
        "data-scientist": [("pytorch", "tensorflow", "deep-learning", "neural-networks")],
    }
    for ident, groups in together.items():
        have = asked(taxonomy.roles[ident])
        for members in groups:
            assert len({have[m].id for m in members}) == 1, (ident, members)


def test_essential_hard_skills_have_a_proof_project(taxonomy: Taxonomy) -> None:
    for role in taxonomy.roles.values():
        for r in role.requirements:
            if r.importance == "essential" and not human(taxonomy, r):
                assert any(m in taxonomy.projects for m in r.any_of), (role.id, r.id)
    for skill, project in taxonomy.projects.items():
        assert skill in taxonomy.skills
        assert "Show " in project or "Publish " in project, skill
