"""What a clerk's question means, and how mistakes are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_indexer.asking.query_language import Understood, pieces_of, understand
from archive_indexer.queries import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    HasValue,
    InPath,
    Near,
    Without,
    Word,
)
from minzheng.county.county import read_county

ZHANG, LI, WANG = Word("张三"), Word("李四"), Word("王五")

WORDS = read_county()


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("张三", ZHANG),
        ("張三", ZHANG),
        ("ＤＢ－０２", Word("db-02")),
        ("张三 李四", AllOf((ZHANG, LI))),
        ("冬春…救助", Near(("冬春", "救助"))),
        ("冬春......救助……名册", Near(("冬春", "救助", "名册"))),
        ("张…李四", Word("张...李四")),
        ("张三　且 李四", AllOf((ZHANG, LI))),
        ("张三 或 李四", AnyOf((ZHANG, LI))),
        ("张三 OR 李四", AnyOf((ZHANG, LI))),
        ("张三 李四 或 王五", AnyOf((AllOf((ZHANG, LI)), WANG))),
        ("张三（李四 或 王五）", AllOf((ZHANG, AnyOf((LI, WANG))))),
        ("张三 不含 李四", AllOf((ZHANG, Without(LI)))),
        ("张三 不含李四", AllOf((ZHANG, Without(LI)))),
        ("张三 -李四", AllOf((ZHANG, Without(LI)))),
        ("张三 NOT (李四 或 王五)", AllOf((ZHANG, Without(AnyOf((LI, WANG)))))),
        ("“不含李四”", Word("不含李四")),
        ('"张 三"', ZHANG),
        ("村:旧城村", HasValue("village", ("旧城村",))),
        ("村：旧城村委会", HasValue("village", ("旧城村",))),
        ("村:高峰村", HasValue("village", ("干洲河村",))),
        ("镇:钟宝", HasValue("town", ("钟宝镇",))),
        ("专档:低保", HasValue("dossier", ("DB",))),
        ("年:2017..2019", HasValue("year", ("2017", "2018", "2019"))),
        ("年：２０１８年", HasValue("year", ("2018",))),
        ("姓名:张三", AnyOf((HasValue("person", ("张三",)), ZHANG))),
        ("身份证:0015", HasValue("id_end", ("0015",))),
        ("身份证:610927********001X", HasValue("id_end", ("001X",))),
        ("金额:>5000", Between("amounts", 500_001, 10**15)),
        ("金额:1,000.5..2千", None),
        ("金额:1000..0.2万", Between("amounts", 100_000, 200_000)),
        ("金额:不超过300元", Between("amounts", 0, 30_000)),
        ("表:db02", HasValue("form_id", ("DB-02",))),
        ("有章:无", HasValue("has_seal", ("否",))),
        ("签名:没有", HasValue("signed", ("无",))),
        ("签字:看不清", HasValue("signed", ("看不清",))),
        ("日期:2018-03", Between("dates", 20180300, 20180331)),
        ("日期:2018年3月12日", Between("dates", 20180312, 20180312)),
        ("日期:2018-03..2018-05", Between("dates", 20180300, 20180531)),
        ("日期:2018", Between("dates", 20180000, 20181231)),
        ("类型:照片", HasValue("kind", ("照片",))),
        ("来源:扫描件", HasValue("origin", ("ocr",))),
        ("文件名:花名冊", InPath("花名册")),
        ("文件名：“新建 文件夹”", InPath("新建文件夹")),
        ("文件名:a", None),
    ],
)
def test_a_question_becomes_a_condition(text: str, condition: Condition | None):
    """Words, joins, brackets and field words, in all the ways people write them."""
    understood = understand(text, WORDS, with_synonyms=False)
    assert (None if understood.problems else understood.condition) == condition


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "没有输入"),
        ("张", "太短"),
        ("(张三", "括号没有成对"),
        ("张三)", "多了一个右括号"),
        ("张三 或", "“或”的一边"),
        ("张三 不含", "“不含”后面没有内容"),
        ("“张三", "引号没有成对"),
        ("村:旧成村", "是不是 旧城村"),
        ("年:18", "不是年度"),
        ("金额:很多", "不是金额"),
        ("日期:2018-13", "不是日期"),
        ("身份证:张三", "不是身份证号"),
        ("有章:也许", "看不懂"),
        ("签名:也许", "写成 签名:有、签名:无 或 签名:看不清"),
        ("表:低保", "不是表号"),
        ("村:", "冒号后面没有内容"),
        ("(" * 100, "括号太多"),
        ("低保" * 300, "太长"),
    ],
)
def test_a_mistake_is_explained(text: str, told: str):
    """In Chinese, with what to do."""
    problems = "".join(map(str, understand(text, WORDS).problems))
    assert told in problems


def test_synonyms_and_old_names_are_shown_and_can_be_left_out():
    """A word in quotation marks is searched as it stands."""
    chip = understand("低保", WORDS).chips[0]
    assert (chip.text, chip.also) == ("低保", ("最低生活保障", "农低", "城低"))
    assert understand("高峰村", WORDS).chips[0].also == ("干洲河村", "高桥村")
    assert understand("“低保”", WORDS).condition == Word("低保")
    assert understand("低保", WORDS, with_synonyms=False).condition == Word("低保")


def test_an_old_id_number_is_also_searched_as_the_new_one():
    """And the other way round."""
    old, new = Word("610927400101001"), Word("610927194001010018")
    spelt = HasValue("number", (old.text, new.text)), HasValue("number", (new.text, old.text))
    assert understand(old.text, WORDS).condition == AnyOf((old, new, spelt[0]))
    assert understand(new.text, WORDS).condition == AnyOf((new, old, spelt[1]))


PIECES = st.sampled_from(
    ["张三", "低保", " ", "或", "不含", "且", "(", ")", "（", "“", '"', "村:", "年：", "金额:>",
     "日期:", "..", "2018", "-", "身份证:", "*", "·", "zs", "\0", "𠮷", "～", ":", "=", "万",
     "档号:", "姓名："]
)  # fmt: skip


@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=80)))
def test_no_text_ever_fails(text: str):
    """Every text is understood or explained, and each part can be shown."""
    understood = understand(text, WORDS)
    assert understood.chips or understood.problems
    assert all(problem.what and problem.do for problem in understood.problems)


ID18, ID15 = "610927194001010018", "610927400101001"


def asked(text: str, **options: bool) -> Understood:
    return understand(text, WORDS, **options)


JOINED = [
    ("张三 并且 李四", AllOf((ZHANG, LI))), ("张三 & 李四", AllOf((ZHANG, LI))),
    ("张三 | 李四", AnyOf((ZHANG, LI))), ("张三 或者 李四 或 王五", AnyOf((ZHANG, LI, WANG))),
    ("(张三)", ZHANG), ("(张三 或 李四) 王五", AllOf((AnyOf((ZHANG, LI)), WANG))),
    ("张三 不含 (李四 王五)", AllOf((ZHANG, Without(AllOf((LI, WANG)))))),
    ("不含 不含 张三", Without(ZHANG)), ("不含 张三", Without(ZHANG)), ("-张三", Without(ZHANG)),
    ("不含:张三", Without(ZHANG)), ("-张", Word("-张")), ("张三-李四", Word("张三-李四")),
    ("且 张三", ZHANG), ("张三 且", ZHANG), ("或 张三", None), ("不含 或 张三", None),
    ("(不含) 张三", None), ("张三 不含 )", None), ("张三”李四", None),
    ("“张三”李四", AllOf((ZHANG, LI))),
    ("“张三", None), ("“张三“", ZHANG), ("张三)李四", None), ("()", None), ("((张三))", ZHANG),
    ("不含 村:旧城村", Without(HasValue("village", ("旧城村",)))),
    ("年:2018 张三", AllOf((HasValue("year", ("2018",)), ZHANG))),
    ("年: 2018", HasValue("year", ("2018",))), ("年:“2018”", HasValue("year", ("2018",))),
    ("(" * 20 + "张三" + ")" * 20, ZHANG), ("(" * 21 + "张三" + ")" * 21, None),
    ("不含 " * 20 + "张三", Without(ZHANG)),
    ("不含 " * 22 + "张三", None), ("张三" + " " * 498, ZHANG), ("张三" + " " * 499, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "condition"), JOINED)
def test_words_are_joined_as_people_write(text, condition):
    """And an odd number of 不含 excludes."""
    understood = asked(text, with_synonyms=False)
    assert (None if understood.problems else understood.condition) == condition


@pytest.mark.parametrize(
    ("text", "told"),
    [("张三 或", "“或”的一边"), ("或 张三", "“或”的一边"), ("(张三", "补上右括号"),
     ("张三)", "去掉右括号"), ("不含", "“不含”后面"), ("“张三", "补上引号"), ("  ", "没有输入"),
     ("a", "太短"), ("。", "太短"), ("\u200b", "没有可以查找")],
)  # fmt: skip
def test_only_the_mistake_made_is_told(text, told):
    """One mistake, one sentence."""
    problems = [str(one) for one in asked(text).problems]
    assert len(problems) == 1
    assert told in problems[0]


@pytest.mark.parametrize(
    ("text", "chips"),
    [
        ("张三 不含 李四", [("张三", False), ("李四", True)]),
        ("不含 (张三 不含 李四)", [("张三", True), ("李四", False)]),
        ("“张三”", [("“张三”", False)]), ("村:旧城", [("村：旧城村", False)]),
        ("镇:钟宝", [("镇：钟宝镇", False)]), ("不含 年:2018", [("年：2018", True)]),
        ("年:2017..2019", [("年：2017—2019", False)]),
        ("年:2019..2018", [("年：2019..2018", False)]),
        ("金额:>5000", [("金额：>5000", False)]), ("类型:照片", [("类型：照片", False)]),
    ],
)  # fmt: skip
def test_each_part_is_shown_as_it_was_understood(text, chips):
    """With whether it is excluded."""
    assert [(one.text, one.is_excluded) for one in asked(text).chips] == chips


def test_what_is_searched_besides_is_told():
    """Synonyms, other names of a village, the other writing of a number."""
    assert asked("低保").has_synonyms
    assert not asked("张三").has_synonyms
    assert not asked("“低保”").has_synonyms
    assert not asked("低保", with_synonyms=False).has_synonyms
    assert asked(ID15).chips[0].also == (ID18,)
    assert asked("610927200001010018").chips[0].also == ()
    assert asked("张三 不含 李四").words == ("张三",)
    assert asked("姓名:zs 年:2018").words == ("zs",)
    assert asked("姓名:张三").words == ()


def test_a_question_in_pieces_tells_what_is_free():
    """Fields, brackets, joins and what is excluded are not read in another way."""
    pieces = pieces_of("村:旧城村 (低保 或 “特困 供养”) 不含 停发 -注销")
    assert [one.text for one in pieces if one.is_free] == ["低保", "特困 供养"]
    kept = [one.text for one in pieces if not one.is_free]
    assert kept == ["村:旧城村", "(", "或", ")", "不含", "停发", "-注销"]
