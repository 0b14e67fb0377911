"""Rules over one text: names, numbers of cards and telephones, lengths."""

import re

from stdnum import luhn

from filler.form.form_data import Value
from filler.rules.wording import Fault, quoted_label
from filler.values.language import Count, Number, Slug, field_rule
from filler.values.scope import Scope
from minzheng.county.writing import id_card
from minzheng.county.writing.chinese_text import normalise_name

_NAME = re.compile(r"^[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff·]{1,50}$")
_ADULT, _SURVEYORS = 18, 2
_PHONE = re.compile(r"^(1[3-9]\d{9}|0915-?\d{7})$")
_BANK = re.compile(r"^\d{12,19}$")
_HOLDERS = ("name", "patient", "agent_name", "guardian", "proxy_name", "b_name", "c_name")
_CERTIFICATE = re.compile(r"^(\d{17}[\dX])[1-7][1-4](B\d)?$")


@field_rule()
def person_name(scope: Scope, value: Value) -> Fault | None:
    """VR-NAME."""
    if _NAME.match(normalise_name(str(value))):
        return None
    return f"“{value}”不像姓名", "填写 1–50 个汉字，少数民族姓名用间隔号“·”"


@field_rule()
def citizen_id(scope: Scope, value: Value) -> Fault | None:
    """VR-ID."""
    fault = id_card.find_fault(str(value), scope.today)
    return (fault, "对照身份证重新填写") if fault else None


@field_rule()
def phone(scope: Scope, value: Value) -> Fault | None:
    """VR-PHONE."""
    if _PHONE.match(str(value)):
        return None
    return f"“{value}”不是电话号码", "填写 11 位手机号，或 0915-1234567 这样的座机号"


@field_rule()
def bank_number(scope: Scope, value: Value) -> Fault | None:
    """VR-BANK."""
    if _BANK.match(str(value)):
        return None
    return f"账号“{value}”应为 12–19 位数字", "对照存折或一卡通重新填写"


@field_rule(warning=True)
def bank_check_digit(scope: Scope, value: Value) -> Fault | None:
    """A card number that fails Luhn may still be a passbook's."""
    if not _BANK.match(str(value)) or luhn.is_valid(str(value)):
        return None
    return "账号不合银行卡校验规则（存折账号可能如此）", "再核对一遍账号"


@field_rule()
def length(scope: Scope, value: Value, least: Count, most: Count) -> Fault | None:
    """A text of so many characters; white space does not count."""
    count = len(re.sub(r"\s", "", str(value)))
    if int(least) <= count <= int(most):
        return None
    return f"现有 {count} 字，应为 {least}–{most} 字", "补充或精简文字"


@field_rule()
def disability_certificate(scope: Scope, value: Value, id_slug: Slug = "") -> Fault | None:
    """VR-DISCERT."""
    match = _CERTIFICATE.match(str(value))
    if match is None:
        what = f"残疾人证号“{value}”应为 18 位身份证号加类别（1–7）、等级（1–4）共 20 位"
        return what, "对照残疾人证重新填写"
    if id_slug and scope.text(id_slug) and scope.text(id_slug) != match[1]:
        return "残疾人证号前 18 位与身份证号不一致", "核对残疾人证和身份证"
    return None


@field_rule(warning=True)
def known_region(scope: Scope, value: Value) -> Fault | None:
    """An ID of no province (GB/T 2260) is possible, but worth a look."""
    if id_card.has_known_province(str(value)):
        return None
    return f"地区码 {str(value)[:6]} 不属于任何省份", "再核对一遍身份证"


@field_rule()
def bank_holder(scope: Scope, value: Value) -> Fault | None:
    """The holder is the person, or the recorded guardian or agent."""
    allowed = [scope.text(slug) for slug in _HOLDERS if slug in scope.fields]
    names = [normalise_name(name) for name in allowed if name]
    if not names or normalise_name(str(value)) in names:
        return None
    return f"户名“{value}”不是{'、'.join(names)}", "改用本人账户；代领的先登记监护人或代办人"


@field_rule()
def names_town(scope: Scope, value: Value) -> Fault | None:
    """The chair is of the town's staff."""
    if "镇" in str(value):
        return None
    return f"“{value}”不是镇里的职务", "评议会由镇干部主持，写明镇里的单位和职务"


@field_rule()
def differs_from(scope: Scope, value: Value, slug: Slug) -> Fault | None:
    """Two people, two numbers."""
    if not scope.text(slug) or str(value) != scope.text(slug):
        return None
    return f"与“{quoted_label(scope, slug)}”相同", "应为另一个人，核对后改正"


@field_rule()
def adult(scope: Scope, value: Value) -> Fault | None:
    """The holder of an ID is 18 or older on the form's day."""
    age = id_card.age_on(str(value), scope.day)
    if age is None or age >= _ADULT:
        return None
    return f"未满 {_ADULT} 周岁（{age} 周岁）", "应由成年人承担，改填他人"


@field_rule(warning=True)
def younger_than(scope: Scope, value: Value, years: Number) -> Fault | None:
    """The holder of an ID is not older than a carer should be."""
    age, most = id_card.age_on(str(value), scope.day), scope.number(years)
    if age is None or most is None or age <= most:
        return None
    return f"已 {age} 周岁，超过 {most} 周岁", "确认照料人身体能够胜任，或改请他人"


@field_rule()
def two_names(scope: Scope, value: Value) -> Fault | None:
    """At least two people, apart by 、."""
    names = [name for name in re.split(r"[、，,\s]+", str(value)) if name]
    if len(set(names)) >= _SURVEYORS:
        return None
    return f"只写了 {len(set(names))} 人", "至少两人，用顿号分开"
