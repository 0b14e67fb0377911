"""Pages with what was read drawn around it, to be looked at: `python -m benchmarks.pictures.boxes`.

Green: a line that is sure; orange: one that is not; red: a seal. The pictures stand in
docs/pictures/read; docs/read_pages.md says what is to be seen on them.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.documents import ExtractedPage
from archive_indexer.reading.faint_ink import draw_out
from archive_indexer.reading.page_ink import has_ink
from archive_indexer.reading.read_page import read_page_image
from benchmarks.pictures.photographed import KEPT
from minzheng.external.ocr.ocr_engine import load_engine
from script.samples.aged_papers import Condition, age, place_seals
from script.samples.drawn_papers import application, receipt
from script.samples.near_blank import make_near_blank
from script.samples.sheet import find_fonts

Pixels = NDArray[np.uint8]

SHOWN = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "read"
_HEIGHT = 1100  #: pixels of a picture
_SURE = 0.9
_GREEN, _ORANGE, _RED = (60, 150, 40), (20, 130, 240), (40, 40, 210)
_BACK_SEED = 303


def main() -> None:
    """Read every page, draw and tell what was made of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SHOWN)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, image in _pages():
        page = read_page_image(image, 1)
        faint = draw_out(image, load_engine) if not has_ink(image) else None
        shown = draw_boxes(faint.image if faint else image, page)
        cv2.imwrite(str(folder / f"{name}.png"), shown)
        print(
            f"{name}: {page.origin}, {len(page.lines)} lines, {page.confidence:.3f}, {page.unread}"
        )


def draw_boxes(image: Pixels, page: ExtractedPage) -> Pixels:
    """The page upright, small, in few colours, with a frame around each line and seal."""
    upright = np.ascontiguousarray(np.rot90(image, page.turns))
    width = round(upright.shape[1] * _HEIGHT / upright.shape[0])
    shown = cv2.resize(upright, (width, _HEIGHT), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(shown, cv2.COLOR_BGR2GRAY) // 16 * 16
    shown = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    frames = [(line.box, _GREEN if line.confidence >= _SURE else _ORANGE) for line in page.lines]
    for box, colour in [*frames, *((seal.box, _RED) for seal in page.seals)]:
        left, top, right, bottom = (
            round(side * size) for side, size in zip(box, (width, _HEIGHT) * 2, strict=True)
        )
        cv2.rectangle(shown, (left, top), (right, bottom), colour, 1)
    return np.asarray(shown, np.uint8)


def _pages() -> Iterator[tuple[str, Pixels]]:
    font = find_fonts()[0]
    yield "photographed", np.asarray(cv2.imread(str(KEPT / "photo2.jpg")), np.uint8)
    faint = age(receipt(random.Random(5), 150, font).picture, Condition("clean", 150), 1)
    pale = 235 - (235 - faint.astype(np.float32)) * 0.05
    pale += np.random.default_rng(1).normal(0, 2, pale.shape[:2])[..., None]
    yield "faint", np.clip(pale, 0, 255).astype(np.uint8)
    stamped = place_seals(
        application(random.Random(7), 200, font).picture, [(60.0, 100.0)], 200, "测试用印样章"
    )
    sharp = age(stamped, Condition("sealed", 200, skew=0.4, noise=4), 1)
    yield "blurred", np.asarray(cv2.GaussianBlur(sharp, (0, 0), 3.0), np.uint8)
    backs = (one.image for one in make_near_blank(40, _BACK_SEED) if one.traits[:1] == ("through",))
    yield "back", next(backs)


if __name__ == "__main__":
    main()
