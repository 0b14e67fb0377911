"""The tables of an office that begins, made once and copied.

An office's first command makes them by 75 migrations, which is more than all else that a small
command does, and half a hundred tests begin an office. They hold nothing of any office. Tests
whose subject is the first start let it make its own.
"""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from tests.database.scratch_server import ScratchServer
from tests.running.command_starts import run_command
from tests.running.kept.made_once import made_by_one

PROJECT = Path(__file__).resolve().parents[3]
NAME = "minzheng.sqlite3"
_TEMPLATE = "tables_made"  #: a database of a server, for others to be copied from
_ROOMS = ("minzheng", "filler", "archive_indexer")
_LIBRARY = "django"  #: some tables are its own
#: Between runs, and for all parts of one.
_KEPT = PROJECT / ".pytest_cache" / "made_tables"


def lay_tables(data_folder: Path, name: str = NAME) -> Path:
    """An office in this data folder finds its tables made, and empty; in this file."""
    data_folder.mkdir(parents=True, exist_ok=True)
    # with its rights: nobody else may read it
    return Path(shutil.copy(made_tables(), data_folder / name))


@cache
def made_tables() -> Path:
    """A database as an office's first command makes it; nobody may change it."""
    kept = _KEPT / f"{kept_name(_migrations())}.sqlite3"
    if not kept.exists():
        with made_by_one(kept):
            if not kept.exists():
                _make(kept)
    return kept


def kept_name(migrations: Iterable[Path], library: str = metadata.version(_LIBRARY)) -> str:
    """Another one whenever a migration is not what it was."""
    told = hashlib.sha256(f"{library} {sys.version}".encode())
    for file in sorted(migrations):
        told.update(file.name.encode() + file.read_bytes())
    return told.hexdigest()[:16]


def _migrations() -> list[Path]:
    return [file for room in _ROOMS for file in (PROJECT / room).rglob("migrations/*.py")]


def _make(kept: Path) -> None:
    """Whole or not at all: other parts of the run look for it, too."""
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        _start_office(Path(folder))
        Path(folder, "data", NAME).replace(kept)


def _start_office(folder: Path, settings: str = "") -> None:
    """Run a first command."""
    (folder / "config.toml").write_text(settings, encoding="utf-8")
    done = run_command(["--config", folder / "config.toml", "account", "list"])
    assert done.returncode == 0, done.stdout + done.stderr


def make_tables(server: ScratchServer, name: str) -> str:
    """A database of a server with its tables made, and empty; gives its address."""
    if not server.ask(f"SELECT 1 FROM pg_database WHERE datname = '{_TEMPLATE}'"):
        with tempfile.TemporaryDirectory() as folder:
            url = server.make_database(_TEMPLATE)
            _start_office(Path(folder), f'[database]\nurl = "{url}"\n')
    server.ask(f'CREATE DATABASE "{name}" TEMPLATE "{_TEMPLATE}"')
    return server.url(name)
