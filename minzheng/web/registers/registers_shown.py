"""What a register's page shows: who sees which rows, counts by place, the rows themselves."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore
from minzheng.accounts.areas import Area
from minzheng.county.writing.chinese_dates import parse_month, term_end
from minzheng.registers.count_rows import (
    Count,
    PlaceCounts,
    chosen_rows,
    count_by,
    count_places,
    in_order,
)
from minzheng.registers.give import Give
from minzheng.registers.read_registers import may_open, may_see_row
from minzheng.registers.register import TOWN, VILLAGE, Register, State
from minzheng.registers.row import Row
from minzheng.web.gate.children import mask, shown_name
from minzheng.web.gate.office import area, config, county, forms, registers, signed_in

_LONGEST = 60
_MOST_SCANS = 3
#: A text so long wants room beside the others; one so short is not broken.
_LONG, _SHORT = 16, 8
_DAY = len("2018-06-30")


class CountCell(NamedTuple):
    """A number of the table of places, its colour, and the rows it counts."""

    number: int
    level: str
    asked: str  #: of the address
    name: str = ""


class PlaceLine(NamedTuple):
    """A town or village with its counts in the order of the columns."""

    name: str
    key: str  #: of a town that opens: its code
    is_town: bool
    cells: list[list[CountCell]]
    sum: Count
    heads: list[str]

    @property
    def headed_cells(self) -> list[tuple[str, list[CountCell]]]:
        """Each cell with the heading it shows on a phone, where it is more than nothing."""
        return [
            (head if any(one.number for one in parts) else "", parts)
            for head, parts in zip(self.heads, self.cells, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of a register."""

    open: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)  #: town, village, state, `by` columns
    by: str = ""  #: the column by which rows are counted
    on: str = ""  #: the month as at whose end it is made; empty: today

    def address(self, **more: str) -> str:
        """The same with changes, as an address; empty parts go."""
        told = {"open": self.open, "on": self.on, "by": self.by, **self.cells, **more}
        return "?" + urlencode({name: text for name, text in told.items() if text})


def read_asked(register: Register, given: QueryDict) -> Asked:
    """The parts that a register knows; anything else is left out."""
    known = ("state", TOWN, VILLAGE, *register.by, *filter(None, [register.each]))
    cells = {name: _clean(given.get(name, "")) for name in dict.fromkeys(known)}
    by, month = given.get("by", ""), parse_month(_clean(given.get("on", "")))
    return Asked(
        _clean(given.get("open", "")),
        {name: text for name, text in cells.items() if text},
        by if by in register.by else "",
        f"{month:%Y-%m}" if month else "",
    )


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()[:_LONGEST]


