"""Purchases and complaint cases: what the company's own books tell, and what is kept of it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "purchase",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("customer_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("segments", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_purchase_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase")),
        sa.UniqueConstraint("number", name=op.f("uq_purchase_number")),
    )
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_purchase_customer_id_day"), ["customer_id", "day"])
        batch_op.create_index(op.f("ix_purchase_day"), ["day"])
    op.create_table(
        "complaint_case",
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.String(length=64), nullable=True),
        sa.Column("opened", sa.Date(), nullable=False),
        sa.Column("answered", sa.Date(), nullable=True),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=True),
        sa.Column("target_days", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("attribute", sa.String(length=200), nullable=False),
        sa.Column("segments", sa.JSON(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answered >= opened", name=op.f("ck_complaint_case_answered")),
        sa.CheckConstraint("closed >= opened", name=op.f("ck_complaint_case_closed")),
        sa.CheckConstraint("reopened >= 0", name=op.f("ck_complaint_case_reopened")),
        sa.CheckConstraint("target_days >= 0", name=op.f("ck_complaint_case_target_days")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_complaint_case_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_complaint_case")),
    )
    with op.batch_alter_table("complaint_case", schema=None) as batch_op:
        batch_op.create_index(
            op.f("ix_complaint_case_customer_id_opened"), ["customer_id", "opened"]
        )
        batch_op.create_index(op.f("ix_complaint_case_opened"), ["opened"])
        for column in ("answered", "closed", "reopened", "target_days", "imported_at"):
            batch_op.create_index(op.f(f"ix_complaint_case_{column}"), [column])
    op.create_table(
        "book_mark",
        sa.Column("book", sa.String(length=16), nullable=False),
        sa.Column("month", sa.String(length=16), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("book", "month", name=op.f("pk_book_mark")),
    )
    op.create_table(
        "books",
        sa.Column("survey_id", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.Column("months", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plan", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_books_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint("survey_id", "period", "part", "months", name=op.f("pk_books")),
    )
