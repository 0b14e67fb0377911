"""Papers of some forms with their texts, each content once."""

import pytest
from django.db.models import Q

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import contents
from archive_indexer.stores.contents import keep_content
from archive_indexer.stores.paper_texts import read_papers, words_of

pytestmark = pytest.mark.django_db


def paper(path: str, sha256: str, form_id: str = "DB-01", **more: object) -> None:
    filing = {"title": {"value": f"题名{path}"}}
    row = {"state": "indexed", "sha256": sha256 * 64, "form_id": form_id, "filing": filing}
    ArchivedFile.objects.create(path=path, **(row | more))


def test_a_paper_is_read_once_however_many_copies_lie_about():
    """Of all its pages; by village, year and path."""
    for sha256 in "12":
        pages = tuple(ExtractedPage(at, f"{sha256} 第{at}页") for at in (1, 2))
        contents.keep_content(sha256 * 64, Extraction("pdf", pages))
    paper("c", "1", village="甲村")
    paper("b", "1", village="甲村")
    paper("a", "2", village="乙村", year="2018")
    paper("unread", "3")
    paper("other", "2", form_id="DB-02")
    paper("gone", "2", present=False)
    read = list(read_papers(["DB-01"], Q()))
    assert [(one.village, one.text) for one in read] == [
        ("乙村", "2 第1页\n2 第2页"), ("甲村", "1 第1页\n1 第2页"),
    ]  # fmt: skip
    assert read[1].title == "题名b"
    assert list(read_papers(["DB-01"], Q(village="丙村"))) == []


PLACE = {"town": "钟宝镇", "village": "旧城村"}


def keep(path: str, **given):
    return ArchivedFile.objects.create(path=path, **{"state": "indexed", **PLACE, **given})


def test_each_content_is_given_once_with_its_text():
    """What was not read has none."""
    for sha256 in ("x", "y"):
        keep_content(sha256, Extraction("txt", (ExtractedPage(1, f"文{sha256}"),
                                                ExtractedPage(2, "二"))))  # fmt: skip
    keep("a", sha256="x", form_id="DB-01", filing={"title": {"value": "题"}})
    keep("b", sha256="x", form_id="DB-01")
    keep("c", sha256="z", form_id="DB-01")
    keep("d", sha256="y", form_id="DB-02")
    keep("e", sha256="y", form_id="DB-01", present=False)
    found = list(read_papers(["DB-01"], Q()))
    assert [(one.title, one.text) for one in found] == [("题", "文x\n二")]
    assert [one.title for one in read_papers(["DB-02"], Q())] == [""]
    assert list(read_papers(["DB-01"], Q(village="外村"))) == []


def test_the_words_of_contents_are_told_without_white_space():
    """So that a name broken over a line is found; an unknown content has none."""
    pages = (ExtractedPage(1, "测试\n甲 同意"), ExtractedPage(2, "18 票"))
    contents.keep_content("a" * 64, Extraction("txt", pages))
    assert words_of({"a" * 64, "b" * 64}) == {"a" * 64: "测试甲同意18票"}
