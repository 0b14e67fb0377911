"""Rules over what everybody reads: no numbers, no children, nobody twice."""

from collections.abc import Iterator

from filler.form.case_history import CaseHistory, ask_whole, person_number
from filler.form.forms import Field
from filler.rules.wording import label_of
from filler.values.language import Column, FormId, Rows, Slug, form_check
from filler.values.past_values import place_of
from filler.values.person_values import is_minor
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.masking import has_personal_number
from minzheng.county.registry.terms import ADULT_AGE

#: Types whose figures are nobody's number.
_FIGURES = frozenset({"int", "money", "date", "month"})


@form_check()
def tell_apart(scope: Scope, rows: Rows, name: Column, group: Column) -> Iterator[Problem]:
    """People of one name must be told apart by group or a suffix (乙)."""
    seen: dict[tuple[str, str], int] = {}
    for index, row in enumerate(scope.rows(rows)):
        key = (row.text(name), row.text(group))
        if key in seen and key[0]:
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"“{key[0]}”与第 {seen[key] + 1} 行同名同组"
            yield Problem(
                where, what, "重复则删去；确为两人则后者写“姓名（乙）”", f"{rows}[{index}].{name}"
            )
        seen.setdefault(key, index)


@form_check()
def no_personal_numbers(scope: Scope, *contacts: Slug) -> Iterator[Problem]:
    """Nothing on a notice is a person's number; contacts are the office's telephones."""
    for slug, field in scope.fields.items():
        if field.type == "rows":
            for index, row in enumerate(scope.rows(slug)):
                for column in field.columns:
                    if _tells_number(row, column):
                        where = f"{field.label}第 {index + 1} 行{column.label}"
                        yield _number_problem(where, f"{slug}[{index}].{column.slug}")
        elif slug not in contacts and _tells_number(scope, field):
            yield _number_problem(field.label, slug)


def _tells_number(scope: Scope, field: Field) -> bool:
    codes = scope.facts.places.codes
    return field.type not in _FIGURES and has_personal_number(scope.text(field.slug), codes)


def _number_problem(where: str, address: str) -> Problem:
    what = "含有身份证号、账号或电话号码"
    return Problem(where, what, "公示不得出现个人号码，删去", address)


@form_check()
def adults_only(scope: Scope, rows: Rows, name: Column, *applications: FormId) -> Iterator[Problem]:
    """No child stands on a notice: who applied in this village as a child is known."""
    names = [row.text(name) for row in scope.rows(rows)]

    def children(whole: CaseHistory) -> frozenset[int]:
        minors = {
            str(past.answers.get("name", ""))
            for form_id in applications
            for past in whole.issued_for(form_id, where=place_of(scope))
            if is_minor(person_number(past.answers), scope.day, scope.county.terms)
        }
        return frozenset(index for index, one in enumerate(names) if one in minors)

    found = ask_whole(scope.history, children)
    for index, row in enumerate(scope.rows(rows)):
        if index in found:
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"“{row.text(name)}”未满 {scope.number(ADULT_AGE)} 周岁"
            yield Problem(where, what, "未成年人不公示，删去这一行", f"{rows}[{index}].{name}")
