"""Encrypted files: only their key opens them, and only whole."""

import io
from pathlib import Path

import pytest

from minzheng.external.files.age_files import (
    AgeFileError,
    WrongSecretError,
    decrypt,
    encrypt,
    is_identity,
    lock_identity,
    new_identity,
    plain_size,
    unlock_identity,
)

IDENTITY = new_identity()
CHUNK = 64 * 1024
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK)


def locked(plain: bytes) -> bytes:
    stream = io.BytesIO()
    encrypt(io.BytesIO(plain), stream, IDENTITY)
    return stream.getvalue()


def opened(data: bytes, identity: str = IDENTITY) -> bytes:
    stream = io.BytesIO()
    decrypt(io.BytesIO(data), stream, identity)
    return stream.getvalue()


@pytest.mark.parametrize("size", SIZES)
def test_what_was_encrypted_is_opened_by_its_key_only(tmp_path: Path, size: int):
    """Its length can be told without the key."""
    plain = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    data = locked(plain)
    assert len(plain) < 64 or plain[:64] not in data
    assert opened(data) == plain
    with pytest.raises(WrongSecretError):
        opened(data, new_identity())
    (tmp_path / "a").write_bytes(data)
    assert plain_size(tmp_path / "a") == size


def test_a_byte_changed_anywhere_is_found():
    """In the header, in the first chunk, in the last."""
    data = locked(b"x" * (CHUNK + 40))
    places = [*range(0, 400, 7), *range(400, len(data), 4001), len(data) - 1]
    for at in places:
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(AgeFileError):
            opened(changed)


@pytest.mark.parametrize("kept", [0, 10, 60, 180, 250, 500, CHUNK + 100, 2 * CHUNK - 1])
def test_one_cut_short_or_made_longer_is_found(tmp_path: Path, kept: int):
    """Also at the end of a chunk."""
    plain = b"x" * (2 * CHUNK)
    data = locked(plain)
    ends = len(data) - 2 * (CHUNK + 16)
    for changed in (data[:kept], data[: ends + CHUNK + 16], data + b"x"):
        with pytest.raises(AgeFileError):
            opened(changed)
        (tmp_path / "a").write_bytes(changed)
        assert plain_size(tmp_path / "a") != len(plain)


def test_a_text_is_told_from_a_key():
    """A sign too few or changed is no key."""
    assert is_identity(IDENTITY)
    assert not is_identity(IDENTITY[:-1])
    assert not is_identity(IDENTITY[:-1] + ("Q" if IDENTITY[-1] != "Q" else "P"))
    assert not is_identity("")


def test_a_passphrase_locks_a_key():
    """Another one is told from damage."""
    data = lock_identity(IDENTITY, "一句话")
    assert IDENTITY.encode() not in data
    assert unlock_identity(data, "一句话") == IDENTITY
    with pytest.raises(WrongSecretError):
        unlock_identity(data, "一句话 ")
    for changed in (data[:-1], data[:20], b"", data[:-1] + bytes([data[-1] ^ 1])):
        with pytest.raises(AgeFileError) as told:
            unlock_identity(changed, "一句话")
        assert not isinstance(told.value, WrongSecretError)


class Failing(io.BytesIO):
    """A stream whose disk is full, or cannot be read."""

    def write(self, data, /):
        raise OSError(28, "No space left on device", "disk")

    def read(self, size=-1, /):
        raise OSError(5, "Input/output error", "disk")


def test_a_failing_disk_is_told_as_that():
    """And not as a damaged file."""
    with pytest.raises(OSError, match="No space left"):
        encrypt(io.BytesIO(b"x" * CHUNK), Failing(), IDENTITY)
    with pytest.raises(OSError, match="No space left"):
        decrypt(io.BytesIO(locked(b"x" * CHUNK)), Failing(), IDENTITY)
    with pytest.raises(OSError, match="Input/output"):
        decrypt(Failing(), io.BytesIO(), IDENTITY)
