"""Of all that a crop may be read as, what may stand in the field is taken."""

import itertools
import math

import numpy as np
import pytest

from archive_indexer.reading.hand.name_odds import NameOdds, people_near
from archive_indexer.reading.possible_values import (
    is_possible,
    log_likelihoods,
    possible_values,
    says_nothing,
)
from minzheng.external.ocr.ocr_models import Chances

SIGNS = tuple("0123456789X.H|周桂兰柱挂爾雨李小无元有")
ID = "11010519491231002X"


def seen(*steps: dict[str, float] | str) -> Chances:
    """What a model sees: a sign a step, sure or with others; between them is none."""
    rows = []
    for step in steps:
        chances = {step: 0.98} if isinstance(step, str) else step
        row = np.full(len(SIGNS) + 1, 1e-7)
        for sign, chance in chances.items():
            row[SIGNS.index(sign) + 1 if sign else 0] = chance
        row[0] = max(row[0], 1 - sum(chances.values()))
        none = np.full(len(SIGNS) + 1, 1e-7)
        none[0] = 0.9999
        rows += [row, none]
    return Chances(np.array(rows), SIGNS)


def test_a_number_is_taken_that_has_the_right_check_digit():
    """Where a digit is doubtful; the others stay behind it as alternatives."""
    steps = [*ID]
    steps[5] = {"6": 0.5, "5": 0.45}  # type: ignore[call-overload]
    best, *others = possible_values("id", [seen(*steps)])
    assert best.text == ID
    assert best.chance > 0.9
    assert others[0].text == ID.replace("105", "106", 1)


def test_a_number_that_is_wrong_on_the_paper_stays_wrong():
    """When all its digits are seen surely no other is made of it."""
    wrong = ID[:-1] + "1"
    best, *_ = possible_values("id", [seen(*wrong)])
    assert best.text == wrong
    assert not is_possible("id", best.text)


def test_letters_that_stand_among_digits_are_digits():
    """A running 4 is seen as an H, a 1 as a rule: 8H|6.00 with a faint 9 is 8416.00."""
    steps = ["8", {"H": 0.9, "9": 0.08}, {"|": 0.9, "7": 0.08}, *"6.00"]
    best, *_ = possible_values("amount", [seen(*steps)])
    assert best.text == "8416.00"


def test_ink_of_more_parts_than_digits_is_of_more_digits():
    """Equal ones are folded: 1148.08 where one 1 is faintly seen."""
    steps = [{"1": 0.01, "": 0.99}, *"148.08"]
    assert [possible_values("amount", [seen(*steps)], least_digits=least)[0].text
            for least in (0, 6)] == ["148.08", "1148.08"]  # fmt: skip


def test_a_lost_digit_is_found_where_it_is_faintly_seen():
    """Eleven digits are a telephone number, ten are none."""
    steps = [*"1399150000", {"1": 0.04, "": 0.96}]
    best, *_ = possible_values("phone", [seen(*steps)])
    assert best.text == "13991500001"


def test_a_lost_point_is_found():
    """An amount has two decimals."""
    steps = [*"2861", {".": 0.05, "": 0.95}, *"00"]
    assert possible_values("amount", [seen(*steps)])[0].text == "2861.00"


def test_a_name_is_of_signs_that_are_written_today():
    """A sign of old writing is less likely."""
    steps = ["李", "小", {"爾": 0.6, "雨": 0.35}]
    assert possible_values("name", [seen(*steps)])[0].text == "李小雨"


def test_old_and_new_writing_of_a_name_are_one_name():
    """The name is told as it is written today."""
    (best, *_) = possible_values("name", [seen("李", "小", {"爾": 0.9999})])
    assert best.text == "李小尔"


LAN, GUA = "周桂兰", "周挂兰"


def name_seen(gui: float, gua: float) -> tuple[Chances, NameOdds]:
    """周?兰, whose middle is seen so; 周桂兰 lives in the village."""
    return seen("周", {"桂": gui, "挂": gua}, "兰"), NameOdds((), people_near([(LAN, ID)]))


def test_a_known_name_is_taken_where_the_ink_may_be_it():
    """Though another looks a little likelier."""
    ink, odds = name_seen(0.3, 0.6)
    best, *_ = possible_values("name", [ink], odds.nearest(ink), odds=odds.odds())
    assert best.text == LAN
    assert best.chance > 0.95
    assert 0.3 < best.borne_out < 0.7


def test_a_known_name_never_stands_for_another_that_is_clearly_written():
    """A brother's name differs in one sign; the known one is an alternative."""
    ink, odds = name_seen(1e-4, 0.999)
    best, *others = possible_values("name", [ink], odds.nearest(ink), odds=odds.odds())
    assert best.text == GUA
    assert LAN in {one.text for one in others}
    assert best.borne_out == 1.0


