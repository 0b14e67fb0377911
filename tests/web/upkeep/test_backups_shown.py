"""What the page of the backups shows."""

from dataclasses import replace

from archive_indexer.upkeep.backup_news import note_backup
from minzheng.web.upkeep.backup_plan import Now
from minzheng.web.upkeep.backups_shown import backups


def test_without_a_key_or_a_folder_none_can_be_begun(own):
    """With both, one can; not while one is being made."""
    assert not backups(replace(own, backup_place="无")).may_begin
    assert not backups(own).may_begin
    own.backup_key_file.write_text("x", encoding="utf-8")
    assert backups(own).may_begin
    note_backup(own.data_folder, "begun", "")
    assert (backups(own).now, backups(own).may_begin) == (Now.RUNNING, False)


def test_what_lies_there_is_listed_newest_first(own):
    """A half one is not; a folder that is away holds none."""
    for name in ("20260701-020000", "20260702-020000", "20260703-020000.part"):
        folder = own.backup_folder / "snapshots" / name
        folder.mkdir(parents=True)
        (folder / "manifest.age").write_bytes(b"")
    shown = backups(own)
    assert shown.snapshots == ("20260702-020000", "20260701-020000")
    assert shown.count == 2
    assert backups(replace(own, backup_place="away/none")).is_reachable is False


def test_a_failure_is_shown_until_one_was_made(own):
    """And how old the last is, and when the next comes."""
    note_backup(own.data_folder, "failed", "磁盘满了")
    assert backups(own).failed is not None
    note_backup(own.data_folder, "made", "x")
    shown = backups(own)
    assert (shown.failed, shown.age) == (None, "刚刚")
    assert shown.next_at is not None
    assert (shown.next_at.hour, shown.next_at.minute) == (2, 30)
    assert backups(replace(own, backup_time="无")).next_at is None
