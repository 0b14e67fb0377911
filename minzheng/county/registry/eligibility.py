"""Who may get what: severity, exclusions, bands of age, from registry/eligibility.toml."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.registry.registry_entries import find_overlaps, holds_on, read_entries

_FILE = "eligibility.toml"
_LISTS = {
    "severe": ("types", "levels"),
    "family": ("classes",),
    "excludes": ("held",),
    "asset": ("fields",),
}
_TEXTS = {
    "severe": ("use", "source"),
    "family": ("benefit", "source"),
    "excludes": ("benefit", "source"),
    "band": ("scheme", "name", "source"),
    "over": ("use", "kind", "name", "source"),
    "asset": ("use", "name", "source"),
    "line": ("use", "kind", "source"),
}
INCOME, PROPERTY = "收入", "财产"


@dataclass(frozen=True, slots=True)
class OverReason:
    """A reason for which somebody over a limit is still eligible."""

    name: str
    percent: int = 0  #: how much of the standard the income may be; 0: no limit
    is_single: bool = False  #: one insured person only
    health: tuple[str, ...] = ()  #: of the insured; none: any
    most_months: int = 0  #: 0: no limit


@dataclass(frozen=True, slots=True)
class AssetLimit:
    """How much a household may own."""

    name: str
    fields: tuple[str, ...]
    most_months: int = 0  #: of the standard, a head
    is_none: bool = False  #: nothing of it


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """How high an income may be, in percent of the standard of 低保; or that none is asked."""

    percent: int = 0
    is_none: bool = False  #: the law does not ask for the income
    mark: str = ""  #: the county has not confirmed it yet
    source: str = ""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What makes a person eligible for a benefit, looked up by day."""

    tables: Mapping[str, list[dict[str, Any]]]

    def is_severe(self, use: str, kind: str, level: str, day: dt.date) -> bool:
        """Whether a disability counts as severe for a purpose on a day."""
        return any(
            entry["use"] == use and kind in entry["types"] and level in entry["levels"]
            for entry in self._on("severe", day)
        )

    def excluded_by(self, benefit: str, held: tuple[str, ...], day: dt.date) -> tuple[str, ...]:
        """Which of the benefits held exclude another one."""
        excluding = [
            one
            for entry in self._on("excludes", day)
            if entry["benefit"] == benefit
            for one in entry["held"]
        ]
        return tuple(one for one in held if one in excluding)

    def family_classes(self, benefit: str, day: dt.date) -> tuple[str, ...] | None:
        """The classes of families that get a benefit; None when any may."""
        for entry in self._on("family", day):
            if entry["benefit"] == benefit:
                return tuple(entry["classes"])
        return None

    def band_of(self, scheme: str, number: int, day: dt.date) -> str:
        """The band a number lies in; nothing when it lies in none."""
        bands = (entry for entry in self._on("band", day) if entry["scheme"] == scheme)
        names = (str(one["name"]) for one in bands if one["least"] <= number <= one["most"])
        return next(names, "")

    def bands_of(self, scheme: str) -> tuple[str, ...]:
        """The names of a scheme's bands, of all times."""
        bands = (one for one in self.tables["band"] if one["scheme"] == scheme)
        return tuple(dict.fromkeys(str(one["name"]) for one in bands))

    def over_reasons(self, use: str, kind: str, day: dt.date) -> tuple[OverReason, ...]:
        """The reasons a day knows for which somebody over a limit is eligible."""
        return tuple(
            OverReason(
                entry["name"],
                int(entry.get("percent", 0)),
                bool(entry.get("single")),
                tuple(entry.get("health", ())),
                int(entry.get("most_months", 0)),
            )
            for entry in self.tables["over"]
            if entry["use"] == use and entry["kind"] == kind and holds_on(entry, day)
        )

    @property
    def uses(self) -> tuple[str, ...]:
        """The decisions for which it knows reasons, whatever the day."""
        return tuple(dict.fromkeys(str(one["use"]) for one in self.tables["over"]))

    def reason_names(self, use: str, kind: str) -> tuple[str, ...]:
        """The names of these reasons, of all times: what a form may offer."""
        of_use = (one for one in self.tables["over"] if (one["use"], one["kind"]) == (use, kind))
        return tuple(dict.fromkeys(str(one["name"]) for one in of_use))

    def asset_limits(self, use: str, day: dt.date) -> tuple[AssetLimit, ...]:
        """How much a household may own on a day."""
        return tuple(
            AssetLimit(
                entry["name"],
                tuple(entry["fields"]),
                int(entry.get("most_months", 0)),
                bool(entry.get("none")),
            )
            for entry in self._on("asset", day)
            if entry["use"] == use
        )

    def income_line(self, use: str, kind: str, day: dt.date) -> IncomeLine | None:
        """The line of a kind of relief on a day; None when the county entered none."""
        for entry in self._on("line", day):
            if (entry["use"], entry["kind"]) == (use, kind):
                return IncomeLine(
                    int(entry.get("percent", 0)),
                    bool(entry.get("none")),
                    str(entry.get("mark", "")),
                    entry["source"],
                )
        return None

    def _on(self, table: str, day: dt.date) -> Iterator[dict[str, Any]]:
        return (entry for entry in self.tables[table] if holds_on(entry, day))


def load_eligibility(folder: Path = REGISTRY_FOLDER) -> Eligibility:
    """Read `eligibility.toml`.

    Raises:
        RegistryError: with every wrong entry.
    """
    file = folder / _FILE
    problems: list[Problem] = []
    tables: dict[str, list[dict[str, Any]]] = {}
    for table, texts in _TEXTS.items():
        numbers = ("least", "most") if table == "band" else ()
        try:
            tables[table] = read_entries(file, table, texts, numbers)
        except RegistryError as error:
            problems += error.problems
            continue
        problems += _list_problems(file, table, tables[table])
    problems += find_overlaps(file, tables.get("band", []), ("scheme", "name"))
    problems += find_overlaps(file, tables.get("over", []), ("use", "kind", "name"))
    problems += find_overlaps(file, tables.get("asset", []), ("use", "name"))
    problems += find_overlaps(file, tables.get("line", []), ("use", "kind"))
    if problems:
        raise RegistryError(problems)
    return Eligibility(tables)


def _list_problems(file: Path, table: str, entries: list[dict[str, Any]]) -> Iterator[Problem]:
    for number, entry in enumerate(entries, start=1):
        where = f"{file.name} 第 {number} 个 [[{table}]]"
        for key in _LISTS.get(table, ()):
            words = entry.get(key)
            is_list = isinstance(words, list) and words and all(isinstance(w, str) for w in words)
            if not is_list:
                yield Problem(where, f"{key} 读到的是 {words!r}", '写成 ["一级", "二级"]', key)
        if table == "line" and not _is_line(entry):
            what = f"percent 读到的是 {entry.get('percent')!r}"
            yield Problem(
                where, what, "写标准的百分之几，如 200；不以收入为条件的写 none = true", "percent"
            )
        if table == "band" and entry["least"] > entry["most"]:
            what = f"least {entry['least']} 大于 most {entry['most']}"
            yield Problem(where, what, "核对两个数字", "least")


def _is_line(entry: Mapping[str, Any]) -> bool:
    """Whether it says how high the income may be, or that none is asked; not both."""
    percent = entry.get("percent")
    is_number = isinstance(percent, int) and not isinstance(percent, bool) and percent > 0
    return percent is None if entry.get("none") is True else is_number
