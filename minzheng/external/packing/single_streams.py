"""What compress (.Z), lzip and LZ4 packed: one stream each, unpacked while it is read.

Sources: compress(1) of 4.3BSD; the lzip manual, «File format»; LZ4 frame and block format 1.6.
"""

import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

_PIECE = 1 << 16  #: bytes that are given on at once
_LARGEST_DICTIONARY = 1 << 27
_LITERALS, _CLEAR = 256, 256
_LZIP, _TRAILER = b"LZIP", 20
_LZ4, _OLD_LZ4, _SKIPPED = 0x184D2204, 0x184C2102, 0x184D2A50
_LARGEST_BLOCK, _WINDOW, _SHORTEST_MATCH = 8 << 20, 1 << 16, 4


class _Unpacked(io.RawIOBase):
    """A stream of pieces that can be read once, from its beginning to its end."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, room: "bytearray | memoryview") -> int:  # type: ignore[override]
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._held = piece
        size = min(len(room), len(self._held))
        room[:size] = self._held[:size]
        self._held = self._held[size:]
        return size


def opened(file: Path, kind: str) -> io.BufferedReader:
    """The unpacked content of a file of kind z, lz or lz4.

    Raises, while it is read:
        EOFError, ValueError, lzma.LZMAError: it is cut off or broken.
        NotImplementedError: it needs more memory than is given.
    """
    return io.BufferedReader(_Unpacked(_of_file(file, _WAYS[kind])), _PIECE)


def _of_file(file: Path, pieces: Callable[[IO[bytes]], Iterator[bytes]]) -> Iterator[bytes]:
    with file.open("rb") as stream:
        yield from pieces(stream)


def _compress_pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Of compress: numbers of 9 to 16 bits, each a sign or an earlier string and a sign."""
    head = stream.read(3)
    if len(head) < 3:
        raise EOFError
    strings = _Strings(most_bits=head[2] & 0x1F, can_be_cleared=bool(head[2] & 0x80))
    out = bytearray()
    # the width grows and starts anew only between groups of eight numbers
    while group := stream.read(strings.bits):
        width = strings.bits
        numbers = int.from_bytes(group, "little")
        for at in range(0, len(group) * 8 - width + 1, width):
            out += strings.said_by(numbers >> at & (1 << width) - 1)
            if strings.starts_group:
                break
        if len(out) >= _PIECE:
            yield bytes(out)
            out.clear()
    yield bytes(out)


class _Strings:
    """The strings met so far: each an earlier one and its last sign."""

    def __init__(self, most_bits: int, *, can_be_cleared: bool) -> None:
        if not 9 <= most_bits <= 16:
            raise ValueError("bits")
        self._most_bits, self._first = most_bits, _LITERALS + can_be_cleared
        self._can_be_cleared = can_be_cleared
        self.starts_group = False  #: whether the rest of the group is filling
        self._forget()

    def _forget(self) -> None:
        self.bits = 9
        self._before: list[int] = [0] * self._first
        self._last = bytearray(range(_LITERALS)) + bytearray(self._first - _LITERALS)
        self._previous, self._begin = -1, 0

    def said_by(self, number: int) -> bytes:
        """The string of a number; learns the one before with its first sign."""
        self.starts_group = False
        if self._can_be_cleared and number == _CLEAR and self._previous >= 0:
            self._forget()
            self.starts_group = True
            return b""
        if self._previous < 0:
            if number >= _LITERALS:
                raise ValueError("first")
            self._previous = self._begin = number
            return bytes((number,))
        said = self._told(number)
        self._begin = said[0]
        self._learn()
        self._previous = number
        return said

    def _told(self, number: int) -> bytes:
        if number > len(self._before):
            raise ValueError("number")
        said = bytearray()
        if number == len(self._before):  # the one that is about to be learnt
            said.append(self._begin)
            number = self._previous
        while number >= _LITERALS:
            said.append(self._last[number])
            number = self._before[number]
        said.append(number)
        said.reverse()
        return bytes(said)

    def _learn(self) -> None:
        if len(self._before) < 1 << self._most_bits:
            self._before.append(self._previous)
            self._last.append(self._begin)
        if len(self._before) >= 1 << self.bits and self.bits < self._most_bits:
            self.bits += 1
            self.starts_group = True


