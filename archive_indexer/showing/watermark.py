"""Who took a page out of the house, and when, printed across its picture."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

_INK = (150, 20, 20, 60)
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
        page = opened.convert("RGBA")
    layer = _layer(page.size, words)
    stream = io.BytesIO()
    Image.alpha_composite(page, layer).convert("RGB").save(stream, "JPEG", quality=82)
    return stream.getvalue()


def _layer(size: tuple[int, int], words: str) -> Image.Image:
    """Lines of words on a sheet larger than the page, turned and cut to it."""
    width, height = size
    pixels = max(12, round(width * _SIZE))
    font, shown = _font(pixels), words
    if not isinstance(font, ImageFont.FreeTypeFont) or not font.path:
        shown = words.encode("ascii", "ignore").decode().strip()
    side = width + height
    sheet = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    draw = ImageDraw.Draw(sheet)
    step = int(draw.textlength(shown, font=font)) + 4 * pixels
    for row, top in enumerate(range(0, side, 9 * pixels)):
        for left in range(-step // 2 * (row % 2), side, step):
            draw.text((left, top), shown, font=font, fill=_INK)
    turned = sheet.rotate(_TURN_DEGREES, resample=Image.Resampling.BILINEAR)
    left, top = (side - width) // 2, (side - height) // 2
    return turned.crop((left, top, left + width, top + height))


@lru_cache(maxsize=8)
def _font(pixels: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, pixels)
        except OSError:
            continue
    return ImageFont.load_default(pixels)
