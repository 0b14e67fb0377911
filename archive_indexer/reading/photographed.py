"""A photographed page is read as it looks straight from above; its places are those of the photo.

The photo itself is what is shown and kept: what was read on the straight picture is carried back
to where it stands on the photo. What lies around the sheet is read along with it, unless
nothing but a plain table is there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.documents import ExtractedPage
from archive_indexer.reading.paper.around_sheet import is_plain_around, without_rim
from minzheng.external.process_memory import give_back_memory
from minzheng.external.sheets.page_edges import (
    even_light,
    find_sheet,
    is_in_shadow,
    straighten_sheet,
    straighten_whole,
)

Box = tuple[float, float, float, float]
_Image = NDArray[np.uint8]


def read_photographed(
    image: _Image, read: Callable[[_Image], ExtractedPage]
) -> ExtractedPage | None:
    """A page read straight; none when no sheet is seen on it, or nothing was read of it."""
    sheet = find_sheet(image)
    is_alone = sheet is not None and is_plain_around(image, sheet)
    straight = (straighten_sheet if is_alone else straighten_whole)(image, sheet) if sheet else None
    if sheet is None or straight is None:
        return None
    picture, back = straight.image, straight.back
    del straight  # two copies of a large page are 50 MiB
    if is_in_shadow(image, sheet):  # else another light only makes noise
        picture = even_light(picture)
        give_back_memory()  # its planes of fractions
    if is_alone:
        picture = without_rim(picture)
    page = read(picture)
    if not page.lines:
        return None
    way = _WayBack(back, picture.shape[:2], image.shape[:2], page.turns)
    return replace(
        page,
        lines=tuple(replace(one, box=way.of(one.box)) for one in page.lines),
        seals=tuple(replace(one, box=way.of(one.box)) for one in page.seals),
        signatures=tuple(replace(one, box=way.of(one.box)) for one in page.signatures),
        fields=tuple(replace(one, box=way.of(one.box)) for one in page.fields),
    )


@dataclass(frozen=True, slots=True)
class _WayBack:
    """From parts of the upright straight page to parts of the upright photo."""

    matrix: NDArray[np.float64]
    straight: tuple[int, ...]  #: height and width, as it was read and not yet turned
    photo: tuple[int, ...]
    turns: int

    def of(self, box: Box) -> Box:
        """The place on the photo that holds a place of the straight page."""
        left, top, right, bottom = box
        ends = ((left, top), (right, top), (right, bottom), (left, bottom))
        lying = np.array([_turned(x, y, -self.turns) for x, y in ends])
        pixels = lying * np.array([self.straight[1], self.straight[0]])
        moved = cv2.perspectiveTransform(pixels[None].astype(np.float64), self.matrix)[0]
        parts = moved / np.array([self.photo[1], self.photo[0]])
        upright = np.clip([_turned(x, y, self.turns) for x, y in parts], 0.0, 1.0)
        low, high = upright.min(axis=0), upright.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _turned(x: float, y: float, turns: int) -> tuple[float, float]:
    """Where a place lies after quarter turns counter-clockwise."""
    for _ in range(turns % 4):
        x, y = y, 1.0 - x
    return x, y
