"""A table of registry/ as people read it."""

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.registry.shown.registry_guide import FILES
from minzheng.web.office.registry_shown import changed_lines, changed_rows, notes_of, parts_of


@pytest.mark.parametrize("name", [one.name for one in FILES])
def test_every_table_has_rows_to_be_read(name):
    """As wide as its headings, whatever its format."""
    parts = parts_of(name, (REGISTRY_FOLDER / name).read_text("utf-8-sig"))
    assert sum(len(part.rows) for part in parts) > 0
    assert all(len(row) == len(part.headings) for part in parts for row in part.rows)


def test_values_are_words():
    """Yes and no, lists, lists of tables."""
    (part,) = parts_of("a.toml", '[[a]]\nx = true\ny = ["甲", "乙"]\nz = [{p = "丙"}, {p = "丁"}]')
    assert part.rows == [["是", "甲、乙", "丙；丁"]]


def test_each_cell_knows_its_heading():
    """On a phone a row stands as a card, without a head over it; the first is what it is about."""
    (part,) = parts_of("a.csv", "甲,乙,丙\n1,2,\n")
    assert part.named_rows == [("", [("", "1"), ("乙", "2"), ("", "")])]


def test_a_table_that_cannot_be_read_says_where():
    """Instead of rows."""
    (part,) = parts_of("a.toml", "[[a]\n")
    assert part.headings == ["错误"]
    assert "1" in part.rows[0][0]


def test_a_list_of_words_keeps_its_groups_and_leaves_out_remarks():
    """One row a line."""
    (part,) = parts_of("a.txt", "# 说明\n\n低保=最低生活保障\n")
    assert part.rows == [["低保 = 最低生活保障"]]
    assert notes_of("# 一\n# 二\n低保\n# 三") == "一 二"


def test_lines_that_come_and_go_are_told():
    """At most sixty; blank ones are none."""
    assert changed_lines("甲\n乙\n", "甲\n\n丙\n") == [(False, "乙"), (True, "丙")]
    assert len(changed_lines("", "\n".join(map(str, range(100))))) == 60


def test_rows_that_differ_are_told_by_their_cells():
    """Changed, added, taken out; a list of words has no rows."""
    old = '[[term]]\nname = "甲"\nvalue = 1\n[[term]]\nname = "乙"\n[[term]]\nname = "丙"\n'
    new = '[[term]]\nname = "甲"\nvalue = 2\n[[term]]\nname = "丙"\n[[term]]\nname = "丁"\n'
    told = [(one.deed, one.where, one.cells) for one in changed_rows("x.toml", old, new)]
    assert told == [
        ("改", "期限、年龄和人数第 1 行 甲 1", (("数", "1", "2"),)),
        ("去", "期限、年龄和人数第 2 行 乙", (("名称", "乙", ""),)),
        ("加", "期限、年龄和人数第 3 行 丁", (("名称", "", "丁"),)),
    ]
    assert changed_rows("x.txt", "a=b", "a=c") == []
