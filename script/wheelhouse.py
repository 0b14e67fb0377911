"""The packages of the lock as wheels for a machine: which it needs, and to have them all.

    python -m script.wheelhouse MACHINE FOLDER [PYTHON]     such as linux-aarch64, 3.12

What a package needs where (`sys_platform == 'win32'`) is judged for the machine that is meant,
not for the one this runs on; pip judges it for the latter.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker

LOCK = Path(__file__).resolve().parents[1] / "requirements" / "product.lock"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
#: 统信 20, 麒麟 V10 and Debian 10 have glibc 2.28; what needs a newer one is of no use there.
_OLDEST_GLIBC = (2, 28)


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of computer as wheels and markers name it."""

    name: str
    title: str
    system: str  #: sys_platform
    processor: str

    @property
    def tags(self) -> tuple[str, ...]:
        """The platforms whose wheels run on it."""
        if self.system == "win32":
            return ("win_amd64",)
        major, minor = _OLDEST_GLIBC
        newer = tuple(f"manylinux_{major}_{one}" for one in range(minor, 4, -1))
        old = ("manylinux2014", "manylinux2010", "manylinux1", "linux")
        return tuple(f"{one}_{self.processor}" for one in (*newer, *old))

    def environment(self, python: str) -> dict[str, str]:
        """What markers ask, answered for this machine."""
        is_windows = self.system == "win32"
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{python}.0",
            "os_name": "nt" if is_windows else "posix",
            "platform_machine": "AMD64" if is_windows else self.processor,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": "Windows" if is_windows else "Linux",
            "platform_version": "",
            "python_full_version": f"{python}.0",
            "python_version": python,
            "sys_platform": self.system,
            "extra": "",
        }


MACHINES = {
    one.name: one
    for one in (
        Machine("linux-x86_64", "Linux，x86-64（Debian、统信、麒麟）", "linux", "x86_64"),
        Machine("linux-aarch64", "Linux，ARM64（鲲鹏、飞腾）", "linux", "aarch64"),
        Machine("windows-x64", "Windows 10/11，64 位", "win32", "AMD64"),
    )
}


@dataclass(frozen=True, slots=True)
class Pin:
    """A package of a lock in one version."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    def is_meant_for(self, machine: Machine, python: str) -> bool:
        """Whether it is to be installed there."""
        return not self.marker or Marker(self.marker).evaluate(machine.environment(python))

    def as_line(self) -> str:
        """As a file of requirements has it."""
        return " ".join([f"{self.name}=={self.version}", *(f"--hash={one}" for one in self.hashes)])


def read_lock(text: str) -> list[Pin]:
    """Every package of a lock."""
    entries = re.findall(
        r"(?m)^([\w.-]+)==([^\s;\\]+)\s*(?:;([^\\\n]*))?((?:[^\n]*\\\n)*[^\n]*)", text
    )
    return [
        Pin(name, version, marker.strip(), tuple(re.findall(r"sha256:[0-9a-f]{64}", rest)))
        for name, version, marker, rest in entries
    ]


def pins_for(machine: Machine, python: str, lock: Path = LOCK) -> list[Pin]:
    """What is to be installed on a machine."""
    pins = read_lock(lock.read_text(encoding="utf-8"))
    return [one for one in pins if one.is_meant_for(machine, python)]


def target(machine: Machine, python: str) -> list[str]:
    """How pip is told for which machine it looks."""
    code = python.replace(".", "")
    words = ["--only-binary", ":all:", "--no-deps", "--implementation", "cp"]
    words += ["--python-version", python, "--abi", f"cp{code}", "--abi", "abi3", "--abi", "none"]
    return words + [word for tag in machine.tags for word in ("--platform", tag)]


def fetch(machine: Machine, folder: Path, python: str, pins: list[Pin]) -> None:
    """Download the wheels of packages, each proved by its hash; what is there stays."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = folder / "requirements.txt"
    listed.write_text("".join(f"{one.as_line()}\n" for one in pins), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--dest", str(folder), "--requirement", str(listed)]
    subprocess.run(command + target(machine, python), check=True)


def main(words: list[str]) -> int:
    """Fill a folder with all a machine needs."""
    name, folder, python = [*words, PYTHONS[0]][:3]
    machine = MACHINES[name]
    fetch(machine, Path(folder), python, pins_for(machine, python))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
