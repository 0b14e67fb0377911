"""A page read the way it lies; where that is undecided, both likely ways, and the better kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2

from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_engine import OcrEngine, ReadLine, is_read
from minzheng.external.process_memory import give_back_memory
from minzheng.external.red_seals import RedSeal
from minzheng.external.seal_removal import lighten_seals
from minzheng.external.seals.all_seals import fills, find_all_seals

_DECIDED = 0.8  #: how sure the model is of its turn
_CERTAIN = 0.97  #: then a faint page is not read twice
_LEAST_CONFIDENCE = 0.8  #: of a reading, over its lines
_CHANCE = 0.6  #: confidence of lines that are none
_TURNS = (cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE)


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
        return worth_of(self.lines)


def worth_of(lines: Sequence[ReadLine]) -> float:
    """How much some lines say, and how surely."""
    return sum(len(one.text) * (one.confidence - _CHANCE) for one in lines)


def read_upright(
    image: Image,
    rest: Image,
    engine: OcrEngine,
    printed: str = "",
    turns: int | None = None,
) -> UprightPage:
    """Read a page the way its print runs.

    Args:
        image: the page as it lies; seals are looked for on it.
        rest: the same without what is known of it; its lines are read.
        engine: reads lines.
        printed: what stands on every copy of its form.
        turns: quarter turns counter-clockwise that bring it upright, if its code tells them.
    """
    if turns is not None:
        return _read_turned((image, rest), turns, engine, printed)
    scores = engine.turn_scores(rest)
    best, second = sorted(range(4), key=lambda turns: -scores[turns])[:2]
    first = _read_turned((image, rest), best, engine, printed)
    is_sure = scores[best] > _DECIDED and (
        scores[best] > _CERTAIN or first.confidence >= _LEAST_CONFIDENCE
    )
    if best and not first.lines and fills(first.seals, first.image):
        return _read_turned((image, rest), 0, engine, printed)  # a ring looks alike from all sides
    if is_sure or not (first.lines or scores[best] <= _DECIDED):
        return first
    give_back_memory()  # of the first reading 100 to 270 MiB are left in pieces
    other = _read_turned((image, rest), second, engine, printed)
    return max((first, other), key=lambda page: page.worth)


def turned(image: Image, turns: int) -> Image:
    """A picture turned by quarters counter-clockwise."""
    return cv2.rotate(image, _TURNS[turns - 1]) if turns else image


def _read_turned(
    page: tuple[Image, Image], turns: int, engine: OcrEngine, printed: str
) -> UprightPage:
    upright = turned(page[0], turns)
    rest = upright if page[1] is page[0] else turned(page[1], turns)
    seals = find_all_seals(upright)
    clean = lighten_seals(rest, seals)
    sealed = [(one.left, one.top, one.left + one.width, one.top + one.height) for one in seals]
    found = engine.read_all(clean, printed, sealed=sealed)
    lines = [one for one in found if is_read(one)]
    poor = [one for one in found if not is_read(one)]
    return UprightPage(turns, upright, seals, clean, lines, poor)
