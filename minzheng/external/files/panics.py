"""Rust libraries panic on some damaged files; Python sees that as no ordinary exception."""

from collections.abc import Iterator
from contextlib import contextmanager

from minzheng.county.errors import MinzhengError

_PANIC = "PanicException"  #: pyo3's; it can be imported from nowhere


class ParserPanicError(MinzhengError):
    """文件已损坏，读的时候出错。"""


@contextmanager
def panics_told() -> Iterator[None]:
    """Turn a panic into an exception like others; without this it ends the whole process.

    Raises:
        ParserPanicError: a Rust library met what it had not thought of.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise ParserPanicError(f"{ParserPanicError.__doc__}（{error}）") from None
