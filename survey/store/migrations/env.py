"""How Alembic reaches the database: over the connection it is handed, in its transaction."""

from alembic import context

from survey.store import kept, tables
from survey.store.base import Base

KNOWN = (kept, tables)  # whoever knows all tables can say what is missing

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
