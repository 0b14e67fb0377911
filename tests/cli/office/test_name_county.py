"""`minzheng name-county`: an office of one county becomes one of several, with what it has."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive_indexer.disk.service_lock import PagesLock
from minzheng.cli.office import name_county
from minzheng.county.config import PROJECT_FOLDER
from minzheng.county.errors import RegistryError
from minzheng.county.registry.places import load_places
from tests.cli.office.test_backup import Office, written_down
from tests.running.kept.made_tables import lay_tables

_PAPER = "钟宝镇/旧城村/12大走访/2018"
#: Of the other county: a town and a village of the same names.
_OTHER = "平利县,610925103,钟宝镇,旧城村,村,610925103200,253200,,,\n"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper, a document and three accounts; its tables lie with its data."""
    folder = tmp_path_factory.mktemp("filled")
    office = Office(folder / "office")
    lay_tables(office.data)
    shutil.copytree(PROJECT_FOLDER / "registry", office.data / "registry")
    answers = PROJECT_FOLDER / "tests/samples/answers/DB-01.toml"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MINZHENG_REGISTRY", str(office.data / "registry"))
        lay(office, f"{_PAPER}/a.txt")
        office.run("fill", "DB-01", "--answers", answers, "--out", folder / "a.docx")
        office.run("account", "add", "guan", "--role", "管理员")
        office.run("account", "add", "xian", "--role", "县级经办")
        office.run("account", "add", "zhen", "--role", "镇级经办", "--town", "钟宝镇")
    return office.folder


@pytest.fixture
def office(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    shutil.copytree(filled, tmp_path / "office")
    office = Office(tmp_path / "office")
    monkeypatch.setenv("MINZHENG_REGISTRY", str(office.data / "registry"))
    return office


def lay(office: Office, path: str) -> None:
    """A paper in the archive, read."""
    file = office.folder / "archive" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"走访名册 {path}", encoding="utf-8")
    office.run("index", office.folder / "archive")


def asked(office: Office, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(office.data / "minzheng.sqlite3")) as database:
        return database.execute(question).fetchall()


def places(office: Office) -> dict[str, str]:
    rows = asked(office, "SELECT path, town FROM archive_indexer_archivedfile")
    return {str(path): str(town) for path, town in rows}


def printed(office: Office) -> list[tuple[object, ...]]:
    """What an issued document is: its texts, hash and file."""
    return asked(office, "SELECT texts, sha256, file_name, issued_at, case_no FROM filler_issued")


def test_all_rows_name_the_county_and_what_was_issued_stays(office, tmp_path):
    """Its people find it, the neighbours of the same village name do not."""
    before, files = printed(office), sorted((office.data / "issued").rglob("*"))
    told = office.run("name-county", "镇坪县", tmp_path / "backup", "--plain")
    assert "镇名前加上了县名" in told
    assert "全文索引已重做 1 件" in told
    assert printed(office) == before
    assert sorted((office.data / "issued").rglob("*")) == files
    ((town, answers),) = asked(office, "SELECT town, answers FROM filler_issued")
    assert (town, json.loads(str(answers))["town"]) == ("镇坪县·钟宝镇", "镇坪县·钟宝镇")
    assert dict(asked(office, "SELECT username, town FROM accounts_person")) == {
        "guan": "·", "xian": "镇坪县·", "zhen": "镇坪县·钟宝镇",
    }  # fmt: skip
    assert "镇坪县·钟宝镇" in office.run("search", "走访名册")
    assert any(one.startswith("改成几个县合用") for one in written_down(office))


def test_its_folders_stay_its_own_beside_another_county(office, tmp_path):
    """A new paper in an old folder, and one in the folder of the other."""
    office.run("name-county", "镇坪县", tmp_path / "backup", "--plain")
    table = office.data / "registry" / "towns_and_villages.csv"
    table.write_text(table.read_text(encoding="utf-8") + _OTHER, encoding="utf-8")
    lay(office, f"{_PAPER}/b.txt")
    lay(office, f"平利县/{_PAPER}/c.txt")
    lay(office, f"新放的/{_PAPER}/d.txt")
    assert places(office) == {
        f"{_PAPER}/a.txt": "镇坪县·钟宝镇",
        f"{_PAPER}/b.txt": "镇坪县·钟宝镇",
        f"平利县/{_PAPER}/c.txt": "平利县·钟宝镇",
        f"新放的/{_PAPER}/d.txt": "",  # whose it is nobody said
    }
    assert "已经分县" in office.run("name-county", "镇坪县", tmp_path / "two", "--plain", status=1)


def test_the_way_back_is_the_backup(office, tmp_path):
    """Rows and tables as they were."""
    told = office.run("name-county", "安康市·镇坪县", tmp_path / "backup", "--plain")
    (snapshot,) = (tmp_path / "backup" / "snapshots").iterdir()
    assert f"--snapshot {snapshot.name} --force" in told
    office.run("restore", tmp_path / "backup", "--force", "--plain")
    assert set(places(office).values()) == {"钟宝镇"}
    assert load_places(office.data / "registry").counties == ()
    assert "走访" in office.run("search", "走访名册")


def test_tables_that_lie_elsewhere_are_kept_beside_the_backup(office, tmp_path, monkeypatch):
    """No backup of the data holds them."""
    shutil.copytree(PROJECT_FOLDER / "registry", tmp_path / "tables")
    monkeypatch.setenv("MINZHENG_REGISTRY", str(tmp_path / "tables"))
    told = office.run("name-county", "镇坪县", tmp_path / "backup", "--plain")
    (kept,) = (tmp_path / "backup").glob("*.csv")
    assert str(kept) in told
    assert kept.read_bytes() == (PROJECT_FOLDER / "registry/towns_and_villages.csv").read_bytes()


@pytest.mark.parametrize("name", ["镇坪县·", "", "a/b县"])
def test_a_name_that_is_none_is_refused_before_anything_is_done(office, tmp_path, name):
    """Not even a backup is made."""
    assert "写法不对" in office.run("name-county", name, tmp_path / "backup", "--plain", status=1)
    assert not (tmp_path / "backup").exists()


@pytest.mark.parametrize("had_folder", [True, False])
def test_the_tables_are_as_they_were_when_anything_fails(tmp_path, monkeypatch, had_folder):
    """The folder of the county, too."""
    table = tmp_path / "towns_and_villages.csv"
    shutil.copy(PROJECT_FOLDER / "registry/towns_and_villages.csv", table)
    monkeypatch.setattr(name_county, "REGISTRY_FOLDER", tmp_path)
    before, file = table.read_bytes(), tmp_path / "counties/镇坪县/folders.txt"
    if had_folder:
        file.parent.mkdir(parents=True)
    with pytest.raises(RegistryError), name_county._tables_kept("镇坪县·"):
        name_county._write_tables("镇坪县·", ["钟宝镇"])  # the other tables are missing
    assert table.read_bytes() == before
    assert file.parent.exists() is had_folder
    assert not file.exists()


@pytest.mark.django_db  # the lock is a server's, too
def test_while_a_service_runs_nothing_is_done(office, tmp_path):
    """It would go on writing towns without a county."""
    with PagesLock(office.data):
        told = office.run("name-county", "镇坪县", tmp_path / "backup", "--plain", status=1)
    assert "请先停止" in told
