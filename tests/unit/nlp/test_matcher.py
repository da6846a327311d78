"""Which forms of a label are found, where a phrase may be cut, and what is no word of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.nlp.extract import SkillExtractor
from skillgap.types import Line, Mention

Find = Callable[..., list[str]]
Mentions = Callable[..., tuple[Mention, ...]]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("fine-tuning, fine tuning, finetuning, Fine\u2010Tuning", ["fine-tuning"] * 4),
        ("we fine-tuned and fine-tune", ["fine-tuning"] * 2),
        ("scikit learn; Scikit-Learn; scikitlearn; sklearn", ["scikit-learn"] * 4),
        ("Hugging Face, HuggingFace, hugging face, Hug-\nging Face", ["hugging-face"] * 4),
        ("Node.js, nodejs, Node JS, node js, NodeJS", ["node"] * 5),
        ("LLMs and LLM, large language model", ["llm"] * 3),
        ("Dashboard, dashboards", ["dashboards"] * 2),
        ("machine\nlearning", ["ml"]),
        ("model optimisation, Model Optimization", ["model-optimization"] * 2),
        ("data visualisation", ["data-visualization"]),
        ("retrieval augmented generation", ["rag"]),
        ("PyTorch/TensorFlow | Keras", ["pytorch", "tensorflow", "keras"]),
        ("CI/CD, CI-CD, CICD, ci / cd", ["ci-cd"] * 4),
        (
            "C, C++, C#, .NET, ASP.NET, ASP .NET",
            ["c", "cpp", "c-sharp", "dotnet", "asp-net", "asp-net"],
        ),
        ("Power: Tensor Flow and Py Torch", ["tensorflow", "pytorch"]),
        ("learn;PyTorch", ["pytorch"]),
        ("•Python\n•Java(Spring)", ["python", "java", "spring"]),
        ("AI/ML", ["ai", "ml"]),
        ("Python3 and C++17", ["python", "cpp"]),
        ("Cleaning data and analyzing data", ["data-cleaning", "data-analysis"]),
        ("Old Thing", ["old"]),  # gone, and still understood
    ],
)
def test_forms(skills: Find, text: str, ids: list[str]) -> None:
    assert skills(text, "skills") == ids


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Python 3.12, Java 8/11", ["Python 3.12", "Java 8/11"]),
        ("GPT-4o-mini and Llama-3.1-70B", ["GPT-4o-mini", "Llama-3.1-70B"]),
        ("Python 3 years", ["Python"]),
        ("Python 2019", ["Python"]),
        ("TensorFlow 2.x", ["TensorFlow 2.x"]),
        ("AWS (S3, Batch, SageMaker)", ["AWS", "S3", "Batch", "SageMaker"]),
        ("image and video generation", ["image and video generation", "video generation"]),
        (
            "supervised and unsupervised learning",
            ["supervised and unsupervised learning", "unsupervised learning"],
        ),
        ("data cleaning and visualization", ["data cleaning", "visualization"]),
    ],
)
def test_spans(mentions: Mentions, text: str, forms: list[str]) -> None:
    assert [text[m.start : m.end] for m in mentions(text, "skills")] == forms


@pytest.mark.parametrize(
    "text",
    [
        "JavaScripting is fun, reactive too",
        "a reactor in Javanese waters",
        "C-level and C-suite leaders",
        "R&D, R-squared, an R-rated film",
        "J. R. Hartley and Robert C. Martin",
        "see github.com/python/react or ada@python.example.com",
        "I am here",
        "Machine\n\nLearning",
        "Data,Analysis",
    ],
)
def test_nothing_inside_other_words(skills: Find, text: str) -> None:
    assert skills(text) == []


def test_longest_form_wins(skills: Find) -> None:
    assert skills("AWS Machine Learning Specialty", "certifications") == ["aws-ml"]


def test_phrase_does_not_cross_columns(extractor: SkillExtractor) -> None:
    text = "Built a machine\nlearning rate of jobs"
    lines = [Line(0, 15, 1, column=0), Line(16, len(text), 1, column=1)]
    assert extractor(text, lines=tuple(lines)) == ()
    lines[1] = lines[1]._replace(column=0)
    assert [m.skill for m in extractor(text, lines=tuple(lines))] == ["ml"]


def test_hidden_spans_hold_no_mention(extractor: SkillExtractor) -> None:
    text = "Python at Keras Ltd"
    assert [m.skill for m in extractor(text, hidden=[(10, 15)])] == ["python"]


_WORDS = [
    "Python",
    "Node.js",
    "C++",
    "C#",
    "fine-tuning",
    "GPT-4o-mini",
    "R",
    "and",
    "the",
    "Hug-\nging Face",
]
_GAPS = [" ", ", ", "\n", "\n\n", " / ", "/", " • ", "; ", " (", ") ", "  "]


@given(st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_GAPS)), max_size=25))
def test_offsets_are_inside_and_in_order(
    extractor: SkillExtractor, parts: list[tuple[str, str]]
) -> None:
    text = "".join(word + gap for word, gap in parts)
    found = extractor(text)
    assert [m.start for m in found] == sorted(m.start for m in found)
    for m in found:
        form = text[m.start : m.end]
        assert form == form.strip()
        assert form
        assert not text[m.end : m.end + 1].isalnum()
        assert not text[: m.start][-1:].isalnum()
    assert found == extractor(text)
