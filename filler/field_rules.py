"""Rules over one value; each returns what is wrong and what to do, or None."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from stdnum import luhn

from county import id_card
from county.chinese_dates import print_date, print_month
from county.chinese_text import normalise_name
from filler.derive import Scope
from filler.form_data import Value
from filler.forms import Field

Fault = tuple[str, str]
_NAME = re.compile(r"^[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff·]{1,50}$")
_ADULT = 18
_PHONE = re.compile(r"^(1[3-9]\d{9}|0915-?\d{7})$")
_BANK = re.compile(r"^\d{12,19}$")
_CERTIFICATE = re.compile(r"^(\d{17}[\dX])[1-7][1-4](B\d)?$")


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A rule a field of a spec may name, and the kinds of its arguments."""

    function: Callable[..., Fault | None]
    kinds: tuple[str, ...] = ()
    is_warning: bool = False


def person_name(scope: Scope, value: Value) -> Fault | None:
    """VR-NAME."""
    if _NAME.match(normalise_name(str(value))):
        return None
    return f"“{value}”不像姓名", "填写 1–50 个汉字，少数民族姓名用间隔号“·”"


def citizen_id(scope: Scope, value: Value) -> Fault | None:
    """VR-ID."""
    fault = id_card.find_fault(str(value), scope.today)
    return (fault, "对照身份证重新填写") if fault else None


def phone(scope: Scope, value: Value) -> Fault | None:
    """VR-PHONE."""
    if _PHONE.match(str(value)):
        return None
    return f"“{value}”不是电话号码", "填写 11 位手机号，或 0915-1234567 这样的座机号"


def bank_number(scope: Scope, value: Value) -> Fault | None:
    """VR-BANK."""
    if _BANK.match(str(value)):
        return None
    return f"账号“{value}”应为 12–19 位数字", "对照存折或一卡通重新填写"


def bank_check_digit(scope: Scope, value: Value) -> Fault | None:
    """A card number that fails Luhn may still be a passbook's."""
    if not _BANK.match(str(value)) or luhn.is_valid(str(value)):
        return None
    return "账号不合银行卡校验规则（存折账号可能如此）", "再核对一遍账号"


def not_future(scope: Scope, value: Value) -> Fault | None:
    """VR-DATE."""
    if not isinstance(value, dt.date) or value <= scope.today:
        return None
    return f"{print_date(value)}晚于今天（{print_date(scope.today)}）", "填写已经发生的日期"


def planned(scope: Scope, value: Value) -> Fault | None:
    """Marks a date that may lie ahead."""
    return None


def not_before(scope: Scope, value: Value, slug: str) -> Fault | None:
    """VR-ORDER, at or after another date."""
    other = scope.date(slug)
    if other is None or not isinstance(value, dt.date) or value >= other:
        return None
    return f"早于{_label(scope, slug)}({_day(scope, slug, other)})", "核对两个日期的先后"


def after(scope: Scope, value: Value, slug: str) -> Fault | None:
    """VR-ORDER, later than another date."""
    other = scope.date(slug)
    if other is None or not isinstance(value, dt.date) or value > other:
        return None
    return f"应晚于{_label(scope, slug)}({_day(scope, slug, other)})", "核对两个日期的先后"


def not_after(scope: Scope, value: Value, slug: str) -> Fault | None:
    """VR-ORDER, at or before another date."""
    other = scope.date(slug)
    if other is None or not isinstance(value, dt.date) or value <= other:
        return None
    return f"晚于{_label(scope, slug)}({_day(scope, slug, other)})", "核对两个日期的先后"


def length(scope: Scope, value: Value, least: str, most: str) -> Fault | None:
    """A text of so many characters; white space does not count."""
    count = len(re.sub(r"\s", "", str(value)))
    if int(least) <= count <= int(most):
        return None
    return f"现有 {count} 字，应为 {least}–{most} 字", "补充或精简文字"


def between(scope: Scope, value: Value, least: str, most: str) -> Fault | None:
    """A number within limits."""
    if not isinstance(value, int | Decimal) or Decimal(least) <= value <= Decimal(most):
        return None
    return f"{value} 不在 {least} 至 {most} 之间", "核对数字"


