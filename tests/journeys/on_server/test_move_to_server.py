"""An office that began with the embedded database goes on with a server of its own."""

from pathlib import Path

import pytest

from tests.cli.office.test_backup import Office
from tests.database.scratch_server import why_not
from tests.journeys.served_office import as_new_case
from tests.journeys.waiting import STORY_SECONDS
from tests.running.kept.made_tables import lay_tables, make_tables

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(STORY_SECONDS),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a server"),
]


def _fill(office: Office, folder: Path, name: str) -> str:
    answers = as_new_case("COM-01", folder)
    return office.run("fill", "COM-01", "--answers", answers, "--out", folder / name)


def test_everything_is_there_after_the_move(server, tmp_path):
    """Accounts, papers, documents, the log with its seals; the next of each goes on counting."""
    office = Office(tmp_path / "office")
    lay_tables(office.data)
    (office.folder / "archive" / "申请.txt").write_text("测试甲的申请材料", encoding="utf-8")
    office.run("account", "add", "zhang", "--role", "管理员", "--name", "测试张")
    office.run("index", office.folder / "archive")
    _fill(office, tmp_path, "1.docx")
    alone = office.config.read_text(encoding="utf-8")
    assert "还没有写数据库服务器" in office.run("move-database", status=1)

    url = server.make_database("moved")
    office.config.write_text(f'{alone}\n[database]\nurl = "{url}"\n', encoding="utf-8")
    told = office.run("move-database")
    assert "逐行核对过" in told
    assert "zhang" in office.run("account", "list")
    assert "申请.txt" in office.run("search", "申请材料")
    assert "完整" in office.run("audit-verify")
    office.run("account", "add", "li", "--role", "审计员", "--name", "测试李")
    _fill(office, tmp_path, "2.docx")
    assert "完整" in office.run("audit-verify")
    assert "没有要搬的" in office.run("move-database")
    assert [
        one.name for one in office.data.glob("minzheng.sqlite3*") if ".moved-" not in one.name
    ] == []


def test_a_full_database_is_not_written_over(server, tmp_path):
    """Nor is anything of it changed; what was to be moved stays where it is."""
    url = make_tables(server, "full")
    office = Office(tmp_path / "office")
    lay_tables(office.data)
    office.run("account", "add", "zhang", "--role", "管理员", "--name", "测试张")
    alone = office.config.read_text(encoding="utf-8")
    office.config.write_text(f'{alone}\n[database]\nurl = "{url}"\n', encoding="utf-8")
    office.run("account", "add", "other", "--role", "管理员", "--name", "测试他")
    refused = office.run("move-database", status=1)
    assert "只搬进空的库" in refused
    assert "zhang" not in office.run("account", "list")
    assert (office.data / "minzheng.sqlite3").exists()
