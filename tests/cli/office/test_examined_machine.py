"""What `minzheng doctor` looks at outside the data."""

import importlib.metadata
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from minzheng.cli.office import examined_machine
from minzheng.cli.office.examined_machine import Finding, State, examine_machine, shown_path
from minzheng.county.config import load_config
from minzheng.external.machine import OFFICIAL_FONTS, Fonts


@pytest.fixture
def config(tmp_path: Path):
    text = '[web]\nport = 8123\n[office]\ncounty = "测试县"\n'
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    for name in ("archive", "data"):
        (tmp_path / name).mkdir(mode=0o700)
    return load_config(tmp_path / "config.toml")


def found(config, subject: str) -> list[Finding]:
    return [one for one in examine_machine(config) if one.subject == subject]


def test_a_right_machine_has_nothing_to_mend(config):
    """Folders, disks and packages are as they should be."""
    findings = list(examine_machine(config))
    assert [one for one in findings if one.state is State.BAD] == []
    assert "源代码文件夹" in findings[0].text
    assert "都是测试过的版本" in found(config, "组件")[0].text


def test_settings_are_told_that_differ(config):
    """And no others."""
    assert found(config, "改过的设置")[0].text == "web.port = 8123；office.county = 测试县"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("postgresql://u:geheim%40@h:5432/n", "postgresql://u:***@h:5432/n"),
        ("postgresql://u:ge@heim@h/n?sslmode=require", "postgresql://u:***@h/n?sslmode=require"),
        ("postgresql://u@h:5432/n", "postgresql://u@h:5432/n"),
    ],
)
def test_a_password_in_an_address_is_not_told(config, written, shown):
    """The report goes to strangers as it is."""
    changed = replace(config, database_url=written, search_server="https://a:gei/m@s:9200")
    (told,) = found(changed, "改过的设置")
    assert f"database.url = {shown}；" in told.text
    assert "search.server = https://a:***@s:9200" in told.text


def test_folders_that_are_away_or_closed_are_told(config, monkeypatch):
    """Each with what to do; the inbox need not be there."""
    config.archive_folder.rmdir()
    (archive,) = found(config, "档案文件夹")
    assert (archive.state, "不存在或连不上" in archive.text) == (State.BAD, True)
    assert found(config, "收件箱")[0].state is State.GOOD
    config.archive_folder.mkdir()
    monkeypatch.setattr(examined_machine.os, "access", lambda place, how: False)
    assert "读不了" in found(config, "档案文件夹")[0].text


def test_a_data_folder_that_cannot_be_written_is_told(config, monkeypatch):
    """It is tried."""
    monkeypatch.setattr(examined_machine, "_is_writable", lambda folder: False)
    assert "写不进去" in found(config, "数据文件夹")[0].text
    monkeypatch.undo()
    config.data_folder.chmod(0o755)
    assert [one.text for one in found(config, "数据文件夹")][-1] == "别的用户也能进"


