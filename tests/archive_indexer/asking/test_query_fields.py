"""Field words of a question, and how their values are understood."""

import pytest

from archive_indexer.asking.query_fields import EXAMPLES, read_field
from archive_indexer.asking.query_language import Understood, understand
from archive_indexer.queries import AnyOf, Between, HasValue, InPath, Word
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


ZHANG, LI, WANG = Word("张三"), Word("李四"), Word("王五")


ID18, ID15 = "610927194001010018", "610927400101001"


MOST = 10**15


def asked(text: str, **options: bool) -> Understood:
    return understand(text, WORDS, **options)


#: A field word, and what it asks; None when it cannot be understood.
FIELDS = [
    ("村:旧城", HasValue("village", ("旧城村",))),
    ("村:钟宝镇旧城", HasValue("village", ("旧城村",))),
    ("村:广场", HasValue("village", ("广场社区",))), ("村:钟宝镇", None), ("村:城", None),
    ("社区:广场社区居委会", HasValue("village", ("广场社区",))),
    ("镇:钟宝镇人民政府", HasValue("town", ("钟宝镇",))), ("镇:钟", None),
    ("专档:db", HasValue("dossier", ("DB",))), ("专档:没有的", None),
    ("年:1949..1950", HasValue("year", ("1949", "1950"))), ("年:1899", None), ("年:2099", HasValue(
        "year", ("2099",))), ("年:2100", None), ("年:<=1950", HasValue("year", ("1949", "1950"))),
    ("年:<1950", HasValue("year", ("1949",))), ("年:>2099", HasValue("year", ("2100",))),
    ("年:>=2099", HasValue("year", ("2099", "2100"))), ("年:2018年度", HasValue("year", ("2018",))),
    ("年:2019..2018", HasValue("year", ())), ("年:..1950", HasValue("year", ("1949", "1950"))),
    ("年:2099..", HasValue("year", ("2099", "2100"))), ("年:2018..x", None), ("年:x..2018", None),
    ("姓名:张", None), ("姓名:ab", HasValue("person", ("ab",))),
    ("户主:張三", AnyOf((HasValue("person", ("张三",)), ZHANG))),
    ("身份证:001x", HasValue("id_end", ("001X",))), ("身份证:015", None), ("身份证:X015", None),
    ("身份证:6109", HasValue("id_end", ("6109",))), ("身份证:61092", Word("61092")),
    (f"身份证:{ID18[:17]}", Word(ID18[:17])), ("身份证:6109274001010011", Word("6109274001010011")),
    (f"身份证:{ID18}", AnyOf((
        HasValue("id", (ID18,)), Word(ID18), Word(ID15), HasValue("number", (ID18, ID15))))),
    (f"身份证号:{ID15}", AnyOf((
        HasValue("id", (ID18,)), Word(ID15), Word(ID18), HasValue("number", (ID15, ID18))))),
    (f"身份证:{ID18}0", None), ("身份证:*0015", HasValue("id_end", ("0015",))),
    ("身份证:610927…001X", HasValue("id_end", ("001X",))), ("身份证:610927*15", None),
    ("金额:5000", Between("amounts", 500_000, 500_000)),
    ("金额:5000.5", Between("amounts", 500_050, 500_050)),
    ("金额:5000.55元", Between("amounts", 500_055, 500_055)), ("金额:5000.555", None),
    ("金额:2万", Between("amounts", 2_000_000, 2_000_000)),
    ("金额:１２", Between("amounts", 1200, 1200)),
    ("金额:超过300", Between("amounts", 30_001, MOST)),
    ("金额:大于300", Between("amounts", 30_001, MOST)),
    ("金额:>=300", Between("amounts", 30_000, MOST)),
    ("金额:≥300", Between("amounts", 30_000, MOST)),
    ("金额:不少于300", Between("amounts", 30_000, MOST)),
    ("金额:<300", Between("amounts", 0, 29_999)),
    ("金额:小于300", Between("amounts", 0, 29_999)), ("金额:≤300", Between("amounts", 0, 30_000)),
    ("金额:..300", Between("amounts", 0, 30_000)), ("金额:300..", Between("amounts", 30_000, MOST)),
    ("金额:300至500", Between("amounts", 30_000, 50_000)), ("金额:..", None), ("金额:>", None),
    ("金额:300～500", Between("amounts", 30_000, 50_000)), ("金额:1..x", None),
    ("金额:123456789012", Between("amounts", 12_345_678_901_200, 12_345_678_901_200)),
    ("金额:1234567890123", None),
    ("表:COM-03S", HasValue("form_id", ("COM-03S",))),
    ("表号:db-02", HasValue("form_id", ("DB-02",))),
    ("表:D-02", None), ("表:DB-2", None), ("档号:DB", None),
    ("档号:DB·2018-Y-0001", AnyOf((HasValue("archive_no", ("db·2018-y-0001",)),
                                 Word("db·2018-y-0001")))),
    ("编号:0001", AnyOf((HasValue("case_no", ("0001",)), Word("0001")))), ("编号:001", None),
    ("有章:有", HasValue("has_seal", ("是",))), ("盖章:没有", HasValue("has_seal", ("否",))),
    ("签名:有", HasValue("signed", ("有",))), ("签字:否", HasValue("signed", ("无",))),
    ("日期:2018-12", Between("dates", 20181200, 20181231)), ("日期:2018-12-31", Between(
        "dates", 20181231, 20181231)), ("日期:2018-12-32", None), ("日期:2018-00", None),
    ("日期:20180312", Between("dates", 20180312, 20180312)),
    ("日期:>2018-03", Between("dates", 20180332, MOST)),
    ("日期:<2018-03", Between("dates", 0, 20180299)), ("日期:三月", None),
    ("类型:pdf", HasValue("kind", ("PDF",))), ("类型:word", HasValue("kind", ("Word",))),
    ("类型:录音", None), ("来源:电子件", HasValue("origin", ("text",))),
    ("来源:照片", HasValue("origin", ("ocr",))), ("来源:外", None),
    ("文件名:ab", InPath("ab")), ("文件名:“花 名”", InPath("花名")), ("文件名:花", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "condition"), FIELDS)
def test_a_field_word_is_understood_to_its_edge(text, condition):
    """One step further it is not, and says so."""
    understood = asked(text, with_synonyms=False)
    assert (None if understood.problems else understood.condition) == condition
    assert bool(understood.problems) == (condition is None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("镇:钟宝乡", "是不是 钟宝镇"), ("镇:xyz", "检查写法"), ("专档:低保户", "是不是 低保"),
        ("来源:扫面", "是不是 扫描"), ("村:旧城邨", "是不是 旧城村"), ("年:", "冒号后面没有内容"),
        ("年: ", "冒号后面没有内容"), ("类型:", "写成 类型:照片"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_offered_otherwise(text, told):
    """The nearest name, if any is near."""
    assert told in "".join(map(str, asked(text).problems))
