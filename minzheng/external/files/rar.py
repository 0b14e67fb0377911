"""RAR files: by the library that comes with the program, else by bsdtar where one is installed.

The library (unrar2-cffi) is on no registry for ARM, so it may be missing. bsdtar, Debian's
libarchive-tools, turns a RAR into a tar while it reads it: nothing is laid anywhere.
"""

import importlib.util
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from minzheng.county.errors import MinzhengError

_BY_LIBRARY = "随程序安装的组件"
_IN_UTF8 = {"LC_ALL": "C.UTF-8"}  #: else bsdtar drops what the system's own code cannot write


class NoRarOpenerError(MinzhengError):
    """本机打不开 .rar。解压后放回原处，或装 bsdtar（软件包 libarchive-tools）再重新识别。"""


def has_library() -> bool:
    """Whether the library is installed here."""
    return importlib.util.find_spec("unrar") is not None


def find_rar_opener() -> str:
    """What opens RAR files here; empty: nothing does."""
    return _BY_LIBRARY if has_library() else shutil.which("bsdtar") or ""


@contextmanager
def opened_as_tar(file: Path) -> Iterator[tarfile.TarFile]:
    """A RAR as a tar that can be read once, from its beginning to its end.

    Raises:
        NoRarOpenerError: there is no bsdtar.
        RuntimeError: it is encrypted.
        tarfile.TarError: it is broken.
    """
    program = shutil.which("bsdtar")
    if program is None:
        raise NoRarOpenerError
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


def _refuse(status: int, complaints: bytes) -> None:
    if b"encrypt" in complaints.lower():
        raise RuntimeError("encrypted")
    if status:
        raise tarfile.ReadError(f"bsdtar ended with {status}")
