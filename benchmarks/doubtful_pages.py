"""Where a reading is doubtful: confidence of pages that were read well and of pages that were not.

`python -m benchmarks.doubtful_pages [--count 60] [--seed N]`. Drawn papers are spoilt in every
way that scanners and telephones know, from not at all to past reading. A page is well read when
at least 95 % of its names, ID numbers, amounts and dates are found, badly when less than 80 %.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.documents import DOUBTFUL_BELOW
from archive_indexer.reading.read_page import read_page_image
from benchmarks import machine
from benchmarks.scanned_pages import ScannedPage, make_pages

_SEED = 47  #: pages that nobody looked at while the limit was set
_WELL, _BADLY = 0.95, 0.8  #: of the words


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one page."""

    spoilt: str
    recall: float
    confidence: float
    is_unread: bool = False  #: ink that was not read is told, however sure the rest is

    def is_told(self, limit: float) -> bool:
        """Whether the page is listed among the doubtful ones, or says what was not read."""
        return self.is_unread or self.confidence < limit


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=_SEED)
    options = parser.parse_args()
    print(machine())
    seen: list[Seen] = []
    for page, spoilt in _spoilt_pages(options.count, options.seed):
        seen.append(one := _look(page, spoilt))
        said = "  有未读出的墨迹" * one.is_unread
        print(f"{one.confidence:.3f}  {one.recall:6.1%}  {one.spoilt}{said}", flush=True)
    print(json.dumps({str(limit): _at(limit, seen) for limit in _limits()}))


def _limits() -> list[float]:
    return sorted({DOUBTFUL_BELOW, *(number / 100 for number in range(80, 98, 2))})


def _at(limit: float, seen: list[Seen]) -> dict[str, int]:
    """Badly read pages that would pass silently, and good ones that would be doubted."""
    return {
        "badly_read": sum(one.recall < _BADLY for one in seen),
        "of_them_silent": sum(one.recall < _BADLY and not one.is_told(limit) for one in seen),
        "between": sum(_BADLY <= one.recall < _WELL for one in seen),
        "of_them_told": sum(_BADLY <= one.recall < _WELL and one.is_told(limit) for one in seen),
        "well_read": sum(one.recall >= _WELL for one in seen),
        "of_them_doubted": sum(one.recall >= _WELL and one.is_told(limit) for one in seen),
    }


def _look(page: ScannedPage, spoilt: str) -> Seen:
    read = read_page_image(page.image, 1)
    text = re.sub(r"\s", "", read.text)
    found = sum(token.text in text for token in page.tokens)
    recall = found / max(1, len(page.tokens))
    is_blank = read.origin == "blank"
    return Seen(spoilt, recall, 1.0 if is_blank else read.confidence, bool(read.unread))


def _spoilt_pages(count: int, seed: int) -> Iterator[tuple[ScannedPage, str]]:
    for number, page in enumerate(make_pages(count, seed)):
        source = random.Random(seed * 1000 + number)
        way = list(_WAYS)[number % len(_WAYS)]
        image = _WAYS[way](page.image, source)
        yield replace(page, image=image), f"{way}, {page.condition.name}, {page.paper}"


Pixels = NDArray[np.uint8]


def _as_it_is(image: Pixels, source: random.Random) -> Pixels:
    return image


def _coarse(image: Pixels, source: random.Random) -> Pixels:
    part = source.uniform(0.2, 0.45)
    size = round(image.shape[1] * part), round(image.shape[0] * part)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _blurred(image: Pixels, source: random.Random) -> Pixels:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), source.uniform(1.5, 4.5)), np.uint8)


def _noisy(image: Pixels, source: random.Random) -> Pixels:
    noise = np.random.default_rng(source.randrange(1 << 30)).normal(
        0, source.uniform(30, 90), image.shape[:2]
    )
    return np.clip(image + noise[..., None], 0, 255).astype(np.uint8)


def _faint(image: Pixels, source: random.Random) -> Pixels:
    part = source.uniform(0.04, 0.2)
    pale = 235 - (235 - image.astype(np.float32)) * part
    noise = np.random.default_rng(source.randrange(1 << 30)).normal(0, 3, image.shape[:2])
    return np.clip(pale + noise[..., None], 0, 255).astype(np.uint8)


def _packed_hard(image: Pixels, source: random.Random) -> Pixels:
    quality = [int(cv2.IMWRITE_JPEG_QUALITY), source.randint(2, 14)]
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", image, quality)[1], cv2.IMREAD_COLOR))


def _shaken(image: Pixels, source: random.Random) -> Pixels:
    length = source.randint(5, 17)
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1 / length
    return np.asarray(cv2.filter2D(image, -1, kernel), np.uint8)


_WAYS = {
    "as it is": _as_it_is,
    "coarse": _coarse,
    "blurred": _blurred,
    "noisy": _noisy,
    "faint": _faint,
    "packed hard": _packed_hard,
    "shaken": _shaken,
}

if __name__ == "__main__":
    main()
