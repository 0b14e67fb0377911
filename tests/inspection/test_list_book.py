"""A list as a spreadsheet."""

import datetime as dt
import io

from openpyxl import load_workbook

from minzheng.external.files.file_properties import FileProperties
from minzheng.inspection.list_book import write_list


def test_a_list_begins_with_who_took_it_out_and_repeats_its_heads():
    """On every printed page; a text that looks like a formula is a text."""
    told = FileProperties("局", "清单", dt.date(2018, 7, 5))
    columns = (("姓名", 12), ("说明", 30))
    book = write_list("谁 导出", "清单", columns, [("测试甲", "=1+1")], properties=told)
    sheet = load_workbook(io.BytesIO(book)).active
    assert (sheet.title, sheet["A1"].value, sheet["B3"].data_type) == ("清单", "谁 导出", "s")
    assert [cell.value for cell in sheet[2]] == ["姓名", "说明"]
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$2", "A3")
    assert sheet.column_dimensions["B"].width == 30
