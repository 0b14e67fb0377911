"""People in a list for whom a form is not are told by their row, never issued."""

import pytest

from filler.print_run.preflight import check_roster
from filler.roster.read_roster import read_roster
from tests.filler.conftest import TODAY
from tests.filler.roster.sheets import as_xlsx
from tests.filler.rosters import PEOPLE

NAMES = ("测试甲", "测试乙", "测试丙", "测试丁")


@pytest.fixture
def faults_of(catalogue):
    """Row → what is wrong with it as a whole."""

    def run(form_id, *rows, sheet="名单"):
        roster = read_roster(as_xlsx([(sheet, rows)]), "名单.xlsx", catalogue.form(form_id))
        return {one.row: [str(fault) for fault in one.faults] for one in roster.records}

    return run


def test_members_listed_below_their_head_are_no_applicants(faults_of):
    """Each says that it is a member; the heads are read."""
    found = faults_of(
        "DB-01",
        ("户号", "姓名", "与户主关系", "身份证号", "联系电话"),
        (1, NAMES[0], "户主", PEOPLE[0], "13991500001"),
        ("", NAMES[1], "配偶", PEOPLE[1]),
        (2, NAMES[2], "本人", PEOPLE[2], "13991500002"),
        (2, NAMES[3], "儿子", PEOPLE[3]),
    )
    assert {row: bool(said) for row, said in found.items()} == {
        2: False,
        3: True,
        4: False,
        5: True,
    }
    assert "写的是“配偶”，是家庭成员" in found[3][0]


def test_a_list_in_which_nobody_is_a_head_is_of_applicants(faults_of):
    """What each is in his own household says nothing then."""
    found = faults_of(
        "DB-01",
        ("姓名", "与户主关系", "身份证号", "联系电话", "镇"),
        (NAMES[0], "父亲", PEOPLE[0], "13991500001", "钟宝镇"),
        (NAMES[1], "母亲", PEOPLE[1], "13991500002", "钟宝镇"),
    )
    assert found == {2: [], 3: []}


def test_who_has_no_number_below_one_who_has_is_of_the_same_household(faults_of):
    """Without any column that says who is who; a form for one person has no members."""
    rows = (
        ("序号", "姓名", "身份证号", "联系电话"),
        (1, NAMES[0], PEOPLE[0], "13991500001"),
        ("", NAMES[1], PEOPLE[1], ""),
        (2, NAMES[2], PEOPLE[2], "13991500002"),
    )
    found = faults_of("DB-01", *rows)
    assert [bool(said) for said in found.values()] == [False, True, False]
    assert "上面第 2 行的一户有" in found[3][0]
    assert not any(faults_of("GL-01", *rows).values())


@pytest.mark.parametrize("part", ["二、停发（1人）", "退出人员", "2017年取消"])
def test_who_receives_no_more_gets_no_application(faults_of, part):
    """Below the heading of their part, up to the next one."""
    found = faults_of(
        "GL-01",
        ("姓名", "身份证号", "联系电话", "村"),
        ("一、新增（1人）",),
        (NAMES[0], PEOPLE[0], "13991500001", "旧城村"),
        (part,),
        (NAMES[1], PEOPLE[1], "13991500002", "旧城村"),
        ("三、续发",),
        (NAMES[2], PEOPLE[2], "13991500003", "旧城村"),
    )
    assert [bool(said) for said in found.values()] == [False, True, False]
    assert f"在“{part}”这一部分" in found[5][0]


def test_a_sheet_may_be_that_part(faults_of):
    """An older copy of the list, called 作废."""
    rows = (("姓名", "身份证号"), (NAMES[0], PEOPLE[0]))
    assert "在“2017（作废）”这一部分" in faults_of("GL-01", *rows, sheet="2017（作废）")[2][0]


def test_a_column_that_is_not_read_may_say_it(faults_of):
    """状态 or 备注, by that word alone; 配偶死亡 is about somebody else."""
    found = faults_of(
        "GL-01",
        ("姓名", "身份证号", "联系电话", "状态", "备注"),
        (NAMES[0], PEOPLE[0], "13991500001", "停发", ""),
        (NAMES[1], PEOPLE[1], "13991500002", "正常", "已死亡"),
        (NAMES[2], PEOPLE[2], "13991500003", "正常", "配偶死亡"),
    )
    assert [bool(said) for said in found.values()] == [True, True, False]
    assert found[2] == [
        "状态：写的是“停发”，不再享受的不办这张表。删去这一行；要办的，改正这一格。"
    ]


def test_a_form_about_it_takes_those_people(faults_of):
    """Burial grants are for the dead."""
    rows = (("死者姓名", "死者身份证号"), (NAMES[0], PEOPLE[0]))
    assert not any(faults_of("BZ-02", *rows, sheet="死亡人员").values())


def test_a_sentence_is_no_heading_of_a_part(faults_of):
    """It explains."""
    found = faults_of(
        "GL-01",
        ("姓名", "身份证号", "联系电话", "村"),
        ("以下人员死亡的由村委会及时上报，停发手续另办。",),
        (NAMES[0], PEOPLE[0], "13991500001", "旧城村"),
    )
    assert found == {3: []}


def test_nothing_else_is_asked_of_whom_no_paper_is_for(catalogue):
    """A list of the stopped with headings of its own: one sentence a row, in the preflight too."""
    spec = catalogue.form("GL-01")
    rows = (
        ("姓名", "身份证号", "联系电话"),
        (NAMES[0], PEOPLE[0], "13991500001"),
        ("附：本季度死亡停发人员",),
        (NAMES[1], "610927", "2018年4月"),
        (NAMES[2], "无", "2018年4月"),
    )
    roster = read_roster(as_xlsx([("名单", rows)]), "名单.xlsx", spec)
    found = check_roster(roster, spec, catalogue, TODAY)
    told = {one.record.row: len(one.problems) for one in found.refused}
    assert [one.is_no_applicant for one in roster.records] == [False, True, True]
    assert (told[4], told[5]) == (1, 1)
