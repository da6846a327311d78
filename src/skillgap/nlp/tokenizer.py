"""spaCy's tokenizer for résumés: the tokens of `tokens`, as a Doc whose offsets are the text's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.attrs import LOWER
from spacy.tokens import Doc
from spacy.vocab import Vocab

from .tokens import LEXICON, Tokens

TOKENS = "skillgap_tokens"  # key of Doc.user_data


class ResumeTokenizer:
    """Text to Doc. Keeps the token table in `doc.user_data`, so that it is made once."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize a text; `doc.text == text` and every `token.idx` is an offset into it."""
        tokens = LEXICON.tokens(text)
        doc = Doc(self.vocab, words=tokens.raws, spaces=tokens.spaces)
        doc.user_data[TOKENS] = tokens
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """There is no state: the rules are code."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> ResumeTokenizer:
        """There is no state to restore."""
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write an empty marker, so that the saved pipeline has a file for each of its parts."""
        Path(path).write_bytes(b"")

    def from_disk(self, _path: str | Path, **_: Any) -> ResumeTokenizer:
        """There is no state to restore."""
        return self


def tokens_of(doc: Doc) -> Tokens:
    """The token table of a Doc, also of one that another tokenizer made."""
    tokens = doc.user_data.get(TOKENS)
    if not isinstance(tokens, Tokens) or len(tokens.raws) != len(doc):
        from .tokens import classify

        raws = [token.text for token in doc]
        infos = [classify(raw) for raw in raws]
        tokens = Tokens(
            doc.text,
            raws,
            [token.idx for token in doc],
            [kind for kind, _ in infos],
            [key for _, key in infos],
            [bool(token.whitespace_) for token in doc],
        )
        doc.user_data[TOKENS] = tokens
    return tokens


def make_tokenizer(nlp: Any) -> ResumeTokenizer:
    """Make the tokenizer of a pipeline.

    Of the two dozen lexical attributes that spaCy computes for every new word only the lower-case
    form is kept: the rest costs ten times as much as the tokens themselves and is not used.
    """
    nlp.vocab.lex_attr_getters = {
        key: getter for key, getter in nlp.vocab.lex_attr_getters.items() if key == LOWER
    }
    return ResumeTokenizer(nlp.vocab)
