"""The alerts that are suggested speak of numbers that there are, and the guide of the same."""

import re
from pathlib import Path

import yaml
from prometheus_client import REGISTRY, CollectorRegistry
from sqlalchemy import Engine

from bot import metrics
from bot.waiting_work import WaitingWork

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"annai_\w+")


def served(engine: Engine) -> set[str]:
    waiting = CollectorRegistry()
    waiting.register(WaitingWork(engine))
    assert metrics.ERRORS
    families = [*REGISTRY.collect(), *waiting.collect()]
    return {name for one in families for name in (one.name, f"{one.name}_total", f"{one.name}_bucket")}


def test_every_alert_speaks_of_a_number_that_is_served(engine: Engine) -> None:
    alerts = yaml.safe_load((ROOT / "deploy/alerts.yaml").read_text(encoding="utf-8"))
    rules = [rule for group in alerts["groups"] for rule in group["rules"]]
    named = {name for rule in rules for name in NAME.findall(rule["expr"])}
    assert len(rules) > 8
    assert named <= served(engine)


def test_the_first_apology_is_an_increase() -> None:
    counted = {sample.labels["app"] for family in metrics.ERRORS.collect() for sample in family.samples}
    assert counted == {"public", "admin"}


def test_the_guide_names_the_numbers_that_the_alerts_watch(engine: Engine) -> None:
    guide = set(NAME.findall((ROOT / "docs/operation.md").read_text(encoding="utf-8")))
    assert guide <= served(engine)
