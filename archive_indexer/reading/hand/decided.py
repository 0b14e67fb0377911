"""What stands in a field that was read again: a value, a question, or ink that nobody can read."""

import re
from collections.abc import Sequence

from archive_indexer.documents import ReadField
from archive_indexer.reading.possible_values import Possible, is_possible, says_nothing
from minzheng.county.form_layout import FieldKind, FormCell
from minzheng.external.ocr.ocr_engine import ReadLine

Box = tuple[float, float, float, float]

UNREAD = "手写未识别"
#: A house's telephone that is somebody's own where its first sign is a 1: never settled by ink.
_AS_MOBILE = re.compile(r"0[3-9]\d{9}")
_HAN = re.compile("[㐀-鿿]")
NUMBERS: tuple[FieldKind, ...] = ("id", "phone", "amount")
SURE: dict[FieldKind, float] = {
    "id": 0.9, "phone": 0.97, "amount": 0.97, "name": 0.95, "choice": 0.7,
}  # fmt: skip
_LEAST_BORNE_OUT = 0.05  #: of a name, by its ink beside what the ink says best
_LEAST_CHANCE = 0.2  #: of a name, a choice: below it is said to be unread
_MOST_ALTERNATIVES = 5
_LEAST_ALTERNATIVE = 0.002
_SPECK = 3  #: signs that a model sees in specks and in rests of rules


def decided(
    cell: FormCell, place: Box, first: str, found: Sequence[Possible]
) -> tuple[ReadField, ReadLine]:
    """The likeliest value, whether a person is to look at it, and the line it makes."""
    if not found or _is_unreadable(cell.kind, found[0]):
        return unread(cell, place, found or (Possible(first, 0.0),))
    best = found[0]
    if says_nothing(best.text, best.chance):  # a stroke through the field
        field = ReadField(cell.label, cell.kind, place, best.text, best.chance, is_doubtful=False)
        return field, _line(best.text, place, best.chance, first)
    is_sure = is_settled(cell, found)
    if first and best.text != first and not is_possible(cell.kind, best.text, cell.choices):
        others = (best.text, *_others(found))[:_MOST_ALTERNATIVES]
        return (
            ReadField(cell.label, cell.kind, place, first, 0.0, others),
            _line(first, place, 0.0, first),
        )
    return (
        ReadField(
            cell.label, cell.kind, place, best.text, best.chance, _others(found), not is_sure
        ),
        _line(best.text, place, best.chance, first),
    )


def is_speck(kind: FieldKind, found: Sequence[Possible]) -> bool:
    """Whether ink in which no line was found is no number, and too little for one."""
    if kind not in NUMBERS:
        return False
    return not found or (not is_possible(kind, found[0].text) and len(found[0].text) <= _SPECK)


def is_other(cell: FormCell, found: Sequence[Possible]) -> bool:
    """Whether a choice was written that the form does not offer: it stands as it was read."""
    return cell.kind == "choice" and bool(found) and found[0].text not in cell.choices


def _is_unreadable(kind: FieldKind, best: Possible) -> bool:
    """Whether even the likeliest word is no more than a guess, or no word at all."""
    if kind not in ("name", "choice"):
        return False
    return best.chance < _LEAST_CHANCE or (kind == "name" and not _HAN.search(best.text))


def is_settled(cell: FormCell, found: Sequence[Possible]) -> bool:
    """Whether the likeliest may stand there and is likely enough to need no person.

    A name that is known, and that the ink hardly bears out, is likely and not settled.
    """
    return bool(found) and (
        found[0].chance >= SURE[cell.kind]
        and not (cell.kind == "phone" and _AS_MOBILE.fullmatch(found[0].text))
        and (cell.kind != "name" or found[0].borne_out >= _LEAST_BORNE_OUT)
        and is_possible(cell.kind, found[0].text, cell.choices)
    )


def unread(cell: FormCell, place: Box, found: Sequence[Possible]) -> tuple[ReadField, ReadLine]:
    """A field nobody can read but a person: its best guess stays findable, too."""
    guess = found[0].text
    said = f"{guess}（{UNREAD}）" if guess else UNREAD
    return (
        ReadField(cell.label, cell.kind, place, guess, 0.0, _others(found), is_doubtful=True),
        _line(said, place, 0.0, guess),
    )


def _others(found: Sequence[Possible]) -> tuple[str, ...]:
    """What else it may be, likeliest first."""
    likely = [one.text for one in found[1:] if one.chance >= _LEAST_ALTERNATIVE]
    return tuple(likely[:_MOST_ALTERNATIVES])


def _line(text: str, place: Box, confidence: float, first: str) -> ReadLine:
    places = tuple(round((number + 0.5) / len(text), 4) for number in range(len(text)))
    return ReadLine(text, place, confidence, 0.0, places, first if first != text else "")
