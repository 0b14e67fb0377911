"""What a supporter asks about a machine: its system, its fonts, the programs it has."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from minzheng.external.process_memory import machine_memory_mib
from minzheng.external.run_program import (
    MissingProgramError,
    ProgramFailedError,
    find_program,
    run_program,
)

_WAIT_SECONDS = 30.0
#: The families our forms are printed in; where one is missing another is drawn in its place.
OFFICIAL_FONTS = ("仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "黑体", "宋体")
_FILES_OF_WINDOWS = {
    "仿宋": "simfang.ttf",
    "楷体": "simkai.ttf",
    "黑体": "simhei.ttf",
    "宋体": "simsun.ttc",
}


@dataclass(frozen=True, slots=True)
class Fonts:
    """Which of the official families are there, and whether any Chinese one is."""

    there: tuple[str, ...]
    has_chinese: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """Those that are drawn with another one."""
        return tuple(name for name in OFFICIAL_FONTS if name not in self.there)


def describe_machine() -> str:
    """System, processor, memory, in one line."""
    cores, memory = os.cpu_count() or 1, machine_memory_mib() / 1024
    return f"{_system()}，{platform.machine()}，{cores} 个处理器，内存 {memory:.1f} GB"


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"


def find_fonts(windows_folder: Path = Path("C:/Windows/Fonts")) -> Fonts:
    """Asked of fontconfig; on Windows of its folder of fonts."""
    if windows_folder.is_dir():
        there = [
            name for name, file in _FILES_OF_WINDOWS.items() if (windows_folder / file).exists()
        ]
        official = [name for name in OFFICIAL_FONTS if name.removesuffix("_GB2312") in there]
        return Fonts(tuple(official), bool(there))
    families = _listed(":", "family")
    there = [name for name in OFFICIAL_FONTS if name in families]
    return Fonts(tuple(there), bool(_listed(":lang=zh-cn", "family")))


def _listed(*words: str) -> frozenset[str]:
    program = find_program("fc-list")
    if program is None:
        return frozenset()
    try:
        told = run_program([program, *words], _WAIT_SECONDS)
    except ProgramFailedError:
        return frozenset()
    return frozenset(name.strip() for line in told.splitlines() for name in line.split(","))


def version_of(*names: str) -> str:
    """What the first of these programs says of its version; empty: none is there."""
    program = find_program(*names)
    if program is None:
        return ""
    try:
        told = run_program([program, "--version"], _WAIT_SECONDS)
    except (ProgramFailedError, MissingProgramError, OSError):
        return "有，但启动不了"
    return told.strip().splitlines()[0] if told.strip() else "版本不明"
