"""A page that may lie either way is read both ways, and the better reading kept."""

import numpy as np
import pytest

from archive_indexer.reading import upright
from archive_indexer.reading.upright import read_upright, turned
from minzheng.external.ocr.ocr_engine import ReadLine

PAGE = np.full((40, 60, 3), 255, np.uint8)


class Engine:
    """Reads 测试甲 as surely as it is told for the way the page lies."""

    def __init__(self, scores, sure):
        self.scores, self.sure, self.reads = scores, sure, 0

    def turn_scores(self, image):
        return self.scores

    def read_all(self, image, printed="", sealed=()):
        turns = 0 if image[0, 0, 0] == 1 else 1 if image[-1, 0, 0] == 1 else 3
        self.reads += 1
        sure = self.sure.get(turns, 0.0)
        return [ReadLine("测试甲", (0.1, 0.1, 0.5, 0.2), sure)] if sure else []


@pytest.mark.parametrize(
    ("scores", "sure", "turns", "reads"),
    [
        ((0.98, 0.01, 0.01, 0.0), {0: 0.99}, 0, 1),
        ((0.98, 0.01, 0.01, 0.0), {0: 0.6, 1: 0.99}, 0, 1),
        ((0.9, 0.08, 0.01, 0.01), {0: 0.7, 1: 0.95}, 1, 2),
        ((0.9, 0.08, 0.01, 0.01), {0: 0.95}, 0, 1),
        ((0.03, 0.65, 0.03, 0.29), {1: 0.68, 3: 1.0}, 3, 2),
        ((0.6, 0.3, 0.05, 0.05), {0: 0.9, 1: 0.7}, 0, 2),
        ((0.9, 0.05, 0.03, 0.02), {}, 0, 1),
    ],
    ids=["sure", "certain though faint", "doubtful", "sure enough", "undecided", "first is better",
         "nothing there"],
)  # fmt: skip
def test_undecided_turns_are_read_both_ways(monkeypatch, scores, sure, turns, reads):
    """What is decided is read once."""
    monkeypatch.setattr(upright, "find_all_seals", lambda image: [])
    image = PAGE.copy()
    image[0, 0] = 1
    engine = Engine(scores, sure)
    assert (read_upright(image, image, engine).turns, engine.reads) == (turns, reads)


def test_a_page_whose_turn_is_known_is_read_that_way_only(monkeypatch):
    """The code of a form tells it, and the model that guesses turns is not asked."""
    monkeypatch.setattr(upright, "find_all_seals", lambda image: [])
    image = PAGE.copy()
    image[0, 0] = 1
    engine = Engine((0.4, 0.3, 0.2, 0.1), {0: 0.9, 3: 0.6})
    monkeypatch.setattr(engine, "turn_scores", None)
    page = read_upright(image, image, engine, turns=3)
    assert (page.turns, [line.confidence for line in page.lines], engine.reads) == (3, [0.6], 1)


@pytest.mark.parametrize("turns", range(4))
def test_pictures_are_turned_counter_clockwise(turns: int):
    """In colour and in grey."""
    for shape in ((5, 7, 3), (5, 7)):
        picture = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
        assert (turned(picture, turns) == np.rot90(picture, turns)).all()
