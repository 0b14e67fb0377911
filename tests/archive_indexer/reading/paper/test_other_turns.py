"""Parts of a page that stand another way than the rest."""

import numpy as np
import pytest

from archive_indexer.reading.paper.other_turns import read_turned_parts
from archive_indexer.reading.upright import UprightPage
from minzheng.external.ocr.ocr_engine import ReadLine

PAGE = np.full((1000, 1000, 3), 255, np.uint8)
SURE = ReadLine("镇坪县民政局", (0.1, 0.1, 0.5, 0.13), 0.99)


class Engine:
    """Sees a part turned so, and reads two lines in it, from the left on its upright picture."""

    def __init__(self, scores=(0.0, 0.0, 0.0, 0.9), sure=0.99):
        self.scores, self.sure, self.asked = scores, sure, []

    def turn_scores(self, image):
        self.asked.append(image.shape[:2])
        return self.scores

    def read_all(self, image, printed=""):
        boxes = ((0.0, 0.0, 1.0, 0.1), (0.0, 0.5, 0.5, 0.6))
        return [
            ReadLine(words, box, self.sure, 0.1, (0.5,))
            for words, box in zip(("残疾人证", "姓名张三"), boxes, strict=True)
        ]


def garbage(count: int, confidence: float = 0.5) -> list[ReadLine]:
    """Lines that stand upright beside one another in the lower half."""
    lefts = (0.2 + 0.05 * at for at in range(count))
    return [ReadLine("免采", (left, 0.6, left + 0.03, 0.9), confidence) for left in lefts]


def page(*lines: ReadLine, poor=()) -> UprightPage:
    return UprightPage(0, PAGE, [], PAGE, list(lines), list(poor))


def test_a_part_that_stands_another_way_is_read_as_it_stands():
    """What was misread of it is gone, its lines lie where they stand on the page."""
    found = read_turned_parts(page(SURE, *garbage(2), poor=garbage(4)[2:]), Engine())
    assert found.page.lines == [SURE]
    assert found.page.poor == []
    assert found.text == "残疾人证\n姓名张三"
    first, second = found.lines
    assert first.box == pytest.approx((0.192, 0.592, 0.2116, 0.908), abs=0.01)
    assert second.box == pytest.approx((0.29, 0.75, 0.31, 0.908), abs=0.01)
    assert [one.places for one in found.read] == [(), ()]


def test_a_line_that_is_a_little_surer_belongs_to_the_part_it_lies_in():
    """Garbage may be read surely."""
    (among,) = garbage(1, 0.9)
    found = read_turned_parts(page(SURE, *garbage(4)[1:], among), Engine())
    assert found.page.lines == [SURE]


@pytest.mark.parametrize(
    ("lines", "engine", "asked"),
    [
        (garbage(2), Engine(), 0),
        (garbage(3, 0.9), Engine(), 0),
        ([*garbage(2), ReadLine("免", (0.9, 0.1, 0.95, 0.3), 0.5)], Engine(), 0),
        (garbage(3), Engine(scores=(0.9, 0.0, 0.0, 0.1)), 1),
        (garbage(3), Engine(scores=(0.3, 0.1, 0.0, 0.6)), 1),
        (garbage(3, 0.79), Engine(sure=0.61), 1),
    ],
    ids=["few", "sure enough", "apart", "upright", "undecided", "no better"],
)
def test_otherwise_a_page_stays_as_it_was_read(lines, engine: Engine, asked: int):
    """Handwriting is doubtful, too, and stands upright."""
    was = page(SURE, *lines)
    found = read_turned_parts(was, engine)
    assert found.page is was
    assert (found.text, found.lines, found.read) == ("", (), ())
    assert len(engine.asked) == asked
