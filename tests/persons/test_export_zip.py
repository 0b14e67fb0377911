"""All that is held of one person, in one ZIP."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from django.utils import timezone

from filler.models import Draft
from minzheng.persons.export_zip import Mark, Sources, write_zip
from minzheng.persons.look_up import look_up, of_keys
from minzheng.persons.whom import Whom
from minzheng.web.forms.issued_documents import case_store
from tests.persons.conftest import ID, NAME, OTHER_ID, WHOM, put_paper, stock

OTHER = "测试赵六"
MARK = Mark("镇坪县民政局", "=县级经办 li", dt.datetime(2026, 11, 28, 9, 30), "本人书面申请")


@pytest.fixture
def unpacked(keep):
    """The texts of the ZIP by name, and the cells of its index."""

    def run(whom: Whom = WHOM) -> tuple[dict[str, bytes], str]:
        sources = Sources(case_store().path_of, lambda number, page: b"jpeg", lambda form: {})
        data = write_zip(whom, of_keys(look_up(whom, stock()), ()), MARK, sources)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            files = {name: package.read(name) for name in package.namelist()}
        book = openpyxl.load_workbook(io.BytesIO(files["目录.xlsx"]))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        return files, " ".join(str(cell.value or "") for cell in cells)

    return run


def text_of(files: dict[str, bytes], part: str) -> str:
    return "\n".join(data.decode("utf-8-sig") for name, data in files.items() if part in name)


def test_an_own_document_and_paper_come_whole_without_the_others(keep, unpacked):
    """Word file, answers, text and picture; names and numbers of others are masked."""
    rows = [{"m_name": NAME, "m_id": ID}, {"m_name": OTHER, "m_id": OTHER_ID}]
    keep(name=NAME, id_no=ID, members=rows)
    put_paper("钟宝镇", "旧城村", f"户主 {NAME} {ID}\n邻居 {OTHER} {OTHER_ID}", person=NAME)
    files, index = unpacked()
    assert any(name.endswith(".docx") for name in files)
    assert any(name.endswith("第1页.jpg") for name in files)
    typed, read = text_of(files, "填写内容.txt"), text_of(files, "第1页.txt")
    for text in (typed, read):
        assert NAME in text
        assert ID in text
        assert OTHER_ID not in text
    assert OTHER not in typed
    assert "本人书面申请" in index
    assert typed.startswith("镇坪县民政局 =县级经办 li 2026-11-28 09:30 事由：本人书面申请")
    assert "=县级经办 li" in index
    assert "2026-11-28 09:30" in index


def test_of_a_list_only_the_own_row_comes(keep, unpacked):
    """Of a notice and of a scanned roster; no picture, no Word file."""
    keep("GS-01", "GS-103200-2018-0001", rows=[
        {"name": NAME, "id_no": ID, "amount": "285.62"},
        {"name": OTHER, "id_no": OTHER_ID, "amount": "300.00"},
    ])  # fmt: skip
    text = f"1 {NAME} {ID} 285.62\n2 {OTHER} {OTHER_ID} 300.00"
    put_paper("钟宝镇", "旧城村", text, name="名册")
    files, index = unpacked()
    told = text_of(files, ".txt")
    assert told.count("285.62") == 2
    assert "300.00" not in told
    assert OTHER not in told + index
    assert not [name for name in files if name.endswith((".jpg", ".docx"))]


def test_nothing_of_another_of_the_name(keep, unpacked):
    """Who asks by another number gets another's things."""
    keep(name=NAME, id_no=ID)
    put_paper("钟宝镇", "旧城村", f"户主 {NAME} {ID}")
    files, _ = unpacked(Whom(NAME, OTHER_ID))
    assert list(files) == ["目录.xlsx"]


def test_an_unfinished_form_comes_with_what_was_typed(db, unpacked):
    """An own one whole, another's only with the person's own row."""
    rows = [{"m_name": NAME, "m_id": ID}, {"m_name": OTHER, "m_id": OTHER_ID}]
    for token, answers in (
        ("a", {"id_no": ID, "name": NAME, "reason": "本人年老", "members": rows}),
        ("b", {"id_no": OTHER_ID, "name": OTHER, "reason": "别人的事", "members": rows}),
    ):
        Draft.objects.create(
            token=token, form_id="DB-01", by="li", saved_at=timezone.now(), answers=answers
        )
    files, index = unpacked()
    typed = text_of(files, "没填完的表/")
    assert "本人年老" in typed
    assert "别人的事" not in typed
    assert typed.count(ID) == 3
    assert OTHER not in typed
    assert OTHER_ID not in typed
    assert "没填完的表" in index
