"""The paths of a segment as they are searched: folders once each, and names beside them.

An archive has few folders and many files in each; a text is looked for in the folders, then in
the names, which lie in one row of bytes. A path is parted at its last slash, so a text that goes
over it is looked for by its two halves.
"""

import mmap
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive_indexer.disk.file_names import as_shown
from minzheng.county.writing.chinese_text import fold_for_search
from minzheng.external.files.whole_file import whole_file

_MAGIC = b"MZF1"
_HEAD = struct.Struct("<4sIIQQ")  #: sign, documents, folders, bytes of folders, of names
_END = b"\0"  #: after each folder and name: no folded text holds it
_SAMPLE = 16  #: one byte of so many says how often each byte is

Mask = NDArray[np.bool_]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class _Row:
    """Texts in one row of bytes, each with its end."""

    held: bytes | mmap.mmap
    begin: int  #: where the first text begins
    size: int  #: bytes of all
    starts: NDArray[np.uint32]  #: where each text begins, behind that

    @classmethod
    def of(cls, texts: list[bytes]) -> "_Row":
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + len(_END)
        held = b"".join(one + _END for one in texts)
        return cls(held, 0, len(held), (np.cumsum(lengths) - lengths).astype(np.uint32))

    def whole(self) -> bytes:
        """The row as it is written."""
        return self.held[self.begin : self.begin + self.size]

    def holding(self, needle: bytes) -> Mask:
        """Texts that hold one, which may go on to the end of a text and no further."""
        mask = np.zeros(len(self.starts), dtype=bool)
        mask[self._owners(self._places(needle))] = True
        return mask

    def beginning_with(self, needle: bytes) -> Mask:
        """Texts that begin so."""
        mask = np.zeros(len(self.starts), dtype=bool)
        places = self._places(needle)
        owners = self._owners(places)
        mask[owners[self.starts[owners] == places]] = True
        return mask

    def _owners(self, places: Places) -> Places:
        return np.searchsorted(self.starts, places, side="right") - 1

    def _places(self, needle: bytes) -> Places:
        """Where a text stands in the row: its rarest byte is looked for, then the others.

        `mmap.find` compares at every byte; this looks at most of them once.
        """
        row, several = self._row, np.frombuffer(needle, np.uint8)
        rarest = int(np.argmin(self._how_many[several]))
        end = max(0, self.size - len(needle) + 1)
        places = np.flatnonzero(row[rarest : end + rarest] == several[rarest])
        for shift, byte in enumerate(needle):
            if shift != rarest:
                places = places[row[places + shift] == byte]
        return places

    @cached_property
    def _row(self) -> NDArray[np.uint8]:
        return np.frombuffer(self.held, np.uint8, self.size, self.begin)

    @cached_property
    def _how_many(self) -> Places:
        """About how often each byte stands in the row."""
        return np.bincount(self._row[::_SAMPLE], minlength=256)


@dataclass(frozen=True)
class FoldedPaths:
    """Folders, the folder of each document, and the names in the order of documents."""

    folders: _Row
    folder_of: NDArray[np.uint32]
    names: _Row

    @classmethod
    def of(cls, paths: Iterable[str]) -> "FoldedPaths":
        """From the paths as they are kept."""
        folders: dict[bytes, int] = {}
        numbers, names = [], []
        for path in paths:
            folder, slash, name = fold_for_search(as_shown(path)).encode().rpartition(b"/")
            numbers.append(folders.setdefault(folder + slash, len(folders)))
            names.append(name)
        return cls(_Row.of(list(folders)), np.array(numbers, dtype=np.uint32), _Row.of(names))

    @classmethod
    def read(cls, file: Path) -> "FoldedPaths":
        """Map the file.

        Raises:
            ValueError: it is no such file, or cut off.
        """
        with file.open("rb") as stream:
            raw = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        if len(raw) < _HEAD.size:
            raise ValueError("no head of paths")
        sign, documents, folders, of_folders, of_names = _HEAD.unpack_from(raw)
        at = _HEAD.size + 4 * (2 * documents + folders)
        if sign != _MAGIC or at + of_folders + of_names != len(raw):
            raise ValueError("no paths of ours, or cut off")
        numbers = np.frombuffer(raw, "<u4", 2 * documents + folders, _HEAD.size)
        folder_of, name_starts, folder_starts = np.split(numbers, [documents, 2 * documents])
        return cls(
            _Row(raw, at, of_folders, folder_starts),
            folder_of,
            _Row(raw, at + of_folders, of_names, name_starts),
        )

    def write(self, file: Path) -> None:
        """The file is there whole or not at all.

        Raises:
            OSError: it could not be written.
        """
        folders, names = self.folders, self.names
        sizes = (len(names.starts), len(folders.starts), folders.size, names.size)
        with whole_file(file, is_forced=True) as stream:
            stream.write(_HEAD.pack(_MAGIC, *sizes))
            for one in (self.folder_of, names.starts, folders.starts):
                stream.write(one.astype("<u4").tobytes())
            stream.write(folders.whole())
            stream.write(names.whole())

    def holding(self, text: str) -> Mask:
        """Documents whose path holds a folded text; nothing is held by all."""
        if not text:
            return np.ones(len(self.folder_of), dtype=bool)
        needle = text.encode()
        in_folder = self.folders.holding(needle)[self.folder_of]
        head, slash, rest = needle.rpartition(b"/")
        if not slash:
            whole: Mask = in_folder | self.names.holding(needle)
            return whole
        over: Mask = self.folders.holding(head + slash + _END)[self.folder_of]
        if rest:
            over = over & self.names.beginning_with(rest)
        return in_folder | over
