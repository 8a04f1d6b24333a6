"""What was read of the towns' texts, so that a start need not read them again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "preparation",
        sa.Column("town_id", sa.String(), sa.ForeignKey("town.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("texts", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("preparation")
