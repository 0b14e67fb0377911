"""Terms, ages and counts that a regulation sets: registry/terms.toml."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import RegistryError
from minzheng.county.registry.registry_entries import find_overlaps, read_entries
from minzheng.county.registry.working_days import Calendar
from minzheng.county.writing import chinese_dates

_FILE = "terms.toml"
#: Between a term and its kind: 儿童走访·高.
KIND = "·"
WORKING_DAYS, MONTHS, DAYS = "工作日", "月", "天"
#: From this age on a person is of age.
ADULT_AGE = "成年年龄"


@dataclass(frozen=True, slots=True)
class Term:
    """A number with its unit, and when it holds."""

    name: str
    value: int
    unit: str
    start: dt.date
    end: dt.date
    source: str = ""
    mark: str = ""
    laws: tuple[str, ...] = ()  #: ids of the regulations it rests on

    def after(self, day: dt.date, calendar: Calendar) -> dt.date:
        """The last day of the term that begins on a day.

        Days count from the next one; a term of months ends on the day before: 2018-01-15
        and 12 months give 2019-01-14.
        """
        if self.unit == WORKING_DAYS:
            return calendar.add_working_days(day, self.value)
        if self.unit == MONTHS:
            return chinese_dates.term_end(day, self.value)
        return day + dt.timedelta(days=self.value)


@dataclass(frozen=True)
class Terms:
    """All terms, looked up by name and day."""

    all: tuple[Term, ...]

    def on(self, name: str, day: dt.date) -> int | None:
        """The number of a term on a day, or None when the registry has none."""
        term = self.find(name, day)
        return term.value if term else None

    def find(self, name: str, day: dt.date) -> Term | None:
        """A term on a day, with its unit."""
        known = self._by_name.get(name, ())
        return next((term for term in known if term.start <= day <= term.end), None)

    def knows(self, name: str) -> bool:
        """Whether there is a term of this name, whatever the day, or one with kinds."""
        return bool(self._named(name))

    def is_period(self, name: str) -> bool:
        """Whether a term, or each of its kinds, is so many days, working days or months."""
        named = self._named(name)
        return bool(named) and all(term.unit in (WORKING_DAYS, MONTHS, DAYS) for term in named)

    @cached_property
    def _by_name(self) -> Mapping[str, list[Term]]:
        found: dict[str, list[Term]] = {}
        for term in self.all:
            found.setdefault(term.name, []).append(term)
        return found

    def _named(self, name: str) -> list[Term]:
        return [one for one in self.all if one.name == name or one.name.startswith(name + KIND)]


def load_terms(folder: Path = REGISTRY_FOLDER) -> Terms:
    """Read `terms.toml`.

    Raises:
        RegistryError: with every wrong entry.
    """
    file = folder / _FILE
    entries = read_entries(file, "term", ("name", "unit", "source"), ("value",))
    problems = list(find_overlaps(file, entries, ("name",)))
    if problems:
        raise RegistryError(problems)
    return Terms(
        tuple(
            Term(
                entry["name"],
                entry["value"],
                entry["unit"],
                entry["from"],
                entry.get("to", dt.date.max),
                entry["source"],
                entry.get("mark", ""),
                tuple(entry.get("laws", ())),
            )
            for entry in entries
        )
    )
