"""Amounts that lost their end, and what is read otherwise through a seal, are told."""

import cv2
import numpy as np
import pytest

from archive_indexer.reading.paper.cut_pence import (
    LABEL_UNDER_SEAL,
    RedInk,
    cut_amounts,
    parted_amounts,
    unlike_in_red,
)
from archive_indexer.reading.reading_order import Placed
from minzheng.external.ocr.ocr_engine import ReadLine

WHITE = np.full((400, 400, 3), 255, np.uint8)
SEAL = (0.3, 0.3, 0.6, 0.6)
BARE, SEALED = RedInk(WHITE, []), RedInk(WHITE, [SEAL])


def at(text: str, left: float, top: float, wide: float = 0.1) -> Placed:
    box = (left, top, left + wide, top + 0.02)
    return Placed(ReadLine(text, box, 1.0), box, 0)


def cut(ink: RedInk, *lines: Placed) -> list[str]:
    return [one.value for one in cut_amounts(lines, ink)]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("6693.", True), ("月保障金额 6693.", True), ("6,693.元", True), ("￥93.", True),
        ("6693.47", False), ("6693", False), ("12.", False), ("2018.5.", False),
        ("一、2.", False), ("61092719760611336.25", True), ("伍角叁", True),
        ("贰万零壹佰贰拾壹元伍角叁", True), ("贰万零壹佰贰拾壹元伍角叁分", False),
    ],
)  # fmt: skip
def test_an_amount_that_ends_in_a_point_is_told(text: str, is_told: bool):
    """Nothing else ends so: an item's number is shorter, a date has points before."""
    assert cut(BARE, at(text, 0.1, 0.1)) == ([text] if is_told else [])


@pytest.mark.parametrize(("others", "is_told"), [(("285.62",) * 3, True), (("285.6",) * 3, False)])
def test_one_digit_behind_the_point_is_told_where_others_have_two(others, is_told):
    """Above and below: a column is written in one way."""
    column = [at(text, 0.1, 0.2 + 0.03 * row) for row, text in enumerate(others)]
    assert cut(BARE, at("93.4", 0.1, 0.1), *column) == (["93.4"] if is_told else [])
    elsewhere = [at(text, 0.7, 0.2 + 0.03 * row) for row, text in enumerate(others)]
    assert cut(BARE, at("93.4", 0.1, 0.1), *elsewhere) == []


@pytest.mark.parametrize(
    ("text", "left", "is_told"),
    [("6693.4", 0.22, True), ("6693.4", 0.6, False), ("6693", 0.22, True), ("6693", 0.6, False),
     ("6693.47", 0.22, False)],
)  # fmt: skip
def test_pence_that_end_under_red_ink_are_told(text: str, left: float, is_told: bool):
    """By the seal that was found, or by its colour where none was."""
    beside = at("285.62", 0.8, 0.8)
    assert cut(SEALED, at(text, left, 0.44), beside) == ([text] if is_told else [])
    red = WHITE.copy()
    red[160:200, 120:240] = (60, 60, 220)
    found = cut(RedInk(red, []), at(text, left, 0.44), beside)
    assert found == ([text] if is_told else [])


def test_a_point_lost_in_a_sentence_is_told_by_its_size():
    """Where the other amounts of the page have one."""
    lost = at("家庭月人均收入1985985元，拟", 0.1, 0.1, 0.6)
    assert cut(BARE, lost, at("285.62", 0.8, 0.8)) == [lost.line.text]
    assert cut(BARE, lost, at("28562", 0.8, 0.8)) == []


def test_an_amount_whose_middle_a_seal_has_swallowed_is_told():
    """Two figures level with one another, and red between them."""
    parts = at("234", 0.25, 0.44, 0.03), at("32", 0.31, 0.44, 0.02)
    (told,) = parted_amounts(parts, SEALED)
    assert (told.value, told.label, told.box) == (
        "234 32", LABEL_UNDER_SEAL, (0.25, 0.44, 0.33, 0.46)
    )  # fmt: skip
    assert list(parted_amounts(parts, BARE)) == []


@pytest.mark.parametrize(
    ("read", "again", "others"),
    [
        ("6693.47", ("6693.47", 0.99), None), ("6693.47", ("669347", 0.99), None),
        ("6693.47", ("693.47", 0.99), None), ("6693.47", ("6693:47", 0.99), None),
        ("6693.47", ("6698.47", 0.99), ("6698.47",)), ("6693.47", ("6698.47", 0.6), None),
        ("669347", ("6693.47", 0.99), ("6693.47",)), ("6693.47", ("冀", 0.99), None),
        ("6693.47", ("冀12.50", 0.99), ()),
    ],
)  # fmt: skip
def test_what_red_light_shows_otherwise_is_told(read, again, others):
    """A digit less or a point less is what a single look misses: it is no other amount."""
    line = at(read, 0.22, 0.44).line
    told = list(unlike_in_red([line], SEALED, [lambda crops: [again] * len(crops)]))
    assert [one.alternatives for one in told] == ([] if others is None else [others])


def test_what_the_second_look_bears_out_is_not_told():
    """The larger model is asked only where the smaller one says something else."""
    asked = []

    def look(said: str):
        def read(crops):
            asked.append(len(crops))
            return [(said, 0.99)] * len(crops)

        return read

    lines = [at("6693.47", 0.22, 0.44).line, at("6693.47", 0.8, 0.8).line]
    assert list(unlike_in_red(lines, SEALED, [look("6698.47"), look("6693.47")])) == []
    assert asked == [1, 1]
    assert list(unlike_in_red(lines, BARE, [look("1.00")])) == []


def test_red_light_is_what_is_looked_at():
    """A seal's ink is nearly paper in it."""
    page = WHITE.copy()
    cv2.rectangle(page, (88, 170), (128, 190), (40, 40, 230), cv2.FILLED)
    seen = []

    def look(crops):
        seen.extend(crops)
        return [("6693.47", 1.0)] * len(crops)

    list(unlike_in_red([at("6693.47", 0.22, 0.44).line], RedInk(page, [SEAL]), [look]))
    assert seen[0].shape[0] == 48 and seen[0].min() >= 225