def at_most(scope: Scope, value: Value, slug: str) -> Fault | None:
    """A number not above another field's."""
    limit = scope.number(slug)
    if limit is None or not isinstance(value, int | Decimal) or value <= limit:
        return None
    return f"{value} 大于{_label(scope, slug)}({limit})", "核对两个数字"


def equals(scope: Scope, value: Value, slug: str) -> Fault | None:
    """The same as another field: an amount repeated, a holder who is the applicant."""
    other = scope.value(slug)
    if other is None or _plain(value) == _plain(other):
        return None
    return f"与{_label(scope, slug)}“{scope.text(slug)}”不一致", "改成一致"


def disability_certificate(scope: Scope, value: Value, id_slug: str = "") -> Fault | None:
    """VR-DISCERT."""
    match = _CERTIFICATE.match(str(value))
    if match is None:
        what = f"残疾人证号“{value}”应为 18 位身份证号加类别（1–7）、等级（1–4）共 20 位"
        return what, "对照残疾人证重新填写"
    if id_slug and scope.text(id_slug) and scope.text(id_slug) != match[1]:
        return "残疾人证号前 18 位与身份证号不一致", "核对残疾人证和身份证"
    return None


def no_personal_numbers(scope: Scope, value: Value) -> Fault | None:
    """A notice shows no ID, bank or phone number."""
    if not re.search(r"\d{11,}|\d{17}[\dXx]", re.sub(r"[\s-]", "", str(value))):
        return None
    return "公示内容中有身份证号、账号或电话", "公示不得出现个人号码，删去后再填"


def within_working_days(scope: Scope, value: Value, slug: str, days: str) -> Fault | None:
    """So many working days after another date at the latest."""
    start = scope.date(slug)
    if start is None or not isinstance(value, dt.date):
        return None
    due = scope.facts.calendar.add_working_days(start, int(days))
    if value <= due:
        return None
    return f"超过{_label(scope, slug)}后 {days} 个工作日（{print_date(due)}）", "在表中说明原因"


def _label(scope: Scope, slug: str) -> str:
    field: Field | None = scope.fields.get(slug)
    return f"“{field.label}”" if field else slug


def _day(scope: Scope, slug: str, day: dt.date) -> str:
    return print_month(day) if scope.fields[slug].type == "month" else print_date(day)


def _plain(value: Value) -> str:
    if isinstance(value, int | Decimal):
        return f"{Decimal(value).normalize():f}"
    return normalise_name(str(value))


def differs_from(scope: Scope, value: Value, slug: str) -> Fault | None:
    """Two people, two numbers."""
    if not scope.text(slug) or str(value) != scope.text(slug):
        return None
    return f"与“{_label(scope, slug)}”相同", "应为另一个人，核对后改正"


def adult(scope: Scope, value: Value) -> Fault | None:
    """The holder of an ID is 18 or older on the form's day."""
    age = id_card.age_on(str(value), scope.day)
    if age is None or age >= _ADULT:
        return None
    return f"未满 {_ADULT} 周岁（{age} 周岁）", "应由成年人承担，改填他人"


FIELD_RULES: dict[str, FieldRule] = {
    "person_name": FieldRule(person_name),
    "citizen_id": FieldRule(citizen_id),
    "phone": FieldRule(phone),
    "bank_number": FieldRule(bank_number),
    "bank_check_digit": FieldRule(bank_check_digit, is_warning=True),
    "not_future": FieldRule(not_future),
    "planned": FieldRule(planned),
    "not_before": FieldRule(not_before, ("slug",)),
    "not_after": FieldRule(not_after, ("slug",)),
    "after": FieldRule(after, ("slug",)),
    "length": FieldRule(length, ("count", "count")),
    "between": FieldRule(between, ("number", "number")),
    "at_most": FieldRule(at_most, ("slug",)),
    "equals": FieldRule(equals, ("slug",)),
    "differs_from": FieldRule(differs_from, ("slug",)),
    "adult": FieldRule(adult),
    "disability_certificate": FieldRule(disability_certificate, ("slug?",)),
    "no_personal_numbers": FieldRule(no_personal_numbers),
    "within_working_days": FieldRule(within_working_days, ("slug", "count"), is_warning=True),
}

#: Rules that come with a type.
TYPE_RULES: dict[str, tuple[str, ...]] = {
    "idcard": ("citizen_id",),
    "phone": ("phone",),
    "bank": ("bank_number", "bank_check_digit"),
    "date": ("not_future",),
}
