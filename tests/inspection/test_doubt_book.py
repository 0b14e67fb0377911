"""The list of doubts as a spreadsheet."""

import datetime as dt
import io

from openpyxl import load_workbook

from minzheng.external.files.file_properties import FileProperties
from minzheng.inspection.doubt_book import DoubtLine, write_doubts


def test_a_row_a_doubt_and_who_took_it_out():
    """A text that looks like a formula is a text."""
    line = DoubtLine(
        "C2", "死亡后仍在发放", "红", "旧城村", "低保", "2018", "=1+1", "甲 与 乙", "审批表",
        "属实", "到村核实", "核实人", "2018-07-05", "2018-07-04",
    )  # fmt: skip
    told = FileProperties("局", "疑点清单", dt.date(2018, 7, 5))
    sheet = load_workbook(io.BytesIO(write_doubts("谁 导出", [line], properties=told))).active
    assert sheet["A1"].value == "谁 导出"
    assert [cell.value for cell in sheet[2]][:3] == ["编号", "核对", "轻重"]
    assert tuple(cell.value for cell in sheet[3]) == tuple(line)
    assert sheet["G3"].data_type == "s"
