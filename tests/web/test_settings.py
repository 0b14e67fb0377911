"""Django's own check of a deployment, with the county's settings."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.conftest import command_environment

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("written", "warnings"),
    [
        ("", set()),
        ('host = "0.0.0.0"\nhttps = "yes"', set()),
        ('host = "0.0.0.0"', {"W004", "W008", "W012", "W016"}),
    ],
)
def test_check_deploy(tmp_path, written, warnings):
    """Clean on this machine alone and behind https; on a bare network it warns."""
    config = tmp_path / "config.toml"
    config.write_text(f"[web]\n{written}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "minzheng/manage.py", "check", "--deploy"],
        cwd=PROJECT,
        env=command_environment() | {"MINZHENG_CONFIG": str(config)},
        capture_output=True,
        text=True,
        check=True,
    )
    told = done.stdout + done.stderr
    assert ("no issues" in told) == (not warnings)
    assert {f"W{code[:3]}" for code in told.split("security.W")[1:]} == warnings
