"""A file comes into its place whole, or what lay there stays."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

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
    return Draft(file, file.with_name(f".{os.getpid():x}-{secrets.token_hex(4)}{PART}"))


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
