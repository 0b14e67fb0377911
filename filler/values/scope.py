"""The values of a form and of its rows; what is derived is computed when first asked for."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from filler.form.case_history import CaseHistory
from filler.form.county_facts import CountyFacts
from filler.form.form_data import FormData, Row, Value
from filler.form.forms import Field, FormSpec
from filler.values.language import is_number
from filler.values.print_value import COUNTY, fill_placeholders, print_value
from filler.values.read_value import WrongValueError, read_value
from minzheng.county.county import County
from minzheng.county.town_names import APART, county_of, own_name

#: Of a blank form these stay empty: a computed nought would be in the pen's way.
_COMPUTED = frozenset({"int", "money"})


@dataclass(frozen=True, slots=True)
class Background:
    """What the values of a form rest on besides its answers."""

    facts: CountyFacts
    history: CaseHistory
    today: dt.date
    derivations: Mapping[str, Callable[..., Value]]
    term_names: frozenset[str]  #: words that stand for a number of the registry
    is_blank: bool = False  #: printed for the pen: nothing is computed
    left_blank: frozenset[str] = frozenset()  #: fields another hand writes on the paper

    def with_history(self, history: CaseHistory) -> "Background":
        """The same beside what is issued by now."""
        return Background(
            self.facts, history, self.today, self.derivations, self.term_names,
            self.is_blank, self.left_blank,
        )  # fmt: skip


class _Asking:
    """Whether what is being derived asked for the number of the case or for what was issued."""

    __slots__ = ("of_case",)

    def __init__(self) -> None:
        self.of_case = False


class Scope:
    """The values of one form, derived ones included; rows have a scope each."""

    def __init__(
        self,
        spec: FormSpec,
        data: FormData,
        background: Background,
        fields: Mapping[str, Field] | None = None,
        known: dict[str, Value] | None = None,
    ) -> None:
        self.spec, self.data, self.background = spec, data, background
        self.facts, self.today = background.facts, background.today
        self.fields: Mapping[str, Field] = fields or _fields_of(spec)
        self.row_number = 0
        self._asking = _Asking()
        #: What stays under every number.
        self._known = _given(spec.fields, data.values, background) if known is None else known
        self._of_case: dict[str, Value] = {}  #: what rests on the number, or on other papers
        self._tables: dict[str, tuple[RowScope, ...]] = {}
        self._without_number: Mapping[str, tuple[RowScope, ...]] = {}

    @property
    def case_no(self) -> str:
        """The number of its case; empty before the form is issued."""
        self._asking.of_case = True
        return self.data.case_no

    @property
    def county(self) -> County:
        """The county's tables."""
        return self.facts.county

    @property
    def left_blank(self) -> frozenset[str]:
        """Fields that wait for another hand: nobody misses them yet."""
        return self.background.left_blank

    @property
    def history(self) -> CaseHistory:
        """What was issued before."""
        self._asking.of_case = True
        return self.background.history

    def under(self, case_no: str, history: CaseHistory | None = None) -> "Scope":
        """The same form under the number of its case, perhaps as history is now.

        What was derived without asking for either is not derived again.
        """
        data = FormData(self.data.values, self.data.rows, case_no)
        background = self.background.with_history(history) if history else self.background
        made = Scope(self.spec, data, background, self.fields, self._known.copy())
        made._without_number = self._tables
        return made

    @property
    def day(self) -> dt.date:
        """The form's reference date: ages and laws are looked up on it."""
        value = self.value(self.spec.reference_date) if self.spec.reference_date else None
        return value if isinstance(value, dt.date) else self.today

    @property
    def term_names(self) -> frozenset[str]:
        """Names that stand for a number of the registry."""
        return self.background.term_names

    @property
    def title(self) -> str:
        """The title with its placeholders filled."""
        return fill_placeholders(self.spec.title, self.printed)

    def value(self, slug: str) -> Value:
        """A field's value; None when it is blank or cannot be derived yet."""
        known = self._known
        return known[slug] if slug in known else self._learn(slug)

    def _learn(self, slug: str) -> Value:
        """A value that is asked for the first time, or that goes with the number of the case."""
        asking, known = self._asking, self._known
        if slug in self._of_case:
            asking.of_case = True
            return self._of_case[slug]
        was_asking, asking.of_case = asking.of_case, False
        known[slug] = None  # a field that asks for itself gets nothing
        found = self._find(self.fields.get(slug), self.data.values.get(slug))
        if asking.of_case:
            del known[slug]
            self._of_case[slug] = found
        else:
            known[slug], asking.of_case = found, was_asking
        return found

    def text(self, slug: str) -> str:
        """A field's value in words; `county` is the paper's, where no field is called so."""
        field = self.fields.get(slug)
        if field is None:
            return self._county_name if slug == COUNTY else ""
        value = self._known[slug] if slug in self._known else self.value(slug)
        return value if type(value) is str else print_value(field, value)

    def printed(self, slug: str) -> str:
        """The same as it stands on the paper: a town of several counties by its own name."""
        text = self.text(slug)
        return self._by_own_name(text) if APART in text else text

    def all_printed(self, fields: Collection[Field]) -> list[str]:
        """Fields of its own as they stand on the paper, in their order."""
        known, value = self._known, self.value
        values = [known[one.slug] if one.slug in known else value(one.slug) for one in fields]
        texts = [
            one if type(one) is str else "" if one is None else print_value(field, one)
            for field, one in zip(fields, values, strict=True)
        ]
        return list(map(self._by_own_name, texts)) if APART in "".join(texts) else texts

    def _by_own_name(self, text: str) -> str:
        for county in self.facts.places.counties:
            text = text.replace(county, "")
        return text

    @property
    def _county_name(self) -> str:
        return own_name(county_of(self.text("town"))) or self.facts.county_name

    def texts(self, slug: str) -> tuple[str, ...]:
        """The chosen texts of a choice or multi field, a computed default included."""
        value = self.value(slug)
        if isinstance(value, tuple):
            return value
        return (str(value),) if value not in (None, "") else ()

    def date(self, slug: str) -> dt.date | None:
        """A field's value when it is a date."""
        value = self.value(slug)
        return value if isinstance(value, dt.date) else None

    def number(self, arg: str) -> Decimal | None:
        """A field's value, a number written in the spec, or a term of the registry."""
        if is_number(arg):
            return Decimal(arg)
        if arg not in self.fields:
            term = self.county.terms.on(arg, self.day)
            return None if term is None else Decimal(term)
        value = self.value(arg)
        if type(value) is Decimal:
            return value
        return Decimal(value) if isinstance(value, int) else None

    def literal_or_text(self, arg: str) -> str:
        """A field's printed value, or the word itself when no field is called so."""
        return self.text(arg) if arg in self.fields else arg

    def rows(self, slug: str) -> tuple["RowScope", ...]:
        """The filled rows of a table."""
        if slug not in self._tables:
            table = _table_of(self.spec, self.fields[slug])
            found = enumerate(self.data.rows.get(slug, ()), start=1)
            before = self._without_number.get(slug)
            self._tables[slug] = tuple(
                RowScope(self, table, row, number, before[number - 1] if before else None)
                for number, row in found
            )
        return self._tables[slug]

    def finished(self) -> FormData:
        """All values, typed and derived."""
        values = {slug: self.value(slug) for slug in self.fields if slug not in self.data.rows}
        rows = {
            slug: tuple(row.finished_row() for row in self.rows(slug)) for slug in self.data.rows
        }
        return FormData(values, rows, self.case_no)

    def _find(self, field: Field | None, given: Value) -> Value:
        if field is None or field.slug in self.background.left_blank:
            return None
        if field.derived and self.background.is_blank and field.type in _COMPUTED:
            return None
        if field.derived:
            return self.background.derivations[field.derived.name](self, *field.derived.args)
        if given is None and "{" in field.default and not self.background.is_blank:
            return self._default(field)
        return given

    def _default(self, field: Field) -> Value:
        """A default such as `{hukou_addr}`, once all it speaks of is known."""
        slugs = re.findall(r"\{(\w+)\}", field.default)
        if not all(self.text(slug) for slug in slugs):
            return None
        try:
            return read_value(field, fill_placeholders(field.default, self.text))
        except WrongValueError:
            return None