@dataclass(frozen=True)
class ShownRegister:
    """One register as somebody may see it."""

    register: Register
    place: Area
    username: str
    asked: Asked

    @property
    def day(self) -> dt.date:
        """The last day of the month asked for, no later than today."""
        today, month = timezone.localdate(), parse_month(self.asked.on)
        return min(today, term_end(month, 1)) if month else today

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of their area."""
        made = registers().rows(self.register, self.day, self.place.forbidden)
        return [row for row in made if may_see_row(row, self.place)]

    @cached_property
    def chosen(self) -> list[Row]:
        """Those that the address asks for, as the county lists its villages."""
        found = chosen_rows(self.rows, self.asked.cells)
        return in_order(found, self.register, county().places)

    @cached_property
    def counts(self) -> PlaceCounts:
        """All of them counted by place."""
        return count_places(self.rows, self.register)

    @property
    def _plain(self) -> Asked:
        return Asked(self.asked.open, on=self.asked.on)

    @property
    def states(self) -> list[tuple[State, int, str]]:
        """Each state with how many are in it, and the address that picks it."""
        states = self.counts.whole.states
        return [
            (one, states[one.name], replace(self._plain, cells={"state": one.name}).address())
            for one in self.register.all_states
        ]

    @property
    def lacking(self) -> int:
        """Rows for which there ought to be a paper and is none: in a state, and not counted."""
        whole = self.counts.whole
        return sum(whole.states.values()) - whole.total

    @property
    def heads(self) -> list[str]:
        """Headings of the table of places: the states, or the values there must be."""
        if self.register.each:
            return list(self.register.values)
        return [one.name for one in self.register.all_states]

    def lines(self) -> Iterator[PlaceLine]:
        """Towns; below an opened one its villages."""
        only = [
            one for one in county().places.towns if self.place.covers(one.name, self.place.village)
        ]
        for town in only:
            key = county().places.key_of(town)
            is_open = self.asked.open == key or len(only) == 1
            yield self._line(town.name, "", key)
            for village in county().places.villages_of(town.name) if is_open else ():
                has_rows = (town.name, village.name) in self.counts.villages
                if self.place.covers(town.name, village.name) and (
                    village.kind == "村" or has_rows
                ):
                    yield self._line(town.name, village.name, key)

    @property
    def total(self) -> PlaceLine:
        """The sums of all that may be seen."""
        return self._line("", "", "")

    def _line(self, town: str, village: str, key: str) -> PlaceLine:
        counts = self.counts
        if village:
            count = counts.villages.get((town, village), Count())
        else:
            count = counts.towns.get(town, Count()) if town else counts.whole
        place = {TOWN: town, VILLAGE: village, "open": key}
        cells = [
            self._parts(town, village, place, value) for value in self.register.values
        ] if self.register.each else [
            [self._cell(state, count.states[state.name], place, {})]
            for state in self.register.all_states
        ]  # fmt: skip
        is_town = bool(town and not village)
        return PlaceLine(village or town or "合计", key, is_town, cells, count, self.heads)

    def _parts(
        self, town: str, village: str, place: Mapping[str, str], value: str
    ) -> list[CountCell]:
        """The states in which the notices of one scheme are there."""
        found = self.counts.parts.get((town, village, value), Counter[str]())
        more = {self.register.each: value}
        return [
            self._cell(state, found[state.name], place, more)
            for state in self.register.all_states
            if found.get(state.name)
        ]

    def _cell(
        self, state: State, number: int, place: Mapping[str, str], more: Mapping[str, str]
    ) -> CountCell:
        asked = Asked("", {**place, **more, "state": state.name}, on=self.asked.on).address()
        return CountCell(number, state.level if number else "", f"{asked}#rows", state.name)

    @property
    def ways(self) -> list[tuple[str, str, bool]]:
        """By what it may be counted, the address for each, and whether it is."""
        return [
            (self.register.label_of(one), self.asked.address(by=one), one == self.asked.by)
            for one in self.register.by
        ]

    @property
    def by_label(self) -> str:
        """What the column is called."""
        return self.register.label_of(self.asked.by)

    @property
    def breakdown(self) -> list[tuple[str, str, Count]]:
        """What stands in the column by which it is counted, the rows of it, and how many."""
        slug = self.asked.by
        return [
            (
                mask(name),
                replace(self._plain, cells={slug: name}, by=slug).address() + "#rows",
                count,
            )
            for name, count in count_by(self.rows, self.register, slug)
        ]

    @property
    def gives(self) -> list[tuple[str, str]]:
        """The forms to which it gives rows, and the address that opens each with them."""
        return [
            (one.form_id, "?" + urlencode({**told, "given": self.register.id}))
            for one, told in self._gives
            if all(told.get(slug) for slug in one.match)
        ]

    @property
    def gives_later(self) -> list[str]:
        """The forms that get rows once a town, and a scheme, are chosen."""
        choices = {TOWN, self.register.each}
        return [
            one.form_id
            for one, told in self._gives
            if (lacking := {slug for slug in one.match if not told.get(slug)})
            and lacking <= choices
        ]

    @cached_property
    def _gives(self) -> list[tuple[Give, dict[str, str]]]:
        """Each gift, and what is told to its form."""
        asked = {
            TOWN: self.asked.cells.get(TOWN) or self.place.own_town, "month": f"{self.day:%Y-%m}",
        }  # fmt: skip
        if self.register.each:
            asked[self.register.each] = self.asked.cells.get(self.register.each, "")
        told = {name: text for name, text in asked.items() if text}
        gives = registers().registers.gives_of(self.register.id)
        return [(one, {**self._newest_of(one), **told}) for one in gives]

    def _newest_of(self, give: Give) -> dict[str, str]:
        """What a form asks beside place and month, of the newest row: its campaign, since when."""
        cells = self._newest_cells
        asked = {slug: own for slug, own in give.match.items() if own not in (TOWN, VILLAGE)}
        asked |= {begin: begin for begin, _ in give.days.values()}
        each = self.register.each
        told = {slug: cells.get(own, "") for slug, own in asked.items() if own != each}
        return {slug: text for slug, text in told.items() if text}

    @cached_property
    def _newest_cells(self) -> Mapping[str, str]:
        newest = self.register.newest
        rows = [row for row in self.rows if row.document and row.cells.get(newest)]
        return max(rows, key=lambda row: row.cells[newest]).cells if rows else {}

    @cached_property
    def printable(self) -> list[int]:
        """Documents of the chosen rows that may be opened, on today's template, each once."""
        spec = forms().by_id.get(next((one.form_id for one in self.register.sources), ""))
        rows = [one for one in self.chosen if may_open(one, self.place, self.username)]
        told = [one.document for one in rows if one.document]
        wanted = (spec.id, spec.version) if spec else ("", "")
        return list(
            dict.fromkeys(one.number for one in told if (one.form_id, one.version) == wanted)
        )

    @property
    def sums(self) -> list[tuple[str, str]]:
        """The sums of all rows, by the names of their columns."""
        whole = self.counts.whole
        return [
            (self.register.label_of(one), f"{whole.sum_of(one).normalize():f}")
            for one in self.register.sums
        ]

    @property
    def columns(self) -> list[str]:
        """Headings of the rows."""
        return ["镇", "村", *(one.label for one in self.register.shown), "状态"]

    def texts(self, row: Row) -> list[str]:
        """The cells of a row as whoever looks may read them."""
        cells, told = row.cells, [row.town, row.village]
        for one in self.register.shown:
            text = cells.get(one.slug, "")
            if one.type == "name":
                told.append(shown_name(text, cells.get("id_no", ""), row.town, row.village))
            elif one.type in ("text", "idcard"):
                told.append(mask(text))
            else:
                told.append(text)
        return [*told, row.state]

    @property
    def heads_of_rows(self) -> list[str]:
        """Headings of the rows on a page: the state where it is seen first."""
        return _state_early(self.columns)

    def described(self, rows: list[Row]) -> list["ShownRow"]:
        """Rows for the page, each with its document, its scans and what may be filled."""
        levels = {one.name: one.level for one in self.register.all_states}
        heads = self.heads_of_rows
        return [
            ShownRow(
                _cells(heads, _state_early(self.texts(row)), levels.get(row.state, "")),
                row.document.number
                if may_open(row, self.place, self.username) and row.document
                else 0,
                [
                    paper.number
                    for paper in row.papers
                    if self.place.covers(paper.town, paper.village, paper.dossier)
                ][:_MOST_SCANS],
                "" if row.document else self._fill_address(row),
                self._then_address(row),
            )
            for row in rows
        ]

    def _fill_address(self, row: Row) -> str:
        """What to add to a form's address so that it begins with what is lacking."""
        more = {one: row.cells.get(one, "") for one in (TOWN, VILLAGE, self.register.each) if one}
        return urlencode({name: text for name, text in more.items() if text})

    def _then_address(self, row: Row) -> str:
        """What opens the form that goes on with a row, when it lacks what that one tells."""
        then = self.register.then
        if then is None or row.document is None or row.cells.get(then.lacks):
            return ""
        return f"from_case={row.document.case_no}&{self._fill_address(row)}"


