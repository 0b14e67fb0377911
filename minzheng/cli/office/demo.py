"""`minzheng demo`: a folder with a config.toml, the sample village's archive and an inbox."""

import shutil
from argparse import Namespace
from pathlib import Path

from minzheng.county.config import Config, load_config
from minzheng.county.errors import MinzhengError
from minzheng.county.shipped import shipped

_SAMPLES = shipped("tests/samples")
SAMPLE_VILLAGE, SAMPLE_INBOX = _SAMPLES / "village_folder", _SAMPLES / "inbox"


class FolderInUseError(MinzhengError):
    """这个文件夹里已有内容，请换一个空文件夹。"""


class SamplesMissingError(MinzhengError):
    """示范档案不在程序文件夹中，请重新取得完整的程序。"""


def run(args: Namespace, config: Config) -> int:
    """Lay config.toml, archive/ and the inbox in the folder."""
    folder: Path = args.folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUseError(f"{folder} 已有内容，未做任何改动。请换一个空文件夹。")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(shipped("config.toml"), folder / "config.toml")
    lay_archive(folder / "archive")
    lay_inbox(load_config(folder / "config.toml").inbox_folder)
    print(f"示范设置和示范档案已放入 {folder}。接着可以：")
    for command in (
        f"index {folder / 'archive'}",
        "search 低保",
        "coverage",
        "serve --first-time-demo",
    ):
        print(f"  minzheng --config {folder / 'config.toml'} {command}")
    return 0


def lay_archive(folder: Path) -> None:
    """Copy the sample village, whole or not at all."""
    _lay(SAMPLE_VILLAGE, folder)


def lay_inbox(folder: Path) -> None:
    """Copy the unsorted scans; an inbox that is there is left alone."""
    if not folder.exists():
        _lay(SAMPLE_INBOX, folder)


def _lay(samples: Path, folder: Path) -> None:
    if not samples.is_dir():
        raise SamplesMissingError
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(samples, unfinished)
    unfinished.rename(folder)
