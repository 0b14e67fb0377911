"""Which key opens a backup: named, from the settings, or a passphrase that is asked for."""

from argparse import Namespace
from pathlib import Path

import pytest

from archive_indexer.errors import BackupError, WrongKeyError
from archive_indexer.upkeep.backup_key import LOCKED_KEY, BackupKey, make_key_file
from minzheng.cli.office import backup_secret
from minzheng.cli.office.backup_secret import key_to_make, key_to_open
from minzheng.cli.parser import build_parser
from minzheng.county.config import load_config
from minzheng.county.settings.all_settings import Config
from tests.archive_indexer.upkeep.backups import IDENTITY, LOCKED, NOW, PASSPHRASE

KEY = BackupKey(IDENTITY, LOCKED)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    return load_config(tmp_path / "config.toml")


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What somebody types at a terminal, in turn."""
    answers = list[str]()
    monkeypatch.setattr(backup_secret.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(backup_secret.getpass, "getpass", lambda prompt: answers.pop(0))
    return answers


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Making a key takes a second and half a gigabyte elsewhere; not here."""
    monkeypatch.setattr(backup_secret, "new_passphrase_key", lambda passphrase: KEY)


def args(disk: Path, *words: str) -> Namespace:
    return build_parser().parse_args(["backup", str(disk), *words])


def test_no_passphrase_stands_on_the_command_line():
    """There is no option that takes one."""
    with pytest.raises(SystemExit):
        build_parser().parse_args(["backup", "disk", "--passphrase", "x"])


def test_plain_needs_no_key_and_takes_none(disk, config, capsys):
    """Both at once is a mistake."""
    assert key_to_make(args(disk, "--plain"), config) is None
    with pytest.raises(SystemExit):
        args(disk, "--plain", "--key-file", "x")
    assert "不能和" in capsys.readouterr().err


def test_without_key_and_terminal_nothing_is_made(disk, config):
    """A timer says what to do once."""
    with pytest.raises(BackupError, match="--new-key"):
        key_to_make(args(disk), config)
    with pytest.raises(BackupError, match="--key-file"):
        key_to_open(args(disk), config)


def test_a_new_key_is_made_where_the_settings_say(disk, config, capsys):
    """And the loss of it is spoken of; the next time it is simply taken."""
    made = key_to_make(args(disk, "--new-key"), config)
    assert "永远打不开" in capsys.readouterr().out
    assert key_to_make(args(disk), config) == key_to_open(args(disk), config) == made
    with pytest.raises(BackupError, match="已存在"):
        key_to_make(args(disk, "--new-key"), config)
    other = key_to_make(args(disk, "--new-key", "--key-file", str(disk.parent / "b.key")), config)
    assert other != made
    assert key_to_make(args(disk, "--key-file", str(disk.parent / "b.key")), config) == other


@pytest.mark.parametrize("words", [("--plain",), ("--passphrase-file", "p")])
def test_a_new_key_is_not_made_where_it_would_not_be_used(disk, config, words):
    """Somebody means one or the other."""
    with pytest.raises(BackupError, match="--new-key"):
        key_to_make(args(disk, "--new-key", *words), config)
    assert not config.backup_key_file.exists()


@pytest.mark.usefixtures("quick")
def test_a_new_passphrase_is_typed_twice(disk, config, typed, capsys):
    """A slip, or a short one, makes nothing; the loss of it is spoken of."""
    typed += [PASSPHRASE, PASSPHRASE]
    assert key_to_make(args(disk), config) == KEY
    assert "永远打不开" in capsys.readouterr().out
    typed += [PASSPHRASE, PASSPHRASE + "x"]
    with pytest.raises(BackupError, match="不一样"):
        key_to_make(args(disk), config)
    typed += ["太短"]
    with pytest.raises(BackupError, match="至少 12 个字"):
        key_to_make(args(disk), config)
    assert typed == []


def test_a_passphrase_opens_what_it_locked(disk, config, typed):
    """Typed or in a file; a wrong one is told; the settings' key is not tried."""
    (disk / LOCKED_KEY).write_bytes(LOCKED)
    make_key_file(config.backup_key_file, disk, NOW.date())
    typed += [PASSPHRASE, PASSPHRASE, "错的口令错的口令错的口令"]
    assert key_to_open(args(disk), config) == key_to_make(args(disk), config) == KEY
    with pytest.raises(WrongKeyError, match="口令不对"):
        key_to_open(args(disk), config)
    file = disk.parent / "passphrase"
    file.write_text(f"{PASSPHRASE}\n第二行不算\n", encoding="utf-8")
    assert key_to_open(args(disk, "--passphrase-file", str(file)), config) == KEY


@pytest.mark.parametrize(
    ("held", "said"), [(b"", "没有口令"), (b" \n", "没有口令"), (b"\xff", "UTF-8")]
)
def test_a_file_without_passphrase_is_told(disk, config, held, said):
    """Empty, blank, or no text."""
    file = disk.parent / "passphrase"
    file.write_bytes(held)
    with pytest.raises(BackupError, match=said):
        key_to_make(args(disk, "--passphrase-file", str(file)), config)
