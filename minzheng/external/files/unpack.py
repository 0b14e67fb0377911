"""Packed files: their members are laid, numbered, into a folder of our choosing.

A member's own name is never used as a path, so no trick in it can write elsewhere; links
and devices are left out; what grows beyond the limits is refused while it grows.
"""

import bz2
import gzip
import lzma
import re
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import IO, BinaryIO

import py7zr
import py7zr.io
from py7zr.exceptions import ArchiveError as SevenZipError
from py7zr.exceptions import PasswordRequired, UnsupportedCompressionMethodError

from minzheng.county.errors import MinzhengError
from minzheng.external.files.rar import NoRarOpenerError, has_library, look_at_head
from minzheng.external.packing import single_streams
from minzheng.external.packing.bsdtar import NoBsdtarError, name_of, opened_as_tar

if has_library():
    from minzheng.external.files.rar_library import BadRarFile, read_members
else:
    BadRarFile = tarfile.ReadError  # bsdtar's tar is read in its place
if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_Stream = gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile | zstd.ZstdFile | BufferedReader
_UTF8_NAME = 0x800
_CHUNK = 1 << 20
_EMPTY_AT_MOST = 1 << 16  #: bytes of zeros; those before a disc's first volume are half of it
#: The line before each letter of a box of mails: who sent it, and a day with its hour.
BEGINS_LETTER = re.compile(rb"From \S.{0,200}\d\d:\d\d")
_TOO_LARGE = "压缩包解压后过大，只登记、不识别。请解压后放回原处。"


SPLIT = "分卷压缩包的一卷，单独打不开。请把各卷放在一起，解压后放回原处。"


class PackedError(MinzhengError):
    """压缩包已损坏，打不开。请重新复制，或解压后放回原处。"""


@dataclass(frozen=True, slots=True)
class PackLimits:
    """How much may come out of one packed file."""

    members: int = 5000
    total_bytes: int = 1 << 30
    ratio: int = 200  #: unpacked to packed, once more than `harmless_bytes` came out
    harmless_bytes: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One member: its name inside, and where its content lies."""

    name: str
    file: Path


@dataclass(slots=True)
class _Basket:
    """Takes members in and counts what they weigh."""

    folder: Path
    packed_bytes: int
    limits: PackLimits
    only: int | None = None  #: the number of the one member asked for
    number: int = 0  #: of the next member
    taken: list[Unpacked] = field(default_factory=list)
    total: int = 0

    @contextmanager
    def new(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """A function that takes the pieces of one member."""
        if self.number >= self.limits.members:
            raise PackedError(f"压缩包内文件超过 {self.limits.members} 个，请解压后放回原处。")
        file = self.folder / f"{self.number:05d}"
        self.number += 1
        with file.open("wb") as stream:

            def take(piece: bytes) -> None:
                self.weigh(len(piece))
                stream.write(piece)

            yield take
        self.taken.append(Unpacked(name.replace("\\", "/").strip("/"), file))

    def copy(self, name: str, source: IO[bytes] | _Stream) -> None:
        """Take a whole member from a stream."""
        with self.new(name) as take:
            while piece := source.read(_CHUNK):
                take(piece)

    def skips(self) -> bool:
        """Whether the next member is not the one asked for; then it is counted."""
        if self.only in (None, self.number):
            return False
        self.number += 1
        return True

    def refuse_announced(self, size: int) -> None:
        """Refuse a member that says itself that it is too large."""
        if self.total + size > self.limits.total_bytes:
            raise PackedError(_TOO_LARGE)

    def weigh(self, size: int) -> None:
        """Count what came out, and refuse what is too much."""
        self.total += size
        is_bomb = (
            self.total > self.limits.harmless_bytes
            and self.total > self.limits.ratio * self.packed_bytes
        )
        if is_bomb or self.total > self.limits.total_bytes:
            raise PackedError(_TOO_LARGE)


def unpack(
    file: Path,
    kind: str,
    folder: Path,
    limits: PackLimits | None = None,
    only: int | None = None,
) -> list[Unpacked]:
    """Lay the members of a packed file into an empty folder, in their order.

    Args:
        file: the packed file.
        kind: zip, 7z, rar, tar, gz, bz2, xz, zst, z, lz, lz4, cab, cpio, iso, lzh or mbox.
        folder: an empty folder.
        limits: how much may come out.
        only: the number, from 0, of the one member that is wanted.

    Raises:
        PackedError: broken, encrypted or too large; its message is for people.
    """
    basket = _Basket(folder, max(file.stat().st_size, 1), limits or PackLimits(), only)
    try:
        _WAYS[kind](file, basket)
    except (NotImplementedError, UnsupportedCompressionMethodError) as error:  # no damage
        raise PackedError("压缩包的压缩方式少见，读不了。请解压后放回原处。") from error
    except (PasswordRequired, RuntimeError) as error:  # zipfile says so with a RuntimeError
        raise PackedError("压缩包已加密，请提供未加密的版本。") from error
    except (
        zipfile.BadZipFile, tarfile.TarError, SevenZipError, BadRarFile,
        EOFError, ValueError, gzip.BadGzipFile, lzma.LZMAError, zstd.ZstdError,
    ) as error:  # fmt: skip
        raise PackedError from error
    return basket.taken


def _unpack_zip(file: Path, basket: _Basket) -> None:
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            if entry.is_dir() or basket.skips():
                continue
            with archive.open(entry) as source:
                basket.copy(_zip_name(entry), source)


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """A name without the UTF-8 flag was written in the system's own code: here GBK."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _unpack_tar(file: Path, basket: _Basket) -> None:
    with tarfile.open(file, "r:*") as archive:
        _take_members(archive, basket)


