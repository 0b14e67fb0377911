"""Pictures as telephones make them: a bent paper on a table, a shadow, a shaking hand.

`python -m benchmarks.pictures.photographed` makes the kept set again, with its truth. People,
numbers and seals are invented; nothing foreign lies in it.
"""

import random
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from script.samples.aged_papers import place_seals
from script.samples.drawn_papers import PAPERS
from script.samples.sheet import find_fonts

Pixels = NDArray[np.uint8]

KEPT = Path(__file__).resolve().parent / "kept"
_COUNT = 6
_SEED = 907
_DPI = 150
_QUALITY = 62
_MARK = "测试样张　人物、号码、金额均为虚构"  #: stands on every picture
_TABLES = ((66, 92, 116), (150, 148, 140), (52, 60, 58))  #: wood, concrete, cloth; BGR


def main() -> None:
    """Make every picture, and the table of what stands on them."""
    KEPT.mkdir(exist_ok=True)
    fonts, rows = find_fonts(), []
    for number in range(_COUNT):
        source = random.Random(_SEED + number)
        paper = PAPERS[number % len(PAPERS)](source, _DPI, fonts[number % len(fonts)])
        paper.text((15, 6), _MARK, 11)
        picture = place_seals(paper.picture, [(120.0, 200.0)] * (number % 2), _DPI, "测试用印样章")
        name = f"photo{number + 1}.jpg"
        pixels = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
        photo = photograph(pixels, source)
        cv2.imwrite(str(KEPT / name), photo, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        rows.append(f"{name}\tmark\t测试样张")
        rows += [f"{name}\t{word.kind}\t{word.text}" for word in paper.words]
    (KEPT / "truth.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def photograph(paper: Pixels, source: random.Random) -> Pixels:
    """A paper as it is seen by a telephone held above it."""
    height, width = paper.shape[:2]
    table = source.choice(_TABLES)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    moved = [[x + source.uniform(-0.03, 0.03) for x in one] for one in 0.05 + corners * 0.9]
    scale = np.array([width, height], np.float32)
    matrix = cv2.getPerspectiveTransform(
        (corners * scale).astype(np.float32), (np.array(moved) * scale).astype(np.float32)
    )
    seen = cv2.warpPerspective(_bent(paper, source), matrix, (width, height), borderValue=table)
    lit = seen.astype(np.float32) * _light(height, width, source)[:, :, None]
    noise = np.random.default_rng(source.randrange(1 << 30)).normal(0, 5, (height, width, 1))
    blurred = _shaken(np.clip(lit + noise, 0, 255).astype(np.uint8), source)
    return np.asarray(blurred, np.uint8)


def _bent(paper: Pixels, source: random.Random) -> Pixels:
    """A sheet that does not lie flat: its lines run in waves."""
    height, width = paper.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    depth, phase = source.uniform(2, 7), source.uniform(0, 6)
    wave = depth * np.sin(x / width * source.uniform(3, 6) + phase)
    moved = (y + wave).astype(np.float32)
    bent = cv2.remap(paper, x, moved, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(bent, np.uint8)


def _light(height: int, width: int, source: random.Random) -> NDArray[np.float32]:
    """A lamp at one side and the shadow of a hand."""
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    light = 1.0 - 0.3 * (x if source.random() < 0.5 else 1 - x) - 0.1 * y
    edge = source.uniform(0.5, 0.9)
    shadow = 1 / (1 + np.exp(-(x + 0.4 * y - edge) * 40))
    return np.asarray(light * (1 - source.uniform(0.15, 0.4) * shadow), np.float32)


def _shaken(picture: Pixels, source: random.Random) -> Pixels:
    length = source.choice((1, 2, 3))
    kernel = np.full((1, length), 1 / length, np.float32)
    return np.asarray(cv2.filter2D(picture, -1, kernel), np.uint8)


if __name__ == "__main__":
    main()
