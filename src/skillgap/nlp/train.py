"""Trains the linear parts of the pipeline from labelled contexts (models/training/README.md).

Two models: the sense of ambiguous forms, and the status of a place. Each is compared with the rules on
contexts that it has not seen, split off by form (sense), passage (status) and writer.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ..errors import ConfigError
from ..taxonomy.model import Taxonomy
from ..types import Section
from .disambiguation import Senses
from .features import UnitWords, sense_features, status_features
from .layout import Layout
from .linear import BITS, Linear, Trained, buckets
from .matcher import Candidate
from .scene import LAYOUT, Scene, scene_of
from .tables import Sense

STATUSES = ("claimed", "aspired", "negated", "other")
SENSES = ("no", "yes")
# What is shipped was decided on real résumés, not on contexts (docs/evaluation.md): both models win on
# contexts, and neither beats the rules on résumés, where nearly all that is named is claimed.
SHIPPED: tuple[str, ...] = ()
_OWN = "t"  # the taxonomy's own sentences: the rules were written on them, so they never test
_WRITER = 200  # contexts from which on a writer is left out once


class Context(NamedTuple):
    """One labelled place."""

    text: str
    start: int
    end: int
    form: str
    skill: str | None
    status: str | None
    section: str
    writer: str


class Example(NamedTuple):
    """Features, the true label, and what the rules say."""

    features: list[str]
    label: str
    ruled: str
    held_out: bool
    writer: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Macro F1 of rules and of trained weights on contexts that were not learned from."""

    rules: float
    trained: float
    count: int
    writers: tuple[tuple[str, float, float], ...] = ()  # writer left out, rules, trained


def read_contexts(folder: Path) -> list[Context]:
    """All contexts of a folder of JSONL files, in a fixed order; ConfigError names file and line."""
    contexts: list[Context] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row: dict[str, Any] = json.loads(line)
                context = Context(**{name: row[name] for name in Context._fields})
            except (ValueError, KeyError, TypeError) as error:
                raise ConfigError(
                    f"{path}:{number}: no labelled context: {error}.", _HINT
                ) from error
            if context.text[context.start : context.end] != context.form:
                raise ConfigError(f"{path}:{number}: text[start:end] is not the form.", _HINT)
            contexts.append(context)
    return contexts


_HINT = "See models/training/README.md for the keys."


def form_contexts(taxonomy: Taxonomy) -> Iterator[Context]:
    """The sentences that the taxonomy gives for each ambiguous form."""
    for skill in taxonomy.skills.values():
        for form in skill.forms:
            for meant, sentences in ((True, form.positive), (False, form.negative)):
                for text in sentences:
                    at = text.find(form.text)
                    if at < 0:
                        at = text.casefold().find(form.text.casefold())
                    if at >= 0:
                        end = at + len(form.text)
                        yield Context(
                            text, at, end, text[at:end], skill.id if meant else None,
                            "claimed" if meant else None, "", "t",
                        )  # fmt: skip


def held_out(context: Context) -> bool:
    """Whether a context is for testing: a fifth of the forms, each with all of its contexts."""
    return zlib.crc32(context.form.casefold().encode()) % 5 == 0


def train(taxonomy: Taxonomy, folder: Path, names: Sequence[str] = SHIPPED) -> Trained:
    """The weights of the named models, from a folder of contexts; without contexts there are none.

    Deterministic: no randomness. ConfigError where a line is no labelled context or a class has too
    few.
    """
    from .build import make_pipeline

    contexts = read_contexts(folder)
    if not contexts or not names:
        return Trained()
    nlp = make_pipeline(taxonomy)
    status = fit_all(status_examples(nlp, contexts)) if "status" in names else None
    senses = None
    if "senses" in names:
        senses = fit_all(sense_examples(nlp, [*form_contexts(taxonomy), *contexts]))
    return Trained(senses, status)


def compare(taxonomy: Taxonomy, folder: Path) -> dict[str, Outcome]:
    """Rules and trained weights on contexts that neither has seen, for both models."""
    from .build import make_pipeline

    contexts = read_contexts(folder)
    if not contexts:
        return {}
    nlp = make_pipeline(taxonomy)
    return {
        "senses": outcome(sense_examples(nlp, [*form_contexts(taxonomy), *contexts])),
        "status": outcome(status_examples(nlp, contexts)),
    }


