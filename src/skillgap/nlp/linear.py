"""A linear model over hashed features, scored with numpy alone.

Saved as an npz with fixed dates (weights) whose JSON names classes and settings: no pickle, and the
same model gives the same bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

BITS = 15  # 32,768 buckets
_MASK = (1 << BITS) - 1
_LIMIT = 100_000
_KNOWN: dict[str, int] = {}  # buckets of features met, up to the limit


class Trained(NamedTuple):
    """The trained models of a pipeline; None where the rules decide alone."""

    senses: Linear | None = None
    status: Linear | None = None


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of shape (buckets, classes) and a bias for each class."""

    classes: tuple[str, ...]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    triggers: frozenset[str] = frozenset()  # words without which a model need not be asked

    def probabilities(self, features: Iterable[str]) -> list[float]:
        """The probability of each class (softmax over the sum of the features' weights)."""
        rows = buckets(features)
        scores = self.weights[rows].sum(axis=0) + self.bias
        e = np.exp(scores - scores.max())
        return [float(x) for x in e / e.sum()]

    def to_bytes(self) -> bytes:
        """Serialize; equal models give equal bytes."""
        meta = {"classes": self.classes, "triggers": sorted(self.triggers), "bits": BITS}
        used = np.flatnonzero(np.any(self.weights != 0, axis=1)).astype(np.int32)
        parts = {
            "rows.npy": _npy(used),
            "weights.npy": _npy(self.weights[used].astype(np.float16)),
            "bias.npy": _npy(self.bias.astype(np.float32)),
            "meta.json": json.dumps(meta, ensure_ascii=False, sort_keys=True).encode(),
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in parts.items():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Linear:
        """Restore; ValueError where the bytes are no such model."""
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            meta = json.loads(archive.read("meta.json"))
            rows, part, bias = (
                np.load(io.BytesIO(archive.read(name)), allow_pickle=False)
                for name in ("rows.npy", "weights.npy", "bias.npy")
            )
        if meta["bits"] != BITS:
            raise ValueError("a model with another number of buckets")
        weights = np.zeros((1 << BITS, len(meta["classes"])), np.float32)
        weights[rows] = part
        return cls(tuple(meta["classes"]), weights, bias, frozenset(meta["triggers"]))


def _npy(array: npt.NDArray[Any]) -> bytes:
    out = io.BytesIO()
    np.save(out, array, allow_pickle=False)
    return out.getvalue()


def buckets(features: Iterable[str]) -> list[int]:
    """The bucket of each distinct feature."""
    known = _KNOWN
    if len(known) > _LIMIT:
        known.clear()
    found: set[int] = set()
    for feature in features:
        bucket = known.get(feature)
        if bucket is None:
            bucket = known[feature] = zlib.crc32(feature.encode()) & _MASK
        found.add(bucket)
    return sorted(found)
