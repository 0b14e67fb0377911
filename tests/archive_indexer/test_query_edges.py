"""Field words and joins of a question on both sides of their edges."""

import pytest

from archive_indexer.asking.query_language import Understood, understand
from archive_indexer.index.grams import find_problem, grams_of, is_exact
from archive_indexer.queries import (
    EVERYTHING,
    AllOf,
    AnyOf,
    Between,
    HasValue,
    InPath,
    Without,
    Word,
    wanted_words,
    word_groups,
)

ZHANG, LI, WANG = Word("张三"), Word("李四"), Word("王五")
ID18, ID15 = "610927194001010018", "610927400101001"
MOST = 10**15


def asked(text: str, **options: bool) -> Understood:
    return understand(text, **options)


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
    (f"身份证:{ID18}", AnyOf((HasValue("id", (ID18,)), Word(ID18), Word(ID15)))),
    (f"身份证号:{ID15}", AnyOf((HasValue("id", (ID18,)), Word(ID15), Word(ID18)))),
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


def test_words_to_look_for_on_a_page_are_those_that_may_stand_there():
    """What is excluded is not looked for; alternatives stand together."""
    condition = AllOf((ZHANG, AnyOf((LI, WANG)), Without(Word("赵六")), HasValue("year", ())))
    assert word_groups(condition) == (("张三",), ("李四", "王五"))
    assert wanted_words(condition) == ("张三", "李四", "王五")
    assert word_groups(ZHANG) == (("张三",),)
    assert word_groups(EVERYTHING) == ()


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("张三丰", {"张三", "三丰"}), ("张", set()), ("abc", set()), ("abcd", {"abcd"}),
        ("abcde", {"abcd", "bcde"}), ("张a", {"张a"}), ("a张", {"a张"}), ("12", set()),
        ("1张2", {"1张", "张2"}),
    ],
)  # fmt: skip
def test_grams_are_pairs_and_runs_of_four(text, grams):
    """Two letters or digits side by side are no pair."""
    assert grams_of(text) == grams
    assert (find_problem(text, text) is None) == bool(grams)


@pytest.mark.parametrize(
    ("word", "exact"),
    [("张三", True), ("张三丰", False), ("abcd", True), ("abcde", False), ("张三李四", False)],
)
def test_a_word_of_one_gram_needs_no_second_look(word, exact):
    """Longer ones do."""
    assert is_exact(word) == exact