def outcomes_text(outcomes: dict[str, Outcome]) -> list[str]:
    """Lines that compare rules and trained weights, for people."""
    lines = []
    for name, o in outcomes.items():
        shipped = "shipped" if name in SHIPPED else "not shipped"
        lines.append(f"{name}: {o.count} contexts, {shipped}")
        split = "forms" if name == "senses" else "passages"
        lines.append(f"  unseen {split:<9} rules {o.rules:.3f}  trained {o.trained:.3f}")
        lines += [f"  unseen writer {w}  rules {r:.3f}  trained {t:.3f}" for w, r, t in o.writers]
    return lines or ["no contexts: rules alone"]


class Examples(NamedTuple):
    """What one model learns from."""

    rows: list[Example]
    classes: tuple[str, ...]
    triggers: list[str]


def status_examples(nlp: Any, contexts: Iterable[Context]) -> Examples:
    """For the model of the status: contexts that mean a skill."""
    examples: list[Example] = []
    seen: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for context in contexts:
        if context.skill is None or context.status not in STATUSES:
            continue
        scene, place = _place(nlp, context, senses=True)
        ruled = _ruled(nlp, scene, place)
        words = _unit_words(scene, place)
        features = status_features(scene, place, words, ruled)
        # By passage, so that no sentence is on both sides.
        test = zlib.crc32(context.text.encode()) % 5 == 0
        examples.append(Example(features, context.status, ruled, test, context.writer))
        seen.update(words.bag)
        if context.status != "claimed":
            marked.update(words.bag)
    # Words that tell: a document has few of them, so the model is seldom asked.
    triggers = [w for w, n in marked.items() if n >= 3 and n / seen[w] > 0.5 and w.isalpha()]
    return Examples(examples, STATUSES, triggers)


def sense_examples(nlp: Any, contexts: Iterable[Context]) -> Examples:
    """For the model of the sense: places whose form has a rule."""
    judge: Senses = nlp.get_pipe("skillgap_senses").judge(nlp)
    examples: list[Example] = []
    for context in contexts:
        scene, place = _place(nlp, context, senses=False)
        if place.sense.rule < 0:
            continue
        rule = judge.tables.rules[place.sense.rule]
        sites, sure = judge.sure(scene)
        evidence = judge.weigh(scene, place, rule, sites, sure)
        ruled = "yes" if evidence.score >= judge.limit(rule) else "no"
        features = sense_features(
            scene, place, _unit_words(scene, place), evidence.score, evidence.reason
        )
        label = "no" if context.skill is None else "yes"
        test = context.writer != _OWN and held_out(context)
        examples.append(Example(features, label, ruled, test, context.writer))
    return Examples(examples, SENSES, [])


