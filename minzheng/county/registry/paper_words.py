"""Words by which people and values are found on papers, from registry/."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import Problem, RegistryError
from minzheng.county.form_marks import as_label
from minzheng.county.toml_files import explain

_FILE, _SURNAMES = "paper_words.toml", "surnames.txt"
_LISTS = {
    "persons": ("chief", "others", "columns", "staff", "lists", "before_names"),
    "values": ("archive_no", "amounts", "dates"),
    "not_names": ("words",),
}
_HAN = r"[㐀-鿿\U00020000-\U0003ffff]"
_MINORITY = re.compile(rf"{_HAN}{{1,12}}(?:·{_HAN}{{1,12}})+")
_SURNAME = re.compile(rf"{_HAN}{{1,2}}")
_MOST_GIVEN = 2
_SAMPLE = "测试"  #: the family of everybody in the samples


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A common paper: so many of these words stand on it, and one that must."""

    name: str
    must: tuple[str, ...]
    words: tuple[str, ...]
    least: int

    def count_in(self, text: str) -> int:
        """How many of its words stand in a text without spaces; none when it is another paper."""
        if not any(word in text for word in self.must):
            return 0
        found = sum(word in text for word in self.words)
        return found if found >= self.least else 0


@dataclass(frozen=True, slots=True)
class PaperWords:
    """Labels of people, of amounts, of dates; family names; words that are no names."""

    chief: frozenset[str]
    others: frozenset[str]
    columns: frozenset[str]
    staff: frozenset[str]  #: beside them in a heading: a list of officials
    lists: frozenset[str]  #: in a title: every row names somebody
    before_names: tuple[str, ...]  #: longest first
    archive_no: frozenset[str]
    amounts: frozenset[str]
    dates: frozenset[str]
    not_names: frozenset[str]
    surnames: frozenset[str]
    papers: tuple[PaperKind, ...]
    families: tuple[str, ...] = ()  #: the surnames, commonest first
    attendance: re.Pattern[str] | None = None  #: a passage that tells who was at a meeting

    def is_name(self, text: str) -> bool:
        """Whether a text looks like a person's name: a known family, one or two more."""
        if text in self.not_names:
            return False
        if "·" in text:
            return bool(_MINORITY.fullmatch(text))
        return any(self._is_given(text.removeprefix(one), one) for one in self._families(text))

    def without_attendance(self, text: str) -> str:
        """A text without white space but for who met, led, wrote: nobody there is judged."""
        return self.attendance.sub("。", text) if self.attendance else text

    def _families(self, text: str) -> Iterable[str]:
        return (text[:size] for size in (2, 1) if text[:size] in self.surnames)

    def _is_given(self, given: str, family: str) -> bool:
        most = _MOST_GIVEN + 1 if family == _SAMPLE else _MOST_GIVEN
        return 1 <= len(given) <= most and bool(re.fullmatch(rf"{_HAN}+", given))


def load_paper_words(folder: Path = REGISTRY_FOLDER) -> PaperWords:
    """Read `paper_words.toml` and `surnames.txt`.

    Raises:
        RegistryError: with every list that is missing or wrong.
    """
    try:
        given = tomllib.loads((folder / _FILE).read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise RegistryError([Problem(_FILE, explain(error), "改正该行")]) from error
    wrong = [
        Problem(_FILE, f"[{table}] 里的 {name} 应是文字的列表", "照原来的样子写", name)
        for table, names in _LISTS.items()
        for name in names
        if not _is_list(given.get(table, {}).get(name))
    ]
    minutes = given.get("minutes", {})
    wrong += [
        Problem(_FILE, f"[minutes] 里的 {name} 应是文字的列表", "照原来的样子写", name)
        for name in ("beside", "goes_on")
        if not _is_list(minutes.get(name, []))
    ]
    wrong += [
        Problem(_FILE, f"第 {number} 个 [[paper]] 不完整", "写全 name、must、words、least", "paper")
        for number, one in enumerate(given.get("paper", ()), start=1)
        if not _is_paper(one)
    ]
    if wrong:
        raise RegistryError(wrong)
    persons, values = given["persons"], given["values"]
    families = load_families(folder)
    return PaperWords(
        **{
            name: _labels(persons[name])
            for name in ("chief", "others", "columns", "staff", "lists")
        },
        **{name: _labels(values[name]) for name in _LISTS["values"]},
        before_names=tuple(sorted(persons["before_names"], key=len, reverse=True)),
        not_names=frozenset(given["not_names"]["words"]),
        surnames=frozenset(families),
        families=families,
        attendance=_attendance(minutes),
        papers=tuple(
            PaperKind(one["name"], tuple(one["must"]), tuple(one["words"]), one["least"])
            for one in given.get("paper", ())
        ),
    )


def load_families(folder: Path = REGISTRY_FOLDER) -> tuple[str, ...]:
    """Read `surnames.txt`, in its order: the commonest first.

    Raises:
        RegistryError: with every line that holds something else.
    """
    lines = (folder / _SURNAMES).read_text(encoding="utf-8-sig").splitlines()
    names = {
        number: line.split() for number, line in enumerate(lines, 1) if not line.startswith("#")
    }
    wrong = [
        Problem(f"{_SURNAMES} 第 {number} 行", f"“{name}”不是姓", "姓写一两个汉字，用空格隔开")
        for number, row in names.items()
        for name in row
        if not _SURNAME.fullmatch(name)
    ]
    if wrong:
        raise RegistryError(wrong)
    return tuple(dict.fromkeys(name for row in names.values() for name in row))


def load_surnames(folder: Path = REGISTRY_FOLDER) -> frozenset[str]:
    """The families of `surnames.txt`.

    Raises:
        RegistryError: with every line that holds something else.
    """
    return frozenset(load_families(folder))


def _attendance(minutes: Mapping[str, Any]) -> re.Pattern[str] | None:
    """From a word that begins it to the end of the sentence, or where the text goes on."""
    begins, ends = (
        "|".join(map(re.escape, sorted(minutes.get(name, ()), key=len, reverse=True)))
        for name in ("beside", "goes_on")
    )
    return re.compile(f"(?:{begins}).*?(?={f'{ends}|' if ends else ''}。|$)") if begins else None


def _labels(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(as_label, words))


def _is_paper(one: Mapping[str, Any]) -> bool:
    has_words = _is_list(one.get("must")) and _is_list(one.get("words"))
    return has_words and isinstance(one.get("name"), str) and isinstance(one.get("least"), int)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
