"""同上 and 〃 are read as the cell above says, where people may be alike."""

import openpyxl
import pytest

from filler.roster.layout import find_tables
from filler.roster.read_spreadsheet import Sheet
from filler.roster.same_as_above import cells_as_above
from tests.filler.roster.test_read_roster import read
from tests.filler.rosters import PEOPLE

HEADINGS = ["镇", "姓名", "身份证号", "联系电话", "走访方式"]


@pytest.fixture
def spec(catalogue):
    return catalogue.form("ZF-01")


def answers(spec, *rows):
    book = openpyxl.Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    roster = read(book, spec)
    return [record.answers for record in roster.records], [note.text for note in roster.notes]


def refused(spec, *rows):
    book = openpyxl.Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    found = read(book, spec).records
    assert all("“同上”" in fault.what for record in found for fault in record.faults)
    return [(record.row, fault.field) for record in found for fault in record.faults]


def person(number, *, town="同上", way="〃", **own):
    return [
        town,
        own.get("name", f"测试{number}"),
        PEOPLE[number],
        own.get("phone", "13991500001"),
        way,
    ]


def test_what_stands_above_is_meant_and_told(spec):
    """Also over sums between the households."""
    found, notes = answers(
        spec,
        person(0, town="钟宝镇", way="入户"),
        person(1),
        ["小计", 2],
        person(2, town="曙坪镇"),
        person(3, way="电话"),
    )
    assert [one["town"] for one in found] == ["钟宝镇", "钟宝镇", "曙坪镇", "曙坪镇"]
    assert [one["visit_mode"] for one in found] == ["入户", "入户", "入户", "电话"]
    assert "第 3 行、第 5 行、第 6 行写了“同上”，照上面一格读" in notes


def test_a_name_and_a_number_are_never_those_of_somebody_else(spec):
    """They are refused where they stand."""
    rows = person(0, town="钟宝镇", way="入户"), person(1, name="同上", phone="同上")
    faults = refused(spec, *rows)
    assert faults == [(3, "name"), (3, "phone")]


def test_nothing_stands_above_the_first(spec):
    """The header is no answer."""
    assert refused(spec, person(0)) == [(2, "town"), (2, "visit_mode")]


def test_a_bank_is_no_name_of_a_person(catalogue):
    """同上 below a bank means the bank above."""
    heads = ("姓名", "身份证号", "开户行")
    people = (("甲", PEOPLE[0], "农商行"), ("乙", PEOPLE[1], "同上"))
    sheet = Sheet("名单", (heads, *people))
    spec = catalogue.form("GL-01")
    (table,) = find_tables(spec, [sheet])
    assert cells_as_above(table, spec, [1, 2]) == {(2, 2): 1}
