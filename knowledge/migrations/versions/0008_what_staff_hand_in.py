"""What staff hand in: plans as they were read, and files of entries that wait to be taken in."""

import sqlalchemy as sa
from alembic import op

from knowledge.models import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward: plans that were handed in before are read again."""
    upload = sa.ForeignKey("planupload.id", ondelete="CASCADE")
    op.create_table(
        "planexamination",
        sa.Column("upload_id", sa.Integer(), upload, primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("held_until", UTCDateTime(), nullable=True),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
    )
    op.execute(
        "INSERT INTO planexamination (upload_id, state, done, pages, attempts, refusal, document, findings) "
        "SELECT id, 'waiting', 0, 0, 0, '', '{}', '{}' FROM planupload"
    )
    op.create_table(
        "entryfile",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("town_id", sa.String(), sa.ForeignKey("town.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_index("ix_entryfile_town_id", "entryfile", ["town_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("entryfile")
    op.drop_table("planexamination")
