"""The columns of a segment as Whoosh writes them, read without a look at each entry."""

import os
import threading
import weakref
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from archive_indexer.index.index_segment import ROW, Numbers
from archive_indexer.index.on_disk.asked_ahead import ask_for_bytes

_END = 3  #: bytes at the end that say how the lengths are written
_LONGEST = 8  #: bytes of a length, and of a place
_MORE, _SEVEN_BITS = 0x80, 0x7F

Codes = NDArray[np.uint16]


class Entries:
    """The entries of a column of bytes of any length."""

    def __init__(self, file: Path, count: int) -> None:
        self._count = count
        self._stream: BinaryIO | None = None
        if file.exists():
            self._stream = file.open("rb")
            weakref.finalize(self, self._stream.close)

    @cached_property
    def lengths(self) -> Numbers:
        """How many bytes each has."""
        if self._stream is None:
            return np.zeros(self._count, dtype=np.int64)
        size = os.fstat(self._stream.fileno()).st_size
        end = _read(self._stream, max(0, size - _END), _END)
        begin = max(0, size - _bytes_of_lengths(end, self._count))
        return _lengths_in(_read(self._stream, begin, size - begin), self._count)

    def ask_for_lengths(self) -> None:
        """Have read what is told of the entries."""
        if self._stream is not None:
            descriptor = self._stream.fileno()
            size = os.fstat(descriptor).st_size
            told = min(size, _LONGEST * self._count + _END)
            ask_for_bytes(descriptor, size - told, told)

    def ask_for(self, numbers: Sequence[int]) -> None:
        """Have some entries read."""
        if self._stream is not None:
            for one in numbers:
                ask_for_bytes(self._stream.fileno(), self._starts[one], self._sizes[one])

    def read(self, numbers: Sequence[int]) -> list[bytes]:
        """Some entries; those that lie in a row are read at once.

        They are not mapped: each page of memory that is touched for the first time costs as much
        as two reads.
        """
        stream = self._stream
        if not numbers or stream is None:
            return [b""] * len(numbers)
        starts, sizes = self._starts, self._sizes
        if numbers[-1] - numbers[0] == len(numbers) - 1 > 0:
            begin = starts[numbers[0]]
            row = _read(stream, begin, starts[numbers[-1]] + sizes[numbers[-1]] - begin)
            return [row[starts[one] - begin : starts[one] - begin + sizes[one]] for one in numbers]
        return [_read(stream, starts[one], sizes[one]) for one in numbers]

    @cached_property
    def _starts(self) -> memoryview:
        return (np.cumsum(self.lengths) - self.lengths).data

    @cached_property
    def _sizes(self) -> memoryview:
        return self.lengths.data


def _bytes_of_lengths(end: bytes, count: int) -> int:
    """How much is told of the entries, behind them all."""
    if end.endswith(b"X"):
        sizes = [np.dtype(f">{chr(one)}").itemsize for one in end[:2]]
        return count * sum(sizes) + _END
    return count * np.dtype(f">{chr(end[-1])}").itemsize + 1


def _lengths_in(raw: bytes, count: int) -> Numbers:
    """How long each entry is: told behind all entries, the highest byte first.

    Whoosh ends a column with the type of the lengths; where it wrote the places of the entries,
    too, with the type of these and an X.
    """
    end, code = len(raw) - 1, chr(raw[-1])
    if code == "X":
        places = np.dtype(f">{chr(raw[end - 1])}")
        code, end = chr(raw[end - 2]), end - 2 - count * places.itemsize
    kind = np.dtype(f">{code}")
    return np.frombuffer(raw[end - count * kind.itemsize : end], kind, count).astype(np.int64)


def read_codes(file: Path, count: int) -> tuple[Codes, list[str]]:
    """A column of values that many documents share: a code for each, and the values by code.

    Raises:
        ValueError, LookupError: it is no such column, or cut off.
    """
    if not file.exists():
        return np.zeros(count, dtype=np.uint16), [""]
    raw = file.read_bytes()
    kind = np.dtype(">u1" if raw[-1:] == b"B" else ">u2")
    codes = np.frombuffer(raw, kind, count).astype(np.uint16)
    number, at = _varint(raw, count * kind.itemsize)
    values = []
    for _ in range(number):
        size, at = _varint(raw, at)
        values.append(raw[at : at + size].decode())
        at += size
    return codes, values


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    """A number written seven bits a byte, the lowest first, and where it ends."""
    number = shift = 0
    while raw[at] & _MORE:
        number |= (raw[at] & _SEVEN_BITS) << shift
        at, shift = at + 1, shift + 7
    return number | raw[at] << shift, at + 1


def read_rows(file: Path, count: int) -> NDArray[np.void]:
    """The fixed row of each document; rows of nothing but zeros at the end are not written."""
    written = np.frombuffer(file.read_bytes() if file.exists() else b"", dtype=ROW)
    if len(written) == count:
        return written  # as it lies: rows are slow to copy
    rows = np.zeros(count, dtype=ROW)
    rows[: len(written)] = written
    return rows


def _read_at(stream: BinaryIO, begin: int, size: int) -> bytes:
    return os.pread(stream.fileno(), size, begin)


def _seek_and_read(stream: BinaryIO, begin: int, size: int) -> bytes:
    with _SEEKING:
        stream.seek(begin)
        return stream.read(size)


_SEEKING = threading.Lock()
_read = _read_at if hasattr(os, "pread") else _seek_and_read  # Windows has no pread
