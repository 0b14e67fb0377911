"""A backup laid back: staged beside the data, checked whole, only then put in place."""

import datetime as dt
import shutil
from pathlib import Path

from archive_indexer.upkeep.backup import (
    CONFIG,
    DATABASE,
    NOT_LAID,
    STAGED,
    Backup,
    check_backup,
    place_of,
)
from minzheng.county.config import issued_in
from minzheng.external.files.file_rights import make_private


def stage(source: Path, snapshot: Path, data: Path) -> Backup:
    """Check a snapshot whole, then copy it into the data folder, beside what lies there.

    Raises:
        BackupError: what it holds is damaged; nothing was moved.
        OSError: there is no room for it; nothing was moved.
    """
    manifest = check_backup(source, snapshot)
    staged = data / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    try:
        for name, one in manifest["files"].items():
            place = staged / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(place_of(source / "files", one["sha256"]), place)
        (staged / "data").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(snapshot / DATABASE, staged / "data" / DATABASE)
        make_private(staged)
    except OSError:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    files = manifest["files"].values()
    return Backup(snapshot, len(files) + 1, len(files) + 1, sum(one["size"] for one in files))


def put_inplace_of(data: Path, config: Path) -> None:
    """Let what was staged be the data; a config that is there already is not overwritten."""
    staged = data / STAGED
    if (staged / CONFIG).exists():
        own = config.with_name("config.from-backup.toml") if config.exists() else config
        shutil.copyfile(staged / CONFIG, own)
    for file in sorted((staged / "data").rglob("*")):
        place = data / file.relative_to(staged / "data")
        if file.is_dir():
            place.mkdir(exist_ok=True, mode=0o700)
        else:
            file.replace(place)
    shutil.rmtree(staged)


def has_data(data: Path) -> bool:
    """Whether a data folder is in use."""
    return (data / DATABASE).exists() or any(issued_in(data).glob("*"))


def set_aside(data: Path, now: dt.datetime) -> Path:
    """Move what lies in a data folder beside it; nothing is deleted."""
    aside = data.with_name(f"{data.name}.before-{now:%Y%m%d-%H%M%S}")
    aside.mkdir(mode=0o700)
    for entry in data.iterdir():
        if entry.name not in NOT_LAID:
            entry.rename(aside / entry.name)
    return aside
