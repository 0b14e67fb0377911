"""Whether a picture that the library does not open is whole, and of a kind it does not know."""

import struct
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL.TiffImagePlugin import ImageFileDirectory_v2

_JPEG, _TIFF = b"\xff\xd8\xff", (b"II*\x00", b"MM\x00*")
_USUAL_BITS = 8  #: of a JPEG's shades; those of medicine and of some scanners have more
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LOSS = 0xC3
_WIDTH, _HEIGHT = 256, 257  #: tags of a TIFF (TIFF 6.0)
_STRIPS, _TILES = (273, 279), (324, 325)  #: where the parts begin, and how long they are
_HEAD = 1 << 20  #: bytes in which the frame of a JPEG is told


def is_foreign(file: Path) -> bool:
    """Whether nothing is missing of a picture as far as its own tables tell.

    A JPEG tells how it is coded; a TIFF where each of its parts lies.
    """
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(_JPEG):
        return _is_unusual_jpeg(head)
    return head.startswith(_TIFF) and _is_whole_tiff(file)


def _is_unusual_jpeg(head: bytes) -> bool:
    at = 2
    while at + 5 <= len(head) and head[at] == _JPEG[0]:
        if head[at + 1] in _FRAMES:
            return head[at + 4] != _USUAL_BITS or head[at + 1] == _WITHOUT_LOSS
        at += 2 + int.from_bytes(head[at + 2 : at + 4])
    return False


def _is_whole_tiff(file: Path) -> bool:
    size = file.stat().st_size
    try:
        with file.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("error")  # the library warns where its tables are cut off
            tags = ImageFileDirectory_v2(stream.read(8))
            stream.seek(tags.next)
            tags.load(stream)
        parts = [one for pair in (_STRIPS, _TILES) for one in _parts(tags, pair)]
        return bool(parts and tags[_WIDTH] and tags[_HEIGHT] and all(end <= size for end in parts))
    except (KeyError, TypeError, ValueError, SyntaxError, OSError, struct.error, Warning):
        return False


def _parts(tags: Mapping[int, Any], pair: tuple[int, int]) -> list[int]:
    """Where each part ends."""
    starts, lengths = (tags.get(tag, ()) for tag in pair)
    return [start + length for start, length in zip(starts, lengths, strict=True)]
