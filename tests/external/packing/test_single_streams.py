"""What compress, lzip and LZ4 packed, and what is left of it when it is cut off."""

import lzma
from base64 import b64decode
from pathlib import Path

import pytest

from minzheng.external.packing.single_streams import opened

PACKED = {
    "z": "H52Q5Ho5IverkzlEt8pBalSuUSUFAQcWPJhwYcOHEQkaRKiQoUMF",
    "lz": "TFpJUAEXAHIvTc5GKe4xr6IeHGHXuR3el390K7UH///tf4AACZZcmDAAAAAAAAAAOAAAAAAAAAA=",
    "lz4": "BCJNGGRwuRsAAAD/AeS9juS/neaIt+WQjeWNlQoQAAhQjeWNlQoAAAAAjv0LZQ==",
}
LZ4 = b'\x04"M\x18'
TEXT = "低保户名单\n" * 3


def laid(folder: Path, content: bytes) -> Path:
    file = folder / "a"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("kind", PACKED)
def test_what_was_packed_comes_out(tmp_path: Path, kind: str):
    """To the byte, as bsdtar packed it."""
    with opened(laid(tmp_path, b64decode(PACKED[kind])), kind) as stream:
        assert stream.read().decode() == TEXT


@pytest.mark.parametrize("kind", ["lz", "lz4"])
def test_streams_may_follow_one_another(tmp_path: Path, kind: str):
    """As lzip and lz4 themselves append them."""
    with opened(laid(tmp_path, b64decode(PACKED[kind]) * 2), kind) as stream:
        assert stream.read().decode() == TEXT * 2


@pytest.mark.parametrize("kind", ["lz", "lz4"])
def test_one_that_is_cut_off_says_so(tmp_path: Path, kind: str):
    """compress notes no length, so that of its streams nothing tells it."""
    with (
        opened(laid(tmp_path, b64decode(PACKED[kind])[:-12]), kind) as stream,
        pytest.raises(EOFError),
    ):
        stream.read()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("z", b"\x1f\x9d\x8f"), ("z", b"\x1f\x9d\x90\xff\xff\xff\xff"), ("z", b"\x1f\x9d\xff"),
        ("lz", b"LZIP\1\x17\xff\xff\xff"), ("lz4", b"none"), ("lz4", LZ4 + b"\0\0"),
        ("lz4", LZ4 + b"\x64\x70\xb9\5\0\0\0\0\xff\xff\xff\xff"),
        ("lz4", LZ4 + b"\x64\x70\xb9\xff\xff\xff\x7f"),
    ],
)  # fmt: skip
def test_one_that_is_broken_says_so(tmp_path: Path, kind: str, content: bytes):
    """By numbers that stand for nothing, places before the beginning, sizes beyond sense."""
    with (
        opened(laid(tmp_path, content), kind) as stream,
        pytest.raises((ValueError, EOFError, lzma.LZMAError)),
    ):
        assert not stream.read()
        raise EOFError  # an empty one tells nothing


def test_a_dictionary_too_large_for_a_reader_is_refused(tmp_path: Path):
    """Up to 512 MiB may be asked for by one byte."""
    with (
        opened(laid(tmp_path, b"LZIP\1\x1d\0\0"), "lz") as stream,
        pytest.raises(NotImplementedError),
    ):
        stream.read()
