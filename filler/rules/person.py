"""Rules over a person: name, numbers, age, who stands for whom."""

import re

from stdnum import luhn

from filler.form.form_data import Value
from filler.rules.wording import Fault
from filler.values.language import Number, Slug, Text, field_rule
from filler.values.person_values import is_minor
from filler.values.scope import Scope
from minzheng.county.registry.terms import ADULT_AGE
from minzheng.county.writing import id_card
from minzheng.county.writing.chinese_text import normalise_name

_CODE = re.compile(r"^[A-Z]{2,5}-?\d{4}$")
_CODE = re.compile(r"^[A-Z]{2,5}-?\d{4}$")
_NAME = re.compile(r"^[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff·]{1,50}$")
#: What people write for a name they do not have.
_NOBODY = frozenset({
    "无", "没有", "暂无", "空", "不详", "不明", "未知", "不知道", "待补", "待补充", "待查", "待定",
    "待填", "未填", "略", "同上", "同前", "本人", "自己", "某某", "姓名",
})  # fmt: skip
_PHONE = re.compile(r"^(1[3-9]\d{9}|0915-?\d{7})$")
_BANK = re.compile(r"^\d{12,19}$")
_CERTIFICATE = re.compile(r"^(\d{17}[\dX])[1-7][1-4](B\d)?$")


@field_rule()
def person_name(scope: Scope, value: Value) -> Fault | None:
    """A name in Chinese characters (VR-NAME)."""
    if str(value) in _NOBODY:
        return f"“{value}”不是姓名", "写出姓名；还不知道的，问清再填"
    if _NAME.match(normalise_name(str(value))):
        return None
    return f"“{value}”不像姓名", "填写 1–50 个汉字，少数民族姓名用间隔号“·”"


@field_rule()
def citizen_id(scope: Scope, value: Value) -> Fault | None:
    """A sound ID number of somebody already born (VR-ID)."""
    fault = id_card.find_fault(str(value), scope.today)
    return (fault, "对照身份证重新填写") if fault else None


@field_rule()
def phone(scope: Scope, value: Value) -> Fault | None:
    """A mobile telephone, or a landline of the city (VR-PHONE)."""
    if _PHONE.match(str(value)):
        return None
    return f"“{value}”不是电话号码", "填写 11 位手机号，或 0915-1234567 这样的座机号"


@field_rule()
def bank_number(scope: Scope, value: Value) -> Fault | None:
    """An account or card number (VR-BANK)."""
    if _BANK.match(str(value)):
        return None
    return f"账号“{value}”应为 12–19 位数字", "对照存折或一卡通重新填写"


@field_rule(warning=True)
def bank_check_digit(scope: Scope, value: Value) -> Fault | None:
    """A card number that fails Luhn may still be a passbook's."""
    if not _BANK.match(str(value)) or luhn.is_valid(str(value)):
        return None
    return "不像银行卡号，可能写错了一位（存折账号不受此限）", "对照存折或一卡通再看一遍"


@field_rule()
def disability_certificate(scope: Scope, value: Value, id_slug: Slug = "") -> Fault | None:
    """A disability certificate, of the person when one is named (VR-DISCERT)."""
    match = _CERTIFICATE.match(str(value))
    if match is None:
        what = f"残疾人证号“{value}”应为 18 位身份证号加类别（1–7）、等级（1–4）共 20 位"
        return what, "对照残疾人证重新填写"
    if id_slug and scope.text(id_slug) and scope.text(id_slug) != match[1]:
        return (
            "残疾人证号前 18 位应是本人身份证号，两处写的不一样",
            "对照残疾人证和身份证，改写错的一处",
        )
    return None


@field_rule(warning=True)
def known_region(scope: Scope, value: Value) -> Fault | None:
    """An ID of no province (GB/T 2260) is possible, but worth a look."""
    if id_card.has_known_province(str(value)):
        return None
    return f"前六位 {str(value)[:6]} 不是任何省的地区码，可能写错", "对照身份证再看一遍"


@field_rule()
def bank_holder(scope: Scope, value: Value, *holders: Text) -> Fault | None:
    """The holder is one of those named in fields the form may have."""
    allowed = [scope.text(slug) for slug in holders if slug in scope.fields]
    names = [normalise_name(name) for name in allowed if name]
    if not names or normalise_name(str(value)) in names:
        return None
    return f"户名“{value}”不是{'、'.join(names)}", "改用本人账户；代领的先登记监护人或代办人"


@field_rule()
def adult(scope: Scope, value: Value) -> Fault | None:
    """The holder of an ID is of age on the form's day."""
    if not is_minor(str(value), scope.day, scope.county.terms):
        return None
    age = id_card.age_on(str(value), scope.day)
    return f"未满 {scope.number(ADULT_AGE)} 周岁（{age} 周岁）", "应由成年人承担，改填他人"


@field_rule()
def names_at_least(scope: Scope, value: Value, count: Number) -> Fault | None:
    """At least so many people, apart by 、."""
    names = {name for name in re.split(r"[、，,\s]+", str(value)) if name}
    least = scope.number(count)
    if least is None or len(names) >= least:
        return None
    return f"只写了 {len(names)} 人", f"至少 {least} 人，用顿号分开"


@field_rule()
def child_code(scope: Scope, value: Value) -> Fault | None:
    """Initials and the last four digits of the case number: ZXM-0012."""
    if _CODE.match(str(value)):
        return None
    return f"“{value}”不是儿童代号", "名册不写姓名：填拼音首字母加案件编号后四位，如 ZXM-0012"
