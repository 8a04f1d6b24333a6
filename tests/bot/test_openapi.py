"""The API's description is true: whatever it is sent, it answers as described, and never with a 5xx."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.bot.server import running
from tests.databases import Databases

# Of each operation: few in the daily suite, as many as the profile says in a longer run.
EXAMPLES = 20 if settings().max_examples <= 100 else settings().max_examples
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def api(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    folder: Path = tmp_path_factory.mktemp("openapi")
    with databases.engine(folder) as engine, running(engine, folder / "towns", docs=True) as client:
        yield schemathesis.openapi.from_url(f"{client.base_url}/openapi.json")


def test_answers_as_described(api: schemathesis.schemas.BaseSchema) -> None:
    operations = [result.ok() for result in api.get_all_operations()]
    assert {operation.path for operation in operations} >= {"/api/v1/towns/{town}/ask", "/readyz"}
    for operation in operations:

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def answers_as_described(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        answers_as_described()
