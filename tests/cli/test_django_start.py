"""Django's start: whole where pages are answered, without the web for other commands."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from minzheng.cli.parser import ASKS_TABLES_ONLY, COMMANDS
from minzheng.county.config import PROJECT_FOLDER

_LOOK = """
import json, os, sys
os.environ["MINZHENG_CONFIG"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "minzheng.web.settings"
from minzheng.cli.django_start import start_django
start_django(answers_pages=sys.argv[2] == "pages")
from django.apps import apps
from django.conf import settings
import logging
logging.getLogger("django.db").warning("nobody reads this")
print(json.dumps({
    "apps": [one.name for one in apps.get_app_configs()],
    "settings": settings.INSTALLED_APPS,
    "models": sorted(one._meta.label for one in apps.get_models()),
    "urls": "django.urls.resolvers" in sys.modules,
}))
"""


@pytest.fixture
def look(tmp_path: Path):
    """What is there after a start, in a process of its own."""
    config = tmp_path / "config.toml"
    config.write_text("", encoding="utf-8")

    def started(kind: str) -> dict[str, list[str]]:
        command = [sys.executable, "-c", _LOOK, str(config), kind]
        done = subprocess.run(
            command, cwd=PROJECT_FOLDER, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        told: dict[str, list[str]] = json.loads(done.stdout)
        return told

    return started


def test_a_command_has_every_table_and_no_page(look):
    """What is left out keeps nothing in tables, so that all migrations are known."""
    whole, tables = look("pages"), look("tables")
    assert whole["apps"] == whole["settings"]
    assert whole["models"] == tables["models"]
    left_out = set(whole["apps"]) - set(tables["apps"])
    assert "minzheng.web" in left_out
    assert not any(
        (PROJECT_FOLDER / one.replace(".", "/") / "migrations").exists() for one in left_out
    )


def test_commands_that_answer_no_page_are_commands():
    """A name that is none would start nothing quickly."""
    assert COMMANDS.keys() >= ASKS_TABLES_ONLY
