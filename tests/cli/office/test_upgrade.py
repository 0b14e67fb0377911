"""`minzheng upgrade`: backup, migrate, check, way back."""

import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from archive_indexer.disk.service_lock import PagesLock
from minzheng.county.config import PROJECT_FOLDER, REGISTRY_FOLDER
from tests.cli.office.test_backup import OLD_BACKUP, Office

#: Compiling all templates takes most of the time; `script/wheel_check` upgrades with it.
_UPGRADE = """
import sys
from filler.word.faults import checked_templates
checked_templates.check_templates = lambda forms, memory: 0
from minzheng.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Its database is of the version before the backups were encrypted."""
    office = Office(tmp_path / "office")
    office.data.mkdir()
    with zipfile.ZipFile(OLD_BACKUP) as packed:
        (name,) = (one for one in packed.namelist() if one.endswith(".sqlite3"))
        (office.data / name.rpartition("/")[2]).write_bytes(packed.read(name))
    return office


def upgrade(office: Office, folder: Path, status: int = 0) -> str:
    command = [sys.executable, "-c", _UPGRADE, "--config", office.config, "upgrade", folder]
    done = subprocess.run(
        list(map(str, command)), cwd=PROJECT_FOLDER, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == status, done.stdout
    return done.stdout


def asked(office: Office, question: str) -> list[str]:
    with closing(sqlite3.connect(office.data / "minzheng.sqlite3")) as database:
        return [row[0] for row in database.execute(question)]


def migrations(office: Office) -> int:
    return int(asked(office, "SELECT COUNT(*) FROM django_migrations")[0])


def papers(office: Office) -> list[str]:
    return asked(office, "SELECT path FROM archive_indexer_archivedfile ORDER BY path")


def test_an_upgrade_backs_up_brings_up_to_date_and_says_the_way_back(office, tmp_path):
    """The backup is read to its end first; the version is kept, the log says it."""
    before, known = migrations(office), papers(office)
    told = upgrade(office, tmp_path / "backup")
    (snapshot,) = (tmp_path / "backup" / "snapshots").iterdir()
    assert "逐一核对过" in told
    assert "装回 原来的版本" in told
    assert f"restore {tmp_path / 'backup'} --snapshot {snapshot.name} --force" in told
    assert migrations(office) > before
    assert papers(office) == known != []
    assert "升级到" in asked(office, "SELECT what FROM accounts_auditentry ORDER BY number")[-1]
    version = (office.data / "program_version.txt").read_text().strip()
    assert f"装回 原来的 minzheng {version}" in upgrade(office, tmp_path / "backup")


def test_a_migration_that_fails_leaves_the_data_as_they_were(office, tmp_path):
    """Status 1, with the reason; what was half made lies aside."""
    before, known = migrations(office), papers(office)
    with closing(sqlite3.connect(office.data / "minzheng.sqlite3")) as database:
        database.execute("CREATE TABLE accounts_secondfactor (a)")
    told = upgrade(office, tmp_path / "backup", status=1)
    assert "升级中出错" in told
    assert "没有升级成功，数据已照升级前的备份放回" in told
    assert (migrations(office), papers(office)) == (before, known)
    (aside,) = office.folder.glob("data.before-*")
    assert (aside / "minzheng.sqlite3").exists()
    assert not (office.data / "program_version.txt").exists()


def test_wrong_tables_are_found_before_anybody_works_with_them(office, tmp_path, monkeypatch):
    """A county's own table that the new version cannot read."""
    before = migrations(office)
    tables = shutil.copytree(REGISTRY_FOLDER, tmp_path / "registry")
    (tables / "synonyms.txt").write_text("低保\n", encoding="utf-8")
    monkeypatch.setenv("MINZHENG_REGISTRY", str(tables))
    told = upgrade(office, tmp_path / "backup", status=1)
    assert "synonyms.txt 第 1 行" in told
    assert migrations(office) == before


@pytest.mark.django_db  # the lock is a server's, too
def test_while_a_service_runs_nothing_is_touched(office, tmp_path):
    """It is said to stop it first."""
    with PagesLock(office.data):
        told = upgrade(office, tmp_path / "backup", status=1)
    assert "服务还在运行，没有升级" in told
    assert not (tmp_path / "backup").exists()


def test_a_new_office_needs_no_backup(tmp_path):
    """Its database is made."""
    office = Office(tmp_path / "new")
    office.data.mkdir()
    assert "还没有数据，不用备份" in upgrade(office, tmp_path / "backup")
    assert migrations(office) > 30
    assert not (tmp_path / "backup").exists()
