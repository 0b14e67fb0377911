"""Terms, ages and counts that a regulation sets: registry/terms.toml."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import RegistryError
from minzheng.county.registry.registry_entries import find_overlaps, read_entries

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


@lru_cache(maxsize=4)
def load_terms(folder: Path = REGISTRY_FOLDER) -> tuple[Term, ...]:
    """Read `terms.toml`.

    Raises:
        RegistryError: with every wrong entry.
    """
    file = folder / _FILE
    entries = read_entries(file, "term", ("name", "unit", "source"), ("value",))
    problems = list(find_overlaps(file, entries, ("name",)))
    if problems:
        raise RegistryError(problems)
    return tuple(
        Term(
            entry["name"],
            entry["value"],
            entry["unit"],
            entry["from"],
            entry.get("to", dt.date.max),
            entry["source"],
            entry.get("mark", ""),
        )
        for entry in entries
    )


def term_on(name: str, day: dt.date, folder: Path = REGISTRY_FOLDER) -> int | None:
    """The number of a term on a day, or None when the registry has none."""
    term = find_term(name, day, folder)
    return term.value if term else None


def find_term(name: str, day: dt.date, folder: Path = REGISTRY_FOLDER) -> Term | None:
    """A term on a day, with its unit."""
    known = (term for term in load_terms(folder) if term.name == name)
    return next((term for term in known if term.start <= day <= term.end), None)


def is_period(name: str, folder: Path = REGISTRY_FOLDER) -> bool:
    """Whether a term, or each of its kinds, is so many days, working days or months."""
    named = [
        term
        for term in load_terms(folder)
        if term.name == name or term.name.startswith(name + KIND)
    ]
    return bool(named) and all(term.unit in (WORKING_DAYS, MONTHS, DAYS) for term in named)


def is_term(name: str, folder: Path = REGISTRY_FOLDER) -> bool:
    """Whether the registry knows a term, whatever the day, or one with kinds."""
    return any(
        term.name == name or term.name.startswith(name + KIND) for term in load_terms(folder)
    )
