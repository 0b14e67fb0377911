"""A doubt, its name for good, and what its papers say."""

from dataclasses import replace

from minzheng.inspection.doubts import Cited, Doubt, digest_of

PAPER = Cited(
    "出具", 7, "DB-02", "审批表", "钟宝镇", "旧城村", "DB", "", (("金额", "1.00"), ("空", ""))
)
DOUBT = Doubt(
    "c", ("1", "DB"), "测试甲", "甲 与 乙 不一致", (PAPER,), "钟宝镇", "旧城村", "DB", "2018"
)


def test_a_doubt_keeps_its_name_whatever_is_read_again():
    """Not the numbers of rows, not the words: its check and its subject."""
    again = replace(DOUBT, papers=(replace(PAPER, number=99, says=(("金额", "2.00"),)),), what="x")
    assert again.key == DOUBT.key
    assert replace(DOUBT, subject=("2", "DB")).key != DOUBT.key != replace(DOUBT, check="d").key
    assert "1" not in (DOUBT.key, digest_of(["1"])) and len(DOUBT.key) == 32


def test_other_words_are_other_facts():
    """Another number of the same paper is not."""
    assert replace(DOUBT, papers=(replace(PAPER, number=99),)).facts == DOUBT.facts
    assert replace(DOUBT, papers=(replace(PAPER, says=(("金额", "2.00"),)),)).facts != DOUBT.facts
    assert PAPER.words == ("1.00",)
