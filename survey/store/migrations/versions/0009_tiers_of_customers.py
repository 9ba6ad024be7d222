"""The tier that each customer has had since which day; of what is there, since its import."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CHUNK = 1000


def upgrade() -> None:
    kept = op.create_table(
        "customer_tier",
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("tier", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_customer_tier_customer_id_customer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("customer_id", "since", name=op.f("pk_customer_tier")),
    )
    op.create_index(op.f("ix_customer_tier_since"), "customer_tier", ["since"])
    customer = sa.table(
        "customer",
        sa.column("id", sa.String()),
        sa.column("segments", sa.JSON()),
        sa.column("imported_at", sa.DateTime()),
    )
    connection = op.get_bind()
    known = [
        {"customer_id": row.id, "since": row.imported_at.date(), "tier": row.segments["tier"]}
        for row in connection.execute(sa.select(customer))
        if row.segments.get("tier")
    ]
    for start in range(0, len(known), CHUNK):
        connection.execute(sa.insert(kept), known[start : start + CHUNK])
