from __future__ import annotations

import inspect
import pickle
import re

import pytest

from skillgap import errors
from skillgap.errors import ExtraMissing, SkillgapError, TaxonomyError, UnknownSkill

CLASSES = [
    c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, SkillgapError)
]


def test_every_class_has_a_code_of_its_own_and_stands_in_the_tree() -> None:
    codes = [c.code for c in CLASSES]
    assert len(codes) == len(set(codes))
    tree = errors.__doc__ or ""
    for c in CLASSES:
        assert re.search(rf"\b{c.__name__}\b", tree), f"{c.__name__} is not in the tree"
    assert sorted(errors.__all__) == sorted(c.__name__ for c in CLASSES)


@pytest.mark.parametrize(
    "error",
    [
        errors.NoText("Two pages of pictures.", "Install OCR."),
        UnknownSkill("pytorhc", ["pytorch", "python"]),
        ExtraMissing("Reading scans", "ocr"),
        TaxonomyError(["a.yaml:3: wrong"]),
    ],
)
def test_errors_travel_between_processes(error: SkillgapError) -> None:
    there = pickle.loads(pickle.dumps(error))
    assert type(there) is type(error)
    assert (there.message, there.hint, there.code) == (error.message, error.hint, error.code)
    assert vars(there) == vars(error)


def test_unknown_names_tell_the_nearest() -> None:
    error = UnknownSkill("PyTorhc", ["pytorch", "PyTorch", "gardening"])
    assert "pytorch" in {n.casefold() for n in error.nearest}
    assert "skillgap skills" in error.hint


def test_many_problems_are_cut_and_counted() -> None:
    error = TaxonomyError([f"f.yaml:{i}: x" for i in range(30)])
    assert "30 problem(s)" in error.message
    assert "and 10 more" in error.message
