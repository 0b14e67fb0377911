"""Scanned pages with known contents, the same at every run."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from script.samples.aged_papers import CONDITIONS, SEAL_MM, Condition, age, place_seals
from script.samples.drawn_papers import PAPERS, application, letter, receipt
from script.samples.red_things import add_red_things
from script.samples.sheet import Word, find_fonts

SEAL_NAME = "镇坪县测试用印样章"
_RED_PAPERS = (application, letter, receipt)


@dataclass(frozen=True, slots=True)
class Token:
    """A word that stands on a page: id, name, amount or date."""

    text: str
    kind: str
    is_split: bool
    is_under_seal: bool


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page image (BGR, uint8), its condition, its words, its seals' centres."""

    image: NDArray[np.uint8]
    condition: Condition
    paper: str
    font: str
    tokens: tuple[Token, ...]
    seals: tuple[tuple[float, float], ...]  #: centres as parts of the page before skew


def make_pages(count: int, seed: int = 3) -> Iterator[ScannedPage]:
    """Forms, rosters, letters and receipts in every font under every condition."""
    fonts = find_fonts()
    for number in range(count):
        source = random.Random(seed * 1000 + number)
        condition = CONDITIONS[number % len(CONDITIONS)]
        draw = PAPERS[(number + number // len(CONDITIONS)) % len(PAPERS)]
        font = fonts[(number + number // len(CONDITIONS)) % len(fonts)]
        paper = draw(source, condition.dpi, font)
        centres = list(_seal_centres(source, paper.words)) if condition.has_seals else []
        picture = place_seals(paper.picture, centres, condition.dpi, SEAL_NAME)
        tokens = tuple(
            Token(word.text, word.kind, word.is_split, _is_under(word, centres))
            for word in paper.words
        )
        places = tuple((x / paper.width_mm, y / paper.height_mm) for x, y in centres)
        image = age(picture, condition, number)
        yield ScannedPage(image, condition, draw.__name__, font[0], tokens, places)


def make_red_pages(count: int, seed: int = 3) -> Iterator[ScannedPage]:
    """Upright papers with red things that are no seals; every second one has a seal, too."""
    fonts = find_fonts()
    for number in range(count):
        source = random.Random(seed * 1000 + number)
        condition = replace(CONDITIONS[number * 5 % len(CONDITIONS)], turns=0)
        font = fonts[number % len(fonts)]
        paper = _RED_PAPERS[number % len(_RED_PAPERS)](source, condition.dpi, font)
        picture = add_red_things(paper.picture, condition.dpi, font, number, source)
        centres = [(source.uniform(50, 160), source.uniform(70, 260))] * (number % 2)
        picture = place_seals(picture, centres, condition.dpi, SEAL_NAME)
        places = tuple((x / paper.width_mm, y / paper.height_mm) for x, y in centres)
        image = age(picture, condition, number)
        yield ScannedPage(image, condition, "red", font[0], (), places)


def _seal_centres(source: random.Random, words: list[Word]) -> Iterator[tuple[float, float]]:
    """Two seals over words, as far apart as may be."""
    low = sorted(words, key=lambda word: word.box[1])
    for word in (low[len(low) // 3], low[-1]):
        left, top, right, bottom = word.box
        yield (left + right) / 2 + source.uniform(-8, 8), (top + bottom) / 2 + source.uniform(-8, 8)


def _is_under(word: Word, centres: list[tuple[float, float]]) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    radius = SEAL_MM / 2
    return any((x - cx) ** 2 + (y - cy) ** 2 <= radius**2 for cx, cy in centres)
