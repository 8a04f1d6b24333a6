"""What LINE delivered: residents' talks, and the events that are waiting or ended."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import knowledge.models

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WAITING = sa.text("ended_at IS NULL")


def _time(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, knowledge.models.UTCDateTime(timezone=True), nullable=nullable)


def _text(name: str, length: int | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "line_talk",
        _text("town_id", 40),
        _text("talk", 32),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        _time("last_at"),
        _time("free_at"),
        _text("holder", 32),
        sa.ForeignKeyConstraint(["town_id"], ["town.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("town_id", "talk"),
    )
    op.create_index("ix_line_talk_conversation_id", "line_talk", ["conversation_id"])
    op.create_table(
        "line_event",
        _text("town_id", 40),
        _text("id", 64),
        _text("talk", 32),
        _text("kind", 20),
        sa.Column("said", sa.JSON(), nullable=False),
        _text("message", 32),
        _text("token"),
        _time("sent_at"),
        _time("received_at"),
        _time("expires_at"),
        sa.Column("reply", sa.JSON(), nullable=True),
        _text("conversation_id", 32),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _time("ended_at", nullable=True),
        _text("state", 10),
        _text("reason", 20),
        sa.ForeignKeyConstraint(["town_id"], ["town.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("town_id", "id"),
    )
    op.create_index(
        "ix_line_event_waiting", "line_event", ["town_id", "talk"], sqlite_where=WAITING, postgresql_where=WAITING
    )
    op.create_index("ix_line_event_talk", "line_event", ["town_id", "talk", "sent_at"])
    op.create_index("ix_line_event_message", "line_event", ["town_id", "message"])
    op.create_index("ix_line_event_received", "line_event", ["town_id", "received_at"])


def downgrade() -> None:
    """Back."""
    op.drop_table("line_event")
    op.drop_table("line_talk")
