"""A person with papers in two of ten counties: each county does its own, the whole does all."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.counties.person_in_counties import LIST, OWN_PAPER
from tests.journeys.counties.ten_counties import TOWN, VILLAGE, make_registry
from tests.journeys.served_office import PROJECT, command_environment
from tests.journeys.waiting import COMMAND_SECONDS
from tests.running.command_starts import run_command
from tests.running.made_tables import lay_tables

pytestmark = pytest.mark.journey
FIRST, SECOND, THIRD, WHOLE = "平利县·", "汉滨区·", "紫阳县·", "·"


def test_what_one_county_erases_another_keeps(tmp_path: Path):
    """The same list in both, an own paper in one; a copy that comes to a third is found there."""
    registry, archive = tmp_path / "registry", tmp_path / "archive"
    make_registry(PROJECT / "registry", registry)
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    lay_tables(tmp_path / "data")
    surroundings = command_environment() | {
        "MINZHENG_REGISTRY": str(registry), "MINZHENG_CONFIG": str(tmp_path / "config.toml"),
    }  # fmt: skip

    def done_with(done: "subprocess.CompletedProcess[str]") -> str:
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    def run(*words: str) -> str:
        return done_with(run_command(words, env=surroundings, seconds=COMMAND_SECONDS))

    def look(*command: str) -> str:
        return done_with(
            subprocess.run(
                [sys.executable, "-m", *command], cwd=PROJECT, env=surroundings, text=True,
                capture_output=True, timeout=COMMAND_SECONDS, check=False,
            )
        )  # fmt: skip

    def put(county: str, name: str, text: str) -> None:
        folder = archive / county.strip("·") / TOWN / VILLAGE / "09临时救助" / "2018"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    def ask(erasing: str, *towns: str) -> dict[str, dict[str, Any]]:
        run("index", str(archive))
        asked = json.dumps([erasing, *towns], ensure_ascii=False)
        said = look("tests.journeys.counties.person_in_counties", asked)
        told: dict[str, dict[str, Any]] = json.loads(said.splitlines()[-1])
        return told

    for county in (FIRST, SECOND):
        put(county, "名册.txt", LIST)
    put(FIRST, "申请.txt", OWN_PAPER)
    told = ask(FIRST, WHOLE, SECOND, FIRST)
    assert [(one["mine"], one["is_part"]) for one in told.values()] == [
        (3, False), (1, True), (2, True),
    ]  # fmt: skip
    assert (told[SECOND]["counties"], told[FIRST]["counties"]) == (["汉滨区"], ["平利县"])
    assert told[SECOND]["log"] == ["查看"]
    assert told[FIRST]["log"] == ["删除", "查看"]
    put(THIRD, "申请.txt", OWN_PAPER)
    told = ask("", FIRST, SECOND, THIRD, WHOLE)
    assert [one["found"] for one in told.values()] == [0, 1, 1, 2]
    assert [one["others"] for one in told.values()] == [1, 1, 0, 2]
    assert [one["mine"] for one in told.values()] == [0, 1, 1, 2]
    run("rebuild-index")
    told = ask("", FIRST, SECOND, THIRD, WHOLE)
    assert [one["found"] for one in told.values()] == [0, 1, 1, 2]
