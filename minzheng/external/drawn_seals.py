"""Seals 样章 on invented papers: red, with a star and their words around it."""

import math
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from minzheng.external.run_program import run_program

DPI = 150
SAMPLE = "镇坪县测试用印样章"
_RED = (196, 28, 32)
_SEAL_MM = 42


def stamp(
    page: Image.Image, centre: tuple[float, float], dpi: int = DPI, name: str = SAMPLE
) -> Image.Image:
    """A red seal 样章 with the five-pointed star, 42 mm wide; `centre` in parts of the page."""
    size = round(_SEAL_MM / 25.4 * dpi)
    seal = _draw(name, size)
    stamped = page.convert("RGBA")
    at = (round(centre[0] * page.width - size / 2), round(centre[1] * page.height - size / 2))
    stamped.alpha_composite(seal, (max(0, at[0]), max(0, at[1])))
    return stamped.convert("RGB")


@lru_cache(maxsize=128)
def _draw(name: str, size: int) -> Image.Image:
    seal = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(seal)
    draw.ellipse((3, 3, size - 4, size - 4), outline=(*_RED, 215), width=max(3, size // 45))
    draw.polygon(_star(size / 2, size / 2, size / 7), fill=(*_RED, 215))
    _write_round(seal, name, size)
    font = ImageFont.truetype(str(find_font()), size // 9)
    draw.text((size / 2, size * 0.78), "样　章", font=font, fill=(*_RED, 215), anchor="mm")
    return seal


@cache
def find_font() -> Path:
    """A Chinese font of this machine."""
    return Path(run_program(["fc-match", "-f", "%{file}", "Noto Serif CJK SC"], 20).strip())


def _write_round(seal: Image.Image, text: str, size: int) -> None:
    font = ImageFont.truetype(str(find_font()), size // 8)
    step = math.radians(250 / (len(text) - 1))
    for number, character in enumerate(text):
        angle = -math.radians(125) + number * step
        glyph = Image.new("RGBA", (size // 5, size // 5), (0, 0, 0, 0))
        middle = (glyph.width / 2, glyph.height / 2)
        ImageDraw.Draw(glyph).text(middle, character, font=font, fill=(*_RED, 215), anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
        x = size / 2 + math.sin(angle) * size * 0.385 - glyph.width / 2
        y = size / 2 - math.cos(angle) * size * 0.385 - glyph.height / 2
        seal.alpha_composite(glyph, (max(0, round(x)), max(0, round(y))))


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    points = []
    for number in range(10):
        length = radius if number % 2 == 0 else radius * 0.382
        angle = math.radians(36 * number)
        points.append((x + math.sin(angle) * length, y - math.cos(angle) * length))
    return points
