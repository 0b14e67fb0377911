"""Every rule over one value on both sides of its edge: just taken, just refused."""

import datetime as dt
from decimal import Decimal

import pytest
from stdnum import luhn

from filler.rules.field_rules import FIELD_RULES
from tests.filler.one_rule import TODAY, born, case, fault

D = dt.date
M = Decimal
ONE_DAY = dt.timedelta(days=1)
ELDER = born(1949, 12, 31)
CARD = "621700000000000000" + luhn.calc_check_digit("621700000000000000")
#: Rules that only mark a field, or only warn.
MARKS = {"planned"}
WARN = {
    "bank_check_digit", "by_end_of_month", "known_region", "none_before", "on_time",
    "review_in_time", "within_working_days", "younger_than",
}  # fmt: skip

#: Call, words of the fault (none when the value is taken), the value given, the other fields.
TEXTS = [
    case("child_code", "", given="ZX0012"),
    case("child_code", "", given="ZXMAB-0012"),
    case("child_code", "不是儿童代号", given="Z0012"),
    case("child_code", "不是儿童代号", given="ZXMABC-0012"),
    case("child_code", "不是儿童代号", given="ZXM-012"),
    case("person_name", "", given="测"),
    case("person_name", "", given="测试·阿依"),
    case("person_name", "", given="测" * 50),
    case("person_name", "不像姓名", given="测" * 51),
    case("person_name", "不像姓名", given="测试1"),
    case("citizen_id", "", given=born(TODAY.year, TODAY.month, TODAY.day)),
    case("citizen_id", "至今之间", given=born(TODAY.year, TODAY.month, TODAY.day + 1)),
    case("citizen_id", "", given=born(1900)),
    case("citizen_id", "至今之间", given=born(1899, 12, 31)),
    case("citizen_id", "18 位", given=ELDER[:17]),
    case("citizen_id", "校验", given=ELDER[:17] + ("0" if ELDER[17] != "0" else "1")),
    case("phone", "", given="13000000000"),
    case("phone", "", given="0915-1234567"),
    case("phone", "", given="09151234567"),
    case("phone", "不是电话号码", given="12000000000"),
    case("phone", "不是电话号码", given="1300000000"),
    case("phone", "不是电话号码", given="0915-123456"),
    case("bank_number", "应为 12–19 位", given="1" * 11),
    case("bank_number", "", given="1" * 12),
    case("bank_number", "", given="1" * 19),
    case("bank_number", "应为 12–19 位", given="1" * 20),
    case("bank_check_digit", "", given=CARD),
    case("bank_check_digit", "不合银行卡校验", given=CARD[:-1] + str((int(CARD[-1]) + 1) % 10)),
    case("bank_check_digit", "", given="6217"),  # told by `bank_number`
    case("known_region", "", given=born(1949)),
    case("known_region", "不属于任何省份", given="16" + ELDER[2:]),
    case("length(2, 4)", "现有 1 字", given="甲 "),
    case("length(2, 4)", "", given="甲 乙"),
    case("length(2, 4)", "", given="甲乙\n丙丁"),
    case("length(2, 4)", "现有 5 字", given="甲乙丙丁戊"),
    case("disability_certificate(id_no)", "", given=ELDER + "11", id_no=ELDER),
    case("disability_certificate(id_no)", "", given=ELDER + "74B1", id_no=ELDER),
    case("disability_certificate(id_no)", "应为", given=ELDER + "81", id_no=ELDER),
    case("disability_certificate(id_no)", "应为", given=ELDER + "15", id_no=ELDER),
    case("disability_certificate(id_no)", "不一致", given=born(1950) + "11", id_no=ELDER),
    case("disability_certificate(id_no)", "", given=born(1950) + "11", id_no=""),
    case("disability_certificate", "", given=born(1950) + "11", id_no=ELDER),
    case("no_personal_numbers", "", given="电话 1399 150-000"),
    case("no_personal_numbers", "有身份证号", given="电话 1399 150-0001"),
    case("no_personal_numbers", "有身份证号", given="1101051949123100X 1"),
    case("bank_holder", "", given="测试 王秀兰", name="测试王秀兰"),
    case("bank_holder", "不是", given="测试外人", name="测试王秀兰"),
    case("bank_holder", "", given="测试代办", name="测试王秀兰", agent_name="测试代办"),
    case("bank_holder", "", given="测试外人", name=""),
    case("names_town", "", given="钟宝镇民政办主任"),
    case("names_town", "不是镇里的职务", given="旧城村主任"),
    case("two_names", "只写了 1 人", given="测试甲、测试甲"),
    case("two_names", "", given="测试甲、测试乙"),
    case("two_names", "", given="测试甲 测试乙，测试丙"),
    case("differs_from(other)", "相同", given="测试甲", other="测试甲"),
    case("differs_from(other)", "", given="测试甲", other="测试乙"),
    case("differs_from(other)", "", given="", other=""),
    case("adult", "未满", given=born(2000, 5, 8), day=D(2018, 5, 7)),
    case("adult", "", given=born(2000, 5, 7), day=D(2018, 5, 7)),
    case("adult", "", given="", day=D(2018, 5, 7)),
    case("younger_than(70)", "", given=born(1947, 5, 8), day=D(2018, 5, 7)),
    case("younger_than(70)", "已 71 周岁", given=born(1947, 5, 7), day=D(2018, 5, 7)),
    case("younger_than(照料人年龄上限)", "已 71 周岁", given=born(1947, 5, 7), day=D(2018, 5, 7)),
    case("younger_than(照料人年龄上限)", "", given=born(1945, 5, 7), day=D(2016, 10, 9)),
    case("younger_than(70)", "", given="", day=D(2018, 5, 7)),
]  # fmt: skip

