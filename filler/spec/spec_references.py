"""Every call, condition and placeholder of a spec must speak of what exists."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from filler.form.forms import Call, Field, FormSpec
from filler.rules.rulebook import CHECKS, FIELD_RULES
from filler.spec.spec_calls import suggest
from filler.spec.stated_checks import calls_of as calls_of_stated
from filler.spec.stated_checks import find_stated_problems
from filler.values.derive import DERIVATIONS
from filler.values.formula import calls_in
from filler.values.language import Around, SpecWord, find_argument_faults
from filler.values.print_value import placeholders
from minzheng.county.errors import Problem
from minzheng.county.registry.terms import Terms

#: Names every form may use in titles and file names besides its fields.
FORM_NAMES = frozenset({"form_id", "version", "case_no", "title", "county"})

_WORDS: Mapping[str, SpecWord[..., Any]] = {**DERIVATIONS, **FIELD_RULES, **CHECKS}
Words = Mapping[str, SpecWord[..., Any]]


def find_reference_problems(spec: FormSpec, where: str, terms: Terms) -> Iterator[Problem]:
    """Everything in a spec that speaks of what is not there."""
    known = {field.slug: field for field in spec.fields}
    yield from _find_twins(list(field.slug for field in spec.fields), where)
    for text in (spec.title, spec.file_name):
        yield from _check_placeholders(where, text, {*known, *FORM_NAMES})
    if spec.reference_date and spec.reference_date not in known:
        what = f"reference_date“{spec.reference_date}”不是本表字段"
        yield Problem(where, what, "改正", "reference_date")
    for call in spec.checks:
        yield from _check_call(where, call, CHECKS, Around(known, terms))
    for stated in spec.stated:
        yield from find_stated_problems(stated, where, Around(known, terms))
    for field in spec.fields:
        yield from _check_field(where, field, Around(known, terms))
        columns = {column.slug: column for column in field.columns}
        yield from _find_twins([column.slug for column in field.columns], where)
        for column in field.columns:
            if column.type == "annex":
                what = f"{field.slug} 的列“{column.slug}”是附件"
                yield Problem(where, what, "附件不放在表格里，做成单独的一项", column.slug)
            yield from _check_field(where, column, Around({**known, **columns}, terms))


def calls_of(spec: FormSpec) -> Iterator[Call]:
    """Every word a form calls, those in its formulas too."""
    for field in spec.fields:
        for one in (field, *field.columns):
            yield from one.rules
            if one.derived:
                yield one.derived
                if one.derived.name == "formula":
                    yield from calls_in(one.derived.args[0])
    yield from spec.checks
    for stated in spec.stated:
        yield from calls_of_stated(stated)


def find_unknown_forms(forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    """Words that are told of forms, or of answers of theirs, that there are not."""
    for spec in forms.values():
        for call in calls_of(spec):
            word = _WORDS[call.name]
            for index, text in enumerate(call.args):
                kind = word.arguments[min(index, len(word.arguments) - 1)].kind
                if kind.name == "form" and not _is_known(text, forms):
                    what = f"{call.name} 中的“{text}”：没有这张表或这一项"
                    yield Problem(spec.id, what, "改正编号", call.name)


def _is_known(text: str, forms: Mapping[str, FormSpec]) -> bool:
    form_id, _, slug = text.partition("=")
    fields = forms[form_id].fields if form_id in forms else ()
    return form_id in forms and (not slug or any(one.slug == slug for one in fields))


def _check_field(place: str, field: Field, around: Around) -> Iterator[Problem]:
    where = f"{place} 字段“{field.slug}”"
    if field.derived:
        yield from _check_call(where, field.derived, DERIVATIONS, around)
    for rule in field.rules:
        yield from _check_call(where, rule, FIELD_RULES, around)
    if field.required_if and field.required_if.slug not in around.fields:
        what = f"required_if 中的“{field.required_if.slug}”不是本表字段"
        yield Problem(where, what, "改正", field.slug)
    for text in (field.default, field.seal_name):
        yield from _check_placeholders(where, text, {*around.fields, *FORM_NAMES})
    yield from _check_choices(where, field)
    columns = {column.slug: column for column in field.columns}
    if field.one_row_each and not (
        field.one_row_each in columns and columns[field.one_row_each].choices
    ):
        what = f"one_row_each“{field.one_row_each}”不是有可选项的列"
        yield Problem(where, what, "改正", field.slug)
    if (field.type == "rows") != bool(field.columns):
        what = "表格字段（rows）与列（column）不相符"
        yield Problem(where, what, "rows 写上列，其他类型不写列", field.slug)


def _check_choices(where: str, field: Field) -> Iterator[Problem]:
    if field.type in ("choice", "multi") and not field.choices and not field.derived:
        yield Problem(where, "没有写可选项", "写上 choices", field.slug)
    is_plain = field.default and "{" not in field.default
    if is_plain and field.choices and field.default not in field.choices:
        yield Problem(where, f"default“{field.default}”不在可选项中", "改正", field.slug)


def _check_call(where: str, call: Call, words: Words, around: Around) -> Iterator[Problem]:
    word = words.get(call.name)
    if word is None:
        what = f"没有名为“{call.name}”的规则或算法"
        yield Problem(where, what, suggest(call.name, words), call.name)
        return
    around = around._replace(words=DERIVATIONS)
    for fault in find_argument_faults(call.name, call.args, word.arguments, around):
        yield Problem(where, fault, "改正参数", call.name)


def _check_placeholders(where: str, text: str, known: Iterable[str]) -> Iterator[Problem]:
    for slug in placeholders(text):
        if slug not in known:
            yield Problem(where, f"“{{{slug}}}”不是本表字段", suggest(slug, known), slug)


def _find_twins(slugs: list[str], where: str) -> Iterator[Problem]:
    for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        yield Problem(where, f"字段“{slug}”重复", "删去一个或改名", slug)
