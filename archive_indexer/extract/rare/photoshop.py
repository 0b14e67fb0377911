"""Pictures of Photoshop: the flat picture that all layers make, and the words of type layers.

Source: Adobe Photoshop File Formats Specification, «Image Resources» and «Type tool object».
"""

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

_HEAD = struct.Struct(">4sH6xHIIHH")
_VERSION = 1  #: 2 is that of large pictures (.psb)
#: Ways of colour that the picture library turns into red, green and blue.
_BITMAP, _KNOWN_COLOURS = 0, (0, 1, 2, 3, 4, 8)
_ABOUT_VERSION, _HAS_FLAT_AT = 1057, 4
_WORDS = b"Txt TEXT"
_MOST_WORDS = 100_000  #: signs of one layer
_MOST_LAYERS = 2000
NO_FLAT = "图里没有合并好的画面，图层上画的字未识别。请在 Photoshop 里另存为 PDF 或图片"


def is_readable(head: bytes) -> bool:
    """Whether a file begins as a picture of Photoshop in a coding that is known here."""
    if len(head) < _HEAD.size:
        return False
    mark, version, _, _, _, depth, colours = _HEAD.unpack_from(head)
    depths = (1,) if colours == _BITMAP else (8,)
    is_known = colours in _KNOWN_COLOURS and depth in depths
    return mark == b"8BPS" and version == _VERSION and is_known


def flat_picture(picture: Image.Image) -> Image.Image:
    """What is seen: the fourth channel may be a kept selection, and is white below already."""
    return picture.convert("RGB") if picture.mode == "RGBA" else picture


def lacks_flat_picture(picture: Image.Image) -> bool:
    """Whether it was saved without what older programs show: then the flat one is white."""
    resources = getattr(picture, "resources", ())
    told = next(
        (content for kind, _, content in resources if kind == _ABOUT_VERSION), b"\0\0\0\0\1"
    )
    return told[_HAS_FLAT_AT : _HAS_FLAT_AT + 1] == b"\0"


def typed_words(file: Path) -> tuple[str, ...]:
    """What was typed into its layers, also into those that are not shown."""
    with (
        file.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        return tuple(dict.fromkeys(filter(None, _typed(content))))


def _typed(content: mmap.mmap) -> Iterator[str]:
    at = content.find(_WORDS)
    for _ in range(_MOST_LAYERS):
        if at < 0:
            return
        start = at + len(_WORDS) + 4
        count = int.from_bytes(content[start - 4 : start], "big")
        if count <= _MOST_WORDS:
            said = content[start : start + 2 * count].decode("utf-16-be", errors="replace")
            yield "\n".join(said.rstrip("\0").replace("\r", "\n").replace("\3", "\n").split("\n"))
        at = content.find(_WORDS, start)
