"""Which papers give a benefit, which change or end a case: registry/copies.toml."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.toml_files import parse_once

_FILE = "copies.toml"
_BEGUN = ("apply_date",)


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A form that changes or ends what was approved, from a month on."""

    form_id: str
    since: str  #: slug of its month or date
    endings: Mapping[str, tuple[str, ...]]  #: its answers that end the case; none: always
    becomes: Mapping[str, str]  #: slug of the approval → slug that takes its place
    letter: str = ""  #: the form by which its decision has to be told
    letter_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  #: its answers then

    def ends(self, text_of: Callable[[str], str]) -> bool:
        """Whether a document of the form ends the case, asked by its answers."""
        return all(text_of(slug) in words for slug, words in self.endings.items())

    def asks_letter(self, text_of: Callable[[str], str]) -> bool:
        """Whether a document of the form has to be told by a letter."""
        says_so = all(text_of(slug) in words for slug, words in self.letter_if.items())
        return bool(self.letter) and says_so


@dataclass(frozen=True, slots=True)
class Benefit:
    """A decision after which a person gets something."""

    form_id: str
    name: str


@dataclass(frozen=True, slots=True)
class CaseLaw:
    """What begins a benefit, what changes or ends it."""

    benefits: tuple[Benefit, ...] = ()
    changes: tuple[CaseChange, ...] = ()
    begun: tuple[str, ...] = _BEGUN  #: of which day its application is, the first filled

    def is_ended_by(self, form_id: str, text_of: Callable[[str], str]) -> bool:
        """Whether a case ends by a document of a form, asked by its answers."""
        return any(one.form_id == form_id and one.ends(text_of) for one in self.changes)

    def letter_after(self, form_id: str, text_of: Callable[[str], str]) -> str:
        """The letter a document of a form asks for; empty when it asks for none."""
        asked = (one for one in self.changes if one.form_id == form_id and one.asks_letter(text_of))
        return next((one.letter for one in asked), "")

    @property
    def always_ending(self) -> frozenset[str]:
        """Forms by which a case ends, whatever their answers."""
        return frozenset(one.form_id for one in self.changes if not one.endings)

    @property
    def may_end(self) -> frozenset[str]:
        """Forms by which a case ends only when their answers say so."""
        return frozenset(one.form_id for one in self.changes if one.endings)


def load_case_law(folder: Path = REGISTRY_FOLDER) -> CaseLaw:
    """Read the table; its mistakes are named with the catalogue of forms."""
    try:
        table = parse_once((folder / _FILE).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError:
        return CaseLaw()
    return read_case_law(table)


def read_case_law(table: Mapping[str, Any]) -> CaseLaw:
    """The `[[benefit]]` and `[[change]]` entries of a table."""
    return CaseLaw(
        tuple(
            Benefit(str(one.get("form")), str(one.get("name"))) for one in table.get("benefit", ())
        ),
        tuple(map(_change, table.get("change", ()))),
        tuple(table.get("days", {}).get("begun", _BEGUN)),
    )


def _change(entry: Mapping[str, Any]) -> CaseChange:
    endings, letter_if = (
        {slug: tuple(words) for slug, words in entry.get(key, {}).items()}
        for key in ("ends", "letter_if")
    )
    form_id, since, letter = (str(entry.get(key, "")) for key in ("form", "since", "letter"))
    return CaseChange(form_id, since, endings, entry.get("becomes", {}), letter, letter_if)
