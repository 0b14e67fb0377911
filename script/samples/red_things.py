"""Red things on papers that are no seals: letterheads, dates, ticks, photos, fingerprints."""

import math
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFont

Draw = ImageDraw.ImageDraw
Place = tuple[float, float]  #: millimetres
_RED = (200, 30, 34)
_PEN = (214, 40, 46)
_BACKDROP = (196, 38, 44)
_SKIN = (226, 188, 160)


class RedLayer:
    """A sheet of red ink that is printed over a paper."""

    def __init__(self, size: tuple[int, int], dpi: int, font: tuple[str, int]) -> None:
        self.picture = Image.new("RGB", size, "white")
        self.draw = ImageDraw.Draw(self.picture)
        self._dpi, self._font = dpi, font

    def px(self, mm: float) -> int:
        """Millimetres as pixels, at least one."""
        return max(1, round(mm * self._dpi / 25.4))

    def write(self, at: Place, text: str, mm: float) -> None:
        """Red characters of some height."""
        font = ImageFont.truetype(self._font[0], self.px(mm), self._font[1])
        self.draw.text((self.px(at[0]), self.px(at[1])), text, font=font, fill=_RED)

    def line(self, points: Sequence[Place], mm: float) -> None:
        """A red stroke."""
        places = [(self.px(x), self.px(y)) for x, y in points]
        self.draw.line(places, fill=_PEN, width=self.px(mm), joint="curve")

    def box(self, at: Place, size: Place) -> tuple[int, int, int, int]:
        """A rectangle in pixels."""
        x, y = self.px(at[0]), self.px(at[1])
        return x, y, x + self.px(size[0]), y + self.px(size[1])


def letterhead(layer: RedLayer, source: random.Random) -> None:
    """红头: large red characters and a red rule below them."""
    text = source.choice(("镇坪县民政局文件", "镇坪县人民政府", "文件"))
    height = source.uniform(9, 20) if len(text) > 2 else source.uniform(16, 26)
    layer.write((105 - height * len(text) / 2, 22), text, height)
    layer.line([(24, 52), (186, 52)], source.uniform(0.7, 1.6))
    layer.line([(24, 54.5), (186, 54.5)], 0.4)


def stamped_date(layer: RedLayer, source: random.Random) -> None:
    """A date of a roller stamp, in a frame or without."""
    x, y = source.uniform(30, 140), source.uniform(80, 240)
    day = f"{source.randint(2016, 2024)}年{source.randint(1, 12)}月{source.randint(1, 28)}日"
    layer.write((x, y), day, 5)
    if source.random() < 0.5:
        layer.draw.rectangle(layer.box((x - 2, y - 9), (34, 22)), outline=_RED, width=layer.px(0.7))
        layer.write((x + 2, y - 7), "核对无误", 5)


def tick(layer: RedLayer, source: random.Random) -> None:
    """A teacher's tick with a felt pen."""
    x, y, size = source.uniform(30, 160), source.uniform(60, 240), source.uniform(14, 36)
    bend = (x + size * 0.35, y + size)
    layer.line([(x, y + size * 0.55), bend, (x + size, y)], source.uniform(0.8, 2.2))


def pen_circle(layer: RedLayer, source: random.Random) -> None:
    """A name ringed by hand, round or long."""
    x, y = source.uniform(50, 150), source.uniform(70, 230)
    wide, high = source.uniform(9, 22), source.uniform(8, 13)
    points = [
        (x + wide * math.cos(turn / 10) * (1 + turn / 700), y + high * math.sin(turn / 10))
        for turn in range(source.randint(58, 70))
    ]
    layer.line(points, source.uniform(0.6, 1.1))


def passport_photo(layer: RedLayer, source: random.Random) -> None:
    """一寸照 before a red backdrop."""
    x, y = source.uniform(120, 160), source.uniform(30, 80)
    scale = source.uniform(1, 1.4)
    layer.draw.rectangle(layer.box((x, y), (25 * scale, 35 * scale)), fill=_BACKDROP)
    layer.draw.ellipse(
        layer.box((x + 7 * scale, y + 7 * scale), (11 * scale, 14 * scale)), fill=_SKIN
    )
    shoulders = layer.box((x + 2 * scale, y + 23 * scale), (21 * scale, 12 * scale))
    layer.draw.rectangle(shoulders, fill=(50, 52, 66))


def fingerprint(layer: RedLayer, source: random.Random) -> None:
    """按印: the ridges of a thumb in red ink."""
    x, y = source.uniform(30, 170), source.uniform(80, 250)
    wide, high = source.uniform(13, 18), source.uniform(17, 24)
    for ring in range(9):
        part = 1 - ring / 9.5
        box = layer.box((x - wide * part / 2, y - high * part / 2), (wide * part, high * part))
        start = source.uniform(0, 360)
        layer.draw.arc(
            box, start, start + source.uniform(290, 350), fill=_RED, width=layer.px(0.55)
        )


def red_rules(layer: RedLayer, source: random.Random) -> None:
    """The printed frame of an account book."""
    top, left = source.uniform(60, 160), source.uniform(18, 60)
    for row in range(6):
        layer.line([(left, top + 9 * row), (left + 120, top + 9 * row)], 0.4)
    for column in range(5):
        layer.line([(left + 30 * column, top), (left + 30 * column, top + 45)], 0.4)


RED_THINGS: tuple[Callable[[RedLayer, random.Random], None], ...] = (
    letterhead, stamped_date, tick, pen_circle, passport_photo, fingerprint, red_rules,
)  # fmt: skip


def add_red_things(
    picture: Image.Image, dpi: int, font: tuple[str, int], number: int, source: random.Random
) -> Image.Image:
    """The paper with the red thing of a number, and sometimes a second one."""
    layer = RedLayer(picture.size, dpi, font)
    RED_THINGS[number % len(RED_THINGS)](layer, source)
    if source.random() < 0.4:
        source.choice(RED_THINGS)(layer, source)
    return ImageChops.multiply(picture, layer.picture)
