"""All tests, in parts that run beside each other and beside the checks; `script/test` alone.

Stories wait for real services, LibreOffice and Chromium: two more parts than the machine has cores
are at work, so that none stands still meanwhile. The longest parts come first, and whoever is free
takes the next, so that all end together. The checks have one core at work and come first of all:
before the tests they would leave the others idle, after them they would be told last.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

PROJECT = Path(__file__).resolve().parents[2]
_WALKS = "tests/web/test_no_foreign"
#: The longest first: what begins last is short, or one core waits for it. What no part names is
#: in the rest.
PARTS: dict[str, tuple[str, ...]] = {
    "journeys": ("tests/journeys",),  # of one served office
    "servers": ("tests/journeys/on_server", "tests/journeys/counties"),
    "cli": ("tests/cli",),
    "web": ("tests/web",),
    "forms": ("tests/filler",),
    "archive": ("tests/archive_indexer",),
    "walks": (f"{_WALKS}_record.py", f"{_WALKS}_page.py", f"{_WALKS}_county.py"),
    "rest": ("tests",),
    "edges": ("tests/external", "tests/inbox", "tests/inspection", "tests/install"),
}
_MORE = 2  #: parts at work than the machine has cores
_NO_TESTS = 5  #: how pytest ends when all were left out
_PASSED = frozenset({0})


@dataclass(frozen=True)
class Part:
    """Folders or files that one process tests, but for those of other parts."""

    name: str
    folders: tuple[str, ...]
    others: tuple[str, ...]
    passed: ClassVar = _PASSED | {_NO_TESTS}

    def command(self) -> list[str]:
        """How pytest is asked; each part remembers its own failures."""
        left_out = [f"--ignore={one}" for one in self.others]
        memory = f"cache_dir=.pytest_cache/{self.name}"
        return [sys.executable, "-m", "pytest", *self.folders, *left_out, "-o", memory]


@dataclass(frozen=True)
class Checks:
    """Format, lint, types, import rules."""

    name: str = "checks"
    passed: ClassVar = _PASSED

    def command(self) -> list[str]:
        """As they are run by hand."""
        return ["script/check"]


@dataclass(frozen=True)
class Ended:
    """How a part ended, what it said, and what it took."""

    part: Part | Checks
    is_passed: bool
    told: str
    seconds: float


def parts() -> list[Part]:
    """Every test file belongs to one."""
    return [
        Part(name, folders, _within(folders, [one for one in PARTS.values() if one is not folders]))
        for name, folders in PARTS.items()
    ]


def _within(folders: Sequence[str], others: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What of other parts lies in these."""
    named = [one for other in others for one in other]
    return tuple(one for one in named for folder in folders if one.startswith(f"{folder}/"))


def run(part: Part | Checks) -> Ended:
    """Run one to its end."""
    began = time.monotonic()
    done = subprocess.run(
        part.command(), cwd=PROJECT, check=False, text=True, errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    took = time.monotonic() - began
    return Ended(part, done.returncode in part.passed, done.stdout, took)


def _show(ended: Ended) -> Ended:
    print(f"== {ended.part.name}, {ended.seconds:.0f} s\n{ended.told}", flush=True)
    return ended


def main() -> int:
    """Run the checks and them all; what each said is shown when it ended."""
    with ThreadPoolExecutor((os.cpu_count() or 1) + _MORE) as pool:
        begun = [pool.submit(run, part) for part in (Checks(), *parts())]
        ended = [_show(one.result()) for one in as_completed(begun)]
    used = os.times()
    print(f"{(used.children_user + used.children_system) / 60:.1f} minutes of processor time")
    failed = sorted(one.part.name for one in ended if not one.is_passed)
    print(f"failed: {', '.join(failed)}" if failed else "checks and all parts passed")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
