"""Ledgers with results in them, without any résumé."""

from __future__ import annotations

import zlib
from pathlib import Path

from skillgap.batch.ledger import Ledger, NewFile, Outcome
from skillgap.batch.rows import Row


def row(score: float, deviation: float = 1.0, **more: object) -> Row:
    facts: dict[str, object] = {
        "score": score,
        "similarity": score / 100,
        "deviation": deviation,
        "band": "close",
        "best_role": "data-scientist",
        "best_score": score,
        "essential": (1, 1, 3),
        "reasons": ("Python",),
        "gaps": ("SQL",),
        "met": ("python",),
        "partial": (),
        "skills": ("python",),
        "warnings": (),
        "person": None,
        "courses": None,
    }
    return Row(**(facts | more))  # type: ignore[arg-type]


def ledger_of(
    path: Path, rows: dict[str, Row], failed: dict[str, str] | None = None, **texts: str
) -> tuple[Ledger, str]:
    """A finished batch: rows by candidate; failed files with their codes; text keys by candidate."""
    ledger = Ledger.file(path / "made.db")
    batch = ledger.new_batch({})
    names = [*rows, *(failed or {})]
    ledger.add(batch, [NewFile(n, f"{n}.pdf", n, source=n) for n in names])
    outcomes = []
    for claim in ledger.claim("t", 10_000, 60):
        name = str(claim.candidate)
        if failed and name in failed:
            outcomes.append(Outcome(claim.n, code=failed[name], detail="what was found"))
            continue
        one = rows[name]
        outcomes.append(
            Outcome(
                claim.n,
                row=one.to_json(),
                report=zlib.compress(b"{}"),
                sha256=f"{claim.n:064x}",
                text_key=texts.get(name, name),
                score=one.score,
                similarity=one.similarity,
            )
        )
    ledger.finish(batch, "t", outcomes)
    return ledger, batch
