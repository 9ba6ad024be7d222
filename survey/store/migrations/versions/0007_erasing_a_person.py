"""The ledger of erasures, and indexes to find all that is kept of one customer."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INDEXES = (
    ("draft", "invitation_id"),
    ("invitation", "customer_id"),
    ("response", "customer_id"),
    ("response", "invitation_id"),
)


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleaned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_erasure")),
    )
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
