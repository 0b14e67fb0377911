"""Conditions, filters and rights: what a question asks of a file."""

from pathlib import Path

import pytest

from archive_indexer.disk.file_names import as_key
from archive_indexer.documents import IndexedDocument, Visible
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_segment import Segment
from archive_indexer.index.matching import ask_ahead
from archive_indexer.queries import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    HasValue,
    InPath,
    Near,
    Query,
    Without,
    Word,
)

PAPERS = (
    IndexedDocument(
        "a.pdf", "1", ("低保申请 姓名 张三 身份证号 610927194001010015 保障金 5,230.50元",),
        town="钟宝镇", village="旧城村", dossier="DB", year="2018", person="张三",
        ids=("610927194001010015",), amounts=(523_050,), dates=(20180312,),
        has_seal=False, signed="无",
    ),
    IndexedDocument(
        "b.jpg", "2", ("孤儿认定 李四", "身份证 610927400101001 2019年4月 张三"),
        town="钟宝镇", village="民主村", dossier="ET", year="2019", dates=(20190400,),
        has_seal=True, kind="照片",
    ),
    IndexedDocument(
        "c.txt", "3", ("临时救助 王五 救助金800元 二〇二〇", "第二页 低保"), town="城关镇",
        dossier="LS", year="2020", amounts=(80_000,), archive_no="DB-2020-Y-0001", present=False,
    ),
)  # fmt: skip


@pytest.fixture
def index(tmp_path: Path) -> FullTextIndex:
    index = FullTextIndex(tmp_path)
    index.update(PAPERS)
    return index


def found(index: FullTextIndex, condition: Condition, **more: object) -> list[str]:
    query = Query((), condition=condition, order="path", shows_absent=True, **more)
    return [hit.path for hit in index.search(query).hits]


@pytest.mark.parametrize(
    ("condition", "paths"),
    [
        (AnyOf((Word("孤儿"), Word("王五"))), ["b.jpg", "c.txt"]),
        (AllOf((Word("张三"), Without(Word("低保")))), ["b.jpg"]),
        (Without(Word("低保")), ["b.jpg"]),
        (Near(("救助", "救助金")), ["c.txt"]),
        (Near(("低保", "姓名")), ["a.pdf"]),
        (Near(("姓名", "低保")), ["a.pdf"]),
        (Near(("低保", "保障金")), []),
        (Near(("2020", "第二页")), []),
        (Near(("临时", "王五", "800")), ["c.txt"]),
        (Near(("王五", "临时", "800")), []),
        (AllOf((Near(("低保", "姓名")), Word("张三"))), ["a.pdf"]),
        (HasValue("person", ("张三",)), ["a.pdf"]),
        (HasValue("id", ("610927194001010015",)), ["a.pdf"]),
        (HasValue("id_end", ("0015",)), ["a.pdf"]),
        (HasValue("year", ("2018", "2019")), ["a.pdf", "b.jpg"]),
        (HasValue("has_seal", ("否",)), ["a.pdf"]),
        (HasValue("signed", ("无",)), ["a.pdf"]),
        (HasValue("signed", ("有",)), []),
        (HasValue("archive_no", ("db-2020-y-0001",)), ["c.txt"]),
        (Between("amounts", 500_001, 10**15), ["a.pdf"]),
        (Between("amounts", 80_000, 80_000), ["c.txt"]),
        (Between("dates", 20180301, 20180331), ["a.pdf"]),
        (Between("dates", 20190400, 20190431), ["b.jpg"]),
        (AllOf(()), ["a.pdf", "b.jpg", "c.txt"]),
        (InPath("b.jpg"), ["b.jpg"]),
        (AllOf((Word("张三"), InPath(".pdf"))), ["a.pdf"]),
    ],
)
def test_a_condition_chooses(index: FullTextIndex, condition: Condition, paths: list[str]):
    """Words, facts and numbers, joined in any way."""
    assert found(index, condition) == paths


@pytest.mark.parametrize(
    ("visible", "paths"),
    [
        (Visible(town="钟宝镇"), ["a.pdf", "b.jpg"]),
        (Visible(town="钟宝镇", village="旧城村"), ["a.pdf"]),
        (Visible(hidden_dossiers=frozenset({"ET", "YF"})), ["a.pdf", "c.txt"]),
        (Visible(is_nothing=True), []),
    ],
)
def test_what_may_not_be_seen_is_nowhere(index: FullTextIndex, visible: Visible, paths: list[str]):
    """Not in hits, not in totals, not in any count, also not by the absence of a word."""
    query = Query((), condition=AllOf(()), visible=visible, order="path", shows_absent=True)
    result = index.search(query)
    assert [hit.path for hit in result.hits] == paths
    assert result.total == len(paths)
    dossiers = {one.dossier for one in PAPERS if one.path in paths}
    assert set(result.facets["dossier"]) == dossiers


def test_files_that_are_gone_are_found_and_marked_unless_left_out(index: FullTextIndex):
    """A file that left the archive is still a trace of work."""
    (hit,) = index.search(Query(("王五",))).hits
    assert not hit.present
    left_out = index.search(Query(("王五",), shows_absent=False))
    assert (left_out.total, left_out.absent) == (0, 1)
    assert left_out.facets["town"] == {}


