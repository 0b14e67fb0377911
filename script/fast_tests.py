"""`script/test --fast`: the tests of what was changed, the rules of the house, the main paths.

Changed is what differs from where this branch left main, or lies uncommitted. Whole stories in
Chromium, services that are killed and besieged, and every form's golden file are left out unless
they were changed themselves; so is what would begin when the minute is over, and that is said.
"""

import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SECONDS = 60
#: Run whatever was changed: what the house demands, and the two paths from end to end.
ALWAYS = (
    "tests/test_project.py",
    "tests/test_tests_by_name.py",
    "tests/web/test_urls.py",
    "tests/cli/test_parser.py",
    "tests/filler/test_fill_form.py",
    "tests/archive_indexer/test_index_file.py",
    "tests/archive_indexer/test_search.py",
    "tests/web/forms/test_cases.py",
)
_MAIN = "main"


def files_for(changed: Iterable[str], project: Path = PROJECT) -> list[str]:
    """The test files that belong to changed files, then those that always run."""
    own = (str(one) for name in changed for one in _own_tests(Path(name)))
    return [one for one in dict.fromkeys((*own, *ALWAYS)) if (project / one).is_file()]


def _own_tests(file: Path) -> Iterator[Path]:
    """A test is its own; a module's has its name; a page is shown by the views of its subject."""
    if file.parts[0] == "tests":
        if file.name.startswith("test_") and file.suffix == ".py":
            yield file
        return
    folders = file.parent.parts[file.parts[0] == "minzheng" :]
    if file.suffix == ".py":
        yield Path("tests", *folders, f"test_{file.name}")
    elif file.suffix == ".html" and folders[-1] == "pages":
        yield Path("tests", *folders[:-1], f"test_{file.stem}.py")
    elif file.parts[0] == "templates":
        yield Path("tests/filler/spec/test_form_catalogue.py")


def changed_files() -> list[str]:
    """What git says was changed since the branch left main, committed or not."""
    start = _git("merge-base", "HEAD", _MAIN) or ["HEAD"]
    return [
        *_git("diff", "--name-only", "--diff-filter=d", start[0]),
        *_git("ls-files", "--others", "--exclude-standard"),
    ]


def _git(*words: str) -> list[str]:
    command = ["git", "-c", "core.quotePath=false", *words]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


class Minute:
    """Leaves out what would begin when the time is over."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._end = time.monotonic() + seconds
        self.left_out = 0

    def pytest_runtest_setup(self) -> None:
        """Pass over a test for which no time is left."""
        if time.monotonic() > self._end:
            self.left_out += 1
            pytest.skip("the minute is over")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was left out."""
        if self.left_out:
            terminalreporter.write_line(
                f"{self.left_out} tests were left out: the minute is over. script/test runs all."
            )


def main(words: list[str]) -> int:
    """Run them."""
    files = files_for(changed_files())
    print(f"{len(files)} test files: what was changed, the rules of the house, the main paths")
    return int(pytest.main([*files, *words], plugins=[Minute()]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
