"""The ledger: batches and their files, which are the queue as well."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "batches",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("options", sa.Text, nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("expires", sa.Float),
        sa.Column("sealed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )
    op.create_table(
        "files",
        sa.Column("batch", sa.String(64), nullable=False),
        sa.Column("n", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("candidate", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("bytes", sa.LargeBinary),
        sa.Column("size", sa.BigInteger),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("lease_owner", sa.String(64)),
        sa.Column("lease_until", sa.Float),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64)),
        sa.Column("text_key", sa.String(32)),
        sa.Column("score", sa.Float),
        sa.Column("similarity", sa.Float),
        sa.Column("row", sa.Text),
        sa.Column("report", sa.LargeBinary),
        sa.Column("code", sa.String(40)),
        sa.Column("detail", sa.Text),
        sa.ForeignKeyConstraint(
            ["batch"], ["batches.id"], name="fk_files_batch_batches", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("batch", "n", name="pk_files"),
    )
    op.create_index("ix_files_batch_key", "files", ["batch", "key"], unique=True)
    op.create_index("ix_files_batch_state_n", "files", ["batch", "state", "n"])
    op.create_index("ix_files_batch_text_key", "files", ["batch", "text_key"])


def downgrade() -> None:
    """Remove both."""
    op.drop_table("files")
    op.drop_table("batches")