def _take_members(archive: tarfile.TarFile, basket: _Basket) -> None:
    for entry in archive:
        is_wanted = entry.isreg() and not basket.skips()
        source = archive.extractfile(entry) if is_wanted else None
        if source is not None:
            basket.copy(name_of(entry), source)


def _unpack_gz(file: Path, basket: _Basket) -> None:
    _unpack_single(file, basket, gzip.GzipFile)


def _unpack_bz2(file: Path, basket: _Basket) -> None:
    _unpack_single(file, basket, bz2.BZ2File)


def _unpack_xz(file: Path, basket: _Basket) -> None:
    _unpack_single(file, basket, lzma.LZMAFile)


def _unpack_single(file: Path, basket: _Basket, opened: Callable[[Path], _Stream]) -> None:
    """A tar in it is unpacked, too; anything else is one member."""
    try:
        _unpack_tar(file, basket)
    except tarfile.ReadError:
        with opened(file) as source:
            _copy_sound(file.stem, source, basket)
    else:
        _copy_no_tar(file.stem, basket, lambda: opened(file))


def _copy_sound(name: str, source: _Stream, basket: _Basket) -> None:
    """Take a whole member; damage is told apart from trouble of the disk, which has a number."""
    try:
        basket.copy(name, source)
    except OSError as error:
        if error.errno is not None:
            raise
        raise PackedError from error


def _unpack_rar(file: Path, basket: _Basket) -> None:
    head = look_at_head(file)
    if head.hides_names:
        raise PasswordRequired
    try:
        _unpack_whole_rar(file, basket)
    except (BadRarFile, tarfile.TarError, EOFError, ValueError) as error:
        raise PackedError(SPLIT if head.is_volume else "") from error
    if head.is_volume and not basket.taken:
        raise PackedError(SPLIT)


def _unpack_whole_rar(file: Path, basket: _Basket) -> None:
    if has_library():
        _unpack_rar_by_library(file, basket)
        return
    try:
        _unpack_by_bsdtar(file, basket)
    except NoBsdtarError as error:
        raise PackedError(str(NoRarOpenerError())) from error


def _unpack_rar_by_library(file: Path, basket: _Basket) -> None:
    for member in read_members(file):
        if member.is_encrypted:
            raise PasswordRequired
        if basket.skips():
            member.skip()
            continue
        basket.refuse_announced(member.size)
        with basket.new(member.name) as take:
            member.read(take)


def _unpack_rare(file: Path, basket: _Basket) -> None:
    """Images of discs, and what is packed in ways of old."""
    try:
        _unpack_by_bsdtar(file, basket)
    except NoBsdtarError as error:
        raise PackedError(str(error)) from error


