"""What of free words is a filter."""

import datetime as dt

import pytest

from archive_indexer.asking.filters_in_words import part_word
from minzheng.county.county import read_county

COUNTY = read_county()
TODAY = dt.date(2027, 1, 15)


@pytest.mark.parametrize(
    ("word", "fields", "rest"),
    [
        ("旧城村", ("村:旧城村",), ()),
        ("旧城村2018年低保公示", ("村:旧城村", "年:2018"), ("低保公示",)),
        ("旧城低保", ("村:旧城村",), ("低保",)),
        ("低保旧城", (), ("低保旧城",)),
        ("民主2018年", ("村:民主村", "年:2018"), ()),
        ("民主评议记录", (), ("民主评议记录",)),
        ("钟宝镇公示", ("镇:钟宝镇",), ("公示",)),
        ("旧城村和民主村", ("(村:旧城村 或 村:民主村)",), ("和",)),
        ("2018", ("年:2018",), ()),
        ("2018年度", ("年:2018",), ()),
        ("18年低保", ("年:2018",), ("低保",)),
        ("一八年5月", ("日期:2018-05",), ()),
        ("二〇一八年公示", ("年:2018",), ("公示",)),
        ("二零一九年度", ("年:2019",), ()),
        ("2018年二季度公示", ("日期:2018-04..2018-06",), ("公示",)),
        ("2018年第4季度", ("日期:2018-10..2018-12",), ()),
        ("2018年下半年", ("日期:2018-07..2018-12",), ()),
        ("2018年5月", ("日期:2018-05",), ()),
        ("2018.5.3公示", ("日期:2018-05-03",), ("公示",)),
        ("2018年12月31日", ("日期:2018-12-31",), ()),
        ("2017-2019年", ("年:2017..2019",), ()),
        ("去年公示", ("年:2026",), ("公示",)),
        ("上个月", ("日期:2026-12",), ()),
        ("db-02审批", ("表:DB-02",), ("审批",)),
        ("超过5000的救助", ("金额:>5000",), ("的救助",)),
        ("1万元以上", ("金额:>=1万",), ()),
        ("不超过800元", ("金额:<=800",), ()),
        ("超五千", ("金额:>5000",), ()),
        ("临时救助一千五以上", ("金额:>=1500",), ("临时救助",)),
        ("大于2.5万", ("金额:>2.5万",), ()),
        ("旧成村公示", ("村:旧城村",), ("公示",)),
        ("没有签字的名册", ("签名:无",), ("的名册",)),
        ("未盖章公示", ("有章:否",), ("公示",)),
        ("盖了公章的公示", ("有章:是",), ("的公示",)),
    ],
)
def test_place_time_form_amount_seal_are_read(word, fields, rest):
    """Wherever they stand in a word; what is left is looked for."""
    parted = part_word(word, COUNTY, TODAY)
    assert (parted.fields, parted.rest) == (fields, rest)


@pytest.mark.parametrize(
    "word",
    [
        "20180305",
        "610927201801010015",
        "国发〔2014〕47号",
        "DB-103200-2018-0001",
        "和平",
        "12018",
        "18年以上",
        "99年",
        "住了三十年",
        "三年",
        "3年",
        "五百户",
        "超15天",
        "超期",
        "同村人",
    ],
)
def test_other_numbers_and_words_are_left_alone(word):
    """A year inside a longer number is no year, a short name inside a word no village."""
    assert part_word(word, COUNTY, TODAY).fields == ()


def test_a_month_in_words_behind_a_year_is_a_month():
    """2018年五月 and 十二月; without a year it stays a word."""
    said = {word: part_word(word, COUNTY, TODAY).said for word in
            ("2018年五月低保", "2018年十二月", "五月低保")}  # fmt: skip
    assert said == {
        "2018年五月低保": ("日期:2018-05",), "2018年十二月": ("日期:2018-12",), "五月低保": (),
    }  # fmt: skip
