"""What scanners, stamps and telephones do to a paper; every condition is deterministic."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from minzheng.external.drawn_seals import stamp

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Condition:
    """How a paper was scanned."""

    name: str
    dpi: int = 200
    skew: float = 0.0  #: degrees
    noise: float = 3.0  #: grey levels
    jpeg: int = 92  #: quality
    ink: float = 1.0  #: 1 black, 0.35 faint
    turns: int = 0  #: quarter turns counter-clockwise
    tilt: float = 0.0  #: perspective, parts of the side
    has_seals: bool = False


CONDITIONS = (
    Condition("clean", 200),
    Condition("skewed", 200, skew=1.8, noise=4),
    Condition("sealed", 200, skew=0.4, noise=4, has_seals=True),
    Condition("noisy", 200, skew=-0.8, noise=22, jpeg=70),
    Condition("300 dpi", 300, skew=0.3, noise=5),
    Condition("jpeg", 200, skew=-0.5, noise=4, jpeg=28),
    Condition("photo", 250, noise=4, tilt=0.05, jpeg=80),
    Condition("turned 90", 200, skew=0.3, turns=1),
    Condition("faint", 200, ink=0.38, noise=5, skew=0.4),
    Condition("sealed noisy", 250, skew=-1.0, noise=14, jpeg=60, has_seals=True),
    Condition("turned 180", 200, skew=-0.4, turns=2),
    Condition("150 dpi", 150, skew=0.5, noise=5),
    Condition("turned 270", 250, turns=3, noise=6),
    Condition("250 dpi", 250, skew=1.0, noise=8, jpeg=60),
)
SEAL_MM = 42.0


def place_seals(
    picture: Image.Image, centres: list[tuple[float, float]], dpi: int, name: str
) -> Image.Image:
    """The same seal at every place (mm); stamp ink is a glaze, print below stays dark."""
    red = Image.new("RGB", picture.size, "white")
    for x, y in centres:
        centre = (x * dpi / 25.4 / red.width, y * dpi / 25.4 / red.height)
        red = stamp(red, centre, dpi, name)
    return ImageChops.multiply(picture, red)


def age(picture: Image.Image, condition: Condition, seed: int) -> Pixels:
    """The picture as a BGR array after its condition."""
    random = np.random.default_rng(seed)
    pixels = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    if condition.ink < 1:
        pixels = (255 - (255 - pixels.astype(np.float32)) * condition.ink).astype(np.uint8)
    if condition.tilt:
        pixels = _photograph(pixels, condition.tilt, random)
    elif condition.skew:
        pixels = _skew(pixels, condition.skew)
    noise = random.normal(0, condition.noise, pixels.shape[:2]).astype(np.float32)[..., None]
    pixels = np.clip(pixels * np.float32(0.965) + noise, 0, 255).astype(np.uint8)
    pixels = cv2.GaussianBlur(pixels, (3, 3), 0.5)
    pixels = np.ascontiguousarray(np.rot90(pixels, condition.turns))
    packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, condition.jpeg])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)


def _skew(pixels: Pixels, degrees: float) -> Pixels:
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(
        cv2.warpAffine(
            pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(245,) * 3
        ),
        dtype=np.uint8,
    )


def _photograph(pixels: Pixels, tilt: float, random: np.random.Generator) -> Pixels:
    """Seen at an angle, on a table, under one lamp."""
    height, width = pixels.shape[:2]
    scale = np.array([width, height], dtype=np.float32)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)
    moved = 0.06 + corners * 0.88 + random.uniform(-tilt, tilt, (4, 2))
    matrix = cv2.getPerspectiveTransform(
        (corners * scale).astype(np.float32), (moved * scale).astype(np.float32)
    )
    photo = cv2.warpPerspective(pixels, matrix, (width, height), borderValue=(66, 92, 116))
    light = np.linspace(1.0, 0.62, width, dtype=np.float32)[None, :, None] * np.linspace(
        1.0, 0.85, height, dtype=np.float32
    ).reshape(-1, 1, 1)
    return np.clip(photo * light, 0, 255).astype(np.uint8)
