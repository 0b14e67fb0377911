"""Members of a zip, packed once and written with their sizes known beforehand."""

import io
import shutil
import struct
import zipfile
import zlib
from functools import cached_property
from types import TracebackType
from typing import IO, NamedTuple

from filler.word.joining.joined_sums import joined
from filler.word.word_package import DOS_DATE
from minzheng.external.packing.quick_packing import checksum

_WINDOW = -zlib.MAX_WBITS
#: A run is printed and thrown away: a sixth more room for half the time.
RUN_LEVEL = 2
_CHUNK = 1 << 16


_ENTRY = struct.Struct("<4s4BHHHHLLLHHHHHLL")
_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_VERSION = 20
_MOST_BYTES = (1 << 31) - 1  #: of larger members `zipfile` tells
_UTF8 = 0x800
_STANDS_ELSEWHERE = 0xFFFFFFFF  #: in files of more than 4 GB


class Held(NamedTuple):
    """What the directory of a zip says of one member."""

    header_offset: int
    flag_bits: int
    compress_type: int
    compress_size: int
    file_size: int
    CRC: int


class HeldZip:
    """A zip held in memory: its directory, read at once; of a usual one, a tenth of the time."""

    def __init__(self, data: bytes, members: dict[str, Held]) -> None:
        self._data, self.NameToInfo = data, members

    def __enter__(self) -> "HeldZip":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def namelist(self) -> list[str]:
        """All members, in their order."""
        return list(self.NameToInfo)

    def getinfo(self, name: str) -> Held:
        """What is said of one member."""
        return self.NameToInfo[name]

    def read(self, name: str) -> bytes:
        """A member that is no usual one, or damaged."""
        return self._slow.read(name)

    @cached_property
    def _slow(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self._data))


def open_held(data: bytes) -> HeldZip | zipfile.ZipFile:
    """A zip held in memory; what is unusual about its directory is left to `zipfile`.

    Raises:
        BadZipFile: it is none.
    """
    members = _directory(data)
    return zipfile.ZipFile(io.BytesIO(data)) if members is None else HeldZip(data, members)


def _directory(data: bytes) -> dict[str, Held] | None:
    """Each member by name; None when anything is otherwise than in files of Word and ours."""
    end = len(data) - _END.size
    if end < 0:
        return None
    sign, disk, first, here, count, size, at, remark = _END.unpack_from(data, end)
    if sign != b"PK\x05\x06" or disk or first or here != count or at + size != end or remark:
        return None
    known = _LAYOUTS.get((count, size))
    members = known.read(data, at) if known else None
    if members is not None:
        return members
    members, begun = {}, at
    for _ in range(count):
        found = _entry(data, at, end)
        if found is None:
            return None
        name, held, at = found
        members[name] = held
    if len(members) != count or at != end:
        return None
    if len(_LAYOUTS) < _MOST_LAYOUTS and sum(map(_entry_size, members)) == size:
        _LAYOUTS[count, size] = _Layout(data, begun, members)
    return members


def _entry_size(name: str) -> int:
    return _ENTRY.size + len(name.encode())


class _Layout:
    """A directory as thousands of documents have it: only sums, sizes and places differ."""

    #: Of an entry's fields: its sign, how it is packed, how long its name is, and the name.
    _FIXED = (0, 5, 6, 12, 13, 14, 15, 19)
    _FIELDS = 20

    def __init__(self, data: bytes, at: int, members: dict[str, Held]) -> None:
        """Of a directory that was read entry by entry."""
        entries = (f"{_ENTRY.format[1:]}{len(name.encode())}s" for name in members)
        self._whole = struct.Struct(f"<{''.join(entries)}")
        self._names = tuple(members)
        told = self._whole.unpack_from(data, at)
        self._same = [told[field :: self._FIELDS] for field in self._FIXED]

    def read(self, data: bytes, at: int) -> dict[str, Held] | None:
        """Each member by name; None when it is another directory."""
        told, step = self._whole.unpack_from(data, at), self._FIELDS
        if [told[field::step] for field in self._FIXED] != self._same:
            return None
        crc, packed, whole, offset = (told[field::step] for field in (9, 10, 11, 18))
        if _STANDS_ELSEWHERE in (*packed, *whole, *offset):
            return None
        held = map(Held, offset, told[5::step], told[6::step], packed, whole, crc)
        return dict(zip(self._names, held, strict=True))


_LAYOUTS: dict[tuple[int, int], _Layout] = {}  #: by number of members and size
_MOST_LAYOUTS = 256


def _entry(data: bytes, at: int, end: int) -> tuple[str, Held, int] | None:
    """One member as the directory tells, and where the next begins; None: it is no usual one."""
    if at + _ENTRY.size > end:
        return None
    told = _ENTRY.unpack_from(data, at)
    flags, packing, crc, packed, whole = told[5], told[6], *told[9:12]
    name_size, more, remark, disk, offset = *told[12:16], told[18]
    at += _ENTRY.size
    raw = data[at : at + name_size]
    is_usual = told[0] == b"PK\x01\x02" and not disk and b"\0" not in raw and b"\\" not in raw
    is_named = raw and (flags & _UTF8 or raw.isascii())
    if not is_usual or not is_named or _STANDS_ELSEWHERE in (packed, whole, offset):
        return None
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        return None
    return name, Held(offset, flags, packing, packed, whole, crc), at + name_size + more + remark


