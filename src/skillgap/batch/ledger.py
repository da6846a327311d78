"""The ledger of files: what is to be done, who is at it, and what came out. It is the queue as well.

    queued ──claim──▶ claimed ──finish──▶ done | failed
       ▲                │
       └──── lease over, or released

A file is claimed with a lease. Its result is written in the transaction that closes the claim, and only
by the owner of the claim; so each file has exactly one result, whatever is killed when. On SQLite a
claim is a `BEGIN IMMEDIATE` transaction, on PostgreSQL `FOR UPDATE SKIP LOCKED`.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import RowMapping

from .database import open_engine
from .entries import Claim, NewFile, Outcome, Progress
from .tables import batches, files, metadata

__all__ = ["MOST_ATTEMPTS", "Claim", "Ledger", "NewFile", "Outcome", "Progress"]

MOST_ATTEMPTS = 3  # claims that ended with a dead process, before a file is given up
_CHUNK = 500  # rows a statement


class Ledger:
    """The ledger in one database; safe to share between threads and processes.

    `url` is SQLAlchemy's (`sqlite:///FILE`, `postgresql+psycopg://…`). `create` makes the tables
    where there are none (the service has them made by migrations).
    """

    def __init__(self, url: str, *, create: bool = True) -> None:
        self.engine = open_engine(url)
        self._writer = self.engine.execution_options(writes=True)
        if create:
            metadata.create_all(self.engine)

    @classmethod
    def file(cls, path: Path) -> Ledger:
        """A ledger in an SQLite file."""
        return cls(f"sqlite:///{path}")

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes."""
        with self._writer.begin() as connection:
            yield connection

    # ── batches ──────────────────────────────────────────────────────────────────────────────────

    def new_batch(
        self, options: Mapping[str, Any], *, owner: str = "", lifetime: float | None = None
    ) -> str:
        """Start a batch that lives so many seconds; its id, which can't be guessed."""
        ident, now = secrets.token_urlsafe(24), time.time()
        with self.writing() as connection:
            connection.execute(
                insert(batches).values(
                    id=ident,
                    owner=owner,
                    options=json.dumps(dict(options), sort_keys=True),
                    created=now,
                    expires=now + lifetime if lifetime is not None else None,
                    sealed=False,
                )
            )
        return ident

    def batch(self, ident: str, *, owner: str | None = None) -> RowMapping | None:
        """A batch's row; None where there is none, it has expired, or is another owner's."""
        wanted = [
            batches.c.id == ident,
            or_(batches.c.expires.is_(None), batches.c.expires > time.time()),
        ]
        if owner is not None:
            wanted.append(batches.c.owner == owner)
        with self.engine.connect() as connection:
            return connection.execute(select(batches).where(*wanted)).mappings().first()

    def only_batch(self) -> RowMapping | None:
        """The batch of a ledger that holds one, as the command's does."""
        with self.engine.connect() as connection:
            return (
                connection.execute(select(batches).order_by(batches.c.created)).mappings().first()
            )

    def seal(self, ident: str) -> None:
        """No file is added any more."""
        with self.writing() as connection:
            connection.execute(update(batches).where(batches.c.id == ident).values(sealed=True))

    def delete_batch(self, ident: str) -> bool:
        """Remove a batch and all that was stored of its candidates; whether there was one."""
        with self.writing() as connection:
            connection.execute(delete(files).where(files.c.batch == ident))
            gone = connection.execute(delete(batches).where(batches.c.id == ident)).rowcount > 0
        self._forget()
        return gone

    def delete_expired(self, now: float | None = None) -> int:
        """Remove the batches whose time is up; how many."""
        with self.engine.connect() as connection:
            over = connection.scalars(
                select(batches.c.id).where(batches.c.expires <= (now or time.time()))
            ).all()
        for ident in over:
            self.delete_batch(ident)
        return len(over)

    def _forget(self) -> None:
        """Leave nothing of deleted rows in SQLite's write-ahead log (their pages are zeroed)."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    # ── files ────────────────────────────────────────────────────────────────────────────────────

    def add(self, batch: str, new: Iterable[NewFile]) -> int:
        """Queue files, in order; a key that the batch has already is left out. How many were new."""
        iterator = iter(new)
        with self.engine.connect() as connection:
            n = connection.scalar(select(func.max(files.c.n)).where(files.c.batch == batch)) or 0
        first = n
        while chunk := list(islice(iterator, _CHUNK)):
            first_of: dict[str, NewFile] = {}
            for file in chunk:
                first_of.setdefault(file.key, file)
            with self.writing() as connection:
                known = set(
                    connection.scalars(
                        select(files.c.key).where(
                            files.c.batch == batch, files.c.key.in_(list(first_of))
                        )
                    )
                )
                rows = []
                for file in first_of.values():
                    if file.key not in known:
                        n += 1
                        rows.append(_new_row(batch, n, file))
                if rows:
                    connection.execute(insert(files), rows)
        return n - first

    def clear(self, batch: str) -> None:
        """Remove the files of a batch that was not sealed, to list them anew."""
        with self.writing() as connection:
            connection.execute(delete(files).where(files.c.batch == batch))

    def claim(
        self, owner: str, most: int, seconds: float, *, batch: str | None = None
    ) -> list[Claim]:
        """Claim up to `most` files for so many seconds, in order; of all batches where none is named.

        Files whose lease is over are claimed again; after `MOST_ATTEMPTS` they are given up.
        """
        now = time.time()
        free = or_(
            files.c.state == "queued",
            and_(files.c.state == "claimed", files.c.lease_until < now),
        )
        of = [files.c.batch == batch] if batch is not None else []
        query = (
            select(files)
            .where(free, *of)
            .order_by(files.c.batch, files.c.n)
            .limit(most)
            .with_for_update(skip_locked=True)  # no clause on SQLite, where the writer is alone
        )
        claimed, lost = [], []
        with self.writing() as connection:
            for row in connection.execute(query).mappings():
                if row["attempts"] >= MOST_ATTEMPTS:
                    lost.append(row)
                else:
                    claimed.append(row)
            if claimed:
                connection.execute(
                    _BY_KEY.values(
                        state="claimed",
                        lease_owner=owner,
                        lease_until=now + seconds,
                        attempts=files.c.attempts + 1,
                    ),
                    [{"b": r["batch"], "k": r["n"]} for r in claimed],
                )
            if lost:
                connection.execute(
                    _BY_KEY.values(
                        state="failed",
                        bytes=None,
                        code="reader_crashed",
                        detail=f"The process that read it died {MOST_ATTEMPTS} times.",
                    ),
                    [{"b": r["batch"], "k": r["n"]} for r in lost],
                )
        return [
            Claim(r["batch"], r["n"], r["name"], r["candidate"], r["source"], r["bytes"])
            for r in claimed
        ]

    def finish(self, batch: str, owner: str, outcomes: Sequence[Outcome]) -> int:
        """Write results and close their claims, all or none; how many claims were still this owner's."""
        if not outcomes:
            return 0
        closed = 0
        with self.writing() as connection:
            for outcome in outcomes:
                closed += connection.execute(
                    _CLOSE,
                    {
                        "b": batch,
                        "k": outcome.n,
                        "o": owner,
                        "new_state": "failed" if outcome.code else "done",
                        **{f"new_{name}": getattr(outcome, name) for name in _OUTCOME},
                    },
                ).rowcount
        return closed

    def release(
        self,
        batch: str,
        owner: str | None = None,
        *,
        counted: bool = False,
        only: Sequence[int] = (),
    ) -> int:
        """Give claims back (of one owner, or of all): the next claim gets them. How many.

        An attempt that ended so is not `counted` unless asked for.
        """
        wanted = [files.c.batch == batch, files.c.state == "claimed"]
        if owner is not None:
            wanted.append(files.c.lease_owner == owner)
        if only:
            wanted.append(files.c.n.in_(list(only)))
        back = files.c.attempts if counted else files.c.attempts - 1
        with self.writing() as connection:
            return connection.execute(
                update(files)
                .where(*wanted)
                .values(state="queued", lease_owner=None, lease_until=None, attempts=back)
            ).rowcount

    # ── results ──────────────────────────────────────────────────────────────────────────────────

    def progress(self, batch: str) -> Progress:
        """How far a batch is."""
        with self.engine.connect() as connection:
            counts = connection.execute(
                select(files.c.state, func.count())
                .where(files.c.batch == batch)
                .group_by(files.c.state)
            )
            return Progress(**{row[0]: row[1] for row in counts})

    def scored(self, batch: str, *, reports: bool = False) -> Iterator[RowMapping]:
        """Rows of scored files, best first: by score, similarity, name. Streamed."""
        columns = [
            files.c[c]
            for c in ("n", "name", "candidate", "sha256", "text_key", "score", "similarity", "row")
        ]
        if reports:
            columns.append(files.c.report)
        query = (
            select(*columns)
            .where(files.c.batch == batch, files.c.state == "done")
            .order_by(files.c.score.desc(), files.c.similarity.desc(), files.c.name, files.c.n)
        )
        yield from self._stream(query)

    def failed(self, batch: str) -> Iterator[RowMapping]:
        """Rows of files without a score, in order. Streamed."""
        columns = [files.c[c] for c in ("n", "name", "candidate", "sha256", "code", "detail")]
        query = (
            select(*columns)
            .where(files.c.batch == batch, files.c.state == "failed")
            .order_by(files.c.n)
        )
        yield from self._stream(query)

    def inputs(self, batch: str) -> Iterator[RowMapping]:
        """n, name, candidate, sha256 and code of all files, in order. Streamed."""
        columns = [files.c[c] for c in ("n", "name", "candidate", "sha256", "code")]
        yield from self._stream(select(*columns).where(files.c.batch == batch).order_by(files.c.n))

    def repeated(self, batch: str) -> Iterator[RowMapping]:
        """Scored files whose text another file of the batch has too, in order."""
        done = [files.c.batch == batch, files.c.state == "done"]
        several = (
            select(files.c.text_key)
            .where(*done, files.c.text_key.is_not(None))
            .group_by(files.c.text_key)
            .having(func.count() > 1)
        )
        yield from self._stream(
            select(*(files.c[c] for c in ("text_key", "n", "name", "candidate", "sha256")))
            .where(*done, files.c.text_key.in_(several))
            .order_by(files.c.n)
        )

    def one(self, batch: str, n: int) -> RowMapping | None:
        """Everything about one file."""
        query = select(files).where(files.c.batch == batch, files.c.n == n)
        with self.engine.connect() as connection:
            return connection.execute(query).mappings().first()

    def _stream(self, query: Any) -> Iterator[RowMapping]:
        with self.engine.connect() as connection:
            result = connection.execution_options(yield_per=_CHUNK).execute(query)
            yield from result.mappings()


_BY_KEY = update(files).where(files.c.batch == bindparam("b"), files.c.n == bindparam("k"))
_OUTCOME = ("row", "report", "sha256", "text_key", "score", "similarity", "code", "detail")
_CLOSE = (
    update(files)
    .where(
        files.c.batch == bindparam("b"),
        files.c.n == bindparam("k"),
        files.c.state == "claimed",
        files.c.lease_owner == bindparam("o"),
    )
    .values(
        lease_owner=None,
        lease_until=None,
        bytes=None,  # what was uploaded is needed no longer
        **{name: bindparam(f"new_{name}") for name in (*_OUTCOME, "state")},
    )
)


def _new_row(batch: str, n: int, file: NewFile) -> dict[str, Any]:
    code, detail = file.error or (None, None)
    return {
        "batch": batch,
        "n": n,
        "key": file.key,
        "name": file.name,
        "candidate": file.candidate,
        "source": file.source,
        "bytes": file.bytes,
        "size": file.size,
        "state": "failed" if code else "queued",
        "attempts": 0,
        "code": code,
        "detail": detail,
    }
