"""Which key opens a backup: a file named, the one of the settings, or a passphrase asked for.

A passphrase is typed or read from a file, never an argument: those stand in the list of
processes and in the shell's history. Nor a variable: every program started inherits it.
"""

import datetime as dt
import getpass
import sys
from argparse import Namespace
from pathlib import Path

from archive_indexer.errors import BackupError
from archive_indexer.upkeep.backup_key import (
    LEAST_PASSPHRASE,
    BackupKey,
    is_locked_by_passphrase,
    make_key_file,
    new_passphrase_key,
    open_by_passphrase,
    passphrase_problem,
    read_key_file,
)
from minzheng.county.settings.all_settings import Config

_NO_KEY = (
    "备份要加密，没有钥匙也没有口令，没有备份。定时备份请先运行一次 "
    "minzheng backup 文件夹 --new-key 生成钥匙文件；手工备份在终端里运行，会问口令；"
    "也可用 --passphrase-file 指明写有口令的文件。"
)
_NEEDS_KEY = "{}里的备份是用钥匙文件加密的。请用 --key-file 指明钥匙文件。"
_IF_LOST = "丢了{}，备份就永远打不开，谁也没有办法：请现在就抄写或另存一份，封好放在别处。"


def key_to_make(args: Namespace, config: Config) -> BackupKey | None:
    """The key a backup is made with; none when it is to be plain.

    Raises:
        BackupError: there is no key and nobody to ask.
    """
    if not args.new_key:
        return _key(args, config, may_be_new=True)
    if args.plain or args.passphrase_file is not None:
        raise BackupError("--new-key 是用钥匙文件加密，不能和 --plain、--passphrase-file 一起写。")
    file = args.key_file or config.backup_key_file
    make_key_file(file, args.folder, dt.date.today())
    print(f"已生成备份钥匙 {file}。{_IF_LOST.format('它')}")
    return read_key_file(file, args.folder)


def key_to_open(args: Namespace, config: Config) -> BackupKey | None:
    """The key a backup is opened with; none when it is plain.

    Raises:
        BackupError: there is no key and nobody to ask.
    """
    return _key(args, config, may_be_new=False)


def _key(args: Namespace, config: Config, *, may_be_new: bool) -> BackupKey | None:
    if args.plain:
        return None
    is_locked = is_locked_by_passphrase(args.folder)
    if file := _key_file(args, config, is_locked=is_locked):
        return read_key_file(file, args.folder)
    if is_locked:
        return open_by_passphrase(args.folder, _passphrase(args, "备份的口令："))
    if not may_be_new:
        raise BackupError(_NEEDS_KEY.format(args.folder))
    key = new_passphrase_key(_new_passphrase(args))
    print(f"备份用这个口令加密。{_IF_LOST.format('口令')}")
    return key


def _key_file(args: Namespace, config: Config, *, is_locked: bool) -> Path | None:
    """The one named; else the settings', where no passphrase is asked for."""
    if args.key_file is not None:
        return Path(args.key_file)
    is_by_passphrase = is_locked or args.passphrase_file is not None
    return (
        None if is_by_passphrase or not config.backup_key_file.exists() else config.backup_key_file
    )


def _new_passphrase(args: Namespace) -> str:
    told = f"给备份定一个口令（至少 {LEAST_PASSPHRASE} 个字，可以是一句话）："
    passphrase = _passphrase(args, told)
    if problem := passphrase_problem(passphrase):
        raise BackupError(problem)
    if args.passphrase_file is None and _asked("再输一次：") != passphrase:
        raise BackupError("两次输入的口令不一样，没有备份。")
    return passphrase


def _passphrase(args: Namespace, prompt: str) -> str:
    if args.passphrase_file is None:
        return _asked(prompt)
    try:
        lines = args.passphrase_file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise BackupError(f"{args.passphrase_file} 不是 UTF-8 文字，读不出口令。") from error
    if not lines or not lines[0].strip():
        raise BackupError(f"{args.passphrase_file} 的第一行没有口令。")
    return str(lines[0])


def _asked(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise BackupError(_NO_KEY)
    return getpass.getpass(prompt)
