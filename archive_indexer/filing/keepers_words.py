"""What keepers said wins: over our code for the file itself, never over it for a folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from archive_indexer.documents import Filing, Guess, Visible

#: What may be corrected; `place` is town and village as `钟宝镇/旧城村`.
FIELDS = {
    "place": "镇、村", "dossier": "专档", "year": "年度", "form_id": "表号", "case_no": "案件编号",
    "persons": "姓名", "archive_no": "档号", "title": "题名",
}  # fmt: skip
#: What the other files of the folder take over.
FOLDER_FIELDS = ("place", "dossier", "year")
NAMES_APART = "、"

_OF_THE_FOLDER = "同一文件夹里的更正"


@dataclass(frozen=True, slots=True)
class Word:
    """One thing a keeper said: the value, and who said it when."""

    value: str
    because: str


@dataclass(frozen=True, slots=True)
class FolderWord:
    """What was said of a folder's files, and which of them its maker might see."""

    name: str
    value: str
    scope: Visible


@dataclass(frozen=True, slots=True)
class Said:
    """What holds of one file: said of the file itself, and of its folder, oldest first."""

    of_file: Mapping[str, Word] = field(default_factory=dict)
    of_folder: Sequence[FolderWord] = ()


def in_force(guessed: Filing, said: Said) -> Filing:
    """The filing after what was said: of the file first, of its folder where nothing is sure."""
    filing = correct(guessed, said.of_file)
    seen = (_text(filing.town), _text(filing.village), _text(filing.dossier))
    words = {
        word.name: Word(word.value, _OF_THE_FOLDER)
        for word in said.of_folder
        if word.name not in said.of_file and word.scope.covers(*seen)
    }
    return _correct_by_folder(filing, words)


def correct(guessed: Filing, said: Mapping[str, Word]) -> Filing:
    """The filing with what was said of the file itself."""
    filing = guessed
    for name, word in said.items():
        filing = _put(filing, name, Guess(word.value, 1.0, word.because, "keeper"))
    return filing


def _correct_by_folder(filing: Filing, said: Mapping[str, Word]) -> Filing:
    for name, word in said.items():
        if not _is_settled(filing, name):
            filing = _put(filing, name, Guess(word.value, 0.9, word.because, "folder"))
    return filing


def value_of(filing: Filing, name: str) -> Guess | None:
    """What a filing says of a field that may be corrected, as one text."""
    if name == "place":
        return _place_of(filing)
    if name == "persons":
        names = NAMES_APART.join(one.value for one in filing.persons)
        return replace(filing.persons[0], value=names) if names else None
    guess: Guess | None = getattr(filing, name)
    return guess


def _place_of(filing: Filing) -> Guess | None:
    village, town = filing.village, filing.town
    if town is None:
        return None
    return replace(village or town, value=f"{town.value}/{village.value if village else ''}")


def _is_settled(filing: Filing, name: str) -> bool:
    guess = filing.town if name == "place" else getattr(filing, name)
    return guess is not None and guess.source in ("code", "keeper")


def _put(filing: Filing, name: str, guess: Guess) -> Filing:
    changes: dict[str, Any]
    if name == "place":
        town, _, village = guess.value.partition("/")
        changes = {"town": _some(guess, town), "village": _some(guess, village)}
    elif name == "persons":
        names = [one for one in guess.value.split(NAMES_APART) if one]
        persons = tuple(replace(guess, value=one) for one in names)
        changes = {"persons": persons, "person": persons[0] if persons else None}
    else:
        changes = {name: _some(guess, guess.value)}
    return replace(filing, **changes)


def _text(guess: Guess | None) -> str:
    return guess.value if guess else ""


def _some(guess: Guess, value: str) -> Guess | None:
    return replace(guess, value=value) if value else None
