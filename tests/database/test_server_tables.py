"""The tables on a server: dumped, proved by laying the dump back, exchanged as a whole."""

from pathlib import Path

import pytest
from django.db import Error as AnyError
from django.db import connection, connections

from archive_indexer.models import WaitingFile
from minzheng.accounts.models import AuditEntry
from minzheng.database import server_tables
from minzheng.database.errors import ServerToolError
from minzheng.database.server_tables import ServerTables
from minzheng.external import postgres_tools
from tests.database import on_server
from tests.database.on_server import needs_server

pytestmark = [pytest.mark.django_db(transaction=True), needs_server]


@pytest.fixture
def tables() -> ServerTables:
    WaitingFile.objects.bulk_create(WaitingFile(path=f"村/{number}.pdf") for number in range(50))
    return ServerTables()


def databases() -> list[str]:
    return on_server.server().ask("SELECT datname FROM pg_database ORDER BY 1").split()


def paths() -> int:
    return WaitingFile.objects.count()


def test_a_dump_is_proved_by_laying_it_back(tables, tmp_path):
    """Into a database that is gone afterwards, as the copy is."""
    before = databases()
    with tables.copied(tmp_path / "copy") as damage:
        assert damage == ""
        assert (tmp_path / "copy").read_bytes().startswith(b"PGDMP")
        assert "test_checking" in databases()
    assert databases() == before
    assert list(tmp_path.iterdir()) == []


def test_what_a_dump_lacks_is_told(tables, tmp_path, monkeypatch):
    """Row by row of every table."""
    real = server_tables.restore

    def lose(source: Path, place) -> None:
        real(source, place)
        on_server.server().ask("DELETE FROM archive_indexer_waitingfile", place["PGDATABASE"])

    monkeypatch.setattr(server_tables, "restore", lose)
    with tables.copied(tmp_path / "copy") as damage:
        assert damage == "试着恢复后行数不符：archive_indexer_waitingfile"


def test_what_comes_meanwhile_is_not_missed(tables, tmp_path, monkeypatch):
    """The rows are counted as of the moment of the dump."""
    real = server_tables.dump

    def add(target: Path, *more) -> None:
        WaitingFile.objects.create(path="late")
        real(target, *more)
        WaitingFile.objects.create(path="later")

    monkeypatch.setattr(server_tables, "dump", add)
    with tables.copied(tmp_path / "copy") as damage:
        assert damage == ""


def test_a_dump_that_cannot_be_laid_is_no_backup(tables, tmp_path, monkeypatch):
    """It is refused, with what did not go."""
    monkeypatch.setattr(server_tables, "dump", lambda target, *_: target.write_bytes(b"PGDMP" * 9))
    with pytest.raises(ServerToolError, match="试着恢复没有成功"), tables.copied(tmp_path / "c"):
        pass
    assert "test_checking" not in databases()


@pytest.mark.parametrize(("found", "said"), [(None, "没有找到 pg_dump"), (9, "比数据库服务器")])
def test_without_the_right_programs_nothing_is_backed_up(
    tables, tmp_path, monkeypatch, found, said
):
    """Missing, or older than the server: with what to install."""
    monkeypatch.setattr(postgres_tools, "_version", lambda name: found)
    with (
        pytest.raises(ServerToolError, match=f"^(?!没有备份).*{said}.*请装"),
        tables.copied(tmp_path / "copy"),
    ):
        pass


def test_who_may_make_no_database_is_told_how_he_may(tables, tmp_path):
    """A backup that was not proved is none."""
    server = on_server.server()
    server.ask("CREATE ROLE weak LOGIN PASSWORD 'weak'")
    server.ask("GRANT pg_read_all_data TO weak")
    kept = connection.settings_dict
    connection.close()
    connection.settings_dict = {**kept, "USER": "weak", "PASSWORD": "weak"}
    try:
        with (
            pytest.raises(ServerToolError, match="ALTER ROLE weak CREATEDB"),
            ServerTables().copied(tmp_path / "copy"),
        ):
            pass
    finally:
        connection.close()
        connection.settings_dict = kept
        server.ask("DROP ROLE weak")


def test_a_dump_takes_the_place_of_what_is_there(tables, tmp_path):
    """What was there stays, under another name, with everything in it; guards come along."""
    with tables.copied(tmp_path / "copy"):
        tables.stage((tmp_path / "copy").rename(tmp_path / "kept"))
    WaitingFile.objects.all().delete()
    assert tables.set_aside("20261129-1200") == "test_before_20261129_1200"
    tables.put_in_place("test_before_20261129_1200")
    try:
        assert paths() == 50
        counted = "SELECT count(*) FROM archive_indexer_waitingfile"
        assert on_server.server().ask(counted, "test_before_20261129_1200") == "0"
        assert "test_restoring" not in databases()
        with connection.cursor() as cursor:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
            assert ("audit_entry_kept",) in cursor.fetchall()
    finally:
        on_server.server().ask("DROP DATABASE test_before_20261129_1200")


def test_an_exchange_that_fails_leaves_ours_where_it_is(tables):
    """Nothing was laid beside it: both names change, or neither."""
    with pytest.raises(AnyError):
        tables.put_in_place("test_before_nothing")
    assert "test_before_nothing" not in databases()
    assert paths() == 50


def test_whoever_is_still_in_the_database_is_sent_away(tables, tmp_path):
    """A machine that reads does not hear that a backup is laid back."""
    with tables.copied(tmp_path / "copy"):
        tables.stage((tmp_path / "copy").rename(tmp_path / "kept"))
    other = connections.create_connection("default")
    other.ensure_connection()
    try:
        tables.put_in_place("test_before_busy")
        assert paths() == 50
        with pytest.raises(AnyError):
            other.cursor().execute("SELECT 1")
    finally:
        other.close()
        on_server.server().ask("DROP DATABASE test_before_busy")


def test_what_was_prepared_can_be_forgotten(tables, tmp_path):
    """Nothing of it stays on the server."""
    with tables.copied(tmp_path / "copy"):
        tables.stage((tmp_path / "copy").rename(tmp_path / "kept"))
    tables.drop_staged()
    assert "test_restoring" not in databases()
    assert paths() == 50


def test_whole_tables_have_no_damage_and_a_size(tables):
    """Every row is read to its end."""
    assert tables.exist()
    assert tables.find_damage() == ""
    assert tables.bytes() > 1_000_000


def test_a_damaged_page_is_found(tables):
    """As the server finds it: by reading."""
    server = on_server.server()
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_relation_filepath(%s)", [AuditEntry._meta.db_table])
        place = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO accounts_auditentry SELECT n, now(), '', '', '', '', '', '', '', ''"
            " FROM generate_series(1, 300) n"
        )
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_relation_filepath(%s)", [AuditEntry._meta.db_table])
        place = cursor.fetchone()[0]
    connection.close()
    server.stop()
    file = server.folder / "data" / place
    kept = file.read_bytes()
    with file.open("r+b") as stream:
        stream.write(b"\xff" * 24)
    server.start()
    try:
        assert "invalid page" in ServerTables().find_damage()
    finally:
        connection.close()
        server.stop()
        file.write_bytes(kept)
        server.start()
