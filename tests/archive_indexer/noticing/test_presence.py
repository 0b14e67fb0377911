"""A share that is away is no deletion."""

import os
from pathlib import Path

import pytest

from archive_indexer.errors import ArchiveFolderError
from archive_indexer.noticing.presence import Presence


def test_a_missing_root_is_named(tmp_path: Path):
    """Nothing is concluded when the folder is not there."""
    with pytest.raises(ArchiveFolderError, match="读不到"):
        Presence(tmp_path / "none").confirm_root()


def test_an_empty_root_confirms_no_deletion(tmp_path: Path):
    """An empty mount point is no proof that a file is gone."""
    with pytest.raises(ArchiveFolderError, match="空的"):
        Presence(tmp_path).confirm_gone("a.txt")
    (tmp_path / "b.txt").touch()
    Presence(tmp_path).confirm_gone("a.txt")


def test_a_root_that_was_a_share_must_be_one_still(tmp_path: Path):
    """Somebody's file in the empty mount point does not make it the share."""
    (tmp_path / "left by mistake.txt").touch()
    with pytest.raises(ArchiveFolderError, match="网络盘没有连上"):
        Presence(tmp_path, [""]).confirm_root()


def test_a_subfolder_that_was_a_share_is_lost(tmp_path: Path):
    """Its files are not gone, those beside it may be."""
    (tmp_path / "城关镇").mkdir()
    presence = Presence(tmp_path, ["城关镇"])
    assert presence.lost_mounts() == ("城关镇",)
    with pytest.raises(ArchiveFolderError, match="城关镇"):
        presence.confirm_gone("城关镇/a.txt")
    presence.confirm_gone("钟宝镇/a.txt")


def test_people_may_say_that_it_is_as_it_should_be(tmp_path: Path):
    """After a move to a local disk the old share is forgotten."""
    presence = Presence(tmp_path, ["", "城关镇"])
    presence.forget_lost()
    presence.confirm_root()
    assert presence.lost_mounts() == ()


def test_a_share_seen_once_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What a walk saw mounted is learned once."""
    presence = Presence(tmp_path)
    assert presence.learn(["城关镇"])
    assert not presence.learn(["城关镇"])
    monkeypatch.setattr(os.path, "ismount", lambda path: str(path) == str(tmp_path.resolve()))
    assert presence.learn([])
    assert "" in presence.mounts
