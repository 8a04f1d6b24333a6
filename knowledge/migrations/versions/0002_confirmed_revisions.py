"""A confirmation is of one revision."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PUBLISHED = "(SELECT published_number FROM entry WHERE entry.key = confirmation.entry_key)"


def upgrade() -> None:
    """Forward: what was confirmed is taken to be what is published; of what is not, there is nothing to confirm."""
    op.add_column("confirmation", sa.Column("number", sa.Integer(), nullable=True))
    op.execute(f"UPDATE confirmation SET number = {PUBLISHED}")  # noqa: S608
    op.execute("DELETE FROM confirmation WHERE number IS NULL")
    with op.batch_alter_table("confirmation") as batch:
        batch.alter_column("number", existing_type=sa.Integer(), nullable=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("confirmation") as batch:
        batch.drop_column("number")
