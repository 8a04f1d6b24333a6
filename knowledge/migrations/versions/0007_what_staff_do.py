"""What staff do: handled inquiries, rules of the inbox, test questions, publications; what lists are filtered by."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from knowledge.models import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ENTRY = ("title", "departments", "newest_number", "newest_state")
INQUIRY = ("handled", "handled_by", "handled_at", "assignee", "entry_key")


def upgrade() -> None:
    """Forward: all inquiries are open, and each entry says what its newest revision says."""
    _add_entry_columns()
    _fill_entries()
    with op.batch_alter_table("entry") as batch:
        for name in ENTRY:
            batch.alter_column(name, server_default=None)
        batch.create_index("ix_entry_title", ["town_id", "title"])
    with op.batch_alter_table("inquiry") as batch:
        batch.add_column(sa.Column("handled", sa.String(), nullable=False, server_default="open"))
        batch.add_column(sa.Column("handled_by", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("handled_at", UTCDateTime(), nullable=True))
        batch.add_column(sa.Column("assignee", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("entry_key", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("inquiry") as batch:
        for name in INQUIRY:
            batch.alter_column(name, server_default=None)
        batch.create_index("ix_inquiry_handled", ["town_id", "handled", "created_at"])
    _create_tables()


def _add_entry_columns() -> None:
    with op.batch_alter_table("entry") as batch:
        batch.add_column(sa.Column("title", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("departments", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("newest_number", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("newest_state", sa.String(), nullable=False, server_default="draft"))


def _fill_entries() -> None:
    """In Python, because the two databases read JSON in different ways."""
    connection = op.get_bind()
    newest = "SELECT MAX(number) FROM revision AS other WHERE other.entry_key = revision.entry_key"
    rows = connection.execute(
        sa.text(
            f"SELECT entry_key, number, state, CAST(content AS TEXT) FROM revision WHERE number = ({newest})"  # noqa: S608
        )
    ).all()
    change = sa.text(
        "UPDATE entry SET title = :t, departments = :d, newest_number = :n, newest_state = :s WHERE key = :k"
    )
    for key, number, state, content in rows:
        said = json.loads(content)
        names = dict.fromkeys(n for facet in said.get("facets", ()) for n in facet.get("departments") or ())
        lines = "".join(f"\n{name}" for name in names) + "\n" if names else ""
        connection.execute(change, {"t": said["title"], "d": lines, "n": number, "s": state, "k": key})


def _create_tables() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("entry_key", sa.String(160), sa.ForeignKey("entry.key", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("fault", sa.String(), nullable=False),
    )
    op.create_index("ix_publication_entry_key", "publication", ["entry_key"])
    op.create_index("ix_publication_due", "publication", ["done_at", "due_at"])
    _create_town_table(
        "testquestion",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("question", "entry", "facet", "note", "by")),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.UniqueConstraint("town_id", "question"),
    )
    _create_town_table(
        "testscore",
        sa.Column("at", UTCDateTime(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("revision", "questions", "right", "offered", "wrong", "admitted")
        ),
        sa.Column("failed", sa.JSON(), nullable=False),
    )
    hour = sa.Column("hour", sa.Integer(), primary_key=True, autoincrement=False)
    texts = [sa.Column(name, sa.String(), primary_key=True) for name in ("channel", "kind", "entry")]
    _create_tally("tally", [hour, *texts[:2]], ("questions", "begun", "helpful", "unhelpful"))
    _create_tally("entrytally", [texts[2]], ("answers", "helpful", "unhelpful"))
    _create_town_table(
        "inboxrule",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("question", "handled", "by")),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.UniqueConstraint("town_id", "question"),
    )


def _create_tally(name: str, keys: list[sa.Column[Any]], counts: tuple[str, ...]) -> None:
    town = sa.Column("town_id", sa.String(40), sa.ForeignKey("town.id", ondelete="CASCADE"), primary_key=True)
    day = sa.Column("day", sa.Date(), primary_key=True)
    counted = (sa.Column(count, sa.Integer(), nullable=False) for count in counts)
    op.create_table(name, town, day, *keys, *counted)


def _create_town_table(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("town_id", sa.String(40), sa.ForeignKey("town.id", ondelete="CASCADE"), nullable=False),
        *columns,
    )
    op.create_index(f"ix_{name}_town_id", name, ["town_id"])


def downgrade() -> None:
    """Back."""
    for name in ("inboxrule", "entrytally", "tally", "testscore", "testquestion", "publication"):
        op.drop_table(name)
    with op.batch_alter_table("inquiry") as batch:
        batch.drop_index("ix_inquiry_handled")
        for name in INQUIRY:
            batch.drop_column(name)
    with op.batch_alter_table("entry") as batch:
        batch.drop_index("ix_entry_title")
        for name in ENTRY:
            batch.drop_column(name)
