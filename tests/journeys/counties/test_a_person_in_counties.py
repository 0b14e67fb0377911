"""A person with papers in two of ten counties: each county does its own, the whole does all."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.counties.person_in_counties import LIST, OWN_PAPER
from tests.journeys.counties.ten_counties import TOWN, VILLAGE, make_registry
from tests.journeys.served_office import PROJECT, command_environment
from tests.journeys.waiting import COMMAND_SECONDS
from tests.running.command_starts import run_command
from tests.running.kept.made_tables import lay_tables

pytestmark = pytest.mark.journey
FIRST, SECOND, THIRD, WHOLE = "平利县·", "汉滨区·", "紫阳县·", "·"


@contextmanager
def pages(env: Mapping[str, str]) -> Iterator[Callable[..., dict[str, Any]]]:
    """What answers pages, in a process of its own from the first question to the last."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.counties.person_in_counties"],
        cwd=PROJECT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answered = process.stdin, process.stdout

        def look(erasing: str, *towns: str) -> dict[str, Any]:
            print(json.dumps([erasing, *towns], ensure_ascii=False), file=asked, flush=True)
            told: dict[str, Any] = json.loads(answered.readline())
            return told

        yield look
    assert process.returncode == 0


def test_what_one_county_erases_another_keeps(tmp_path: Path):
    """The same list in both, an own paper in one; a copy that comes to a third is found there."""
    registry, archive = tmp_path / "registry", tmp_path / "archive"
    make_registry(PROJECT / "registry", registry)
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    lay_tables(tmp_path / "data")
    surroundings = command_environment() | {
        "MINZHENG_REGISTRY": str(registry), "MINZHENG_CONFIG": str(tmp_path / "config.toml"),
    }  # fmt: skip

    def run(*words: str) -> None:
        done = run_command(words, env=surroundings, seconds=COMMAND_SECONDS)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]

    def put(county: str, name: str, text: str) -> None:
        folder = archive / county.strip("·") / TOWN / VILLAGE / "09临时救助" / "2018"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    def ask(erasing: str, *towns: str) -> dict[str, dict[str, Any]]:
        run("index", str(archive))
        return look(erasing, *towns)

    with pages(surroundings) as look:
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
