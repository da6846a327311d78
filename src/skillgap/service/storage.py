"""Where batches are kept: the ledger in one database, brought up to date at start.

SQLite is zeroed where it deletes, its log is cut off, so that what was deleted is on no disk any more.
On PostgreSQL deleted rows are vacuumed at once; its log (WAL) and backups are the database's own.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.engine import RowMapping, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from ..batch.entries import Claim, NewFile
from ..batch.ledger import Ledger
from ..batch.tables import batches, files
from ..errors import ConfigError
from .settings import ServiceSettings

EXPORTS = "skillgap-export-"  # prefix of the folders in which exports are made
_STALE = 3600.0  # seconds after which such a folder is what a killed process left
_LOCK = 0x736B696C  # of migrations, for PostgreSQL
_TRIES = 5
_HINT = "See SKILLGAP_DATABASE_URL in `skillgap serve --help`."


class Store:
    """The ledger with what the service needs beyond it."""

    def __init__(self, settings: ServiceSettings) -> None:
        url = database_url(settings.database_url)
        self.lifetime = settings.retention_hours * 3600
        try:
            _make_private(url)
            self.ledger = Ledger(url, create=False)
            _upgrade(self.ledger)
        except (SQLAlchemyError, OSError) as error:
            raise ConfigError(
                f"The database can't be opened ({type(error).__name__}).", _HINT
            ) from None
        self._sqlite = self.ledger.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Give all connections back."""
        self.ledger.close()

    def ping(self) -> None:
        """Whether the database answers; SQLAlchemyError if not."""
        with self.ledger.engine.connect() as connection:
            connection.execute(select(1))

    def new_batch(self, options: Mapping[str, Any], owner: str) -> str:
        """Start a batch; its id."""
        return self.ledger.new_batch(options, owner=owner, lifetime=self.lifetime)

    def add(self, batch: str, new: Sequence[NewFile]) -> None:
        """Queue files; again where another request took their numbers at the same moment."""
        for left in range(_TRIES, -1, -1):
            try:
                self.ledger.add(batch, new)
                return
            except IntegrityError:
                if not left or self.ledger.batch(batch) is None:
                    raise

    def waiting_bytes(self) -> int:
        """Bytes of uploads that wait to be read, of all batches."""
        query = select(func.coalesce(func.sum(files.c.size), 0)).where(
            files.c.state.in_(("queued", "claimed"))
        )
        with self.ledger.engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def open_batches(self) -> list[str]:
        """Batches that have a file to be taken up, the oldest first."""
        of = select(files.c.n).where(files.c.batch == batches.c.id)
        now = time.time()
        free = (
            of.where(files.c.state == "queued").exists()
            | of.where(files.c.state == "claimed", files.c.lease_until < now).exists()
        )
        query = select(batches.c.id).where(free).order_by(batches.c.created)
        with self.ledger.engine.connect() as connection:
            return list(connection.scalars(query))

    def renew(self, owner: str, claims: Sequence[Claim], seconds: float) -> None:
        """Keep claims for so many seconds more."""
        if not claims:
            return
        until = time.time() + seconds
        with self.ledger.writing() as connection:
            connection.execute(
                _RENEW, [{"b": c.batch, "k": c.n, "o": owner, "u": until} for c in claims]
            )

    def delete(self, batch: str) -> bool:
        """Remove a batch and every byte of it; whether there was one."""
        gone = self.ledger.delete_batch(batch)
        if gone:
            self.forget()
        return gone

    def sweep(self) -> int:
        """Remove what has expired, and exports that a killed process left; how many batches."""
        count = self.ledger.delete_expired()
        if count:
            self.forget()
        for folder in Path(tempfile.gettempdir()).glob(f"{EXPORTS}*"):
            try:
                if time.time() - folder.stat().st_mtime > _STALE:
                    shutil.rmtree(folder, ignore_errors=True)
            except OSError:
                continue  # another replica's, or gone already
        return count

    def forget(self) -> None:
        """Leave nothing of deleted rows behind: in SQLite's log, in PostgreSQL's tables."""
        if not self._sqlite:
            engine = self.ledger.engine.execution_options(isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text("VACUUM files, batches"))
            return
        raw = self.ledger.engine.raw_connection()
        try:
            for _ in range(50):  # a reader under way holds the log; none takes long
                busy, _, _ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not busy:
                    return
                time.sleep(0.1)
        finally:
            raw.close()


_RENEW = (
    update(files)
    .where(
        files.c.batch == bindparam("b"),
        files.c.n == bindparam("k"),
        files.c.lease_owner == bindparam("o"),
        files.c.state == "claimed",
    )
    .values(lease_until=bindparam("u"))
)


def database_url(given: str) -> str:
    """A URL with the driver that comes with skillgap; ConfigError for other databases."""
    try:
        url = make_url(given)
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername="postgresql+psycopg")
        if url.get_backend_name() not in ("sqlite", "postgresql"):
            raise ConfigError("Batches are kept in SQLite or in PostgreSQL.", _HINT)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError):
        raise ConfigError("SKILLGAP_DATABASE_URL is no database URL.", _HINT) from None
    if url.get_backend_name() == "sqlite" and not url.database:
        raise ConfigError("SKILLGAP_DATABASE_URL names no file.", _HINT)
    return url.render_as_string(hide_password=False)


def _make_private(url: str) -> None:
    """An SQLite file that only its owner may read; its log takes the same rights."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database != ":memory:":
        path = Path(str(parsed.database))
        path.touch(mode=0o600)
        path.chmod(0o600)


def _upgrade(ledger: Ledger) -> None:
    """Bring the tables up to date; replicas that start together do it one after the other."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", f"{__package__}:migrations")
    with ledger.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def options_of_batch(row: RowMapping) -> dict[str, Any]:
    """What a batch asks."""
    found: dict[str, Any] = json.loads(row["options"])
    return found
