"""What was read through the wall of two cells stands in each of them again."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from archive_indexer.reading.cells import find_cells
from archive_indexer.reading.paper.parted_cells import part_at_walls
from archive_indexer.reading.reading_order import order_lines
from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_engine import ReadLine

WIDTH, HEIGHT = 1000, 1400
WALLS = (100, 400, 700)
TOP, BOTTOM = 110, 140  #: of a line of a cell
STEP = 20  #: pixels from digit to digit


class Glance:
    """An engine that sees in the crops what it was told."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.widths: list[int] = []

    def glance(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        self.widths += [crop.shape[1] for crop in crops]
        return [(text, 0.9) for text in self.texts]


def table() -> Image:
    page = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    for x in WALLS:
        cv2.line(page, (x, 100), (x, 200), (0, 0, 0), 3)
    for y in (100, 200):
        cv2.line(page, (WALLS[0], y), (WALLS[-1], y), (0, 0, 0), 3)
    return page


def line(text: str, middles: Sequence[int], top: int = TOP) -> ReadLine:
    """A line whose signs have their middles so far from the page's left side."""
    left, right = middles[0] - STEP, middles[-1] + STEP
    places = tuple((one - left) / (right - left) for one in middles)
    box = (left / WIDTH, top / HEIGHT, right / WIDTH, (top + BOTTOM - TOP) / HEIGHT)
    return ReadLine(text, box, 0.9, 0.0, places)


def up_to(end: int, count: int) -> list[int]:
    return [end - STEP * number for number in reversed(range(count))]


def from_(start: int, count: int) -> list[int]:
    return [start + STEP * number for number in range(count)]


def parted(text: str, middles: Sequence[int], *seen: str) -> list[str]:
    image = table()
    lines = part_at_walls([line(text, middles)], find_cells(image, 0.0), image, Glance(*seen))
    return [one.text for one in lines]


def test_a_number_whose_half_ran_into_the_next_cell_is_whole_again():
    """Its second half stands a line lower in its own cell."""
    image = table()
    both = line("61092719670814418.07", [*up_to(385, 12), *from_(415, 8)])
    rest = line("256897", from_(115, 6), top=150)
    cells = find_cells(image, 0.0)
    lines = part_at_walls([both, rest], cells, image, Glance("610927196708", "14418.07"))
    text = "".join(before + one.text for before, one in order_lines(lines, cells))
    assert text == "\n610927196708256897 14418.07"
    assert [one.box[2] < 0.41 for one in lines] == [True, False, True]
    middle = lines[1].box[0] + lines[1].places[0] * (lines[1].box[2] - lines[1].box[0])
    assert middle == pytest.approx(0.415, abs=0.004)


@pytest.mark.parametrize("wall", ["|", " ", "1"])
def test_a_wall_that_was_read_as_a_sign_is_none(wall: str):
    """Neither part shows it."""
    middles = [*up_to(380, 5), 400, *from_(420, 4)]
    assert parted(f"12345{wall}6.78", middles, "12345", "6.78") == ["12345", "6.78"]


def test_a_space_that_only_the_second_look_sees_is_none():
    """Of an amount in noise: 6. 78."""
    middles = [*up_to(380, 5), *from_(420, 4)]
    assert parted("123456.78", middles, "12345", "6. 78") == ["12345", "6.78"]


@pytest.mark.parametrize(
    ("text", "middles", "seen"),
    [
        ("123456.78", [*up_to(392, 5), *from_(412, 4)], ("12345", "6.78")),
        ("12345.78", [*up_to(380, 5), *from_(420, 3)], ("1234", "5.78")),
        ("12345.78", [*up_to(380, 5), *from_(420, 3)], ("12345", "")),
        ("12345.78", [*up_to(380, 5), *from_(420, 3)], ("1234", ".78")),
        ("12345.78", [*up_to(380, 5), *from_(420, 3)], ("12345", ".7")),
    ],
    ids=["no gap", "another place", "nothing there", "a sign lost", "the end lost"],
)  # fmt: skip
def test_one_word_across_a_wall_stays_one(text, middles, seen):
    """A pen does not stop there; what both parts do not say together is no two words."""
    assert parted(text, middles, *seen) == [text]


@pytest.mark.parametrize("middles", [from_(130, 6), from_(108, 6), up_to(394, 6), from_(800, 6)])
def test_a_line_in_its_cell_is_not_looked_at(middles):
    """Its margins reach over the walls; beside the table there are none."""
    image, glance = table(), Glance("3")
    one = line("123456", middles)
    assert part_at_walls([one], find_cells(image, 0.0), image, glance) == [one]
    assert glance.widths == []


def test_a_line_without_places_stays_as_it_is():
    """Where its signs stand nobody knows."""
    image, one = table(), line("12345.78", [*up_to(380, 5), *from_(420, 3)])
    bare = ReadLine(one.text, one.box, 0.9)
    glance = Glance("12345", ".78")
    assert part_at_walls([bare], find_cells(image, 0.0), image, glance) == [bare]
