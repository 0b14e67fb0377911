"""Contents of a backup: each once, plain or encrypted, proven before it counts."""

from pathlib import Path

import pytest

from archive_indexer.errors import BackupError
from archive_indexer.upkeep.backup_key import BackupKey
from archive_indexer.upkeep.backup_shelf import Shelf, hash_of
from minzheng.external.files.age_files import new_identity
from tests.archive_indexer.upkeep.backups import KEY

CONTENT = "测试甲的申请，610927190001010000".encode() * 5000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "paper.docx").write_bytes(CONTENT)
    return tmp_path / "paper.docx"


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def shelf(request, tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "disk", request.param)


def test_a_content_is_kept_once(shelf: Shelf, file: Path, tmp_path: Path):
    """Under whatever name it comes; one cut short is kept anew."""
    first = shelf.put(file)
    place = shelf.place_of(first.sha256)
    assert (first.sha256, first.size, first.is_new) == (hash_of(file), len(CONTENT), True)
    assert shelf.digest_of(place) == first.sha256
    (tmp_path / "copy.docx").write_bytes(CONTENT)
    assert not shelf.put(tmp_path / "copy.docx").is_new
    place.write_bytes(place.read_bytes()[:-1])
    assert shelf.put(file).is_new
    assert shelf.digest_of(place) == first.sha256


def test_what_is_missing_or_damaged_has_no_hash_of_its_own(shelf: Shelf, file: Path):
    """A folder in its place is no content either."""
    kept = shelf.put(file)
    place = shelf.place_of(kept.sha256)
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 1
    place.write_bytes(data)
    assert shelf.digest_of(place) != kept.sha256
    place.unlink()
    assert shelf.digest_of(place) == ""
    place.mkdir()
    assert shelf.digest_of(place) == ""


def test_a_file_that_changes_meanwhile_is_told(shelf: Shelf, file: Path, tmp_path: Path):
    """And nothing stays of it."""
    with pytest.raises(BackupError, match="还在变化"):
        shelf.write(file, tmp_path / "disk/x", "0" * 64)
    assert not list((tmp_path / "disk").iterdir())


def test_an_encrypted_shelf_tells_nothing(file: Path, tmp_path: Path):
    """Neither the content nor the hash by which a known form would be found."""
    shelf = Shelf(tmp_path / "disk", KEY)
    kept = shelf.put(file)
    (place,) = (one for one in (tmp_path / "disk").rglob("*") if one.is_file())
    assert "测试甲".encode() not in place.read_bytes()
    assert kept.sha256 not in place.as_posix()
    assert Shelf(tmp_path / "disk", BackupKey(new_identity())).digest_of(place) == ""
