"""The red ink of seals taken out of a page; black print under it stays.

Stamp ink is a glaze: each channel of a pixel is paper × print × glaze. Print is grey, so
the relation of the channels tells how much red ink lies there, however dark the print; the
red channel divided by what that ink takes from it is the page without the seal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Image
from minzheng.external.red_seals import RedSeal

Plane = NDArray[Any]  #: float32, height x width

_MARGIN = 0.06  #: of a seal's side, cleaned around it
_SMOOTHING = 1.5  #: pixels; noise and JPEG colour single pixels
_GREY = 8  #: difference of channels that is no colour
_COLOUR = 0.12  #: of the strongest ink's difference of channels: surely a colour
_LEAST_INK = 0.06
_AS_PAPER = 0.8  #: inside a seal, what is lighter than this part of the paper is paper
_DARKEST_PRINT = 0.6  #: of the paper; fainter print is not told from the seal's remains


@dataclass(frozen=True, slots=True)
class _Glaze:
    """What pure stamp ink leaves of the light, and what the paper looks like."""

    red: float  #: of the paper's red light
    other: float  #: of the paper's green and blue light
    paper: float  #: grey level of the paper's red light
    paper_ratio: float  #: green and blue to red on bare paper
    colour: float  #: difference of channels that is surely this ink


def lighten_seals(image: Image, seals: Sequence[RedSeal]) -> Image:
    """The page (BGR) with the red ink of seals taken out."""
    if not seals:
        return image
    clean = image.copy()
    for part in _parts(clean, seals):
        part[:] = _without_ink(part)
    return clean


def _parts(image: Image, seals: Sequence[RedSeal]) -> Iterator[Image]:
    """The square of each seal."""
    for seal in seals:
        margin = round(max(seal.width, seal.height) * _MARGIN)
        yield image[
            max(0, seal.top - margin) : seal.top + seal.height + margin,
            max(0, seal.left - margin) : seal.left + seal.width + margin,
        ]


def _without_ink(part: Image) -> Image:
    soft = cv2.GaussianBlur(part.astype(np.float32), (0, 0), _SMOOTHING)
    red, other = soft[:, :, 2], soft[:, :, :2].mean(axis=2)
    glaze = _measure(part, red, other)
    ink = _ink(red, other, glaze)
    near = cv2.dilate((ink > _LEAST_INK).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    level = part[:, :, 2] / np.maximum(1 - ink * (1 - glaze.red), 0.3) / glaze.paper
    weight = cv2.dilate(np.clip(ink * 4, 0, 1), np.ones((5, 5), np.uint8))
    level = level * (1 - weight) + _stretch(level, near, glaze) * weight
    grey = np.clip(level * glaze.paper, 0, 255).astype(np.uint8)
    clean: Image = np.where(near[:, :, None], grey[:, :, None], part)
    return clean


def _measure(part: Image, red: Plane, other: Plane) -> _Glaze:
    ratio, excess = other / np.maximum(red, 1), red - other
    strongest = float(np.percentile(excess, 99))
    pure = excess >= strongest * 0.75
    grey = excess < _GREY
    paper = max(float(np.percentile(part[:, :, 2], 80)), 1.0)
    paper_ratio = float(np.median(ratio[grey])) if grey.any() else 1.0
    of_red = min(float(np.median(part[:, :, 2][pure])) / paper, 1.0)
    other_left = float(np.median(ratio[pure])) * of_red / paper_ratio
    return _Glaze(of_red, other_left, paper, paper_ratio, max(strongest * _COLOUR, 1.0))


def _ink(red: Plane, other: Plane, glaze: _Glaze) -> Plane:
    """How much stamp ink lies on each pixel, 0–1."""
    ratio = other / np.maximum(red, 1) / glaze.paper_ratio
    ink = (1 - ratio) / np.maximum((1 - glaze.other) - ratio * (1 - glaze.red), 1e-3)
    # Where all is dark the relation is chance: no colour, no ink.
    ink = np.clip(ink, 0, 1.15) * np.clip((red - other) / glaze.colour, 0, 1)
    return np.asarray(ink, dtype=np.float32)


def _stretch(level: Plane, near: NDArray[Any], glaze: _Glaze) -> Plane:
    """Print to black and the seal's remains to paper."""
    darkest = float(np.percentile(level[near], 1)) if near.any() else 0.0
    darkest = min(darkest, _DARKEST_PRINT)
    # Faint ink leaves fainter remains.
    lightest = min(max(_AS_PAPER, 1 - 1.2 * (1 - glaze.red)), 0.92)
    return np.clip((level - darkest) / (lightest - darkest), 0, 1)
