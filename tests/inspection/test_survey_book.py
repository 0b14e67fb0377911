"""The map and the list of what is missing as a spreadsheet."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from minzheng.external.files.file_properties import FileProperties
from minzheng.inspection.standings import Lack, Need, Standing, Subject
from minzheng.inspection.survey import Cell
from minzheng.inspection.survey_book import say, write_book
from tests.inspection.papers import COUNTY

WATERMARK = "测试检查 于 2026-11-28 导出"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell(), ""),
        (Cell(files=3), "3 件"),
        (Cell(files=3, needed=8, lacking=5), "3 件\n缺5/8"),
        (Cell(files=9, needed=8), "9 件\n齐8"),
        (Cell(needed=2, lacking=2), "0 件\n缺2/2"),
    ],
)
def test_a_cell_in_words(cell, said):
    """Files, and how much is missing of what must be there."""
    assert say(cell) == said


def test_both_sheets_say_who_took_them_out():
    """The map with its levels in colour, and every subject that lacks something."""
    full, low = Cell(files=8, needed=8), Cell(files=2, needed=8, lacking=5)
    lines = [("钟宝镇", True, [full, full]), ("旧城村", False, [low, Cell()])]
    subject = Subject("钟宝镇", "旧城村", "DB", "2018", "DB-103200-2018-0001", "测试甲")
    lacks = (Lack(Need("申请", frozenset({"DB-01"})), 0),
             Lack(Need("公示", frozenset({"GS-01"}), times=4), 1))  # fmt: skip
    unknown = Subject("钟宝镇", "旧城村", "XX", "2018")
    standings = [
        Standing(subject, 9, lacks, ("DB-02",), ("COM-05",)), Standing(unknown, 1, (), ())
    ]  # fmt: skip
    told = FileProperties("镇坪县民政局", "齐全情况", dt.date(2026, 3, 1))
    data = write_book(WATERMARK, ["低保"], lines, standings, COUNTY.dossiers, properties=told)
    book = load_workbook(io.BytesIO(data))
    assert (book.properties.creator, book.properties.title) == ("镇坪县民政局", "齐全情况")
    drawn, missing = book["齐全情况"], book["缺件清单"]
    assert drawn["A1"].value == missing["A1"].value == WATERMARK
    assert [cell.value for cell in drawn[2]] == ["镇、村", "低保", "合计"]
    assert [cell.value for cell in drawn[4]] == ["　旧城村", "2 件\n缺5/8", None]
    colours = [drawn.cell(row, 2).fill.start_color.rgb for row in (3, 4)]
    assert colours == ["00BFE3D3", "00FBDCBD"]
    assert drawn["A3"].font.bold
    assert not drawn["A4"].font.bold
    assert [cell.value for cell in missing[3]] == [
        "钟宝镇", "旧城村", COUNTY.dossiers.by_code("DB").short_name, "2018",
        "DB-103200-2018-0001", "测试甲", "申请、公示（有 1，应 4）", "DB-02", "COM-05",
    ]  # fmt: skip
    assert missing["C4"].value == "XX"
    assert drawn.freeze_panes == missing.freeze_panes == "B3"
