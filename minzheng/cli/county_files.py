"""The county's tables and forms are laid into the data folder, and follow the program."""

import sys
from collections.abc import Iterator

from minzheng.county.settings.all_settings import Config
from minzheng.external.county_files import county_folders
from minzheng.external.files.laid_files import bring_files_up_to_date

_BOTH = (
    "程序升级了，下面 {count} 项新版本和本县都改过，仍用本县的：{names}。\n"
    "两边各改了什么：minzheng differences"
)
_NAMED = 6


def lay_county_files(config: Config) -> None:
    """Lay them where they are not yet, and let them follow a new version of the program."""
    both = list(_upgrade(config))
    if both:
        names = "、".join(both[:_NAMED]) + (" 等" if len(both) > _NAMED else "")
        print(_BOTH.format(count=len(both), names=names), file=sys.stderr)


def _upgrade(config: Config) -> Iterator[str]:
    for folder, laid in county_folders(config).items():
        done = bring_files_up_to_date(laid)
        if done is not None:
            yield from (f"{folder}/{name}" for name in done.both)