def test_traces_of_other_villages_are_not_counted(index: FullTextIndex):
    """Neither shown nor offered."""
    visible = Visible(town="钟宝镇")
    assert index.search(Query(("王五",), shows_absent=False, visible=visible)).absent == 0


def test_a_search_among_some_files_finds_no_other(index: FullTextIndex):
    """The counts are of those files only."""
    among = frozenset({"b.jpg", "c.txt", "unknown"})
    result = index.search(Query((), condition=AllOf(()), order="path", among=among))
    assert [hit.path for hit in result.hits] == ["b.jpg", "c.txt"]
    assert result.facets["year"] == {"2019": 1, "2020": 1}


def test_file_names_are_searched_as_texts_are(tmp_path: Path):
    """In any width and writing, also names that a stick from an old Windows brought."""
    index = FullTextIndex(tmp_path)
    gbk = as_key("低保/張三 申请.txt".encode("gbk").decode("utf-8", "surrogateescape"))
    index.update([IndexedDocument("旧城村/２０１８花名册.xls", "1", ("一",))])
    index.update([IndexedDocument(gbk, "2", ("二",))])
    assert found(index, InPath("2018花名册")) == ["旧城村/２０１８花名册.xls"]
    assert found(index, InPath("张三申请")) == [gbk]


def test_a_hit_knows_the_day_of_its_paper(index: FullTextIndex):
    """The latest date of its year."""
    assert index.search(Query(("低保申请",))).hits[0].day == 20180312


def test_all_words_on_one_page_come_first(tmp_path: Path):
    """Then papers of that person, then the path."""
    index = FullTextIndex(tmp_path)
    index.update(
        [
            IndexedDocument("1", "1", ("张三", "低保")),
            IndexedDocument("2", "2", ("张三的低保",)),
            IndexedDocument("3", "3", ("低保 张三", "无"), person="张三"),
        ]
    )
    assert [hit.path for hit in index.search(Query(("张三", "低保"))).hits] == ["3", "2", "1"]


def test_the_newest_come_first_by_date(index: FullTextIndex):
    """By the latest date of its year that a paper names."""
    query = Query((), condition=AllOf(()), order="date", shows_absent=True)
    assert [hit.path for hit in index.search(query).hits] == ["c.txt", "b.jpg", "a.pdf"]


def test_copies_are_folded_and_counted(tmp_path: Path):
    """The same content, or the same paper scanned twice, is shown once."""
    index = FullTextIndex(tmp_path)
    text = "张三 610927194001010015 金额 230 元 2018 年 3 月"
    papers = [("1", "x", "甲"), ("2", "x", "甲"), ("3", "y", text), ("4", "z", text + "。")]
    index.update([IndexedDocument(path, sha, (f"测试文件{page}",)) for path, sha, page in papers])
    result = index.search(Query(("测试文件",), folds_copies=True))
    assert [(hit.path, hit.copies) for hit in result.hits] == [("1", 1), ("3", 1)]
    assert (result.total, result.copies) == (4, 2)
    assert len(index.search(Query(("测试文件",))).hits) == 4


def test_many_small_commits_are_merged_and_stay_exact(tmp_path: Path):
    """Segments do not pile up, and deleted documents do not come back."""
    index = FullTextIndex(tmp_path)
    for number in range(60):
        index.update([IndexedDocument(f"{number:02}", "0", (f"测试甲 第{number}号",))])
    index.update([], [f"{number:02}" for number in range(0, 60, 2)])
    assert index.search(Query(("测试甲",))).total == 30
    assert len(list(tmp_path.glob("*.trm"))) < 20


def test_names_are_offered_by_pinyin(index: FullTextIndex):
    """In full or by initials."""
    assert index.names_like("zs", 5) == ("张三",)
    assert index.names_like("zhangsan", 5) == ("张三",)
    assert index.names_like("zz", 5) == ()


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Word("张三丰"), ["张三丰"]),
        (AllOf((Word("低保"), Word("没有的"))), ["没有的"]),
        (AllOf((Word("低保"), HasValue("town", ("钟宝镇",)))), []),
        (AnyOf((Word("低保"), Word("张三"))), ["低保", "张三"]),
        (Near(("低保", "没有的")), ["没有的"]),
        (Without(Word("低保")), ["低保"]),
        (AllOf(()), []),
    ],
)
def test_words_that_are_met_first_are_asked_for(index, monkeypatch, condition, words):
    """Those that others come after are not."""
    asked = []
    monkeypatch.setattr(Segment, "ask_for_word", lambda _, word: asked.append(word))
    ask_ahead(index._fresh_segments(), condition)
    assert asked == words


def test_words_that_are_known_are_not_asked_for(index, monkeypatch):
    """Neither is it reckoned which would be met first; one that is not known is asked for."""
    asked = []
    segments = index._fresh_segments()
    for segment in segments:
        segment.keep_word("低保", segment.live)
    monkeypatch.setattr(Segment, "ask_for_word", lambda _, word: asked.append(word))
    ask_ahead(segments, AllOf((Word("低保"), Without(AnyOf((Word("低保"),))))))
    assert asked == []
    ask_ahead(segments, AnyOf((Word("低保"), Word("张三"))))
    assert "张三" in asked
