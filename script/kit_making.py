"""One file that installs the program where no network is: wheels, hashes, what puts them in place.

    script/offline_kit MACHINE [--python FILE] [--minor 3.11] [--out FOLDER]

MACHINE is linux-x86_64, linux-aarch64 or windows-x64. FILE is a Python to take along: for
Linux one built to run anywhere (a .tar.gz with `python/bin/python3`), for Windows the
embeddable package of the maker's own download. Without it the machine must have one, or on
Windows the package is laid beside the installer.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from minzheng.county.shipped import program_version
from script.wheelhouse import MACHINES, PYTHONS, Machine, fetch, pins_for, read_lock

PROJECT = Path(__file__).resolve().parents[1]
PACKAGING = PROJECT / "packaging"
_PIP = PROJECT / "requirements" / "kit.lock"
_BOM = "\ufeff"  #: without it PowerShell 5 takes a script for GBK
_WINDOWS_NAMES = {"install.bat": "安装.bat", "uninstall.bat": "卸载.bat"}


@dataclass(frozen=True, slots=True)
class Order:
    """Which kit is wanted."""

    machine: Machine
    minor: str
    python: Path | None
    out: Path

    @property
    def name(self) -> str:
        """What the kit is called, without its ending."""
        return f"minzheng-{program_version()}-{self.machine.name}-py{self.minor}"


def make_kit(order: Order) -> Path:
    """Gather everything in a folder, pack it into one file."""
    order.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="minzheng-kit-") as temporary:
        folder = Path(temporary) / order.name
        folder.mkdir()
        _lay_told(order, folder)
        if order.machine.system == "win32":
            _lay_windows(order, folder, Path(temporary))
        else:
            _lay_linux(order, folder)
        _lay_hashes(folder)
        return _pack(order, folder)


def _lay_told(order: Order, folder: Path) -> None:
    told = {
        "VERSION": program_version(), "PYTHON": order.minor, "MACHINE": order.machine.processor,
    }  # fmt: skip
    for name, text in told.items():
        (folder / name).write_text(f"{text}\n", encoding="ascii")
    shutil.copyfile(PROJECT / "config.toml", folder / "config.toml")
    shutil.copyfile(PROJECT / "docs" / "install.md", folder / "安装说明.md")


def _lay_linux(order: Order, folder: Path) -> None:
    for name in ("install.sh", "uninstall.sh", "minzheng.service"):
        shutil.copyfile(PACKAGING / "linux" / name, folder / name)
    (folder / "requirements.txt").write_text(_lay_wheels(order, folder / "wheels"), "utf-8")
    if order.python is not None:
        with tarfile.open(order.python) as archive:
            archive.extractall(folder, filter="tar")


def _lay_windows(order: Order, folder: Path, temporary: Path) -> None:
    for file in sorted((PACKAGING / "windows").iterdir()):
        text = file.read_text(encoding="utf-8").replace("\n", "\r\n")
        mark = _BOM if file.suffix == ".ps1" else ""
        (folder / _WINDOWS_NAMES.get(file.name, file.name)).write_bytes((mark + text).encode())
    # Windows gets the packages unpacked: its embeddable Python has no pip.
    packages = temporary / "program" / "Lib" / "site-packages"
    wheels = temporary / "wheels"
    listed = temporary / "requirements.txt"
    listed.write_text(_lay_wheels(order, wheels), encoding="utf-8")
    unpack_wheels(sorted(wheels.glob("*.whl")), packages)
    shutil.copyfile(listed, temporary / "program" / "requirements.txt")
    shutil.make_archive(str(folder / "program"), "zip", temporary / "program")
    if order.python is not None:
        shutil.copyfile(order.python, folder / order.python.name)


def unpack_wheels(wheels: Iterable[Path], packages: Path) -> None:
    """What pip does with pure and binary wheels; their commands are left out."""
    packages.mkdir(parents=True, exist_ok=True)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                place = _place_of(name)
                if place and not name.endswith("/"):
                    (packages / place).parent.mkdir(parents=True, exist_ok=True)
                    (packages / place).write_bytes(archive.read(name))


def _place_of(name: str) -> str:
    """`x-1.0.data/purelib/a.py` lies at `a.py`; commands and headers nowhere."""
    top, _, rest = name.partition("/")
    if not top.endswith(".data"):
        return name
    kind, _, inside = rest.partition("/")
    return inside if kind in ("purelib", "platlib") else ""


def _lay_wheels(order: Order, wheels: Path) -> str:
    """All that is to be installed, and the list of it with hashes."""
    pins = pins_for(order.machine, order.minor)
    fetch(order.machine, wheels, order.minor, pins)
    fetch(order.machine, wheels, order.minor, read_lock(_PIP.read_text(encoding="utf-8")))
    (wheels / "requirements.txt").unlink()
    subprocess.run([PROJECT / "script" / "wheel", wheels], check=True)
    (own,) = wheels.glob("minzheng-*.whl")
    lines = [*(one.as_line() for one in pins)]
    lines.append(f"minzheng=={program_version()} --hash=sha256:{_hash_of(own)}")
    return "".join(f"{line}\n" for line in lines)


def _lay_hashes(folder: Path) -> None:
    """Of every file, so that a stick that lost a bit is found before anything is installed."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    lines = [f"{_hash_of(file)}  {file.relative_to(folder).as_posix()}\n" for file in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _hash_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _pack(order: Order, folder: Path) -> Path:
    kind = "zip" if order.machine.system == "win32" else "gztar"
    return Path(shutil.make_archive(str(order.out / order.name), kind, folder.parent, folder.name))


def main(words: list[str]) -> int:
    """Make one kit."""
    parser = argparse.ArgumentParser(prog="script/offline_kit", description=__doc__)
    parser.add_argument("machine", choices=MACHINES)
    parser.add_argument("--python", type=Path)
    parser.add_argument("--minor", choices=PYTHONS, default=PYTHONS[0])
    parser.add_argument("--out", type=Path, default=PROJECT / "build")
    args = parser.parse_args(words)
    made = make_kit(Order(MACHINES[args.machine], args.minor, args.python, args.out))
    print(f"{made}  {made.stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
