"""Whether the writers of imported comments agreed to be quoted; of earlier files nobody said so."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "import_batch",
        sa.Column("quoting_agreed", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
