"""What staff set of their town: greeting, notice, colour, holidays, closed channels, two people to publish."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXTS = ("holidays", "greeting", "notice", "colour", "closed_web", "closed_line")


def upgrade() -> None:
    """Forward: everything empty, every channel open."""
    with op.batch_alter_table("town") as batch:
        for name in TEXTS:
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("two_people", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("town") as batch:
        for name in (*TEXTS, "two_people"):
            batch.alter_column(name, server_default=None)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("town") as batch:
        for name in (*TEXTS, "two_people"):
            batch.drop_column(name)