def test_whether_a_folder_can_be_written_is_tried(tmp_path):
    """Nothing is left there."""
    assert examined_machine._is_writable(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert not examined_machine._is_writable(tmp_path / "none")


def test_a_full_disk_is_told(config, monkeypatch):
    """Before it stops the service."""
    usage = SimpleNamespace(free=1 << 30, total=1 << 40)
    monkeypatch.setattr(examined_machine.shutil, "disk_usage", lambda place: usage)
    assert [one.state for one in found(config, "数据所在的磁盘")] == [State.BAD]


def test_what_is_missing_of_outside_programs_says_what_happens_without(config, monkeypatch):
    """PDF, old files, RAR, discs, fonts."""
    monkeypatch.setattr(examined_machine, "version_of", lambda *names: "")
    monkeypatch.setattr(examined_machine, "find_rar_opener", lambda: "")
    monkeypatch.setattr(examined_machine, "find_bsdtar", lambda: "")
    monkeypatch.setattr(examined_machine, "find_fonts", lambda: Fonts((), has_chinese=False))
    assert "不能生成 PDF" in found(config, "LibreOffice")[0].text
    assert ".rar 只登记、不识别" in found(config, "RAR 压缩包")[0].text
    assert ".iso、.cab、.lzh、cpio 只登记" in found(config, "光盘映像、老式压缩包")[0].text
    assert found(config, "字体")[0].state is State.BAD
    everything = Fonts(OFFICIAL_FONTS, has_chinese=True)
    monkeypatch.setattr(examined_machine, "find_fonts", lambda: everything)
    assert found(config, "字体")[0].text == "公文字体都有"


def test_a_part_of_libreoffice_that_is_missing_is_named(config, monkeypatch):
    """Debian packs each by itself."""
    monkeypatch.setattr(examined_machine, "version_of", lambda *names: "LibreOffice 7.4")
    monkeypatch.setattr(examined_machine, "lacks_part_for", lambda kind: kind == "ppt")
    (office,) = found(config, "LibreOffice")
    assert (office.state, "缺少打开 ppt 的部分" in office.text) == (State.NOTE, True)


def test_packages_of_other_versions_are_named(config, monkeypatch):
    """One that is missing, too."""
    real = examined_machine._version
    other = {"django": "4.0", "lxml": ""}
    monkeypatch.setattr(examined_machine, "_version", lambda name: other.get(name, real(name)))
    (packages,) = found(config, "组件")
    assert packages.state is State.NOTE
    assert "django 4.0（应为 5.2" in packages.text
    assert "lxml 没有" in packages.text
    assert examined_machine._version("no-such-package") == ""


def test_a_package_of_some_machines_only_is_not_missed(monkeypatch):
    """RAR's on ARM."""
    monkeypatch.setattr(examined_machine, "_version", lambda name: "")
    assert "unrar2-cffi" not in examined_machine._pins()
    monkeypatch.undo()
    assert examined_machine._pins()["unrar2-cffi"]


def test_an_installed_program_is_compared_with_what_was_installed(config, tmp_path, monkeypatch):
    """Files gone or of another size; its own list of packages."""
    (tmp_path / "a.py").write_text("1")
    file = SimpleNamespace(size=9, locate=lambda: tmp_path / "a.py")
    gone = SimpleNamespace(size=1, locate=lambda: tmp_path / "gone.py")
    program = SimpleNamespace(files=[file, gone, SimpleNamespace(size=None)])
    monkeypatch.setattr(examined_machine, "is_installed", lambda: True)
    monkeypatch.setattr(importlib.metadata, "distribution", lambda name: program)
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: ["django==1.0"])
    monkeypatch.setattr(examined_machine, "program_version", lambda: "9.9.9")
    monkeypatch.setattr(examined_machine, "_version", lambda name: "5.2")
    told = [one.text for one in found(config, "程序")]
    assert "已安装的程序包" in told[0]
    assert told[1].startswith("程序的 2 个文件与安装时不同")
    assert "django" in found(config, "组件")[0].text


def test_a_stranger_of_the_same_name_is_told(config, monkeypatch):
    """Another package that brings a `filler`."""
    real = examined_machine.importlib.util.find_spec

    def find(name):
        return (
            SimpleNamespace(origin="/else/filler/__init__.py") if name == "filler" else real(name)
        )

    monkeypatch.setattr(examined_machine.importlib.util, "find_spec", find)
    assert "同名组件 filler，盖住了" in found(config, "程序")[1].text
    monkeypatch.setattr(examined_machine.importlib.util, "find_spec", lambda name: None)
    assert not examined_machine._is_ours("filler")


def test_a_path_does_not_name_the_user(monkeypatch):
    """Whose home it lies in."""
    monkeypatch.setattr(Path, "home", lambda: Path("/home/测试甲"))
    assert shown_path(Path("/home/测试甲/minzheng/data")) == "~/minzheng/data"
    assert shown_path(Path("/srv/archive")) == "/srv/archive"
