"""`minzheng demo`: a folder with a config.toml, the sample village's archive and an inbox.

With `--county` a whole county that was invented: its papers, and scans of them.
"""

import importlib
import os
import shutil
from argparse import Namespace
from pathlib import Path

import django

from minzheng.cli.county_files import lay_county_files
from minzheng.county.config import CONFIG_VARIABLE, load_config
from minzheng.county.errors import MinzhengError
from minzheng.county.settings.all_settings import Config
from minzheng.county.shipped import shipped
from minzheng.external.libreoffice import require_libreoffice

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
    if args.county:
        require_libreoffice()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "config.toml"
    shutil.copyfile(shipped("config.toml"), file)
    if args.county:
        _lay_county(file, args.seed)
    else:
        lay_archive(folder / "archive")
    lay_inbox(load_config(file).inbox_folder)
    what = "示范县" if args.county else "示范档案"
    print(f"示范设置和{what}已放入 {folder}。接着可以：")
    for command in (
        f"index {folder / 'archive'}",
        "search 低保",
        "coverage",
        "serve --first-time-demo",
    ):
        print(f"  minzheng --config {file} {command}")
    return 0


def _lay_county(file: Path, seed: int) -> None:
    """Into the database of this folder's own settings."""
    config = load_config(file)
    os.environ[CONFIG_VARIABLE] = str(file)
    lay_county_files(config)
    django.setup()
    # Only now: what issues papers holds models, which need the settings.
    importlib.import_module("minzheng.cli.county_demo.whole_county").lay(config, seed)


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
