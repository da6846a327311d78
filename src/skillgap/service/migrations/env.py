"""How Alembic reaches the database: by the connection that `service.storage` hands over."""

from alembic import context

from skillgap.batch.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
)
with context.begin_transaction():
    context.run_migrations()
