"""A rule, derivation or check alone: on a form that holds just the values of its case.

A case is written as specs write it: `case("age_on(id_no)", 68, id_no=…, day=…)`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from stdnum.cn import ric

from filler.form.case_history import PastForm, person_number, same_number
from filler.form.county_facts import CountyFacts
from filler.form.form_data import FormData
from filler.form.forms import Field, FormSpec, Section
from filler.rules.rulebook import CHECKS, FIELD_RULES
from filler.values.derive import DERIVATIONS, derive
from filler.values.language import split_arguments
from filler.values.scope import Scope
from minzheng.county.county import read_county
from minzheng.county.publicity import Publicity

FORM = "XX-01"
COUNTY = read_county()
TODAY = dt.date(2026, 11, 23)
TYPES = {dt.date: "date", int: "int", Decimal: "money", tuple: "multi", list: "rows"}


@dataclass(frozen=True)
class Issued:
    """A history of just these papers."""

    papers: tuple[PastForm, ...] = ()

    def with_unseen(self):
        return self

    def issued_for(
        self, form_id: str, case_no: str = "", id_no: str = "", where: Mapping[str, str] = {}
    ) -> tuple[PastForm, ...]:
        return tuple(
            one
            for one in self.papers
            if one.form_id == form_id
            and case_no in ("", one.case_no)
            and (not id_no or person_number(one.answers) == same_number(id_no))
            and all(one.answers.get(slug) == text for slug, text in where.items())
        )


@dataclass(frozen=True)
class Case:
    """A call as a spec writes it, what it should give, and the form it is asked of."""

    call: str
    expected: Any
    values: dict[str, Any]
    given: Any = None  #: the value a field rule judges
    row: int = 0  #: asked in this row of `rows`, from 1
    past: tuple[PastForm, ...] = ()
    case_no: str = ""
    version: str = "1.0"
    months: tuple[str, ...] = ()  #: fields that are months
    choices: tuple[str, ...] = ()  #: of the column `status`
    labels: dict[str, str] = field(default_factory=dict)
    publicity: tuple[int, str] = (7, "natural")

    @property
    def name(self) -> str:
        return self.call.partition("(")[0]

    @property
    def args(self) -> list[str]:
        return list(split_arguments(self.call.partition("(")[2].removesuffix(")")))

    def __str__(self) -> str:
        return self.call


def case(call: str, expected: Any, /, **values: Any) -> Case:
    """A case; what is no setting of a case is a field of its form."""
    settings = (
        "given", "row", "past", "case_no", "version", "months", "choices", "labels", "publicity",
    )  # fmt: skip
    known = {name: values.pop(name) for name in settings if name in values}
    return Case(call, expected, values, **known)


def paper(form_id: str, case_no: str = "", **answers: Any) -> PastForm:
    """A document issued before."""
    return PastForm(form_id, case_no, answers)


def born(year: int, month: int = 1, day: int = 1, order: int = 2) -> str:
    """A sound ID number; an odd order is a man's."""
    body = f"110105{year:04}{month:02}{day:02}{order:03}"
    return body + str(ric.calc_check_digit(body + "0"))


def derived(one: Case) -> Any:
    """What a derivation gives."""
    return DERIVATIONS[one.name].function(scope_of(one), *one.args)


def fault(one: Case) -> str:
    """What a field rule finds wrong with the given value; empty when nothing."""
    found = FIELD_RULES[one.name].function(scope_of(one), one.given, *one.args)
    return found[0] if found else ""


def refused(one: Case) -> list[str]:
    """The fields in which a check finds something wrong."""
    return [problem.field for problem in CHECKS[one.name].function(scope_of(one), *one.args)]


def said(one: Case) -> list[str]:
    """What a check says, in words."""
    return [str(problem) for problem in CHECKS[one.name].function(scope_of(one), *one.args)]


def scope_of(one: Case) -> Scope:
    """The form of a case, or one row of it."""
    fields = tuple(_field(one, slug, value) for slug, value in one.values.items())
    spec = form_of(*fields, version=one.version)
    tables = {slug: value for slug, value in one.values.items() if isinstance(value, list)}
    values = {slug: value for slug, value in one.values.items() if slug not in tables}
    data = FormData(values, {slug: tuple(rows) for slug, rows in tables.items()}, one.case_no)
    facts = CountyFacts(COUNTY, Publicity(*one.publicity, COUNTY.calendar, COUNTY.terms))
    scope = derive(spec, data, facts, TODAY, Issued(one.past))
    return scope.rows("rows")[one.row - 1] if one.row else scope


def form_of(*fields: Field, reference_date: str = "day", version: str = "1.0") -> FormSpec:
    """A form of just these fields."""
    return FormSpec(
        FORM, "《{name}》", version, "制式", "L-TABLE", "", (Section("", fields),),
        Path("x.docx"), reference_date=reference_date,
    )  # fmt: skip


def _field(one: Case, slug: str, value: Any) -> Field:
    kind = "month" if slug in one.months else TYPES.get(type(value), "text")
    columns: dict[str, Any] = {}
    for row in value if kind == "rows" else ():
        columns |= {name: cell for name, cell in row.items() if cell is not None}
        columns |= {name: None for name in row if name not in columns}
    choices = one.choices if slug == "status" else ()
    shown = tuple(_field(one, name, cell) for name, cell in columns.items())
    label = one.labels.get(slug, slug)
    return Field(slug, label, kind, choices=choices, columns=shown)  # type: ignore[arg-type]
