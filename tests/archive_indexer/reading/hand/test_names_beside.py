"""An ID number belongs to the name before it in its row, and tells who bears it."""

import pytest

from archive_indexer.reading.form_rooms import FieldRoom
from archive_indexer.reading.hand.name_odds import NameOdds, people_near
from archive_indexer.reading.hand.names_beside import (
    borne_by_ink,
    numbers_of_names,
    with_bearer_first,
    with_known_first,
    with_known_phone_first,
)
from archive_indexer.reading.possible_values import Possible
from minzheng.county.form_layout import FieldKind, FormCell


def room(kind: FieldKind, left: float, top: float) -> FieldRoom:
    return FieldRoom(FormCell(kind, kind), (left, top, left + 0.1, top + 0.02), ())


def test_a_number_belongs_to_the_nearest_name_before_it():
    """In its row; a name behind it, or in another row, is somebody else's."""
    rooms = [
        room("name", 0.1, 0.1), room("phone", 0.2, 0.1), room("id", 0.3, 0.1),
        room("name", 0.5, 0.1), room("id", 0.6, 0.105), room("id", 0.3, 0.3),
        room("name", 0.5, 0.3),
    ]  # fmt: skip
    numbers = {2: "甲", 4: "乙", 5: "丙"}
    assert numbers_of_names(rooms, numbers) == {0: "甲", 3: "乙"}


def test_a_name_with_two_numbers_behind_it_has_none():
    """Nobody can tell which."""
    rooms = [room("name", 0.1, 0.1), room("id", 0.3, 0.1), room("id", 0.5, 0.1)]
    assert numbers_of_names(rooms, {1: "甲", 2: "乙"}) == {}


@pytest.mark.parametrize(
    ("names", "belongs"),
    [
        ([(0.1, 0.1)], {1: "甲"}),
        ([(0.1, 0.04)], {}),
        ([(0.5, 0.1)], {}),
        ([(0.1, 0.16)], {}),
        ([(0.1, 0.1), (0.15, 0.11)], {}),
    ],
    ids=["right above", "far above", "above beside it", "below", "two above"],
)
def test_a_number_alone_in_its_row_belongs_to_the_name_above_it(names, belongs):
    """An applicant's number stands below the name, across the page."""
    rooms = [room("id", 0.12, 0.13), *(room("name", left, top) for left, top in names)]
    assert numbers_of_names(rooms, {0: "甲"}) == belongs


def test_a_name_keeps_the_number_in_its_row():
    """What stands below it is somebody else's."""
    rooms = [room("name", 0.1, 0.1), room("id", 0.3, 0.1), room("id", 0.12, 0.13)]
    rooms[2] = FieldRoom(rooms[2].cell, (0.05, 0.13, 0.25, 0.15), ())
    assert numbers_of_names(rooms, {1: "甲", 2: "乙"}) == {0: "甲"}


def test_the_records_say_whose_name_it_is_where_the_ink_is_not_sure():
    """Running hands: 系 is seen for 芳兰. What the ink says stays to be chosen."""
    found = (
        Possible("郑系", 0.55, 0.2),
        Possible("郑号", 0.3, 1.0),
        Possible("郑芳兰", 0.001, 0.0),
    )
    first = with_bearer_first(found, "郑芳兰")
    assert [one.text for one in first] == ["郑芳兰", "郑系", "郑号"]
    assert first[0].chance == 0.001


@pytest.mark.parametrize(
    ("sure", "bearer"), [(0.9, "郑芳兰"), (0.5, "蔡桂兰"), (0.5, ""), (0.5, "郑系")]
)
def test_the_ink_stands_where_it_is_sure_or_nobody_is_known(sure, bearer):
    """Another name beside a number is for a person to see."""
    found = (Possible("郑系", sure), Possible("郑芳兰", 0.001))
    assert with_bearer_first(found, bearer) == found


@pytest.mark.parametrize(
    ("borne_out", "known", "chance"),
    [(0.001, ("甲",), 0.99), (0.0009, ("甲",), 0.5), (0.0009, ("乙",), 0.99), (0.0009, (), 0.99)],
    ids=["the ink says so, too", "hardly", "nobody's number", "nobody is known"],
)
def test_a_known_number_is_sure_only_where_its_ink_says_so(borne_out, known, chance):
    """A brother's number differs in four digits; a stranger's may be like it."""
    first, second = borne_by_ink((Possible("甲", 0.99, borne_out), Possible("乙", 0.01)), known)
    assert (first.text, first.chance, second.text) == ("甲", chance, "乙")
    assert borne_by_ink((), known) == ()


@pytest.mark.parametrize(
    ("chances", "first"),
    [
        ({"周滋先": 0.9, "周发先": 0.02}, "周发先"),
        ({"周滋先": 0.9, "周发先": 0.002}, "周滋先"),
        ({"周滋先": 0.9, "周三先": 0.02}, "周滋先"),
        ({"周先发": 0.9, "周发先": 0.02}, "周先发"),
        ({}, ""),
    ],
    ids=["hardly a name here", "not by the ink", "none known", "signs of the place", "no ink"],
)
def test_where_the_ink_sees_a_sign_that_nobody_bears_a_known_name_comes_first(chances, first):
    """Running hands show other signs than were written."""
    odds = NameOdds((), people_near([("周发先", ""), *((f"人{at}", "") for at in range(50))]))
    found = with_known_first([Possible(text, chance) for text, chance in chances.items()], odds)
    assert (found[0].text if found else "") == first
    assert {one.text for one in found} == {*chances}


@pytest.mark.parametrize(
    ("likely", "first"),
    [(0.02, "13991600002"), (0.002, "13991400002")],
    ids=["the ink leaves it open", "it does not"],
)
def test_of_telephones_that_the_ink_leaves_open_the_known_one_comes_first(likely, first):
    """A running 6 is seen as 4."""
    found = [Possible("13991400002", 0.9), Possible("13991600002", likely)]
    assert with_known_phone_first(found, ["13991600002"])[0].text == first
    assert with_known_phone_first([], ["13991600002"]) == ()
