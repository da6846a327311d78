"""A small taxonomy of its own, so that these tests say what the matcher does and not what it knows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from skillgap.nlp.build import make_pipeline
from skillgap.nlp.extract import SkillExtractor
from skillgap.taxonomy.model import Form, Skill, Taxonomy
from skillgap.types import Mention, Section, SectionKind


def skill(id_: str, label: str, kind: str, *alt: str, group: str = "x", **more: object) -> Skill:
    return Skill(id_, label, group, kind, alt=alt, **more)  # type: ignore[arg-type]


SKILLS = (
    skill("python", "Python", "language"),
    skill("java", "Java", "language"),
    skill("javascript", "JavaScript", "language", "JS"),
    skill("c", "C", "language"),
    skill("cpp", "C++", "language"),
    skill("c-sharp", "C#", "language"),
    skill("dotnet", ".NET", "platform"),
    skill("asp-net", "ASP.NET", "tool"),
    skill(
        "r",
        "R",
        "language",
        forms=(Form("R", "exact", "required", ("statistics",), ("rated",), not_before=("rated",)),),
    ),
    skill(
        "go",
        "Go",
        "language",
        "Golang",
        forms=(Form("Go", "exact", "required", ("gateway",), not_before=("to",)),),
    ),
    skill("react", "React", "tool", "React.js"),
    skill("node", "Node.js", "tool"),
    skill("spring", "Spring", "tool"),
    skill("scikit-learn", "scikit-learn", "tool", "sklearn"),
    skill("pytorch", "PyTorch", "tool"),
    skill("tensorflow", "TensorFlow", "tool"),
    skill("keras", "Keras", "tool"),
    skill("pandas", "pandas", "tool"),
    skill("hugging-face", "Hugging Face", "tool"),
    skill("kubernetes", "Kubernetes", "tool", "K8s"),
    skill("docker", "Docker", "tool"),
    skill("aws", "AWS", "platform", "Amazon Web Services"),
    skill("aws-batch", "AWS Batch", "platform"),
    skill("s3", "Amazon S3", "platform", "S3"),
    skill("sagemaker", "Amazon SageMaker", "platform", "SageMaker"),
    skill("gpt", "GPT", "model", "GPT-4o", "GPT-4"),
    skill("llama", "Llama", "model"),
    skill("llm", "Large Language Models", "concept", "LLM", group="foundations"),
    skill("ai", "Artificial Intelligence", "concept", "AI", group="foundations"),
    skill("ml", "Machine Learning", "concept", "ML", group="foundations"),
    skill("supervised", "Supervised Learning", "concept", group="foundations"),
    skill("unsupervised", "Unsupervised Learning", "concept", group="foundations"),
    skill("image-generation", "Image Generation", "concept"),
    skill("video-generation", "Video Generation", "concept"),
    skill("data-analysis", "Data Analysis", "practice"),
    skill("data-cleaning", "Data Cleaning", "practice"),
    skill("data-visualization", "Data Visualization", "practice"),
    skill("model-optimization", "Model Optimization", "practice"),
    skill("fine-tuning", "Fine-tuning", "practice"),
    skill("rag", "Retrieval-Augmented Generation", "practice", "RAG"),
    skill("ci-cd", "CI/CD", "practice"),
    skill("sql", "SQL", "language"),
    skill("dashboards", "Dashboards", "practice"),
    skill("computer-science", "Computer Science", "concept"),
    skill("programming-languages", "Programming Languages", "concept"),
    skill("alignment", "Alignment", "concept", group="foundations"),
    skill("research", "Research", "soft_skill", group="soft"),
    skill("aws-ml", "AWS Machine Learning Specialty", "certification"),
    skill("old", "Old Thing", "tool", status="deprecated"),
)


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return Taxonomy("0", "", {"x": "X"}, {s.id: s for s in SKILLS}, {}, {})


@pytest.fixture(scope="session")
def extractor(taxonomy: Taxonomy) -> SkillExtractor:
    return SkillExtractor(make_pipeline(taxonomy))


@pytest.fixture(scope="session")
def mentions(extractor: SkillExtractor) -> Callable[..., tuple[Mention, ...]]:
    """Mentions of a text that is one section of a kind."""

    def find(
        text: str, section: SectionKind = "experience", title: str = ""
    ) -> tuple[Mention, ...]:
        whole = f"{title}\n{text}" if title else text
        body = len(whole) - len(text)
        return extractor(whole, (Section(section, title, 0, len(whole), body),))

    return find


@pytest.fixture(scope="session")
def skills(mentions: Callable[..., tuple[Mention, ...]]) -> Callable[..., list[str]]:
    """Ids of the skills found, in text order."""

    def find(text: str, section: SectionKind = "experience") -> list[str]:
        return [m.skill for m in mentions(text, section)]

    return find


@pytest.fixture(scope="session")
def statuses(mentions: Callable[..., tuple[Mention, ...]]) -> Callable[..., dict[str, str]]:
    """Status by skill id."""

    def find(text: str, section: SectionKind = "experience", title: str = "") -> dict[str, str]:
        return {m.skill: m.status for m in mentions(text, section, title)}

    return find
