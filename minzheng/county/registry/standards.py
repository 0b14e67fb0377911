"""Benefit standards, policies and wordings in force on a day."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
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


@lru_cache(maxsize=4)
def load_standards(folder: Path = REGISTRY_FOLDER) -> tuple[Standard, ...]:
    """Read `standards.toml`.

    Raises:
        RegistryError: with every wrong entry.
    """
    entries = read_entries(folder / "standards.toml", "standard", ("scheme", "hukou_type"))
    return tuple(
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


@lru_cache(maxsize=4)
def load_laws(folder: Path = REGISTRY_FOLDER) -> tuple[Law, ...]:
    """Read the regulations of `laws.toml`."""
    entries = read_entries(folder / "laws.toml", "law", ("id", "title", "doc_no"))
    return tuple(
        Law(
            entry["id"],
            entry["title"],
            entry["doc_no"],
            entry["from"],
            entry.get("to", dt.date.max),
            tuple(entry.get("schemes", ())),
        )
        for entry in entries
    )


@lru_cache(maxsize=4)
def load_eras(folder: Path = REGISTRY_FOLDER) -> tuple[tuple[dt.date, dt.date, str], ...]:
    """Read what the county's decision is called, era by era, from `laws.toml`."""
    entries = read_entries(folder / "laws.toml", "era", ("word",))
    return tuple((entry["from"], entry.get("to", dt.date.max), entry["word"]) for entry in entries)


@lru_cache(maxsize=4)
def load_limits(
    folder: Path = REGISTRY_FOLDER,
) -> tuple[tuple[str, dt.date, dt.date, Decimal], ...]:
    """Read `limits.toml`."""
    entries = read_entries(folder / "limits.toml", "limit", ("name",))
    return tuple(
        (
            entry["name"],
            entry["from"],
            entry.get("to", dt.date.max),
            parse_money(entry["amount"]) or Decimal(0),
        )
        for entry in entries
    )


def limit_on(name: str, day: dt.date, folder: Path = REGISTRY_FOLDER) -> Decimal | None:
    """A limit or ratio of the county on a day, or None when the registry has none."""
    amounts = [
        amount
        for known, start, end, amount in load_limits(folder)
        if known == name and start <= day <= end
    ]
    return amounts[0] if amounts else None


def standard_on(
    scheme: str, hukou_type: str, day: dt.date, folder: Path = REGISTRY_FOLDER
) -> Standard | None:
    """The standard of a scheme on a day, or None when the registry has none."""
    return next(
        (
            standard
            for standard in load_standards(folder)
            if standard.scheme == scheme
            and standard.hukou_type == hukou_type
            and standard.start <= day <= standard.end
        ),
        None,
    )


def laws_on(scheme: str, day: dt.date, folder: Path = REGISTRY_FOLDER) -> tuple[Law, ...]:
    """The regulations a scheme rests on, in force on a day."""
    return tuple(
        law for law in load_laws(folder) if scheme in law.schemes and law.start <= day <= law.end
    )


def era_word(day: dt.date, folder: Path = REGISTRY_FOLDER) -> str:
    """审批 or 确认: what the county's decision is called on a day."""
    words = [word for start, end, word in load_eras(folder) if start <= day <= end]
    return words[0] if words else "审批"
