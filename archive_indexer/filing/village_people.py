"""Whom the records know in the village of a path: asked once in some minutes, not at every scan."""

import time
from collections.abc import Callable, Iterable

from archive_indexer.disk.file_names import as_read
from archive_indexer.reading.hand.name_odds import NOBODY, PeopleNear, people_near
from minzheng.county.registry.places import Places

#: Name and ID number of everybody whom the records name in a town's village.
PeopleIn = Callable[[str, str], Iterable[tuple[str, str]]]
#: Telephones of everybody an issued document of a town's village is about.
PhonesIn = Callable[[str, str], Iterable[str]]
_HOLDS_SECONDS = 600.0
_MOST_VILLAGES = 8


class VillagePeople:
    """People by village, as they were known some minutes ago."""

    def __init__(
        self,
        places: Places,
        ask: PeopleIn,
        ask_phones: PhonesIn,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._places = places
        self._ask = ask
        self._ask_phones = ask_phones
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[float, PeopleNear]] = {}

    def near(self, path: str) -> PeopleNear:
        """Of the last village that the folders of a path name; nobody where none is."""
        read = as_read(path)
        found = [one for one in self._places.under(read).find_in(read) if one.village]
        if not found:
            return NOBODY
        village = (found[-1].town, found[-1].village)
        since, people = self._known.get(village, (float("-inf"), NOBODY))
        if self._clock() - since > _HOLDS_SECONDS:
            people = people_near(self._ask(*village), self._ask_phones(*village))
            self._known.pop(village, None)
            self._known[village] = (self._clock(), people)
            for oldest in list(self._known)[:-_MOST_VILLAGES]:
                self._known.pop(oldest, None)
        return people
