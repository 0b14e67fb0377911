"""Encrypted files in the format of age, by pyrage: streamed, every chunk authenticated.

What is written here, the program `age` opens as well. An identity is the secret text
`AGE-SECRET-KEY-1…`; locked by a passphrase (scrypt) it may lie beside what it opens.
"""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Protocol, TypeVar

import pyrage
from pyrage import passphrase as by_passphrase
from pyrage import x25519

from minzheng.county.errors import MinzhengError

Given = TypeVar("Given")
Answer = TypeVar("Answer")

_CHUNK, _TAG, _NONCE = 64 * 1024, 16, 16
_LAST_LINE = b"\n--- "
_LAST_LINE_LENGTH = 49  #: from the end of the line before to its own
_LONGEST_HEADER = 4096
#: What pyrage says when the one passphrase, or the one identity, does not fit.
_DOES_NOT_FIT = ("Decryption failed", "No matching keys found")


class AgeFileError(MinzhengError):
    """加密的文件已损坏，打不开。"""


class WrongSecretError(AgeFileError):
    """口令或钥匙不对，打不开。"""


class Sink(Protocol):
    """Whatever takes bytes."""

    def write(self, data: bytes, /) -> int:
        """Take some more."""

    def flush(self) -> None:
        """Pass on what is held back."""


def new_identity() -> str:
    """A secret nobody had before."""
    return str(x25519.Identity.generate())


def is_identity(text: str) -> bool:
    """Whether a text is such a secret, whole."""
    try:
        x25519.Identity.from_str(text)
    except pyrage.IdentityError:
        return False
    return True


def lock_identity(identity: str, passphrase: str) -> bytes:
    """A secret that only its passphrase opens; takes about a second and half a gigabyte."""
    locked: bytes = by_passphrase.encrypt(identity.encode(), passphrase)
    return locked


def unlock_identity(locked: bytes, passphrase: str) -> str:
    """The secret a passphrase locks.

    Raises:
        WrongSecretError: another passphrase locks it.
        AgeFileError: it is damaged.
    """
    with _translated():
        return str(by_passphrase.decrypt(locked, passphrase).decode())


def encrypt(plain: IO[bytes], locked: Sink, identity: str) -> None:
    """Write what a stream holds so that only the identity opens it."""
    recipient = x25519.Identity.from_str(identity).to_public()
    with _own_failures(plain, locked) as (source, target):
        pyrage.encrypt_io(source, target, [recipient])


def decrypt(locked: IO[bytes], plain: Sink, identity: str) -> None:
    """Write what an encrypted stream holds; what came before damage is already written.

    Raises:
        WrongSecretError: another identity locks it.
        AgeFileError: it is damaged, cut short, or made longer.
    """
    with _translated(), _own_failures(locked, plain) as (source, target):
        pyrage.decrypt_io(source, target, [x25519.Identity.from_str(identity)])


def plain_size(file: Path) -> int:
    """How many bytes an encrypted file holds by its own length; -1: it is none, or cut short."""
    with file.open("rb") as stream:
        header = stream.read(_LONGEST_HEADER)
        length = stream.seek(0, 2)
    at = header.find(_LAST_LINE)
    payload = length - (at + _LAST_LINE_LENGTH) - _NONCE
    if at < 0 or payload < _TAG:
        return -1
    chunks = -(-payload // (_CHUNK + _TAG))
    return payload - chunks * _TAG


class _Watched:
    """Keeps the failure of a stream: pyrage tells some as a text only."""

    def __init__(self, *, source: IO[bytes] | None = None, target: Sink | None = None) -> None:
        self._source, self._target = source, target
        self.failure: OSError | None = None

    def read(self, size: int) -> bytes:
        """Read, and remember why not."""
        return b"" if self._source is None else self._tried(self._source.read, size)

    def write(self, data: bytes) -> int:
        """Write, and remember why not."""
        return 0 if self._target is None else self._tried(self._target.write, data)

    def flush(self) -> None:
        """Pass on what is held back."""
        if self._target is not None:
            self._target.flush()

    def _tried(self, deed: Callable[[Given], Answer], given: Given) -> Answer:
        try:
            return deed(given)
        except OSError as error:
            self.failure = error
            raise


@contextlib.contextmanager
def _own_failures(plain: IO[bytes], locked: Sink) -> Iterator[tuple[_Watched, _Watched]]:
    """Let the failure of a disk be told as it was, not as one of encryption."""
    source, target = _Watched(source=plain), _Watched(target=locked)
    try:
        yield source, target
    except (OSError, pyrage.EncryptError, pyrage.DecryptError) as error:
        failure = source.failure or target.failure
        if failure is None:
            raise
        raise failure from error


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except pyrage.DecryptError as error:
        if str(error) in _DOES_NOT_FIT:
            raise WrongSecretError from error
        raise AgeFileError from error
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # of the disk, not of what lies on it
        raise AgeFileError from error
