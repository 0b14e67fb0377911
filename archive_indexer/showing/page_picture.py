"""The picture of a page with the found words marked on it."""

import io
import struct
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageOps

from archive_indexer.documents import TextLine
from archive_indexer.errors import PageNotShownError
from archive_indexer.extract.kind import Kind, find_kind
from archive_indexer.index.snippets import fold_words
from minzheng.county.writing.chinese_text import fold_with_offsets
from minzheng.external.large_pictures import is_large, shrink_outside

Box = tuple[float, float, float, float]

_FILL = (255, 226, 122)
_MOST_PIXELS = 12_000_000  #: a page of A4 at 2,000 pixels has 5.7 million
_LONGEST_SIDE = 65_000  #: pixels; JPEG holds no more than 65,535
_LARGE_SIDE = 3600  #: of a large picture as it is decoded; so it is read, too
_PART_WIDTH = 2000  #: pixels of the page a part is cut from
_AROUND_PART = 0.6  #: of its height
_EDGE = (214, 120, 40)
_ORIENTATION, _ON_THEIR_SIDE = 0x0112, (5, 6, 7, 8)  #: of a photo, and those that swap its sides
_REDUCING_GAP = 2.0  #: above twice the size pixels are only averaged
#: What the readers of PDFs and pictures raise at a damaged file, or at a page it has not.
_DAMAGES = (
    pypdfium2.PdfiumError,
    Image.DecompressionBombError,
    OSError,
    EOFError,
    LookupError,
    SyntaxError,
    ValueError,
    ZeroDivisionError,
    struct.error,
)


def find_boxes(lines: Sequence[TextLine], words: Sequence[str]) -> list[Box]:
    """Where the words stand on a page; a word that runs over two lines marks both."""
    if not words:
        return []
    folded, owners = _fold_lines(lines)
    boxes: list[Box] = []
    for word in fold_words(words):
        at = folded.find(word)
        while word and at >= 0:
            boxes += _boxes_of(lines, owners[at : at + len(word)])
            at = folded.find(word, at + 1)
    return boxes


def has_picture(file: Path) -> bool:
    """Whether a file's pages can be shown as pictures."""
    looks = file.stat()
    return _is_picture(file, looks.st_ino, looks.st_size, looks.st_mtime_ns)


@lru_cache(maxsize=4096)
def _is_picture(file: Path, *_looks: int) -> bool:
    """Found out once of a file as it lies there: a page of hits asks it of ten."""
    return _kind_of(file).family in ("pdf", "picture")


def page_shape(file: Path, number: int, turns: int = 0) -> tuple[int, int]:
    """Width and height of a page as it is shown upright, in any measure: to keep its room.

    Raises:
        PageNotShownError: the file is damaged or gone, or has no such page.
    """
    try:
        wide, high = _shape(file, number)
    except _DAMAGES as error:
        raise PageNotShownError from error
    return (high, wide) if turns % 2 else (wide, high)


def _shape(file: Path, number: int) -> tuple[int, int]:
    if _kind_of(file).name == "pdf":
        with pypdfium2.PdfDocument(file) as document:
            wide, high = document.get_page_size(number - 1)
            return max(1, round(wide)), max(1, round(high))
    with Image.open(file) as picture:
        _turn_to(picture, number - 1)
        wide, high = picture.size
        is_turned = picture.getexif().get(_ORIENTATION, 1) in _ON_THEIR_SIDE
    return (high, wide) if is_turned else (wide, high)


def render_page(
    file: Path,
    number: int,
    width: int,
    boxes: Sequence[Box],
    turns: int = 0,
    *,
    turned_right: int = 0,
) -> bytes:
    """A page as JPEG, `width` pixels wide as it lies, turned upright, with boxes marked.

    It may then be turned further, by quarters, for a reader who wants it so.

    Raises:
        PageNotShownError: the file is damaged or gone, or has no such page.
    """
    try:
        loaded = _load(file, number, width)
    except _DAMAGES as error:
        raise PageNotShownError from error
    picture = loaded.rotate(90 * turns, expand=True) if turns % 4 else loaded
    marked = mark_boxes(picture, boxes)
    return as_jpeg(marked, turned_right)


def as_jpeg(picture: Image.Image, turned_right: int = 0) -> bytes:
    """A picture as JPEG, turned by quarters."""
    if turned_right % 4:
        picture = picture.rotate(-90 * (turned_right % 4), expand=True)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=82)
    return stream.getvalue()


