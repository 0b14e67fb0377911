"""What is believed of a file is shown with reasons, and people are found by it."""

import dataclasses

import pytest

from archive_indexer.documents import Guess, Visible
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import archived_files, correct_file, filings
from minzheng.accounts.models import Person, Role
from minzheng.accounts.tokens import issue_token
from minzheng.web.archive.file_facts import facts_of
from minzheng.web.gate.office import config
from tests.web.conftest import put_paper

ID = "11010519491231002X"
NUMBER = "J012-WS·2018-D10-DB-0001"


@pytest.fixture
def read(db) -> ArchivedFile:
    """A paper with a roster, one ID and its 档号; the OCR misread the first name."""
    file = put_paper("钟宝镇", "旧城村", "申请书 测式甲", dossier="DB", name="申请")
    column = "第 1 页名册“姓名”一列"
    persons = tuple(Guess(f"测试甲{n}", 0.9, column) for n in "一二三四五六七八九十百千万")
    filing = dataclasses.replace(
        filings.filing_from(file.guessed),
        persons=persons,
        ids=(Guess(ID, 0.99, "第 1 页，校验码相符"),),
        dates=(Guess("2018-05-07", 0.9, "第 1 页"),),
        amounts=(Guess("285.62", 0.95, "第 1 页“补差额”栏"),),
        archive_no=Guess(NUMBER, 0.5, "第 1 页“档号”栏"),
    )
    filings.keep_guess(file.path, filing)
    tell_index(file)
    yield ArchivedFile.objects.get(pk=file.pk)
    FullTextIndex(config().data_folder / "index").update([], [file.path])


def tell_index(file: ArchivedFile) -> None:
    document = archived_files.document_of(file.path)
    assert document is not None
    FullTextIndex(config().data_folder / "index").update([document])


def test_the_page_tells_fields_values_reasons_and_how_sure(sign_in, read):
    """In plain words; a roster is cut short, numbers are masked."""
    page = sign_in(Role.INSPECTOR).get(f"/files/{read.pk}").content.decode()
    for words in ("字段", "依据", "把握", "测试甲一、测试甲二", "等 13 个", "285.62", NUMBER,
                  "第 1 页名册“姓名”一列", "较有把握", "没有把握", "很有把握"):  # fmt: skip
        assert words in page
    assert ID not in page
    assert "在这里更正" not in page
    assert "在这里更正" in sign_in().get(f"/files/{read.pk}").content.decode()


def test_what_a_keeper_said_is_marked(sign_in, read):
    """With who and when."""
    correct_file.correct_file(read, {"persons": "张三"}, Visible(), "zhuanguan", for_folder=False)
    page = sign_in().get(f"/files/{read.pk}").content.decode()
    assert "已更正" in page
    assert "zhuanguan 于 20" in page


@pytest.mark.parametrize("question", ["姓名:测试甲二", f"档号:{NUMBER}", f"身份证:{ID}",
                                      "金额:285.62", "日期:2018-05-07"])  # fmt: skip
def test_fields_are_found_though_the_text_does_not_say_so(sign_in, read, question):
    """What was read in boxes stands in the index."""
    page = sign_in().get("/search", {"q": question}, follow=True).content.decode()
    assert f"/files/{read.pk}?" in page


def test_a_corrected_person_is_found_by_name_and_on_the_person_s_page(sign_in, read):
    """Though the scan was misread."""
    correct_file.correct_file(read, {"persons": "张桂英"}, Visible(), "zhuanguan", for_folder=False)
    tell_index(read)
    browser = sign_in()
    assert f"/files/{read.pk}" in browser.get("/search", {"q": "姓名:张桂英"}).content.decode()
    assert f"/files/{read.pk}" in browser.get("/traces", {"name": "张桂英"}).content.decode()


def test_other_systems_are_told_the_same(read, client):
    """Every value with its reason; numbers masked."""
    reader = Person.objects.create_user("reader", role=Role.INSPECTOR)
    key = issue_token(reader, purpose="测试", days=1, issued_by="测试")
    answer = client.get(f"/api/files/{read.pk}", headers={"Authorization": f"Bearer {key}"}).json()
    by_name = {one["name"]: one for one in answer["fields"]}
    assert by_name["archive_no"]["value"] == NUMBER
    assert by_name["amounts"]["because"] == "第 1 页“补差额”栏"
    assert by_name["ids"]["value"] == "110105********002X"
    assert not by_name["town"]["is_corrected"]
    assert sum(one["name"] == "persons" for one in answer["fields"]) == 13


def test_nothing_known_is_an_empty_table():
    """Of a file that could not be read."""
    assert facts_of(filings.filing_from({})) == ()
