"""One text as a typed value."""

import datetime as dt
from decimal import Decimal

import pytest

from filler.form.forms import Call, Field
from filler.values.read_value import WrongValueError, is_in_unit, read_value, unit_of

DAY = dt.date(2018, 5, 7)


@pytest.mark.parametrize(
    ("kind", "answer", "value"),
    [
        ("date", "2018-05-07", DAY),
        ("date", "2018年5月7日", DAY),
        ("date", "2018.5.7", DAY),
        ("date", DAY, DAY),
        ("month", "2018年5月", dt.date(2018, 5, 1)),
        ("money", "1,680.5", Decimal("1680.5")),
        ("money", 0.1, Decimal("0.1")),
        ("int", "３组", 3),
        ("phone", " 139 9150 0001 ", "13991500001"),
        ("phone", "139-9150-0001", "13991500001"),
        ("phone", "+86 139—9150—0001", "13991500001"),
        ("idcard", "11010519491231002x", "11010519491231002X"),
        ("bank", "6217-0000 0000", "621700000000"),
        ("text", "一\n二", "一 二"),
        ("longtext", "一\n二", "一\n二"),
        ("text", "   ", None),
    ],
)
def test_what_people_write_is_understood(kind, answer, value):
    """Full-width digits, points in dates, gaps in numbers."""
    assert read_value(Field("x", "项", kind), answer) == value


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("date", "2018-02-30"),
        ("money", "一百"),
        ("money", "-1"),
        ("int", "1.5"),
        ("int", -3),
        ("text", "甲\x00乙"),
        ("text", {"a": 1}),
        ("money", float("nan")),
    ],
)
def test_what_is_no_value_is_refused(kind, answer):
    """Impossible dates, amounts in words, characters Word cannot hold."""
    with pytest.raises(WrongValueError):
        read_value(Field("x", "项", kind), answer)


@pytest.mark.parametrize("answer", ["因病，因残", "因残、因病", ["因残", "因病"], "因病,因残"])
def test_several_choices_come_in_the_order_of_the_form(answer):
    """Chinese or Latin commas, or a list."""
    field = Field("x", "项", "multi", choices=("因病", "因残", "因学"))
    assert read_value(field, answer) == ("因病", "因残")


def test_a_choice_may_be_typed_in_either_width():
    """高中(中专) is 高中（中专）."""
    field = Field("x", "项", "choice", choices=("小学", "高中（中专）"))
    assert read_value(field, "高中(中专)") == "高中（中专）"


def test_an_unknown_choice_names_the_choices():
    """The clerk sees what could be chosen."""
    field = Field("x", "项", "choice", choices=("是", "否"))
    with pytest.raises(WrongValueError) as caught:
        read_value(field, "也许")
    assert "“是”" in caught.value.do


M = Decimal


@pytest.mark.parametrize(
    ("kind", "answer", "value"),
    [
        ("int", "0", 0), ("int", "999999999", 999_999_999), ("int", "12 岁", 12),
        ("int", True, None),
        ("money", "0", M(0)), ("money", "9999999999.99", M("9999999999.99")), ("money", 3.0, M(3)),
        ("month", "2018-05-07", dt.date(2018, 5, 1)), ("bank", "6217 0000-0000", "621700000000"),
        ("phone", "0915-1234567", "0915-1234567"),
        ("date", dt.datetime(2018, 5, 7, 9), dt.date(2018, 5, 7)),
        ("text", "一\t二\r\n三", "一 二 三"), ("longtext", "一\r二", "一\n二"),
        ("text", None, None),
        ("text", False, "否"), ("text", True, "是"), ("multi", [], None), ("multi", " 、", None),
        ("multi", "甲|乙", ("甲", "乙")), ("choice", "甲", "甲"), ("text", 1.5, "1.5"),
    ],
)  # fmt: skip
def test_a_value_may_lie_on_the_edge(kind, answer, value):
    """The least and the most, and every way to write it."""
    field = Field("x", "项", kind)
    if value is None and answer is True:
        with pytest.raises(WrongValueError):
            read_value(field, answer)
    else:
        assert read_value(field, answer) == value


@pytest.mark.parametrize(
    ("kind", "answer", "told"),
    [
        ("int", "1000000000", "不在 0 至"), ("int", "-1", "不在 0 至"),
        ("int", "9" * 5000, "不在 0 至"),
        ("money", "10000000000", "为负或过大"),
        ("money", "-0.01", "为负或过大"), ("money", float("inf"), "不是数字"),
        ("month", "五月", "不是年月"),
        ("photo", "x.jpg", "不是照片"), ("text", ["甲"], "应为单个值"),
        ("date", ["甲"], "应为单个值"),
        ("text", "甲\x0b乙", "U+000B"), ("text", "\ufffe", "U+FFFE"),
    ],
)  # fmt: skip
def test_beyond_it_the_value_is_refused(kind, answer, told):
    """In words."""
    with pytest.raises(WrongValueError, match=told.replace("+", r"\+")):
        read_value(Field("x", "项", kind), answer)


