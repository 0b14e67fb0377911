"""All traces of people of one name as a spreadsheet."""

import datetime as dt
import io

from openpyxl import load_workbook

from minzheng.external.files.file_properties import FileProperties
from minzheng.inspection.person_timeline import PersonTraces
from minzheng.inspection.traces import Trace
from minzheng.inspection.traces_book import write_traces

ID = "11010519491231002X"


def rows_of(*traces: Trace) -> list[tuple]:
    """The rows below the headings, without who they are of."""
    told = FileProperties("局", "查人", dt.date(2018, 7, 5))
    person = PersonTraces("测试甲", ID, ("旧城村",), traces, ())
    hide = lambda text: text.replace(ID, "■")  # noqa: E731
    book = write_traces("谁", [(person, "测试甲")], hide, {"DB": "低保"}, properties=told)
    rows = list(load_workbook(io.BytesIO(book)).active.iter_rows(min_row=3, values_only=True))
    assert {row[:2] for row in rows} <= {("测试甲", "■")}
    return [tuple(value or "" for value in row[2:]) for row in rows]


def test_each_paper_is_a_row():
    """A scan with its page, a record without; what is another's or gone says so."""
    scan = Trace(
        "扫描件", 1, f"申请 {ID}", "", page=2, form_id="DB-01", dossier="DB", town="钟宝镇",
        village="旧城村", case_no="C", day=dt.date(2018, 4, 2), step="申请",
    )  # fmt: skip
    listed = Trace("扫描件", 3, "花名册", "", dossier="XX", kind="list", present=False)
    record = Trace("出具文书", 2, "审批表", "", year="2018", kind="mention", because="按编号")
    assert rows_of(scan, listed, record) == [
        (
            "2018",
            "2018-04-02",
            "申请",
            "申请 ■",
            "扫描件",
            "低保",
            "DB-01",
            "钟宝镇旧城村",
            "C",
            "2",
            "",
        ),
        ("", "", "其他", "花名册", "扫描件", "XX", "", "", "", "1", "名单上有，曾存在"),
        ("2018", "", "其他", "审批表", "出具文书", "", "", "", "", "", "别人的材料，提到，按编号"),
    ]


def test_a_person_without_papers_has_no_rows():
    """The sheet is there."""
    assert rows_of() == []
