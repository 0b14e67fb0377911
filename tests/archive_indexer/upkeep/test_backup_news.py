"""What happened last with the backup."""

import datetime as dt

from django.utils import timezone

from archive_indexer.upkeep.backup_news import backup_news, note_backup


def test_of_each_kind_the_last_news_of_the_backup_is_kept(tmp_path):
    """A file that cannot be read is no news."""
    assert backup_news(tmp_path / "data") == {}
    note_backup(tmp_path / "data", "made", "一")
    note_backup(tmp_path / "data", "failed", "坏")
    note_backup(tmp_path / "data", "made", "二")
    news = backup_news(tmp_path / "data")
    assert {kind: one.text for kind, one in news.items()} == {"made": "二", "failed": "坏"}
    assert timezone.now() - news["made"].when < dt.timedelta(minutes=5)
    for text in ("{", "[1]", '{"made": 1}', '{"made": {"x": 1}}'):
        (tmp_path / "data/backup_state.json").write_text(text, encoding="utf-8")
        assert backup_news(tmp_path / "data") == {}
