"""What the operator's guide and samples tell to run is there, and the sample proxy keeps residents out of its logs."""

import re
import subprocess
from pathlib import Path

from admin.cli import COMMANDS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
GUIDE = ROOT / "docs/operation.md"
TOLD = re.compile(r"(?:`annai|annai-do|/bin/annai) ([a-z]+)")
UNITS = ("annai-public.service", "annai-public@.service", "annai-admin.service")


def test_every_command_that_operators_are_told_is_one() -> None:
    for file in (GUIDE, *DEPLOY.iterdir()):
        for first in TOLD.findall(file.read_text(encoding="utf-8")):
            assert first in COMMANDS, f"{file.name}: annai {first}"


def test_every_file_that_the_guide_names_is_there() -> None:
    named = re.findall(r"deploy/([\w.*@-]+\w)", GUIDE.read_text(encoding="utf-8"))
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


def test_several_processes_are_served_as_one_is_but_for_their_ports() -> None:
    one, several = ((DEPLOY / name).read_text(encoding="utf-8").splitlines() for name in UNITS[:2])
    differing = [there for here, there in zip(one, several, strict=True) if here != there and there[0] != "#"]
    assert [line.split("=")[0] for line in differing] == ["Description", "Environment"]


def test_commands_read_the_settings_as_systemd_does(tmp_path: Path) -> None:
    given = {
        "ANNAI_DATABASE_URL": "postgresql+psycopg://annai:p&q;$HOME`id`#@h/annai",
        "ANNAI_PUBLIC_URL": "https://a b",
    }
    lines = [
        "# a comment",
        *(f"{name}={value}" for name, value in given.items()),
        "ANNAI_SECRET_KEY='k k'",
        "no setting",
    ]
    (tmp_path / "annai.env").write_text("\n".join(lines), encoding="utf-8")
    script = (DEPLOY / "annai-do").read_text(encoding="utf-8").replace("/etc/annai.env", f"{tmp_path}/annai.env")
    script = script.replace("/var/lib/annai", str(tmp_path)).replace(
        "runuser -u annai -- /opt/annai/.venv/bin/annai", "sh -c 'touch made; env -0'"
    )
    said = subprocess.run(["sh", "-c", script], check=True, capture_output=True, text=True).stdout
    found = dict(line.split("=", 1) for line in said.split("\0") if line.startswith("ANNAI_"))
    assert {**given, "ANNAI_SECRET_KEY": "k k"}.items() <= found.items()
    assert (tmp_path / "made").stat().st_mode & 0o077 == 0, "nobody else reads what is written"
