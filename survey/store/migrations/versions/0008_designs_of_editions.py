"""What the reports of an edition look like: sections, logo, colours."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edition", sa.Column("design", sa.LargeBinary(), nullable=True))
