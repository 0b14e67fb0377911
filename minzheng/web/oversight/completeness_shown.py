"""What the heat map shows: columns, rows, the addresses of its cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from minzheng.accounts.areas import Area
from minzheng.county.registry.dossiers import Dossier
from minzheng.county.registry.places import Town, Village
from minzheng.county.town_names import shown
from minzheng.database.place_rows import of_place
from minzheng.inspection.survey import Cell, CellKey, Survey
from minzheng.web.gate.office import county
from minzheng.web.gate.standings import survey_of

#: Stands in an address for every place, dossier or year.
EVERY = "all"
_EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A cell of the map: what its address names; an empty part means all."""

    town: str = ""
    village: str = ""
    dossier: str = ""
    year: str = ""

    @property
    def label(self) -> str:
        """Place, dossier and year in words."""
        dossier = county().dossiers.by_code(self.dossier)
        parts = (
            f"{shown(self.town)}{self.village}" or "全县",
            dossier.short_name if dossier else "各专档",
            f"{self.year} 年" if self.year else "各年度",
        )
        return " · ".join(parts)

    @property
    def question(self) -> str:
        """The same as a question to the archive."""
        dossier = county().dossiers.by_code(self.dossier)
        parts = {
            "镇": self.town,
            "村": self.village,
            "专档": dossier.short_name if dossier else "",
            "年": self.year,
        }
        return " ".join(f"{name}:{value}" for name, value in parts.items() if value)

    @property
    def place_filter(self) -> Q:
        """The place, for tables with the columns `town` and `village`."""
        return of_place(self.town, self.village)

    @property
    def as_filter(self) -> Q:
        """The whole cell, for the table of files."""
        named = {"dossier": self.dossier, "year": self.year}
        return self.place_filter & Q(**{name: value for name, value in named.items() if value})


_EVERYTHING = Chosen()


@dataclass(frozen=True, slots=True)
class MapRow:
    """A town or a village with its cells in the order of the columns."""

    name: str
    key: str  #: 103, 103200
    cells: list[tuple[str, Cell]]  #: code of the dossier, or `all`
    is_town: bool = False


@dataclass(frozen=True)
class Map:
    """The heat map as somebody may see it."""

    place: Area
    survey: Survey
    year: str = ""

    @cached_property
    def columns(self) -> list[Dossier]:
        """The dossiers that may be seen."""
        return [one for one in county().dossiers.all if one.code not in self.place.forbidden]

    @cached_property
    def hidden(self) -> list[str]:
        """Names of the dossiers that need a right of their own."""
        return [one.short_name for one in county().dossiers.all if one.code in self.place.forbidden]

    @cached_property
    def cells(self) -> Mapping[CellKey, Cell]:
        """All cells of the year."""
        return self.survey.cells(self.year)

    @cached_property
    def towns(self) -> list[Town]:
        """The towns that may be seen."""
        return [
            one for one in county().places.towns if self.place.covers(one.name, self.place.village)
        ]

    def rows(self, opened: str = "") -> Iterator[MapRow]:
        """Towns; below an opened one (or below each, for `all`) its villages.

        Who has one village sees that alone: its town would be the same once more.
        """
        for town in self.towns:
            if self.place.village:
                yield from self.villages(town)
                continue
            key = county().places.key_of(town)
            yield self._row(town.name, "", key)
            if opened in (EVERY, key):
                yield from self.villages(town)

    def villages(self, town: Town) -> Iterator[MapRow]:
        """The villages of a town, and its communities that have papers."""
        for village in county().places.villages_of(town.name):
            has_papers = (town.name, village.name, "") in self.cells
            is_shown = village.kind == "村" or has_papers or village.name == self.place.village
            if is_shown and self.place.covers(town.name, village.name):
                yield self._row(town.name, village.name, village.short_code)

    @property
    def total(self) -> MapRow:
        """The sums of all that may be seen."""
        return self._row("", "", EVERY)

    def _row(self, town: str, village: str, key: str) -> MapRow:
        codes = [*(one.code for one in self.columns), ""]
        cells = [(code or EVERY, self.cells.get((town, village, code), _EMPTY)) for code in codes]
        return MapRow(village or town or "合计", key, cells, is_town=not village)


def take_survey(place: Area, chosen: Chosen = _EVERYTHING) -> Survey:
    """What somebody may see of a place beside what must be there."""
    return survey_of(place, chosen.town, chosen.village)


def cell_named(place: Area, place_key: str, dossier: str, year: str) -> Chosen | None:
    """The cell an address names, or None when there is none or it may not be seen."""
    found = _place_of(place_key)
    is_known = dossier == EVERY or county().dossiers.by_code(dossier) is not None
    is_year = year == EVERY or (len(year) == 4 and year.isascii() and year.isdecimal())
    if found is None or not is_known or not is_year:
        return None
    town, village = found
    if place.is_nothing or dossier in place.forbidden:
        return None
    if town and not place.covers(town, village or place.village):
        return None
    if not town:  # whoever has a town or a village sees that as the whole
        town, village = place.town, place.village
    elif not village:
        village = place.village
    return Chosen(town, village, *("" if one == EVERY else one for one in (dossier, year)))


def _place_of(key: str) -> tuple[str, str] | None:
    """Town and village of `all`, 103 or 103200."""
    if key == EVERY:
        return "", ""
    village: Village | None = county().places.by_short_code(key)
    if village is not None:
        return village.town, village.name
    places = county().places
    town = next((one for one in places.towns if places.key_of(one) == key), None)
    return (town.name, "") if town else None
