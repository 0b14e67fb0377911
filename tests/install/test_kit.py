"""The offline kit: what lies in it, and what of its scripts can be known without running them.

`script/kit_check` installs the one of Linux without network. There is no Windows here: its
scripts are read by PowerShell's grammar, and every command in them is one we looked up.
"""

import hashlib
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
import tree_sitter_powershell
import yaml
from tree_sitter import Language, Node, Parser

from minzheng.county.config import load_config
from minzheng.county.shipped import program_version
from script import kit_making
from script.kit_making import Order, make_kit, unpack_wheels
from script.wheelhouse import MACHINES

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
POWERSHELL = sorted((PACKAGING / "windows").glob("*.ps1"))
#: All of Windows PowerShell 5.1, looked up one by one.
CMDLETS = {
    "Add-Content", "Copy-Item", "Expand-Archive", "ForEach-Object", "Get-ChildItem",
    "Get-CimInstance", "Get-Command", "Get-Content", "Get-FileHash", "Get-ScheduledTask",
    "Join-Path", "New-Item", "New-Object", "New-ScheduledTaskAction",
    "New-ScheduledTaskPrincipal", "New-ScheduledTaskSettingsSet", "New-ScheduledTaskTrigger",
    "New-TimeSpan", "Out-Null", "Register-ScheduledTask", "Remove-Item", "Select-Object",
    "Set-Content", "Set-StrictMode", "Split-Path", "Start-ScheduledTask", "Start-Sleep",
    "Stop-Process", "Stop-ScheduledTask", "Test-Path", "Unregister-ScheduledTask",
    "Where-Object", "Write-Host", "icacls.exe",
}  # fmt: skip


def nodes(script: bytes) -> list[Node]:
    found = [Parser(Language(tree_sitter_powershell.language())).parse(script).root_node]
    for node in found:
        found += node.children
    return found


@pytest.mark.parametrize("file", POWERSHELL, ids=lambda file: file.name)
def test_a_script_of_windows_is_right_powershell(file):
    """Its whole grammar."""
    wrong = [one for one in nodes(file.read_bytes()) if one.type == "ERROR" or one.is_missing]
    assert wrong == []


@pytest.mark.parametrize("file", POWERSHELL, ids=lambda file: file.name)
def test_it_calls_only_what_there_is(file):
    """Functions of its own, and commands that were looked up."""
    every = nodes(file.read_bytes())
    own = {one.text.decode() for one in every if one.type == "function_name"}
    called = {one.text.decode() for one in every if one.type == "command_name"}
    assert len(called) > 5
    assert called - own - CMDLETS == set()


def test_a_mistake_in_powershell_is_found():
    """The two tests above can fail."""
    every = nodes(b"if ($true { Get-Nothing }")
    assert any(one.type == "ERROR" or one.is_missing for one in every)
    assert "Get-Nothing" in {one.text.decode() for one in nodes(b"Get-Nothing 'x'")} - CMDLETS


@pytest.mark.parametrize(
    "file", sorted((PACKAGING / "linux").glob("*.sh")), ids=lambda one: one.name
)
def test_a_script_of_linux_is_right_shell(file):
    """Any shell's."""
    subprocess.run(["sh", "-n", file], check=True)


