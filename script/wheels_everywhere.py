"""Whether every package of the product has a wheel for every machine and Python that is promised.

    python -m script.wheels_everywhere [FOLDER]     writes docs/wheels.md

Each wheel is really fetched, by its hash, for a system with glibc 2.28; what one combination
has fetched the next need not.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from script.wheelhouse import LOCK, MACHINES, PYTHONS, Machine, Pin, pins_for, read_lock, target

GUIDE = LOCK.parents[1] / "docs" / "wheels.md"
_MISSING = re.compile(r"No matching distribution found for ([\w.-]+)==")
_HEAD = """\
# 各种电脑都装得上

由 `python -m script.wheels_everywhere` 生成：\
按 `requirements/product.lock` 逐个下载各种电脑、各版 Python 的安装包（wheel），核对校验值。\
Linux 的一律取能在 glibc 2.28（统信 20、麒麟 V10、Debian 10）上运行的。\
数字是应装的组件数。

"""
_FOOT = """\

缺的怎么办：

- `unrar2-cffi` 没有 ARM 的安装包，ARM 上不装；\
打开 .rar 用系统的 bsdtar（`apt install libarchive-tools`），\
没有时 .rar 只登记，页面和 `minzheng doctor` 说明。见 `minzheng/external/files/rar.py`。
- 龙芯（loongarch64）：没有查过，也没有试过；按公开的情况要从源码编译。
"""


class FetchingFailedError(Exception):
    """Not a missing wheel: the registry is away, the disk is full."""


@dataclass(frozen=True, slots=True)
class Row:
    """One machine with one Python: how many packages, and which have no wheel."""

    machine: Machine
    python: str
    wanted: int
    missing: tuple[str, ...]


def look_everywhere(folder: Path) -> Iterator[Row]:
    """Every machine with every Python."""
    for machine in MACHINES.values():
        for python in PYTHONS:
            pins = pins_for(machine, python)
            yield Row(
                machine, python, len(pins), tuple(find_missing(machine, python, pins, folder))
            )


def find_missing(machine: Machine, python: str, pins: Sequence[Pin], folder: Path) -> Iterator[str]:
    """Fetch all that there is; gives what there is not."""
    left = list(pins)
    while name := _first_missing(machine, python, left, folder):
        yield name
        left = [one for one in left if one.name != name]


def _first_missing(machine: Machine, python: str, pins: list[Pin], folder: Path) -> str:
    listed = folder / "requirements.txt"
    listed.write_text("".join(f"{one.as_line()}\n" for one in pins), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--dest", str(folder), "--requirement", str(listed)]
    done = subprocess.run(
        command + target(machine, python), check=False, text=True, capture_output=True
    )
    if not done.returncode:
        return ""
    missing = _MISSING.search(done.stderr)
    if missing is None:
        raise FetchingFailedError(done.stderr)
    return missing[1]


def as_guide(rows: Sequence[Row]) -> str:
    """The table of docs/wheels.md."""
    lines = [f"| 电脑 | {' | '.join(PYTHONS)} |", f"|---|{'---|' * len(PYTHONS)}"]
    for machine in MACHINES.values():
        cells = [_cell(row) for row in rows if row.machine == machine]
        lines.append(f"| {machine.title} | {' | '.join(cells)} |")
    left_out = sorted(
        {one.name for one in read_lock(LOCK.read_text(encoding="utf-8"))}
        - {one.name for one in pins_for(MACHINES["linux-aarch64"], PYTHONS[0])}
        - {one.name for one in pins_for(MACHINES["linux-aarch64"], PYTHONS[-1])}
    )
    lines.append(f"\nLinux ARM64 上按条件不装的：{'、'.join(f'`{one}`' for one in left_out)}。")
    return f"{_HEAD}{chr(10).join(lines)}\n{_FOOT}"


def _cell(row: Row) -> str:
    if row.missing:
        return f"缺 {'、'.join(row.missing)}"
    return f"{row.wanted} 个，全有"


def main(words: list[str]) -> int:
    """Look, and write the table; 1 when a wheel is missing."""
    with tempfile.TemporaryDirectory(prefix="minzheng-wheels-") as temporary:
        folder = Path(words[0] if words else temporary)
        folder.mkdir(parents=True, exist_ok=True)
        rows = []
        for row in look_everywhere(folder):
            print(f"{row.machine.name} {row.python}: {_cell(row)}", flush=True)
            rows.append(row)
    GUIDE.write_text(as_guide(rows), encoding="utf-8")
    return int(any(row.missing for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
