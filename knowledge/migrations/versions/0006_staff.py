"""Staff: accounts, sessions, one-time links, second factors, failed sign-ins, the audit log; whose a town's name is."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _whose() -> sa.Column[int]:
    return sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    """Forward: nobody has an account yet; towns are named by their files."""
    _make_staff()
    _make_sign_in()
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), primary_key=True),
        _time("at"),
        sa.Column("town_id", sa.String(40), sa.ForeignKey("town.id", ondelete="CASCADE"), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        _text("who"),
        _text("action"),
        _text("subject"),
        sa.Column("detail", sa.JSON(), nullable=False),
    )
    op.create_index("ix_audit_town_at", "audit", ["town_id", "at"])
    with op.batch_alter_table("town") as batch:
        batch.add_column(sa.Column("named_by_staff", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("town") as batch:
        batch.alter_column("named_by_staff", server_default=None)


def _make_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("town_id", sa.String(40), sa.ForeignKey("town.id", ondelete="CASCADE"), nullable=True),
        _text("account", 100),
        _text("login"),
        _text("name"),
        _text("role"),
        _text("password"),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        _text("totp"),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        _time("created_at"),
        _time("signed_in_at", nullable=True),
        sa.UniqueConstraint("account"),
    )
    op.create_index("ix_staff_town_id", "staff", ["town_id"])


def _make_sign_in() -> None:
    op.create_table(
        "staffsession",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        _whose(),
        sa.Column("code_given", sa.Boolean(), nullable=False),
        _time("created_at"),
        _time("seen_at"),
        _time("ends_at"),
    )
    op.create_table(
        "onetimelink",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        _whose(),
        _text("purpose"),
        _time("ends_at"),
    )
    op.create_table("recoverycode", sa.Column("code_hash", sa.String(64), primary_key=True), _whose())
    for table in ("staffsession", "onetimelink", "recoverycode"):
        op.create_index(f"ix_{table}_staff_id", table, ["staff_id"])
    op.create_table(
        "knowndevice",
        sa.Column("device_hash", sa.String(64), primary_key=True),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
        _time("at"),
    )
    op.create_table(
        "failedsignins",
        sa.Column("bucket", sa.String(64), primary_key=True),
        sa.Column("count", sa.Integer(), nullable=False),
        _time("since"),
        _time("last_at"),
    )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("town") as batch:
        batch.drop_column("named_by_staff")
    for table in ("audit", "failedsignins", "knowndevice", "recoverycode", "onetimelink", "staffsession", "staff"):
        op.drop_table(table)
