"""Programs that are packed files at their end: whoever starts them gets the files out."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

_PROGRAMS = (b"MZ", b"\x7fELF")
_MOST_OF_PROGRAM = 4 << 20  #: bytes within which the packed file begins
_RAR_4, _RAR_5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
_SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"
_FIRST_HEADER_OF_RAR = 0x73


def is_program(head: bytes) -> bool:
    """Whether a file begins as programs do."""
    return head.startswith(_PROGRAMS)


def packed_behind(file: Path) -> tuple[str, int]:
    """The kind of the packed file at the end of a program and where it begins; else empty."""
    with file.open("rb") as stream:
        begin = stream.read(_MOST_OF_PROGRAM)
    for mark, kind, is_begin in _MARKS:
        at = begin.find(mark)
        while at >= 0:
            if is_begin(begin[at : at + 32]):
                return kind, at
            at = begin.find(mark, at + 1)
    return ("zip", 0) if zipfile.is_zipfile(file) else ("", 0)


@contextmanager
def without_program(file: Path) -> Iterator[Path]:
    """A packed file by itself, where a program stands before it; else the file as it is."""
    with file.open("rb") as stream:
        _, start = packed_behind(file) if is_program(stream.read(4)) else ("", 0)
        if not start:
            yield file
            return
        with TemporaryDirectory(prefix="minzheng-behind-") as folder:
            alone = Path(folder) / "packed"
            stream.seek(start)
            with alone.open("wb") as target:
                copyfileobj(stream, target, 1 << 20)
            yield alone


# A program that packs and unpacks holds these marks, too: what follows must come out.


def _is_seven_zip(begin: bytes) -> bool:
    return len(begin) == 32 and zlib.crc32(begin[12:32]) == int.from_bytes(begin[8:12], "little")


def _is_rar_4(begin: bytes) -> bool:
    return begin[9:10] == bytes([_FIRST_HEADER_OF_RAR])


def _is_rar_5(begin: bytes) -> bool:
    """The sum of the first header, whose size is one byte."""
    size = begin[12] if len(begin) == 32 else 0x80
    header = begin[12 : 13 + size]
    is_whole = size < 20
    return is_whole and zlib.crc32(header) == int.from_bytes(begin[8:12], "little")


_MARKS = (
    (_SEVEN_ZIP, "7z", _is_seven_zip), (_RAR_4, "rar", _is_rar_4), (_RAR_5, "rar", _is_rar_5)
)  # fmt: skip
