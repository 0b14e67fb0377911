"""A page read the way it lies; where that is undecided, both likely ways, and the better kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_engine import OcrEngine, ReadLine, is_read
from minzheng.external.red_seals import RedSeal
from minzheng.external.seal_removal import lighten_seals
from minzheng.external.seals.square_seals import find_all_seals

_DECIDED = 0.8  #: how sure the model is of its turn
_CERTAIN = 0.97  #: then a faint page is not read twice
_LEAST_CONFIDENCE = 0.8  #: of a reading, over its lines
_CHANCE = 0.6  #: confidence of lines that are none


@dataclass(frozen=True, slots=True)
class UprightPage:
    """A page turned upright, its seals, the page without them, and its lines in no order."""

    turns: int  #: quarter turns counter-clockwise
    image: Image
    seals: Sequence[RedSeal]
    clean: Image
    lines: Sequence[ReadLine]
    poor: Sequence[ReadLine] = ()  #: places where lines seem to stand that could not be read

    @property
    def confidence(self) -> float:
        """The mean over the lines."""
        return sum(one.confidence for one in self.lines) / len(self.lines) if self.lines else 0.0

    @property
    def worth(self) -> float:
        """How much was read, and how surely: by which two readings are compared."""
        return sum(len(one.text) * (one.confidence - _CHANCE) for one in self.lines)


def read_upright(image: Image, rest: Image, engine: OcrEngine, printed: str = "") -> UprightPage:
    """Read a page the way its print runs.

    Args:
        image: the page as it lies; seals are looked for on it.
        rest: the same without what is known of it; its lines are read.
        engine: reads lines.
        printed: what stands on every copy of its form.
    """
    scores = engine.turn_scores(rest)
    best, second = sorted(range(4), key=lambda turns: -scores[turns])[:2]
    first = _read_turned((image, rest), best, engine, printed)
    is_sure = scores[best] > _DECIDED and (
        scores[best] > _CERTAIN or first.confidence >= _LEAST_CONFIDENCE
    )
    if is_sure or not (first.lines or scores[best] <= _DECIDED):
        return first
    other = _read_turned((image, rest), second, engine, printed)
    return max((first, other), key=lambda page: page.worth)


def _read_turned(
    page: tuple[Image, Image], turns: int, engine: OcrEngine, printed: str
) -> UprightPage:
    upright, rest = (np.ascontiguousarray(np.rot90(one, turns)) if turns else one for one in page)
    seals = find_all_seals(upright)
    clean = lighten_seals(rest, seals)
    found = engine.read_all(clean, printed)
    lines = [one for one in found if is_read(one)]
    poor = [one for one in found if not is_read(one)]
    return UprightPage(turns, upright, seals, clean, lines, poor)
