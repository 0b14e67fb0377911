"""A pytest plugin: only the tests named in a file, in its order; failures are written down."""

import json
import os
from pathlib import Path

import pytest

CHOSEN = "MINZHENG_CHOSEN_TESTS"  #: the file, a JSON list of node ids
FAILED = "MINZHENG_FAILED_TESTS"  #: the file that gets one node id a line


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not named, and sort the rest as named."""
    if CHOSEN not in os.environ:
        return
    wanted = json.loads(Path(os.environ[CHOSEN]).read_text(encoding="utf-8"))
    place = {name: number for number, name in enumerate(wanted)}
    config.hook.pytest_deselected(items=[one for one in items if one.nodeid not in place])
    items[:] = sorted(
        (one for one in items if one.nodeid in place), key=lambda one: place[one.nodeid]
    )


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Write down what failed."""
    if report.failed and FAILED in os.environ:
        with Path(os.environ[FAILED]).open("a", encoding="utf-8") as file:
            file.write(f"{report.nodeid}\n")
