"""The two tables of the ledger, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

# Names of constraints are fixed so that migrations can name them.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

batches = Table(
    "batches",
    metadata,
    Column("id", String(64), primary_key=True),  # not to be guessed
    Column("owner", String(64), nullable=False, default=""),  # sha256 of the API key, "" without
    Column("options", Text, nullable=False),  # JSON: what the batch asks; nothing of a person
    Column("created", Float, nullable=False),  # seconds since 1970
    Column("expires", Float),  # null: never
    Column("sealed", Boolean, nullable=False, default=False),  # no file is added any more
)

files = Table(
    "files",
    metadata,
    Column("batch", ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),  # from 1, in the order of arrival
    Column("key", Text, nullable=False),  # what it is within its batch: path, URL, member, upload
    Column("name", Text, nullable=False),  # as shown
    Column("candidate", Text),  # the candidate's id, where one was given
    Column("source", Text),  # path or URL; null where the bytes are kept here
    Column("bytes", LargeBinary),
    Column("size", BigInteger),
    Column("state", String(8), nullable=False, default="queued"),  # queued claimed done failed
    Column("lease_owner", String(64)),
    Column("lease_until", Float),
    Column("attempts", Integer, nullable=False, default=0),
    Column("sha256", String(64)),
    Column("text_key", String(32)),  # equal for the same text, whatever the format
    Column("score", Float),
    Column("similarity", Float),
    Column("row", Text),  # JSON, see rows.Row
    Column("report", LargeBinary),  # the Report's JSON, zlib
    Column("code", String(40)),  # why it has no score
    Column("detail", Text),
    Index(None, "batch", "key", unique=True),
    Index(None, "batch", "state", "n"),
    Index(None, "batch", "text_key"),
)
