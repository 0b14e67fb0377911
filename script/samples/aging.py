"""Printed pages become what comes out of a village's scanner or telephone."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
DPI = 150


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
