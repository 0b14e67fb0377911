"""What a supporter asks about a machine."""

import re
from pathlib import Path

import pytest

from minzheng.external import machine
from minzheng.external.machine import Fonts, describe_machine, find_fonts, version_of


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The only program there is."""

    def lay(name: str, script: str) -> None:
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    return lay


def test_the_machine_is_told_in_one_line():
    """System, processor, cores, memory."""
    assert re.search(r"，\d+ 个处理器，内存 \d+\.\d GB$", describe_machine())


def test_a_system_without_a_name_of_its_own_is_told_by_its_kind(monkeypatch):
    """As Windows is."""

    def refuse():
        raise OSError

    monkeypatch.setattr(machine.platform, "freedesktop_os_release", refuse)
    monkeypatch.setattr(machine.platform, "system", lambda: "Windows")
    assert describe_machine().startswith("Windows ")


def test_fonts_are_asked_of_fontconfig(program, tmp_path):
    """A family has several names."""
    program("fc-list", "echo '仿宋_GB2312,FangSong_GB2312\nNoto Sans CJK SC'")
    fonts = find_fonts(tmp_path / "none")
    assert fonts.there == ("仿宋_GB2312",)
    assert fonts.missing == ("楷体_GB2312", "方正小标宋简体", "黑体", "宋体")
    assert fonts.has_chinese


@pytest.mark.parametrize("script", ["exit 0", "exit 1"])
def test_a_machine_without_chinese_fonts_is_known(program, tmp_path, script):
    """Nothing is listed, or nothing answers."""
    program("fc-list", script)
    assert find_fonts(tmp_path / "none") == Fonts((), has_chinese=False)


def test_on_windows_its_folder_of_fonts_is_looked_at(tmp_path):
    """仿宋 stands for 仿宋_GB2312 there."""
    for name in ("simfang.ttf", "simsun.ttc"):
        (tmp_path / name).touch()
    assert find_fonts(tmp_path) == Fonts(("仿宋_GB2312", "宋体"), has_chinese=True)


def test_a_program_tells_its_version(program):
    """The first line; one that does not start is not hidden."""
    program("soffice", "echo 'LibreOffice 7.4'; echo more")
    assert version_of("soffice", "libreoffice") == "LibreOffice 7.4"
    assert version_of("minzheng-none") == ""
    program("soffice", "exit 3")
    assert version_of("soffice") == "有，但启动不了"
