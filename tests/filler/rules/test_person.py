"""Rules over a person: each word on both sides of its edge."""

import datetime as dt

import pytest
from stdnum import luhn

from tests.filler.one_rule import TODAY, born, case, fault

D = dt.date

ELDER = born(1949, 12, 31)

CARD = "621700000000000000" + luhn.calc_check_digit("621700000000000000")

HOLDER = "bank_holder(name, agent_name)"
#: Call, words of the fault (none when the value is taken), the value given, the fields.
RULED = [
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
    *(case("person_name", "不是姓名", given=word) for word in ("无", "不详", "待补", "本人")),
    case("person_name", "", given="不二"),
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
    case("bank_check_digit", "不像银行卡号", given=CARD[:-1] + str((int(CARD[-1]) + 1) % 10)),
    case("bank_check_digit", "", given="6217"),
    case("known_region", "", given=born(1949)),
    case("known_region", "不是任何省的地区码", given="16" + ELDER[2:]),
    case("disability_certificate(id_no)", "", given=ELDER + "11", id_no=ELDER),
    case("disability_certificate(id_no)", "", given=ELDER + "74B1", id_no=ELDER),
    case("disability_certificate(id_no)", "应为", given=ELDER + "81", id_no=ELDER),
    case("disability_certificate(id_no)", "应为", given=ELDER + "15", id_no=ELDER),
    case("disability_certificate(id_no)", "两处写的不一样", given=born(1950) + "11", id_no=ELDER),
    case("disability_certificate(id_no)", "", given=born(1950) + "11", id_no=""),
    case("disability_certificate", "", given=born(1950) + "11", id_no=ELDER),
    case(HOLDER, "", given="测试 王秀兰", name="测试王秀兰"),
    case(HOLDER, "不是", given="测试外人", name="测试王秀兰"),
    case(HOLDER, "", given="测试代办", name="测试王秀兰", agent_name="测试代办"),
    case(HOLDER, "", given="测试外人", name=""),
    case("adult", "未满", given=born(2000, 5, 8), day=D(2018, 5, 7)),
    case("adult", "", given=born(2000, 5, 7), day=D(2018, 5, 7)),
    case("adult", "", given="", day=D(2018, 5, 7)),
    *(case("names_at_least(入户调查人数)", words, given=names, day=D(2018, 5, 7))
      for names, words in (("测试甲、测试甲", "只写了 1 人"), ("测试甲、测试乙", ""),
                           ("测试甲 测试乙，测试丙", ""))),
    case("names_at_least(3)", "只写了 2 人", given="测试甲、测试乙"),
    case("names_at_least(没有的人数)", "", given="测试甲", day=D(2018, 5, 7)),
]  # fmt: skip


@pytest.mark.parametrize("one", RULED, ids=str)
def test_a_rule_takes_what_just_keeps_it_and_refuses_the_next(one):
    """What is taken has no fault; what is refused says why."""
    found = fault(one)
    assert bool(found) == bool(one.expected)
    assert one.expected in found
