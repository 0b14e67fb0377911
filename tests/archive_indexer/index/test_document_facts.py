"""People, ID numbers, amounts and dates that a text names."""

import pytest

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.document_facts import facts_of
from minzheng.county.writing.chinese_text import fold_for_search


def facts(text: str, **known: str):
    return facts_of(IndexedDocument("a", "0", (text,), **known), fold_for_search(text))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("姓名：张三 性别 男", "person:张三"),
        ("户主 李四 组别", "initials:ls|李四"),
        ("身份证 61092719400101001X 2018年", "id:61092719400101001X"),
        ("身份证号610927400101001。", "id:610927194001010018"),
        ("尾号 61092719400101001x", "id_end:001X"),
    ],
)
def test_people_and_numbers_are_found(text: str, term: str):
    """With what they are searched by; an old number as the new one."""
    assert term in facts(text).terms


def test_amounts_are_kept_in_fen():
    """With thousands marks and decimals, only where 元 stands."""
    assert facts("补助 1,250.5 元，共３人，合计５２００元 2018").amounts == (125_050, 520_000)


def test_dates_are_kept_and_the_latest_of_its_year_sorts():
    """A month without a day counts as its start; an impossible one is none."""
    found = facts("2018年3月12日 2018-05-01 2019年1月 2018年13月", year="2018")
    assert found.dates == (20180312, 20180501, 20190100)
    assert found.day == 20180501
    assert facts("无日期", year="2017").day == 20170000
