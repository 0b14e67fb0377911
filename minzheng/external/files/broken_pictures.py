"""Whether a part of a picture is missing: most libraries give grey or white and say nothing.

Disks and telephones that fail leave blocks of zeros, in which no packed picture is coded.
libjpeg complains on the error stream of whoever lets it, which OpenCV does and Pillow does
not; decoded at an eighth of its size a page of 300 dpi costs a few milliseconds.
"""

import re
from typing import IO

import cv2
import numpy as np

from minzheng.external.files.complaints import complaints_heard

_MARK, _SCAN, _END = 0xFF, 0xDA, b"\xff\xd9"
_ALONE = frozenset((0x01, *range(0xD0, 0xDA)))  #: markers that no length follows
_TABLES, _COUNTS = 0xC4, 17  #: Huffman's, each with a number and how many codes of a length
_FILLED = bytes(64)  #: no JPEG is coded in so many zeros
_FILLED_IN_LAYERS = bytes(2048)  #: likewise, of one that grows clearer layer by layer
_BLOCK = bytes(2048)  #: nor any other packed picture
_PACKED = ("WEBP", "HEIF", "AVIF", "TIFF")
_AT_ONCE = 1 << 20  #: bytes
_DISK, _FEWEST_BLOCKS = 512, 8  #: bytes of the smallest block, and how many are lost at once
_LAYERED = (0xC2, 0xC6, 0xCA, 0xCE)
_MOST_EXTRA = 15  #: bytes before the end: some cameras fill up
_LOST = re.compile(
    r"premature end|bad Huffman code|instead of RST|bad progression|bad arithmetic"
    r"|Inconsistent progression|(\d+) extraneous bytes before marker 0x(\w\w)",
    re.IGNORECASE,
)


def is_broken(stream: IO[bytes], kind: str, *, is_packed: bool = True) -> bool:
    """Whether a part of a picture is missing or destroyed.

    Of kinds that are not looked at here the libraries complain themselves. In a picture that
    is not packed zeros are black; blocks of a disk are told by where they begin and end.

    Args:
        stream: the whole file; it stands afterwards where it stood.
        kind: as Pillow names it.
        is_packed: of a TIFF, whether its rows are.
    """
    at = stream.tell()
    stream.seek(0)
    try:
        if kind in ("JPEG", "MPO"):
            return _is_broken_jpeg(stream.read())
        if kind == "BMP" or (kind == "TIFF" and not is_packed):
            return _lacks_blocks(stream.read())
        return kind in _PACKED and is_packed and _has_hole(stream)
    finally:
        stream.seek(at)


def _has_hole(stream: IO[bytes]) -> bool:
    last = b""
    while part := stream.read(_AT_ONCE):
        if _BLOCK in last + part:
            return True
        last = part[-len(_BLOCK) :]
    return False


def _lacks_blocks(content: bytes) -> bool:
    """Whether zeros stand in whole blocks of a disk, and in nothing beside them.

    Black of the picture itself ends where a block does once in five hundred times, at both
    ends hardly ever.
    """
    count = len(content) // _DISK
    blocks = np.frombuffer(content, np.uint8, count * _DISK).reshape(count, _DISK)
    is_empty = np.concatenate(([False], ~blocks.any(axis=1), [False]))
    edges = np.flatnonzero(is_empty[1:] != is_empty[:-1])
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        before = content[begin * _DISK - 1 : begin * _DISK]
        behind = content[end * _DISK : end * _DISK + 1] if end < count else b""
        is_to_its_end = end == count and not any(content[count * _DISK :])
        is_edged = before != b"\0" and (behind not in (b"", b"\0") or is_to_its_end)
        if end - begin >= _FEWEST_BLOCKS and is_edged:
            return True
    return False


def _is_broken_jpeg(content: bytes) -> bool:
    start, is_layered = _scan_of(content)
    if start < 0:
        return False  # none, or one that nothing can open: that is told elsewhere
    end = content.find(_END, start)
    if end < 0 or _has_zeros(content, start, end, is_layered=is_layered):
        return True
    whole = np.frombuffer(content, np.uint8, end + len(_END))
    with complaints_heard() as heard:
        cv2.imdecode(whole, cv2.IMREAD_REDUCED_GRAYSCALE_8)
    return any(map(_tells_of_loss, heard))


def _has_zeros(content: bytes, start: int, end: int, *, is_layered: bool) -> bool:
    """Whether zeros stand in a JPEG that no picture is coded in."""
    if _paints_even_ground(content[:start]):
        return _lacks_blocks(content)
    return content.find(_FILLED_IN_LAYERS if is_layered else _FILLED, start, end) >= 0


def _paints_even_ground(head: bytes) -> bool:
    """Whether zeros stand for a piece without any change, in the tables of a JPEG of its own.

    In such a one an even margin is coded in zeros; the usual tables give zeros another sense.
    """
    firsts = {}
    at = 2
    while at + 4 <= len(head) and head[at] == _MARK:
        end = at + 2 + int.from_bytes(head[at + 2 : at + 4])
        if head[at + 1] == _TABLES:
            part = at + 4
            while part + _COUNTS < end:
                firsts[head[part]] = head[part + _COUNTS : part + _COUNTS + 1]
                part += _COUNTS + sum(head[part + 1 : part + _COUNTS])
        at = end
    return bool(firsts) and set(firsts.values()) == {b"\0"}


def _tells_of_loss(said: str) -> bool:
    match = _LOST.search(said)
    if match is None:
        return False
    is_at_end = match[2] == "d9"
    return not is_at_end or int(match[1]) > _MOST_EXTRA


def _scan_of(content: bytes) -> tuple[int, bool]:
    """Where the picture itself begins, behind tables and notes, and whether it is layered."""
    at, is_layered = 2, False
    while at + 4 <= len(content) and content[at] == _MARK:
        marker = content[at + 1]
        is_layered = is_layered or marker in _LAYERED
        if marker == _SCAN:
            return at, is_layered
        if marker == _MARK:
            at += 1
        elif marker in _ALONE:
            at += 2
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return -1, is_layered
