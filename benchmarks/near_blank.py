"""Backs, nearly empty and faint pages: is a written one taken for blank, is a blank one read?

`python -m benchmarks.near_blank [--pages 200] [--faint 20] [--seed 41] [--grain]`. The faint
pages are whole papers whose ink is 3 to 20 grey levels darker than the paper; with `--grain`
their noise is that of film and cheap sensors, in grains of some pixels, and they are JPEGs;
so are the blank backs.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.reading.read_page import read_page_image
from benchmarks import machine
from benchmarks.scanned_pages import make_pages
from script.samples.near_blank import make_near_blank

_SEED = 41  #: pages that nobody looked at while the rules were made
_FAINTEST, _FAINT = 0.02, 0.09  #: of black ink
_LEVELS = (1, 2, 3, 4)  #: of noise, grey levels
_GRAIN, _QUALITY = 1.2, 60  #: pixels; of JPEG


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--faint", type=int, default=20)
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--grain", action="store_true")
    options = parser.parse_args()
    print(machine())
    counts = dict.fromkeys(
        ("written", "taken_for_blank", "written_and_said_unread",
         "blank", "blank_and_read", "blank_and_said_unread"), 0
    )  # fmt: skip
    seconds = 0.0
    for image, text, traits in _pages(
        options.pages, options.faint, options.seed, is_grainy=options.grain
    ):
        start = time.process_time()
        page = read_page_image(image, 1)
        seconds += 0 if text else time.process_time() - start
        counts["written" if text else "blank"] += 1
        what = _mistake(is_written=bool(text), is_blank=page.origin == "blank", unread=page.unread)
        if what:
            counts[what] += 1
            print(f"{what}: {text} {traits} {page.text[:20]!r}", flush=True)
    print(json.dumps({**counts, "ms_a_blank": round(1000 * seconds / max(1, counts["blank"]), 1)}))


def _mistake(*, is_written: bool, is_blank: bool, unread: tuple[str, ...]) -> str:
    """What went wrong, by the name it is counted under."""
    if is_written:
        if is_blank:
            return "taken_for_blank"
        return "written_and_said_unread" if unread else ""
    if is_blank:
        return ""
    return "blank_and_said_unread" if unread else "blank_and_read"


def _pages(
    count: int, faint: int, seed: int, *, is_grainy: bool
) -> Iterator[tuple[NDArray[np.uint8], str, tuple[str, ...]]]:
    levels = random.Random(seed)
    for number, near in enumerate(make_near_blank(count, seed)):
        if near.text or not is_grainy:
            yield near.image, near.text, near.traits
            continue
        grain = levels.choice(_LEVELS)
        noise = _noise(near.image.shape[:2], grain, seed + number, is_grainy=True)[..., None]
        image = np.clip(near.image + noise, 0, 255).astype(np.uint8)
        yield _as_jpeg(image), "", (*near.traits, f"noise {grain}")
    source = random.Random(seed)
    for number, page in enumerate(make_pages(faint, seed)):
        part, noise = source.uniform(_FAINTEST, _FAINT), source.choice(_LEVELS)
        pale = 235 - (235 - page.image.astype(np.float32)) * part
        pale += _noise(pale.shape[:2], noise, number, is_grainy=is_grainy)[..., None]
        traits = (page.condition.name, f"ink {part:.3f}", f"noise {noise}")
        image = np.clip(pale, 0, 255).astype(np.uint8)
        yield _as_jpeg(image) if is_grainy else image, page.paper, traits


def _noise(size: tuple[int, ...], levels: float, seed: int, *, is_grainy: bool) -> NDArray[Any]:
    """So many grey levels of noise: each pixel's own, or in grains."""
    noise = np.random.default_rng(seed).normal(0, 1, size)
    if is_grainy:
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), _GRAIN))
        noise = noise / noise.std()
    return np.asarray(noise * levels, np.float32)


def _as_jpeg(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)


if __name__ == "__main__":
    main()
