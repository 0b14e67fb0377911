"""Benefit standards and limits in force on a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.registry.registry_entries import read_entries
from minzheng.county.writing.money_words import parse_money


@dataclass(frozen=True, slots=True)
class Standard:
    """A monthly benefit standard per person, in yuan, and when it holds."""

    scheme: str
    hukou_type: str
    month_amount: Decimal
    start: dt.date
    end: dt.date
    source: str = ""
    mark: str = ""
    part_of: str = ""  #: the scheme of which it is one of several standards

    @property
    def label(self) -> str:
        """What a notice calls it: 农村低保标准, 残疾人护理补贴（一级）标准."""
        if self.part_of:
            return f"{self.scheme}（{self.hukou_type}）标准"
        return f"{self.hukou_type}{self.scheme}标准"


@dataclass(frozen=True)
class Standards:
    """All benefit standards, looked up by scheme and day."""

    all: tuple[Standard, ...]

    def on(self, scheme: str, hukou_type: str, day: dt.date) -> Standard | None:
        """The standard of a scheme on a day, or None when the registry has none."""
        known = self._by_kind.get((scheme, hukou_type), ())
        return next((one for one in known if one.start <= day <= one.end), None)

    @cached_property
    def _by_kind(self) -> Mapping[tuple[str, str], list[Standard]]:
        found: dict[tuple[str, str], list[Standard]] = {}
        for one in self.all:
            found.setdefault((one.scheme, one.hukou_type), []).append(one)
        return found

    def all_on(self, scheme: str, day: dt.date) -> list[Standard]:
        """Every standard of a scheme on a day, those of its parts too."""
        known = (one for one in self.all if scheme in (one.scheme, one.part_of))
        return [one for one in known if one.start <= day <= one.end]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit or ratio of the county, and when it holds."""

    name: str
    amount: Decimal
    start: dt.date
    end: dt.date
    source: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits and ratios, looked up by name and day."""

    all: tuple[Limit, ...]

    def on(self, name: str, day: dt.date) -> Decimal | None:
        """A limit or ratio on a day, or None when the registry has none."""
        found = self.row(name, day)
        return found.amount if found else None

    def row(self, name: str, day: dt.date) -> Limit | None:
        """The whole row of a limit on a day."""
        known = (one for one in self.all if one.name == name)
        return next((one for one in known if one.start <= day <= one.end), None)


def load_standards(folder: Path = REGISTRY_FOLDER) -> Standards:
    """Read `standards.toml`.

    Raises:
        RegistryError: with every wrong entry.
    """
    entries = read_entries(folder / "standards.toml", "standard", ("scheme", "hukou_type"))
    return Standards(
        tuple(
            Standard(
                entry["scheme"],
                entry["hukou_type"],
                parse_money(entry["month_amount"]) or Decimal(0),
                entry["from"],
                entry.get("to", dt.date.max),
                entry.get("source", ""),
                entry.get("mark", ""),
                entry.get("part_of", ""),
            )
            for entry in entries
        )
    )


def load_limits(folder: Path = REGISTRY_FOLDER) -> Limits:
    """Read `limits.toml`.

    Raises:
        RegistryError: with every wrong entry.
    """
    entries = read_entries(folder / "limits.toml", "limit", ("name",))
    return Limits(
        tuple(
            Limit(
                entry["name"],
                parse_money(entry["amount"]) or Decimal(0),
                entry["from"],
                entry.get("to", dt.date.max),
                entry.get("source", ""),
                entry.get("mark", ""),
            )
            for entry in entries
        )
    )
