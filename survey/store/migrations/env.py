"""How Alembic reaches the database: over the connection it is handed, in its transaction."""

from alembic import context

from survey.store import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.Survey.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
