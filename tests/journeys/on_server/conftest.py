"""One server for all stories of this folder, with a database for each."""

from collections.abc import Iterator

import pytest

from tests.database.scratch_server import ScratchServer, scratch_server


@pytest.fixture(scope="session")
def started() -> Iterator[ScratchServer]:
    with scratch_server() as one:
        yield one


@pytest.fixture
def server(started: ScratchServer) -> ScratchServer:
    """At work, also after a story that failed while it was away."""
    if not started.runs:
        started.start()
    return started
