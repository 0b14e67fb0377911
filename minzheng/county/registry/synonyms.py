"""Words of the trade that mean the same, and characters that look the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.writing.chinese_text import fold_for_search

_MEANS = "→"
_SHORTEST_SAID = 2


@dataclass(frozen=True)
class Groups:
    """Groups of folded texts; those of one group stand for one another."""

    groups: tuple[tuple[str, ...], ...]

    def others(self, folded: str) -> tuple[str, ...]:
        """What else stands for a text, each once."""
        alike = (one for group in self._by_text.get(folded, ()) for one in group)
        return tuple(one for one in dict.fromkeys(alike) if one != folded)

    @cached_property
    def shortest_for(self) -> tuple[tuple[str, str], ...]:
        """Every text with the shortest of its group, the longest of a group first."""
        return tuple(
            (word, min(group, key=len))
            for group in self.groups
            for word in sorted(group, key=len, reverse=True)
        )

    def with_shortest(self, folded: str) -> str:
        """A text with the shortest word in place of all that mean the same."""
        for word, shortest in self.shortest_for:
            if word in folded:
                folded = folded.replace(word, shortest)
        return folded

    def title_with_shortest(self, title: str) -> str:
        """The same of a title as it is written; there are some hundred, and each is kept."""
        known = self._titles.get(title)
        if known is None:
            known = self._titles[title] = self.with_shortest(fold_for_search(title))
        return known

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {}

    @cached_property
    def _by_text(self) -> dict[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = {}
        for group in self.groups:
            for one in group:
                found.setdefault(one, []).append(group)
        return found


def load_synonyms(folder: Path = REGISTRY_FOLDER) -> Groups:
    """Read `synonyms.txt`.

    Raises:
        RegistryError: with every line that is no group.
    """
    return _load(folder / "synonyms.txt", shortest=2)


@dataclass(frozen=True)
class Spoken:
    """What people say, and how papers put it, folded; the longest saying first."""

    sayings: tuple[tuple[str, str], ...] = ()

    def official(self, folded: str) -> str:
        """A text with what papers write in place of what people say.

        What stands there as papers write it stays: 亲属 inside 近亲属 is no saying.
        """
        said = self._pattern.sub(self._put, folded)
        return " ".join(said.split())

    def _put(self, found: re.Match[str]) -> str:
        meant = self._meant.get(found[0])
        return found[0] if meant is None else f" {meant} "

    @cached_property
    def _meant(self) -> dict[str, str]:
        return dict(self.sayings)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        said = {said for said, _ in self.sayings}
        known = said | {word for _, meant in self.sayings for word in meant.split()}
        longest_first = sorted(known, key=lambda one: (-len(one), one))
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def load_spoken(folder: Path = REGISTRY_FOLDER) -> Spoken:
    """Read the sayings of `synonyms.txt`: `停了=停掉 → 停发`.

    Raises:
        RegistryError: with every line that says nothing, or a word that is said twice.
    """
    file, found, problems = folder / "synonyms.txt", dict[str, str](), list[Problem]()
    for number, line in _lines(file):
        if _MEANS not in line:
            continue
        left, _, right = line.partition(_MEANS)
        said = [fold_for_search(word) for word in left.split("=")]
        meant = " ".join(fold_for_search(word) for word in right.split())
        twice = [word for word in said if word in found]
        if not meant or twice or min(map(len, said)) < _SHORTEST_SAID:
            what = f"“{'、'.join(twice)}”写了两次" if twice else f"“{line}”读不出说法和写法"
            do = "写成 停了=停掉 → 停发，每个说法至少两个字，只写一次"
            problems.append(Problem(f"{file.name} 第 {number} 行", what, do))
        found |= dict.fromkeys(said, meant)
    if problems:
        raise RegistryError(problems)
    return Spoken(tuple(sorted(found.items(), key=lambda one: (-len(one[0]), one[0]))))


def load_lookalikes(folder: Path = REGISTRY_FOLDER) -> Groups:
    """Read `lookalikes.txt`: characters that a reader takes for one another.

    Raises:
        RegistryError: with every line that is no group.
    """
    return _load(folder / "lookalikes.txt", shortest=1)


def _load(file: Path, shortest: int) -> Groups:
    groups, problems = [], []
    for number, line in _lines(file):
        if _MEANS in line:
            continue
        group = tuple(dict.fromkeys(fold_for_search(word) for word in line.split("=")))
        if len(group) < 2 or min(map(len, group)) < shortest:
            what = f"“{line}”不是一组"
            do = f"用 = 连接至少两个不同的词，每个至少 {shortest} 个字"
            problems.append(Problem(f"{file.name} 第 {number} 行", what, do))
        groups.append(group)
    if problems:
        raise RegistryError(problems)
    return Groups(tuple(groups))


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), start=1):
        text = line.strip()
        if text and not text.startswith("#"):
            yield number, text