def _lzip_pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Of lzip: members one behind the other, each with the sum of what is in it."""
    head = stream.read(6)
    while head.startswith(_LZIP):
        if len(head) < 6:
            raise EOFError
        unpacking = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[_lzip_filter(head[5])])
        total, size = 0, 0
        while not unpacking.eof:
            packed = stream.read(_PIECE) if unpacking.needs_input else b""
            if unpacking.needs_input and not packed:
                raise EOFError
            piece = unpacking.decompress(packed, _PIECE)
            total, size = zlib.crc32(piece, total), size + len(piece)
            yield piece
        rest = unpacking.unused_data
        rest += stream.read(max(0, _TRAILER + 6 - len(rest)))
        if rest[:4] != total.to_bytes(4, "little") or rest[4:12] != size.to_bytes(8, "little"):
            raise EOFError
        stream.seek(_TRAILER + 6 - len(rest), io.SEEK_CUR)
        head = rest[_TRAILER : _TRAILER + 6]


def _lzip_filter(code: int) -> dict[str, int]:
    size = 1 << (code & 0x1F)
    size -= (size >> 4) * (code >> 5)
    if size > _LARGEST_DICTIONARY:
        raise NotImplementedError
    return {"id": lzma.FILTER_LZMA1, "dict_size": size, "lc": 3, "lp": 0, "pb": 2}


def _lz4_pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Of LZ4: frames one behind the other."""
    while head := stream.read(4):
        mark = int.from_bytes(head, "little")
        if mark == _LZ4:
            yield from _frame(stream)
        elif mark == _OLD_LZ4:
            yield from _old_frame(stream)
            return
        elif mark & ~0xF == _SKIPPED:
            stream.seek(_number(stream), io.SEEK_CUR)
        else:
            raise ValueError("frame")


def _frame(stream: IO[bytes]) -> Iterator[bytes]:
    flags = stream.read(2)
    if len(flags) < 2 or flags[0] >> 6 != 1:
        raise ValueError("version")
    stream.read((8 if flags[0] & 8 else 0) + (4 if flags[0] & 1 else 0) + 1)
    are_linked, is_summed = not flags[0] & 0x20, bool(flags[0] & 0x10)
    window = b""
    while size := _number(stream):
        packed = _whole(stream, size & 0x7FFFFFFF)
        block = packed if size >> 31 else _block(packed, window)
        yield block
        window = (window + block)[-_WINDOW:] if are_linked else b""
        if is_summed:
            stream.read(4)
    if flags[0] & 4:
        stream.read(4)


def _old_frame(stream: IO[bytes]) -> Iterator[bytes]:
    while head := stream.read(4):
        yield _block(_whole(stream, int.from_bytes(head, "little")), b"")


def _block(packed: bytes, window: bytes) -> bytes:
    """A block: signs as they are, then a place and a length of what stood before, by turns."""
    out, at = bytearray(window), 0
    while at < len(packed):
        token = packed[at]
        count, at = _length(packed, at + 1, token >> 4)
        if at + count > len(packed):
            raise EOFError
        out += packed[at : at + count]
        at += count
        if at == len(packed):
            break
        back = int.from_bytes(packed[at : at + 2], "little")
        count, at = _length(packed, at + 2, token & 15)
        _repeat(out, back, count + _SHORTEST_MATCH)
        if len(out) - len(window) > _LARGEST_BLOCK:
            raise ValueError("block")
    return bytes(out[len(window) :])


def _length(packed: bytes, at: int, begun: int) -> tuple[int, int]:
    if begun < 15:
        return begun, at
    while at < len(packed):
        begun, at = begun + packed[at], at + 1
        if packed[at - 1] != 255:
            return begun, at
    raise EOFError


def _repeat(out: bytearray, back: int, count: int) -> None:
    if not 0 < back <= len(out):
        raise ValueError("place")
    if count > _LARGEST_BLOCK:
        raise ValueError("length")
    seen = bytes(out[len(out) - back : len(out) - back + count])
    out += (seen * (count // len(seen) + 1))[:count]


def _number(stream: IO[bytes]) -> int:
    return int.from_bytes(_whole(stream, 4), "little")


def _whole(stream: IO[bytes], size: int) -> bytes:
    if size > _LARGEST_BLOCK + _PIECE:
        raise ValueError("block")
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


_WAYS: dict[str, Callable[[IO[bytes]], Iterator[bytes]]] = {
    "z": _compress_pieces,
    "lz": _lzip_pieces,
    "lz4": _lz4_pieces,
}