class ShownCell(NamedTuple):
    """A cell with its heading, and what class it is drawn with."""

    head: str
    text: str
    look: str


def _state_early(texts: list[str]) -> list[str]:
    """Behind town and village what stands last in a list."""
    return [*texts[:2], texts[-1], *texts[2:-1]]


def _cells(heads: list[str], texts: list[str], level: str) -> list[ShownCell]:
    looks = [f"m-{level or 'empty'}" if at == 2 else _look(text) for at, text in enumerate(texts)]
    return list(map(ShownCell, heads, texts, looks))


def _look(text: str) -> str:
    """A number, a day or a code stands in one line; a sentence has room."""
    if not text:
        return "blank"
    if text.isascii() and len(text) > _DAY:
        return "short wide"
    if text.isascii() or len(text) <= _SHORT:
        return "short"
    return "long" if len(text) > _LONG else "some"


class ShownRow(NamedTuple):
    """A row of the page: its cells, and where it leads."""

    cells: list[ShownCell]
    document: int
    scans: list[int]
    fill: str
    then: str


def shown_register(request: HttpRequest, name: str) -> ShownRegister | None:
    """A register as whoever asks may see it; None when there is none of this name."""
    register = registers().registers.named(name)
    if register is None:
        return None
    return ShownRegister(
        register, area(request), signed_in(request).username, read_asked(register, request.GET)
    )


def word_files(numbers: list[int]) -> tuple[list[bytes], list[str]]:
    """The Word files of documents in this order, and the case numbers of those that are gone."""
    store, found, gone = DatabaseCaseStore(config().issued_folder), list[bytes](), list[str]()
    told = Issued.objects.filter(pk__in=numbers).values_list("pk", "sha256", "case_no")
    files = {number: (sha256, case_no) for number, sha256, case_no in told}
    for number in numbers:
        sha256, case_no = files[number]
        try:
            found.append(store.path_of(sha256).read_bytes())
        except FileNotFoundError:
            gone.append(case_no)
    return found, gone
