"""How all tests are shared out among processes."""

import re
from pathlib import Path

import pytest

from tests.running import all_tests
from tests.running.all_tests import PARTS, PROJECT, Checks, Part, parts


def test_every_test_file_belongs_to_one_part():
    """None is left out, none runs twice."""
    for file in sorted((PROJECT / "tests").rglob("test_*.py")):
        if "samples" not in file.parts:
            assert len([one for one in parts() if _runs(one, file)]) == 1, file


def _runs(part: Part, file: Path) -> bool:
    name = file.relative_to(PROJECT).as_posix()
    within, without = (
        any(f"{name}/".startswith(f"{one}/") for one in folders)
        for folders in (part.folders, part.others)
    )
    return within and not without


@pytest.mark.parametrize("name", sorted({one for folders in PARTS.values() for one in folders}))
def test_every_named_folder_is_there(name):
    """One that was renamed would fall to the rest unsaid."""
    assert (PROJECT / name).exists()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Parts that only print and end as their names say; checks that find nothing."""
    begun: list[str] = []

    def command(part: Part) -> list[str]:
        begun.append(part.name)
        return ["sh", "-c", f"echo {part.name} tested; exit {part.name}"]

    monkeypatch.setattr(Part, "command", command)
    end_checks(monkeypatch, 0)
    return begun


def end_checks(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    """Have them say so and end so."""
    command = ["sh", "-c", f"echo checked; exit {status}"]
    monkeypatch.setattr(Checks, "command", lambda _: command)


ALL_PASSED = "checks and all parts passed"


@pytest.mark.parametrize(
    ("names", "ended"),
    [("0", (0, ALL_PASSED)), ("05", (0, ALL_PASSED)), ("012", (1, "failed: 1, 2"))],
)
def test_what_fails_is_named_and_all_is_shown(told, monkeypatch, capsys, names, ended):
    """A part without a test on this machine is no failure; a failed part stops no other."""
    monkeypatch.setattr(all_tests, "PARTS", {name: (f"tests/{name}",) for name in names})
    status = all_tests.main()
    shown = capsys.readouterr().out
    assert sorted(told) == sorted(names)
    assert all(f"\n{name} tested\n" in shown for name in names)
    *_, used, last = shown.splitlines()
    assert (status, last) == ended
    assert re.fullmatch(r"\d+\.\d minutes of processor time", used)


@pytest.mark.parametrize("status", [1, 2, 5])
def test_checks_that_fail_fail_the_whole(told, monkeypatch, capsys, status):
    """All parts are run nevertheless; what the checks said is shown, and that they failed."""
    monkeypatch.setattr(all_tests, "PARTS", {"0": ("tests/0",)})
    end_checks(monkeypatch, status)
    assert all_tests.main() == 1
    shown = capsys.readouterr().out
    assert told == ["0"]
    assert re.search(r"== checks, \d+ s\nchecked\n", shown)
    assert shown.splitlines()[-1] == "failed: checks"


def test_the_checks_are_those_that_are_run_by_hand():
    """And one that fails ends as a failure: none of its lines is passed over."""
    (name,) = Checks().command()
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in lines
    assert {".venv/bin/ruff check .", ".venv/bin/mypy", ".venv/bin/lint-imports"} <= set(lines)


def test_each_part_remembers_its_own_failures():
    """Two that write one memory would lose each other's."""
    memories = [one.command()[-1] for one in parts()]
    assert len(set(memories)) == len(memories)
