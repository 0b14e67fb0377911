"""How likely a name stands in a field, before its ink is looked at.

Families by how many people bear them, signs by how common they are, and the people whom the
records of the village know. What is known weighs, and never more than ink that is clear: a
brother's name differs in one sign, and a person may be new in the village.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from minzheng.county.writing.chinese_text import to_simplified

if TYPE_CHECKING:  # a service starts without the models
    from minzheng.external.ocr.ocr_models import Chances

_NAME = re.compile(r"[㐀-鿿][㐀-鿿·]{1,9}")
_USUAL = 3  #: signs at most
_NO_NAME, _LONG = 1e-3, 0.1
_HALF_AS_MANY = 20  #: places down the list of families, a family has half as many people
_UNKNOWN_FAMILY = 0.02
_SECOND_LEVEL, _RARE = 0.3, 0.03  #: of a sign, beside those of level 1 of GB/T 2312
_FIRST_OF_LEVEL_2 = 0xD8
_STRANGER = 0.01  #: somebody the records do not know, beside each one they do
_BY_ID = 20.0  #: whose number stands beside the name, beside anybody else known
_MOST_FOLLOWED = 24  #: known names of a village that the ink comes nearest to
_FLOOR = 1e-4
_FEWEST_KNOWN = 50  #: names, that a sign none of them holds is unusual
_PIECE = 3  #: digits of a number in a row
#: Pieces of two ID numbers, the six of a region among them; of two telephones; numbers.
_LEAST_SHARED, _LEAST_OF_PHONES, _MOST_NUMBERS = 6, 4, 6


@dataclass(frozen=True, slots=True)
class PeopleNear:
    """Whom the records of a place know, in simplified signs."""

    names: frozenset[str] = frozenset()
    by_id: Mapping[str, str] = field(default_factory=dict)  #: ID number → name
    phones: frozenset[str] = frozenset()


NOBODY = PeopleNear()


def people_near(known: Iterable[tuple[str, str]], phones: Iterable[str] = ()) -> PeopleNear:
    """Of names with their ID numbers, and telephones; a number of two names tells nothing."""
    names: set[str] = set()
    by_id: dict[str, set[str]] = {}
    for name, id_no in known:
        simple = to_simplified(name)
        names.add(simple)
        if id_no:
            by_id.setdefault(id_no, set()).add(simple)
    sure = {id_no: next(iter(bearers)) for id_no, bearers in by_id.items() if len(bearers) == 1}
    return PeopleNear(frozenset(names), sure, frozenset(phones))


def is_name(text: str) -> bool:
    """Whether a text is written as names are."""
    return bool(_NAME.fullmatch(text))


class NameOdds:
    """What is known of names where a form was filled in."""

    def __init__(self, families: Sequence[str] = (), people: PeopleNear = NOBODY) -> None:
        """`families` are the commonest first; without them every family is as likely."""
        self._rank = {family: rank for rank, family in enumerate(families)}
        self._people = people

        self._signs = frozenset().union(*people.names)

    def is_known(self, name: str) -> bool:
        """Whether the records know somebody of that name."""
        return name in self._people.names

    def are_usual_signs(self, text: str) -> bool:
        """Whether somebody the records know bears each of the signs; of few nothing is told."""
        return len(self._people.names) < _FEWEST_KNOWN or self._signs.issuperset(text)

    def known_by(self, id_no: str) -> str:
        """Whose number it is, or nothing."""
        return self._people.by_id.get(id_no, "")

    def numbers_like(self, read: str) -> tuple[str, ...]:
        """The known ID numbers that share much with what was read, the likest first."""
        return _like(read, self._people.by_id, _LEAST_SHARED)

    def phones_like(self, read: str) -> tuple[str, ...]:
        """The known telephones that share much with what was read, the likest first."""
        return _like(read, self._people.phones, _LEAST_OF_PHONES)

    def nearest(self, seen: "Chances", id_no: str = "") -> tuple[str, ...]:
        """The known names that the ink may be, by the signs that are seen anywhere in it."""
        names = self._people.names
        signs = "".join(sorted({sign for name in names for sign in name}))
        best = dict(zip(signs, seen.of(signs)[:, 1:].max(axis=0), strict=True)) if signs else {}
        ordered = sorted(names, key=lambda name: -_fits(name, best))
        by_id = self.known_by(id_no)
        return tuple(dict.fromkeys([*([by_id] if by_id else []), *ordered[:_MOST_FOLLOWED]]))

    def odds(self, id_no: str = "") -> Callable[[str], float]:
        """How likely each name is beside such a number."""
        by_id, names = self.known_by(id_no), self._people.names

        def of(text: str) -> float:
            plain = self._of_anybody(text)
            if not names:
                return plain
            known = 1.0 if to_simplified(text) in names else _STRANGER * plain
            return known * (_BY_ID if by_id and text == by_id else 1.0)

        return of

    def _of_anybody(self, text: str) -> float:
        if not is_name(text):
            return _NO_NAME
        family = next((text[:size] for size in (2, 1) if text[:size] in self._rank), "")
        given = text[len(family) :] if family else text[1:]
        signs = math.prod(map(_commonness, given))
        return signs * self._of_family(family) * (1.0 if len(text) <= _USUAL else _LONG)

    def _of_family(self, family: str) -> float:
        if not self._rank:
            return 1.0
        if not family:
            return _UNKNOWN_FAMILY
        return 1 / (1 + self._rank[family] / _HALF_AS_MANY)


def _like(read: str, numbers: Iterable[str], least: int) -> tuple[str, ...]:
    pieces = _pieces(read)
    shared = {number: len(pieces & _pieces(number)) for number in numbers}
    like = sorted(number for number, count in shared.items() if count >= least)
    return tuple(sorted(like, key=lambda number: -shared[number])[:_MOST_NUMBERS])


def _pieces(number: str) -> frozenset[str]:
    return frozenset(number[at : at + _PIECE] for at in range(len(number) - _PIECE + 1))


def _fits(name: str, best: Mapping[str, float]) -> float:
    """How well the signs of a name are seen, wherever; a mean, so that none is too short."""
    return sum(math.log(max(_FLOOR, best.get(sign, 0.0))) for sign in name) / max(1, len(name))


def _commonness(sign: str) -> float:
    """Names of today are written in the signs of GB/T 2312, most in those of its level 1."""
    try:
        first = sign.encode("gb2312")[0]
    except UnicodeEncodeError:
        return _RARE
    return 1.0 if first < _FIRST_OF_LEVEL_2 else _SECOND_LEVEL
