"""An office whose full-text index lies in the database of its tables."""

import shutil
from pathlib import Path

import pytest

from archive_indexer.index.on_server.schema import SCHEMA
from minzheng.county.config import PROJECT_FOLDER
from tests.database.scratch_server import ScratchServer, why_not
from tests.journeys.on_server.test_office_on_server import ServedOffice
from tests.journeys.waiting import STORY_SECONDS
from tests.running.kept.made_tables import make_tables
from tests.shipped_forms import lay_checked_templates

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(STORY_SECONDS),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a server"),
]
_HELD = f"SELECT path FROM {SCHEMA}.document ORDER BY path"
_COUNTIES = (
    f"SELECT relname, county, path FROM {SCHEMA}.document d JOIN pg_class k ON k.oid = d.tableoid"
)
_MADE = f"SELECT to_regnamespace('{SCHEMA}') IS NOT NULL"
_DROP = f"DROP SCHEMA {SCHEMA} CASCADE; SELECT 1"


def office_of(folder: Path, server: ScratchServer, name: str) -> ServedOffice:
    make_tables(server, name)
    office = ServedOffice(folder, server, name)
    with office.config.open("a", encoding="utf-8") as file:
        file.write('[search]\nengine = "postgresql"\n')
    return office


def test_every_command_goes_on_with_it(server, tmp_path):
    """Made, asked, looked at, made again; no backup holds it, and what is laid back has one."""
    office = office_of(tmp_path / "office", server, "searched")
    assert "服务器上还没有全文索引" in office.run("search", "申请材料", status=1)
    office.lay("1.txt")
    office.run("index", office.folder / "archive")
    assert office.ask(_HELD) == ["1.txt"]
    assert not (office.data / "index").exists()
    assert "1.txt" in office.run("search", "测试甲")
    assert "完好，1 件，在 PostgreSQL 服务器上" in office.run("doctor")
    office.run("backup", tmp_path / "backup")
    office.lay("2.txt")
    office.run("index", office.folder / "archive")
    assert office.ask(_HELD) == ["1.txt", "2.txt"]
    assert "全文索引重建 1 件" in office.run("restore", tmp_path / "backup", "--force")
    assert office.ask(_HELD) == ["1.txt"]
    office.ask(_DROP)
    assert "服务器上还没有全文索引" in office.run("doctor", status=1)
    assert "共 1 件" in office.run("rebuild-index")
    office.ask(_DROP)
    assert "共 1 件" in office.run("repair")
    assert "1.txt" in office.run("search", "申请材料")


def test_a_county_that_is_named_has_its_papers_in_its_own_partition(server, tmp_path, monkeypatch):
    """All of them are made anew under its name."""
    office = office_of(tmp_path / "office", server, "named")
    shutil.copytree(PROJECT_FOLDER / "registry", office.data / "registry")
    monkeypatch.setenv("MINZHENG_REGISTRY", str(office.data / "registry"))
    office.lay("1.txt", "镇坪县钟宝镇旧城村的申请材料")
    office.run("index", office.folder / "archive")
    assert office.ask(_COUNTIES) == ["document_1||1.txt"]
    told = office.run("name-county", "镇坪县", tmp_path / "backup", "--plain")
    assert "全文索引已重做 1 件" in told
    assert office.ask(_COUNTIES) == ["document_1|镇坪县·|1.txt"]
    assert "镇坪县·钟宝镇" in office.run("search", "申请材料")


def test_the_service_makes_it_and_makes_it_again(server, tmp_path):
    """At its start, when it is gone, and after the server was away."""
    office = office_of(tmp_path / "office", server, "made")
    lay_checked_templates(office.data)
    office.lay("1.txt")
    with office.at_work("watch") as process:
        office.wait(process, lambda: office.ask(_MADE) == ["t"])
        office.wait(process, lambda: office.ask(_HELD) == ["1.txt"])
        office.ask(_DROP)
        office.wait(process, lambda: office.ask(_MADE) == ["t"])
        office.wait(process, lambda: office.ask(_HELD) == ["1.txt"])
        server.stop()
        office.lay("2.txt")
        server.start()
        office.wait(process, lambda: office.ask(_HELD) == ["1.txt", "2.txt"])
        assert process.poll() is None
