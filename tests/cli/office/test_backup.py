"""Backing up while the service runs, laying back on a fresh folder, mending damage."""

import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.running.command_starts import run_command
from tests.running.kept.made_tables import lay_tables

_PAGE = 4096
OLD_BACKUP = Path(__file__).with_name("backup1.zip")  #: made by the version before
#: Of an office's key file: backups of one are opened in another.
IDENTITY = "AGE-SECRET-KEY-1XS2ZDUCCN4KC88A4Y5EUFYA2AN98VZAKA7QMRNDY5SRU6Z2F7DYQWRW26C"


class Office:
    """A folder with its own settings and data, used by the command alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "config.toml"
        self.data = folder / "data"
        (folder / "archive").mkdir(parents=True, exist_ok=True)
        self.config.write_text("[archive]\nsettle_seconds = 0.2\n", encoding="utf-8")
        (folder / "backup.key").write_text(IDENTITY, encoding="utf-8")

    def run(self, *words: object, status: int = 0) -> str:
        done = run_command(["--config", self.config, *words], merged=True)
        assert done.returncode == status, done.stdout
        return done.stdout

    def damage(self, page: int) -> None:
        with (self.data / "minzheng.sqlite3").open("r+b") as stream:
            stream.seek(page * _PAGE)
            stream.write(b"\xff" * _PAGE)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with three papers in its index and one issued document."""
    office = Office(tmp_path_factory.mktemp("filled") / "office")
    lay_tables(office.data)
    for number in range(3):
        file = office.folder / "archive" / f"{number}.txt"
        file.write_text(f"测试甲的第{number}份申请材料", encoding="utf-8")
    office.run("index", office.folder / "archive")
    issued = office.data / "issued" / "ab" / "abc.docx"
    issued.parent.mkdir(parents=True)
    issued.write_bytes(b"an issued document")
    return office.folder


@pytest.fixture
def office(filled: Path, tmp_path: Path) -> Office:
    shutil.copytree(filled, tmp_path / "office")
    return Office(tmp_path / "office")


def written_down(office: Office) -> list[str]:
    """What the audit log holds, in turn."""
    with closing(sqlite3.connect(office.data / "minzheng.sqlite3")) as database:
        rows = database.execute("SELECT what FROM accounts_auditentry ORDER BY number").fetchall()
    return [row[0] for row in rows]


def test_a_backup_is_laid_back_on_a_fresh_machine(office: Office, tmp_path: Path):
    """Everything is there again and found, nothing is read, nothing is overwritten."""
    target = tmp_path / "disk"
    assert "新增" in office.run("backup", target)
    assert "完好" in office.run("backup", target, "--check")
    fresh = Office(tmp_path / "fresh")
    fresh.run("restore", target)
    assert "共 3 件" in fresh.run("search", "申请材料")
    assert (fresh.data / "issued/ab/abc.docx").read_bytes() == b"an issued document"
    assert (fresh.folder / "config.from-backup.toml").read_bytes() == office.config.read_bytes()
    told = written_down(fresh)
    assert told[told.index(f"备份到 {target}（加密）") + 1].startswith("从备份 20")
    assert "完整" in fresh.run("audit-verify")
    assert "没有恢复" in fresh.run("restore", target, status=1)
    assert "移到" in fresh.run("restore", target, "--force")
    assert [one.name for one in fresh.folder.glob("data.before-*")]


def test_a_second_backup_copies_only_what_is_new(office: Office, tmp_path: Path):
    """Issued documents are kept once, by their hash; each snapshot stands by itself."""
    target = tmp_path / "disk"
    office.run("backup", target)
    (office.data / "issued/ab/new.docx").write_bytes(b"another one")
    before = {file.name for file in (target / "locked").rglob("*") if file.is_file()}
    office.run("backup", target)
    after = {file.name for file in (target / "locked").rglob("*") if file.is_file()}
    assert len(after - before) == 2  # the document, and the end of the audit log
    assert len(list((target / "snapshots").iterdir())) == 2


