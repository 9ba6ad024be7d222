"""How often a file of an edition was claimed in vain."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    tries = sa.Column("tries", sa.Integer(), server_default="0", nullable=False)
    op.add_column("edition_file", tries)
