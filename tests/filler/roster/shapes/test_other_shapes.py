"""Spreadsheets that are no list are refused by what they are."""

import pytest

from filler.errors import RosterError
from filler.roster.layout import find_tables
from filler.roster.read_roster import read_roster
from filler.roster.read_spreadsheet import Sheet
from filler.roster.roster import RowKind
from filler.roster.shapes.other_shapes import is_list_of_people
from tests.filler.roster.sheets import as_xlsx
from tests.filler.rosters import PEOPLE


@pytest.fixture
def read(catalogue):
    """The roster of some sheets."""

    def run(form_id, *sheets):
        return read_roster(as_xlsx(sheets), "名单.xlsx", catalogue.form(form_id))

    return run


CARD = (
    ("高龄老人登记卡",),
    ("姓名", "测试甲", "性别", "男"),
    ("身份证号", PEOPLE[0], "联系电话", "13991500001"),
    ("家庭住址", "旧城村二组", "开户行", "信合"),
)


def test_a_card_for_one_person_is_no_list(read):
    """Its headings stand beside their answers."""
    with pytest.raises(RosterError, match="一人一张的表"):
        read("GL-01", ("测试甲", CARD))


def test_answers_that_sound_like_headings_make_no_card(read):
    """本人 is an answer, too."""
    rows = (("姓名", "身份证号", "联系人"), ("测试甲", PEOPLE[0], "本人"))
    assert len(read("GL-01", ("名单", rows)).records) == 1


def test_sums_by_village_are_no_people(read):
    """A second sheet without names; what is not read is told and counted."""
    people = (("姓名", "身份证号", "镇", "村"), ("测试甲", PEOPLE[0], "钟宝镇", "旧城村"))
    sums = (("镇", "村", "家庭人口"), ("钟宝镇", "旧城村", 3), ("合计", "", 3))
    roster = read("ZF-01", ("名单", people), ("汇总", sums))
    assert len(roster.records) == 1
    assert any("不是名单，1 行没有读" in note.text for note in roster.notes)
    counts = {account.sheet: dict(account.counts) for account in roster.accounts}
    assert counts["汇总"] == {RowKind.HEADER: 1, RowKind.LEFT: 1, RowKind.TOTAL: 1}


def test_a_list_says_who(catalogue):
    """By a name or by a number."""
    spec = catalogue.form("GL-01")

    def told(*heads):
        (table,) = find_tables(spec, [Sheet("名单", (heads, ("a",) * len(heads)))])
        return is_list_of_people(table, spec)

    assert told("姓名", "镇")
    assert told("身份证号", "镇")
    assert not told("村", "镇")


def test_a_column_of_headings_is_said_to_stand_on_its_side(read):
    """One household a column."""
    rows = (("姓名", "测试甲"), ("身份证号", PEOPLE[0]), ("联系电话", "13991500001"))
    with pytest.raises(RosterError, match="竖着排在一列里"):
        read("GL-01", ("名单", rows))
