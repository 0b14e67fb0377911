"""The fifteen dossiers (十五个专档), as registry/dossiers.toml names them."""

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.toml_files import explain, parse_once

_TEXT_KEYS = ("no", "id", "code", "name", "short_name", "serves")


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dossier: its number, code and names, and the words it is recognised by."""

    no: str  #: 01 … 15
    id: str  #: dibao
    code: str  #: DB
    name: str
    short_name: str
    serves: str
    in_seed: bool
    words: tuple[str, ...]
    departments: tuple[tuple[dt.date, str], ...]  #: in charge from a day on
    seals: tuple[tuple[dt.date, str], ...] = ()  #: whose seal decides, from a day on
    is_apart: bool = False  #: seen only by those to whom it was given by name
    is_of_children: bool = False  #: whoever may not see it is not told a child's name
    matters: tuple[str, ...] = ()  #: what forms call that is decided here; no scan is known by it
    asked: tuple[str, ...] = ()  #: what people who ask call those it serves; no scan is known by it

    def department_on(self, day: dt.date) -> str:
        """The department in charge on a day."""
        names = [name for start, name in self.departments if start <= day]
        return names[-1] if names else self.departments[0][1]

    def seal_on(self, day: dt.date) -> str:
        """The one department that decides and seals on a day."""
        names = [name for start, name in self.seals if start <= day]
        return names[-1] if names else self.department_on(day)


@dataclass(frozen=True)
class Dossiers:
    """All dossiers in their fixed order."""

    all: tuple[Dossier, ...]

    def by_code(self, code: str) -> Dossier | None:
        """The dossier with this code."""
        return next((dossier for dossier in self.all if dossier.code == code), None)

    @cached_property
    def apart_codes(self) -> frozenset[str]:
        """Codes of dossiers that need a right of their own (children, veterans)."""
        return frozenset(dossier.code for dossier in self.all if dossier.is_apart)

    @cached_property
    def children_codes(self) -> frozenset[str]:
        """Codes of dossiers about children."""
        return frozenset(dossier.code for dossier in self.all if dossier.is_of_children)

    def by_word(self, word: str) -> Dossier | None:
        """The dossier that a name, code or word stands for."""
        known = (
            dossier
            for dossier in self.all
            if word in (dossier.code, dossier.id, dossier.name, dossier.short_name)
            or word in (*dossier.words, *dossier.matters)
        )
        return next(known, None)

    def of_matter_in(self, text: str) -> Dossier | None:
        """Where a matter that a text names is decided: 低保边缘家庭 is not 低保."""
        named = {one: dossier for dossier in self.all for one in dossier.matters if one in text}
        return named[max(named, key=len)] if named else None

    def find_in(self, text: str) -> tuple[tuple[Dossier, str], ...]:
        """Every dossier a text names, with the word that named it, in order."""
        return tuple(
            (self._by_writing[match[0]], match[0]) for match in self._pattern.finditer(text)
        )

    @cached_property
    def _by_writing(self) -> dict[str, Dossier]:
        return {
            word: dossier
            for dossier in self.all
            for word in (dossier.name, dossier.short_name, *dossier.words)
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._by_writing, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)))


def load_dossiers(folder: Path = REGISTRY_FOLDER) -> Dossiers:
    """Read `dossiers.toml`.

    Raises:
        RegistryError: with every mistake in it.
    """
    file = folder / "dossiers.toml"
    try:
        entries = parse_once(file.read_text(encoding="utf-8")).get("dossier", [])
    except tomllib.TOMLDecodeError as error:
        problem = Problem(file.name, explain(error), "改正该行")
        raise RegistryError([problem]) from error
    problems = list(_find_problems(file.name, entries))
    if problems:
        raise RegistryError(problems)
    return Dossiers(tuple(_read_dossier(entry) for entry in entries))


def _read_dossier(entry: Mapping[str, Any]) -> Dossier:
    departments = tuple((period["from"], period["name"]) for period in entry["departments"])
    seals = tuple(
        (period["from"], period.get("seal", period["name"])) for period in entry["departments"]
    )
    return Dossier(
        **{key: entry[key] for key in _TEXT_KEYS},
        in_seed=entry.get("in_seed", False),
        words=tuple(entry["words"]),
        matters=tuple(entry.get("matters", ())),
        asked=tuple(entry.get("asked", ())),
        departments=departments,
        seals=seals,
        is_apart=entry.get("apart", False),
        is_of_children=entry.get("children", False),
    )


def _find_problems(name: str, entries: list[dict[str, Any]]) -> Iterator[Problem]:
    if len(entries) != 15:
        yield Problem(name, f"读到 {len(entries)} 个专档", "专档应为 15 个")
    for number, entry in enumerate(entries, start=1):
        yield from _entry_problems(f"{name} 第 {number} 个专档", entry)
    for key in ("no", "id", "code"):
        counts = Counter(entry.get(key) for entry in entries)
        for value, count in counts.items():
            if count > 1:
                yield Problem(name, f"{key} = {value} 出现 {count} 次", "各专档不得重复", key)


def _entry_problems(where: str, entry: dict[str, Any]) -> Iterator[Problem]:
    for key in _TEXT_KEYS:
        if not isinstance(entry.get(key), str) or not entry[key]:
            yield Problem(where, f"{key} 没有填写", "填上文字", key)
    if not entry.get("words"):
        yield Problem(where, "words 为空", "写上至少一个认出它的词", "words")
    if not entry.get("departments"):
        yield Problem(where, "departments 为空", "写上主管部门", "departments")