def _unpack_by_bsdtar(file: Path, basket: _Basket) -> None:
    with opened_as_tar(file) as archive:
        _take_members(archive, basket)


def _unpack_zst(file: Path, basket: _Basket) -> None:
    _unpack_stream(file, basket, lambda: zstd.ZstdFile(file))


def _unpack_of_kind(kind: str) -> Callable[[Path, _Basket], None]:
    return lambda file, basket: _unpack_stream(
        file, basket, lambda: single_streams.opened(file, kind)
    )


def _unpack_stream(file: Path, basket: _Basket, opened: Callable[[], _Stream]) -> None:
    """As of any single file; tarfile itself knows few of them, or only of late."""
    try:
        with opened() as source, tarfile.open(fileobj=source, mode="r|") as archive:
            _take_members(archive, basket)
    except tarfile.ReadError:
        if basket.number:  # a tar that breaks off is no single file
            raise
        with opened() as source:
            _copy_sound(file.stem, source, basket)
    else:
        _copy_no_tar(file.stem, basket, opened)


def _copy_no_tar(name: str, basket: _Basket, opened: Callable[[], _Stream]) -> None:
    """Take what begins with so many zeros that it looks like an empty tar: a disc."""
    if basket.number:
        return
    with opened() as source:
        is_empty = not any(source.read(_EMPTY_AT_MOST))
    if not is_empty:
        with opened() as source:
            _copy_sound(name, source, basket)


def _unpack_7z(file: Path, basket: _Basket) -> None:
    with py7zr.SevenZipFile(file) as archive:
        if archive.needs_password():
            raise PasswordRequired
        archive.extractall(factory=_Writers(basket))


class _Writers(py7zr.io.WriterFactory):
    def __init__(self, basket: _Basket) -> None:
        self._basket = basket

    def create(self, filename: str) -> py7zr.io.Py7zIO:
        if self._basket.skips():
            return py7zr.io.NullIO()  # type: ignore[no-untyped-call]  # the library has no types
        return _Writer(self._basket, filename)


class _Writer(py7zr.io.Py7zIO):
    """Writes one member of a 7z; the library reads it back to check it."""

    def __init__(self, basket: _Basket, name: str) -> None:
        self._basket = basket
        with basket.new(name):
            pass
        file = basket.taken[-1].file
        self._stream: BinaryIO = file.open("w+b")

    def write(self, s: bytes | bytearray) -> int:
        self._basket.weigh(len(s))
        return self._stream.write(s)

    def read(self, size: int | None = None) -> bytes:
        return self._stream.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def flush(self) -> None:
        self._stream.flush()

    def size(self) -> int:
        here = self._stream.tell()
        end = self._stream.seek(0, 2)
        self._stream.seek(here)
        return end

    def close(self) -> None:
        self._stream.close()


def _unpack_mbox(file: Path, basket: _Basket) -> None:
    """A box of mails: each begins with a line of its own behind an empty one."""
    with file.open("rb") as stream:
        for number, letter in enumerate(_letters(stream), start=1):
            if basket.skips():
                continue
            with basket.new(f"第{number}封.eml") as take:
                take(letter)


def _letters(stream: IO[bytes]) -> Iterator[bytes]:
    letter, is_behind_empty = list[bytes](), True
    for line in stream:
        if is_behind_empty and BEGINS_LETTER.match(line):
            if letter:
                yield b"".join(letter)
            letter = []
        else:
            letter.append(line)
        is_behind_empty = not line.strip()
    if letter:
        yield b"".join(letter)


_WAYS: dict[str, Callable[[Path, _Basket], None]] = {
    "zip": _unpack_zip,
    "tar": _unpack_tar,
    "gz": _unpack_gz,
    "bz2": _unpack_bz2,
    "xz": _unpack_xz,
    "rar": _unpack_rar,
    "7z": _unpack_7z,
    "mbox": _unpack_mbox,
    "zst": _unpack_zst,
    "z": _unpack_of_kind("z"),
    "lz": _unpack_of_kind("lz"),
    "lz4": _unpack_of_kind("lz4"),
    "cab": _unpack_rare,
    "cpio": _unpack_rare,
    "iso": _unpack_rare,
    "lzh": _unpack_rare,
}
