"""Ten counties of 58 villages in one installation: read, and asked by accounts of four levels."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.counties.ten_counties import NAMES, TOWN, VILLAGE, make_archive, make_registry
from tests.journeys.served_office import PROJECT, command_environment
from tests.journeys.waiting import COMMAND_SECONDS
from tests.running.command_starts import run_command
from tests.running.kept.made_tables import lay_tables

pytestmark = pytest.mark.journey
#: Role, place, how many papers of 580 are there to be found, of how many counties.
LEVELS = [
    ({"role": "检查人员", "town": "·", "village": ""}, 580, set(NAMES)),
    ({"role": "县级经办", "town": "平利县·", "village": ""}, 58, {"平利县"}),
    ({"role": "镇级经办", "town": f"平利县·{TOWN}", "village": ""}, 0, {"平利县"}),
    ({"role": "村级专管员", "town": f"汉滨区·{TOWN}", "village": VILLAGE}, 1, {"汉滨区"}),
    ({"role": "县级经办", "town": "", "village": ""}, 0, set()),
]


def test_each_level_finds_its_own_and_nothing_of_others(tmp_path: Path):
    """Towns and villages bear the same names in all ten; every paper is filed by its folder."""
    registry, archive = tmp_path / "registry", tmp_path / "archive"
    make_registry(PROJECT / "registry", registry)
    assert make_archive(registry, archive) == 580
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

    run("index", str(archive))
    accounts = json.dumps([account for account, _, _ in LEVELS], ensure_ascii=False)
    told = json.loads(look("tests.journeys.counties.ten_counties", accounts).splitlines()[-1])
    in_town = sum(1 for _ in (archive / "平利县" / TOWN).rglob("*.txt"))
    for account, papers, counties in LEVELS:
        seen = told[f"{account['role']}{account['town']}"]
        is_town = account["role"] == "镇级经办"
        assert seen["found"] == (in_town if is_town else papers), (account, seen)
        assert set(seen["counties"]) == counties, (account, seen)
        assert seen["dangling"] == [], (account, seen)
