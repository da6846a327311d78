"""Profiles and roles as vectors over the skills: the (soft) cosine that stands beside the score.

Each skill spreads a part of itself to what it is a kind of or implies (matrix E), so that two people
with different vector databases are near each other. The soft cosine of Sidorov et al. (2014) with
S = E Eᵀ is then the plain cosine of the spread vectors, and stays within 0..1. Skills that few roles
ask for weigh more (inverse document frequency over the role profiles, scikit-learn's smooth idf), and
a role's weights are sharpened by their revealed comparative advantage (Dawson et al. 2021), so that
what tells roles apart counts.

scikit-learn fits the arrays once for a taxonomy; afterwards scipy.sparse alone is needed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from scipy import sparse

from ..resources import read_cached, write_cached
from ..taxonomy.model import Role, Taxonomy
from .credit import Lending

SPREAD = 0.3  # how much of itself a skill gives to each concept above it
FORMAT = "2"


class VectorSpace:
    """The fitted arrays of one taxonomy."""

    def __init__(self, taxonomy: Taxonomy, arrays: Mapping[str, Any]) -> None:
        self._index = {ident: i for i, ident in enumerate(taxonomy.skills)}
        n = len(self._index)
        self._spread = sparse.csr_matrix(
            (arrays["data"], arrays["indices"], arrays["indptr"]), shape=(n, n)
        )
        self._idf = arrays["idf"]
        self._totals = arrays["totals"]
        self._roles = {role.id: self.role_vector(role) for role in taxonomy.roles.values()}

    def profile_vector(self, weights: Mapping[str, float]) -> Any:
        """A unit row vector of skills with weights (evidence, 0..1); zero for no skills."""
        return self._unit({k: w for k, w in weights.items() if k in self._index}, self._idf)

    def role_vector(self, role: Role) -> Any:
        """A unit row vector of a role's requirements; a group shares its weight out."""
        share: dict[str, float] = {}
        for requirement in role.requirements:
            for member in requirement.any_of:
                each = requirement.weight / len(requirement.any_of) ** 0.5
                share[member] = max(each, share.get(member, 0.0))
        total = sum(share.values()) or 1.0
        sharpened = {}
        for ident, weight in share.items():
            if ident in self._index:
                usual = self._totals[self._index[ident]]
                advantage = (weight / total) / usual if usual > 0 else 1.0
                sharpened[ident] = weight * float(np.sqrt(min(advantage, 9.0)))
        return self._unit(sharpened, self._idf)

    def similarity(self, profile: Any, role: Role) -> float:
        """Soft cosine of a profile vector and a role, 0..1."""
        known = self._roles.get(role.id)
        vector = known if known is not None else self.role_vector(role)
        return float(min(1.0, max(0.0, float(profile @ vector))))

    def _unit(self, weights: Mapping[str, float], idf: Any) -> Any:
        dense = np.zeros(len(self._index))
        for ident, weight in weights.items():
            row = self._index[ident]
            start, end = self._spread.indptr[row], self._spread.indptr[row + 1]
            columns = self._spread.indices[start:end]
            dense[columns] += weight * self._spread.data[start:end] * idf[columns]
        norm = float(np.sqrt(dense @ dense))
        return dense / norm if norm else dense


def fit(taxonomy: Taxonomy, lends: Lending) -> dict[str, Any]:
    """Fit the arrays with scikit-learn."""
    from sklearn.feature_extraction.text import TfidfTransformer

    index = {ident: i for i, ident in enumerate(taxonomy.skills)}
    rows, columns, values = [], [], []
    for ident, i in index.items():
        rows.append(i)
        columns.append(i)
        values.append(1.0)
        for other, (share, how) in lends.of(ident).items():
            if how in ("kind", "implied") and other in index:
                rows.append(i)
                columns.append(index[other])
                values.append(SPREAD * share)
    spread = sparse.csr_matrix((values, (rows, columns)), shape=(len(index), len(index)))
    asked = sparse.lil_matrix((max(1, len(taxonomy.roles)), len(index)))
    for r, role in enumerate(taxonomy.roles.values()):
        for ident, weight in _weights(role.requirements):
            if ident in index:
                asked[r, index[ident]] = weight
    counts = asked.tocsr()
    # Counted after spreading: whoever asks for any tool asks for the concept above it as well, so a
    # wide concept that every role touches tells no roles apart.
    idf = TfidfTransformer(smooth_idf=True).fit(counts @ spread).idf_
    shares = counts.multiply(1.0 / np.maximum(counts.sum(axis=1), 1e-9)).tocsr()
    totals = np.asarray(shares.mean(axis=0)).ravel()
    return {
        "data": spread.data,
        "indices": spread.indices,
        "indptr": spread.indptr,
        "idf": np.asarray(idf),
        "totals": totals,
    }


def _weights(requirements: Iterable[Any]) -> Iterable[tuple[str, float]]:
    for requirement in requirements:
        for member in requirement.any_of:
            yield member, requirement.weight / len(requirement.any_of) ** 0.5


def load_arrays(taxonomy: Taxonomy, lends: Lending) -> dict[str, Any]:
    """The arrays of a taxonomy: kept by its digest, else fitted."""
    name, digest = f"vectors-{FORMAT}.npz", taxonomy.digest
    try:
        with np.load(io.BytesIO(read_cached(name, digest) or b""), allow_pickle=False) as file:
            return dict(file)
    except (OSError, EOFError, ValueError, KeyError):
        arrays = fit(taxonomy, lends)
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)
        write_cached(name, digest, buffer.getvalue())
        return arrays
