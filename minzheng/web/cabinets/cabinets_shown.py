"""What the pages of cabinets show: every village's, and all that lies in one."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone

from archive_indexer.stores.item_numbers import Keeping, count_items, count_unnumbered
from filler.records.cabinet_store import VillageCabinet, cabinet_of
from minzheng.accounts.areas import Area
from minzheng.cabinets.cabinet import Box, Cabinet, Item, ReadCabinets
from minzheng.cabinets.catalogues import slot_of, years_of
from minzheng.county.registry.dossiers import Dossier
from minzheng.county.registry.places import Village
from minzheng.inspection.standings import Standing
from minzheng.registers.read_registers import may_see_row
from minzheng.registers.register import Register
from minzheng.registers.row import Row
from minzheng.web.gate.children import mask, shown_name
from minzheng.web.gate.office import county, county_name, forms, registers
from minzheng.web.gate.standings import survey_of

REGISTER, GROUP = "cabinets", "专柜"
EVERY = "all"
_BOX_PAGES, _BOX_LIMIT = 300, "每盒页数"
_FOR_EVER = "Y"


class CabinetLine(NamedTuple):
    """A village's cabinet in the list of all."""

    village: Village
    row: Row | None  #: of the register of cabinets
    level: str
    boxes: int
    items: int
    waiting: int


class DossierLine(NamedTuple):
    """A dossier in a cabinet."""

    dossier: Dossier
    slot: str
    boxes: tuple[Box, ...]
    items: int
    pages: int
    years: str
    waiting: int


class Missing(NamedTuple):
    """A line of 补件清单."""

    standing: Standing
    dossier: str
    person: str
    lacks: str
    forms: str
    has: str


@dataclass(frozen=True)
class ShownCabinets:
    """All cabinets of somebody's area."""

    place: Area

    @cached_property
    def towns(self) -> list[tuple[str, list[CabinetLine]]]:
        """Town by town; communities only where there are papers."""
        items, waiting = count_items(self._within), count_unnumbered(self._within)
        rows = {(one.town, one.village): one for one in self._rows}
        return [
            (town.name, list(self._lines(town.name, rows, items, waiting)))
            for town in county().places.towns
            if self.place.covers(town.name, self.place.village)
        ]

    @property
    def registers(self) -> list[Register]:
        """The registers of cabinets."""
        return [one for one in registers().registers.all if one.group == GROUP]

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """How many cabinets are in which state, with its level."""
        register = registers().registers.named(REGISTER)
        if register is None:
            return []
        told = [one.state for one in self._rows]
        return [(one.name, one.level, told.count(one.name)) for one in register.all_states]

    @property
    def sums(self) -> tuple[int, int, int]:
        """Boxes, items and papers without a number, of all."""
        lines = [one for _, some in self.towns for one in some]
        return (
            sum(one.boxes for one in lines),
            sum(one.items for one in lines),
            sum(one.waiting for one in lines),
        )

    @property
    def _within(self) -> Q:
        return self.place.as_filter()

    @cached_property
    def _rows(self) -> list[Row]:
        return cabinet_rows_of(self.place)

    def _lines(
        self,
        town: str,
        rows: dict[tuple[str, str], Row],
        items: dict[tuple[str, str], tuple[int, int]],
        waiting: dict[tuple[str, str], int],
    ) -> Iterator[CabinetLine]:
        for village in county().places.villages_of(town):
            key = (town, village.name)
            is_shown = village.kind == "村" or key in items or key in waiting or key in rows
            if is_shown and self.place.covers(*key):
                row, (count, boxes) = rows.get(key), items.get(key, (0, 0))
                yield CabinetLine(village, row, level_of(row), boxes, count, waiting.get(key, 0))


