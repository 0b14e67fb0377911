"""Where the papers of some files stand: from their names, and from what villages registered."""

from collections.abc import Iterable, Mapping

from archive_indexer.filing.paper_place import (
    GivenPlace,
    PaperPlace,
    Shelf,
    archive_no,
    find_paper_place,
)
from archive_indexer.models import ArchivedFile
from archive_indexer.stores.item_numbers import GivenNumber, ItemKey, key_of, numbers_of
from filler.records.cabinet_store import cabinet_of
from minzheng.web.gate.office import county


def places_of(files: Iterable[ArchivedFile]) -> dict[str, PaperPlace]:
    """The place of each file's paper, by its path."""
    asked = list(files)
    names = {one.code: one.short_name for one in county().dossiers.all}
    shelves: dict[tuple[str, str], Shelf] = {}
    places, given = {}, numbers_of(asked)
    for file in asked:
        where = (file.town, file.village)
        if where not in shelves:
            shelves[where] = _shelf(*where) if file.village else Shelf()
        places[file.path] = find_paper_place(
            file.path,
            file.filing,
            names.get(file.dossier, ""),
            shelves[where],
            _given_place(file, given),
        )
    return places


def _given_place(file: ArchivedFile, given: Mapping[ItemKey, GivenNumber]) -> GivenPlace | None:
    number = given.get(key_of(file))
    if number is None:
        return None
    fonds = county().places.fonds_of(file.town, file.village)
    told = archive_no(fonds, file.year, number.period, file.dossier, number.number)
    return GivenPlace(told, str(number.box), f"{number.number:04}")


def _shelf(town: str, village: str) -> Shelf:
    known = cabinet_of(town, village)
    named = " ".join(part for part in (known.number, known.location) if part)
    return Shelf(named, known.slots, known.boxes)
