"""A pytest plugin: only the tests named in a file, in its order; failures are written down."""

import json
import os
from pathlib import Path

import pytest

#: The file: a JSON list of two lists of node ids, those to run and those to leave out.
CHOSEN = "MINZHENG_CHOSEN_TESTS"
FAILED = "MINZHENG_FAILED_TESTS"  #: the file that gets one node id a line


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not named, and sort the rest as named."""
    if CHOSEN not in os.environ:
        return
    wanted, left_out = json.loads(Path(os.environ[CHOSEN]).read_text(encoding="utf-8"))
    place, out = {name: number for number, name in enumerate(wanted)}, set(left_out)
    config.hook.pytest_deselected(items=[one for one in items if one.nodeid in out])
    # those that are named in neither are new, and come first
    items[:] = sorted(
        (one for one in items if one.nodeid not in out),
        key=lambda one: place.get(one.nodeid, -1),
    )


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Write down what failed."""
    if report.failed and FAILED in os.environ:
        with Path(os.environ[FAILED]).open("a", encoding="utf-8") as file:
            file.write(f"{report.nodeid}\n")