def test_a_damaged_backup_is_refused_whole(office: Office, tmp_path: Path):
    """One bit in one file is enough; the folder stays empty."""
    target = tmp_path / "disk"
    office.run("backup", target)
    kept = next(file for file in (target / "locked").rglob("*") if file.is_file())
    kept.write_bytes(kept.read_bytes() + b"x")
    fresh = Office(tmp_path / "fresh")
    assert "1 个文件缺失或损坏" in fresh.run("restore", target, status=1)
    assert not (fresh.data / "issued").exists()
    assert "缺失或损坏" in office.run("backup", target, "--check", status=1)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("data/../../taken.docx", "指到数据文件夹之外"),
        ("/tmp/taken.docx", "指到数据文件夹之外"),
        ("data", "指到数据文件夹之外"),
        ("elsewhere/taken.docx", "指到数据文件夹之外"),
        ("data/pages.lock", "指到数据文件夹之外"),
        ("", "指到数据文件夹之外"),
        (None, "清单已损坏"),
    ],
)
def test_a_list_that_leads_elsewhere_is_refused_before_anything_moves(
    office: Office, tmp_path: Path, name: str | None, said: str
):
    """With --force as well: the data folder is what it was."""
    target = tmp_path / "disk"
    office.run("backup", target, "--plain")
    (manifest,) = target.glob("snapshots/*/manifest.json")
    told = json.loads(manifest.read_text(encoding="utf-8"))
    if name is None:
        told["files"] = [1]
    else:
        told["files"][name] = next(iter(told["files"].values()))
    manifest.write_text(json.dumps(told), encoding="utf-8")
    assert said in office.run("restore", target, "--force", "--plain", status=1)
    assert not list(office.folder.glob("data.*"))
    assert (office.data / "issued/ab/abc.docx").is_file()
    assert not (office.data / ".restoring").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_only_its_user_reads_what_the_program_keeps(office: Office, tmp_path: Path):
    """Whatever the umask: data, backup, what is laid back, what was moved aside."""
    shutil.rmtree(office.data)
    office.run("index", office.folder / "archive")
    office.run("backup", tmp_path / "disk")
    fresh = Office(tmp_path / "fresh")
    for words in ("restore", tmp_path / "disk"), ("restore", tmp_path / "disk", "--force"):
        fresh.run(*words)
    seen = 0
    for folder in (office.data, tmp_path / "disk", *fresh.folder.glob("data*")):
        for entry in (folder, *folder.rglob("*")):
            seen += 1
            assert not entry.stat().st_mode & 0o077, entry
    assert seen > 50
    names = {one.name for one in fresh.data.rglob("*")}
    assert {"minzheng.sqlite3", "audit_key", "audit_head.json", "secret_key", "index"} <= names


def test_a_plain_backup_is_made_and_laid_back_only_when_asked_for(office: Office, tmp_path: Path):
    """It says what it holds; beside encrypted ones it is spoken of each time."""
    target = tmp_path / "disk"
    told = office.run("backup", target, "--plain")
    assert all(word in told for word in ("没有加密", "身份证号", "密钥"))
    fresh = Office(tmp_path / "fresh")
    assert "加 --plain" in fresh.run("restore", target, status=1)
    assert not (fresh.data / "minzheng.sqlite3").exists()
    assert "已恢复" in fresh.run("restore", target, "--plain")
    assert "还有 1 份以前没有加密的备份" in office.run("backup", target)


def test_a_backup_of_the_version_before_is_laid_back(tmp_path: Path):
    """With the tables it had, brought up to date; it was neither encrypted nor sealed."""
    with zipfile.ZipFile(OLD_BACKUP) as packed:
        packed.extractall(tmp_path)
    fresh = Office(tmp_path / "fresh")
    assert "逐一核对过，全文索引重建 1 件" in fresh.run("restore", tmp_path / "disk", "--plain")
    assert "共 1 件" in fresh.run("search", "申请材料")
    assert (fresh.data / "issued/ab/abc.docx").read_bytes() == b"an issued document"
    assert "完整" in fresh.run("audit-verify")


def test_a_backup_into_its_own_data_is_refused(office: Office):
    """It would copy itself for ever."""
    assert "换一个磁盘" in office.run("backup", office.data / "backup", status=1)


def test_a_damaged_database_is_named_and_mended(office: Office, tmp_path: Path):
    """The command says what to do; after it every file is findable and nothing is lost."""
    target = tmp_path / "disk"
    office.run("backup", target)
    size = (office.data / "minzheng.sqlite3").stat().st_size // _PAGE
    for page in range(4, size, 3):
        office.damage(page)
    assert "minzheng repair" in office.run("index", office.folder / "archive", status=1)
    told = office.run("repair", "--backup", target)
    assert "已损坏" in told
    assert list(office.data.glob("minzheng.sqlite3.damaged-*"))
    office.run("index", office.folder / "archive")
    assert "共 3 件" in office.run("search", "申请材料")


def test_without_a_backup_the_archive_itself_is_the_backup(office: Office):
    """With nothing left of the database every file is read again and found."""
    assert "完好" in office.run("repair")
    (office.data / "minzheng.sqlite3").write_bytes(b"\0" * 9000)
    shutil.rmtree(office.data / "index")
    office.run("repair")
    office.run("index", office.folder / "archive")
    assert "共 3 件" in office.run("search", "申请材料")


def test_verify_tells_what_was_replaced(office: Office):
    """Exit status 1 and the file's name when something must be looked at."""
    assert "完好 3" in office.run("verify", "--all")
    file = office.folder / "archive" / "1.txt"
    status = file.stat()
    file.write_text("测试乙的第1份申请材料", encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    told = office.run("verify", "--all", status=1)
    assert "1.txt" in told
    assert "被人替换" in told