def _given(
    fields: tuple[Field, ...], values: Mapping[str, Value], background: Background
) -> dict[str, Value]:
    """What is known from the beginning: what was typed, and what another hand writes."""
    plain, with_default = _typed(fields)
    given = values.get
    known = {slug: given(slug) for slug in plain}
    for slug in with_default:
        if given(slug) is not None:
            known[slug] = values[slug]
    return known | dict.fromkeys(background.left_blank) if background.left_blank else known


@lru_cache(maxsize=2048)
def _typed(fields: tuple[Field, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The slugs of what is typed: without a default that is computed, and with one."""
    typed = [one for one in fields if not one.derived]
    plain = (one.slug for one in typed if "{" not in one.default)
    return tuple(plain), tuple(one.slug for one in typed if "{" in one.default)


@lru_cache(maxsize=256)
def _fields_of(spec: FormSpec) -> Mapping[str, Field]:
    """A form's fields by slug, once for all its papers."""
    return {field.slug: field for field in spec.fields}


class TableScope(NamedTuple):
    """What all rows of a table have alike."""

    field: Field
    columns: Mapping[str, Field]
    around: Mapping[str, Field]  #: its columns, and the fields of the form


@lru_cache(maxsize=1024)
def _table_of(spec: FormSpec, table: Field) -> TableScope:
    columns = {column.slug: column for column in table.columns}
    return TableScope(table, columns, {**_fields_of(spec), **columns})


class RowScope(Scope):
    """One row; what it does not hold is looked up in its form."""

    def __init__(
        self,
        form: Scope,
        table: "TableScope",
        row: Row,
        number: int,
        before: "RowScope | None" = None,
    ) -> None:
        """`before` is the row while its form had no number."""
        data, background = FormData(row, {}, form.data.case_no), form.background
        columns = table.field.columns
        known = before._known.copy() if before else _given(columns, row, background)
        super().__init__(form.spec, data, background, table.around, known)
        self._asking = form._asking
        self.form, self.table, self.row_number = form, table.field, number
        self.columns = table.columns

    @property
    def day(self) -> dt.date:
        """The form's reference date."""
        return self.form.day

    def value(self, slug: str) -> Value:
        """The row's value, else the form's."""
        if slug in self._known:
            return self._known[slug]
        if slug not in self.columns:
            return self.form.value(slug)
        return Scope.value(self, slug)

    def rows(self, slug: str) -> tuple["RowScope", ...]:
        """The rows of the form."""
        return self.form.rows(slug)

    def finished_row(self) -> Row:
        """All values of the row."""
        return {slug: self.value(slug) for slug in self.columns}
