"""Parts of the stories: the real command in a folder of its own.

Stories wait for states (waiting.py), never for a time; only one that hangs is ended.
"""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.served_office import (
    Office,
    command_environment,
    open_chromium,
    serve_office,
)
from tests.journeys.waiting import COMMAND_SECONDS, STORY_SECONDS
from tests.running.command_starts import run_command
from tests.running.kept.made_tables import lay_tables


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The last resort of every story; what fills the demo's village with cases comes last."""
    items.sort(key=lambda item: item.path.name == "test_whole_cases.py")
    for item in items:
        if item.get_closest_marker("journey"):
            item.add_marker(pytest.mark.timeout(STORY_SECONDS))


@dataclass(frozen=True)
class County:
    """A demo county in its own folder, driven by the real command."""

    folder: Path

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    def run(self, *args: str, expect: int = 0) -> str:
        done = _run("--config", self.config, *args)
        assert done.returncode == expect, done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr
        return done.stdout + (done.stderr if expect else "")

    def search(self, *words: str) -> dict[str, Any]:
        return json.loads(self.run("search", *words, "--json"))

    def paths(self, *words: str) -> set[str]:
        return {hit["path"] for hit in self.search(*words)["hits"]}


def _run(*words: object) -> "subprocess.CompletedProcess[str]":
    return run_command(words, env=command_environment(), seconds=COMMAND_SECONDS)


@pytest.fixture(scope="session")
def lay_county() -> Callable[[Path], County]:
    """Lay the demo in a folder."""

    def lay(folder: Path) -> County:
        county = County(folder)
        done = _run("demo", folder)
        assert done.returncode == 0, done.stdout + done.stderr
        lay_tables(folder / "data")
        return county

    return lay


@pytest.fixture(scope="session")
def indexed_county(
    lay_county: Callable[[Path], County], tmp_path_factory: pytest.TempPathFactory
) -> County:
    """The demo county with every file read once by the real OCR."""
    county = lay_county(tmp_path_factory.mktemp("county") / "demo")
    county.run("index", str(county.archive))
    return county


@pytest.fixture(scope="session")
def office(indexed_county: County, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One served demo for all who sit at its desks; its archive is not read a second time."""
    reader = indexed_county.folder / "data"
    with serve_office(tmp_path_factory.mktemp("office"), reader) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_chromium() as opened:
        yield opened
