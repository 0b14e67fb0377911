"""Where a seal stands on its page, and the words of its ring."""

import numpy as np
import pytest

from archive_indexer.documents import SQUARE_SEAL, Seal
from archive_indexer.reading.page_seals import describe_seals, say_mute
from minzheng.external.ocr.ocr_engine import ReadLine
from minzheng.external.red_seals import RedSeal

PAGE = np.full((1000, 800, 3), 255, np.uint8)
SEAL = RedSeal(200, 500, 200, 200, "#c41c20")


class Engine:
    """Reads a ring in these ways, each more or less surely."""

    def __init__(self, *readings: tuple[str, float], within: tuple[ReadLine, ...] = ()) -> None:
        self.readings = readings
        self.within = within
        self.glances: tuple[tuple[str, float], ...] = ()
        self.glanced_at = 0
        self.read_with_care = 0

    def read(self, image):
        return self.within

    def glance(self, crops):
        first, self.glanced_at = self.glanced_at, self.glanced_at + len(crops)
        return list(self.glances[first : self.glanced_at])

    def read_carefully(self, crops):
        self.read_with_care += len(crops)
        return self.readings


def words(*readings: tuple[str, float]) -> str:
    (seal,) = describe_seals(PAGE, [SEAL], Engine(*readings))
    return seal.words


def test_a_seal_has_its_place_and_colour():
    """As parts of the page; what hangs over its edge ends there."""
    over = RedSeal(700, 900, 200, 200, "#c41c20")
    first, second = describe_seals(PAGE, [SEAL, over], Engine())
    assert (first.box, first.colour, first.words) == ((0.25, 0.5, 0.5, 0.7), "#c41c20", "")
    assert second.box == (0.875, 0.9, 1.0, 1.0)
    assert describe_seals(PAGE, [], Engine()) == ()


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        ([("旧城村民委员会", 0.9)], "旧城村民委员会"),
        ([("旧城村民委员会", 0.75)], "旧城村民委员会"),
        ([("旧城村民委员会", 0.74)], ""),
        ([("旧城村委", 0.9)], "旧城村委"),
        ([("旧城村", 0.99)], ""),
        ([("★旧城 村a1", 0.99)], ""),
        ([("旧城 村民★委员会", 0.9)], "旧城村民委员会"),
        ([("旧城村民委员", 0.8), ("旧城村民委员会", 0.9)], "旧城村民委员会"),
        ([("旧城村", 0.99), ("旧城村民委员会", 0.8)], "旧城村民委员会"),
    ],
)
def test_the_surest_words_of_a_ring_are_told(readings, said):
    """Four Chinese characters at least, surely read."""
    assert words(*readings) == said


@pytest.mark.parametrize(
    ("glances", "said"),
    [
        ([("旧城村民委员会", 0.98), ("旧城村民委员会", 0.99), ("旧城", 0.9)], "旧城村民委员会"),
        ([("旧城村民委员会", 0.98), ("旧城村民委员会", 0.97)], "大墙村民委员会"),
        ([("旧城村民委员会", 0.99), ("旧域村民委员会", 0.99)], "大墙村民委员会"),
        ([("旧城村民委员会", 0.99)], "大墙村民委员会"),
    ],
)
def test_two_crops_that_say_the_same_surely_are_enough(glances, said):
    """At a glance; where they are unsure or differ, the larger model reads the ring."""
    engine = Engine(("大墙村民委员会", 0.9))
    engine.glances = tuple(glances)
    (seal,) = describe_seals(PAGE, [SEAL], engine)
    assert seal.words == said


@pytest.mark.parametrize(
    ("second", "said", "glanced_at"),
    [("旧城村民委员会", "旧城村民委员会", 2), ("旧域村民委员会", "旧城村民委员会", 3)],
)
def test_the_last_crop_is_looked_at_where_two_do_not_agree(second, said, glanced_at):
    """A ring costs as much as ten lines."""
    engine = Engine()
    engine.glances = (("旧城村民委员会", 0.99), (second, 0.99), ("旧城村民委员会", 0.98))
    (seal,) = describe_seals(PAGE, [SEAL], engine)
    assert (seal.words, engine.glanced_at) == (said, glanced_at)


@pytest.mark.parametrize(
    ("carefully", "said", "read_with_care"),
    [
        (("旧城村民委员会", 0.9), "旧城村民委员会", 1),
        (("旧城村民委员会", 0.89), "旧城村民委员会", 4),
        (("大墙村民委员会", 0.99), "大墙村民委员会", 4),
    ],
)
def test_words_that_both_models_read_are_read_with_care_once(carefully, said, read_with_care):
    """Two crops say them at a glance, though not surely."""
    engine = Engine(carefully)
    engine.glances = (("旧城村民委员会", 0.8), ("旧城村民委员会", 0.9), ("旧城", 0.97))
    (seal,) = describe_seals(PAGE, [SEAL], engine)
    assert (seal.words, engine.read_with_care) == (said, read_with_care)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((("财务专用章", 0.5, 0.9),), "旧城村民委员会 财务专用章"),
        ((("财务专用章", 0.5, 0.74),), "旧城村民委员会"),
        (
            (("510798775802711", 0.4, 0.9), ("专用章", 0.7, 0.9)),
            "旧城村民委员会 510798775802711 专用章",
        ),
        ((("专用章", 0.7, 0.9), ("5107 9877", 0.4, 0.9)), "旧城村民委员会 51079877 专用章"),
        ((("★", 0.5, 0.99), ("—", 0.6, 0.99)), "旧城村民委员会"),
        ((("委员会", 0.9, 0.99), ("专用章", 0.7, 0.9)), "旧城村民委员会 专用章"),
    ],
)  # fmt: skip
def test_words_within_the_ring_follow_those_around_it(lines, said):
    """From above; a star is no word, and what is seen of the ring is not told twice."""
    within = tuple(ReadLine(text, (0.2, top, 0.8, top + 0.1), sure) for text, top, sure in lines)
    engine = Engine(("旧城村民委员会", 0.9), within=within)
    (seal,) = describe_seals(PAGE, [SEAL], engine)
    assert seal.words == said


@pytest.mark.parametrize(("sure", "said"), [(0.85, "旧城村民委员会"), (0.84, "")])
def test_what_its_colour_does_not_tell_is_read_in_green_light(sure, said):
    """More surely: print below the seal may stand there, too."""

    class Colourblind(Engine):
        def read_carefully(self, crops):
            self.read_with_care += len(crops)
            return () if self.read_with_care <= 3 else (("旧城村民委员会", sure),)

    (seal,) = describe_seals(PAGE, [SEAL], Colourblind())
    assert seal.words == said


def test_a_seal_whose_words_were_not_read_is_told():
    """A square one says that much: many are in seal script."""
    box = (0.1, 0.1, 0.3, 0.2)
    seals = [Seal(box, ""), Seal(box, "", "旧城村民委员会"), Seal(box, "", SQUARE_SEAL)]
    assert say_mute(seals) == ("含 1 枚印章，章上文字未读出",)
    assert say_mute(seals[1:]) == ()
