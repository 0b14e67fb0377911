"""A backup before all data are changed, laid back when that fails."""

from argparse import Namespace

import pytest

from archive_indexer.errors import BackupError
from minzheng.cli.office import way_back
from minzheng.cli.office.way_back import heard_workers, save


@pytest.fixture
def broken(monkeypatch):
    """A backup that cannot be read to its end."""

    def check(*args: object) -> None:
        raise BackupError

    monkeypatch.setattr(way_back, "key_to_make", lambda args, config: None)
    monkeypatch.setattr(way_back, "make_backup", lambda *args: Namespace(snapshot="x", files=1))
    monkeypatch.setattr(way_back, "check_backup", check)


def test_a_backup_that_cannot_be_read_is_no_way_back(broken, tmp_path):
    """Nothing goes on from it."""
    config = Namespace(data_folder=tmp_path, file=tmp_path / "config.toml")
    with pytest.raises(BackupError):
        save(Namespace(folder=tmp_path / "backup"), config, "升级前")


@pytest.mark.parametrize(("shares", "names"), [(True, ["乙"]), (False, [])])
def test_workers_that_are_heard_are_named(monkeypatch, shares, names):
    """A silent one is gone; one machine that reads for itself has none."""
    seen = [Namespace(name="甲", is_silent=True), Namespace(name="乙", is_silent=False)]
    monkeypatch.setattr(way_back, "knows_workers", lambda: True)
    monkeypatch.setattr(way_back, "seen_workers", lambda: seen)
    assert heard_workers(Namespace(shares_reading=shares)) == names