def test_a_wrong_choice_among_several_is_named_and_no_other():
    """At most twelve are shown; of more, some."""
    field = Field("x", "项", "multi", choices=tuple(f"项{n}" for n in range(13)))
    with pytest.raises(WrongValueError) as caught:
        read_value(field, "项0、外")
    assert caught.value.what == "“外”不在可选项中"
    assert caught.value.do == "从可选的 13 项中选一项（如“项0”、“项1”、“项2”）"
    few = Field("x", "项", "choice", choices=tuple(f"项{n}" for n in range(12)))
    with pytest.raises(WrongValueError) as caught:
        read_value(few, "外")
    assert "等" not in caught.value.do


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("三组", 3),
        ("第3村民小组", 3),
        ("第三居民小组", 3),
        ("十二组", 12),
        ("二十", 20),
        ("3个人", 3),
    ],
)
def test_a_number_may_be_written_as_people_say_it(answer, value):
    """In Chinese, with what it counts."""
    assert read_value(Field("x", "项", "int"), answer) == value


@pytest.mark.parametrize("answer", ["一百", "三四组（东）", "第", "组", "1O组"])
def test_what_only_resembles_a_number_is_refused(answer):
    """Nothing is guessed."""
    with pytest.raises(WrongValueError):
        read_value(Field("x", "项", "int"), answer)


@pytest.mark.parametrize("rule", ["person_name", "bank_holder"])
@pytest.mark.parametrize(
    "answer", ["买买提・吐尔逊", "买买提•吐尔逊", "买买提‧吐尔逊", "买买提 · 吐尔逊"]
)
def test_a_name_is_written_in_one_way_only(rule, answer):
    """The same as from a roster: one person, one spelling."""
    field = Field("x", "项", "text", rules=(Call(rule),))
    assert read_value(field, answer) == "买买提·吐尔逊"


def test_other_texts_keep_their_gaps():
    """Only names are drawn together."""
    assert read_value(Field("x", "项", "text"), "甲 乙・丙") == "甲 乙・丙"


PLACES = ("城关镇", "钟宝镇", "旧城村", "新城村", "新城社区", "汉族", "一级", "低保边缘")


@pytest.mark.parametrize(
    ("kind", "answer", "value"),
    [
        ("choice", "钟宝", "钟宝镇"),
        ("choice", "钟 宝 镇", "钟宝镇"),
        ("choice", "旧城", "旧城村"),
        ("choice", "一", "一级"),
        ("text", "汉", "汉族"),
        ("text", "穿青人", "穿青人"),
    ],
)
def test_a_choice_may_be_named_without_its_kind(kind, answer, value):
    """钟宝 is 钟宝镇, where it can be nothing else; a text may be something else still."""
    assert read_value(Field("x", "项", kind, choices=PLACES), answer) == value


@pytest.mark.parametrize("answer", ["新城", "低保", "镇", "宝镇"])
def test_a_choice_is_never_guessed(answer):
    """新城 may be a village or a community; 低保 is not 低保边缘."""
    with pytest.raises(WrongValueError):
        read_value(Field("x", "项", "choice", choices=PLACES), answer)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("测试\u200b甲", "含有看不见的字符（U+200B零宽空格），是第 3 个字符，在“测试”后面"),
        ("\ufeff测试甲", "含有看不见的字符（U+FEFF字节序标记），是第 1 个字符，在最前面"),
        ("测\u00ad试", "（U+00AD软连字符）"),
        ("测\u2063试", "（U+2063）"),
        ("测\x0b试", "控制字符（U+000B）"),
    ],
)
def test_an_invisible_character_is_named_with_its_place(answer, told):
    """The text itself looks faultless."""
    with pytest.raises(WrongValueError) as caught:
        read_value(Field("x", "项", "text"), answer)
    assert told in caught.value.what


@pytest.mark.parametrize("answer", ["3652,50", "12,34", "1,23,456", "1234,567", "12 34", ",5"])
def test_a_comma_that_parts_no_groups_of_three_is_refused(answer):
    """3652,50 is not a hundred times as much."""
    with pytest.raises(WrongValueError, match="不是金额") as caught:
        read_value(Field("x", "项", "money"), answer)
    assert "每三位一个" in caught.value.do


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("1,234", "1234"),
        ("1，234.5", "1234.5"),
        ("12,345,678.90元", "12345678.9"),
        ("￥1 234", "1234"),
    ],
)
def test_groups_of_three_may_be_parted(answer, value):
    """By commas of either width, or by gaps."""
    assert read_value(Field("x", "项", "money"), answer) == Decimal(value)


@pytest.mark.parametrize(
    "answer", ["甲/乙", "甲 乙", "甲＋乙", "☑甲☑乙□丙", "√甲 √乙 □丙", "■甲、■乙、☐丙"]
)
def test_several_choices_may_be_parted_by_anything(answer):
    """Where each part is a choice; or all stand there and some are ticked."""
    field = Field("items", "项目", "multi", choices=("甲", "乙", "丙"))
    assert read_value(field, answer) == ("甲", "乙")


