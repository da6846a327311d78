"""How the ledger's database is opened."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event


def open_engine(url: str) -> Engine:
    """An engine for a URL; on SQLite with a write-ahead log, and transactions that say when they write.

    A transaction of `engine.execution_options(writes=True)` takes the write lock when it begins.
    """
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name != "sqlite":
        return engine

    def connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say when a transaction begins, not the driver
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",  # survives any kill; power loss may undo the last commits
            "busy_timeout=30000",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is deleted is gone from the disk
        ):
            connection.execute(f"PRAGMA {pragma}")

    def begins(connection: Any) -> None:
        # A deferred transaction that turns writer can't wait for another; so writers say it at once.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begins)
    return engine
