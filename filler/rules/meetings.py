"""Rules over meetings, notices and ticked lists."""

import re
from collections.abc import Iterator

from filler.rules.wording import label_of
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.registry.standards import era_word
from minzheng.county.writing.chinese_dates import print_date


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
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"票数共 {total}，应为实到 {voting} 减去回避 {avoiding}"
            yield Problem(where, what, "核对各项票数", f"{rows}[{index}].{columns[0]}")


def required_in_era(scope: Scope, word: str, date: str, *slugs: str) -> Iterator[Problem]:
    """Needed while the county still 审批: a vote on every case before July 2021."""
    day = scope.date(date)
    if day is None or era_word(day) != word:
        return
    for slug in slugs:
        if scope.value(slug) is None:
            what = f"没有填写（{print_date(day)}受理的须填）"
            yield Problem(label_of(scope, slug), what, "请填写", slug)


def result_fits_objections(scope: Scope, result: str, count: str) -> Iterator[Problem]:
    """无异议 with none, 有异议 with some."""
    objections = scope.number(count)
    told = scope.text(result)
    if objections is not None and told and (told == "有异议") != (objections > 0):
        what = f"异议 {objections} 件，结果为“{told}”"
        yield Problem(label_of(scope, result), what, "改成一致", result)


def answer_follows(
    scope: Scope, slug: str, word: str, other: str, *wanted: str
) -> Iterator[Problem]:
    """One answer calls for another: who has died gets nothing more."""
    given = scope.text(other)
    if scope.text(slug) == word and given and given not in wanted:
        what = f"“{label_of(scope, slug)}”为“{word}”，这里填写了“{given}”"
        yield Problem(label_of(scope, other), what, f"应为{'或'.join(wanted)}，核对两项", other)


def must_include(scope: Scope, slug: str, *choices: str) -> Iterator[Problem]:
    """Choices that must be ticked: 户口簿 and 身份证."""
    missing = [choice for choice in choices if choice not in scope.data.texts(slug)]
    if missing:
        yield Problem(label_of(scope, slug), f"缺少{'、'.join(missing)}", "收齐后勾选", slug)


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


def _has_number(text: str) -> bool:
    return bool(re.search(r"\d{16,}|\d{15}[\dXx]", re.sub(r"[\s-]", "", text)))


def _number_problem(where: str, address: str) -> Problem:
    return Problem(where, "含有身份证号或账号", "公示不得出现个人号码，删去", address)
