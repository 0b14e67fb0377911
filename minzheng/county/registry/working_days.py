"""Working days by the State Council's yearly holiday notices."""

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.writing.chinese_dates import parse_date

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and working weekends that differ from the ordinary week."""

    days_off: frozenset[dt.date]
    working_weekends: frozenset[dt.date]

    def is_working_day(self, day: dt.date) -> bool:
        """Whether offices are open on a day."""
        if day in self.working_weekends:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """The day `count` working days later; the day itself is not counted."""
        while count > 0:
            day += dt.timedelta(days=1)
            count -= self.is_working_day(day)
        return day


def load_calendar(folder: Path = REGISTRY_FOLDER) -> Calendar:
    """Read `holidays.csv`.

    Raises:
        RegistryError: with every wrong row.
    """
    file = folder / "holidays.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    problems = [
        Problem(
            f"{file.name} 第 {number} 行",
            f"“{row['date']}，{row['kind']}”无效",
            "写成 2018-01-01,休",
        )
        for number, row in enumerate(rows, start=2)
        if parse_date(row["date"]) is None or row["kind"] not in ("休", "班")
    ]
    if problems:
        raise RegistryError(problems)
    days = {kind: frozenset(_days(rows, kind)) for kind in ("休", "班")}
    return Calendar(days["休"], days["班"])


def _days(rows: list[dict[str, str]], kind: str) -> list[dt.date]:
    read = (parse_date(row["date"]) for row in rows if row["kind"] == kind)
    return [day for day in read if day is not None]
