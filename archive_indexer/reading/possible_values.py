"""What a word written by hand can be, when it is known of what kind it must be.

A model tells for every step of a crop how likely each sign stands there (CTC). Of all that
may be read so, only what may stand in the field is kept, each with its likelihood: an ID
number whose date exists and whose check digit is right, a telephone number, an amount.
"""

import itertools
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_indexer.reading.hand.name_odds import NameOdds, is_name
from minzheng.county.form_layout import FieldKind
from minzheng.county.writing.chinese_text import to_simplified
from minzheng.county.writing.id_card import has_known_province, is_sound
from minzheng.external.ocr.ocr_models import Chances

_BEAM = 48
_LEAST_CHANCE = 1e-4  #: of a sign at a step, to be followed
_FLOOR = 1e-6  #: no model is ever so sure that something is not there
_FLOOR_OF_WORDS = 1e-4  #: signs of running hands are in no model; what is known may stand there
_SIGNS_A_STEP = 4
_LOOKS = 1.6  #: several looks at one crop tell more than one, and less than so many crops
_SURELY_NONE = 0.9995
_AS_BEFORE = 3.0  #: how much likelier what the page's own reading says is than without it
_FOLDED = 1e-3
#: What models take digits of a running hand for, and the digits.
_ALIKE: Mapping[str, str] = {"H": "4", "|": "1", "B": "8", "O": "0"}
_PHONE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}")
_AMOUNT = re.compile(r"(?:0|[1-9]\d{0,6})\.\d\d")
#: More digits without a point are rather an amount whose point was lost.
_WHOLE_AMOUNT = re.compile(r"0|[1-9]\d{0,3}")
#: What people write into a field of any kind that has nothing to hold, or the same as above.
_NOTHING = frozenset(("无", "略", "同上", "/", "／", "-", "－", "—", "——", "〃"))
_SURE_OF_NOTHING = 0.6  #: no other word and no number is read as one of these
_DIGITS: Mapping[FieldKind, str] = {
    "id": "0123456789X", "phone": "0123456789-", "amount": "0123456789.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Possible:
    """One thing that may stand in a field, and how likely it is among all."""

    text: str
    chance: float  #: 0–1
    borne_out: float = 1.0  #: how well the ink alone says so, beside what it says best, 0–1


def possible_values(
    kind: FieldKind, seen: Sequence[Chances], may_be: Sequence[str] = (), first: str = "",
    odds: Callable[[str], float] | None = None, *, least_digits: int = 0,
) -> tuple[Possible, ...]:  # fmt: skip
    """What may stand in a crop, likeliest first.

    Args:
        kind: of the field.
        seen: what a model sees in one look at the crop, or in several.
        may_be: words that stand there likelier than others: choices, known names.
        first: what was read there before.
        odds: how likely a text stands there before it is looked at, else by its kind.
        least_digits: that its ink has in parts of their own.
    """
    signs = _DIGITS.get(kind) or seen[0].likeliest_signs(_SIGNS_A_STEP)
    signs = "".join(dict.fromkeys([*signs, *"".join(may_be), *("" if kind in _DIGITS else first)]))
    floor = _FLOOR_OF_WORDS if kind == "name" or (kind == "id" and may_be) else _FLOOR
    tables = [np.maximum(_seen_as(one, signs, kind), floor) for one in seen]
    found = {text for table in tables for text in _likely_texts(table, signs)}
    found |= {text for text in (*may_be, first) if set(text) <= set(signs)}
    expected = _with_digits(odds or _expectation(kind, frozenset(may_be)), least_digits)
    inked = _inked([text for text in found if text], signs, tables)
    scored = {
        text: likely + math.log(expected(text) * (_AS_BEFORE if text == first else 1.0))
        for text, likely in inked.items()
    }
    return _as_chances(_in_signs_of_today(kind, scored), _in_signs_of_today(kind, inked))


def _seen_as(seen: Chances, signs: str, kind: FieldKind) -> NDArray[Any]:
    """What is seen of some signs; where only digits stand, an H is a 4."""
    table = seen.of(signs)
    if kind in _DIGITS:
        alike = seen.of("".join(_ALIKE))
        for number, digit in enumerate(_ALIKE.values(), start=1):
            table[:, signs.index(digit) + 1] += alike[:, number]
    return table


def _with_digits(expected: Callable[[str], float], least: int) -> Callable[[str], float]:
    """Texts with fewer digits than the ink has parts made unlikely: equal ones are folded."""
    if not least:
        return expected
    return lambda text: (
        expected(text) * (1.0 if sum(sign.isdigit() for sign in text) >= least else _FOLDED)
    )


def _in_signs_of_today(kind: FieldKind, scored: Mapping[str, float]) -> Mapping[str, float]:
    """Names in simplified signs: 黃 and 黄 are one name, whichever a model sees."""
    if kind != "name":
        return scored
    today: dict[str, float] = {}
    for text, score in scored.items():
        simple = to_simplified(text)
        today[simple] = max(score, today.get(simple, -math.inf))
    return today


def _inked(texts: Sequence[str], signs: str, tables: Sequence[NDArray[Any]]) -> dict[str, float]:
    """Every text with the logarithm of how likely it is by the ink alone, over all looks."""
    looks = _LOOKS if len(tables) > 1 else 1.0
    places = {sign: place for place, sign in enumerate(signs, start=1)}
    numbers = [[places[sign] for sign in text] for text in texts]
    seen = np.mean([log_likelihoods(table, numbers) for table in tables], axis=0)
    return {text: looks * float(one) for text, one in zip(texts, seen, strict=True)}


def log_likelihoods(table: NDArray[Any], texts: Sequence[Sequence[int]]) -> NDArray[Any]:
    """How likely texts are by a table of steps x signs, each over all its spellings.

    All at once: a step costs the same for one text and for a hundred.
    """
    sizes = np.array([len(text) for text in texts], int)
    rows = np.arange(len(texts))
    path = np.zeros((len(texts), 2 * int(sizes.max(initial=0)) + 1), int)
    for row, text in enumerate(texts):
        path[row, 1 : 2 * len(text) : 2] = text
    may_skip = np.zeros(path.shape, bool)
    may_skip[:, 3::2] = path[:, 3::2] != path[:, 1:-2:2]
    at = np.zeros(path.shape)
    at[:, :2] = table[0, path[:, :2]]
    logarithm = np.zeros(len(texts))
    with np.errstate(divide="ignore"):  # what no path leads to is minus infinity
        for step in table[1:]:
            grown = at.copy()
            grown[:, 1:] += at[:, :-1]
            grown[:, 2:] += at[:, :-2] * may_skip[:, 2:]
            at = grown * step[path]
            total = at.sum(axis=1)
            logarithm += np.log(total)
            at /= np.where(total > 0, total, 1.0)[:, None]
        end = at[rows, 2 * sizes] + np.where(sizes > 0, at[rows, 2 * sizes - 1], 0.0)
        likelihoods: NDArray[Any] = logarithm + np.log(end)
    return likelihoods


def _likely_texts(table: NDArray[Any], signs: str) -> list[str]:
    """The likeliest texts by a search that follows some dozens at once."""
    beam: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}
    for step in table:
        beam = _next_beam(beam, step)
    return ["".join(signs[sign - 1] for sign in text) for text in beam]


