"""What the operator's guide and samples tell to run is there, and the sample proxy keeps residents out of its logs."""

import re
from pathlib import Path

from admin.cli import COMMANDS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
GUIDE = ROOT / "docs/operation.md"
TOLD = re.compile(r"(?:`annai|annai-do|/bin/annai) ([a-z]+)")
UNITS = ("annai-public.service", "annai-admin.service")


def test_every_command_that_operators_are_told_is_one() -> None:
    for file in (GUIDE, *DEPLOY.iterdir()):
        for first in TOLD.findall(file.read_text(encoding="utf-8")):
            assert first in COMMANDS, f"{file.name}: annai {first}"


def test_every_file_that_the_guide_names_is_there() -> None:
    named = re.findall(r"deploy/([\w.*-]+\w)", GUIDE.read_text(encoding="utf-8"))
    assert len(named) > 4
    assert all(list(DEPLOY.glob(name)) for name in named if name != "secrets")


def test_no_log_of_the_sample_proxy_keeps_addresses_or_query_strings() -> None:
    logs = (DEPLOY / "Caddyfile").read_text(encoding="utf-8").split("\tlog {")[1:]
    assert len(logs) == 2, "what was served, and what failed: Caddy logs that elsewhere"
    for log in logs:
        for field in ('request>uri regexp "\\?.*" ""', "request>remote_ip delete", "request>headers delete"):
            assert field in log


def test_the_services_are_shut_in() -> None:
    for name in UNITS:
        lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
        for wanted in ("NoNewPrivileges=true", "ProtectSystem=strict", "CapabilityBoundingSet=", "LimitNOFILE=65536"):
            assert wanted in lines, f"{name}: {wanted}"
