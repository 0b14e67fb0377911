"""Benefit standards, limits and regulations in force on a day."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.registry.registry_entries import read_entries, read_tables
from minzheng.county.writing.money_words import parse_money

#: What the county's decision is called where `laws.toml` says nothing of the day.
_DECISION = "审批"


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


@dataclass(frozen=True, slots=True)
class Standards:
    """All benefit standards, looked up by scheme and day."""

    all: tuple[Standard, ...]

    def on(self, scheme: str, hukou_type: str, day: dt.date) -> Standard | None:
        """The standard of a scheme on a day, or None when the registry has none."""
        known = (one for one in self.all if one.scheme == scheme and one.hukou_type == hukou_type)
        return next((one for one in known if one.start <= day <= one.end), None)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit or ratio of the county, and when it holds."""

    name: str
    amount: Decimal
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits and ratios, looked up by name and day."""

    all: tuple[Limit, ...]

    def on(self, name: str, day: dt.date) -> Decimal | None:
        """A limit or ratio on a day, or None when the registry has none."""
        known = (one for one in self.all if one.name == name)
        return next((one.amount for one in known if one.start <= day <= one.end), None)


@dataclass(frozen=True, slots=True)
class Law:
    """A regulation: its title, number, when it holds, and for which schemes."""

    id: str
    title: str
    doc_no: str
    start: dt.date
    end: dt.date
    schemes: tuple[str, ...]

    def __str__(self) -> str:
        return f"《{self.title}》（{self.doc_no}）"


@dataclass(frozen=True, slots=True)
class Era:
    """What the county's decision was called from one day to another."""

    word: str
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Laws:
    """All regulations, and the word for the county's decision era by era."""

    all: tuple[Law, ...]
    eras: tuple[Era, ...]

    def on(self, scheme: str, day: dt.date) -> tuple[Law, ...]:
        """The regulations a scheme rests on, in force on a day."""
        return tuple(
            law for law in self.all if scheme in law.schemes and law.start <= day <= law.end
        )

    def decision_word(self, day: dt.date) -> str:
        """审批 or 确认: what the county's decision is called on a day."""
        words = (era.word for era in self.eras if era.start <= day <= era.end)
        return next(words, _DECISION)


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
            )
            for entry in entries
        )
    )


def load_laws(folder: Path = REGISTRY_FOLDER) -> Laws:
    """Read `laws.toml`.

    Raises:
        RegistryError: with every wrong entry.
    """
    read = read_tables(
        folder / "laws.toml", {"law": (("id", "title", "doc_no"), ()), "era": (("word",), ())}
    )
    return Laws(
        tuple(
            Law(
                entry["id"],
                entry["title"],
                entry["doc_no"],
                entry["from"],
                entry.get("to", dt.date.max),
                tuple(entry.get("schemes", ())),
            )
            for entry in read["law"]
        ),
        tuple(Era(one["word"], one["from"], one.get("to", dt.date.max)) for one in read["era"]),
    )
