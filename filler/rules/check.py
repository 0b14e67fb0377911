"""Every rule of a form, run over its values; all problems come back together."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from filler.form.form_data import Answers
from filler.form.forms import Call, Condition, Field
from filler.rules.dates import opinions_in_order
from filler.rules.lists import village_in_town
from filler.rules.rulebook import CHECKS, FIELD_RULES, TYPE_RULES
from filler.rules.stated import judge_stated
from filler.values.print_value import placeholders, print_value
from filler.values.read_answers import typed_derived
from filler.values.read_value import WrongValueError, read_value
from filler.values.scope import Scope
from minzheng.county.errors import Problem

Judged = tuple[Problem, bool]  #: and whether it is only a warning


def check(scope: Scope) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Problems that refuse the form, and warnings that do not."""
    judged = [
        one
        for one in (*_check_fields(scope, scope.spec.fields), *_check_form(scope))
        if one[0].field not in scope.left_blank
    ]
    problems = dict.fromkeys(problem for problem, is_warning in judged if not is_warning)
    warnings = dict.fromkeys(problem for problem, is_warning in judged if is_warning)
    return tuple(problems), tuple(warnings)


def find_disagreements(scope: Scope, answers: Answers) -> Iterator[Problem]:
    """VR-SUM and all else computed: fields somebody typed that differ from it."""
    for field, where, address, answer in typed_derived(scope.spec, answers):
        computed = _computed(scope, address)
        try:
            given = print_value(field, read_value(field, answer))
        except WrongValueError:
            given = str(answer)
        if given != computed:
            what = f"填写了“{given}”，系统算得“{computed or '空'}”"
            yield Problem(
                where, what, "这一项由系统算出，删去；算得不对则核对它所依据的各项", address
            )


def _computed(scope: Scope, address: str) -> str:
    table, found, rest = address.partition("[")
    if not found:
        return scope.text(address)
    number, column = rest.split("].")
    return scope.rows(table)[int(number)].text(column)


class _Asked(NamedTuple):
    """A field of which something is asked, by itself or by rules."""

    field: Field
    rules: tuple[tuple[Callable[..., Any], tuple[str, ...], bool], ...]
    may_be_missed: bool


def _check_fields(
    scope: Scope, fields: tuple[Field, ...], where: str = "", prefix: str = ""
) -> list[Judged]:
    """What is wrong with values of a form, or of a row, of which `where` and `prefix` are."""
    found: list[Judged] = []
    for field, rules, may_be_missed in _asked(fields):
        if field.type == "rows":
            found += _check_rows(scope, field)
            continue
        value = scope.value(field.slug)
        if value is None:
            if may_be_missed and _is_missed(scope, field):
                place, address = where + field.label, prefix + field.slug
                found.append((Problem(place, "没有填写", _how_to_fill(field), address), False))
            continue
        for judge, args, is_warning in rules:
            fault = judge(scope, value, *args)
            if fault:
                (what, do), place = fault, where + field.label
                found.append((Problem(place, what, do, prefix + field.slug), is_warning))
    return found


@lru_cache(maxsize=4096)
def _asked(fields: tuple[Field, ...]) -> tuple[_Asked, ...]:
    """Those of a form or table; what is computed is computed to be seen with the rest."""
    every = (_Asked(one, _rules_of(one), _may_be_missed(one)) for one in fields)
    return tuple(
        one for one in every if one.rules or one.may_be_missed or _is_worked_out(one.field)
    )


def _may_be_missed(field: Field) -> bool:
    return field.is_typed and (field.required or field.required_if is not None)


def _is_worked_out(field: Field) -> bool:
    return field.type == "rows" or field.derived is not None or "{" in field.default


def _check_rows(scope: Scope, field: Field) -> list[Judged]:
    found: list[Judged] = []
    rows = scope.rows(field.slug)
    least = max(field.least, int(_is_required(scope, field)))
    if len(rows) < least:
        what = f"填写了 {len(rows)} 行，至少要 {least} 行"
        found.append((Problem(field.label, what, "补上缺少的行", field.slug), False))
    if len(rows) > field.most:
        what = f"填写了 {len(rows)} 行，最多 {field.most} 行"
        found.append((Problem(field.label, what, "分成两份填写", field.slug), False))
    if field.row_names:
        found += _judge_named_rows(field, rows)
    for index, row in enumerate(rows):
        where, prefix = f"{field.label}第 {index + 1} 行", f"{field.slug}[{index}]."
        found += _check_fields(row, field.columns, where, prefix)
    return found


def _judge_named_rows(field: Field, rows: Sequence[Scope]) -> Iterator[Judged]:
    """Each name stands there at most once; those left out are printed for the pen."""
    given = [row.text(field.one_row_each) for row in rows]
    for name in dict.fromkeys(name for name in given if given.count(name) > 1):
        what = f"“{name}”填了 {given.count(name)} 行"
        yield Problem(field.label, what, "只留一行", field.slug), False


def _rules_of(field: Field) -> tuple[tuple[Callable[..., Any], tuple[str, ...], bool], ...]:
    """What judges its values, with what, and whether it only warns."""
    calls = ((FIELD_RULES[call.name], call.args) for call in _read_rules(field))
    return tuple((rule.function, args, rule.is_warning) for rule, args in calls)


def _read_rules(field: Field) -> Iterator[Call]:
    named = {call.name for call in field.rules}
    if field.derived is None:
        for name in TYPE_RULES.get(field.type, ()):
            if not (name == "not_future" and "planned" in named):
                yield Call(name)
    yield from field.rules


def _check_form(scope: Scope) -> Iterator[Judged]:
    if {"town", "village"} <= scope.fields.keys():
        for problem in village_in_town(scope):
            yield problem, False
    for problem in opinions_in_order(scope):
        yield problem, False
    for call in scope.spec.checks:
        rule = CHECKS[call.name]
        for problem in rule.function(scope, *call.args):
            yield problem, rule.is_warning
    for stated in scope.spec.stated:
        for problem in judge_stated(scope, stated):
            yield problem, stated.is_warning


def _waits_for_another(scope: Scope, field: Field) -> bool:
    """Whether a field that may be left blank is blank because another one still is.

    That one is missed by itself: `{hukou_addr}` where the address was not given.
    """
    named = (scope.fields.get(slug) for slug in placeholders(field.default))
    return any(one and one.required and scope.value(one.slug) is None for one in named)


def _is_missed(scope: Scope, field: Field) -> bool:
    return _is_required(scope, field) and not _waits_for_another(scope, field)


def _is_required(scope: Scope, field: Field) -> bool:
    return field.required or (field.required_if is not None and holds(scope, field.required_if))


def holds(scope: Scope, condition: Condition) -> bool:
    """Whether a condition is met; while its field is blank it is not."""
    value = scope.value(condition.slug)
    if value is None:
        return False
    texts = value if isinstance(value, tuple) else (scope.text(condition.slug),)
    return any(text in condition.values for text in texts) != condition.negated


def _how_to_fill(field: Field) -> str:
    if field.choices:
        shown = "、".join(field.choices[:8]) + ("…" if len(field.choices) > 8 else "")
        return f"从{shown}中选"
    return "请填写"
