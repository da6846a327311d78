"""Every number that scoring rests on. docs/scoring.md says what each does and how it was chosen."""

from __future__ import annotations

from ..types import Depth, Importance, Level

# How far a grade of evidence (profile.LISTED … REPEATED) meets a depth that is asked for.
EVIDENCE: dict[Depth, dict[float, float]] = {
    "aware": {0.25: 1.0, 0.5: 1.0, 0.75: 1.0, 1.0: 1.0},
    "can_do": {0.25: 0.75, 0.5: 0.85, 0.75: 1.0, 1.0: 1.0},
    "leads": {0.25: 0.6, 0.5: 0.7, 0.75: 0.85, 1.0: 1.0},
}

# `--level`: what a requirement's depth becomes.
DEPTH_AT: dict[Level, dict[Depth, Depth]] = {
    "entry": {"aware": "aware", "can_do": "aware", "leads": "can_do"},
    "mid": {"aware": "aware", "can_do": "can_do", "leads": "leads"},
    "senior": {"aware": "can_do", "can_do": "can_do", "leads": "leads"},
}

# Credit that a skill which a role does not ask for lends to one that it does ask for.
KIND_OF = 1.0  # it is a kind of what is asked: Pinecone for vector databases
STEP = 0.9  # each further step up, and each `implies`
RELATED = 0.5  # TensorFlow for PyTorch
SIBLING = 0.35  # another tool under the same small concept
GENERAL = 0.3  # only the wider concept: cloud computing for AWS
UNNAMED = 0.9  # shown by the work (paraphrase) and not named
MAX_STEPS = 4
SMALL_CONCEPT = 15  # children that a concept may have for its tools to count as siblings
LEAST_CREDIT = 0.25

BANDS: tuple[tuple[float, str], ...] = (
    (80.0, "strong match"),
    (60.0, "close"),
    (40.0, "on the way"),
    (20.0, "first steps"),
    (0.0, "far"),
)

# Roles are ranked by score and similarity together: (1 - SIMILARITY_SHARE) · score + share · 100 · sim
SIMILARITY_SHARE = 0.2

# Postings (matching/posting.py): what a place of the text is worth, and what repetition adds.
PLACE_WEIGHT = {
    "title": 4.0,
    "required": 3.0,
    "duties": 2.0,
    "plain": 2.0,
    "preferred": 1.0,
    "intro": 1.0,
}
REPEAT = 0.25  # more for each further sentence that names a skill …
MOST_REPEATS = 4  # … up to so many
REPEATED_TASKS = 3  # sentences about the work that make a skill essential without a "must"
HUMAN_SHARE = 0.05  # most that human skills may carry of a posting


def band(score: float) -> str:
    """The name of the band that a score falls in, as it is shown: rounded to a whole number."""
    return next(name for least, name in BANDS if round(score) >= least)


def depth_at(level: Level, depth: Depth, importance: Importance) -> Depth:
    """The depth that a level asks for; a senior is to lead in what is essential."""
    asked = DEPTH_AT[level][depth]
    return (
        "leads" if level == "senior" and importance == "essential" and asked == "can_do" else asked
    )
