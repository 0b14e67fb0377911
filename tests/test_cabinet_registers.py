"""The registers of 专柜 and 汇编: what each tells of the county's own forms."""

import datetime as dt

import pytest

from filler.spec.form_catalogue import load_catalogue
from minzheng.registers.read_registers import ReadRegisters
from minzheng.registers.register_file import load_registers
from tests.registers.records import issue, scan

TODAY = dt.date(2019, 6, 1)
CARD = {
    "location": "村务大厅", "installed": "2018-05-01", "layers": "5", "slots": "15",
    "keeper": "测试甲", "photo": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(needs_templates=False)


@pytest.fixture
def rows(db, catalogue):
    """The rows of a register that are of 旧城村."""
    county = catalogue.county
    table = load_registers(county.folder, catalogue.by_id, county.terms)
    known = ReadRegisters(table, catalogue.by_id, catalogue.facts)

    def of(name):
        found = known.rows(table.named(name), TODAY)
        return [one for one in found if one.village == "旧城村"]

    return of


def hand_over(day, number, taker):
    return issue("ZH-10", number, {
        "hand_date": day, "from_name": "测试甲", "to_name": taker,
        "items": [{"dossier": "低保", "boxes": "1", "pieces": "2", "state": "完好"}],
    }, texts={"sum_boxes": "1", "sum_pieces": "2"})  # fmt: skip


def check(day, number, **more):
    given = {"check_date": day, "checker": "测试丙", "checker_unit": "县民政局", **more}
    return issue("ZH-12", number, given, texts={"average": "92.00"})


def test_a_village_without_a_card_lacks_its_cabinet(rows):
    """58 of 58 to begin with."""
    assert [one.state for one in rows("cabinets")] == ["没有登记"]


@pytest.mark.parametrize(
    ("card", "checks", "state"),
    [
        ({"location": "学校"}, [], "放在别处没有原因"),
        ({}, [], "没有检查过"),
        ({}, [("2018-06-01", {"deadline": "2018-07-01"})], "整改逾期"),
        (
            {},
            [("2018-06-01", {"deadline": "2018-07-01", "recheck_date": "2018-06-20"})],
            "没有照片",
        ),
        ({}, [("2018-06-01", {})], "没有照片"),
    ],
)
def test_a_cabinet_is_in_the_first_state_that_holds(rows, card, checks, state):
    """By its card and its newest check."""
    issue("ZH-01", 1, {**CARD, **card}, texts={"cabinet_no": "MZ-1"})
    for number, (day, more) in enumerate(checks, start=10):
        check(day, number, **more)
    (one,) = rows("cabinets")
    assert one.state == state


@pytest.mark.parametrize(
    ("day", "keeper"), [("", "测试甲"), ("2018-04-30", "测试甲"), ("2018-05-01", "测试乙")]
)
def test_who_took_over_since_the_card_keeps_it(rows, day, keeper):
    """An older hand-over was before the card."""
    issue("ZH-01", 1, CARD, texts={"cabinet_no": "MZ-1"})
    if day:
        hand_over(day, 2, "测试乙")
    assert rows("cabinets")[0].cells["keeper"] == keeper


def test_a_hand_over_is_done_with_its_signed_scan(rows):
    """Until then it lacks it."""
    one = hand_over("2018-06-01", 2, "测试乙")
    assert [row.state for row in rows("handovers")] == ["没有签字件"]
    scan(one.case_no, "ZH-10")
    (row,) = rows("handovers")
    assert (row.state, row.cells["pieces"]) == ("已交接", "2")


def test_checks_tell_what_is_to_be_mended(rows):
    """By the day of today."""
    check("2018-06-01", 3, deadline="2019-07-01")
    check("2018-09-01", 4, deadline="2019-05-01")
    assert sorted(one.state for one in rows("cabinet-checks")) == ["待复查", "整改逾期"]


def test_what_was_borrowed_is_told_until_it_is_back(rows):
    """A later ledger of the same loan tells that it is."""
    loan = {
        "d": "2018-06-01", "person": "测试丁", "unit": "审计局", "purpose": "核查",
        "items": "低保 2018", "copy": "否",
    }  # fmt: skip
    issue("ZH-07", 5, {"until": "2018-06-30", "rows": [loan]})
    assert [one.state for one in rows("loans")] == ["没有归还"]
    issue("ZH-07", 6, {"until": "2018-07-31", "rows": [{**loan, "back": "2018-07-02"}]})
    assert [one.state for one in rows("loans")] == ["已归还"]


def test_rules_are_those_of_todays_template(rows, catalogue):
    """An older one is to be issued anew."""
    issue("ZH-02", 7, {"made_on": "2018-05-01", "keeper": "测试甲"}, version="0")
    assert [one.state for one in rows("cabinet-rules")] == ["旧版"]
    version = catalogue.by_id["ZH-02"].version
    issue("ZH-02", 8, {"made_on": "2018-05-01", "keeper": "测试甲"}, version=version)
    assert [one.state for one in rows("cabinet-rules")] == ["已制定"]


def test_a_training_is_proved_by_its_signed_list(rows):
    """Without one it is only said."""
    given = {"train_date": "2018-05-07", "place": "村委会", "speaker": "测试戊", "topics": "低保"}
    one = issue("ZH-09", 9, given, texts={"present": "20"})
    assert [row.state for row in rows("trainings")] == ["没有照片"]
    scan(one.case_no, "ZH-09")
    (row,) = rows("trainings")
    assert (row.state, row.cells["present"], row.cells["year"]) == ("有签到", "20", "2018")
