"""What the archive holds: counts a village, failures with their reasons."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from archive_indexer import waiting_list
from archive_indexer.models import ArchivedFile, Walk
from county.dossiers import Dossiers
from county.places import Places


@dataclass(frozen=True, slots=True)
class VillageCoverage:
    """Files of one village by dossier code."""

    town: str
    village: str
    files: int
    by_dossier: dict[str, int]
    last_seen: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why."""

    path: str
    reason: str
    town: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The state of the whole archive."""

    villages: tuple[VillageCoverage, ...]
    elsewhere: int  #: indexed files that belong to no known village
    indexed: int
    waiting: int
    failures: tuple[Failure, ...]
    last_walk: dt.datetime | None
    trouble: str  #: why the last walk could not see the archive

    def of_town(self, town: str) -> tuple[VillageCoverage, ...]:
        """The villages of a town."""
        return tuple(village for village in self.villages if village.town == town)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many files stand where."""

    indexed: int
    failed: int
    waiting: int


def count_files(town: str = "", village: str = "") -> Figures:
    """Files of the county, a town or a village."""
    area = {key: value for key, value in (("town", town), ("village", village)) if value}
    present = ArchivedFile.objects.filter(present=True, **area)
    return Figures(
        indexed=present.filter(state="indexed").count(),
        failed=present.filter(state="failed").count(),
        waiting=waiting_list.count(),
    )


def take_coverage(places: Places, dossiers: Dossiers) -> Coverage:
    """Count what the archive holds now."""
    present = ArchivedFile.objects.filter(present=True)
    indexed = present.filter(state="indexed")
    counts: dict[tuple[str, str], Counter[str]] = {}
    latest: dict[tuple[str, str], dt.datetime] = {}
    rows = indexed.values_list("town", "village", "dossier", "last_seen")
    for town, village, dossier, seen in rows.iterator():
        key = (town, village)
        counts.setdefault(key, Counter())[dossier] += 1
        latest[key] = max(latest.get(key, seen), seen)
    villages = tuple(
        _village_coverage(place.town, place.name, counts, latest, dossiers)
        for place in places.settlements
        if place.kind == "村" or (place.town, place.name) in counts
    )
    total = indexed.count()
    walk = Walk.objects.order_by("-pk").first()
    return Coverage(
        villages=villages,
        elsewhere=total - sum(village.files for village in villages),
        indexed=total,
        waiting=waiting_list.count(),
        failures=tuple(
            Failure(*row)
            for row in present.filter(state="failed")
            .order_by("path")
            .values_list("path", "reason", "town", "village")
        ),
        last_walk=walk.ended if walk else None,
        trouble=walk.trouble if walk else "",
    )


def _village_coverage(
    town: str,
    village: str,
    counts: dict[tuple[str, str], Counter[str]],
    latest: dict[tuple[str, str], dt.datetime],
    dossiers: Dossiers,
) -> VillageCoverage:
    counter = counts.get((town, village), Counter())
    by_dossier = {dossier.code: counter[dossier.code] for dossier in dossiers.all}
    return VillageCoverage(town, village, counter.total(), by_dossier, latest.get((town, village)))
