"""Plans that staff hand in, and what an import brought, so that it can be taken back whole."""

import sqlalchemy as sa
from alembic import op

from knowledge.models import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "planupload",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("town_id", sa.String(), sa.ForeignKey("town.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_index("ix_planupload_town_id", "planupload", ["town_id"])
    op.create_table(
        "planimport",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("town_id", sa.String(), sa.ForeignKey("town.id", ondelete="CASCADE"), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("new_source", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
    )
    op.create_index("ix_planimport_town_id", "planimport", ["town_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("planimport")
    op.drop_table("planupload")
