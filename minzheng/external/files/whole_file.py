"""A file comes into its place whole, or what lay there stays."""

import io
import os
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_WRITERS = 8
#: Backups and walks through the archive leave out what ends like this.
PART = ".part"


@dataclass(frozen=True, slots=True)
class Draft:
    """A file being written beside its place, under a name nobody else has."""

    file: Path
    part: Path

    def open(self, *, is_private: bool = False) -> IO[bytes]:
        """Open it to be written; a private one is read by its owner only."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.fdopen(os.open(self.part, flags, 0o600 if is_private else 0o666), "wb")

    def force(self) -> None:
        """Bring what was written to the disk itself, so that it outlives a power cut."""
        with self.part.open("rb+") as stream:
            os.fsync(stream.fileno())

    def put_in_place(self) -> None:
        """Take the place of what lay there."""
        self.part.replace(self.file)

    def drop(self) -> None:
        """Take the draft away, if it is still there."""
        self.part.unlink(missing_ok=True)


def draft_of(file: Path) -> Draft:
    """A draft beside a file; its name is short, since the file's own may be as long as allowed."""
    return Draft(file, file.with_name(_part_name()))


def _part_name() -> str:
    return f".{os.getpid():x}-{secrets.token_hex(4)}{PART}"


@contextmanager
def whole_file(
    file: Path, *, is_forced: bool = False, is_private: bool = False
) -> Iterator[IO[bytes]]:
    """Write a file through a stream: it is in place when the block ends without failure.

    `is_forced` is for what a record in the database depends on, `is_private` for what only
    the owner may read.
    """
    draft = draft_of(file)
    try:
        with draft.open(is_private=is_private) as stream:
            yield stream
        if is_forced:
            draft.force()
        draft.put_in_place()
    except BaseException:
        draft.drop()
        raise


def write_whole(
    file: Path, data: bytes, *, is_forced: bool = False, is_private: bool = False
) -> None:
    """Write a file that is known as a whole."""
    with whole_file(file, is_forced=is_forced, is_private=is_private) as stream:
        stream.write(data)


@dataclass
class OpenDrafts:
    """Files written beside their places, and brought to the disk together.

    One by one the disk waits for each; each is opened once. What is there already stays.
    """

    _open: dict[str, tuple[io.FileIO, str]] = field(default_factory=dict)  #: file → stream, part
    _pool: ThreadPoolExecutor | None = None  #: goes with this; to begin threads takes its time

    def add(self, file: Path | str, data: bytes) -> None:
        """Write a file beside its place; of two for one place, the first."""
        place = str(file)
        if place in self._open or os.path.exists(place):  # noqa: PTH110  # thousands are asked for
            return
        folder, between, _ = place.rpartition(os.sep)
        part = f"{folder}{between}{_part_name()}"
        try:
            stream = io.FileIO(part, "xb")
        except FileNotFoundError:
            Path(place).parent.mkdir(parents=True, exist_ok=True)
            stream = io.FileIO(part, "xb")
        self._open[place] = (stream, part)
        rest = memoryview(data)
        while rest:
            rest = rest[stream.write(rest) :]

    def settle(self) -> None:
        """Bring all to the disk and into their places."""
        waiting = list(self._open.items())
        self._pool = self._pool or ThreadPoolExecutor(_WRITERS)
        parts = filter(None, (waiting[start::_WRITERS] for start in range(_WRITERS)))
        begun = [self._pool.submit(_settle, part) for part in parts]
        wait(begun)  # also where one fails: nobody drops what another is still writing
        for one in begun:
            one.result()
        self._open.clear()

    def drop(self) -> None:
        """Take away what has not come into its place."""
        for stream, part in self._open.values():
            stream.close()
            Path(part).unlink(missing_ok=True)
        self._open.clear()


def _settle(waiting: list[tuple[str, tuple[io.FileIO, str]]]) -> None:
    for place, (stream, part) in waiting:
        os.fsync(stream.fileno())
        stream.close()
        os.replace(part, place)  # noqa: PTH105  # the paths are texts already


def force_folder(folder: Path) -> None:
    """Let the names in a folder outlive a power cut; not every system can be asked."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
