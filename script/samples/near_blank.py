"""Backs of pages and nearly empty pages: what a scanner sees where there is little or nothing.

Half of them bear a few signs somewhere; the other half none, but what makes a blank page
hard to tell: print that shows through, punched holes, stains, shadows, ruled lines, dust.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from script.samples.sheet import find_fonts

Pixels = NDArray[Any]  #: uint8, height x width x 3, BGR

_MM = 25.4
_DPI = (150, 200, 200, 300)
_LITTLE = (
    "同意", "李四", "欧阳建国", "第2页 共2页", "12", "- 3 -", "见附件", "情况属实", "空白", "已核",
    "610927", "2024.5.6", "王五 代签", "（背面）", "７", "存档", "不同意", "No.0231",
)  # fmt: skip
_LINES = "兹证明本村村民测试甲家庭人口三人因病致贫情况属实同意纳入最低生活保障范围"


@dataclass(frozen=True, slots=True)
class NearBlank:
    """A page, and what little stands on it; nothing when it is blank."""

    image: Pixels
    text: str
    traits: tuple[str, ...]  #: what makes it hard: holes, dust …


def make_near_blank(count: int, seed: int) -> Iterator[NearBlank]:
    """Pages by turns written on and blank."""
    source = random.Random(seed)
    for number in range(count):
        yield _page(source, is_written=number % 2 == 0)


def _page(source: random.Random, *, is_written: bool) -> NearBlank:
    dpi = source.choice(_DPI)
    size = (round(210 * dpi / _MM), round(297 * dpi / _MM))
    paper = source.choice((255, 250, 244, 236, 225))
    layer = Image.new("L", size, 255)
    traits = []
    for name, draw, chance in _TRAITS:
        if source.random() < chance:
            traits.append(name)
            layer = draw(layer, dpi, source)
    text = ""
    if is_written:
        text, ink = source.choice(_LITTLE), source.choice((20, 20, 70, 150, 190, 205))
        layer = _written(layer, text, dpi, ink, source)
        traits.append(f"ink {ink}")
    image = _as_scanned(layer, paper, source)
    if is_written and source.random() < 0.15:
        image, traits = 255 - image, [*traits, "negative"]
    return NearBlank(image, text, tuple(traits))


def _written(
    layer: Image.Image, text: str, dpi: int, ink: int, source: random.Random
) -> Image.Image:
    """The page with a few signs; ink takes light from whatever lies below it."""
    font = source.choice(find_fonts())
    points = source.choice((9, 9, 10.5, 14, 18, 24))
    drawn = ImageFont.truetype(font[0], round(points * dpi / 72), index=font[1])
    width = drawn.getlength(text)
    place = (
        source.uniform(0.1, 0.85) * (layer.width - width),
        source.uniform(0.06, 0.9) * layer.height,
    )
    signs = Image.new("L", layer.size, 255)
    ImageDraw.Draw(signs).text(place, text, font=drawn, fill=ink)
    return _darker(layer, np.asarray(signs, dtype=np.float32))


def _as_scanned(layer: Image.Image, paper: int, source: random.Random) -> Pixels:
    """On paper of a brightness and a tint, with noise, as a JPEG."""
    noise = np.random.default_rng(source.randrange(1 << 30))
    grey: NDArray[Any] = np.asarray(layer, dtype=np.float32) * (paper / 255)
    grey = cv2.GaussianBlur(grey, (3, 3), 0.5)
    grey += noise.normal(0, source.choice((0.5, 2, 4, 7)), grey.shape).astype(np.float32)
    tint = np.array([source.choice((1.0, 0.97, 0.9)), 0.99, 1.0], dtype=np.float32)
    pixels = np.clip(grey[:, :, None] * tint, 0, 255).astype(np.uint8)
    quality = source.choice((45, 70, 85, 95))
    _, packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)


def _show_through(layer: Image.Image, dpi: int, source: random.Random) -> Image.Image:
    """Print of the other side: mirrored, soft and pale."""
    back = Image.new("L", layer.size, 255)
    path, index = find_fonts()[0]
    font = ImageFont.truetype(path, round(14 * dpi / 72), index=index)
    draw = ImageDraw.Draw(back)
    for row in range(source.randrange(5, 26)):
        draw.text(
            (0.12 * layer.width, (0.1 + 0.03 * row) * layer.height), _LINES, font=font, fill=0
        )
    soft = cv2.GaussianBlur(np.asarray(back)[:, ::-1], (0, 0), dpi / _MM * 0.35)
    strength = source.uniform(0.03, 0.11)
    pale = 255 - (255 - soft.astype(np.float32)) * strength
    return _darker(layer, pale)


def _holes(layer: Image.Image, dpi: int, source: random.Random) -> Image.Image:
    draw, px = ImageDraw.Draw(layer), dpi / _MM
    shade = source.choice((0, 40, 90, 215))
    for middle in (108.5, 188.5) if source.random() < 0.7 else (28.5, 108.5, 188.5, 268.5):
        x, y, radius = source.uniform(9, 13) * px, middle * px, 3 * px
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shade)
    return layer


def _stain(layer: Image.Image, dpi: int, source: random.Random) -> Image.Image:
    """Water or tea: a soft blot with a rim."""
    spot = np.zeros((layer.height, layer.width), np.float32)
    for _ in range(source.randrange(1, 4)):
        centre = (source.randrange(layer.width), source.randrange(layer.height))
        axes = (round(source.uniform(8, 30) * dpi / _MM), round(source.uniform(8, 30) * dpi / _MM))
        cv2.ellipse(spot, centre, axes, source.uniform(0, 180), 0, 360, source.uniform(10, 40), -1)
    soft = cv2.GaussianBlur(spot, (0, 0), dpi / _MM * source.uniform(0.8, 2.5))
    return _darker(layer, 255 - soft)


def _edge_shadow(layer: Image.Image, dpi: int, source: random.Random) -> Image.Image:
    """The lid was not shut, or the sheet lay askew: a side is dark."""
    shade: NDArray[Any] = np.full((layer.height, layer.width), 255, np.float32)
    width = round(source.uniform(1, 9) * dpi / _MM)
    if source.random() < 0.5:
        shade[:, :width] = source.choice((0, 30, 110))
    else:
        ramp = np.linspace(source.choice((60, 120)), 255, width * 4, dtype=np.float32)
        shade[:, : width * 4] = ramp
    if source.random() < 0.5:
        shade = shade[:, ::-1]
    return _darker(layer, cv2.GaussianBlur(np.ascontiguousarray(shade), (0, 0), 2))


def _ruled(layer: Image.Image, dpi: int, source: random.Random) -> Image.Image:
    """The lines of a writing pad."""
    draw, px = ImageDraw.Draw(layer), dpi / _MM
    ink, lean = source.choice((120, 170, 210)), source.uniform(-6, 6)
    for row in range(24):
        y = (30 + 10 * row) * px
        draw.line((18 * px, y, 192 * px, y + lean), fill=ink, width=max(1, dpi // 150))
    return layer


def _fold(layer: Image.Image, dpi: int, source: random.Random) -> Image.Image:
    shade = np.full((layer.height, layer.width), 255, np.float32)
    y = round(source.uniform(0.3, 0.7) * layer.height)
    cv2.line(shade, (0, y), (layer.width, y + source.randrange(-9, 9)), 215, dpi // 40)
    return _darker(layer, cv2.GaussianBlur(shade, (0, 0), dpi / _MM * 0.5))


def _dust(layer: Image.Image, dpi: int, source: random.Random) -> Image.Image:
    draw = ImageDraw.Draw(layer)
    for _ in range(source.randrange(3, 60)):
        x, y = source.randrange(layer.width), source.randrange(layer.height)
        size = source.choice((0.1, 0.15, 0.2, 0.3, 0.5)) * dpi / _MM
        draw.ellipse((x, y, x + size, y + size * source.uniform(0.6, 1.4)), fill=80)
    return layer


def _staple(layer: Image.Image, dpi: int, source: random.Random) -> Image.Image:
    px = dpi / _MM
    x, y = source.uniform(6, 14) * px, source.uniform(6, 14) * px
    end = (x + 9 * px, y + source.uniform(-5, 5) * px)
    ImageDraw.Draw(layer).line((x, y, *end), fill=110, width=max(2, round(0.5 * px)))
    return layer


def _darker(layer: Image.Image, shade: NDArray[Any]) -> Image.Image:
    both = np.asarray(layer, dtype=np.float32) * (shade / 255)
    return Image.fromarray(np.clip(both, 0, 255).astype(np.uint8))


#: What it is called, how it is drawn, how often it is there.
_TRAITS = (
    ("through", _show_through, 0.35), ("holes", _holes, 0.3), ("stain", _stain, 0.2),
    ("shadow", _edge_shadow, 0.35), ("ruled", _ruled, 0.2), ("fold", _fold, 0.2),
    ("dust", _dust, 0.4), ("staple", _staple, 0.1),
)  # fmt: skip
