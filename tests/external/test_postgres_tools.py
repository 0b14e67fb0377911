"""pg_dump and pg_restore: there, new enough, or refused in words."""

import pytest

from minzheng.external import postgres_tools
from minzheng.external.postgres_tools import PostgresToolError, dump, require_tools, restore


@pytest.mark.parametrize(
    ("said", "server", "refusal"),
    [
        ("pg_dump (PostgreSQL) 15.18 (Debian 15.18-0)", 15, ""),
        ("pg_dump (PostgreSQL) 17beta1", 15, ""),
        ("pg_dump (PostgreSQL) 14.9", 15, "pg_dump 是 14 版，比数据库服务器（15 版）旧"),
        (None, 15, "没有找到 pg_dump。Debian/Ubuntu 请装 postgresql-client-15"),
    ],
)
def test_older_ones_than_the_server_are_of_no_use(monkeypatch, said, server, refusal):
    """An older pg_dump refuses a newer server, and so do we, before anything is begun."""
    monkeypatch.setattr(postgres_tools, "find_program", lambda name: name if said else None)
    monkeypatch.setattr(postgres_tools, "run_program", lambda command, seconds: said)
    if not refusal:
        require_tools(server)
        return
    with pytest.raises(PostgresToolError) as refused:
        require_tools(server)
    assert refusal in str(refused.value)


def test_a_program_that_fails_or_is_missing_is_named(monkeypatch, tmp_path):
    """With what it was for."""
    monkeypatch.setattr(postgres_tools, "find_program", lambda name: "false")
    place = {"PGDATABASE": "x"}
    with pytest.raises(PostgresToolError, match="pg_dump 没有完成"):
        dump(tmp_path / "x", place, "1")
    with pytest.raises(PostgresToolError, match="pg_restore 没有完成"):
        restore(tmp_path / "x", place)
    monkeypatch.setattr(postgres_tools, "find_program", lambda name: None)
    with pytest.raises(PostgresToolError, match="没有找到 pg_restore"):
        restore(tmp_path / "x", place)
