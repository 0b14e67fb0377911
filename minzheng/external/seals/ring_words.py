"""The words of a red seal, around its ring and within it, as lines to be read.

Around a circle they stand on lines from its middle; around an oval each stands upright on the
edge next to it, at the same depth everywhere. What is red is known less sharply than what is
dark: pictures keep their colours coarsely. So small seals are looked at in green light, too.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import LINE_HEIGHT, Image
from minzheng.external.red_seals import RedSeal

#: Of both radii: straight words in the middle and below; in an oval they are broader.
_INNER_WORDS, _IN_AN_OVAL = 0.66, 0.78
#: Inner and outer edge of the words around the ring, as parts of the radius.
_RING_BANDS = ((0.62, 0.92), (0.56, 0.88), (0.68, 0.95))
_FOOT = 0.08  #: of the ring, on both sides of its lowest point
_ROUND = 0.87  #: height to breadth, or the other way, from which a seal is a circle seen aslant
_STEPS = 1440  #: of the way around an oval
_PRINT = 0.6  #: of the paper's light in red: what is darker there is no red ink


@dataclass(frozen=True, slots=True)
class SealInk:
    """What is to be read of a seal, dark on white, in greys."""

    grey: Image

    @classmethod
    def by_colour(cls, image: Image, seal: RedSeal) -> "SealInk":
        """The ink alone: what is redder than the rest."""
        blue, green, red = cv2.split(cv2.GaussianBlur(_part_of(image, seal), (3, 3), 0))
        excess = cv2.subtract(red, cv2.max(blue, green))
        strongest = max(float(np.percentile(excess, 97)), 1.0)
        return cls(255 - cv2.convertScaleAbs(excess, alpha=220 / strongest))

    @classmethod
    def in_green_light(cls, image: Image, seal: RedSeal) -> "SealInk":
        """What is dark in green light and is no print: sharper, but on plain paper only."""
        _, green, red = cv2.split(_part_of(image, seal))
        level = cv2.normalize(green, np.empty_like(green), 0, 255, cv2.NORM_MINMAX)
        level[red < _PRINT * np.percentile(red, 90)] = 255
        return cls(level)

    def around(self) -> list[Image]:
        """The words around the ring as straight lines, for some guesses of their height.

        A line begins at the foot of the seal, where the ring has its gap, and runs clockwise.
        """
        unroll = _unroll_oval if self._is_oval() else _unroll
        return [unroll(self.grey, band) for band in _RING_BANDS]

    def within(self) -> Image:
        """What stands in the middle and below, black on white."""
        height, width = self.grey.shape
        kept = np.zeros_like(self.grey)
        part = _IN_AN_OVAL if self._is_oval() else _INNER_WORDS
        half = round(width / 2 * part), round(height / 2 * part)
        cv2.ellipse(kept, (width // 2, height // 2), half, 0, 0, 360, 255, -1)
        return cv2.cvtColor(np.where(kept, self.grey, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR)

    def _is_oval(self) -> bool:
        return bool(min(self.grey.shape) < _ROUND * max(self.grey.shape))


def _part_of(image: Image, seal: RedSeal) -> Image:
    return image[seal.top : seal.top + seal.height, seal.left : seal.left + seal.width]


def _unroll(ink: Image, band: tuple[float, float]) -> Image:
    height, width = ink.shape
    inner, outer = band
    rows = LINE_HEIGHT / (outer - inner)  #: pixels of one radius
    length = round(math.pi * (inner + outer) * rows)
    size = (round(rows * outer), length)
    reach = max(width, height) / 2 * outer
    polar = cv2.warpPolar(ink, size, (width / 2, height / 2), reach, cv2.INTER_LINEAR)
    level = cv2.rotate(polar, cv2.ROTATE_90_COUNTERCLOCKWISE)[:LINE_HEIGHT]
    level = cv2.resize(level, (length, LINE_HEIGHT))
    # Angle 0 is to the right; the foot is a quarter turn further. What stands at the
    # foot (a number, 样章) is no part of the ring.
    foot = round(length * _FOOT)
    level = np.roll(level, -length // 4, axis=1)[:, foot : length - foot]
    return cv2.cvtColor(np.ascontiguousarray(level), cv2.COLOR_GRAY2BGR)


def _unroll_oval(ink: Image, band: tuple[float, float]) -> Image:
    """The same of an oval that fills its picture; the band is of its shorter radius."""
    height, width = ink.shape
    shorter = min(width, height) / 2
    inner, outer = band
    depth = (1 - outer) * shorter + np.linspace(0, (outer - inner) * shorter, LINE_HEIGHT)
    edge, inwards = _edge_of(width / 2, height / 2)
    middle = edge + inwards * depth.mean()
    passed = np.concatenate([[0], np.hypot(*np.diff(middle, axis=0).T).cumsum()])
    length = round(passed[-1] * LINE_HEIGHT / ((outer - inner) * shorter))
    wanted = np.linspace(_FOOT, 1 - _FOOT, round(length * (1 - 2 * _FOOT))) * passed[-1]
    at, towards = (
        np.stack([np.interp(wanted, passed, axis) for axis in one.T]) for one in (edge, inwards)
    )
    x, y = (at[:, None, :] + towards[:, None, :] * depth[None, :, None]).astype(np.float32)
    return cv2.cvtColor(cv2.remap(ink, x, y, cv2.INTER_LINEAR, borderValue=255), cv2.COLOR_GRAY2BGR)


def _edge_of(across: float, down: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points around an oval, clockwise from its foot, and the way inwards at each."""
    turn = np.linspace(0, 2 * np.pi, _STEPS) + np.pi / 2
    edge = np.stack([across + across * np.cos(turn), down + down * np.sin(turn)], axis=1)
    inwards = -np.stack([down * np.cos(turn), across * np.sin(turn)], axis=1)
    return edge, inwards / np.hypot(*inwards.T)[:, None]
