"""The `minzheng` command: read the command line, run one command, report failures."""

import atexit
import errno
import gc
import importlib
import os
import sys
import tempfile
import threading
import traceback
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from minzheng.cli import (  # first: what they do they do by themselves
    quick_dataclasses,  # noqa: F401
    quick_regexes,  # noqa: F401
)
from minzheng.cli.config_file import find_config, lay_missing
from minzheng.cli.county_files import lay_county_files
from minzheng.cli.parser import (
    ASKS_TABLES_ONLY,
    COMMANDS,
    LEAVES_COUNTY_FILES,
    NEEDS_NOTHING,
    build_parser,
)
from minzheng.county.config import CONFIG_VARIABLE, load_config
from minzheng.county.errors import MinzhengError
from minzheng.county.settings.all_settings import Config
from minzheng.county.shipped import shipped
from minzheng.external.files.file_rights import keep_to_ourselves

DONE, REFUSED, MISUSED = 0, 1, 2
STOPPED_BY_KEY = 130
DEBUG_VARIABLE = "MINZHENG_DEBUG"
_LOGS = "minzheng.cli.log_files"  #: needs a library that most commands do not
_DJANGO = "minzheng.cli.django_start"
_SERVER = "minzheng.database.server"  #: needs Django, which the rest of this file must not
_MADE_BETWEEN_LOOKS = 20_000  #: objects, of which garbage may be found

_SYSTEM_ERRORS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "上级不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已经存在",
    errno.ENAMETOOLONG: "文件名过长",
}


def main(argv: Sequence[str] | None = None) -> int:  # noqa: PLR0911  # a line an outcome
    """Run one command.

    Returns:
        0 done, 1 refused or failed, 2 wrong usage.
    """
    keep_to_ourselves()
    try:
        args = build_parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or DONE)
    try:
        return _run(args)
    except KeyboardInterrupt:
        return STOPPED_BY_KEY
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except MinzhengError as error:
        return _refuse(str(error), error)
    except OSError as error:
        reason = _SYSTEM_ERRORS.get(error.errno or 0)
        if reason is None or not error.filename:
            return _report_unexpected(error)
        return _refuse(f"{error.filename}：{reason}。", error)
    except Exception as error:  # noqa: BLE001 - the edge: no stack trace reaches a user
        return _refuse_server(error) or _report_unexpected(error)


def _refuse_server(error: Exception) -> int:
    """Say so when the database's server is away or too old, and 0 when neither happened."""
    if _DJANGO not in sys.modules:
        return DONE
    server = importlib.import_module(_SERVER)
    said: str = server.say_if_away(error) or server.say_if_unfit(error)
    return _refuse(said, error) if said else DONE


def _run(args: Namespace) -> int:
    file = find_config(args.config)
    if args.command in NEEDS_NOTHING and args.config is None:
        file = shipped("config.toml")
    elif args.config is None:
        lay_missing(file)
    config = load_config(file)
    os.environ[CONFIG_VARIABLE] = str(file)
    os.environ["DJANGO_SETTINGS_MODULE"] = "minzheng.web.settings"
    if args.command not in NEEDS_NOTHING:
        if args.command not in LEAVES_COUNTY_FILES:
            lay_county_files(config)
        start = importlib.import_module(_DJANGO).start_django
        start(answers_pages=args.command not in ASKS_TABLES_ONLY)
    # Only now: the commands' modules hold models, which need the settings.
    command = importlib.import_module("minzheng.cli." + COMMANDS[args.command][0])
    with _little_looking_for_garbage():
        outcome: int = command.run(args, config)
    return outcome


@contextmanager
def _little_looking_for_garbage() -> Iterator[None]:
    """What was loaded stays until the end, and is not looked through before."""
    if gc.isenabled():  # only what `run` began
        yield
        return
    gc.freeze()
    gc.set_threshold(_MADE_BETWEEN_LOOKS)
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()  # else compiled libraries say at the end that something is left


def _refuse(message: str, error: BaseException) -> int:
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    print(message, file=sys.stderr)
    return REFUSED


def _report_unexpected(error: Exception) -> int:
    log = _write_log(error)
    kept = f"详细经过记在 {log}，请把它交给管理员" if log else "请联系管理员"
    return _refuse(f"程序出现意外故障（{type(error).__name__}），本次操作未完成。{kept}。", error)


def _write_log(error: Exception) -> Path | None:
    for folder in (_data_folder(), Path(tempfile.gettempdir())):
        if folder is None:
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / "minzheng.log").open("a", encoding="utf-8") as stream:
                stream.write(importlib.import_module(_LOGS).describe_error(error))
        except OSError:
            continue
        return folder / "minzheng.log"
    return None


def _data_folder() -> Path | None:
    try:
        config: Config = load_config(Path(os.environ.get(CONFIG_VARIABLE, "")))
    except (MinzhengError, OSError):
        return None
    return config.data_folder


def run() -> NoReturn:
    """Run one command and end; what was loaded is not taken apart, which takes its time."""
    gc.disable()  # while everything is loaded: none of it becomes garbage
    status = main()
    if _DJANGO in sys.modules:
        importlib.import_module("django.db").connections.close_all()
    if threading.active_count() == 1:
        with suppress(OSError, ValueError):  # Python tells it at the usual end
            sys.stdout.flush()
            sys.stderr.flush()
            atexit._run_exitfuncs()
            os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    run()
