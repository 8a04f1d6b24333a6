"""Alembic's environment: runs the migrations on the connection it is given, or on the configured database."""

import os

from alembic import context
from sqlmodel import SQLModel

from knowledge import accounts, curation, line_models, models, plan_models, store

__all__ = ["accounts", "curation", "line_models", "models", "plan_models"]
config = context.config


def _run(connection: object) -> None:
    context.configure(
        connection=connection,  # type: ignore[arg-type]
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    engine = store.open_engine(os.environ.get("ANNAI_DATABASE_URL", "sqlite:///var/annai.db"))
    with engine.begin() as connection:
        _run(connection)