@pytest.mark.parametrize("answer", ["甲/丁", "☑甲□丁", "甲☑乙□"])
def test_of_several_choices_none_is_dropped(answer):
    """One that is unknown refuses them all, with its name."""
    field = Field("items", "项目", "multi", choices=("甲", "乙", "丙"))
    with pytest.raises(WrongValueError):
        read_value(field, answer)


@pytest.mark.parametrize(("answer", "value"), [("□是 ☑否", "否"), ("√是□否", "是")])
def test_one_choice_may_be_ticked_among_all(answer, value):
    """As on the paper form."""
    assert read_value(Field("a", "到账", "choice", choices=("是", "否")), answer) == value


@pytest.mark.parametrize("answer", ["☑是 ☑否", "□是 □否", "是☑否□"])
def test_a_tick_that_says_both_or_none_is_refused(answer):
    """Nor is it guessed to which of two a tick belongs."""
    with pytest.raises(WrongValueError):
        read_value(Field("a", "到账", "choice", choices=("是", "否")), answer)


@pytest.mark.parametrize(
    "answer", ["旧城村委会", "旧城村村委会", "旧城村村民委员会", "旧城村民委员会"]
)
def test_a_village_may_be_named_by_its_office(answer):
    """旧城村 is meant; its third group is another matter."""
    field = Field("village", "村", "choice", choices=("旧城村", "广场社区"))
    assert read_value(field, answer) == "旧城村"
    assert read_value(field, "广场社区居委会") == "广场社区"
    with pytest.raises(WrongValueError):
        read_value(field, "旧城村三组")


def test_the_code_of_the_country_may_begin_with_two_noughts():
    """0086 and +86 are the same."""
    field = Field("phone", "电话", "phone")
    for written in ("0086 13991500001", "+86-139-9150-0001", "8613991500001"):
        assert read_value(field, written) == "13991500001"


@pytest.mark.parametrize(
    ("label", "kind", "answer", "value"),
    [
        ("承包地（亩）", "money", "2.4 亩", "2.4"),
        ("规定比例（%）", "money", "85％", "85"),
        ("原金额（元/月）", "money", "320元/月", "320"),
        ("月标准", "money", "320.5元/月", "320.5"),
        ("面积（㎡）", "int", "68平方米", 68),
        ("口粮（公斤）", "int", "50kg", 50),
        ("衣被（件）", "int", "5件", 5),
        ("渐退期（月）", "int", "3个月", 3),
        ("公示天数", "int", "7天", 7),
        ("家庭人口", "int", "3口人", 3),
        ("年度", "int", "2018年", 2018),
        ("年龄", "int", "70周岁", 70),
        ("同意", "int", "12票", 12),
    ],
)
def test_a_number_may_stand_in_its_own_unit(label, kind, answer, value):
    """As the label's brackets name it, or its words do."""
    expected = Decimal(value) if kind == "money" else value
    assert read_value(Field("x", label, kind), answer) == expected


@pytest.mark.parametrize(
    ("label", "kind", "answer", "what", "do"),
    [
        ("承包地（亩）", "money", "2公顷", "“2公顷”的单位是公顷，这一栏是亩", "按亩填写，只填数字"),
        ("承包地（亩）", "money", "二亩半", "“二亩半”不是数", "单位亩"),
        ("口粮（公斤）", "int", "50斤", "单位是斤，这一栏是公斤", "按公斤填写"),
        ("面积（㎡）", "int", "68.5㎡", "“68.5㎡”不是整数", "单位㎡"),
        ("停发户数", "int", "3人", "“3人”的单位是人，不是这一栏的", "只填数字"),
        ("金额", "money", "0.05万元", "单位是万元，这一栏是元", "按元填写"),
        ("月标准", "money", "3840元/年", "单位是元/年，这一栏是元", "按元填写"),
    ],
)
def test_a_number_in_another_unit_is_told_by_its_unit(label, kind, answer, what, do):
    """Land is no amount of money, and nothing is reckoned over."""
    with pytest.raises(WrongValueError) as caught:
        read_value(Field("x", label, kind), answer)
    assert what in caught.value.what
    assert do in caught.value.do


@pytest.mark.parametrize(
    ("label", "kind", "unit", "is_own"),
    [
        ("补助金额", "money", "元/月", True),
        ("月标准", "money", "元/年", False),
        ("年收入", "money", "元/月", False),
        ("补助金额", "money", "元/季度", False),
        ("原金额（元/月）", "money", "元", True),
        ("承包地（亩）", "money", "元", False),
        ("姓名", "int", "", True),
    ],
)
def test_a_unit_is_a_field_s_own_by_its_label(label, kind, unit, is_own):
    """An amount without brackets is one of yuan."""
    assert is_in_unit(Field("x", label, kind), unit) == is_own
    assert unit_of(Field("x", "补助金额", "money")) == "元"
