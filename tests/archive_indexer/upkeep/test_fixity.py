"""Hashing again finds what a walk cannot see."""

import os

import pytest

from archive_indexer.errors import ArchiveFolderError
from archive_indexer.models import ArchivedFile, FixityFinding, PastContent
from archive_indexer.noticing.presence import Presence
from archive_indexer.upkeep.fixity import check_oldest, unsettled_findings

pytestmark = pytest.mark.django_db(transaction=True)


def check(village, most_bytes: int = 1 << 30) -> dict[str, str]:
    presence = Presence(village.archive)
    found = check_oldest(village.archive, presence, most_bytes)
    return {checked.path: checked.kind for checked in found}


def replace_unseen(file, text: str) -> None:
    """Other content of the same size under the same name and time."""
    before = file.stat()
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size


def test_content_replaced_with_size_and_time_kept_is_found(village):
    """The walk sees nothing; hashing does, tells people, and the new content is taken in."""
    file = village.write("a.txt", "测试甲的材料")
    village.run()
    replace_unseen(file, "测试乙的材料")
    assert village.run().changed == 0
    assert check(village) == {"a.txt": "altered"}
    (finding,) = unsettled_findings()
    assert finding.path == "a.txt"
    assert "被人替换" in finding.text
    village.run()
    assert village.paths("测试乙") == ["a.txt"]
    assert PastContent.objects.count() == 1
    assert check(village) == {"a.txt": "same"}


def test_the_same_finding_is_told_once(village):
    """A rotten file that stays as it is fills no list."""
    file = village.write("a.txt", "测试甲的材料")
    village.run()
    replace_unseen(file, "测试乙的材料")
    check(village)
    check(village)
    assert FixityFinding.objects.count() == 1


def test_an_ordinary_edit_is_no_alarm(village):
    """A changed size or time is work, not damage."""
    village.write("a.txt", "测试甲的材料")
    village.run()
    village.write("a.txt", "测试甲的新的材料")
    assert check(village) == {"a.txt": "edited"}
    assert not FixityFinding.objects.exists()


def test_a_missing_file_is_told_but_not_when_the_share_is_away(village):
    """Only a file that is surely gone is missing."""
    village.write("keep.txt", "留下的材料")
    file = village.write("a.txt", "测试甲的材料")
    village.run()
    file.unlink()
    assert check(village)["a.txt"] == "missing"
    village.archive.rename(village.archive.with_name("away"))
    with pytest.raises(ArchiveFolderError):
        check(village)


def test_a_budget_goes_round_oldest_first(village):
    """Each day's budget takes those that were checked longest ago, until all were."""
    for number in range(6):
        village.write(f"{number}.txt", f"材料{number}")
    village.run()
    ArchivedFile.objects.update(checked_at=None)
    seen = []
    for _ in range(3):
        seen += list(check(village, most_bytes=2 * len("材料0".encode())))
    assert sorted(seen) == [f"{number}.txt" for number in range(6)]
