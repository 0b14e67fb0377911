"""A photographed sheet taken straight and in even light; run as a program, within bounds."""

import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from minzheng.external.sheets.page_edges import crop_straight, even_light, find_sheet
from minzheng.external.shrinking import (
    DAMAGED,
    DAMAGES,
    DONE,
    NO_EDGES,
    TOO_LARGE,
    bound_this_process,
    shrink,
)

_ROOM = 1.6  #: the sheet is a part of its picture


def main(words: list[str]) -> str:
    """Straighten file FROM, as the PNG TO of no more than SIDE pixels; how it went."""
    source, target, side = words
    bound_this_process()
    cv2.setNumThreads(1)
    try:
        with Image.open(source) as picture:
            small = shrink(picture, round(int(side) * _ROOM)).convert("RGB")
        straight, is_sheet = straighten(small)
        straight.thumbnail((int(side), int(side)))
        straight.save(Path(target), "PNG", compress_level=1)
    except MemoryError:
        return TOO_LARGE
    except DAMAGES:
        return DAMAGED
    return DONE if is_sheet else NO_EDGES


def straighten(picture: Image.Image) -> tuple[Image.Image, bool]:
    """The sheet on a picture, or all of it where no sheet is seen."""
    image = np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])
    sheet = find_sheet(image)
    if sheet is None:
        return picture, False
    straight = even_light(crop_straight(image, sheet))
    return Image.fromarray(np.ascontiguousarray(straight[:, :, ::-1])), True


if __name__ == "__main__":
    print(main(sys.argv[1:]))  # noqa: T201  # its answer to whoever runs it
