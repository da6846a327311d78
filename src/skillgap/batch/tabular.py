"""The ranking as CSV, JSON Lines and Parquet."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ..errors import ExtraMissing
from .ranking import NotAssessed, Ranked, Ranking
from .record import plain, replacing, replacing_path

# Column → type for Parquet. The first nine are the contract's.
COLUMNS: dict[str, str] = {
    "rank": "int64",
    "n": "int64",
    "candidate": "string",
    "score": "double",
    "best_role": "string",
    "essential_met": "string",
    "reasons": "string",
    "gaps": "string",
    "warnings": "string",
    "status": "string",
    "detail": "string",
    "name": "string",
    "file": "string",
    "aliases": "string",
    "band": "string",
    "score_error": "double",
    "similarity": "double",
    "best_score": "double",
    "courses_away": "int64",
    "selected": "string",
    "sha256": "string",
    "decision": "string",
    "decided_by": "string",
    "decision_reason": "string",
}
_GROUP = 5000  # rows of a Parquet row group


def ranked_cells(one: Ranked) -> dict[str, Any]:
    """A candidate's cells by column; lists as text."""
    row = one.row
    met, partial, asked = row.essential
    return {
        "rank": one.rank,
        "n": one.n,
        "candidate": one.candidate,
        "score": row.score,
        "best_role": row.best_role,
        "essential_met": f"{met} of {asked}" + (f" (+{partial} in part)" if partial else ""),
        "reasons": "; ".join(row.reasons),
        "gaps": "; ".join(row.gaps),
        "warnings": "; ".join(row.warnings),
        "status": "assessed",
        "detail": None,
        "name": row.person,
        "file": one.file,
        "aliases": "; ".join(one.aliases),
        "band": row.band,
        "score_error": row.deviation,
        "similarity": row.similarity,
        "best_score": row.best_score,
        "courses_away": row.courses,
        "selected": one.selected,
        "sha256": one.sha256,
        "decision": None,
        "decided_by": None,
        "decision_reason": None,
    }


def missed_cells(one: NotAssessed) -> dict[str, Any]:
    """The cells of a file without a score: no rank, and the reason."""
    return dict.fromkeys(COLUMNS) | {
        "n": one.n,
        "candidate": one.candidate,
        "warnings": one.code,
        "status": "not assessed",
        "detail": one.detail,
        "file": one.file,
        "sha256": one.sha256,
    }


def all_cells(ranking: Ranking) -> Iterator[dict[str, Any]]:
    """Everybody: the ranked, then those not assessed."""
    for one in ranking.ranked():
        yield ranked_cells(one)
    for missed in ranking.not_assessed():
        yield missed_cells(missed)


def write_csv(path: Path, ranking: Ranking) -> None:
    """CSV in UTF-8 with a mark by which spreadsheets know it; no cell begins a formula."""
    with replacing(path) as file:
        file.write("\ufeff")
        out = csv.writer(file, lineterminator="\r\n")
        out.writerow(COLUMNS)
        for cells in all_cells(ranking):
            out.writerow([plain(cells[c]) if cells[c] is not None else "" for c in COLUMNS])


def write_jsonl(path: Path, ranking: Ranking) -> None:
    """A Report a line, best first. Files without a score have none; the run record lists them."""
    with replacing(path) as file:
        for one in ranking.ranked(reports=True):
            if one.report is not None:
                file.write(zlib.decompress(one.report).decode() + "\n")


def write_parquet(path: Path, ranking: Ranking) -> None:
    """Parquet with one row a candidate."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise ExtraMissing("Writing Parquet", "parquet") from None
    types = {"int64": pa.int64(), "string": pa.string(), "double": pa.float64()}
    schema = pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    cells = all_cells(ranking)
    with replacing_path(path) as temporary, pq.ParquetWriter(temporary, schema) as out:
        written = False
        while rows := list(islice(cells, _GROUP)):
            out.write_table(pa.Table.from_pylist(rows, schema=schema))
            written = True
        if not written:
            out.write_table(schema.empty_table())
