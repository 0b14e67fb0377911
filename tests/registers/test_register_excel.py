"""A register as a workbook."""

import io

import openpyxl

from minzheng.registers.register_excel import write_excel
from tests.registers.test_register_list import listed


def test_what_begins_with_an_equals_sign_is_text():
    """No cell of a register reckons."""
    data = write_excel(listed(("序号", "姓名"), [("1", "=1+1")]))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet.title == "公示专栏"
    assert [cell.value for cell in sheet[4]] == ["序号", "姓名"]
    assert sheet["B5"].value == "=1+1"
    assert sheet["B5"].data_type == "s"
    assert sheet.print_title_rows == "$4:$4"
    assert "某人 导出" in sheet.oddHeader.center.text
