"""Members of a zip, packed once and written with their sizes known beforehand."""

import shutil
import zipfile
import zlib
from typing import IO

_WINDOW = -zlib.MAX_WBITS
#: A run is printed and thrown away: a sixth more room for half the time.
RUN_LEVEL = 2
_CHUNK = 1 << 16


class PackedStream:
    """A member that is packed while it is written, kept in a file until its size is known."""

    def __init__(self, kept: IO[bytes]) -> None:
        self._kept = kept
        self._packer = zlib.compressobj(RUN_LEVEL, zlib.DEFLATED, _WINDOW)
        self._crc, self._size = 0, 0

    def write(self, data: bytes) -> None:
        """Add to the member."""
        self._crc = zlib.crc32(data, self._crc)
        self._size += len(data)
        self._kept.write(self._packer.compress(data))

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
    info.CRC, info.file_size = zlib.crc32(data), len(data)
    if info.compress_type == zipfile.ZIP_DEFLATED:
        packer = zlib.compressobj(RUN_LEVEL, zlib.DEFLATED, _WINDOW)
        data = packer.compress(data) + packer.flush()
    info.compress_size = len(data)
    stream = _begin(archive, info)
    stream.write(data)
    archive.start_dir = stream.tell()


def unpacked(docx: bytes, info: zipfile.ZipInfo) -> bytes | None:
    """A member of a zip held in memory; None when it is no usual one, or damaged."""
    head = docx[info.header_offset : info.header_offset + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04" or info.flag_bits & 1:
        return None
    start = info.header_offset + 30 + int.from_bytes(head[26:28], "little")
    start += int.from_bytes(head[28:30], "little")
    packed = docx[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_DEFLATED:
        try:
            data = zlib.decompress(packed, _WINDOW, max(info.file_size, 1))
        except zlib.error:
            return None
    elif info.compress_type == zipfile.ZIP_STORED:
        data = packed
    else:
        return None
    is_whole = len(data) == info.file_size and zlib.crc32(data) == info.CRC
    return data if is_whole else None


def _begin(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    """Where the data of a member goes, after its head; the zip knows of it."""
    stream = archive.fp
    if stream is None:
        raise ValueError("the zip is closed")
    info.header_offset = stream.tell()
    stream.write(info.FileHeader())
    archive.filelist.append(info)
    archive.NameToInfo[info.filename] = info
    return stream
