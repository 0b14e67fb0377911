"""The widths of a printed register."""

import datetime as dt

from minzheng.external.files.file_properties import FileProperties
from minzheng.registers.register_list import RegisterList


def listed(columns, rows):
    """A list as it is printed."""
    told = FileProperties("镇坪县民政局", "公示专栏", dt.date(2018, 7, 20))
    return RegisterList("公示专栏", "某人 导出", ("范围：全县",), columns, rows, told)


def test_wide_columns_share_the_sheet():
    """However many there are, and no column is wider than its text asks."""
    wide = listed(tuple("甲乙丙丁戊己庚辛"), [("很长的文字" * 9,) * 8])
    assert round(sum(wide.widths)) == 267
    narrow = listed(("序号", "村"), [("1", "旧城村")])
    assert sum(narrow.widths) < 60
    assert narrow.widths[1] > narrow.widths[0] - 1
