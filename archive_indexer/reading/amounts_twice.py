"""Amounts that stand on a form in figures and in 大写: the one tells of the other.

Where both say the same no person is asked, however the figures look; where they differ a
keeper is shown both, for on paper either may be wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from archive_indexer.documents import ReadField
from archive_indexer.reading.form_rooms import FieldRoom, room_before
from archive_indexer.reading.reading_order import Placed
from minzheng.county.writing.money_words import parse_amount_words, parse_money, print_money

Box = tuple[float, float, float, float]

_AGREED = 0.99  #: how sure what stands there twice is


def amounts_in_words(
    rooms: Sequence[FieldRoom], placed: Iterable[Placed]
) -> dict[int, tuple[Decimal, Placed]]:
    """Number of a room that holds figures → the amount in words that stands behind it.

    Words belong to the nearest room for an amount before them in their row; a room with two
    of them is left alone.
    """
    found: dict[int, list[tuple[Decimal, Placed]]] = {}
    for one in placed:
        amount = parse_amount_words(one.line.text)
        room = None if amount is None else room_before(one.box, rooms, "amount")
        if amount is not None and room is not None:
            found.setdefault(room, []).append((amount, one))
    return {room: several[0] for room, several in found.items() if len(several) == 1}


def held_against_words(
    label: str, place: Box, value: str, field: ReadField | None, words: Decimal
) -> ReadField | None:
    """The field after its amount in words was looked at; None: there is nothing to be asked.

    Args:
        label: what is printed beside the figures.
        place: where the figures stand on the page.
        value: the figures as they are read now.
        field: what became of the figures when they were read again.
        words: the amount in 大写.
    """
    if parse_money(value) == words:
        return field and replace(
            field, confidence=max(field.confidence, _AGREED), is_doubtful=False
        )
    others = field.alternatives if field else ()
    alternatives = dict.fromkeys((print_money(words), *others))
    if field is None:
        return ReadField(label, "amount", place, value, 0.0, tuple(alternatives))
    return replace(field, confidence=0.0, alternatives=tuple(alternatives), is_doubtful=True)
