"""Spreadsheets of all kinds are read alike."""

import io
import zipfile

import openpyxl
import pytest
import xlwt

from filler.errors import RosterError
from filler.roster.read_spreadsheet import Sheet, read_spreadsheet
from filler.roster.sheet_marks import ERROR, NO_RESULT
from tests.external.files.panicking_workbook import panicking_workbook
from tests.filler.rosters import as_bytes

ROWS = (("姓名", "人口"), ("测试甲", 3))
ODS_TEXT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="表"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>姓名</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>人口</text:p></table:table-cell>'
    '</table:table-row><table:table-row><table:table-cell office:value-type="string">'
    '<text:p>测试甲</text:p></table:table-cell><table:table-cell office:value-type="float" '
    'office:value="3"><text:p>3</text:p></table:table-cell></table:table-row></table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    return as_bytes(book)


def xls() -> bytes:
    book = xlwt.Workbook(encoding="gbk")
    sheet = book.add_sheet("表")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS_TEXT)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        xlsx(),
        xls(),
        ods(),
        "姓名,人口\r\n测试甲,3\r\n".encode("gb18030"),
        "\ufeff姓名,人口\n测试甲,3\n".encode(),
        "姓名\t人口\n测试甲\t3\n".encode("utf-16"),
    ],
    ids=["xlsx", "xls", "ods", "csv-gb18030", "csv-bom", "utf-16"],
)
def test_every_kind_gives_the_same_cells(data):
    """What a village has is what it has."""
    (sheet,) = read_spreadsheet(data, "名单")
    assert [[str(cell).removesuffix(".0") for cell in row] for row in sheet.rows] == [
        ["姓名", "人口"], ["测试甲", "3"],
    ]  # fmt: skip


def test_what_a_reader_does_not_see_is_told():
    """Hidden rows and columns, formulas nobody computed, errors."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["a", "=1+1", "b"])
    sheet["A3"] = "#N/A"
    sheet["A3"].data_type = "e"
    sheet.row_dimensions[2].hidden = True
    sheet["B2"] = 1
    sheet.column_dimensions["C"].hidden = True
    (read,) = read_spreadsheet(as_bytes(book), "x.xlsx")
    assert read.marks.faults == {(0, 1): NO_RESULT, (2, 0): ERROR}
    assert read.marks.hidden_rows == {1}
    assert read.marks.hidden_columns == {2}


def test_a_number_kept_from_excel_is_freed_of_its_wrapping():
    """="6109…" and '6109… are how people write numbers into CSV files."""
    (sheet,) = read_spreadsheet(b'a,b\n"=""001""",\'002\n', "x.csv")
    assert sheet.rows[1] == ("001", "002")


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"", "空文件"),
        (b"PK\x03\x04 nothing", "已损坏"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "打不开"),
        (b"%PDF-1.4\0\0", "不是表格"),
    ],
)
def test_what_is_no_spreadsheet_is_said(data, shown):
    """In Chinese, with what to do."""
    with pytest.raises(RosterError, match=shown):
        read_spreadsheet(data, "x")


def test_a_file_that_makes_the_reader_panic_is_refused():
    """It does not end the process that was asked."""
    with pytest.raises(RosterError, match="打不开"):
        read_spreadsheet(panicking_workbook(), "名单.xlsb")


@pytest.mark.parametrize("separator", [*",\t;，；|"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_whatever_parts_and_codes_it(separator, code):
    """Commas in its title do not count against what stands in every row."""
    lines = ["名单、2018年5月", separator.join("镇村组名"), separator.join("钟旧三甲")]
    (sheet,) = read_spreadsheet("\r\n".join(lines).encode(code), "名单.csv")
    assert sheet.rows[1:] == (tuple("镇村组名"), tuple("钟旧三甲"))


def test_text_of_another_code_behind_the_mark_of_utf_8_is_read():
    """Some programs write the mark whatever the code."""
    data = b"\xef\xbb\xbf" + "姓名,镇\r\n测试甲,钟宝镇".encode("gb18030")
    assert read_spreadsheet(data, "名单.csv")[0].rows[1] == ("测试甲", "钟宝镇")


def test_a_web_page_called_xls_is_read():
    """Other systems hand lists out so; texts of IDs stay whole."""
    page = "<html><table><tr><td>姓名<td>证号</tr><tr><td>测试甲<td>'610927194803060113</table>"
    for code in ("utf-8", "gb18030"):
        (sheet,) = read_spreadsheet(page.encode(code), "导出.xls")
        assert sheet.rows == (("姓名", "证号"), ("测试甲", "610927194803060113"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "XML 表格 2003",
        ),
        ("MIME-Version: 1.0\nContent-Type: multipart/related\n", "单个文件网页"),
    ],
)
def test_other_texts_called_xls_are_refused_by_name(text, said):
    """With what to do."""
    with pytest.raises(RosterError, match=f"{said}.*另存为 .xlsx"):
        read_spreadsheet(text.encode(), "导出.xls")


def test_a_sheet_can_be_turned():
    """Rows for columns; short rows are filled up."""
    assert Sheet("名单", (("甲", "乙"), ("丙",))).turned().rows == (("甲", "丙"), ("乙", ""))
