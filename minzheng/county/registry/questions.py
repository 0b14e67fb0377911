"""The questions inspectors ask (inspection 7.1), and how each is answered here."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.toml_files import explain

_FILE = "questions.toml"
_WAYS = ("search", "page", "doubts", "not_yet")
_BLANK = re.compile(r"\{(\w+)\}")
#: Without these a question cannot be put; other blanks drop their part.
NEEDED = ("name", "number", "old_names")
_BLANKS = {*NEEDED, "village", "year", "days"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what answers it: a search, a page, or a check of papers."""

    no: int
    text: str
    search: tuple[str, ...] = ()
    page: str = ""
    doubts: str = ""
    law: str = ""
    not_yet: str = ""
    meanwhile: tuple[str, ...] = ()  #: what can be searched as long as it is not answered
    note: str = ""
    words: tuple[str, ...] = ()  #: how else people ask it

    def missing(self, given: Mapping[str, str]) -> list[str]:
        """Which of the needed blanks are not filled."""
        written = " ".join((*self.search, *self.meanwhile, self.page))
        return [name for name in NEEDED if f"{{{name}}}" in written and not given.get(name)]

    def query(self, given: Mapping[str, str]) -> str:
        """The search with its blanks filled; parts whose blank is empty are left out."""
        parts = self.search or self.meanwhile
        kept = (part for part in parts if all(map(given.get, _BLANK.findall(part))))
        return " ".join(part.format_map(dict(given)) for part in kept)


@dataclass(frozen=True, slots=True)
class AskedPage:
    """A page of the system that answers what people ask, and how they ask it."""

    name: str
    address: str  #: the page's name among the addresses of the site
    text: str
    words: tuple[str, ...] = ()


def load_asked_pages(folder: Path = REGISTRY_FOLDER) -> tuple[AskedPage, ...]:
    """Read the `[[page]]` entries of `questions.toml`.

    Raises:
        RegistryError: naming every mistake.
    """
    entries = _read(folder).get("page", [])
    problems = [one for number, entry in enumerate(entries, 1) for one in _lacks(number, entry)]
    if problems:
        raise RegistryError(problems)
    return tuple(AskedPage(**entry | {"words": tuple(entry.get("words", ()))}) for entry in entries)


def load_questions(folder: Path = REGISTRY_FOLDER) -> tuple[Question, ...]:
    """Read `questions.toml`.

    Raises:
        RegistryError: naming every mistake.
    """
    entries = _read(folder).get("question", [])
    problems = [one for number, entry in enumerate(entries, 1) for one in _faults(number, entry)]
    if problems:
        raise RegistryError(problems)
    return tuple(
        Question(
            **entry
            | {key: tuple(entry[key]) for key in ("search", "meanwhile", "words") if key in entry}
        )
        for entry in entries
    )


def _read(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / _FILE).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RegistryError([Problem(_FILE, explain(error), "改正该行")]) from error


def _lacks(number: int, entry: Mapping[str, Any]) -> Iterator[Problem]:
    where = f"{_FILE} 第 {number} 个 [[page]]"
    unknown = entry.keys() - AskedPage.__dataclass_fields__.keys()
    if unknown:
        yield Problem(where, f"不认识 {'、'.join(sorted(unknown))}", "照文件里别的写法写")
    for key in ("name", "address", "text"):
        if not isinstance(entry.get(key), str) or not entry[key]:
            yield Problem(where, f"{key} 没有填写", "填上文字", key)
    words = entry.get("words", [])
    if not isinstance(words, list) or not all(isinstance(one, str) for one in words):
        yield Problem(where, "words 写得不对", '写成 ["甲", "乙"]', "words")


def _faults(number: int, entry: Mapping[str, Any]) -> Iterator[Problem]:
    where = f"{_FILE} 第 {number} 问"
    unknown = entry.keys() - Question.__dataclass_fields__.keys()
    if unknown:
        yield Problem(where, f"不认识 {'、'.join(sorted(unknown))}", "照文件开头的说明写")
    if entry.get("no") != number or not entry.get("text"):
        yield Problem(where, "编号不连续或没有问法", f"写 no = {number} 和 text")
    if sum(way in entry for way in _WAYS) != 1:
        yield Problem(where, "回答的办法不是一种", f"在 {'、'.join(_WAYS)} 中写一种")
    written = " ".join(
        (*entry.get("search", ()), *entry.get("meanwhile", ()), entry.get("page", ""))
    )
    strange = set(_BLANK.findall(written)) - _BLANKS
    if strange:
        yield Problem(
            where, f"不认识 {'、'.join(sorted(strange))}", f"用 {'、'.join(sorted(_BLANKS))}"
        )
