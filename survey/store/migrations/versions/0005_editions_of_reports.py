"""Editions of reports: what was issued, and the files to build of it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

EDITION = ("survey_id", "wave", "field", "number")


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("survey_id", sa.String(length=64), nullable=False),
        sa.Column("wave", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("instrument_id", sa.String(length=64), nullable=False),
        sa.Column("instrument_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("findings", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("renderer", sa.JSON(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_edition_number")),
        sa.CheckConstraint("responses >= 0", name=op.f("ck_edition_responses")),
        sa.CheckConstraint("why IN ('first', 'findings', 'renderer')", name=op.f("ck_edition_why")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_edition_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint(*EDITION, name=op.f("pk_edition")),
    )
    op.create_table(
        "edition_file",
        sa.Column("survey_id", sa.String(length=64), nullable=False),
        sa.Column("wave", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("segment", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("worker", sa.String(length=200), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("comments", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'building', 'built', 'failed')",
            name=op.f("ck_edition_file_state"),
        ),
        sa.CheckConstraint(
            "(state = 'built') = (content IS NOT NULL)", name=op.f("ck_edition_file_content")
        ),
        sa.ForeignKeyConstraint(
            EDITION,
            [f"edition.{column}" for column in EDITION],
            name=op.f("fk_edition_file_survey_id_wave_field_number_edition"),
        ),
        sa.PrimaryKeyConstraint(
            *EDITION, "segment", "language", "kind", name=op.f("pk_edition_file")
        ),
    )
