"""A server for tests: what is asked of it, and what it says."""

from collections.abc import Iterator

import pytest

from tests.database.scratch_server import ScratchServer, scratch_server, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a server")


@pytest.fixture(scope="module")
def server() -> Iterator[ScratchServer]:
    with scratch_server() as started:
        yield started


def test_rows_are_told_as_psql_tells_them(server):
    """A line each, cells apart, nothing for what is null, letters for what is true."""
    told = server.ask("SELECT * FROM (VALUES (1, true, NULL, '镇坪县'), (2, false, 'x', '')) AS a")
    assert told == "1|t||镇坪县\n2|f|x|"


def test_of_several_the_last_is_answered_and_all_are_done(server):
    server.make_database("several")
    assert server.ask("CREATE TABLE a (b int); INSERT INTO a VALUES (7)", "several") == ""
    assert server.ask("INSERT INTO a VALUES (8); SELECT sum(b) FROM a", "several") == "15"


@pytest.mark.parametrize(
    ("sql", "name", "said"),
    [("SELECT a", "postgres", 'column "a" does not exist'), ("SELECT 1", "none", "does not exist")],
)
def test_a_mistake_is_a_failure_in_the_servers_words(server, sql, name, said):
    """In the question, or of the database."""
    with pytest.raises(RuntimeError, match=said):
        server.ask(sql, name)
