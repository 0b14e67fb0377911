"""Pages that systems of offices hand out as .xls."""

import pytest

from filler.roster.web_tables import is_web_page, read_web_tables

CELLS = "<tr><td>甲<td>乙<br>丙</tr><tr><th>&#160;1 </th><td> 610927194803060113</td></tr>"


@pytest.mark.parametrize(
    "beginning",
    ["<table>", "<html><body><table>", "<!DOCTYPE html>\n<html><table border=1>",
     "<?xml version='1.0' encoding='gb2312'?><!-- x --><HTML><TABLE>"],
)  # fmt: skip
def test_the_cells_of_a_page_are_read(beginning):
    """However it begins; an end of a row may be missing."""
    text = beginning + CELLS
    assert is_web_page(text)
    (table,) = read_web_tables(text)
    assert table.rows == (("甲", "乙\n丙"), ("1", "610927194803060113"))


@pytest.mark.parametrize("text", ["姓名,电话", "<姓名>,<table>", "<html>没有表", ""])
def test_a_list_is_no_page(text):
    """Nor is a page without a table."""
    assert not is_web_page(text)


def test_merged_cells_keep_their_place():
    """What stands beside and below them moves over."""
    (table,) = read_web_tables(
        "<table><tr><td rowspan=2>镇<td colspan=2>户主</tr><tr><td>姓名<td>电话</tr></table>"
    )
    assert table.rows == (("镇", "户主", ""), ("", "姓名", "电话"))
    assert table.merged == (((0, 0), (1, 0)), ((0, 1), (0, 2)))


def test_of_tables_in_tables_the_inner_ones_are_read():
    """The outer one is a frame; a mad span makes no mad table."""
    text = "<table><tr><td><table><tr><td colspan=99999999 rowspan=x>甲</table></table>"
    (table,) = read_web_tables(text)
    assert len(table.rows[0]) == 1000
