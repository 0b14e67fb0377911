"""What `minzheng doctor` looks at outside the data: program, packages, machine, folders."""

import importlib.metadata
import importlib.util
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from minzheng.county.settings.all_settings import SETTINGS, Config
from minzheng.county.shipped import is_installed, program_version, shipped
from minzheng.external.files.rar import find_rar_opener
from minzheng.external.libreoffice import lacks_part_for
from minzheng.external.machine import describe_machine, find_fonts, version_of
from minzheng.external.packing.bsdtar import find_bsdtar

_LEAST_FREE_BYTES = 2 << 30
_OTHERS = 0o077
_ROOMS = ("filler", "archive_indexer")
_OLD_PACKED = "光盘映像、老式压缩包"
_NAME = re.compile(r"[\w.-]+")
#: An address's, to its last @: one written against the rules may hold more of them.
_PASSWORD = re.compile(r"(://[^:/]*):.*@")
_PIN = re.compile(r"([\w.-]+)(?:\[[\w,]+\])?\s*==\s*([\w.]+)")


class State(StrEnum):
    """How something stands."""

    GOOD = "好"
    NOTE = "注意"
    BAD = "要处理"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it stands, and what to do."""

    subject: str
    text: str
    state: State = State.GOOD
    do: str = ""


def examine_machine(config: Config) -> Iterator[Finding]:
    """Program, machine, folders, outside programs, settings."""
    yield from _program()
    yield Finding("电脑", describe_machine())
    yield from _folders(config)
    yield from _disks(config)
    yield from _outside_programs()
    yield _fonts()
    yield _settings(config)


def _program() -> Iterator[Finding]:
    kind = "已安装的程序包" if is_installed() else "源代码文件夹"
    python = f"Python {platform.python_version()}（{platform.python_implementation()}）"
    yield Finding("程序", f"minzheng {program_version()}，{kind}，{python}")
    strangers = [name for name in _ROOMS if not _is_ours(name)]
    if strangers:
        text = f"装着别的同名组件 {'、'.join(strangers)}，盖住了本程序的一部分"
        yield Finding("程序", text, State.BAD, "在单独的环境里重新安装本程序")
    altered = _altered_files()
    if altered:
        text = f"程序的 {len(altered)} 个文件与安装时不同，如 {altered[0]}"
        yield Finding("程序", text, State.NOTE, "若不是有意改的，重新安装")
    yield _packages()


def _is_ours(name: str) -> bool:
    """Whether a room comes from where the program lies."""
    spec, own = importlib.util.find_spec(name), importlib.util.find_spec("minzheng")
    if spec is None or own is None or not spec.origin or not own.origin:
        return False
    return Path(spec.origin).parents[1] == Path(own.origin).parents[1]


def _altered_files() -> list[str]:
    """Installed files that are gone or have another size than when they were installed."""
    if not is_installed():
        return []
    files = importlib.metadata.distribution("minzheng").files or []
    return [
        str(file)
        for file in files
        if file.size is not None and _size(Path(str(file.locate()))) != file.size
    ]


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else -1


def _packages() -> Finding:
    """Every package beside the version that was tested."""
    pins = _pins()
    there = {name: _version(name) for name in pins}
    wrong = [
        f"{name} {there[name] or '没有'}（应为 {'或'.join(sorted(versions))}）"
        for name, versions in pins.items()
        if there[name] not in versions
    ]
    if wrong:
        text = f"{len(wrong)} 个组件不是测试过的版本：{'、'.join(wrong[:8])}"
        return Finding("组件", text, State.NOTE, "重新安装程序")
    return Finding("组件", f"{len(pins)} 个，都是测试过的版本")


def _pins() -> dict[str, set[str]]:
    """The versions that were tested, by package; one may differ from Python to Python.

    What is not for every machine, and is not here, counts as not needed.
    """
    if is_installed():
        lines = importlib.metadata.requires("minzheng") or []
    else:
        named = shipped("requirements/product.in").read_text(encoding="utf-8").splitlines()
        wanted = {match[0] for match in filter(None, map(_NAME.match, named))}
        text = shipped("requirements/product.lock").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line.partition("==")[0] in wanted]
    pins: dict[str, set[str]] = {}
    for line in lines:
        match = _PIN.match(line)
        if match and (";" not in line or _version(match[1])):
            pins.setdefault(match[1], set()).add(match[2])
    return pins


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _folders(config: Config) -> Iterator[Finding]:
    yield Finding("设置文件", shown_path(config.file))
    yield _folder("档案文件夹", config.archive_folder, needs_writing=False)
    yield _folder("数据文件夹", config.data_folder, needs_writing=True)
    if config.inbox_folder.is_dir():
        yield _folder("收件箱", config.inbox_folder, needs_writing=True)
    else:
        yield Finding("收件箱", f"还没有建文件夹 {shown_path(config.inbox_folder)}")
    if os.name == "posix" and config.data_folder.is_dir():
        mode = config.data_folder.stat().st_mode
        if mode & _OTHERS:
            do = "启动一次 minzheng serve，会自动收回；或 chmod -R go= 这个文件夹"
            yield Finding("数据文件夹", "别的用户也能进", State.NOTE, do)


def _folder(subject: str, folder: Path, *, needs_writing: bool) -> Finding:
    told = shown_path(folder)
    if not folder.is_dir():
        return Finding(subject, f"{told} 不存在或连不上", State.BAD, "建好文件夹，或接好网络盘")
    if not os.access(folder, os.R_OK | os.X_OK):
        return Finding(subject, f"{told} 读不了", State.BAD, "给运行程序的用户读权限")
    if needs_writing and not _is_writable(folder):
        return Finding(subject, f"{told} 写不进去", State.BAD, "给运行程序的用户写权限")
    return Finding(subject, f"{told}，{'能读能写' if needs_writing else '能读'}")


def _is_writable(folder: Path) -> bool:
    """Tried, not asked: a share may refuse what its rights allow."""
    try:
        with tempfile.TemporaryFile(dir=folder, prefix="."):
            return True
    except OSError:
        return False


def shown_path(path: Path) -> str:
    """A path without the name of the user whose home it lies in."""
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return str(path)


def _disks(config: Config) -> Iterator[Finding]:
    for subject, folder in (
        ("数据所在的磁盘", config.data_folder), ("临时文件所在的磁盘", Path(tempfile.gettempdir())),
    ):  # fmt: skip
        place = next(one for one in (folder, *folder.parents) if one.exists())
        used = shutil.disk_usage(place)
        text = f"还有 {used.free / 1e9:.1f} GB，共 {used.total / 1e9:.0f} GB"
        if used.free < _LEAST_FREE_BYTES:
            yield Finding(subject, text, State.BAD, "腾出空间或换大的磁盘")
        else:
            yield Finding(subject, text)


def _outside_programs() -> Iterator[Finding]:
    office = version_of("soffice", "libreoffice")
    if not office:
        text = "没有安装：不能生成 PDF，.doc、.ppt、.wps 等旧格式只登记、不识别；其余照常"
        do = "Debian、统信、麒麟：apt install libreoffice-writer-nogui；Windows：装 LibreOffice"
        yield Finding("LibreOffice", text, State.NOTE, do)
    else:
        missing = [kind for kind in ("doc", "ppt") if lacks_part_for(kind)]
        yield Finding(
            "LibreOffice",
            office + (f"，缺少打开 {'、'.join(missing)} 的部分" if missing else ""),
            State.NOTE if missing else State.GOOD,
            "apt install libreoffice-impress-nogui" if missing else "",
        )
    opener = find_rar_opener()
    if opener:
        yield Finding("RAR 压缩包", f"用 {opener} 打开")
    else:
        text = "打不开：.rar 只登记、不识别；zip、7z、tar 照常"
        yield Finding("RAR 压缩包", text, State.NOTE, "apt install libarchive-tools")
    if find_bsdtar():
        yield Finding(_OLD_PACKED, "用 bsdtar 打开")
    else:
        text = "打不开：.iso、.cab、.lzh、cpio 只登记、不识别；zip、7z、tar、zst 照常"
        yield Finding(
            _OLD_PACKED, text, State.NOTE, "apt install libarchive-tools；Windows 10 起自带"
        )


def _fonts() -> Finding:
    fonts = find_fonts()
    if not fonts.has_chinese:
        do = "apt install fonts-noto-cjk；Windows 自带"
        return Finding("字体", "没有中文字体，PDF 和图里的汉字会是方框", State.BAD, do)
    if fonts.missing:
        text = f"没有 {'、'.join(fonts.missing)}，PDF 里用别的字体代替；Word 文件不受影响"
        return Finding("字体", text, State.NOTE, "有正版字体的，装上即可，不用改设置")
    return Finding("字体", "公文字体都有")


def _settings(config: Config) -> Finding:
    """What was set otherwise than the program comes."""
    differing = [
        f"{one.name} = {_without_password(value)}"
        for field, one in SETTINGS.items()
        if field not in ("archive_folder", "data_folder")
        and (value := getattr(config, field)) != one.default
    ]
    text = "；".join(differing) if differing else "都是默认值"
    return Finding("改过的设置", text)


def _without_password(value: str | float) -> str:
    """What a setting holds, fit for whoever helps: an address may hold a password."""
    return _PASSWORD.sub(r"\1:***@", str(value))
