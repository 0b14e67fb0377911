"""The tables of the index, of this version and others."""

import pytest
from django.db import connection

from archive_indexer.index.on_server import schema
from minzheng.database.errors import ServerUnfitError, TableMissingError
from minzheng.database.statements import INDEX_SCHEMAS, ask, tell
from tests.database.on_server import needs_server

pytestmark = [needs_server, pytest.mark.django_db]


def held() -> set[str]:
    return {name for (name,) in ask("SELECT nspname FROM pg_namespace")}


def test_they_are_made_and_made_again_empty():
    """Whatever was there."""
    with pytest.raises(TableMissingError):
        schema.require()
    schema.make_anew()
    schema.require()
    tell(f"INSERT INTO {schema.SCHEMA}.trouble VALUES (now())")
    schema.make_anew()
    assert ask(f"SELECT * FROM {schema.SCHEMA}.trouble") == []


def test_only_those_of_other_versions_are_taken_away():
    """And nothing that is not ours."""
    schema.make_anew()
    other = f"{INDEX_SCHEMAS}0"
    tell(f"CREATE SCHEMA {other}")
    tell("CREATE SCHEMA minzheng_other")
    schema.drop_older()
    assert schema.SCHEMA in held()
    assert "minzheng_other" in held()
    assert other not in held()


def test_a_county_is_given_its_partition_once():
    """However often its documents come, and whatever its name."""
    schema.make_anew()
    schema.make_partitions(["", "平利县·"])
    schema.make_partitions(["平利县·", "“'%s·"])
    assert {name for (name,) in ask(
        "SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relispartition AND relkind = 'r'"
        " AND relnamespace = %s::regnamespace", [schema.SCHEMA],
    )} == {f"FOR VALUES IN ('{name}')" for name in ("", "平利县·", "“''%s·")}  # fmt: skip


def test_who_may_not_make_them_is_told_what_to_ask_for():
    """In the words of the server's administrator."""
    tell("CREATE ROLE clerk")
    tell("SET LOCAL ROLE clerk")
    with pytest.raises(ServerUnfitError, match="GRANT CREATE ON DATABASE"):
        schema.make_anew()
    connection.set_rollback(True)


def test_a_path_of_usual_length_stays_in_its_row():
    """Hits are put in order by it; what is long lies apart (`m`: only as a last resort)."""
    schema.make_anew()
    schema.make_partitions([""])
    rows = ask(
        "SELECT attname, attstorage FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0",
        [f"{schema.DOCUMENT}_1"],
    )
    stored = {name: how.decode() if isinstance(how, bytes) else how for name, how in rows}
    assert (stored["path"], stored["folded"], stored["packed"]) == ("m", "x", "e")
