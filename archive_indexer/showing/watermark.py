"""Who took a page out of the house, and when, printed across its picture."""

import io
import math
from collections.abc import Iterator
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

_INK = (150, 20, 20)
_COVER = 60  #: of 255: how much of the page the ink hides
_SIZE = 0.024  #: of the picture's width
_TURN_DEGREES = 24
_TURN = math.radians(_TURN_DEGREES)
#: The first that the machine has; Pillow looks in the system's font folders.
_FONTS = (
    "NotoSansCJK-Regular.ttc",
    "SourceHanSansSC-Regular.otf",
    "msyh.ttc",
    "simhei.ttf",
    "wqy-microhei.ttc",
)


def print_watermark(jpeg: bytes, words: str) -> bytes:
    """The picture with the words across it, over and over; the page below stays legible."""
    with Image.open(io.BytesIO(jpeg)) as opened:
        page = opened.convert("RGB")
    _cover(page, words)
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=82)
    return stream.getvalue()


def _cover(page: Image.Image, words: str) -> None:
    """Put ink where it stands on a sheet of words larger than the page, turned about its middle.

    The words are turned once and laid out, since turning the whole sheet cost more than all else.
    """
    pixels = max(12, round(page.width * _SIZE))
    size, turned = _turned_tile(words, pixels)
    for x, y in _middles(page.size, size, pixels):
        left, top = round(x - turned.width / 2), round(y - turned.height / 2)
        if -turned.width < left < page.width and -turned.height < top < page.height:
            page.paste(_INK, (left, top, left + turned.width, top + turned.height), turned)


@lru_cache(maxsize=16)
def _turned_tile(words: str, pixels: int) -> tuple[tuple[int, int], Image.Image]:
    """The words as they are laid out, and their size before; whoever leafs asks it again."""
    font, shown = _font(pixels), words
    if not isinstance(font, ImageFont.FreeTypeFont) or not font.path:
        shown = words.encode("ascii", "ignore").decode().strip()
    tile = _tile(shown, font, pixels)
    return tile.size, tile.rotate(_TURN_DEGREES, resample=Image.Resampling.BILINEAR, expand=True)


def _middles(
    page: tuple[int, int], tile: tuple[int, int], pixels: int
) -> Iterator[tuple[float, float]]:
    """The middle of each tile of the turned sheet, in pixels of the page."""
    side, sine, cosine = sum(page), math.sin(_TURN), math.cos(_TURN)
    for left, top in _places(side, tile[0], pixels):
        x, y = left + tile[0] / 2 - side / 2, top + tile[1] / 2 - side / 2
        yield x * cosine + y * sine + page[0] / 2, y * cosine - x * sine + page[1] / 2


def _places(side: int, step: int, pixels: int) -> Iterator[tuple[int, int]]:
    """Where the tiles lie on a sheet: rows nine signs apart, every second one half a step back."""
    for row, top in enumerate(range(0, side, 9 * pixels)):
        for left in range(-step // 2 * (row % 2), side, step):
            yield left - pixels, top


def _tile(
    shown: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, pixels: int
) -> Image.Image:
    """The words once, with the room around them: drawing letters is the dearest part."""
    length = ImageDraw.Draw(Image.new("L", (1, 1))).textlength(shown, font=font)
    tile = Image.new("L", (int(length) + 4 * pixels, 3 * pixels))
    ImageDraw.Draw(tile).text((pixels, 0), shown, font=font, fill=_COVER)
    return tile


@lru_cache(maxsize=8)
def _font(pixels: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, pixels)
        except OSError:
            continue
    return ImageFont.load_default(pixels)
