"""What was filed of a document, as it is searched."""

import pytest

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.document_facts import facts_of
from minzheng.county.writing.chinese_text import fold_for_search


def facts(text: str = "", **filed: object):
    return facts_of(IndexedDocument("a", "0", (text,), **filed), fold_for_search(text))


@pytest.mark.parametrize(
    ("filed", "terms"),
    [
        (
            {"persons": ("李四", "张三"), "person": "张三"},
            {
                "person:张三", "pinyin:zhangsan|张三", "initials:zs|张三",
                "person:李四", "pinyin:lisi|李四", "initials:ls|李四",
            },
        ),
        ({"ids": ("61092719400101001X",)}, {"id:61092719400101001X", "id_end:001X"}),
        ({"archive_no": "DB·2018-Y-0001"}, {f"archive_no:{fold_for_search('DB·2018-Y-0001')}"}),
        ({"signed": "无"}, {"signed:无"}),
    ],
)  # fmt: skip
def test_every_filed_value_is_searched_in_its_ways(filed, terms):
    """A person by name, pinyin and initials; a number whole and by its end."""
    assert set(facts(**filed).terms) == terms


def test_the_text_is_not_read_again():
    """What a keeper took away does not come back from the page."""
    found = facts("姓名：李四光 身份证号：610927194001010015 合计5200元 2018年3月12日")
    assert (found.terms, found.amounts, found.dates, found.day) == ((), (), (), 0)


def test_the_latest_date_of_its_year_sorts():
    """Without a date the year does; without a year the latest of all."""
    dates = (20180312, 20180501, 20190100)
    assert facts(dates=dates, year="2018").day == 20180501
    assert facts(dates=dates).day == 20190100
    assert facts(year="2017").day == 20170000


def test_papers_with_many_equal_digits_are_copies():
    """The same numbers in the same order below the same heading."""
    roster = "低保花名册 610927194001010015 610927195001010016 285.62"
    assert facts(roster).signature == facts(f"{roster} ").signature
    assert facts(roster).signature != facts(roster.replace("285", "385")).signature


@pytest.mark.parametrize(
    ("year", "dates", "day"),
    [
        ("2018", (), 20180000), ("18", (), 0), ("20180", (), 0), ("201a", (), 0),
        ("２０１８", (), 0),
        ("", (), 0), ("2018", (20190100,), 20180000), ("2018", (20180100, 20190100), 20180100),
        ("", (20180100, 20190100), 20190100),
    ],
)  # fmt: skip
def test_a_paper_is_sorted_by_the_latest_day_of_its_year(year, dates, day):
    """Else by the year, when it is one."""
    assert facts(year=year, dates=dates).day == day


@pytest.mark.parametrize(
    ("one", "other", "is_copy"),
    [
        ("低保花名册甲乙 " + "1" * 24, "低保花名册甲丙 " + "1" * 24, True),
        ("低保花名册甲 " + "1" * 24, "低保花名册乙 " + "1" * 24, False),
        ("低保 " + "1" * 23, "低保 " + "1" * 23 + "。", True),
        ("低保" + "1" * 24, "低保" + "2" * 24, False),
        ("x" * 60 + "甲" + "1" * 24, "x" * 60 + "乙" + "1" * 24, True),
        ("x" * 59 + "甲" + "1" * 24, "x" * 59 + "乙" + "1" * 24, False),
    ],
)  # fmt: skip
def test_copies_share_the_digits_and_the_beginning_of_the_heading(one, other, is_copy):
    """With few digits only the content itself tells; here it is the same."""
    assert (facts(one).signature == facts(other).signature) == is_copy
