"""How résumé text is cut, and that offsets are the text's own."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from skillgap.nlp.tokenizer import make_tokenizer, tokens_of
from skillgap.nlp.tokens import LEXICON, OPAQUE, WORD

TOKENIZER = make_tokenizer(spacy.blank("en"))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("learn;PyTorch", ["learn", ";", "PyTorch"]),
        ("•Python", ["•", "Python"]),
        ("Java(Spring", ["Java", "(", "Spring"]),
        ("Node.js/React", ["Node.js", "/", "React"]),
        ("C#, C++ and .NET", ["C#", ",", "C++", "and", ".NET"]),
        ("C/C++17", ["C", "/", "C++17"]),
        ("ASP.NET/C#", ["ASP.NET", "/", "C#"]),
        ("CI/CD", ["CI", "/", "CD"]),
        ("scikit-learn", ["scikit", "-", "learn"]),
        ("GPT-4o", ["GPT", "-", "4o"]),
        ("AI/ML|LLMs", ["AI", "/", "ML", "|", "LLMs"]),
        ("Python3.12", ["Python3.12"]),
        ("Built it.Then left", ["Built", "it", ".", "Then", "left"]),
        ("don’t use OpenAI's", ["don’t", "use", "OpenAI", "'s"]),
        ("CompTIA Security+, 100+", ["CompTIA", "Security+", ",", "100", "+"]),
        ("fast.ai, monday.com", ["fast.ai", ",", "monday.com"]),
        ("Socket.io/Express", ["Socket.io", "/", "Express"]),
        ("machine\nlearning", ["machine", "\n", "learning"]),
        ("snake_case", ["snake", "_", "case"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [t.text for t in TOKENIZER(text)] == tokens


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/python",
        "ada@python.example.com",
        "github.com/ada/react",
        "www.go.example",
    ],
)
def test_addresses_are_opaque(text: str) -> None:
    tokens = LEXICON.tokens(f"see {text}")
    assert tokens.kinds[1:] == [OPAQUE]


def test_keys_fold_case_accents_and_ligatures() -> None:
    tokens = LEXICON.tokens("Naïve PROTÉGÉ ﬁne Node.js & .NET")
    assert [k for k, kind in zip(tokens.keys, tokens.kinds, strict=True) if kind == WORD] == [
        "naive",
        "protege",
        "fine",
        "nodejs",
        "and",
        ".net",
    ]


@given(st.text(alphabet=" \n\t\u00a0\u00adabC1.,;/-+#'(•é\ufb01&@_", max_size=60))
def test_text_is_never_rewritten(text: str) -> None:
    doc = TOKENIZER(text)
    tokens = tokens_of(doc)
    assert doc.text == text
    assert [t.idx for t in doc] == tokens.starts
    for raw, start in zip(tokens.raws, tokens.starts, strict=True):
        assert text[start : start + len(raw)] == raw


def test_table_of_a_foreign_doc_is_made() -> None:
    doc = spacy.blank("en")("Python, Go")
    assert tokens_of(doc).keys == ["python", "", "go"]
