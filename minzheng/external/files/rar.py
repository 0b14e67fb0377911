"""RAR files: by the library that comes with the program, else by bsdtar where one is installed.

The library (unrar2-cffi) is on no registry for ARM, so it may be missing.
"""

import importlib.util
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from minzheng.county.errors import MinzhengError
from minzheng.external.packing.bsdtar import find_bsdtar

_BY_LIBRARY = "随程序安装的组件"
_MARK_4, _MARK_5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
_OLD_VOLUME, _OLD_HIDDEN = 0x0001, 0x0080  #: flags of the first header of RAR 4
_SUM = 4  #: bytes of a header's check sum in RAR 5
_MAIN_HEADER, _HIDDEN_HEADER = 1, 4  #: types of the first header of RAR 5
_HAS_EXTRA, _HAS_DATA = 1, 2  #: flags of a header: a size more stands before what is its own


class NoRarOpenerError(MinzhengError):
    """本机打不开 .rar。解压后放回原处，或装 bsdtar（软件包 libarchive-tools）再重新识别。"""


@dataclass(frozen=True, slots=True)
class RarHead:
    """What the first header of a RAR tells."""

    hides_names: bool = False  #: even the list of its files is encrypted
    is_volume: bool = False  #: one of several parts


def look_at_head(file: Path) -> RarHead:
    """The first header of a RAR file; of any other nothing is told."""
    with file.open("rb") as stream:
        head = stream.read(64)
    if head.startswith(_MARK_5):
        return _of_new(head[len(_MARK_5) + _SUM :])
    if head.startswith(_MARK_4):
        flags = int.from_bytes(head[len(_MARK_4) + 3 :][:2], "little")
        return RarHead(bool(flags & _OLD_HIDDEN), bool(flags & _OLD_VOLUME))
    return RarHead()


def _of_new(header: bytes) -> RarHead:
    numbers = _numbers_in(header)
    _, kind, flags = next(numbers), next(numbers), next(numbers)
    if kind != _MAIN_HEADER:
        return RarHead(hides_names=kind == _HIDDEN_HEADER)
    for more in (_HAS_EXTRA, _HAS_DATA):
        if flags & more:
            next(numbers)
    return RarHead(is_volume=bool(next(numbers) & 1))


def _numbers_in(header: bytes) -> Iterator[int]:
    """Whole numbers of seven bits a byte, the last byte without its highest bit; then 0."""
    number = shift = 0
    for byte in header:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0
    yield from itertools.repeat(0)


def has_library() -> bool:
    """Whether the library is installed here."""
    return importlib.util.find_spec("unrar") is not None


def find_rar_opener() -> str:
    """What opens RAR files here; empty: nothing does."""
    return _BY_LIBRARY if has_library() else find_bsdtar()
