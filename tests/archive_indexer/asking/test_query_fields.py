"""Field words of a question, and how their values are understood."""

import pytest

from archive_indexer.asking.query_fields import EXAMPLES, read_field
from archive_indexer.asking.query_language import understand
from archive_indexer.queries import Between, HasValue, InPath
from minzheng.county.county import read_county
from minzheng.county.errors import Problem

WORDS = read_county()


@pytest.mark.parametrize(
    ("field", "value", "condition"),
    [
        ("村", "旧城", HasValue("village", ("旧城村",))),
        ("镇", "钟宝", HasValue("town", ("钟宝镇",))),
        ("专档", "低保", HasValue("dossier", ("DB",))),
        ("年", "2017..2019", HasValue("year", ("2017", "2018", "2019"))),
        ("金额", ">5000", Between("amounts", 500_001, 10**15)),
        ("金额", "1..2", Between("amounts", 100, 200)),
        ("金额", "不超过1万", Between("amounts", 0, 1_000_000)),
        ("日期", "2018-03", Between("dates", 20180300, 20180331)),
        ("日期", "2018", Between("dates", 20180000, 20181231)),
        ("身份证", "***0015", HasValue("id_end", ("0015",))),
        ("表", "db02", HasValue("form_id", ("DB-02",))),
        ("有章", "没有", HasValue("has_seal", ("否",))),
        ("签名", "否", HasValue("signed", ("无",))),
        ("来源", "扫描件", HasValue("origin", ("ocr",))),
        ("类型", "pdf", HasValue("kind", ("PDF",))),
        ("文件名", "花名册", InPath("花名册")),
    ],
)
def test_a_value_becomes_a_condition(field: str, value: str, condition: object):
    """In any way a clerk may write it."""
    assert read_field(field, value, WORDS) == condition


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("村", "不存在村", "没有"),
        ("年", "去年", "不是年度"),
        ("身份证", "12", "不是身份证号"),
        ("金额", "很多", "不是金额"),
        ("日期", "2018-13", "不是日期"),
        ("姓名", "张", "太短"),
        ("表", "第二表", "不是表号"),
        ("有章", "也许", "看不懂"),
        ("文件名", "x", "太短"),
        ("村", "  ", "没有内容"),
    ],
)
def test_a_value_that_is_none_is_explained(field: str, value: str, told: str):
    """With what to write instead."""
    problem = read_field(field, value, WORDS)
    assert isinstance(problem, Problem)
    assert told in problem.what
    assert problem.do


@pytest.mark.parametrize("example", EXAMPLES.values())
def test_every_example_shown_is_understood(example: str):
    """What the page proposes must work."""
    assert understand(example, WORDS).problems == ()
