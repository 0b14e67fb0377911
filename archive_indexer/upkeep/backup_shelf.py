"""Where the files of a backup lie: each content once, plain by its hash, or encrypted."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from archive_indexer.errors import BackupError
from archive_indexer.upkeep.backup_key import BackupKey
from minzheng.external.files.age_files import AgeFileError, Sink, decrypt, encrypt, plain_size
from minzheng.external.files.whole_file import draft_of

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A content that lies on the shelf."""

    sha256: str
    size: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """The contents of a backup; with a key they are encrypted, and so are their names."""

    backup: Path
    key: BackupKey | None = None

    def place_of(self, digest: str) -> Path:
        """Where a content lies."""
        if self.key is None:
            return self.backup / "files" / digest[:2] / digest
        name = self.key.name_of(digest)
        return self.backup / "locked" / name[:2] / f"{name}.age"

    def put(self, file: Path) -> Kept:
        """Keep a file, unless its content is there.

        Raises:
            BackupError: it changes while it is copied.
        """
        digest, size = hash_of(file), file.stat().st_size
        place = self.place_of(digest)
        if self._size_of(place) == size:
            return Kept(digest, size, is_new=False)
        self.write(file, place, digest)
        return Kept(digest, size, is_new=True)

    def write(self, file: Path, place: Path, digest: str) -> None:
        """Copy a file, and open the copy before it counts.

        Raises:
            BackupError: it changes while it is copied.
        """
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = draft_of(place)
        try:
            with file.open("rb") as source, draft.open(is_private=True) as target:
                if self.key is None:
                    shutil.copyfileobj(source, target, _BLOCK)
                else:
                    encrypt(source, target, self.key.identity)
            if self.digest_of(draft.part) != digest:
                raise BackupError(f"{file.name} 在备份时还在变化，请再做一次。")
            draft.put_in_place()
        finally:
            draft.drop()

    def digest_of(self, place: Path, copy: Sink | None = None) -> str:
        """The hash of what lies at a place, copied meanwhile; empty: missing or damaged."""
        target = _Hashing(copy)
        try:
            with place.open("rb") as source:
                if self.key is None:
                    shutil.copyfileobj(source, target, _BLOCK)
                else:
                    decrypt(source, target, self.key.identity)
        except (FileNotFoundError, IsADirectoryError, AgeFileError):
            return ""
        return target.digest

    def _size_of(self, place: Path) -> int:
        if not place.is_file():
            return -1
        return place.stat().st_size if self.key is None else plain_size(place)


class _Hashing:
    """Takes what is written, hashes it, and passes it on when there is somewhere to go."""

    def __init__(self, target: Sink | None) -> None:
        self._target, self._hash = target, hashlib.sha256()

    @property
    def digest(self) -> str:
        """The hash of all that was written."""
        return self._hash.hexdigest()

    def write(self, data: bytes) -> int:
        """Take some more."""
        self._hash.update(data)
        return len(data) if self._target is None else self._target.write(data)

    def flush(self) -> None:
        """Pass on what is held back."""
        if self._target is not None:
            self._target.flush()


def hash_of(file: Path) -> str:
    """The hash of a plain file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
