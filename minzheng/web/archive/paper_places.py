"""Where the papers of some files stand: from their names, and from what villages registered."""

from collections.abc import Iterable

from archive_indexer.models import ArchivedFile
from archive_indexer.stores.paper_place import PaperPlace, Shelf, place_of
from filler.records.cabinet_store import cabinet_of
from minzheng.web.gate.office import county


def places_of(files: Iterable[ArchivedFile]) -> dict[str, PaperPlace]:
    """The place of each file's paper, by its path."""
    names = {one.code: one.short_name for one in county().dossiers.all}
    shelves: dict[tuple[str, str], Shelf] = {}
    places = {}
    for file in files:
        where = (file.town, file.village)
        if where not in shelves:
            shelves[where] = _shelf(*where) if file.village else Shelf()
        dossier = names.get(file.dossier, "")
        places[file.path] = place_of(file.path, file.filing, dossier, shelves[where])
    return places


def _shelf(town: str, village: str) -> Shelf:
    known = cabinet_of(town, village)
    named = " ".join(part for part in (known.number, known.location) if part)
    return Shelf(named, known.slots, known.boxes)
