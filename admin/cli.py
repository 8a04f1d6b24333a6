"""The operator's command `annai`: one file a noun in `admin/commands/`."""

import logging
import sys

import structlog
import typer
from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

from admin.commands import ask, backup, doctor, knowledge, line, measure, plan, purge, score, search, serving, town
from bot.settings import BadSetting
from bot.visitors import BadNetwork
from knowledge.bundled import BrokenKnowledge
from knowledge.plans.importing import NothingImported
from knowledge.plans.refusals import UnreadablePlan
from knowledge.publishing import NotThere
from knowledge.store import BrokenReferences, UnknownTables

app = typer.Typer(
    name="annai",
    help="DX案内：町が公表した計画から、住民の質問に答えます。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (ask, backup, doctor, knowledge, line, measure, plan, purge, score, search, serving, town):
    command.register(app)


# What a person can mend: their sentence says how.
SAID = (
    BadSetting,
    BadNetwork,
    BrokenKnowledge,
    BrokenReferences,
    UnknownTables,
    UnreadablePlan,
    NothingImported,
    NotThere,
)


def main() -> None:
    """Run the command; what staff can mend is said in one sentence, without a traceback."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    try:
        app()
    except SAID as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except ProgrammingError as error:
        first, *_ = str(error.orig).splitlines()
        print(f"データベースの形が合いません（{first}）。annai doctor で確かめてください。", file=sys.stderr)
        sys.exit(1)
    except DatabaseError as error:
        if type(error) not in (DatabaseError, OperationalError):  # a fault of ours, not of the place or the file
            raise
        print(f"データベースを使えません（{error.orig}）。ANNAI_DATABASE_URL を確かめてください。", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"ファイルやポートを使えません：{error.strerror or error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
