"""Which ID number stands on a form beside which name."""

from collections.abc import Mapping, Sequence

from archive_indexer.reading.form_rooms import FieldRoom, room_before


def numbers_of_names(rooms: Sequence[FieldRoom], numbers: Mapping[int, str]) -> dict[int, str]:
    """Number of a room that holds a name → the ID number behind it in its row.

    Args:
        rooms: of a page.
        numbers: number of a room → the ID number that was read in it.
    """
    beside: dict[int, list[str]] = {}
    for at, id_no in numbers.items():
        name = room_before(rooms[at].box, rooms, "name")
        if name is not None:
            beside.setdefault(name, []).append(id_no)
    return {name: some[0] for name, some in beside.items() if len(some) == 1}