def _next_beam(
    beam: Mapping[tuple[int, ...], tuple[float, float]], step: NDArray[Any]
) -> dict[tuple[int, ...], tuple[float, float]]:
    """Every text so far with the chance that it ends in none, or in its last sign."""
    none = float(step[0])
    if none > _SURELY_NONE:
        return {text: (in_none + in_sign, 0.0) for text, (in_none, in_sign) in beam.items()}
    seen = [(int(sign), float(step[sign])) for sign in np.flatnonzero(step > _LEAST_CHANCE) if sign]
    grown: dict[tuple[int, ...], list[float]] = {}
    for text, (in_none, in_sign) in beam.items():
        same = grown.setdefault(text, [0.0, 0.0])
        same[0] += (in_none + in_sign) * none
        if text:
            same[1] += in_sign * float(step[text[-1]])
        for sign, chance in seen:
            repeats = bool(text) and text[-1] == sign
            longer = grown.setdefault((*text, sign), [0.0, 0.0])
            longer[1] += (in_none if repeats else in_none + in_sign) * chance
    best = sorted(grown.items(), key=lambda one: -sum(one[1]))[:_BEAM]
    total = sum(sum(chances) for _, chances in best) or 1.0
    return {text: (chances[0] / total, chances[1] / total) for text, chances in best}


def _as_chances(scored: Mapping[str, float], inked: Mapping[str, float]) -> tuple[Possible, ...]:
    if not scored:
        return ()
    best = max(scored.values())
    if best == -math.inf:
        return ()
    weights = {text: math.exp(score - best) for text, score in scored.items()}
    total = sum(weights.values())
    ordered = sorted(weights.items(), key=lambda one: -one[1])
    clearest = max(inked.values())
    return tuple(
        Possible(text, round(weight / total, 4), math.exp(inked[text] - clearest))
        for text, weight in ordered
    )


def _expectation(kind: FieldKind, may_be: frozenset[str]) -> Callable[[str], float]:
    """How much likelier one text is to stand in a field than another, before it is looked at."""
    plain = _EXPECTED.get(kind, _some_words)
    return lambda text: 1.0 if text in may_be else plain(text) * (0.004 if may_be else 1.0)


def _an_id(text: str) -> float:
    """A number that is wrong on the paper stays so: it is unlikely, and not impossible."""
    if is_sound(text):
        return 1.0 if has_known_province(text) else 0.01
    return 1e-3 if len(text) == 18 and "X" not in text[:-1] else 1e-5


def _a_phone(text: str) -> float:
    if _PHONE.fullmatch(text):
        return 1.0
    return 0.3 if _LANDLINE.fullmatch(text) else 1e-4


def _an_amount(text: str) -> float:
    if _AMOUNT.fullmatch(text):
        return 1.0
    return 0.1 if _WHOLE_AMOUNT.fullmatch(text) else 1e-3


def _some_words(text: str) -> float:
    return 1.0


_EXPECTED: Mapping[FieldKind, Callable[[str], float]] = {
    "id": _an_id, "phone": _a_phone, "amount": _an_amount, "name": NameOdds().odds(),
}  # fmt: skip


def says_nothing(text: str, sure: float) -> bool:
    """Whether a reading surely says that a field holds nothing: 无, 同上, a stroke."""
    return text.strip(" 。") in _NOTHING and sure >= _SURE_OF_NOTHING


def is_possible(kind: FieldKind, text: str, choices: Iterable[str] = ()) -> bool:
    """Whether a reading may stand in a field as it is."""
    if kind == "id":
        return is_sound(text)
    if kind == "phone":
        return bool(_PHONE.fullmatch(text) or _LANDLINE.fullmatch(text))
    if kind == "amount":
        return bool(_AMOUNT.fullmatch(text) or _WHOLE_AMOUNT.fullmatch(text))
    if kind == "name":
        return is_name(text)
    listed = [*itertools.chain(choices)]
    return not listed or text in listed
