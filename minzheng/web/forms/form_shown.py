"""A form as the page shows it: sections, inputs, tables, values and problems."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from filler.carry_over.offer import Offered
from filler.fill_form import ReadForm
from filler.form.forms import Field, FormSpec
from filler.form.opinions import DECIDER, LEVELS, hands_of
from filler.form.photo_names import NamedAnnex, NamedPhoto, named_annex, named_photo
from filler.form.taken import GatheredRow, GivingPaper
from filler.rules.check import holds
from filler.values.read_answers import is_blank
from filler.values.scope import Scope
from filler.values.unconfirmed import Unconfirmed, unconfirmed_figures
from minzheng.county.errors import Problem
from minzheng.county.writing.chinese_dates import parse_date
from minzheng.web.forms.own_hand import left_to_others
from minzheng.web.forms.posted_answers import Posted, address_name, first_rows, row_name
from minzheng.web.gate.office import county

NOTHING_OFFERED: Offered = {}
_RADIOS_UP_TO = 5
_SPARE_ROWS = 1
_FEWEST_ROWS = 2
_WIDE = frozenset({"longtext", "multi", "rows"})
#: Two of them stand side by side on a phone.
_SHORT = frozenset({"int", "money", "month"})
_INPUT_MODES = {
    "int": "numeric", "money": "decimal", "phone": "tel", "bank": "numeric", "idcard": "text",
}  # fmt: skip
_PLACEHOLDERS = {"month": "2018-05", "money": "0.00"}


@dataclass(frozen=True, slots=True)
class Input:
    """One input with its label, value and problems."""

    field: Field
    name: str
    value: str
    chosen: frozenset[str]
    problems: tuple[Problem, ...]
    label: str
    lock: GivingPaper | None = None  #: the document it comes from; not to be typed
    is_row_of_list: bool = False  #: gathered: posted again, so that the row is known
    must: bool = False  #: as things stand now it has to be filled
    copied_from: str = ""  #: the input above whose value stands here, too

    offer: GivingPaper | None = None  #: the document it was offered from; to be verified

    @property
    def needed_if(self) -> str:
        """When it has to be filled, as `no_phone!=是`; empty when that never changes."""
        condition = self.field.required_if
        if condition is None:
            return ""
        sign = "!=" if condition.negated else "="
        return f"{condition.slug}{sign}{'|'.join(condition.values)}"

    @property
    def widget(self) -> str:
        """Which kind of input it is."""
        kind = self.field.type
        if self.field.derived:
            return "derived"
        if self.lock:
            return "locked-text" if kind == "longtext" else "locked"
        if self.field.slug == "village":
            return "village"
        if kind == "choice":
            return "radios" if len(self.field.choices) <= _RADIOS_UP_TO else "select"
        return kind if kind in ("multi", "longtext", "date", "photo", "annex") else "text"

    @property
    def photo(self) -> NamedPhoto | None:
        """The photo taken in before."""
        return named_photo(self.value)

    @property
    def annex(self) -> NamedAnnex | None:
        """The Word file taken in before."""
        return named_annex(self.value)

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width."""
        return self.field.type in _WIDE or (
            self.widget == "radios" and sum(map(len, self.field.choices)) > 14
        )

    @property
    def is_short(self) -> bool:
        """Whether half the width of a phone is enough."""
        return self.field.type in _SHORT or (self.widget == "derived" and not self.is_wide)

    @property
    def input_mode(self) -> str:
        """The keyboard a phone shows."""
        return _INPUT_MODES.get(self.field.type, "text")

    @property
    def placeholder(self) -> str:
        """An example shown while nothing is typed."""
        return _PLACEHOLDERS.get(self.field.type, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the form: its columns, its rows of inputs, what locks them."""

    field: Field
    columns: tuple[Field, ...]
    rows: tuple[tuple[Input, ...], ...]
    problems: tuple[Problem, ...]
    lock: GivingPaper | None = None  #: the document all its rows come from
    sources: tuple[GivingPaper, ...] = ()  #: the documents its gathered rows come from
    offer: GivingPaper | None = None  #: the document its rows were offered from


@dataclass(frozen=True, slots=True)
class PageSection:
    """A titled part of the page; on a phone only the open one shows its inputs."""

    title: str
    parts: tuple[Input | Table, ...]
    is_open: bool = False

    @property
    def asked(self) -> int:
        """How many of its parts are for the clerk; a table is one."""
        return sum(not _is_derived(part) for part in self.parts)

    @property
    def filled(self) -> int:
        """In how many of them something stands."""
        return sum(not _is_derived(part) and _has_something(part) for part in self.parts)

    @property
    def lacking(self) -> int:
        """How many have to be filled and are not."""
        singles = (part for part in self.parts if isinstance(part, Input))
        return sum(one.must and not _has_something(one) for one in singles)

    @property
    def faults(self) -> int:
        """How many of its inputs are to be corrected."""
        return sum(bool(one.problems) for part in self.parts for one in (part, *_cells(part)))

    def holds(self, slug: str) -> bool:
        """Whether it has the field."""
        return any(part.field.slug == slug for part in self.parts)


def _is_derived(part: Input | Table) -> bool:
    return isinstance(part, Input) and bool(part.field.derived)


def _cells(part: Input | Table) -> Iterator[Input]:
    if isinstance(part, Table):
        for row in part.rows:
            yield from row


def _has_something(part: Input | Table) -> bool:
    if isinstance(part, Table):
        return any(not one.field.derived and _has_something(one) for one in _cells(part))
    return bool(part.chosen) if part.field.type == "multi" else not is_blank(part.value)


def _with_one_open(sections: Sequence[PageSection], more: str) -> Iterator[PageSection]:
    """Open where rows were asked for, else the first mistake, else what is still lacking."""
    wishes = (
        lambda one: bool(more) and one.holds(more),
        lambda one: one.faults > 0,
        lambda one: one.lacking > 0,
        lambda _: True,
    )
    open_one = next((one for wish in wishes for one in sections if wish(one)), None)
    return (replace(one, is_open=one is open_one) for one in sections)


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form ready to be shown: sections, problems, villages to choose from."""

    spec: FormSpec
    title: str
    sections: tuple[PageSection, ...]
    case_no: str
    summary: tuple[tuple[str, Problem], ...]  #: input name, problem
    warnings: tuple[Problem, ...]
    villages: tuple[tuple[str, tuple[str, ...]], ...]  #: town, its villages
    sources: tuple[GivingPaper, ...] = ()  #: documents of the case that gave something
    offers: tuple[GivingPaper, ...] = ()  #: documents that offered something
    left_to: tuple[str, ...] = ()  #: who writes what is not shown here
    waits_for: str = ""  #: who writes on it next: it is a 送审稿 then
    unconfirmed: tuple[Unconfirmed, ...] = ()  #: figures the county has still to confirm


def make_page(
    posted: Posted,
    read: ReadForm,
    problems: Sequence[Problem],
    more: str = "",
    offered: Offered = NOTHING_OFFERED,
) -> FormPage:
    """The page of a form; `more` names the table that gets three more rows."""
    maker = _Maker(posted, read, problems, more)
    maker.offers = {
        slug: paper
        for slug, (answer, paper) in offered.items()
        if posted.answers.get(slug) == answer
    }
    sections = [
        PageSection(section.title, parts)
        for section in read.spec.sections
        if (parts := tuple(maker.parts(section.fields)))
    ]
    return FormPage(
        spec=read.spec,
        title=read.title,
        sections=tuple(_with_one_open(sections, more)),
        case_no=str(read.answers.get("case_no", "")),
        summary=tuple((address_name(problem.field), problem) for problem in problems),
        warnings=read.warnings,
        villages=_villages_by_town(),
        sources=tuple(dict.fromkeys(source for _, source in read.taken.single.values())),
        offers=tuple(dict.fromkeys(maker.offers.values())),
        left_to=_left_to(read),
        waits_for=county().desks.name_of(read.printing.waits_for),
        unconfirmed=unconfirmed_figures(read.scope),
    )


def with_offers(spec: FormSpec, posted: Posted, offered: Offered) -> Posted:
    """What was typed, and what is offered where nothing but a plain default stands."""
    plain = {one.slug: one.default for one in spec.fields}
    given = {
        slug: answer
        for slug, (answer, _) in offered.items()
        if _is_untouched(posted.answers.get(slug), plain.get(slug, ""))
    }
    return replace(posted, answers={**posted.answers, **given})


def _is_untouched(answer: Any, default: str) -> bool:
    if isinstance(answer, list):
        return not any(any(row.values()) if isinstance(row, dict) else row for row in answer)
    return is_blank(answer) or str(answer) == default


def _left_to(read: ReadForm) -> tuple[str, ...]:
    """The desks whose part of a form somebody is not shown."""
    hidden, hands = _hidden(read), hands_of(read.spec)
    levels = {hands[slug] for slug in hidden if hands[slug] != DECIDER}
    names = (county().desks.name_of(level) for level in LEVELS if level in levels)
    return tuple(dict.fromkeys(names))


def _hidden(read: ReadForm) -> frozenset[str]:
    """The fields that another one writes."""
    return left_to_others(read.spec, read.hands) if read.hands is not None else frozenset()


def first_answers(spec: FormSpec, town: str, village: str) -> dict[str, Any]:
    """What a fresh page holds: plain defaults, and the clerk's own place."""
    own = {"town": town, "village": village}
    return {
        one.slug: own.get(one.slug) or one.default
        for one in spec.fields
        if one.is_typed and one.type != "rows" and "{" not in one.default
    } | {
        one.slug: [{one.one_row_each: name} for name in one.row_names]
        for one in spec.fields
        if one.row_names
    }


def touched_problems(page: FormPage) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """Every input with the problems to show while a clerk types: none where nothing stands."""
    for part in all_inputs(page):
        is_typed = bool(part.chosen) if part.field.type == "multi" else not is_blank(part.value)
        yield part.name, part.problems if is_typed or part.widget in ("photo", "annex") else ()


def all_inputs(page: FormPage) -> Iterator[Input]:
    """All inputs of a page, those of tables included."""
    for section in page.sections:
        for part in section.parts:
            if isinstance(part, Input):
                yield part
            else:
                for row in part.rows:
                    yield from row


class _Maker:
    def __init__(
        self, posted: Posted, read: ReadForm, problems: Sequence[Problem], more: str
    ) -> None:
        self.posted, self.texts, self.more = posted, read.texts, more
        self.scope, self.first_rows = read.scope, first_rows(read.spec)
        self.answers, self.taken, self.hidden = read.answers, read.taken, _hidden(read)
        self.offers: Mapping[str, GivingPaper] = {}
        self.problems: dict[str, list[Problem]] = {}
        for problem in problems:
            self.problems.setdefault(address_name(problem.field), []).append(problem)

    def parts(self, fields: Sequence[Field]) -> Iterator[Input | Table]:
        for one in fields:
            if one.slug in self.hidden:
                continue
            if one.type == "rows":
                yield self._table(one)
            elif one.is_typed or one.derived:
                _, lock = self.taken.single.get(one.slug, (None, None))
                copied = "" if lock else holder_of(one, self.scope)
                shown = self._input(one, one.slug, one.slug, self.answers, lock, copied_from=copied)
                yield replace(shown, offer=self.offers.get(one.slug))

    def _table(self, table: Field) -> Table:
        filled: list[Mapping[str, Any]] = self.answers.get(table.slug) or []
        _, lock = self.taken.single.get(table.slug, (None, None))
        shown = self.posted.rows_shown.get(table.slug, 0) + (3 if self.more == table.slug else 0)
        count = len(filled) if lock else max(len(filled) + _SPARE_ROWS, _FEWEST_ROWS, shown)
        columns = tuple(column for column in table.columns if column.is_typed or column.derived)
        rows = tuple(
            self._row(table, columns, number, filled[number] if number < len(filled) else {})
            for number in range(min(count, table.most))
        )
        sources = {row.source: None for row in self._gathered(table)}
        problems = tuple(self.problems.get(table.slug, ()))
        offer = self.offers.get(table.slug)
        return Table(table, columns, rows, problems, lock, tuple(sources), offer)

    def _gathered(self, table: Field) -> tuple[GatheredRow, ...]:
        return self.taken.rows if self.taken.table == table.slug else ()

    def _row(
        self, table: Field, columns: Sequence[Field], number: int, row: Mapping[str, Any]
    ) -> tuple[Input, ...]:
        _, lock = self.taken.single.get(table.slug, (None, None))
        gathered = self._gathered(table)[number : number + 1]
        copied = {} if number or gathered or lock else self.first_rows.get(table.slug, {})
        return tuple(
            self._input(
                column,
                row_name(table.slug, number, column.slug),
                f"{table.slug}[{number}].{column.slug}",
                row,
                gathered[0].source if gathered and column.slug in gathered[0].cells else lock,
                is_row_of_list=bool(gathered),
                copied_from=copied.get(column.slug, ""),
            )
            for column in columns
        )

    def _input(
        self,
        one: Field,
        name: str,
        address: str,
        answers: Mapping[str, Any],
        lock: GivingPaper | None,
        *,
        is_row_of_list: bool = False,
        copied_from: str = "",
    ) -> Input:
        answer = answers.get(one.slug, "")
        chosen = frozenset(answer) if isinstance(answer, list) else frozenset({str(answer)} - {""})
        value = self.texts.get(address, "") if one.derived else _as_text(answer)
        if one.type == "date" and not (one.derived or lock):
            value = _for_date_input(value)
        problems = tuple(self.problems.get(name, ()))
        must = is_single(name) and must_be_filled(one, self.scope)
        return Input(
            one, name, value, chosen, problems, one.label, lock, is_row_of_list, must, copied_from
        )


def is_single(name: str) -> bool:
    """Whether an input stands alone; a column's mark stands in its head."""
    return "-" not in name


def holder_of(one: Field, scope: Scope) -> str:
    """Whose account it usually is: the first person whom the rule of a holder's name lists."""
    names = next((rule.args for rule in one.rules if rule.name == "bank_holder"), ())
    return next((name for name in names if name in scope.fields), "")


def must_be_filled(one: Field, scope: Scope) -> bool:
    """Whether a blank is a mistake as things stand; a field with a default may be left blank."""
    if one.required:
        return not one.default
    return one.required_if is not None and holds(scope, one.required_if)


def _as_text(answer: Any) -> str:
    return "、".join(map(str, answer)) if isinstance(answer, list) else str(answer)


def _for_date_input(text: str) -> str:
    """2018年4月18日, as a paper says it, would stand blank in a browser's field for dates."""
    day = parse_date(text)
    return day.isoformat() if day else text


def _villages_by_town() -> tuple[tuple[str, tuple[str, ...]], ...]:
    places = county().places
    return tuple(
        (town.name, tuple(one.name for one in places.settlements if one.town == town.name))
        for town in places.towns
    )
