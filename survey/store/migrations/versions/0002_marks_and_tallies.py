"""Marks that tell whether a wave was changed, and the tallies kept of it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wave_mark",
        sa.Column("survey_id", sa.String(length=64), nullable=False),
        sa.Column("wave", sa.String(length=16), nullable=False),
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_wave_mark_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint("survey_id", "wave", "lane", name=op.f("pk_wave_mark")),
    )
    op.create_table(
        "tally",
        sa.Column("survey_id", sa.String(length=64), nullable=False),
        sa.Column("wave", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("instrument_id", sa.String(length=64), nullable=False),
        sa.Column("instrument_version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plan", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_tally_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint(
            "survey_id",
            "wave",
            "field",
            "instrument_id",
            "instrument_version",
            name=op.f("pk_tally"),
        ),
    )
