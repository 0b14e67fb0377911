"""查档结果清单 as data, as a Word document and as a workbook."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl import load_workbook

from archive_indexer.documents import Hit
from archive_indexer.models import ArchivedFile
from archive_indexer.showing.result_list import COLUMNS, ResultList, make_rows
from archive_indexer.showing.result_list_excel import write_excel
from archive_indexer.showing.result_list_word import write_word
from archive_indexer.stores.paper_place import place_of
from minzheng.county.masking import mask_numbers_in

ID = "11010519491231002X"
SHA = "ab12" * 16
SEEN = dt.datetime(2026, 3, 4, 18, 0, tzinfo=dt.UTC)  # the fifth in China


def hit(path: str, **more: object) -> Hit:
    known = {"village": "旧城村", "dossier": "DB", "year": "2018", "form_id": "DB-01"}
    told = {"town": "钟宝镇", "title": f"测试甲 {ID}", "snippet": "", **known, **more}
    return Hit(path=path, sha256=SHA, page=2, **({"pages": (2, 3), "day": 20180507} | told))


def rows_of(*hits: Hit, hide: Callable[[str], str] = mask_numbers_in):
    files = {one.path: ArchivedFile(path=one.path, last_seen=SEEN) for one in hits}
    places = {one.path: place_of(one.path, {}, "低保") for one in hits}
    return make_rows(hits, files, places, hide)


@pytest.fixture
def listed() -> ResultList:
    rows = rows_of(
        hit("旧城村/第3盒/0012_申请/1.jpg"),
        hit("旧城村/=1+1 & <旧>.jpg", title="=HYPERLINK(1)\x01", present=False, day=20180500),
    )
    return ResultList(
        bureau="镇坪县民政局", question="测试甲", understood=("测试甲",), filters=("村：旧城村",),
        asked_by="测试检查（jiancha，检查人员）", asked_at=dt.datetime(2026, 11, 25, 14, 30, 5),
        total=2, rows=rows,
    )  # fmt: skip


def test_a_row_tells_all_of_a_file():
    """Numbers in title and path are masked; what is known of the paper's place is told."""
    (row,) = rows_of(hit(f"旧城村/第3盒/0012_{ID}/1.jpg"))
    assert row.title == "测试甲 110105********002X"
    assert row.path == "旧城村/第3盒/0012_110105********002X/1.jpg"
    assert (row.village, row.dossier, row.year, row.form_id) == ("旧城村", "低保", "2018", "DB-01")
    assert (row.day, row.pages, row.state) == ("2018-05-07", "2、3", "现存")
    assert row.place == "专柜未登记 盒 3 件 0012"
    assert row.sha256 == SHA


def test_numbers_are_in_full_when_unmasked():
    """And only then."""
    (row,) = rows_of(hit("a.jpg"), hide=str)
    assert row.title == f"测试甲 {ID}"


@pytest.mark.parametrize(
    ("more", "name", "said"),
    [
        ({"day": 20180500}, "day", "2018-05"),
        ({"day": 20180000}, "day", "2018"),
        ({"day": 0}, "day", ""),
        ({"pages": ()}, "pages", "—"),
        ({"pages": tuple(range(1, 41))}, "pages", "1、2、3、4、5、6、7、8、9、10、11、12 等 40 页"),
        ({"present": False}, "state", "曾存在 2026-03-05"),
        ({"title": ""}, "title", "a.jpg"),
        ({"village": ""}, "village", "钟宝镇"),
    ],
)
def test_what_is_less_known_is_told_as_it_is(more, name, said):
    """A month without a day, a village that nobody named."""
    (row,) = rows_of(hit("a.jpg", **more))
    assert getattr(row, name) == said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "查到 2 件，全部列出"),
        ({"total": 9}, "查到 9 件，清单至多列 2 件，其余未列"),
        ({"total": 9, "is_chosen": True}, "查到 9 件，选列 2 件"),
        ({"left_out": 1}, "查到 2 件，全部列出；另有 1 件曾存在，未列"),
    ],
)
def test_the_list_says_what_it_leaves_out(listed, more, said):
    """Nobody takes a cut list for a whole one."""
    assert replace(listed, **more).count_said == said


def test_the_reason_for_full_numbers_stands_on_the_list(listed):
    """Else it says that they are masked."""
    assert dict(listed.heading)["号码"] == "已遮盖"
    unmasked = replace(listed, unmasked_for="核对发放")
    assert dict(unmasked.heading)["号码"] == "完整显示，事由：核对发放"


def test_the_word_document_is_across_with_the_mark_on_every_page(listed):
    """Heading row repeated, each file with its whole hash."""
    document = docx.Document(io.BytesIO(write_word(listed)))
    (section,) = document.sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.header.paragraphs[0].text == listed.mark
    assert listed.mark in section.footer.paragraphs[0].text
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [name for name, _ in COLUMNS]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    told = table.rows[2].cells[-1].text.split("\n")
    assert told == ["旧城村/=1+1 & <旧>.jpg", SHA[:32], SHA[32:]]
    assert "查到 2 件，全部列出" in "\n".join(one.text for one in document.paragraphs)


def test_both_files_say_whose_they_are(listed):
    """The bureau, what it is, the day; who took it out stands on the pages only."""
    for told in (
        docx.Document(io.BytesIO(write_word(listed))).core_properties,
        load_workbook(io.BytesIO(write_excel(listed))).properties,
    ):
        assert (getattr(told, "author", None) or told.creator) == "镇坪县民政局"
        assert told.title == "镇坪县民政局查档结果清单"
        assert told.created.date() == dt.date(2026, 11, 25)


def test_the_workbook_holds_text_and_whole_hashes(listed):
    """What looks like a formula is none; the heading row is repeated when printed."""
    sheet = load_workbook(io.BytesIO(write_excel(listed))).active
    assert sheet.oddHeader.center.text.endswith(listed.mark)
    assert sheet.page_setup.orientation == "landscape"
    table = list(sheet.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(table) if row[0] == "序号")
    assert sheet.print_title_rows == f"${head + 1}:${head + 1}"
    first, second = table[head + 1 : head + 3]
    assert (first[0], first[-1], first[-2]) == (1, SHA, "旧城村/第3盒/0012_申请/1.jpg")
    cell = sheet.cell(head + 3, 2)
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1) ")
    assert second[-3] == "曾存在 2026-03-05"