DATES = [
    case("not_future", "", given=TODAY),
    case("not_future", "晚于今天", given=TODAY + ONE_DAY),
    case("not_future", "", given=None),
    case("planned", "", given=TODAY + ONE_DAY),
    case("not_before(other)", "早于“other”(2018年5月7日)", given=D(2018, 5, 6),
         other=D(2018, 5, 7)),
    case("not_before(other)", "早于“other”(2018年5月)", given=D(2018, 4, 1), other=D(2018, 5, 1),
         months=("other",)),
    case("not_before(other)", "", given=D(2018, 5, 7), other=D(2018, 5, 7)),
    case("not_before(other)", "", given=D(2018, 5, 6), other=None),
    case("after(other)", "应晚于", given=D(2018, 5, 7), other=D(2018, 5, 7)),
    case("after(other)", "", given=D(2018, 5, 8), other=D(2018, 5, 7)),
    case("after(other)", "", given=D(2018, 5, 8), other=None),
    case("not_after(other)", "", given=D(2018, 5, 7), other=D(2018, 5, 7)),
    case("not_after(other)", "晚于", given=D(2018, 5, 8), other=D(2018, 5, 7)),
    case("not_after(other)", "", given=D(2018, 5, 8), other=None),
    case("on_time(other)", "", given=D(2018, 5, 7), other=D(2018, 5, 7)),
    case("on_time(other)", "晚于", given=D(2018, 5, 8), other=D(2018, 5, 7)),
    case("within_working_days(other, 3)", "", given=D(2018, 5, 9), other=D(2018, 5, 4)),
    case("within_working_days(other, 3)", "超过“other”后 3 个工作日", given=D(2018, 5, 10),
         other=D(2018, 5, 4)),
    case("within_working_days(other, 书面告知)", "超过", given=D(2018, 5, 10), other=D(2018, 5, 4),
         day=D(2018, 5, 7)),
    case("within_working_days(other, 没有的期限)", "", given=D(2018, 5, 10), other=D(2018, 5, 4),
         day=D(2018, 5, 7)),
    case("within_working_days(other, 3)", "", given=D(2018, 5, 10), other=None),
    case("within_months(other, 12)", "", given=D(2019, 1, 14), other=D(2018, 1, 15)),
    case("within_months(other, 12)", "超过 12 个月", given=D(2019, 1, 15), other=D(2018, 1, 15)),
    case("within_months(other, 12)", "", given=D(2019, 1, 15), other=None),
    case("within_months(other, n)", "", given=D(2019, 1, 15), other=D(2018, 1, 15), n=None),
    case("review_in_time(other, n)", "", given=D(2018, 7, 15), other=D(2018, 1, 15), n=6),
    case("review_in_time(other, n)", "超过 6 个月", given=D(2018, 7, 16), other=D(2018, 1, 15),
         n=6),
    case("review_in_time(other, n)", "", given=D(2018, 7, 16), other=D(2018, 1, 15), n=None),
    case("review_in_time(other, n)", "", given=D(2018, 7, 16), other=None, n=6),
    case("month_after_at_latest(d)", "", given=D(2018, 6, 1), d=D(2018, 5, 31)),
    case("month_after_at_latest(d)", "晚于“d”的次月", given=D(2018, 7, 1), d=D(2018, 5, 31)),
    case("month_after_at_latest(d)", "", given=D(2018, 7, 1), d=None),
    case("by_end_of_month(10)", "", given=D(2018, 10, 31)),
    case("by_end_of_month(10)", "已过 10 月", given=D(2018, 11, 1)),
    case("by_end_of_month(冬春核实截止月)", "已过 10 月", given=D(2018, 11, 1), day=D(2018, 11, 1)),
    case("by_end_of_month(没有的期限)", "", given=D(2018, 11, 1), day=D(2018, 11, 1)),
]  # fmt: skip

