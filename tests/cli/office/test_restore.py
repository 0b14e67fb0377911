"""`minzheng restore`: what is refused, and what is kept of what was there."""

from pathlib import Path

import pytest

from tests.cli.office.test_backup import Office
from tests.running.kept.made_tables import lay_tables


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A disk with one backup of an office with one paper."""
    folder = tmp_path_factory.mktemp("restore")
    office = Office(folder / "office")
    lay_tables(office.data)
    (office.folder / "archive" / "a.txt").write_text("测试甲的申请材料", encoding="utf-8")
    office.run("index", office.folder / "archive")
    office.run("backup", folder / "disk")
    return folder / "disk"


def test_data_in_use_are_moved_aside_only_when_told(disk: Path, tmp_path: Path):
    """Nothing is deleted: what was there lies beside it."""
    other = Office(tmp_path / "other")
    lay_tables(other.data)
    (other.folder / "archive" / "b.txt").write_text("测试乙的收据", encoding="utf-8")
    other.run("index", other.folder / "archive")
    assert "要恢复请加 --force" in other.run("restore", disk, status=1)
    assert "共 1 件" in other.run("search", "收据")
    assert "逐一核对过，全文索引重建 1 件" in other.run("restore", disk, "--force")
    assert "共 1 件" in other.run("search", "申请材料")
    (aside,) = other.folder.glob("data.before-*")
    assert (aside / "minzheng.sqlite3").exists()


def test_a_backup_that_is_not_there_is_told(disk: Path, tmp_path: Path):
    """A wrong folder, a wrong name; nothing is made."""
    fresh = Office(tmp_path / "fresh")
    assert "没有任何完整的备份" in fresh.run("restore", tmp_path, status=1)
    assert "1999-01-01" in fresh.run("restore", disk, "--snapshot", "1999-01-01", status=1)
    assert not (fresh.data / "issued").exists()