class PackedPiece(NamedTuple):
    """A piece of a member, packed such that it may stand anywhere among others."""

    data: bytes
    crc: int
    size: int  #: unpacked


class PackedStream:
    """A member that is packed while it is written, kept in a file until its size is known."""

    def __init__(self, kept: IO[bytes]) -> None:
        self._kept = kept
        self._packer = zlib.compressobj(RUN_LEVEL, zlib.DEFLATED, _WINDOW)
        self._crc, self._size = 0, 0
        self._is_begun = False  #: something was written that did not end in a full flush

    def write(self, data: bytes) -> None:
        """Add to the member."""
        self._crc = checksum(data, self._crc)
        self._size += len(data)
        self._kept.write(self._packer.compress(data))
        self._is_begun = True

    def copy(self, piece: PackedPiece) -> None:
        """Add what is packed already."""
        if self._is_begun:
            self._kept.write(self._packer.flush(zlib.Z_FULL_FLUSH))
            self._is_begun = False
        self._kept.write(piece.data)
        self._crc = joined(self._crc, piece.crc, piece.size)
        self._size += piece.size

    def with_head(self, size: int, head: bytes, kept: IO[bytes]) -> "PackedStream":
        """The same member with another beginning, packed again; this one is done with.

        Args:
            size: of the old beginning, in bytes.
            head: the new one.
            kept: where the new member is kept.
        """
        self._kept.write(self._packer.flush())
        self._kept.seek(0)
        made, unpacker = PackedStream(kept), zlib.decompressobj(_WINDOW)
        made.write(head)
        skipped = 0
        while packed := self._kept.read(_CHUNK):
            data = unpacker.decompress(packed)
            if skipped < size:
                part = min(size - skipped, len(data))
                skipped, data = skipped + part, data[part:]
            made.write(data)
        made.write(unpacker.flush())
        return made

    def put(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        """Write the member into a zip; nothing can be added to it then."""
        self._kept.write(self._packer.flush())
        info.CRC, info.file_size, info.compress_size = self._crc, self._size, self._kept.tell()
        stream = _begin(archive, info)
        self._kept.seek(0)
        shutil.copyfileobj(self._kept, stream)
        archive.start_dir = stream.tell()


def put_packed(archive: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes) -> None:
    """Write a small member; what `zipfile` does for each costs more than packing it."""
    info.CRC, info.file_size = checksum(data), len(data)
    if info.compress_type == zipfile.ZIP_DEFLATED:
        packer = zlib.compressobj(RUN_LEVEL, zlib.DEFLATED, _WINDOW)
        data = packer.compress(data) + packer.flush()
    info.compress_size = len(data)
    stream = _begin(archive, info)
    stream.write(data)
    archive.start_dir = stream.tell()


def packed_bytes(docx: bytes, info: zipfile.ZipInfo | Held) -> bytes | None:
    """A member of a zip held in memory, as it is packed; None when it is no usual one."""
    head = docx[info.header_offset : info.header_offset + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04" or info.flag_bits & 1:
        return None
    start = info.header_offset + 30 + int.from_bytes(head[26:28], "little")
    start += int.from_bytes(head[28:30], "little")
    return docx[start : start + info.compress_size]


def unpacked(docx: bytes, info: zipfile.ZipInfo | Held) -> bytes | None:
    """A member of a zip held in memory; None when it is no usual one, or damaged."""
    return unpacked_bytes(packed_bytes(docx, info), info)


def unpacked_bytes(packed: bytes | None, info: zipfile.ZipInfo | Held) -> bytes | None:
    """A member by its packed bytes; None when it is no usual one, or damaged."""
    if packed is None:
        return None
    if info.compress_type == zipfile.ZIP_DEFLATED:
        try:
            data = zlib.decompress(packed, _WINDOW, max(info.file_size, 1))
        except zlib.error:
            return None
    elif info.compress_type == zipfile.ZIP_STORED:
        data = packed
    else:
        return None
    is_whole = len(data) == info.file_size and checksum(data) == info.CRC
    return data if is_whole else None


def _begin(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    """Where the data of a member goes, after its head; the zip knows of it."""
    stream = archive.fp
    if stream is None:
        raise ValueError("the zip is closed")
    info.header_offset = stream.tell()
    name = info.filename.encode()
    is_usual = name.isascii() and info.compress_size <= _MOST_BYTES >= info.file_size
    if is_usual:
        told = (0, info.compress_type, 0, DOS_DATE, info.CRC, info.compress_size, info.file_size)
        stream.write(_LOCAL.pack(b"PK\x03\x04", _VERSION, *told, len(name), 0) + name)
    else:
        stream.write(info.FileHeader())
    archive.filelist.append(info)
    archive.NameToInfo[info.filename] = info
    return stream
