"""What a person sees at rows and a program does not read is told."""

from dataclasses import replace

import pytest

from filler.roster.layout import find_tables
from filler.roster.read_spreadsheet import Sheet
from filler.roster.row_notes import find_unread_notes
from filler.roster.sheet_marks import SheetMarks

ROWS = (("姓名", "身份证号", "备注"), *((f"测试{one}", "", "") for one in "甲乙丙"))


@pytest.fixture
def told(catalogue):
    def run(rows=ROWS, marks=None):
        sheet = Sheet("名单", rows, marks=marks or SheetMarks())
        (table,) = find_tables(catalogue.form("GL-01"), [sheet])
        return [one.text for one in find_unread_notes(replace(table), range(1, len(rows)))]

    return run


def test_a_plain_list_has_nothing_to_tell(told):
    """Not even of an empty column of remarks."""
    assert told() == []


def test_what_people_remark_is_quoted(told):
    """With its row; a long one is cut."""
    rows = (*ROWS[:3], ("测试丙", "", "三月里已经去世，请从名单中删去谢谢"))
    assert told(rows) == ["“备注”一列不读，其中写了：第 4 行“三月里已经去世，请从名单中删去…”"]


def test_rows_struck_through_or_coloured_are_named(told):
    """Colour says something only where few rows have it."""
    assert told(marks=SheetMarks(struck_rows=frozenset({2}))) == [
        "第 3 行画了删除线，也一并读入；不要的请删去"
    ]
    assert told(marks=SheetMarks(coloured_rows=frozenset({1})))[0].startswith("第 2 行标了颜色")
    assert not told(marks=SheetMarks(coloured_rows=frozenset({1, 2})))


def test_a_note_pinned_to_a_cell_is_quoted(told):
    """One at the header is none of a row."""
    marks = SheetMarks(comments={(1, 0): "已去世", (0, 0): "填全名"})
    assert told(marks=marks) == ["批注不读，其中写了“已去世”"]
