"""Which ID number stands on a form beside which name, and what the records say of what is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from archive_indexer.reading.form_rooms import FieldRoom, room_before
from archive_indexer.reading.hand.name_odds import NameOdds
from archive_indexer.reading.possible_values import Possible

_SAME_LINES = 2.5  #: times the height of a number's room, that its name begins above it
_LEAST_OF_INK, _A_GUESS = 1e-3, 0.5  #: of what the ink says best; how sure a number is below it
_LEAST_OF_KNOWN = 0.01  #: of what is likeliest, that a known name goes before it
_SURE_OF_ANOTHER = 0.9  #: how likely a name by its ink alone is, that the number is not heard


def numbers_of_names(rooms: Sequence[FieldRoom], numbers: Mapping[int, str]) -> dict[int, str]:
    """Number of a room that holds a name → the ID number behind it in its row, else below it.

    Args:
        rooms: of a page.
        numbers: number of a room → the ID number that was read in it.
    """
    beside: dict[int, list[str]] = {}
    alone: list[int] = []
    for at, id_no in numbers.items():
        name = room_before(rooms[at].box, rooms, "name")
        if name is not None:
            beside.setdefault(name, []).append(id_no)
        else:
            alone.append(at)
    for at in alone:
        name = _room_above(rooms[at], rooms)
        if name is not None and name not in beside:
            beside[name] = [numbers[at]]
    return {name: some[0] for name, some in beside.items() if len(some) == 1}


def _room_above(number: FieldRoom, rooms: Sequence[FieldRoom]) -> int | None:
    """The only name in the lines right above a number: of an applicant they stand so."""
    left, top, right, bottom = number.box
    above = [
        at
        for at, room in enumerate(rooms)
        if room.cell.kind == "name" and room.box[0] < right and left < room.box[2]
        and 0 < top - room.box[1] < _SAME_LINES * (bottom - top)
    ]  # fmt: skip
    return above[0] if len(above) == 1 else None


def with_bearer_first(found: Sequence[Possible], bearer: str) -> tuple[Possible, ...]:
    """What a name may be, its bearer by the number beside it first; a person decides.

    Running hands show a model other signs than were written, and it is sure of half of them.
    Where it is not sure of the whole name, the records say who it is rather than the ink.
    """
    known = [one for one in found if one.text == bearer]
    if not known or found[0].chance >= _SURE_OF_ANOTHER:
        return tuple(found)
    return (*known, *(one for one in found if one.text != bearer))


def with_known_first(found: Sequence[Possible], odds: NameOdds) -> tuple[Possible, ...]:
    """What an unsure name may be, a known one first where the likeliest is hardly a name here.

    It holds a sign that nobody of the place bears: a running 发 is seen as 滋. A person decides.
    """
    if not found or odds.are_usual_signs(found[0].text):
        return tuple(found)
    return _known_first(found, odds.is_known)


def with_known_phone_first(found: Sequence[Possible], known: Sequence[str]) -> tuple[Possible, ...]:
    """What an unsure telephone may be, a known one first; a person decides.

    Hardly ever do two people of a village have numbers that differ in what the ink leaves open.
    """
    return _known_first(found, known.__contains__)


def _known_first(
    found: Sequence[Possible], is_known: Callable[[str], bool]
) -> tuple[Possible, ...]:
    likely = [one for one in found if one.chance >= _LEAST_OF_KNOWN * found[0].chance]
    first = [one for one in likely if is_known(one.text)][:1]
    return (*first, *(one for one in found if one not in first))


def borne_by_ink(found: Sequence[Possible], known: Sequence[str]) -> tuple[Possible, ...]:
    """The same, an ID number that the records know no surer than its ink lets it be.

    A stranger's number may be like it.
    """
    if not found or found[0].text not in known or found[0].borne_out >= _LEAST_OF_INK:
        return tuple(found)
    return (replace(found[0], chance=min(found[0].chance, _A_GUESS)), *found[1:])
