"""Rules over meetings, notices and ticked lists."""

from collections.abc import Iterator

from filler.form.forms import Field
from filler.rules.wording import label_of
from filler.values.language import Column, Rows, Slug, Text, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.masking import has_personal_number
from minzheng.county.registry.standards import era_word
from minzheng.county.writing.chinese_dates import print_date

#: Types whose figures are nobody's number.
_FIGURES = frozenset({"int", "money", "date", "month"})


@form_check()
def votes_add_up(
    scope: Scope, rows: Rows, yes: Column, no: Column, abstained: Column, present: Slug
) -> Iterator[Problem]:
    """Yes, no and abstentions are as many as voted: those present, less who avoids."""
    voting = scope.number(present)
    if voting is None:
        return
    avoiding = sum(row.text("p_avoid") == "是" for row in scope.rows("attendees"))
    for index, row in enumerate(scope.rows(rows)):
        votes = [row.number(column) for column in (yes, no, abstained)]
        total = sum(vote or 0 for vote in votes)
        if None not in votes and total != voting - avoiding:
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"票数共 {total}，应为实到 {voting} 减去回避 {avoiding}"
            yield Problem(where, what, "核对各项票数", f"{rows}[{index}].{yes}")


@form_check()
def required_in_era(scope: Scope, word: Text, date: Slug, *slugs: Slug) -> Iterator[Problem]:
    """Needed while the county still 审批: a vote on every case before July 2021."""
    day = scope.date(date)
    if day is None or era_word(day) != word:
        return
    for slug in slugs:
        if scope.value(slug) is None:
            what = f"没有填写（{print_date(day)}受理的须填）"
            yield Problem(label_of(scope, slug), what, "请填写", slug)


@form_check()
def result_fits_objections(scope: Scope, result: Slug, count: Slug) -> Iterator[Problem]:
    """无异议 with none, 有异议 with some."""
    objections = scope.number(count)
    told = scope.text(result)
    if objections is not None and told and (told == "有异议") != (objections > 0):
        what = f"异议 {objections} 件，结果为“{told}”"
        yield Problem(label_of(scope, result), what, "改成一致", result)


@form_check()
def answer_follows(
    scope: Scope, slug: Slug, word: Text, other: Slug, *wanted: Text
) -> Iterator[Problem]:
    """One answer calls for another: who has died gets nothing more."""
    given = scope.text(other)
    if scope.text(slug) == word and given and given not in wanted:
        what = f"“{label_of(scope, slug)}”为“{word}”，这里填写了“{given}”"
        yield Problem(label_of(scope, other), what, f"应为{'或'.join(wanted)}，核对两项", other)


@form_check()
def must_include(scope: Scope, slug: Slug, *choices: Text) -> Iterator[Problem]:
    """Choices that must be ticked: 户口簿 and 身份证."""
    missing = [choice for choice in choices if choice not in scope.data.texts(slug)]
    if missing:
        yield Problem(label_of(scope, slug), f"缺少{'、'.join(missing)}", "收齐后勾选", slug)


@form_check()
def no_personal_numbers(scope: Scope, *contacts: Slug) -> Iterator[Problem]:
    """Nothing on a notice is a person's number; contacts are the office's telephones."""
    for slug, field in scope.fields.items():
        if field.type == "rows":
            for index, row in enumerate(scope.rows(slug)):
                for column in field.columns:
                    if _tells_number(column, row.text(column.slug)):
                        where = f"{field.label}第 {index + 1} 行{column.label}"
                        yield _number_problem(where, f"{slug}[{index}].{column.slug}")
        elif slug not in contacts and _tells_number(field, scope.text(slug)):
            yield _number_problem(field.label, slug)


def _tells_number(field: Field, text: str) -> bool:
    return field.type not in _FIGURES and has_personal_number(text)


def _number_problem(where: str, address: str) -> Problem:
    what = "含有身份证号、账号或电话号码"
    return Problem(where, what, "公示不得出现个人号码，删去", address)
