"""The administrator changes a row in the page, or a table in Excel, and puts it in place."""

import io
import tomllib

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from minzheng.accounts.models import AuditEntry
from tests.web.office.conftest import upload_table

NAME = "standards.toml"
ROW = f"/registry/{NAME}/rows/1/3"


def posted(desk, address: str = ROW, **changed: str):
    """The fields of a row as the page has them, some of them changed."""
    shown = desk.get(address).context["fields"]
    cells = {f"c-{one.column.key}": one.value for one in shown}
    return (
        cells
        | {f"c-{key}": value for key, value in changed.items() if key != "do"}
        | {"do": changed.get("do", "since")}
    )


def put_in_place(desk, answer, why: str = "镇民发〔2026〕12号"):
    found = answer.context
    sent = {"sha256": found["sha256_new"], "seen": found["sha256"], "why": why}
    return desk.post(f"/registry/{NAME}/use", sent, follow=True)


def test_a_new_standard_in_five_fields(registry_desk, registry):
    """Typed, looked at, put in place: the comments of the file are still there."""
    before = (registry / NAME).read_text(encoding="utf-8")
    sent = posted(registry_desk, **{"month_amount": "480", "from": "2026-07-01", "mark": ""})
    answer = registry_desk.post(ROW, sent)
    page = answer.content.decode()
    assert "没有错，还没有换上" in page
    assert "<ins>480.00</ins>" in page
    assert (registry / NAME).read_text(encoding="utf-8") == before
    assert "已换上第 2 版" in put_in_place(registry_desk, answer).content.decode()
    after = (registry / NAME).read_text(encoding="utf-8")
    assert [one for one in before.splitlines() if one[:1] == "#"] == [
        one for one in after.splitlines() if one[:1] == "#"
    ]
    assert tomllib.loads(after)["standard"][3]["month_amount"] == "480.00"
    assert AuditEntry.objects.filter(what__startswith="改登记数据 standards.toml").exists()


def test_several_rows_are_put_in_place_together(registry_desk, registry):
    """The second is typed over what the first made, not over what is in place."""
    first = registry_desk.post(ROW, posted(registry_desk, month_amount="480", do="change"))
    on = first.context["on"]
    assert f"{ROW[:-1]}1{on}" in first.content.decode()
    address = f"/registry/{NAME}/rows/1/1{on}"
    second = registry_desk.post(address, posted(registry_desk, address, month_amount="300", do="x"))
    put_in_place(registry_desk, second)
    rows = tomllib.loads((registry / NAME).read_text(encoding="utf-8"))["standard"]
    assert [rows[0]["month_amount"], rows[2]["month_amount"]] == ["300.00", "480.00"]


def test_mistakes_stand_at_their_fields_and_nothing_is_lost(registry_desk, registry):
    """What was typed is still there."""
    answer = registry_desk.post(ROW, posted(registry_desk, month_amount="四百八", do="change"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="四百八"' in page
    assert "写成 480.00 这样的金额" in page
    assert 'aria-invalid="true"' in page


def test_what_waited_and_is_gone_is_said(registry_desk, registry):
    """Somebody else checked another one meanwhile."""
    answer = registry_desk.get(f"{ROW}?on=0123")
    assert answer.status_code == 422
    assert "已不在" in answer.content.decode()


def test_rows_and_parts_that_are_not_there_are_not_found(registry_desk, registry):
    """Nor a list of words, which has no rows."""
    for address in (
        f"/registry/{NAME}/rows/1/99", f"/registry/{NAME}/rows/2/1", f"/registry/{NAME}/rows/0/1",
        "/registry/synonyms.txt/rows/1/1", "/registry/synonyms.txt/workbook",
    ):  # fmt: skip
        assert registry_desk.get(address).status_code == 404


def test_a_table_goes_to_excel_and_back(registry_desk, registry):
    """The rows that change are shown before they count; a place of the county as well."""
    answer = registry_desk.get(f"/registry/{NAME}/workbook")
    assert ".xlsx" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    book["标准"]["D4"] = 480
    stream = io.BytesIO()
    book.save(stream)
    shown = upload_table(registry_desk, stream.getvalue(), NAME, "标准.xlsx")
    page = shown.content.decode()
    assert "<del>448.00</del><ins>480.00</ins>" in page
    put_in_place(registry_desk, shown)
    rows = tomllib.loads((registry / NAME).read_text(encoding="utf-8"))["standard"]
    assert rows[2]["month_amount"] == "480.00"


def test_a_wrong_workbook_changes_nothing(registry_desk, registry):
    """Every mistake with its place; a file that is none is refused in words."""
    book = openpyxl.load_workbook(
        io.BytesIO(registry_desk.get(f"/registry/{NAME}/workbook").content)
    )
    book["标准"]["D4"], book["标准"]["E5"] = "多", "去年"
    stream = io.BytesIO()
    book.save(stream)
    page = upload_table(registry_desk, stream.getvalue(), NAME, "标准.xlsx").content.decode()
    assert "有 2 处要改" in page
    assert "Excel 第 4 行" in page
    for data in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"x"):
        sent = {"file": SimpleUploadedFile("标准.xlsx", data)}
        assert registry_desk.post(f"/registry/{NAME}/check", sent).status_code == 422


def test_a_village_is_added_in_the_page(registry_desk, registry):
    """A .csv is edited like any other table."""
    address = "/registry/towns_and_villages.csv/rows/1/0"
    sent = {
        "c-town_code": "610927100", "c-town": "城关镇", "c-village": "新设村", "c-kind": "村",
        "c-short_code": "100999", "do": "add",
    }  # fmt: skip
    page = registry_desk.post(address, sent).content.decode()
    assert "没有错，还没有换上" in page
    assert "<ins>新设村</ins>" in page
