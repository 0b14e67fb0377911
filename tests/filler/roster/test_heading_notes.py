"""What is told of a table's headings."""

import pytest

from filler.roster.heading_notes import (
    find_defaulted_columns,
    find_heading_notes,
    find_table_beside,
)
from filler.roster.layout import find_tables
from filler.roster.read_spreadsheet import Sheet
from tests.filler.roster.test_layout import FORM

PERSON = ("测试甲", "1", "2")


@pytest.fixture
def spec(catalogue):
    return catalogue.form("ZF-01")


def table(spec, *rows, name="名单"):
    (found,) = find_tables(spec, [Sheet(name, rows)])
    return found


def test_unknown_columns_are_named_with_the_nearest(spec):
    """Known ones that hold no answers are not; the nearest only where it is not there."""
    found = table(
        spec, ("序号", "姓名", "身份证号", "政策的知晓情况", "联系电话", "备注", "养了几头猪")
    )
    notes = [note.text for note in find_heading_notes(found, spec)]
    assert [text.split("”")[0] for text in notes] == ["“政策的知晓情况", "“养了几头猪"]
    assert all("这一列没有用" in text for text in notes)
    assert "是否为" not in notes[1]


def test_the_one_heading_that_is_nearly_so_is_taken_and_told(spec):
    """身份证号码了 can be nothing else."""
    found = table(spec, ("姓名", "身份证号码了", "联系电话"))
    assert found.layout.columns["id_no"] == 2
    (note,) = find_heading_notes(found, spec)
    assert (note.text, str(note.place)) == ("“身份证号码了”当作“身份证号”读入", "B1")


def test_two_equal_headings_are_called_that(spec):
    """The first is read; another word for the same is told with the column that was."""
    found = table(spec, ("姓名", "身份证号", "身份证号", "联系电话", "手机号码"))
    assert found.layout.columns == {"name": 1, "id_no": 2, "phone": 4}
    assert [note.text for note in find_heading_notes(found, spec)] == [
        "“身份证号”出现了两次，只读了 B1 那一列，这一列没有用",
        "“手机号码”就是“联系电话”，已读 D1 那一列，这一列没有用",
    ]


def test_of_two_headings_that_may_be_meant_neither_is_taken(spec):
    """Whose name it is would be guessed."""
    found = table(spec, ("户主姓名", "申请人姓名", "身份证号", "联系电话"))
    assert "name" not in found.layout.columns
    texts = [note.text for note in find_heading_notes(found, spec)]
    assert all("都像“姓名”，分不清" in text for text in texts)
    assert len(texts) == 2


def test_what_resembles_an_opinion_is_not_printed_as_consent(catalogue):
    """A column nobody knows, like one whose field has words of its own."""
    spec = catalogue.form("GL-01")
    (one,) = find_defaulted_columns(table(spec, ("姓名", "身份证号", "本县民政局意见")), spec)
    assert (one.column, one.slug) == (3, "c_opinion")
    for known in ("县民政局意见", "民政局意见", "联系人家的电话"):
        assert find_defaulted_columns(table(spec, ("姓名", "身份证号", known)), spec) == ()


@pytest.mark.parametrize("right", [PERSON, ("", "", "")])
def test_a_list_beside_another_is_found_where_something_stands_in_it(spec, right):
    """The same headings again to the right."""
    heads = ("姓名", "身份证号", "联系电话")
    found = find_table_beside(table(spec, (*heads, "", *heads), (*PERSON, "", *right)))
    assert (found and tuple(map(str, found))) == (("A1", "E1") if any(right) else None)


def test_one_heading_twice_is_no_list_beside(spec):
    """It is told as a note."""
    heads = ("姓名", "身份证号", "联系电话", "联系电话")
    assert find_table_beside(table(spec, heads, (*PERSON, "3"))) is None


def test_in_a_table_of_rows_the_heads_number_is_known():
    """In the main table it is a column like another."""
    rows = (("丙项", "丁项", "户主身份证号", "丙项了"),)
    (table_of_rows,) = find_tables(FORM, [Sheet("各项", rows)])
    told = [note.text for note in find_heading_notes(table_of_rows, FORM)]
    assert told == ["“丙项了”不是本表的项目，是否为“丙项”，这一列没有用"]
    (main,) = find_tables(FORM, [Sheet("名单", (("甲项", "乙项", "户主身份证号", " "),))])
    (note,) = find_heading_notes(main, FORM)
    assert note.text == "“户主身份证号”不是本表的项目，这一列没有用"
    assert (note.place.row, note.place.column) == (1, 3)


def test_the_number_of_a_case_is_not_offered_as_a_heading(spec):
    """It is known, but no column of the template."""
    found = table(spec, ("姓名", "身份证号", "案件编号了"))
    assert [note.text for note in find_heading_notes(found, spec)] == [
        "“案件编号了”不是本表的项目，这一列没有用"
    ]