def test_a_number_beside_a_name_makes_its_bearer_likelier():
    """And no more: the ink hardly bears it out."""
    ink, odds = name_seen(2e-3, 0.99)
    best, *_ = possible_values("name", [ink], odds.nearest(ink, ID), odds=odds.odds(ID))
    assert best.text == LAN
    assert best.borne_out < 0.05


def test_what_may_be_chosen_is_likelier_than_anything_else():
    """Unless it was not seen at all."""
    doubtful, sure = {"元": 0.6, "无": 0.2}, {"元": 0.999}
    assert possible_values("choice", [seen(doubtful)], ("有", "无"))[0].text == "无"
    assert possible_values("choice", [seen(sure)], ("有", "无"))[0].text == "元"


def test_several_looks_tell_more_than_one():
    """And what was read before has a vote."""
    doubtful = [*"300", ".", {"0": 0.5, "8": 0.5}, "0"]
    surer = [*"300", ".", {"0": 0.9, "8": 0.1}, "0"]
    once = possible_values("amount", [seen(*doubtful)])
    twice = possible_values("amount", [seen(*doubtful), seen(*surer)])
    assert twice[0].text == "300.00"
    assert twice[0].chance > once[0].chance
    voted = possible_values("amount", [seen(*doubtful)], first="300.80")
    assert (voted[0].text, voted[0].chance) == ("300.80", pytest.approx(0.74, abs=0.02))


def test_chances_are_parts_of_all_likeliest_first():
    """Nothing that was seen at all gives nothing."""
    found = possible_values("amount", [seen(*"12.50")])
    assert sum(one.chance for one in found) == pytest.approx(1.0, abs=0.01)
    assert [one.chance for one in found] == sorted((o.chance for o in found), reverse=True)
    assert possible_values("choice", [seen("")]) == ()


@pytest.mark.parametrize("text", ["", "0", "00", "01", "010"])
def test_the_likelihood_of_a_text_is_that_of_all_its_spellings(text):
    """As counting every path tells."""
    table = np.array([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1], [0.1, 0.2, 0.7], [0.5, 0.4, 0.1]])
    wanted, total = [int(sign) + 1 for sign in text], 0.0
    for path in itertools.product(range(3), repeat=4):
        folded = [sign for sign, _ in itertools.groupby(path) if sign]
        if folded == wanted:
            total += math.prod(table[step, sign] for step, sign in enumerate(path))
    found = log_likelihoods(table, [wanted, [1], [1, 2, 2]])
    assert found[0] == pytest.approx(math.log(total))


def test_a_text_longer_than_the_crop_is_impossible():
    """No path leads to its end."""
    impossible, possible = log_likelihoods(np.full((2, 3), 1 / 3), [[1, 2, 1], [1, 2]])
    assert impossible == -math.inf
    assert possible == pytest.approx(math.log(1 / 9))


@pytest.mark.parametrize(
    ("kind", "text", "may_stand"),
    [
        ("id", ID, True), ("id", ID[:-1], False), ("id", "110105194912310021", False),
        ("phone", "13991500001", True), ("phone", "1399150000", False),
        ("phone", "12991500001", False), ("phone", "0915-8822333", True),
        ("amount", "0.00", True), ("amount", "300.00", True), ("amount", "300", True),
        ("amount", "9999", True), ("amount", "10000", False), ("amount", "070.50", False),
        ("amount", "1234567.00", True), ("amount", "300.0", False),
        ("name", "周桂", True), ("name", "欧阳小雨", True), ("name", "周", False),
        ("name", "买买提·吐尔逊", True), ("name", "周桂兰户主甲乙丙丁戊己", False),
        ("name", "周a", False),
        ("choice", "有", True), ("choice", "元", False),
    ],
)  # fmt: skip
def test_what_may_stand_in_a_field(kind, text, may_stand):
    """By its kind; of choices one."""
    assert is_possible(kind, text, ("有", "无") if kind == "choice" else ()) is may_stand


def test_where_nothing_is_listed_any_word_may_stand():
    """A choice of the county's villages is not known here."""
    assert is_possible("choice", "旧城村")


@pytest.mark.parametrize(
    ("text", "sure", "is_nothing"),
    [("无", 0.9, True), ("无。", 0.9, True), ("同上", 0.6, True), ("——", 1.0, True),
     ("无", 0.59, False), ("无锡", 1.0, False), ("", 1.0, False)],
)  # fmt: skip
def test_a_field_that_holds_nothing_is_known_by_its_word(text, sure, is_nothing):
    """Read surely; 元 by a running hand is like it."""
    assert says_nothing(text, sure) is is_nothing
