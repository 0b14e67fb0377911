"""Lines that stand on a page and could not be read: said with their place, never left out.

A pen's running hand, a blot over a name, print that is half gone: the models see that a line
stands there and read nothing, or a guess. The guess stays findable, marked as one; a line
that is hardly read stays where it stands and is marked, too. What lies under a seal, on known
words or in a place for a signature is told elsewhere.
"""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import replace

import cv2
import numpy as np

from archive_indexer.documents import TextLine
from archive_indexer.reading.known_lines import Box, part_under
from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_engine import ReadLine

NOT_READ = "未读清"
_HARDLY = 0.75  #: confidence of a line of some signs that is kept as it is, and told
_FEW_SIGNS = 3
_MOSTLY = 0.5  #: of a line's room that lies on what is told elsewhere
_LEAST_HIGH = 0.55  #: of the height of the lines that were read: smaller are specks
_LEAST_HIGH_ALONE = 0.006  #: of the page's height, where nothing was read
_LEAST_LONG = 1.8  #: length to height of a line without even a guess: a blot has less
_DARKER = 30  #: grey levels from the paper around
_LEAST_INK, _MOST_INK = 0.03, 0.6  #: of a line's room
_INNER = 0.12  #: of its height: the edges of a room may lie on a rule


def unread_lines(
    poor: Iterable[ReadLine], read: Sequence[ReadLine], told: Sequence[Box], page: Image
) -> tuple[TextLine, ...]:
    """What could not be read, each with its guess and its place, from above.

    Args:
        poor: places where lines seem to stand that gave no words, or a guess.
        read: the lines that were read.
        told: places of which something else is said: seals, signatures, known words.
        page: upright, without its seals, BGR.
    """
    shape = page.shape[0] / page.shape[1]
    heights = [_low_side(one.box, shape) for one in read]
    least = _LEAST_HIGH * statistics.median(heights) if heights else _LEAST_HIGH_ALONE
    hardly = [one for one in read if _is_hardly_read(one)]
    taken = [*told, *(one.box for one in read if not _is_hardly_read(one))]
    kept = [
        one
        for one in (*poor, *(replace(one, text="") for one in hardly))
        if _low_side(one.box, shape) >= least
        and (_guess(one) or _length(one.box, shape) >= _LEAST_LONG)
        and part_under(one.box, taken) < _MOSTLY
        and _is_inked(one.box, page)
    ]
    return tuple(_told(one) for one in sorted(kept, key=lambda one: (one.box[1], one.box[0])))


def say_unread(lines: Sequence[TextLine]) -> tuple[str, ...]:
    """How many lines of a page were not read, in Chinese; nothing when all were."""
    return (f"有 {len(lines)} 行{NOT_READ}",) if lines else ()


def _is_hardly_read(line: ReadLine) -> bool:
    return line.confidence < _HARDLY and len(line.text.strip()) >= _FEW_SIGNS


def _told(line: ReadLine) -> TextLine:
    guess = _guess(line)
    text = f"{guess}（{NOT_READ}）" if guess else NOT_READ
    return TextLine(text, line.box, round(line.confidence, 4), source="unread")


def _guess(line: ReadLine) -> str:
    return line.text.strip() if any(sign.isalnum() for sign in line.text) else ""


def _low_side(box: Box, shape: float) -> float:
    """The shorter side of a place, as a part of the page's height."""
    return min((box[2] - box[0]) / shape, box[3] - box[1])


def _length(box: Box, shape: float) -> float:
    wide, high = (box[2] - box[0]) / shape, box[3] - box[1]
    return max(wide, high) / max(min(wide, high), 1e-6)


def _is_inked(box: Box, page: Image) -> bool:
    """Whether strokes stand there: neither bare paper nor a picture's even dark."""
    height, width = page.shape[:2]
    inner = _INNER * (box[3] - box[1])
    top, bottom = round((box[1] + inner) * height), round((box[3] - inner) * height)
    part = page[top:bottom, round(box[0] * width) : round(box[2] * width)]
    if not part.size:
        return False
    grey = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY)
    off = np.abs(grey.astype(np.int16) - int(np.percentile(grey, 80)))
    return bool(_LEAST_INK <= float((off > _DARKER).mean()) <= _MOST_INK)
