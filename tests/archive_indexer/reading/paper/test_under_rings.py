"""Print under a seal that no line covers is said to be unread."""

import numpy as np
import pytest

from archive_indexer.documents import TextLine
from archive_indexer.reading.paper.under_rings import unread_under_rings
from minzheng.external.ocr.ocr_engine import ReadLine
from script.samples.aged_papers import place_seals
from script.samples.sheet import Paper, find_fonts

FONT = find_fonts()[0]
WORDS = "申请人于2018年10月12日提出申请"


def sealed(words: str = WORDS) -> np.ndarray:
    """A sentence that begins left of a seal and ends within it."""
    paper = Paper(210, 297, 150, FONT)
    paper.text((30, 100), words, 14)
    stamped = place_seals(paper.picture, [(105, 102)], 150, "镇坪县测试用印样章")
    return np.ascontiguousarray(np.asarray(stamped.convert("RGB"))[:, :, ::-1])


def box(begin: float, end: float) -> tuple[float, float, float, float]:
    """A line from so many to so many millimetres."""
    return begin / 210, 100 / 297, end / 210, 105.5 / 297


def end_of_words() -> float:
    """Where the sentence ends, in millimetres."""
    rows = sealed()[590:625, :, 2] < 90
    return float(np.flatnonzero(rows.any(axis=0))[-1]) / 150 * 25.4


SEAL = (85 / 210, 82 / 297, 125 / 210, 122 / 297)


def found(*lines: ReadLine, told=(), page=None) -> tuple[TextLine, ...]:
    return unread_under_rings(sealed() if page is None else page, [SEAL], lines, told)


def test_a_sentence_that_breaks_off_under_a_ring_is_told():
    """With the place behind its last word."""
    (line,) = found(ReadLine("申请人于2018年10", box(30, 88), 0.98))
    assert (line.text, line.source, line.confidence) == ("未读清", "unread", 0.0)
    assert line.box[0] > 88 / 210


@pytest.mark.parametrize(
    "lines",
    [
        [ReadLine(WORDS, box(30, end_of_words()), 0.99)],
        [ReadLine("申请人", box(30, 60), 0.99), ReadLine("申请", box(61, end_of_words()), 0.99)],
        [ReadLine("申请人于2018年10", box(30, 70), 0.98)],
    ],
    ids=["read whole", "read in two", "breaks off before the seal"],
)
def test_what_was_read_or_lies_elsewhere_is_no_such_line(lines):
    """Or is told as what it is: a line that could not be read at all."""
    assert found(*lines) == ()


def test_what_is_told_elsewhere_is_not_told_twice():
    """A room for a signature, a line that could not be read."""
    cut = ReadLine("申请人于2018年10", box(30, 88), 0.98)
    assert found(cut, told=[box(88, 110)]) == ()


def test_the_ring_and_its_words_are_no_print():
    """They are paper in red light; so is a rule of the form no sign."""
    page = sealed("申请人于")
    assert found(ReadLine("申请人于", box(30, 88), 0.99), page=page) == ()
    page[600:604, :] = 30
    assert found(ReadLine("申请人于", box(30, 88), 0.99), page=page) == ()
