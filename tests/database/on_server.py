"""`pytest -p tests.database.on_server`: the same tests, with the tables on a PostgreSQL server.

A plugin, since Django's settings are read before any conftest.py is.
"""

import os
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.database.scratch_server import ScratchServer, scratch_server, why_not

#: What tests/conftest.py writes into the config of a run, for whoever reads it later.
SETTINGS_VARIABLE = "MINZHENG_TEST_SETTINGS"
_until_the_end = ExitStack()
#: Says that a test asks a server, and is left out where the tables lie in a file.
needs_server = pytest.mark.skipif(
    f"{SETTINGS_VARIABLE!r} not in os.environ",
    reason="runs in tests/journeys/on_server/test_on_server.py",
)
#: Says that a test is of a database in a file, and is left out where the tables lie on a server.
needs_file = pytest.mark.skipif(
    f"{SETTINGS_VARIABLE!r} in os.environ", reason="only embedded: a server's files are its own"
)

_servers: list[ScratchServer] = []


def server() -> ScratchServer:
    """The server of this run."""
    return _servers[0]


#: Through these a test asks tables; without them, and without the mark, pytest-django lets none.
_ASKING = frozenset({"db", "transactional_db", "live_server", "django_db_setup"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Of seventeen thousand tests three and a half ask tables."""
    parser.addoption(
        "--tables-alone", action="store_true", help="leave out tests that ask no table"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no table does the same wherever the tables lie."""
    if not config.getoption("--tables-alone"):
        return
    left_out = [one for one in items if not asks_tables(one)]
    items[:] = [one for one in items if asks_tables(one)]
    config.hook.pytest_deselected(items=left_out)


def asks_tables(item: pytest.Item) -> bool:
    """Whether a test may ask the database of the run."""
    named: Iterable[str] = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not _ASKING.isdisjoint(named)


@pytest.hookimpl(tryfirst=True)  # before pytest-django's own
def pytest_load_initial_conftests() -> None:
    """Start the server before Django's settings are read."""
    if why_not():
        pytest.exit(why_not(), returncode=4)
    started = _until_the_end.enter_context(scratch_server())
    _servers.append(started)
    started.make_database("minzheng")  # for commands that tests run; Django makes its own
    folder = Path(_until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="minzheng-on-")))
    os.environ[SETTINGS_VARIABLE] = f'[database]\nurl = "{started.url()}"\n'
    config = folder / "config.toml"
    config.write_text(os.environ[SETTINGS_VARIABLE], encoding="utf-8")
    os.environ["MINZHENG_CONFIG"] = str(config)


def pytest_unconfigure() -> None:
    """The server goes with the tests."""
    _until_the_end.close()
