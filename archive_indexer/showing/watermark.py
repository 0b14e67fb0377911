"""Who took a page out of the house, and when, printed across its picture."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

_INK = (150, 20, 20)
_COVER = 60  #: of 255: how much of the page the ink hides
_SIZE = 0.024  #: of the picture's width
_TURN_DEGREES = 24
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
    page.paste(_INK, (0, 0, *page.size), _cover(page.size, words))
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=82)
    return stream.getvalue()


def _cover(size: tuple[int, int], words: str) -> Image.Image:
    """Where ink stands: lines of words on a sheet larger than the page, turned and cut to it.

    One channel, since every picture an inspector sees is covered anew.
    """
    width, height = size
    pixels = max(12, round(width * _SIZE))
    font, shown = _font(pixels), words
    if not isinstance(font, ImageFont.FreeTypeFont) or not font.path:
        shown = words.encode("ascii", "ignore").decode().strip()
    side = width + height
    sheet = Image.new("L", (side, side))
    tile = _tile(shown, font, pixels)
    for row, top in enumerate(range(0, side, 9 * pixels)):
        for left in range(-tile.width // 2 * (row % 2), side, tile.width):
            sheet.paste(tile, (left - pixels, top))
    turned = sheet.rotate(_TURN_DEGREES, resample=Image.Resampling.BILINEAR)
    left, top = (side - width) // 2, (side - height) // 2
    return turned.crop((left, top, left + width, top + height))


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
