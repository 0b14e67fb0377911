"""Printed pages become what comes out of a village's scanner or telephone."""

import math
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from minzheng.external.run_program import run_program

Pixels = NDArray[np.uint8]
DPI = 150
_RED = (196, 28, 32)
_SEAL_MM = 42


def as_scan(page: Image.Image, seed: int, skew: float = 0.6, noise: float = 6) -> Image.Image:
    """Skewed, noised, on paper that is not quite white."""
    random = np.random.default_rng(seed)
    paper = (247, 246, 240)
    turned = page.convert("RGB").rotate(
        skew, resample=Image.Resampling.BICUBIC, expand=False, fillcolor=paper
    )
    pixels = np.asarray(turned, dtype=np.float32) * (np.array(paper, dtype=np.float32) / 255)
    pixels += random.normal(0, noise, pixels.shape[:2])[..., None]
    pixels = np.asarray(cv2.GaussianBlur(pixels, (3, 3), 0.5))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def as_photo(page: Image.Image, seed: int) -> Image.Image:
    """Taken at an angle, darker towards one corner, on a table."""
    random = np.random.default_rng(seed)
    pixels = np.asarray(page.convert("RGB"))
    height, width = pixels.shape[:2]
    margin = 0.05
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)
    moved = margin + corners * (1 - 2 * margin) + random.uniform(-0.02, 0.02, (4, 2))
    scale = np.array([width, height], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(
        (corners * scale).astype(np.float32), (moved * scale).astype(np.float32)
    )
    photo = cv2.warpPerspective(pixels, matrix, (width, height), borderValue=(116, 92, 66))
    across = np.linspace(1.0, 0.78, width)[None, :, None]
    down = np.linspace(1.0, 0.9, height)[:, None, None]
    lit = photo.astype(np.float32) * across * down + random.normal(0, 4, photo.shape)
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8))


def stamp(
    page: Image.Image,
    centre: tuple[float, float],
    dpi: int = DPI,
    name: str = "镇坪县测试用印样章",
) -> Image.Image:
    """A red seal 样章 with the five-pointed star, 42 mm wide; `centre` in parts of the page."""
    size = round(_SEAL_MM / 25.4 * dpi)
    seal = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(seal)
    draw.ellipse((3, 3, size - 4, size - 4), outline=(*_RED, 215), width=max(3, size // 45))
    draw.polygon(_star(size / 2, size / 2, size / 7), fill=(*_RED, 215))
    _write_round(seal, name, size)
    font = ImageFont.truetype(str(find_font()), size // 9)
    draw.text((size / 2, size * 0.78), "样　章", font=font, fill=(*_RED, 215), anchor="mm")
    stamped = page.convert("RGBA")
    at = (round(centre[0] * page.width - size / 2), round(centre[1] * page.height - size / 2))
    stamped.alpha_composite(seal, (max(0, at[0]), max(0, at[1])))
    return stamped.convert("RGB")


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
