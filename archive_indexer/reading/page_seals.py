"""The red seals of a page with the words around their rings, or in their squares."""

import re
from collections.abc import Sequence

from archive_indexer.documents import SQUARE_SEAL, Seal
from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_engine import OcrEngine
from minzheng.external.red_seals import RedSeal
from minzheng.external.seals.ring_words import SealInk
from minzheng.external.seals.square_seals import SquareSeal, straight_lines

_LEAST_SURE = 0.75
_SURE_IN_GREEN = 0.85  #: print below a seal may stand there, too
_SURE_AT_A_GLANCE = 0.98
_SURE_TO_BOTH = 0.9
_FEWEST_WORDS = 4  #: characters in the name of any office
_FEWEST_IN_SQUARE = 2
_ENDS_WELL = 0.3  #: of confidence
_IS_WORD = re.compile(r"[\u3400-\u9fff]{2}|[0-9A-Z]{4}")
_NOT_CHINESE = re.compile(r"[^\u3400-\u9fff]")


def describe_seals(image: Image, found: Sequence[RedSeal], engine: OcrEngine) -> tuple[Seal, ...]:
    """Place, colour and, where they can be read, the words of each seal."""
    return tuple(
        Seal(part_of_page(seal, image), seal.colour, _words(image, seal, engine)) for seal in found
    )


def say_mute(seals: Sequence[Seal]) -> tuple[str, ...]:
    """How many seals of offices say nothing: their words were not read."""
    mute = sum(not seal.words for seal in seals)
    return (f"含 {mute} 枚印章，章上文字未读出",) if mute else ()


def _words(image: Image, seal: RedSeal, engine: OcrEngine) -> str:
    """What stands around the ring, then what stands within it and is no edge of the ring."""
    if isinstance(seal, SquareSeal):
        return " ".join(filter(None, (SQUARE_SEAL, _in_square(image, seal, engine))))
    by_colour = _on_ring(SealInk.by_colour(image, seal), engine, _LEAST_SURE)
    return by_colour or _on_ring(SealInk.in_green_light(image, seal), engine, _SURE_IN_GREEN)


def _on_ring(ink: SealInk, engine: OcrEngine, least: float) -> str:
    around = _around(ink, engine, least)
    within = (words for words in _within(ink, engine, least) if words not in around)
    return " ".join(filter(None, (around, *within)))


def _in_square(image: Image, seal: SquareSeal, engine: OcrEngine) -> str:
    """The surest of the ways in which the signs may run; most end with 印 or 章."""
    said: list[tuple[float, str]] = []
    for lines in straight_lines(image, seal):
        read = engine.read_carefully(lines)
        words = _NOT_CHINESE.sub("", "".join(text for text, _ in read))
        sure = min((confidence for _, confidence in read), default=0.0)
        if sure >= _LEAST_SURE and len(words) >= _FEWEST_IN_SQUARE:
            said.append((sure + _ENDS_WELL * words.endswith(("印", "章")), words))
    return max(said)[1] if said else ""


def _within(ink: SealInk, engine: OcrEngine, least: float) -> list[str]:
    """The straight lines of a seal from above: its purpose, a tax number."""
    lines = engine.read(ink.within())
    return [
        words
        for line in sorted(lines, key=lambda line: line.box[1])
        if line.confidence >= least and _IS_WORD.search(words := "".join(line.text.split()))
    ]


def _around(ink: SealInk, engine: OcrEngine, least: float) -> str:
    """The surest reading of the ring, or nothing."""
    readings = _read_ring(engine, ink.around())
    sure = [
        (confidence, words)
        for text, confidence in readings
        if confidence >= least and len(words := _NOT_CHINESE.sub("", text)) >= _FEWEST_WORDS
    ]
    return max(sure)[1] if sure else ""


def _read_ring(engine: OcrEngine, rings: Sequence[Image]) -> list[tuple[str, float]]:
    """What two of differing crops surely say alike at a glance: a fifth of the cost.

    The last ring is looked at only where the first two do not settle it. What two say alike less
    surely stands where the larger model surely reads the same in one of them.
    """
    seen = engine.glance(rings[:-1])
    agreed = _alike(seen, _SURE_AT_A_GLANCE)
    if not agreed:
        seen = [*seen, *engine.glance(rings[-1:])]
        agreed = _alike(seen, _SURE_AT_A_GLANCE)
    if agreed:
        return agreed
    if alike := _alike(seen, _LEAST_SURE):
        best = max(alike, key=lambda one: one[1])
        at = seen.index(best)
        read = engine.read_carefully(rings[at : at + 1])
        if any(text == best[0] and sure >= _SURE_TO_BOTH for text, sure in read):
            return read
    return engine.read_carefully(rings)


def _alike(seen: Sequence[tuple[str, float]], least: float) -> list[tuple[str, float]]:
    """What is said more than once, so surely."""
    sure = [text for text, confidence in seen if confidence >= least]
    return [one for one in seen if sure.count(one[0]) > 1]


def part_of_page(seal: RedSeal, image: Image) -> tuple[float, float, float, float]:
    """The place of a seal as parts of the page."""
    height, width = image.shape[:2]
    return (
        round(seal.left / width, 4),
        round(seal.top / height, 4),
        round(min(1.0, (seal.left + seal.width) / width), 4),
        round(min(1.0, (seal.top + seal.height) / height), 4),
    )
