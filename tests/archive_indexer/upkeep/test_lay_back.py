"""A data folder in use, known and moved aside."""

import datetime as dt
from pathlib import Path

from archive_indexer.upkeep.backup import DATABASE
from archive_indexer.upkeep.lay_back import has_data, set_aside

NOW = dt.datetime(2026, 11, 23, 3, 0)


def test_a_folder_in_use_is_known_and_set_aside(tmp_path: Path):
    """Nothing is deleted; only the lock stays."""
    data = tmp_path / "data"
    data.mkdir()
    (data / DATABASE).write_bytes(b"")
    assert has_data(data)
    assert not has_data(tmp_path / "empty")
    (tmp_path / "issued-only/issued").mkdir(parents=True)
    assert not has_data(tmp_path / "issued-only")
    (tmp_path / "issued-only/issued/a").write_text("x", encoding="utf-8")
    assert has_data(tmp_path / "issued-only")
    (data / "service.lock").write_text("", encoding="utf-8")
    aside = set_aside(data, NOW)
    assert [one.name for one in data.iterdir()] == ["service.lock"]
    assert (aside / DATABASE).exists()
    assert not (aside / "service.lock").exists()
