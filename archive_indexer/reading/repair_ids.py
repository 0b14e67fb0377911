"""ID numbers whose letters can only be digits, put right by their date and check digit.

Digits are never exchanged for other digits: a number that is wrong on the paper stays so,
for people to see.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from archive_indexer.documents import TextLine
from minzheng.county.writing.id_card import is_sound
from minzheng.external.ocr.ocr_engine import ReadLine

Ordered = Sequence[tuple[str, ReadLine]]  #: what separates a line from the one before, the line

#: A sign and the digits that print looks like; the last place may also be X.
LOOK_ALIKES = {
    "O": "0", "o": "0", "〇": "0", "○": "0", "D": "0", "Q": "0", "C": "0", "U": "0",
    "I": "1", "l": "1", "i": "1", "|": "1", "!": "1", "丨": "1", "J": "1", "L": "1",
    "Z": "2", "z": "2", "S": "5", "s": "5", "b": "6", "G": "6", "T": "7", "?": "7",
    "B": "8", "g": "9", "q": "9", "A": "4", "E": "3",
}  # fmt: skip
_LAST = {**LOOK_ALIKES, "×": "X", "✕": "X", "乂": "X", "K": "X", "x": "X"}
_LEAST_DIGITS = 12  #: of the eighteen; with fewer it is a word
_SIGNS = "".join(map(re.escape, LOOK_ALIKES))
_NUMBER = re.compile(
    rf"(?<![0-9A-Za-z])[0-9{_SIGNS}]{{17}}[0-9X{''.join(map(re.escape, _LAST))}](?![0-9A-Za-z])"
)


def repair_lines(ordered: Ordered) -> list[tuple[str, TextLine]]:
    """The lines with repaired ID numbers; a repaired line keeps what was read as `raw`."""
    repaired: list[tuple[str, TextLine]] = []
    for group in _runs(ordered):
        texts = [line.text for _, line in group]
        for (before, line), text in zip(group, _repair_run(texts), strict=True):
            raw = line.raw or (line.text if text != line.text else "")
            repaired.append((before, TextLine(text, line.box, line.confidence, raw)))
    return repaired


def repair_number(number: str) -> str:
    """The one sound ID number that a reading can stand for, else the reading."""
    if is_sound(number.upper()):
        return number.upper()
    if sum(sign.isdecimal() for sign in number) < _LEAST_DIGITS:
        return number
    places = [LOOK_ALIKES.get(sign, sign) for sign in number[:-1]]
    places.append(_LAST.get(number[-1], number[-1]))
    candidates = {"".join(signs) for signs in itertools.product(*places)}
    sound = [candidate for candidate in candidates if is_sound(candidate)]
    return sound[0] if len(sound) == 1 else number


def _runs(ordered: Ordered) -> Iterator[list[tuple[str, ReadLine]]]:
    """Lines that run on in the next one, together."""
    run: list[tuple[str, ReadLine]] = []
    for before, line in ordered:
        if before and run:
            yield run
            run = []
        run.append((before, line))
    if run:
        yield run


def _repair_run(texts: Iterable[str]) -> list[str]:
    """The same texts with each number repaired; lengths stay."""
    texts = list(texts)
    whole = _NUMBER.sub(lambda match: repair_number(match.group()), "".join(texts))
    ends = itertools.accumulate(len(text) for text in texts)
    return [whole[end - len(text) : end] for text, end in zip(texts, ends, strict=True)]
