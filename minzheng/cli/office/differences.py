"""`minzheng differences`: what of the tables and forms the county changed, and the program, too."""

import datetime as dt
import shutil
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.county.errors import MinzhengError
from minzheng.county.settings.all_settings import Config
from minzheng.external.county_files import county_folders
from minzheng.external.files.changed_lines import changed_lines
from minzheng.external.files.laid_files import (
    Change,
    Laid,
    find_changes,
    keep_own,
    take_shipped,
)

_IN_TREE = (
    "程序是从源代码文件夹运行的，登记表和模板就在其中的 registry、templates 里，改动用 git 看。"
)
_NO_CHANGES = "登记表和模板都是程序自带的，本县没有改过。"
_BOTH = "新版本和本县都改过，仍用本县的"
_HOW = (
    "看一项的改动：minzheng differences {name}\n"
    "看过了，仍用本县的：minzheng differences --keep {name}\n"
    "改用新版本的（本县的另存一份）：minzheng differences --take {name}"
)
_MOST_LINES = 60


class UnknownChangeError(MinzhengError):
    """没有这一项改动。"""


def run(args: Namespace, config: Config) -> int:
    """List the changes, show one, or settle one."""
    folders = county_folders(config)
    if not folders:
        print(_IN_TREE)
        return 0
    every = {
        f"{folder}/{change.name}": (laid, change)
        for folder, laid in folders.items()
        for change in find_changes(laid)
    }
    wanted = args.keep or args.take or args.name
    if not wanted:
        return _list(every)
    if wanted not in every:
        raise UnknownChangeError(f"没有“{wanted}”这一项改动。用 minzheng differences 看有哪些。")
    if args.keep or args.take:
        return _settle(args, config, *every[wanted], wanted)
    print("\n".join(_told(*every[wanted])))
    return 0


def _list(every: dict[str, tuple[Laid, Change]]) -> int:
    if not every:
        print(_NO_CHANGES)
    for name, (_, change) in every.items():
        print(f"{name}  {_BOTH if change.is_both else '本县改过'}")
    both = [name for name, (_, change) in every.items() if change.is_both]
    if both:
        print(_HOW.format(name=both[0]))
    return 0


def _told(laid: Laid, change: Change) -> Iterator[str]:
    for file in change.files:
        if change.is_both:
            yield from _lines(f"{file}：新版本的改动", laid.before / file, laid.shipped / file)
        base = laid.before if change.is_both else laid.shipped
        yield from _lines(f"{file}：本县的改动", base / file, laid.own / file)


def _lines(heading: str, old: Path, new: Path) -> Iterator[str]:
    lines = changed_lines(old, new)
    if not lines:
        if _bytes(old) != _bytes(new):
            yield f"{heading}：文字没有变，版式或写法变了"
        return
    yield heading
    yield from (f"  {'＋' if is_added else '－'} {line}" for is_added, line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield f"  （还有 {len(lines) - _MOST_LINES} 行）"


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


def _settle(args: Namespace, config: Config, laid: Laid, change: Change, name: str) -> int:
    bring_up_to_date()
    if args.keep:
        write_down(config, Action.ADMINISTER, f"升级后 {name} 仍用本县的")
        keep_own(laid, change)
        print(f"{name} 仍用本县的，不再提示。")
        return 0
    kept = config.data_folder / "replaced" / f"{dt.datetime.now():%Y%m%d-%H%M%S}" / laid.own.name
    for file in change.files:
        if (laid.own / file).exists():
            (kept / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(laid.own / file, kept / file)
    write_down(config, Action.ADMINISTER, f"升级后 {name} 改用程序自带的")
    take_shipped(laid, change)
    print(f"{name} 已改用程序自带的，本县原来的存在 {kept}。")
    return 0
