"""Lists side by side are read as lists of their own, and no row is lost."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filler.print_run.marked_roster import mark_roster
from filler.print_run.preflight import check_roster
from filler.roster.read_roster import read_roster
from filler.roster.roster import RowKind
from filler.roster.shapes.side_by_side import kinds_together
from minzheng.external.files.file_properties import FileProperties
from tests.filler.conftest import TODAY
from tests.filler.roster.sheets import as_xlsx
from tests.filler.rosters import PEOPLE

HEADS = ("序号", "姓名", "身份证号")


@pytest.fixture(scope="module")
def spec(catalogue):
    return catalogue.form("GL-01")


def rows_of(people, width, *, by_row, gap=False):
    """A sheet on which so many people stand side by side."""
    height = -(-len(people) // width)
    grid = [[None] * width for _ in range(height)]
    for number, one in enumerate(people):
        row, part = divmod(number, width) if by_row else divmod(number, height)[::-1]
        grid[row][part] = (number + 1, *one)
    empty = ("",) * len(HEADS)
    between = ("",) if gap else ()
    lines = [[HEADS] * width, *([cell or empty for cell in line] for line in grid)]
    return [tuple(text for part in line for text in (*part, *between)) for line in lines]


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 4), st.integers(2, 9), st.tuples(st.booleans(), st.booleans(), st.booleans()))
def test_everybody_is_read_once_however_many_stand_in_a_row(spec, width, count, ways):
    """By rows or by columns, with a gap between and a title above; each row accounted for."""
    by_row, gap, has_title = ways
    people = [(f"测试{'甲乙丙丁戊己庚辛壬'[at]}", PEOPLE[at % len(PEOPLE)]) for at in range(count)]
    rows = rows_of(people, width, by_row=by_row, gap=gap)
    rows = [("高龄老人花名册",), *rows] if has_title else rows
    roster = read_roster(as_xlsx([("名单", rows)]), "名单.xlsx", spec)
    read = [(one.answers["name"], one.answers["id_no"]) for one in roster.records]
    assert sorted(read) == sorted(people)
    assert roster.accounts[0].rows == len(rows)
    assert any(f"左右并排了 {width} 份名单" in note.text for note in roster.notes)


def test_a_mistake_is_marked_in_its_own_cell(spec, catalogue):
    """And in the column at the end for both people of a row."""
    people = [("测试甲", "1"), ("测试乙", "2"), ("测试丙", PEOPLE[0]), ("测试丁", PEOPLE[1])]
    data = as_xlsx([("名单", rows_of(people, 2, by_row=True))])
    preflight = check_roster(read_roster(data, "名单.xlsx", spec), spec, catalogue, TODAY)
    wrong = {
        one.name: [str(each.place) for each in one.problems if each.problem.field == "id_no"]
        for one in preflight.checked
    }
    assert wrong["测试甲"] == ["C2"]
    assert wrong["测试乙"] == ["F2"]
    (line,) = preflight.account_lines()
    assert line == "“名单”共 3 行 = 表头 1 + 要更正 2"
    marked = mark_roster(data, "名单.xlsx", preflight, FileProperties("x", "y"))
    sheet = openpyxl.load_workbook(io.BytesIO(marked)).worksheets[0]
    told = str(sheet.cell(2, sheet.max_column).value)
    assert told.count("身份证号：") >= 2
    assert "；测试乙：" in told


def test_what_most_says_of_a_row_wins():
    """A person beside a sum is a person."""
    left = {0: RowKind.TITLE, 1: RowKind.HEADER, 2: RowKind.TOTAL}
    right = {0: RowKind.EMPTY, 1: RowKind.HEADER, 2: RowKind.READ, 3: RowKind.EMPTY}
    assert kinds_together([left, right]) == {
        0: RowKind.TITLE, 1: RowKind.HEADER, 2: RowKind.READ, 3: RowKind.EMPTY,
    }  # fmt: skip
