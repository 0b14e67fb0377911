"""Which config.toml a command uses."""

import os
import shutil
import sys
from pathlib import Path

from minzheng.county.config import CONFIG_VARIABLE
from minzheng.county.shipped import is_installed, shipped

NAME = "config.toml"
_LAID = (
    "没有找到设置文件，已建好 {file}，档案、收件箱、数据都放在它旁边。\n"
    "放在别处：先建一个文件夹并把 config.toml 放进去，在那里运行，或用 --config 指明。"
)


def find_config(named: Path | None) -> Path:
    """The config file: named, from the environment, in this folder, or the program's own.

    The program's own lies in its source tree; once installed, it is the machine's, else the
    user's.
    """
    if named is not None:
        return named.absolute()
    if os.environ.get(CONFIG_VARIABLE):
        return Path(os.environ[CONFIG_VARIABLE]).absolute()
    here = Path.cwd() / NAME
    if os.path.isfile(here):  # noqa: PTH113  # a folder we may not look into has none for us
        return here
    if not is_installed():
        return shipped(NAME)
    return next(filter(os.path.exists, [of_machine()]), of_user())


def of_machine(*, is_windows: bool = os.name == "nt") -> Path:
    """The settings of the service of this machine, as an offline kit lays them."""
    if is_windows:
        return Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "minzheng" / NAME
    return Path("/etc/minzheng") / NAME


def of_user() -> Path:
    """The settings of one who only tries the program: in a folder that people can see."""
    return Path.home() / "minzheng" / NAME


def lay_missing(file: Path) -> None:
    """Lay the user's own settings at first use, and say where."""
    if is_installed() and file == of_user() and not file.exists():
        file.parent.mkdir(exist_ok=True)
        shutil.copyfile(shipped(NAME), file)
        print(_LAID.format(file=file), file=sys.stderr)
