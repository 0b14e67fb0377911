"""bsdtar: turns a packed file of nearly any kind into a tar while it reads it.

Debian has it as libarchive-tools; Windows 10 and later bring it along as tar.exe. Nothing is
laid anywhere, so that whoever reads the tar can stop when it is too much.
"""

import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from minzheng.county.errors import MinzhengError

_IN_UTF8 = {"LC_ALL": "C.UTF-8"}  #: else bsdtar drops what the system's own code cannot write


class NoBsdtarError(MinzhengError):
    """本机打不开这种压缩包。解压后放回原处，或装 bsdtar（软件包 libarchive-tools）再重新识别。"""


def find_bsdtar() -> str:
    """Where bsdtar lies; empty: nowhere."""
    of_windows = Path(os.environ.get("SYSTEMROOT", "")) / "System32" / "tar.exe"
    brought_along = str(of_windows) if of_windows.is_absolute() and of_windows.is_file() else ""
    return shutil.which("bsdtar") or brought_along


@contextmanager
def opened_as_tar(file: Path) -> Iterator[tarfile.TarFile]:
    """A packed file as a tar that can be read once, from its beginning to its end.

    Raises:
        NoBsdtarError: there is no bsdtar.
        RuntimeError: it is encrypted.
        tarfile.TarError: it is broken.
    """
    program = find_bsdtar()
    if not program:
        raise NoBsdtarError
    command = [program, "-cf", "-", "--format", "pax", f"@{file.absolute()}"]
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints,
            env=os.environ | _IN_UTF8,
        )  # fmt: skip
        try:
            with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
                yield archive
            _refuse(process.wait(), b"")
        except tarfile.TarError:
            process.kill()
            complaints.seek(0)
            _refuse(process.wait(), complaints.read())
            raise
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def name_of(entry: tarfile.TarInfo) -> str:
    """What a member is called; one that is no UTF-8 was written in the system's code: GBK."""
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        raw = entry.name.encode("utf-8", "surrogateescape")
        return raw.decode("gb18030", "replace")
    return entry.name


def _refuse(status: int, complaints: bytes) -> None:
    if b"encrypt" in complaints.lower():
        raise RuntimeError("encrypted")
    if status:
        raise tarfile.ReadError(f"bsdtar ended with {status}")
