"""How long papers are kept (registry/retention.csv), and when they may be proposed to go."""

import csv
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.registry.registry_entries import read_entries

_FILE, _GROUNDS = "retention.csv", "personal_data.toml"
PERMANENT = "Y"
#: From when the years count: the end of the case, the paper itself, the day of majority.
ENDED, MADE, OF_AGE = "终止", "形成", "成年"
_STARTS = (ENDED, MADE, OF_AGE)
_PERIOD = re.compile(r"D([1-9]\d?)")


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long the papers of a dossier are kept, and by what rule."""

    dossier: str
    material: str
    years: int | None  #: None: for ever
    start: str
    basis: str

    def ends(self, year: int) -> dt.date | None:
        """The day from which a paper may go whose years count from a year's end."""
        return dt.date(year + 1 + self.years, 1, 1) if self.years else None

    @property
    def label(self) -> str:
        """The period in words."""
        return f"{self.years} 年" if self.years else "永久"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a person may ask that something is deleted."""

    name: str
    basis: str


@dataclass(frozen=True, slots=True)
class Retention:
    """Every row of the table, and the grounds of the law."""

    rows: tuple[Keeping, ...]
    grounds: tuple[Ground, ...] = ()

    def of(self, dossier: str) -> Keeping | None:
        """The longest period of a dossier: a paper does not tell of which material it is."""
        known = [one for one in self.rows if one.dossier == dossier]
        return max(known, key=lambda one: one.years or dt.MAXYEAR, default=None)


def load_retention(folder: Path = REGISTRY_FOLDER) -> Retention:
    """Read `retention.csv` and `personal_data.toml`.

    Raises:
        RegistryError: naming every row that is wrong.
    """
    with (folder / _FILE).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    problems = [one for number, row in enumerate(rows, 2) for one in find_faults(number, row)]
    if problems:
        raise RegistryError(problems)
    return Retention(tuple(map(_keeping, rows)), load_grounds(folder))


def load_grounds(folder: Path = REGISTRY_FOLDER) -> tuple[Ground, ...]:
    """Read `personal_data.toml`.

    Raises:
        RegistryError: with every wrong entry.
    """
    if not (folder / _GROUNDS).exists():  # a county's own folder of the version before
        return ()
    entries = read_entries(folder / _GROUNDS, "ground", ("name", "basis"))
    return tuple(Ground(one["name"], one["basis"]) for one in entries)


def _keeping(row: dict[str, str]) -> Keeping:
    period = _PERIOD.fullmatch(row["period"])
    years = int(period[1]) if period else None
    return Keeping(row["dossier"], row["material"], years, row.get("start") or ENDED, row["basis"])


def find_faults(number: int, row: dict[str, str]) -> Iterable[Problem]:
    """What is wrong with a row of the table."""
    where = f"{_FILE} 第 {number} 行"
    period = row.get("period", "")
    if period != PERMANENT and not _PERIOD.fullmatch(period):
        yield Problem(where, f"保管期限“{period}”无效", "写成 D10、D30 或 Y（永久）")
    if row.get("start") and row["start"] not in _STARTS:
        yield Problem(where, f"起算“{row['start']}”无效", f"写成 {'、'.join(_STARTS)}")