def mark_boxes(picture: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """With boxes marked as by a highlighter: multiplied, so that the ink below stays black."""
    if not boxes:
        return picture
    layer = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(layer)
    for left, top, right, bottom in boxes:
        corners = (
            left * picture.width - 2, top * picture.height - 2,
            right * picture.width + 2, bottom * picture.height + 2,
        )  # fmt: skip
        draw.rectangle(corners, fill=_FILL, outline=_EDGE, width=2)
    return ImageChops.multiply(picture.convert("RGB"), layer)


def render_part(file: Path, number: int, box: Box, turns: int = 0) -> bytes:
    """A place of the upright page as JPEG, with what stands around it.

    Raises:
        PageNotShownError: the file is damaged or gone, or has no such page.
    """
    try:
        loaded = _load(file, number, _PART_WIDTH)
    except _DAMAGES as error:
        raise PageNotShownError from error
    picture = loaded.rotate(90 * turns, expand=True).convert("RGB")
    left, top, right, bottom = box
    margin = (bottom - top) * picture.height * _AROUND_PART
    part = picture.crop((
        max(0, round(left * picture.width - 2 * margin)),
        max(0, round(top * picture.height - margin)),
        min(picture.width, round(right * picture.width + 2 * margin)),
        min(picture.height, round(bottom * picture.height + margin)),
    ))  # fmt: skip
    stream = io.BytesIO()
    part.save(stream, "JPEG", quality=88)
    return stream.getvalue()


def _kind_of(file: Path) -> Kind:
    with file.open("rb") as stream:
        return find_kind(stream.read(4096), file)


def _load(file: Path, number: int, width: int) -> Image.Image:
    if _kind_of(file).name == "pdf":
        document = pypdfium2.PdfDocument(file)
        try:
            page = document[number - 1]
            wide, high = page.get_size()
            scale = _bounded(width, high / wide) / wide
            picture: Image.Image = page.render(scale=scale).to_pil()
            return picture
        finally:
            document.close()
    upright, ratio = _open_upright(file, number - 1, width)
    width = _bounded(width, ratio)
    size = (width, max(1, round(ratio * width)))
    return upright.resize(size, reducing_gap=_REDUCING_GAP)


def _turn_to(picture: Image.Image, frame: int) -> None:
    """Frame by frame, from 0; the flat picture of Photoshop lies before all its layers."""
    if frame:
        picture.seek(frame)


def _open_upright(file: Path, frame: int, width: int) -> tuple[Image.Image, float]:
    """A frame as the camera held it, and how high it is for its width.

    A JPEG is decoded no larger than it is needed; a large one of any kind comes small from a
    program of its own.
    """
    with Image.open(file) as picture:
        _turn_to(picture, frame)
        wide, high = picture.size
        if picture.getexif().get(_ORIENTATION, 1) in _ON_THEIR_SIDE:
            wide, high = high, wide
        longest = round(width * max(1, high / wide))
        if not is_large(picture, min(longest, _LARGE_SIDE)):
            return _plain(ImageOps.exif_transpose(picture)), high / wide
    small = shrink_outside(file, _LARGE_SIDE, frame)
    return _plain(small), small.height / small.width


def _plain(picture: Image.Image) -> Image.Image:
    """Shades or colours; others cannot be made smaller, or stand in no JPEG."""
    if picture.mode in ("L", "RGB"):
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _bounded(width: int, height_a_width: float) -> int:
    """A width with which a very long strip fills neither the memory nor a JPEG."""
    most = min((_MOST_PIXELS / height_a_width) ** 0.5, _LONGEST_SIDE / height_a_width)
    return max(1, min(width, int(most)))


def _fold_lines(lines: Sequence[TextLine]) -> tuple[str, list[tuple[int, int]]]:
    """All lines folded into one text; for each character its line and its place there."""
    text, owners = "", []
    for number, line in enumerate(lines):
        folded, offsets = fold_with_offsets(line.text)
        text += folded
        owners += [(number, offset) for offset in offsets]
    return text, owners


def _boxes_of(lines: Sequence[TextLine], owners: Sequence[tuple[int, int]]) -> list[Box]:
    boxes = []
    for number in dict.fromkeys(line for line, _ in owners):
        places = [offset for line, offset in owners if line == number]
        boxes.append(_part_of(lines[number], min(places), max(places) + 1))
    return boxes


def _part_of(line: TextLine, start: int, end: int) -> Box:
    """The part of a line's box that holds some of its characters, by their widths."""
    left, top, right, bottom = line.box
    widths = [_width(character) for character in line.text]
    total = sum(widths) or 1
    if bottom - top > 2 * (right - left) and len(line.text) > 1:
        height = bottom - top
        return left, top + height * start / len(widths), right, top + height * end / len(widths)
    step = (right - left) / total
    return left + step * sum(widths[:start]), top, left + step * sum(widths[:end]), bottom


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