def fit(
    rows: Sequence[Sequence[str]],
    labels: Sequence[str],
    classes: Sequence[str],
    triggers: Iterable[str] = (),
    strength: float = 1.0,
) -> Linear:
    """Multinomial logistic regression with an L2 penalty (scikit-learn's lbfgs, deterministic)."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    indices = [buckets(row) for row in rows]
    starts = np.cumsum([0, *(len(i) for i in indices)])
    used, columns = np.unique(
        np.concatenate([np.asarray(i, np.int32) for i in indices]), return_inverse=True
    )
    matrix = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), len(used)))
    counts = {c: max(1, sum(1 for x in labels if x == c)) for c in classes}
    balance = {c: (len(labels) / (len(classes) * n)) ** 0.5 for c, n in counts.items()}
    model = LogisticRegression(C=strength, max_iter=400, tol=1e-5)
    model.fit(matrix, list(labels), sample_weight=[balance[x] for x in labels])
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients = np.vstack([-coefficients[0] / 2, coefficients[0] / 2])
        bias = np.array([-bias[0] / 2, bias[0] / 2])
    order = [list(model.classes_).index(c) for c in classes]
    weights = np.zeros((1 << BITS, len(classes)), np.float32)
    # Rounded, so that the last digits of another machine's arithmetic make no other model.
    weights[used] = np.round(coefficients[order].T, 2)
    return Linear(
        tuple(classes), weights, np.round(bias[order], 2).astype(np.float32), frozenset(triggers)
    )


def fit_all(examples: Examples) -> Linear:
    """The model of all examples; ConfigError where a class has none."""
    rows, classes, triggers = examples
    _enough(rows, classes)
    return fit([e.features for e in rows], [e.label for e in rows], classes, triggers)


def outcome(examples: Examples) -> Outcome:
    """Rules and trained weights on the held-out part, and on each writer left out once."""
    rows, classes, _ = examples
    test = [e for e in rows if e.held_out]
    learn = [e for e in rows if not e.held_out]
    _enough(learn, classes)
    rules, trained = _beside(learn, test, classes)
    writers = []
    for writer in sorted({e.writer for e in rows} - {_OWN}):
        test = [e for e in rows if e.writer == writer]
        learn = [e for e in rows if e.writer != writer]
        if len(test) >= _WRITER and {e.label for e in learn} == set(classes):
            writers.append((writer, *_beside(learn, test, classes)))
    return Outcome(rules, trained, len(rows), tuple(writers))


def _enough(rows: list[Example], classes: tuple[str, ...]) -> None:
    if {e.label for e in rows} != set(classes):
        raise ConfigError(f"Too few labelled contexts: {len(rows)}.", "Each class needs some.")


def _beside(
    learn: list[Example], test: list[Example], classes: tuple[str, ...]
) -> tuple[float, float]:
    """Macro F1 of the rules and of a model of `learn`, on `test`."""
    probe = fit([e.features for e in learn], [e.label for e in learn], classes)
    truth = [e.label for e in test]
    said = [_best(probe, e.features) for e in test]
    return macro_f1(truth, [e.ruled for e in test], classes), macro_f1(truth, said, classes)


def _best(model: Linear, features: list[str]) -> str:
    chances = model.probabilities(features)
    return model.classes[chances.index(max(chances))]


def macro_f1(truth: list[str], said: list[str], classes: tuple[str, ...]) -> float:
    """The mean over classes of 2·hits / (true + said)."""
    hits = Counter(t for t, s in zip(truth, said, strict=True) if t == s)
    total = Counter(truth) + Counter(said)
    return sum(2 * hits[c] / total[c] for c in classes if total[c]) / len(classes)


def _place(nlp: Any, context: Context, senses: bool) -> tuple[Scene, Candidate]:
    """The scene of a passage and the candidate at the labelled place (made where none is found)."""
    doc = nlp.make_doc(context.text)
    kind: Any = context.section or "other"
    doc.user_data[LAYOUT] = Layout((Section(kind, "", 0, len(context.text), 0),))
    nlp.get_pipe("skillgap_matcher")(doc)
    scene = scene_of(doc)
    if senses:
        nlp.get_pipe("skillgap_senses")(doc)
    near = [c for c in scene.candidates if c.start < context.end and context.start < c.end]
    exact = [c for c in near if c.start == context.start and c.end == context.end]
    wanted = [c for c in exact if nlp_skill(scene, c) == context.skill]
    if wanted or exact or near:
        return scene, (wanted or exact or near)[0]
    starts = scene.tokens.starts
    first = max(i for i, s in enumerate(starts) if s <= context.start)
    last = max(i for i, s in enumerate(starts) if s < context.end) + 1
    place = Candidate(
        first, last, context.start, context.end, Sense(0, context.form, -1, False, {})
    )
    scene.candidates.append(place)
    scene.candidates.sort(key=lambda c: (c.start, c.end))
    return scene, place


def nlp_skill(scene: Scene, c: Candidate) -> str:
    """The id of a candidate's skill."""
    return scene.tables.skills[c.sense.skill] if scene.tables is not None else ""


def _unit_words(scene: Scene, place: Candidate) -> UnitWords:
    unit = scene.unit_of(place.first)
    owners = {k: i for i, c in enumerate(scene.candidates) for k in range(c.first, c.last)}
    return UnitWords(scene, unit, owners)


def _ruled(nlp: Any, scene: Scene, place: Candidate) -> str:
    assertions = nlp.get_pipe("skillgap_context").assertions
    statuses = assertions.by_rules(scene)
    status, _ = statuses.get(scene.candidates.index(place), ("claimed", ""))
    return str(status)