def test_the_container_copies_what_is_there_and_the_settings_are_right():
    """The wheel is laid beside it by script/wheel."""
    folder = PACKAGING / "container"
    lines = (folder / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [line.split()[1] for line in lines if line.startswith("COPY ")]
    assert [one for one in copied if not (folder / one).exists()] == ["minzheng-*.whl"]
    services = yaml.safe_load((folder / "compose.yaml").read_text(encoding="utf-8"))
    (service,) = services["services"].values()
    assert all(one.startswith("127.0.0.1:") for one in service["ports"])
    targets = {one.partition(":")[2] for one in service["volumes"]}
    config = kit_making.PROJECT / "packaging" / "container" / "config.toml"
    loaded = load_config(config)
    assert {
        str(loaded.data_folder),
        str(loaded.archive_folder),
        str(loaded.inbox_folder),
    } <= targets


def test_containers_that_share_the_reading_agree(tmp_path):
    """One config; workers read the same archive, may not write it, and serve no pages."""
    folder = PACKAGING / "container"
    composed = yaml.safe_load((folder / "compose.postgresql.yaml").read_text(encoding="utf-8"))
    pages, worker = composed["services"]["minzheng"], composed["services"]["worker"]
    text = (folder / "config.postgresql.toml").read_text(encoding="utf-8")
    (tmp_path / "password").write_text("x", encoding="utf-8")
    secret = "/run/secrets/database_password"
    (tmp_path / "config.toml").write_text(
        text.replace(secret, str(tmp_path / "password")), encoding="utf-8"
    )
    loaded = load_config(tmp_path / "config.toml")
    assert loaded.shares_reading
    assert loaded.database.host in composed["services"]
    assert f'password_file = "{secret}"' in text
    for service in (pages, worker):
        config = service["environment"]["MINZHENG_CONFIG"]
        assert f"./config.postgresql.toml:{config}:ro" in service["volumes"]
        assert service["secrets"] == ["database_password"]
    assert f"./archive:{loaded.archive_folder}:ro" in worker["volumes"]
    assert worker["command"] == ["worker"]
    assert "ports" not in worker
    assert any(one.startswith(str(loaded.data_folder)) for one in worker["tmpfs"])


@pytest.fixture
def wheels(monkeypatch: pytest.MonkeyPatch):
    """One wheel in place of all, with what wheels may hold."""

    def lay(order: Order, folder: Path) -> str:
        folder.mkdir()
        with zipfile.ZipFile(folder / "one-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr("one/__init__.py", "a = 1")
            wheel.writestr("one-1.0.data/platlib/two.pyd", "b")
            wheel.writestr("one-1.0.data/scripts/one.exe", "c")
        return "one==1.0 --hash=sha256:00\n"

    monkeypatch.setattr(kit_making, "_lay_wheels", lay)


def test_a_kit_of_linux_is_one_file_with_hashes_of_all(wheels, tmp_path):
    """The Python to take along, too."""
    (tmp_path / "python" / "bin").mkdir(parents=True)
    (tmp_path / "python" / "bin" / "python3").write_text("x")
    with tarfile.open(tmp_path / "python.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "python", "python")
    order = Order(MACHINES["linux-aarch64"], "3.12", tmp_path / "python.tar.gz", tmp_path / "out")
    made = make_kit(order)
    assert made.name == f"minzheng-{program_version()}-linux-aarch64-py3.12.tar.gz"
    with tarfile.open(made) as kit:
        kit.extractall(tmp_path / "kit", filter="data")
    (folder,) = (tmp_path / "kit").iterdir()
    listed = dict(
        line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines()
    )
    there = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    assert there - {"SHA256SUMS"} == {*listed}
    assert {"install.sh", "uninstall.sh", "minzheng.service", "config.toml"} <= there
    assert {"requirements.txt", "wheels/one-1.0-py3-none-any.whl", "python/bin/python3"} <= there
    assert (folder / "MACHINE").read_text() == "aarch64\n"
    content = (folder / "install.sh").read_bytes()
    assert listed["install.sh"] == hashlib.sha256(content).hexdigest()
    subprocess.run(["sha256sum", "--quiet", "--check", "SHA256SUMS"], cwd=folder, check=True)


def test_a_kit_of_windows_holds_everything_unpacked(wheels, tmp_path):
    """Scripts as its PowerShell reads them, packages where its Python looks."""
    (tmp_path / "python-3.11.9-embed-amd64.zip").write_bytes(b"PK")
    python = tmp_path / "python-3.11.9-embed-amd64.zip"
    made = make_kit(Order(MACHINES["windows-x64"], "3.11", python, tmp_path / "out"))
    with zipfile.ZipFile(made) as kit:
        kit.extractall(tmp_path / "kit")
    (folder,) = (tmp_path / "kit").iterdir()
    assert (folder / "install.ps1").read_bytes().startswith(b"\xef\xbb\xbf#")
    assert b"\r\n" in (folder / "安装.bat").read_bytes()
    assert {"卸载.bat", "uninstall.ps1", python.name} <= {one.name for one in folder.iterdir()}
    with zipfile.ZipFile(folder / "program.zip") as program:
        packages = {one for one in program.namelist() if not one.endswith("/")}
    assert packages == {
        "Lib/site-packages/one/__init__.py", "Lib/site-packages/two.pyd", "requirements.txt",
    }  # fmt: skip


def test_a_wheel_is_unpacked_as_pip_does(tmp_path):
    """What lies in its .data comes to its place, commands are left out."""
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as wheel:
        for name in ("a/b.py", "a-1.data/purelib/c.py", "a-1.data/headers/d.h", "a-1.data/data/e"):
            wheel.writestr(name, "x")
    unpack_wheels([tmp_path / "a.whl"], tmp_path / "packages")
    files = [one for one in (tmp_path / "packages").rglob("*") if one.is_file()]
    assert {one.relative_to(tmp_path / "packages").as_posix() for one in files} == {
        "a/b.py",
        "c.py",
    }
