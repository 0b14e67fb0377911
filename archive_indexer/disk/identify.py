"""A file is known by the SHA-256 of its content (FIPS 180-4)."""

import hashlib
import os
from pathlib import Path

from archive_indexer.documents import ArchiveFile
from archive_indexer.errors import FileChangingError, FileGoneError

Signature = tuple[int, int]  #: size in bytes, modification time in ns
_CHUNK = 1 << 20


def signature_of(file: Path) -> Signature | None:
    """Size and modification time, or None when the file is not there.

    Raises:
        OSError: when it may not be looked at.
    """
    try:
        status = file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_size, status.st_mtime_ns


def identify(path: str, file: Path) -> ArchiveFile:
    """Hash a file, and make sure that it did not change meanwhile.

    Raises:
        FileGoneError: it is not there any more.
        FileChangingError: it changed while it was read.
        OSError: it may not be read.
    """
    before = signature_of(file)
    if before is None or not file.is_file() or file.is_symlink():
        raise FileGoneError
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
        after = os.fstat(stream.fileno())
    if before != (after.st_size, after.st_mtime_ns):
        raise FileChangingError
    return ArchiveFile(path, before[0], before[1], digest.hexdigest())


def refuse_changed(file: ArchiveFile, place: Path) -> None:
    """What was read of a file counts only when it is still the file that was hashed.

    Raises:
        FileChangingError: it was written to, or taken away, while it was read.
    """
    if signature_of(place) != (file.size, file.mtime_ns):
        raise FileChangingError
