"""`minzheng demo`: a folder to try everything in."""

from argparse import Namespace

import pytest

from minzheng.cli.office import demo
from minzheng.cli.office.demo import FolderInUseError, SamplesMissingError, lay_inbox, run
from minzheng.county.config import PROJECT_FOLDER, load_config


def call(folder) -> int:
    return run(
        Namespace(folder=folder, county=False, seed=1), load_config(PROJECT_FOLDER / "config.toml")
    )


def test_settings_archive_and_inbox_are_laid(tmp_path, capsys):
    """And what to type next, with this folder's own settings."""
    folder = tmp_path / "new" / "demo"
    assert call(folder) == 0
    config = load_config(folder / "config.toml")
    assert sorted(one.name for one in folder.iterdir()) == ["archive", "config.toml", "收件箱"]
    assert any(config.archive_folder.rglob("*.*"))
    assert any(config.inbox_folder.rglob("*.*"))
    assert f"--config {folder / 'config.toml'} serve --first-time-demo" in capsys.readouterr().out


def test_a_folder_in_use_is_left_alone(tmp_path):
    """And a file is no folder."""
    (tmp_path / "a").touch()
    for folder in (tmp_path, tmp_path / "a"):
        with pytest.raises(FolderInUseError, match="未做任何改动"):
            call(folder)
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_an_inbox_that_is_there_is_not_filled(tmp_path):
    """Somebody's scans may lie in it."""
    (tmp_path / "收件箱").mkdir()
    lay_inbox(tmp_path / "收件箱")
    assert list((tmp_path / "收件箱").iterdir()) == []


def test_a_program_without_samples_says_so(tmp_path, monkeypatch):
    """Nothing half is laid."""
    monkeypatch.setattr(demo, "SAMPLE_VILLAGE", tmp_path / "none")
    with pytest.raises(SamplesMissingError, match="示范档案不在程序文件夹中"):
        call(tmp_path / "demo")
    assert not (tmp_path / "demo" / "archive").exists()


def test_what_was_interrupted_is_laid_anew(tmp_path):
    """The unfinished copy of before does not stay."""
    unfinished = tmp_path / "收件箱.unfinished"
    unfinished.mkdir()
    (unfinished / "half.pdf").touch()
    lay_inbox(tmp_path / "收件箱")
    assert not unfinished.exists()
    assert not (tmp_path / "收件箱" / "half.pdf").exists()
