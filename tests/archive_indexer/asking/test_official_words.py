"""What people say and write wrongly, as papers put it."""

import pytest

from archive_indexer.asking.official_words import official_words
from minzheng.county.county import read_county

COUNTY = read_county()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("谁的低保停了", "谁的低保 停发"),
        ("孤儿补贴", "孤儿基本生活费"),
        ("高令补贴", "高龄补贴"),  # sounds like it
        ("低宝申请表", "低保申请表"),
        ("临时就助花名册", "临时救助花名册"),
        ("先给钱后补手续", "先行救助 补办手续 先行救助 补办手续"),
        ("村干部近亲属", "村干部近亲属"),  # 亲属 inside it is no saying
        ("特困供养审皮表", "特困供养审批表"),
        ("低保公示", "低保公示"),
        ("周桂兰", "周桂兰"),
        ("", ""),
    ],
)
def test_sayings_and_what_only_sounds_right(typed, meant):
    """By the registry; names and words of papers stay as they are."""
    assert official_words(typed, COUNTY) == meant
