"""Pairs of waves, scores, which segments lie in others, and reporting periods."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Tallies kept so far do not tell which segments lie in others: they are counted again.
    op.execute("DELETE FROM tally")
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.add_column(sa.Column("joint", sa.JSON(), nullable=False))

    op.create_table(
        "pairs",
        sa.Column("survey_id", sa.String(length=64), nullable=False),
        sa.Column("wave", sa.String(length=16), nullable=False),
        sa.Column("earlier", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("instrument_id", sa.String(length=64), nullable=False),
        sa.Column("instrument_version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plan", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("earlier_revision", sa.String(length=32), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_pairs_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint(
            "survey_id",
            "wave",
            "earlier",
            "field",
            "instrument_id",
            "instrument_version",
            name=op.f("pk_pairs"),
        ),
    )
    op.create_table(
        "scores",
        sa.Column("survey_id", sa.String(length=64), nullable=False),
        sa.Column("wave", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("instrument_id", sa.String(length=64), nullable=False),
        sa.Column("instrument_version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("items", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("sums", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_scores_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint(
            "survey_id",
            "wave",
            "field",
            "instrument_id",
            "instrument_version",
            name=op.f("pk_scores"),
        ),
    )
    op.create_table(
        "reporting_period",
        sa.Column("survey_id", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("segment", sa.String(length=200), nullable=False),
        sa.Column("length", sa.String(length=16), nullable=False),
        sa.Column("fixed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "length IN ('month', 'quarter', 'half_year')",
            name=op.f("ck_reporting_period_length"),
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_reporting_period_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint(
            "survey_id", "year", "field", "segment", name=op.f("pk_reporting_period")
        ),
    )
