"""县镇村三级: what is approved, the town's roster, the notice; the same people, number, money."""

import datetime as dt

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.registers.read_registers import ReadRegisters
from minzheng.registers.register_file import load_registers
from tests.registers.records import COUNTY_SEAL, issue, scan
from tests.shipped_forms import shipped_forms

TODAY = dt.date(2018, 7, 20)
ONE = {"name": "测试甲", "id_no": "610927196203151216", "c_date": "2018-03-05"}
TWO = {"name": "测试乙", "id_no": "610927195503151218", "c_date": "2018-03-05"}
CHILD = {"name": "测试小宝", "id_no": "610927201503151219", "c_date": "2018-03-05"}


def printed(persons, amount):
    """What an approval computed."""
    return {
        "insured_count": str(persons), "month_amount": amount, "start_month": "2018年4月",
    }  # fmt: skip


@pytest.fixture(scope="module")
def catalogue():
    """All forms with the county they rest on."""
    return shipped_forms()


@pytest.fixture
def read(db, catalogue):
    """All registers, as the table of the county says."""
    table = load_registers(REGISTRY_FOLDER, catalogue.by_id, catalogue.county.terms)
    return ReadRegisters(table, catalogue.by_id, catalogue.facts)


@pytest.fixture
def rows(read):
    """The rows of a register that stand on a document."""

    def run(name: str, today: dt.date = TODAY):
        found = read.rows(read.registers.named(name), today)
        return [row for row in found if row.document]

    return run


@pytest.fixture
def three(db):
    """The same two households on three levels; the child of one stands on no notice."""
    issue("DB-02", 1, ONE, texts=printed(2, "400.00"))
    issue("DB-02", 2, TWO, texts=printed(1, "285.00"))
    issue("DB-02", 3, CHILD, texts=printed(1, "200.00"))

    def lay(roster=(), notice=()):
        kept = [
            {"head": one["name"], "id_no": one["id_no"], "insured": number, "month_amount": amount}
            for one, number, amount in ((ONE, 2, "400"), (TWO, 1, "285"), (CHILD, 1, "200"))
        ]
        issue("DB-03", 4, {"as_of": "2018-06-30", "rows": [*kept, *roster]})
        shown = [
            {"name": "测试甲", "insured": 2, "month_amount": "400"},
            {"name": "测试乙（乙）", "insured": 1, "month_amount": "285"},
        ]
        rows = {"scheme": "低保", "as_of": "2018-06-30", "rows": [*shown, *notice]}
        return issue("GS-01", 5, rows, texts={})

    return lay


def test_three_levels_that_agree(rows, three):
    """The second name of two is the same name; valid only once stamped."""
    notice = three()
    (row,) = rows("levels")
    assert row.state == "一致，公示无效"
    assert [row.cells[one] for one in ("c_hh", "t_hh", "v_hh", "c_n", "c_a", "v_a")] == [
        "2", "2", "2", "3", "685", "685",
    ]  # fmt: skip
    scan(notice.case_no, "GS-01", [COUNTY_SEAL])
    assert [row.state for row in rows("levels")] == ["一致"]


@pytest.mark.parametrize(
    ("roster", "notice", "state"),
    [
        ([{"head": "测试丙", "insured": 1, "month_amount": "100"}], [], "户数不一"),
        ([], [{"name": "测试丙", "insured": 1, "month_amount": "100"}], "户数不一"),
    ],
)
def test_one_too_many_is_told(rows, three, roster, notice, state):
    """On the roster, or on the notice."""
    three(roster, notice)
    assert [row.state for row in rows("levels")] == [state]


@pytest.mark.parametrize(
    ("second", "state"),
    [
        (("测试乙", 2, "285"), "人数不一"),
        (("测试乙", 1, "284.99"), "金额不一"),
        (("测试丙", 1, "285"), "名单不一"),
    ],
)
def test_each_difference_has_its_name(rows, three, second, state):
    """People, money, names."""
    three()
    name, insured, amount = second
    shown = [
        {"name": "测试甲", "insured": 2, "month_amount": "400"},
        {"name": name, "insured": insured, "month_amount": amount},
    ]
    issue("GS-01", 6, {"scheme": "低保", "as_of": "2018-07-10", "rows": shown})
    assert [row.state for row in rows("levels")] == [state]


def test_a_change_counts_from_its_month(rows, three):
    """The county's book is what runs; a decision that still waits changes nothing."""
    three()
    change = {
        "decision": "减发",
        "effective_month": "2018-07",
        "new_insured": 1,
        "new_amount": "200",
    }
    case = "DB-103200-2018-0001"
    issue("COM-09", 7, change, case_no=case, waits_for="c")
    assert rows("levels")[0].cells["c_a"] == "685"
    issue("COM-09", 8, change, case_no=case)
    assert [row.state for row in rows("levels")] == ["人数不一"]
    assert rows("levels")[0].cells["c_a"] == "485"
    assert rows("levels", dt.date(2018, 6, 30))[0].cells["c_a"] == "685"


def test_what_ended_runs_no_more(rows, three):
    """From its month on."""
    three()
    issue(
        "COM-09",
        8,
        {"decision": "停发", "effective_month": "2018-07"},
        case_no="DB-103200-2018-0001",
    )
    assert {row.cells["name"] for row in rows("running")} == {"测试乙", "测试小宝"}
    assert len(rows("running", dt.date(2018, 6, 30))) == 3
    assert rows("running", dt.date(2018, 3, 31)) == []


def test_levels_that_are_missing_are_told(rows, read):
    """No roster; no notice; nothing at all."""
    issue("DB-02", 1, ONE, texts=printed(2, "400.00"))
    assert [row.state for row in rows("levels")] == ["镇上没有花名册"]
    issue("DB-03", 4, {"as_of": "2018-06-30", "rows": []})
    assert [row.state for row in rows("levels")] == ["村里没有公示"]
    lacking = [row for row in read.rows(read.registers.named("levels"), TODAY) if not row.document]
    assert {row.state for row in lacking} == {"三级都没有"}
    assert len(lacking) == 58 * 4 - 1
