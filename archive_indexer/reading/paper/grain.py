"""Whether something stands in lines on a page whose ink is weaker than the grain of its paper.

Grain is even: over the room of a short line its strength hardly changes, and less from one
row to the next. Lines of signs are rows of more strength with rows of less between them, of
steps across and down alike, and mostly one way. What shows through from the other side is
softer than they are; dust stands in both ways; rules are painted over before.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Image

EDGE = 25  #: pixels of the page's edge that are not looked at: shadows of the lid
_MOST_OF_ONE = 4.0  #: times its middle step: a speck of dust counts no more
_LEAST_STEP = 0.6  #: grey levels: below it is no noise, but the steps of a byte and of JPEG
_SHORTENED = 4  #: pixels along a line that are taken together, at half the size (61 dpi)
_LINE = (15, 7)  #: of these, and of single ones across: a short line
_LINE_AND_GAP = 27  #: pixels at half the size
_ABOVE_GAP = 0.45  #: of the logarithm of their strengths
_STANDING = 0.002  #: of the page
_MOSTLY = 2.0  #: times what stands the other way
_SHARP = 1.5  #: more strength of fine than of coarse steps; what shows through has less
_SPECK, _LEAST_SPECK = 7.0, 0.5  #: times the noise, and the least noise in grey levels
_AROUND = 8  #: pixels around a speck, at half the size
_SEEN = 0.4  #: of a line's room beside specks


@dataclass(frozen=True, slots=True)
class Surface:
    """A page in fractions, of even sides, its steps, and their strength at half the size."""

    grey: NDArray[Any]
    steps: tuple[NDArray[Any], NDArray[Any]]  #: across and down
    squares: tuple[NDArray[Any], NDArray[Any]]  #: 1 where there is noise alone


def surface_of(page: Image) -> Surface | None:
    """The surface of a grey page at its working size; None of one that is all edge."""
    height, width = page.shape
    if min(height, width) <= 2 * EDGE + 1:
        return None
    grey = page[: height // 2 * 2, : width // 2 * 2].astype(np.float32)
    soft = cv2.GaussianBlur(grey, (0, 0), 0.9)
    steps = np.zeros_like(soft), np.zeros_like(soft)
    np.subtract(soft[:, 2:], soft[:, :-2], out=steps[0][:, 1:-1])
    np.subtract(soft[2:], soft[:-2], out=steps[1][1:-1])
    return Surface(grey, steps, (_squares(steps[0]), _squares(steps[1])))


def stands_in_lines(surface: Surface, page: Image | None = None) -> bool:
    """Whether sharp rows of more than grain stand on a page, along or across it.

    Args:
        surface: of the page; its rules and holes may have the colour of its paper.
        page: the grey page as it was before they had.
    """
    seen = beside_specks(surface.grey, page)
    ways = [_standing(surface, seen, is_upright=upright) for upright in (False, True)]
    parts = [float(np.count_nonzero(way)) / way.size for way in ways]
    if max(parts) < _STANDING or max(parts) < _MOSTLY * min(parts):
        return False
    upright = parts[1] > parts[0]
    return _is_sharp(surface.grey, seen, ways[upright], is_upright=upright)


def halved(values: NDArray[Any]) -> NDArray[Any]:
    """Means of two by two: what is told of a room needs no single pixels."""
    height, width = values.shape
    return cv2.resize(values, (width // 2, height // 2), interpolation=cv2.INTER_AREA)


def band(grey: NDArray[Any], sigma: float) -> NDArray[Any]:
    """What is about so many pixels large."""
    return cv2.subtract(
        cv2.GaussianBlur(grey, (0, 0), sigma), cv2.GaussianBlur(grey, (0, 0), 2 * sigma)
    )


def noise_of(values: NDArray[Any]) -> float:
    """The standard deviation of what most of a page is, whatever stands on the rest."""
    some = np.abs(values[::5, ::5]).ravel()
    place = 0.75 * (some.size - 1)
    ranks = int(place), min(int(place) + 1, some.size - 1)
    below, above = np.partition(some, ranks)[list(ranks)].tolist()  # a third of a percentile's time
    return float(below + (place % 1) * (above - below)) / 1.15


def _squares(step: NDArray[Any]) -> NDArray[Any]:
    noise = max(_LEAST_STEP, noise_of(step))
    squares = cv2.multiply(step, step, scale=noise**-2)
    return halved(cv2.threshold(squares, _MOST_OF_ONE**2, 0, cv2.THRESH_TRUNC, dst=squares)[1])


def beside_specks(grey: NDArray[Any], page: Image | None) -> NDArray[Any]:
    """1 where a page is neither far darker than around nor painted over, at half the size."""
    small = halved(grey)
    size = max(1, small.shape[1] // 2), max(1, small.shape[0] // 2)
    around = cv2.medianBlur(cv2.resize(small, size, interpolation=cv2.INTER_AREA), 5)
    paper = cv2.resize(around, small.shape[::-1], interpolation=cv2.INTER_LINEAR)
    off = cv2.absdiff(small, paper)
    specks: Image = (off > _SPECK * max(_LEAST_SPECK, noise_of(off))).astype(np.uint8)
    beside = 1 - cv2.dilate(specks, np.ones((_AROUND, _AROUND), np.uint8)).astype(np.float32)
    if page is not None:
        painted = (page[: grey.shape[0], : grey.shape[1]] != grey).astype(np.float32)
        beside[cv2.dilate(halved(painted), np.ones((3, 3), np.uint8)) > 0] = 0
    return beside


def _rows(values: NDArray[Any], *, is_upright: bool) -> NDArray[Any]:
    """The means over every few pixels of each row; of each column where lines are upright."""
    lying = cv2.rotate(values, cv2.ROTATE_90_CLOCKWISE) if is_upright else values
    size = max(1, lying.shape[1] // _SHORTENED), lying.shape[0]
    return cv2.resize(lying, size, interpolation=cv2.INTER_AREA)


def _over_lines(values: NDArray[Any], seen: NDArray[Any], *, is_upright: bool) -> NDArray[Any]:
    """The mean over each short line of what is seen of it; the middle one where that is little."""
    part = cv2.blur(_rows(seen, is_upright=is_upright), _LINE)
    means = cv2.blur(_rows(values * seen, is_upright=is_upright), _LINE)
    means = means / np.maximum(part, 1e-3)
    known = part > _SEEN
    if not known[::3, ::3].any():
        return np.ones_like(means)
    means[~known] = np.median(means[::3, ::3][known[::3, ::3]])
    return means


def _gaps(means: NDArray[Any]) -> NDArray[Any]:
    """The strength of the gap beside each line: of the weaker one."""
    return cv2.morphologyEx(means, cv2.MORPH_OPEN, np.ones((_LINE_AND_GAP, 1), np.uint8))


def _standing(surface: Surface, seen: NDArray[Any], *, is_upright: bool) -> NDArray[Any]:
    """Where steps of both kinds are stronger than in the gap beside."""
    least = float(np.exp(_ABOVE_GAP))
    lines = [_over_lines(one, seen, is_upright=is_upright) for one in surface.squares]
    across, down = (one > least * _gaps(one) for one in lines)
    return _inner(across & down)


def _inner(values: NDArray[Any]) -> NDArray[Any]:
    """Without the page's edges."""
    edge = EDGE // 2
    beside = edge // _SHORTENED
    return np.asarray(values[edge:-edge, beside:-beside])


def _is_sharp(
    grey: NDArray[Any], seen: NDArray[Any], standing: NDArray[Any], *, is_upright: bool
) -> bool:
    """Whether what stands there above its gaps is rather fine than coarse."""
    fine, coarse = band(grey, 0.8), band(halved(grey), 1.25)
    strength = halved(cv2.multiply(fine, fine))
    most = float(np.median(strength[::3, ::3])) * 2 * _MOST_OF_ONE**2
    more = []
    # What shows through is as strong as it is: only the fine specks of dust are held down.
    for one in (np.minimum(strength, most), cv2.multiply(coarse, coarse)):
        lines = _over_lines(one, seen, is_upright=is_upright)
        above = _inner(lines - _gaps(lines))
        more.append(float(above[standing].mean()) - float(np.median(above)))
    return more[0] > _SHARP * max(more[1], 0.0)
