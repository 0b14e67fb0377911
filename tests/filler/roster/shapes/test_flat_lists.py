"""A list each row of which says on whose paper it stands becomes one paper a place and day."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filler.errors import RosterError
from filler.print_run.preflight import check_roster
from filler.roster.read_roster import read_roster
from filler.roster.roster import RowKind
from tests.filler.conftest import TODAY
from tests.filler.roster.sheets import as_xlsx
from tests.filler.rosters import PEOPLE

PLACE = ("镇", "村", "认证截止")
PERSON = ("序号", "姓名", "身份证号", "认证日期", "方式", "是否在世", "认证人")
DAY, UNTIL = dt.date(2018, 6, 12), dt.date(2018, 6, 30)
OLD, NEW = ("钟宝镇", "旧城村", UNTIL), ("钟宝镇", "兴坪村", UNTIL)


@pytest.fixture(scope="module")
def spec(catalogue):
    return catalogue.form("GL-03")


def person(number, mode="见面"):
    return (number, "测试甲", PEOPLE[number % len(PEOPLE)], DAY, mode, "是", "测试乙")


def read(spec, *rows, title=()):
    data = as_xlsx([("名单", [*title, (*PLACE, *PERSON), *rows])])
    return read_roster(data, "名单.xlsx", spec)


def people(record):
    return [row["id_no"] for row in record.answers["rows"]]


def test_every_place_has_a_paper_of_its_own(spec):
    """In the order of their first rows, wherever the others stand; no row is lost."""
    roster = read(spec, (*OLD, *person(0)), (*NEW, *person(1)), (*OLD, *person(2)))
    assert [one.answers["village"] for one in roster.records] == ["旧城村", "兴坪村"]
    assert [people(one) for one in roster.records] == [[PEOPLE[0], PEOPLE[2]], [PEOPLE[1]]]
    assert roster.accounts[0].counts == {RowKind.HEADER: 1, RowKind.READ: 3}
    assert not roster.notes


def test_a_cell_that_is_wrong_is_found_where_it_stands(spec, catalogue):
    """Of the second row of a paper, and of what is said above the rows."""
    bad = ("不认识的镇", "旧城村", UNTIL)
    roster = read(spec, (*OLD, *person(0)), (*OLD, *person(1, "写信")), (*bad, *person(2)))
    preflight = check_roster(roster, spec, catalogue, TODAY)
    places = {str(one.place) for record in preflight.refused for one in record.problems}
    assert {"H3", "A4"} <= places
    assert list(preflight.account_lines()) == ["“名单”共 4 行 = 表头 1 + 要更正 3"]


def test_a_list_that_says_nowhere_whose_it_is_names_the_columns(spec):
    """A title is no column; what to do stands in the message."""
    rows = [("钟宝镇旧城村认证登记表",), PERSON, person(0), person(1)]
    with pytest.raises(RosterError) as told:
        read_roster(as_xlsx([("名单", rows)]), "名单.xlsx", spec)
    assert "加上“镇”“村（社区）”“认证截止”这几列" in str(told.value)


def test_a_second_list_with_sums_is_no_sheet_of_papers(catalogue):
    """人数 and 金额 stand in lists of a stranger's habit; we work them out."""
    first = ("序号", "户主姓名", "身份证号码", "银行账号", "联系电话")
    second = ("序号", "姓名", "身份证号", "组", "人数", "金额")
    sheets = [
        ("花名册", [first, (1, "测试甲", PEOPLE[0], "6217000000000000019", "13991500001")]),
        ("三组", [second, (1, "测试乙", PEOPLE[1], 3, 1, 420)]),
    ]
    roster = read_roster(as_xlsx(sheets), "名单.xlsx", catalogue.form("DB-03"))
    assert [people(one) for one in roster.records] == [[PEOPLE[0]], [PEOPLE[1]]]
    assert all(RowKind.LEFT not in one.counts for one in roster.accounts)


def test_a_column_that_lacks_is_told_and_nothing_is_issued(spec, catalogue):
    """Two of three say whose the rows are."""
    rows = [("镇", "村", *PERSON), ("钟宝镇", "旧城村", *person(0))]
    roster = read_roster(as_xlsx([("名单", rows)]), "名单.xlsx", spec)
    assert [one.text for one in roster.notes] == ["没有“认证截止”这一列（必填）"]
    assert not check_roster(roster, spec, catalogue, TODAY).good


def test_a_word_for_same_as_above_and_merged_cells_are_read(spec):
    """As in any list."""
    roster = read(spec, (*OLD, *person(0)), ("〃", "同上", UNTIL, *person(1)))
    assert [people(one) for one in roster.records] == [[PEOPLE[0], PEOPLE[1]]]
    assert "照上面一格读" in roster.notes[0].text


def test_an_unknown_column_is_told(spec):
    """Neither of the paper nor of the list."""
    data = as_xlsx([("名单", [(*PLACE, *PERSON, "备胎"), (*OLD, *person(0), "有")])])
    notes = [one.text for one in read_roster(data, "名单.xlsx", spec).notes]
    assert notes == ["“备胎”不是本表的项目，这一列没有用"]


def test_sheets_of_one_place_are_one_paper(spec):
    """A sheet a group; a sheet that is no list is named."""
    heads = (*PLACE, *PERSON)
    sheets = [
        ("一组", [heads, (*OLD, *person(0))]),
        ("二组", [heads, (*OLD, *person(1))]),
        ("汇总", [("村", "人数"), ("旧城村", 2)]),
    ]
    roster = read_roster(as_xlsx(sheets), "名单.xlsx", spec)
    assert [people(one) for one in roster.records] == [[PEOPLE[0], PEOPLE[1]]]
    assert [one.text for one in roster.notes] == ["工作表“汇总”没有找到表头，2 行都没有读"]


def test_our_own_two_sheets_are_joined_by_their_number(spec):
    """A sheet for what stands above the rows, and one for the rows."""
    joined = ("所属序号", *PERSON[1:])
    sheets = [
        ("登记表", [("序号", *PLACE), (1, *OLD), (2, *NEW)]),
        ("认证", [joined, (1, *person(0)[1:]), (2, *person(1)[1:]), (1, *person(2)[1:])]),
    ]
    roster = read_roster(as_xlsx(sheets), "名单.xlsx", spec)
    assert [people(one) for one in roster.records] == [[PEOPLE[0], PEOPLE[2]], [PEOPLE[1]]]


@given(st.lists(st.sampled_from([OLD, NEW]), min_size=1, max_size=12))
@settings(max_examples=20, deadline=None)
def test_no_row_is_lost_however_they_are_mixed(spec, places):
    """All rows of all papers are the rows of the sheet."""
    roster = read(spec, *((*place, *person(at)) for at, place in enumerate(places)))
    assert sum(len(one.answers["rows"]) for one in roster.records) == len(places)
    assert roster.accounts[0].rows == len(places) + 1
