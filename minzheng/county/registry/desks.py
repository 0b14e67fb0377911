"""Who writes which opinion, and on whose desk a case lies: registry/desks.toml."""

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.registry.terms import DAYS, KIND, MONTHS, Terms
from minzheng.county.registry.working_days import Calendar
from minzheng.county.toml_files import explain
from minzheng.county.writing.chinese_dates import term_end

_FILE = "desks.toml"
_TEXTS = ("level", "name", "at", "term")


@dataclass(frozen=True, slots=True)
class Desk:
    """One hand through which papers go."""

    level: str
    name: str
    at: str  #: the role on whose start page a case shows
    roles: tuple[str, ...]  #: who may write its opinion
    term: str


@dataclass(frozen=True, slots=True)
class Desks:
    """All desks, in the order in which papers go through them."""

    all: tuple[Desk, ...]

    def of(self, level: str) -> Desk | None:
        """The desk of a level."""
        return next((one for one in self.all if one.level == level), None)

    def name_of(self, level: str) -> str:
        """What a level is called."""
        desk = self.of(level)
        return desk.name if desk else level

    def levels_of(self, role: str) -> frozenset[str]:
        """The levels whose opinions a role may write."""
        return frozenset(one.level for one in self.all if role in one.roles)

    def levels_at(self, role: str) -> frozenset[str]:
        """The levels whose cases lie on the start page of a role."""
        return frozenset(one.level for one in self.all if one.at == role)

    def due(
        self, level: str, dossier: str, since: dt.date, terms: Terms, calendar: Calendar
    ) -> dt.date | None:
        """The day by which a case that came on a day is to leave; None: no term is set."""
        desk = self.of(level)
        names = (f"{desk.term}{KIND}{dossier}", desk.term) if desk else ()
        term = next(filter(None, (terms.find(name, since) for name in names)), None)
        if term is None:
            return None
        if term.unit == MONTHS:
            return term_end(since, term.value)
        if term.unit == DAYS:
            return since + dt.timedelta(days=term.value)
        return calendar.add_working_days(since, term.value)


def load_desks(folder: Path = REGISTRY_FOLDER) -> Desks:
    """Read `desks.toml`.

    Raises:
        RegistryError: with every wrong entry.
    """
    try:
        table = tomllib.loads((folder / _FILE).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RegistryError([Problem(_FILE, explain(error), "改正该行")]) from error
    entries = table.get("desk", [])
    problems = list(_find_problems(entries))
    if problems:
        raise RegistryError(problems)
    return Desks(tuple(Desk(*_texts(one), tuple(one["roles"]), one["term"]) for one in entries))


def _texts(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    return entry["level"], entry["name"], entry["at"]


def _find_problems(entries: list[dict[str, Any]]) -> Iterator[Problem]:
    if not entries:
        yield Problem(_FILE, "没有 [[desk]]", "写上各级")
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        where = f"{_FILE} 第 {number} 个 [[desk]]"
        for key in _TEXTS:
            if not isinstance(entry.get(key), str) or not entry[key]:
                yield Problem(where, f"{key} 没有填写", "填上文字", key)
        roles = entry.get("roles")
        if not (isinstance(roles, list) and all(isinstance(one, str) for one in roles)):
            yield Problem(where, f"roles 读到的是 {roles!r}", '写成 ["县级经办"]', "roles")
        if entry.get("level") in seen:
            yield Problem(where, f"level“{entry['level']}”重复", "只留一个", "level")
        seen.add(str(entry.get("level")))
