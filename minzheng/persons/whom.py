"""One person by name and ID number: whether a text is about this one."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from archive_indexer.stores.withheld import PersonMarks
from minzheng.county.errors import Problem
from minzheng.county.personal_numbers import whole_number, written_numbers
from minzheng.county.writing.chinese_text import (
    fold_for_search,
    fold_with_offsets,
    normalise_name,
)
from minzheng.county.writing.id_card import birth_date, find_fault, to_eighteen

_NAME = re.compile(r"[㐀-鿿\U00020000-\U0003ffff·]{2,20}")
#: Signs behind a name in which its number is looked for.
_AFTER = 60


class Identity(StrEnum):
    """Whether a text is about the person."""

    SURE = "写有本人身份证号"
    NAMED = "同名，没有身份证号"
    OTHER = "同名的另一人"
    NONE = ""


@dataclass(frozen=True)
class Whom:
    """A person as somebody asks: the number tells people of one name apart."""

    name: str
    id_no: str

    @cached_property
    def folded(self) -> str:
        """The name as texts are compared."""
        return fold_for_search(self.name)

    @cached_property
    def marks(self) -> PersonMarks:
        """Name and number as keyed hashes."""
        return PersonMarks.of(self.name, self.id_no)

    @property
    def key(self) -> str:
        """What stands for the person in the log: it tells nobody who it is."""
        return self.marks.person[:16]

    @property
    def born(self) -> dt.date | None:
        """The day of birth."""
        return birth_date(self.id_no)

    def stands_in(self, text: str) -> Identity:
        """Whether a text bears the number, or the name alone, or another's number beside it."""
        folded, offsets = fold_with_offsets(text)
        if self.id_no.lower() in folded or self._has_number(text):
            return Identity.SURE
        places = [offsets[one.start()] for one in re.finditer(re.escape(self.folded), folded)]
        if not places:
            return Identity.NONE
        beside = (self._is_anothers(text, at) for at in places)
        return Identity.OTHER if all(beside) else Identity.NAMED

    def _has_number(self, text: str) -> bool:
        return any(to_eighteen(one.number) == self.id_no for one in written_numbers(text))

    def _is_anothers(self, text: str, at: int) -> bool:
        """Whether somebody's ID number, which is not the person's, follows the name."""
        behind = text[at : at + len(self.name) + _AFTER]
        return any(birth_date(to_eighteen(one.number)) for one in written_numbers(behind))


def read_whom(name: str, id_no: str, today: dt.date) -> Whom | list[Problem]:
    """The person asked for, or what is wrong with name and number."""
    plain = normalise_name(name.replace("\0", ""))
    number = to_eighteen(whole_number(id_no) or id_no.strip().upper())
    problems = []
    if not _NAME.fullmatch(plain):
        problems.append(Problem("姓名", "没有写清", "写身份证上的全名", "name"))
    fault = find_fault(number, today)
    if fault:
        problems.append(Problem("身份证号", fault, "照身份证写全，用来分清同名的人", "id_no"))
    return problems or Whom(plain, number)
