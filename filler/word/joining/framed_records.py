"""Bodies that a print run takes as they lie in an issued file, neither unpacked nor read."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from filler.word.joining.framed_body import FRAMED, find_own_number
from filler.word.joining.joined_sums import moved
from filler.word.joining.packed_parts import PackedPiece, unpacked_bytes
from filler.word.joining.record_package import RecordPackage

_FLUSHED = b"\0\0\xff\xff"  #: how a piece ends that anything may follow
_START = 4096  #: bytes in which the first number of a body usually stands


@dataclass(frozen=True, slots=True)
class RecordFrame:
    """What stands before and behind the bodies of records of one kind."""

    head: bytes
    end: bytes
    packed_head: bytes
    packed_end: bytes

    @classmethod
    def of(cls, package: RecordPackage, part: str) -> "RecordFrame | None":
        """Of one record; None: it is packed otherwise."""
        found = package.framed(part)
        data = unpacked_bytes(*found) if found else None
        if found is None or data is None:
            return None
        packed = found[0]
        places = list(_joints(packed))
        heads = ((at, _head(packed[:at], data)) for at in places)
        ends = ((at, _end(packed[at:], data)) for at in reversed(places))
        at, head = next(((at, one) for at, one in heads if one is not None), (0, b""))
        last, end = next(((at, one) for at, one in ends if one is not None), (0, b""))
        return cls(head, end, packed[:at], packed[last:]) if 0 < at < last else None

    def body_of(self, package: RecordPackage, part: str) -> PackedPiece | None:
        """The body of another record, with its sum; None: it is of another kind."""
        found = package.framed(part)
        if found is None:
            return None
        packed, info = found
        if not packed.startswith(self.packed_head) or not packed.endswith(self.packed_end):
            return None
        data = packed[len(self.packed_head) : len(packed) - len(self.packed_end)]
        size = info.file_size - len(self.head) - len(self.end)
        if size <= 0 or not data.endswith(_FLUSHED):
            return None
        with_head = moved(info.CRC ^ zlib.crc32(self.end), -len(self.end))
        return PackedPiece(data, with_head ^ moved(zlib.crc32(self.head), size), size)

    def own_number(self, piece: PackedPiece) -> bytes:
        """The number of the document; empty: none stands in it."""
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        start = unpacker.decompress(piece.data, _START)
        found = find_own_number(start)
        return found or find_own_number(start + unpacker.decompress(unpacker.unconsumed_tail))


def _joints(packed: bytes) -> Iterator[int]:
    """Behind each of the signs that pieces end with, and perhaps others that look alike."""
    at = packed.find(_FLUSHED, len(FRAMED))
    while at >= 0:
        yield at + len(_FLUSHED)
        at = packed.find(_FLUSHED, at + 1)


def _head(packed: bytes, data: bytes) -> bytes | None:
    """What a document begins with; None: no piece of it ends there."""
    try:
        head = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed)
    except zlib.error:
        return None
    return head if head and data.startswith(head) else None


def _end(packed: bytes, data: bytes) -> bytes | None:
    """What a document ends with; None: no piece of it begins there."""
    try:
        end = zlib.decompress(packed, -zlib.MAX_WBITS)
    except zlib.error:
        return None
    return end if end and data.endswith(end) else None
