"""Places written by hand are held against those of the county, and never exchanged in silence."""

from dataclasses import replace

import numpy as np
import pytest

from archive_indexer.documents import ReadField
from archive_indexer.reading.form_rooms import FieldRoom
from archive_indexer.reading.hand.place_names import PlacesHere, with_places
from archive_indexer.reading.reading_order import Placed
from minzheng.county.form_layout import FormCell
from minzheng.county.registry.places import Places, Town, Village, load_places
from minzheng.external.ocr.ocr_engine import ReadLine
from minzheng.external.ocr.ocr_models import Chances

HERE = PlacesHere(load_places())
BOX = (0.1, 0.1, 0.3, 0.12)


@pytest.mark.parametrize(
    ("read", "like"),
    [
        ("旧城村", ()),
        ("日城村", ("旧城村",)),
        ("城村", ("旧城村",)),
        ("旧旧城村", ("旧城村",)),
        ("住址：镇坪县钟宝镇日城村二组12号", ("住址：镇坪县钟宝镇旧城村二组12号",)),
        ("钟室镇旧城村", ("钟宝镇旧城村",)),
        ("日城村三组测试赵明义家中", ("旧城村三组测试赵明义家中",)),
        ("鎮坪县钟空鎮舊城村三組", ("镇坪县钟宝镇旧城村三组",)),
        ("舊城村三組", ()),
        ("日城村民委员会", ()),
        ("文明村", ("文彩村", "星明村")),
        ("牛头店镇文明村", ()),
        ("大贵镇红旗村", ()),
        ("钟宝镇新华村", ()),
        ("高桥村", ()),
        ("全村", ()),
        ("因病住院，日城村已核实", ()),
        ("广汤社区", ("广场社区",)),
        ("日城", ()),
    ],
)
def test_what_is_one_sign_from_a_place_may_be_it(read, like):
    """A known place, another county's and a sentence are left; what may be two says both."""
    assert HERE.like(read) == like


def test_where_only_a_village_stands_the_word_may_be_missing():
    """As people write in a column of villages."""
    assert HERE.like("日城", is_village=True) == ("旧城",)
    assert HERE.like("旧城", is_village=True) == ()


def test_towns_of_one_name_hold_the_villages_of_both():
    """Which county a paper is from is not asked: what may be of either is of neither surely."""
    towns = Town("610925100", "岚皋县·城关镇"), Town("610926100", "平利县·城关镇")
    villages = [
        Village(name, town.name, "村", "", str(number))
        for number, (name, town) in enumerate(zip(("新春村", "新华村"), towns, strict=True))
    ]
    here = PlacesHere(Places(towns, tuple(villages)))
    assert here.like("城关镇新村") == ("城关镇新华村", "城关镇新春村")


def seen(*steps: dict[str, float]) -> Chances:
    """What a model sees: a step of signs with their chances, then one of none."""
    signs = tuple("旧日城村钟宝镇星明文彩")
    scores = np.zeros((2 * len(steps), len(signs) + 1))
    for number, step in enumerate(steps):
        for sign, chance in step.items():
            scores[2 * number, 1 + signs.index(sign)] = chance
        scores[2 * number, 0] = 1 - sum(step.values())
        scores[2 * number + 1, 0] = 1
    return Chances(scores, signs)


def asked(text, ink, *, is_by_hand=True, fields=(), left=frozenset(), label="家庭住址"):
    line = ReadLine(text, BOX, 0.99)
    one = Placed(line, BOX, 1)
    room = FieldRoom(FormCell(label, "text"), BOX, (one,))
    left = frozenset({id(line)}) if left else frozenset()
    return with_places([one], fields, [room], HERE, lambda _: ink, is_by_hand=is_by_hand, left=left)


OPEN = seen({"日": 0.8, "旧": 0.15}, {"城": 0.99}, {"村": 0.99})
SURELY = seen({"日": 0.9999}, {"城": 0.99}, {"村": 0.99})


def test_a_known_place_that_the_ink_may_be_goes_first_and_a_person_decides():
    """The page is found by it until then, and what was read is kept."""
    told = asked("日城村", OPEN)
    (field,) = told.fields
    assert (field.label, field.kind, field.value) == ("家庭住址", "text", "旧城村")
    assert field.is_doubtful
    assert field.alternatives == ("日城村",)
    assert [(line.text, line.raw) for line in told.lines] == [("旧城村", "日城村")]


def test_a_place_that_the_ink_is_sure_of_stands_and_is_asked_about():
    """It may be another county's, or a sign that the model knows no better."""
    told = asked("日城村", SURELY)
    (field,) = told.fields
    assert (field.value, field.alternatives, field.is_doubtful) == ("日城村", ("旧城村",), True)
    assert [(line.text, line.raw) for line in told.lines] == [("日城村", "")]


def test_in_print_only_what_the_ink_leaves_open_is_asked_about():
    """Print is hardly ever misread, and people come from elsewhere."""
    assert asked("日城村", SURELY, is_by_hand=False).fields == ()
    assert len(asked("日城村", OPEN, is_by_hand=False).fields) == 1


def test_with_its_town_beside_it_a_place_that_the_ink_says_needs_nobody():
    """No other county has such a village in such a town."""
    town = [{sign: 0.999} for sign in "钟宝镇"]
    ink = seen(*town, {"旧": 0.9, "日": 0.1}, {"城": 0.99}, {"村": 0.99})
    told = asked("钟宝镇日城村", ink)
    assert [(one.value, one.is_doubtful) for one in told.fields] == [("钟宝镇旧城村", False)]
    assert [line.text for line in told.lines] == ["钟宝镇旧城村"]


def test_what_may_be_two_places_is_neither_surely():
    """Both are said."""
    (field,) = asked("文明村", seen({"文": 0.99}, {"彩": 0.99}, {"村": 0.99})).fields
    assert field.is_doubtful
    assert {field.value, *field.alternatives} == {"文彩村", "星明村", "文明村"}


def test_one_question_is_asked_about_a_line():
    """Words that were unsure, too, are asked about as a place."""
    doubt = ReadField("家庭住址", "text", BOX, "日城村", 0.8)
    other = replace(doubt, box=(0.5, 0.5, 0.6, 0.52))
    assert [one.value for one in asked("日城村", OPEN, fields=(doubt, other)).fields] == [
        "日城村", "旧城村",
    ]  # fmt: skip


def test_a_line_that_is_asked_about_as_a_whole_is_left():
    """A pen went through it."""
    told = asked("日城村", OPEN, left=True)
    assert told.fields == ()
    assert [line.text for line in told.lines] == ["日城村"]
