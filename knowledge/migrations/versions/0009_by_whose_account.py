"""By whose account: revisions, planned publications and given inquiries name the account, not only a display name."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = {"revision": "account", "publication": "account", "inquiry": "assignee_account"}
# Where one person alone has the name, older rows are theirs; others keep 0, and are told by the name.
ONE_OF_NAME = (
    "COALESCE((SELECT CASE WHEN count(*) = 1 THEN min(staff.id) ELSE 0 END FROM staff "
    "WHERE staff.name = {name} AND staff.town_id = {town}), 0)"
)
TOWN_OF_ENTRY = "(SELECT entry.town_id FROM entry WHERE entry.key = {table}.entry_key)"


def upgrade() -> None:
    """Forward."""
    for table, column in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, server_default=None)
    _fill("revision", "account", "revision.author", TOWN_OF_ENTRY.format(table="revision"))
    _fill("publication", "account", "publication.by", TOWN_OF_ENTRY.format(table="publication"))
    _fill("inquiry", "assignee_account", "inquiry.assignee", "inquiry.town_id")


def _fill(table: str, column: str, name: str, town: str) -> None:
    op.execute(f"UPDATE {table} SET {column} = {ONE_OF_NAME.format(name=name, town=town)}")  # noqa: S608


def downgrade() -> None:
    """Back."""
    for table, column in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
