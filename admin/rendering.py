"""Templates with values: the staff's pages, and the filters that name things in Japanese."""

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from admin import audit, roles
from admin import labels as staff_labels
from knowledge.days import TOKYO
from knowledge.labels import labels
from knowledge.plans.wording import month

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **values: Any) -> str:
    """A template with values; a missing value is an error."""
    return _ENVIRONMENT.get_template(template).render(**values)


def _local(moment: datetime | None, pattern: str = "%Y年%-m月%-d日 %-H:%M") -> str:
    """A time as the town's clocks show it."""
    return moment.astimezone(TOKYO).strftime(pattern) if moment else ""


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    autoescape=True,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["local"] = _local
_ENVIRONMENT.filters["role"] = roles.label
_ENVIRONMENT.filters["role_explained"] = roles.explained
_ENVIRONMENT.filters["named"] = staff_labels.label
_ENVIRONMENT.filters["action"] = lambda key: audit.action_labels().get(key, key)
_ENVIRONMENT.filters["month"] = month
_ENVIRONMENT.filters["kind"] = lambda kind: labels().kinds[kind]
_ENVIRONMENT.filters["facet"] = lambda name: labels().facets[name]
_ENVIRONMENT.filters["explained"] = audit.explained
