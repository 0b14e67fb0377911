"""Whose names stand beside the ID number of a child on a paper.

What a paper itself tells: a number says how old its owner is, and the nearest name before it
in the row, else behind it, else in the rows above, is the owner's.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from minzheng.county.personal_numbers import written_numbers
from minzheng.county.registry.paper_words import PaperWords
from minzheng.county.writing.chinese_text import fold_for_search
from minzheng.county.writing.id_card import birth_date, to_eighteen

_HAN = re.compile(r"[㐀-鿿·]{2,}")
_ROWS_ABOVE = 3
_LONGEST, _SHORTEST = 5, 2


@dataclass(frozen=True, slots=True)
class Beside:
    """Names, folded, beside the numbers of children, and beside those of everybody else."""

    children: frozenset[str]
    adults: frozenset[str]

    def hidden(self, known: frozenset[str]) -> frozenset[str]:
        """The children's names of a paper, `known` being those of its place.

        A name beside an adult's number is the adult's, whoever else is called so.
        """
        return self.children | (known - self.adults)


def names_beside_numbers(text: str, words: PaperWords, born_after: dt.date) -> Beside:
    """Whose numbers stand in a text; a child is who was born after a day."""
    children: set[str] = set()
    adults: set[str] = set()
    for born, name in _owners(text, words):
        (children if born > born_after else adults).add(fold_for_search(name))
    return Beside(frozenset(children), frozenset(adults - children))


def day_of_majority(today: dt.date, age: int) -> dt.date:
    """Who was born after this day is not yet of an age today."""
    try:
        return today.replace(year=today.year - age)
    except ValueError:  # born on 29 February: of age with 1 March
        return dt.date(today.year - age, 2, 28)


def _owners(text: str, words: PaperWords) -> Iterator[tuple[dt.date, str]]:
    for one in written_numbers(text):
        born = birth_date(to_eighteen(one.number))
        name = _name_near(text, one.start, one.end, words) if born else ""
        if born and name:
            yield born, name


def _name_near(text: str, start: int, end: int, words: PaperWords) -> str:
    """The nearest name: before the number in its row, behind it, in the rows above."""
    row = text.rfind("\n", 0, start) + 1
    row_end = text.find("\n", end)
    before, behind = text[row:start], text[end : row_end if row_end >= 0 else len(text)]
    above = text[:row].splitlines()[-_ROWS_ABOVE:]
    places = (list(_names(before, words))[-1:], list(_names(behind, words))[:1])
    for found in (*places, *(list(_names(one, words))[-1:] for one in reversed(above))):
        if found:
            return found[0]
    return ""


def _names(row: str, words: PaperWords) -> Iterator[str]:
    for run in _HAN.finditer(row):
        name = _name_at_end(run[0], words)
        if name:
            yield name


def _name_at_end(run: str, words: PaperWords) -> str:
    """A run of characters that is a name, or ends with one: 孙女张小花."""
    if words.is_name(run):
        return run
    ends = (run[-size:] for size in range(min(_LONGEST, len(run)), _SHORTEST - 1, -1))
    return next((one for one in ends if words.is_name(one)), "")
