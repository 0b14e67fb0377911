"""Rules over a whole form; each yields its problems."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from county.chinese_dates import print_date
from county.errors import Problem
from county.id_card import age_on
from filler.derive import Scope

_OLD, _ADULT = 60, 18
_SERIOUS_TYPES = ("智力", "精神")


@dataclass(frozen=True, slots=True)
class FormRule:
    """A rule a spec may name under `checks`, and the kinds of its arguments."""

    function: Callable[..., Iterator[Problem]]
    kinds: tuple[str, ...] = ()
    is_warning: bool = False


def village_in_town(scope: Scope) -> Iterator[Problem]:
    """VR-PLACE; every form with town and village is checked."""
    yield from _place_problems(scope, "", "")


def rows_villages_in_towns(scope: Scope, rows: str) -> Iterator[Problem]:
    """VR-PLACE for each row of a roster."""
    for index, row in enumerate(scope.rows(rows)):
        yield from _place_problems(
            row, f"{_label(scope, rows)}第 {index + 1} 行", f"{rows}[{index}]."
        )


def first_row_is(scope: Scope, rows: str, column: str, slug: str) -> Iterator[Problem]:
    """The first row is the applicant: `first_row_is(members.m_id, id_no)`."""
    table = scope.rows(rows)
    if table and scope.text(slug) and table[0].text(column) != scope.text(slug):
        what = f"第 1 行的{_column(scope, rows, column)}与{_label(scope, slug)}不一致"
        yield Problem(_label(scope, rows), what, "第 1 行填写申请人本人", f"{rows}[0].{column}")


def unique(scope: Scope, rows: str, column: str) -> Iterator[Problem]:
    """No value twice in a column."""
    seen: dict[str, int] = {}
    for index, row in enumerate(scope.rows(rows)):
        text = row.text(column)
        if text and text in seen:
            where = f"{_label(scope, rows)}第 {index + 1} 行{_column(scope, rows, column)}"
            what = f"“{text}”与第 {seen[text] + 1} 行重复"
            yield Problem(where, what, "删去重复的一行或改正", f"{rows}[{index}].{column}")
        elif text:
            seen[text] = index


def tell_apart(scope: Scope, rows: str, name: str, group: str) -> Iterator[Problem]:
    """People of one name must be told apart by group or a suffix (乙)."""
    seen: dict[tuple[str, str], int] = {}
    for index, row in enumerate(scope.rows(rows)):
        key = (row.text(name), row.text(group))
        if key in seen and key[0]:
            where = f"{_label(scope, rows)}第 {index + 1} 行"
            what = f"“{key[0]}”与第 {seen[key] + 1} 行同名同组"
            yield Problem(
                where, what, "重复则删去；确为两人则后者写“姓名（乙）”", f"{rows}[{index}].{name}"
            )
        seen.setdefault(key, index)


def supporters_if_old(
    scope: Scope, rows: str = "members", id_column: str = "m_id", supporters: str = "supporters"
) -> Iterator[Problem]:
    """Supporters are named when a member is 60 or older, or a child alone."""
    if not {rows, supporters} <= scope.fields.keys() or scope.rows(supporters):
        return
    ages = [age_on(row.text(id_column), scope.day) for row in scope.rows(rows)]
    known = [age for age in ages if age is not None]
    if any(age >= _OLD for age in known) or (known and max(known) < _ADULT):
        what = "有 60 周岁以上成员或无成年人的未成年成员，没有填写赡（抚、扶）养义务人"
        yield Problem(_label(scope, supporters), what, "至少填写一行", supporters)


def sum_is(scope: Scope, total: str, *parts: str) -> Iterator[Problem]:
    """VR-SUM: a total to the cent."""
    wanted = sum((scope.number(part) or Decimal(0) for part in parts), Decimal(0))
    given = scope.number(total)
    if given is not None and given != wanted:
        what = f"{given} 不等于各项之和 {wanted}"
        yield Problem(_label(scope, total), what, "核对各项金额", total)


def in_order(scope: Scope, *slugs: str) -> Iterator[Problem]:
    """VR-ORDER: dates that follow one another; blank ones are passed over."""
    known = [(slug, day) for slug in slugs if (day := scope.date(slug)) is not None]
    for (first, before), (second, later) in pairwise(known):
        if later < before:
            what = f"{print_date(later)}早于“{_label(scope, first)}”（{print_date(before)}）"
            yield Problem(_label(scope, second), what, "核对两个日期的先后", second)


def not_above(scope: Scope, first: str, second: str) -> Iterator[Problem]:
    """One number is not above another: insured persons and household size."""
    a, b = scope.number(first), scope.number(second)
    if a is not None and b is not None and a > b:
        what = f"{a} 大于“{_label(scope, second)}”（{b}）"
        yield Problem(_label(scope, first), what, "核对两个数字", first)


def rows_not_above(scope: Scope, rows: str, first: str, second: str) -> Iterator[Problem]:
    """The same for two columns of each row."""
    for index, row in enumerate(scope.rows(rows)):
        for problem in not_above(row, first, second):
            where = f"{_label(scope, rows)}第 {index + 1} 行{problem.where}"
            yield Problem(where, problem.what, problem.do, f"{rows}[{index}].{first}")


def at_least_one(scope: Scope, rows: str, column: str, value: str) -> Iterator[Problem]:
    """At least one row holds a value: one insured person."""
    table = scope.rows(rows)
    if table and not any(row.text(column) == value for row in table):
        what = f"没有一行的{_column(scope, rows, column)}为“{value}”"
        yield Problem(_label(scope, rows), what, "核对各行", rows)


def votes_add_up(scope: Scope, rows: str, *slugs: str) -> Iterator[Problem]:
    """Yes, no and abstentions are as many as voted: those present, less who avoids."""
    *columns, present = slugs
    voting = scope.number(present)
    if voting is None:
        return
    avoiding = sum(row.text("p_avoid") == "是" for row in scope.rows("attendees"))
    for index, row in enumerate(scope.rows(rows)):
        votes = [row.number(column) for column in columns]
        total = sum(vote or 0 for vote in votes)
        if None not in votes and total != voting - avoiding:
            where = f"{_label(scope, rows)}第 {index + 1} 行"
            what = f"票数共 {total}，应为实到 {voting} 减去回避 {avoiding}"
            yield Problem(where, what, "核对各项票数", f"{rows}[{index}].{columns[0]}")


def must_include(scope: Scope, slug: str, *choices: str) -> Iterator[Problem]:
    """Choices that must be ticked: 户口簿 and 身份证."""
    missing = [choice for choice in choices if choice not in scope.data.texts(slug)]
    if missing:
        yield Problem(_label(scope, slug), f"缺少{'、'.join(missing)}", "收齐后勾选", slug)


def single_apply_allowed(scope: Scope, slug: str = "single_apply") -> Iterator[Problem]:
    """Applying alone needs a severe disability or a serious illness."""
    if scope.text(slug) != "是" or scope.text("health") == "患重病":
        return
    kind, level = scope.text("dis_type"), scope.text("dis_level")
    if level in ("一级", "二级") or (level == "三级" and kind in _SERIOUS_TYPES):
        return
    what = "单人户申请须为一、二级残疾，三级智力或精神残疾，或患重病"
    yield Problem(_label(scope, slug), what, "改为“否”，或补上残疾人证号、健康状况", slug)


def no_personal_numbers(scope: Scope) -> Iterator[Problem]:
    """Nothing on a notice is an ID or account number."""
    for slug, field in scope.fields.items():
        if field.type == "rows":
            for index, row in enumerate(scope.rows(slug)):
                for column in field.columns:
                    if _has_number(row.text(column.slug)):
                        where = f"{field.label}第 {index + 1} 行{column.label}"
                        yield _number_problem(where, f"{slug}[{index}].{column.slug}")
        elif field.type in ("text", "longtext") and _has_number(scope.text(slug)):
            yield _number_problem(field.label, slug)


def relative_needs_filing(scope: Scope, slug: str = "relative_decl") -> Iterator[Problem]:
    """A relative among the staff is filed on COM-08."""
    if scope.text(slug) == "是":
        what = "申报了近亲属关系"
        yield Problem(_label(scope, slug), what, "另填《近亲属备案登记表》（COM-08）", slug)


def rows_recommended(scope: Scope, rows: str, count: str) -> Iterator[Problem]:
    """So many rows are advised, not required."""
    filled = len(scope.rows(rows))
    if filled < int(count):
        what = f"填写了 {filled} 行，建议至少 {count} 行"
        yield Problem(_label(scope, rows), what, "有条件的补上", rows)


def known_region(scope: Scope, slug: str = "id_no") -> Iterator[Problem]:
    """An ID from another county is possible, but worth a look."""
    number = scope.text(slug)
    if number and not number.startswith("61"):
        yield Problem(
            _label(scope, slug), f"身份证号地区码 {number[:6]} 不在陕西省", "再核对一遍", slug
        )


def _place_problems(scope: Scope, where: str, prefix: str) -> Iterator[Problem]:
    town, village = scope.text("town"), scope.text("village")
    if not town or not village or scope.facts.places.village(village, town):
        return
    others = [place.town for place in scope.facts.places.settlements if place.name == village]
    what = f"{town}没有{village}"
    do = f"{village}属{'、'.join(others)}，改正镇或村" if others else "从名单中选村"
    yield Problem(where or "村", what, do, f"{prefix}village")


def _has_number(text: str) -> bool:
    return bool(re.search(r"\d{16,}|\d{15}[\dXx]", re.sub(r"[\s-]", "", text)))


def _number_problem(where: str, address: str) -> Problem:
    return Problem(where, "含有身份证号或账号", "公示不得出现个人号码，删去", address)


def _label(scope: Scope, slug: str) -> str:
    field = scope.fields.get(slug)
    return field.label if field else slug


def _column(scope: Scope, rows: str, column: str) -> str:
    labels = {one.slug: one.label for one in scope.fields[rows].columns}
    return labels.get(column, column)


CHECKS: dict[str, FormRule] = {
    "village_in_town": FormRule(village_in_town),
    "rows_villages_in_towns": FormRule(rows_villages_in_towns, ("rows",)),
    "first_row_is": FormRule(first_row_is, ("rows", "column", "slug")),
    "unique": FormRule(unique, ("rows", "column")),
    "tell_apart": FormRule(tell_apart, ("rows", "column", "column")),
    "supporters_if_old": FormRule(supporters_if_old, ("rows?", "column?", "rows?")),
    "sum_is": FormRule(sum_is, ("slug", "number*")),
    "in_order": FormRule(in_order, ("slug*",)),
    "not_above": FormRule(not_above, ("number", "number")),
    "rows_not_above": FormRule(rows_not_above, ("rows", "column", "column")),
    "at_least_one": FormRule(at_least_one, ("rows", "column", "text")),
    "votes_add_up": FormRule(votes_add_up, ("rows", "column", "column", "column", "slug")),
    "must_include": FormRule(must_include, ("slug", "text*")),
    "single_apply_allowed": FormRule(single_apply_allowed, ("slug?",)),
    "no_personal_numbers": FormRule(no_personal_numbers),
    "relative_needs_filing": FormRule(relative_needs_filing, ("slug?",), is_warning=True),
    "rows_recommended": FormRule(rows_recommended, ("rows", "count"), is_warning=True),
    "known_region": FormRule(known_region, ("slug?",), is_warning=True),
}