@dataclass(frozen=True)
class ShownCabinet:
    """One village's cabinet as somebody may see it."""

    village: Village
    place: Area
    dossier: str = ""  #: code of the one that is opened

    @cached_property
    def cabinet(self) -> Cabinet:
        """What lies in it, as whoever looks may read it."""
        found = read_cabinets().of(self.village, self.place.forbidden)
        return replace(found, items=tuple(map(self._as_shown, found.items)))

    @cached_property
    def registered(self) -> VillageCabinet:
        """What its card says."""
        return cabinet_of(self.village.town, self.village.name)

    @cached_property
    def row(self) -> Row | None:
        """Its row in the register of cabinets."""
        key = (self.village.town, self.village.name)
        found = (one for one in cabinet_rows_of(self.place) if (one.town, one.village) == key)
        return next(found, None)

    @property
    def query(self) -> str:
        """Its place as the pages of forms take it in an address."""
        return urlencode({"town": self.village.town, "village": self.village.name})

    @property
    def level(self) -> str:
        """The colour of its state."""
        return level_of(self.row)

    @property
    def keeper(self) -> str:
        """Who keeps it, since the last hand-over."""
        return self.row.cells.get("keeper", "") if self.row else ""

    @property
    def number(self) -> str:
        """What the cabinet is called: as registered, else by the village's code."""
        return self.registered.number or f"MZ-{county().places.code_of(self.village)}"

    @cached_property
    def dossiers(self) -> list[Dossier]:
        """The dossiers that may be seen."""
        return [one for one in county().dossiers.all if one.code not in self.place.forbidden]

    @property
    def lines(self) -> Iterator[DossierLine]:
        """Each dossier with what lies in it."""
        for one in self.dossiers:
            items = self.cabinet.items_in(one.code)
            yield DossierLine(
                one,
                slot_of(one.short_name, one.no, self.registered.slots),
                self.cabinet.boxes_of(one.code),
                len(items),
                sum(item.pages for item in items),
                years_of(items),
                sum(paper.dossier == one.code for paper in self.cabinet.unnumbered),
            )

    @property
    def opened(self) -> Dossier | None:
        """The dossier whose items are listed."""
        return next((one for one in self.dossiers if one.code == self.dossier), None)

    @property
    def chosen(self) -> tuple[Item, ...]:
        """The items that are asked for: of the opened dossier, or all."""
        return self.cabinet.items_in(self.dossier) if self.opened else self.cabinet.items

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes that are asked for."""
        return self.cabinet.boxes_of(self.dossier) if self.opened else self.cabinet.boxes

    @cached_property
    def missing(self) -> list[Missing]:
        """What its cases and years lack by today, as 齐全情况 tells it."""
        found = survey_of(self.place, self.village.town, self.village.name)
        names = {one.code: one.short_name for one in county().dossiers.all}
        return [
            Missing(
                one,
                names.get(one.subject.dossier, one.subject.dossier),
                shown_name(one.subject.person, "", self.village.town, self.village.name),
                "、".join(lack.need.name for lack in one.lacks),
                "；".join("或".join(sorted(lack.need.forms)) for lack in one.lacks),
                "、".join(one.found),
            )
            for one in found.of("", self.village.town, self.village.name, self.dossier)
            if one.lacks
        ]

    def _as_shown(self, item: Item) -> Item:
        where = (self.village.town, self.village.name)
        is_person = bool(item.person) and item.author == item.person
        author = shown_name(item.person, "", *where) if is_person else item.author
        return replace(item, title=mask(item.title), author=author)


def cabinet_rows_of(place: Area) -> list[Row]:
    """The register of cabinets, of somebody's area."""
    known = registers()
    register = known.registers.named(REGISTER)
    if register is None:
        return []
    rows = known.rows(register, timezone.localdate(), place.forbidden)
    return [one for one in rows if may_see_row(one, place)]


def level_of(row: Row | None) -> str:
    """The colour of a cabinet's state."""
    register = registers().registers.named(REGISTER)
    levels = {one.name: one.level for one in register.all_states} if register else {}
    return levels.get(row.state, "") if row else ""


def read_cabinets() -> ReadCabinets:
    """Reads the cabinets of this county."""
    return ReadCabinets(county(), forms().by_id, county_name())


def keeping_on(day: dt.date) -> Keeping:
    """How long each dossier's papers are kept, and how full a box gets."""
    periods = {}
    for one in county().dossiers.all:
        rule = county().retention.of(one.code)
        periods[one.code] = f"D{rule.years}" if rule and rule.years else _FOR_EVER
    return Keeping(periods, int(county().limits.on(_BOX_LIMIT, day) or _BOX_PAGES))


def village_named(place: Area, key: str) -> Village | None:
    """The village an address names; None when there is none or it may not be seen."""
    village = county().places.by_short_code(key)
    return village if village and place.covers(village.town, village.name) else None


def villages_named(place: Area, key: str) -> list[Village]:
    """That village, or for `all` every one of somebody's area."""
    if key == EVERY:
        return [one for one in county().places.settlements if place.covers(one.town, one.name)]
    found = village_named(place, key)
    return [found] if found else []
