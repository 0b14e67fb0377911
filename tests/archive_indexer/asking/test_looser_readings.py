"""Looser readings of a question that found nothing."""

import datetime as dt
from pathlib import Path

import pytest

from archive_indexer.asking.looser_readings import find_readings, loosen
from archive_indexer.documents import IndexedDocument
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.queries import Query
from archive_indexer.search import search_archive
from minzheng.county.county import read_county

COUNTY = read_county()
TODAY = dt.date(2026, 11, 29)
PAPERS = (
    IndexedDocument(
        "旧城村/冬春救助名册.pdf",
        "1",
        ("冬春生活救助花名册 领取人",),
        village="旧城村",
        year="2018",
    ),
    IndexedDocument(
        "旧城村/公示.txt",
        "2",
        ("低保对象名单，现予公示", "另一页 审核"),
        village="旧城村",
        year="2018",
    ),
    IndexedDocument("民主村/停发.txt", "3", ("停发告知书",), village="民主村", year="2019"),
    IndexedDocument("民主村/火.txt", "4", ("失火，申请救助",), village="民主村", year="2019"),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> FullTextIndex:
    index = FullTextIndex(tmp_path_factory.mktemp("index"))
    index.update(PAPERS)
    return index


def read(
    index: FullTextIndex, text: str, *, with_synonyms: bool = True
) -> list[tuple[str, str, int]]:
    def count(asked: str) -> int:
        answer = search_archive(
            index, asked, Query((), limit=0), COUNTY, with_synonyms=with_synonyms
        )
        assert not answer.problems, (asked, answer.problems)
        return answer.result.total

    loosened = loosen(text, COUNTY, TODAY)
    found = find_readings(text, loosened, COUNTY.synonyms, count)
    return [(one.why, one.text, one.count) for one in found]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("旧城村2018年 公示", ("村、年等看作条件", "村:旧城村 年:2018 公示", 1)),
        ("冬春救助", ("词拆开，相隔不远", "冬春…救助", 1)),
        ("低保审核", ("词拆开，同一件里都有", "低保 审核", 1)),
        (
            "旧城村 2018年 低保公示",
            ("村、年等看作条件；词拆开，相隔不远", "村:旧城村 年:2018 低保…公示", 1),
        ),
        ("有没有低保的公示", ("去掉问话里的字", "低保 公示", 1)),
        ("停保告知书", ("换成同义词", "停发告知书", 1)),
        ("2017年冬春", ("不限村、年等", "冬春", 1)),
        ("17年冬春领取表格", ("不限村、年等；只查“冬春”“领取”", "冬春 领取", 1)),
        ("房子失火救助款", ("只查“失火”“救助”", "失火 救助", 1)),
        ("年:2019 冬春公示 失火", ("只查“失火”", "年:2019 失火", 1)),
        ("停发告知书 拖拉机", ("只查“停发告知书”", "停发告知书", 1)),
        ("低保公示 不含 审核", None),
    ],
)  # fmt: skip
def test_the_strictest_reading_that_finds_something_comes_first(index, text, first):
    """Each says what it is; fields and what is excluded stay as they were written."""
    found = read(index, text)
    assert (found[0] if found else None) == first


def test_files_are_offered_by_their_names(index):
    """By the whole word, else by its halves; folders count."""
    assert ("文件名、文件夹名里有", "文件名:冬春救助名册", 1) in read(index, "冬春救助名册")
    assert ("文件名、文件夹名里有", "文件名:冬春 文件名:名册", 1) in read(index, "冬春名册")


def test_nothing_is_offered_that_finds_nothing(index):
    """And not the question itself."""
    assert read(index, "拖拉机") == []
    assert all(count for _, _, count in read(index, "旧城村 2018年 低保公示"))
    assert "停发告知书" not in [text for _, text, _ in read(index, "停发告知书")]


def test_synonyms_are_offered_where_they_are_not_searched(index):
    """The page searches them at once; the interface and the command line do not."""
    assert ("换成同义词", "停发", 1) in read(index, "停保", with_synonyms=False)


def test_village_and_year_are_known_for_the_list_of_questions():
    """As they were understood."""
    loosened = loosen("旧城村2018年二季度公示", COUNTY, TODAY)
    assert (loosened.villages, loosened.year) == (("旧城村",), "2018")


def test_a_long_question_is_read_in_bounds(index):
    """However long: few words are taken apart."""
    assert len(loosen(" ".join(f"第{n}句话" for n in range(99)), COUNTY, TODAY).terms) == 8
    assert read(index, "长" * 400) == []


def test_an_archive_without_files_offers_nothing(tmp_path: Path):
    """Not even an error."""
    assert read(FullTextIndex(tmp_path), "旧城村 2018年 低保公示") == []


def test_what_people_say_is_asked_as_papers_put_it(index):
    """Named so; what was typed itself comes first where it finds something."""
    asked = loosen("谁断了钱", COUNTY, TODAY)
    assert asked.meant == ("停发",)

    def count(text):
        answer = search_archive(index, text, Query(()), COUNTY, with_synonyms=True)
        return 0 if answer.problems else answer.result.total

    (first, *_) = find_readings("谁断了钱", asked, COUNTY.synonyms, count)
    assert first.text == "停发"
    assert first.why.startswith("换成公文里的说法“停发”")
    assert loosen("低保公示", COUNTY, TODAY).meant == ()