NUMBERS = [
    case("between(1, 10)", "不在", given=M("0.99")),
    case("between(1, 10)", "", given=1),
    case("between(1, 10)", "", given=10),
    case("between(1, 10)", "不在", given=11),
    case("at_most(a)", "", given=10, a=10),
    case("at_most(a)", "大于“a”(10)", given=11, a=10),
    case("at_most(a)", "", given=11, a=None),
    case("at_least(a)", "", given=10, a=10),
    case("at_least(a)", "少于“a”", given=9, a=10),
    case("at_least(10)", "少于10", given=9),
    case("at_least(a)", "", given=9, a=None),
    case("at_least(评议小组人数)", "少于15", given=14, day=D(2018, 5, 7)),
    case("at_least(评议小组人数)", "", given=15, day=D(2018, 5, 7)),
    case("equals(a)", "", given=M("1.50"), a=M("1.5")),
    case("equals(a)", "不一致", given=M("1.50"), a=M("1.51")),
    case("equals(a)", "", given="测试 甲", a="测试甲"),
    case("equals(a)", "不一致", given="测试甲", a="测试乙"),
    case("equals(a)", "", given="测试甲", a=None),
    case("share_at_least(all, 2, 3)", "", given=10, all=15),
    case("share_at_least(all, 2, 3)", "不到“all”（15）的 2/3", given=9, all=15),
    case("share_at_least(all, 2, 3)", "", given=9, all=None),
    case("filled_if_above(note, 1000)", "", given=1000, note=None),
    case("filled_if_above(note, 1000)", "超过限额 1000", given=1001, note=None),
    case("filled_if_above(note, 1000)", "", given=1001, note="同意"),
    case("filled_if_above(note, most)", "", given=1001, note=None, most=None),
    case("none_before", "", given=0),
    case("none_before", "本年已救助 1 次", given=1),
    case("none_before", "", given="无"),
]  # fmt: skip

CASES = [*TEXTS, *DATES, *NUMBERS]


@pytest.mark.parametrize("one", CASES, ids=str)
def test_a_rule_takes_what_just_keeps_it_and_refuses_the_next(one):
    """What is taken has no fault; what is refused says why."""
    found = fault(one)
    assert bool(found) == bool(one.expected)
    assert one.expected in found


def test_every_rule_of_a_field_stands_in_the_table_on_both_sides():
    """A value that is taken and one that is refused each."""
    taken = {one.name for one in CASES if not one.expected}
    refused = {one.name for one in CASES if one.expected}
    assert taken == set(FIELD_RULES)
    assert refused == set(FIELD_RULES) - MARKS


def test_rules_that_do_not_refuse_only_warn():
    """All others keep a form from being issued."""
    assert {name for name, rule in FIELD_RULES.items() if rule.is_warning} == WARN
