"""What the archive holds: counts a village, failures with their reasons."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.db.models import Count, Max, Q, QuerySet

from archive_indexer.disk.file_names import as_shown
from archive_indexer.documents import DOUBTFUL_BELOW
from archive_indexer.extract.no_words import ONLY_COUNTED
from archive_indexer.models import ArchivedFile, Page, Walk
from archive_indexer.stores import waiting_list
from archive_indexer.stores.contents import again_of
from archive_indexer.stores.doubtful_pages import DoubtfulPage, say_doubts, worst_confidence
from archive_indexer.stores.walks import latest_walks
from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.registry.places import Places
from minzheng.prepared import Prepared

_MOST_PARTLY = 2000  #: files read in part that are looked at for what is lacking
Village = tuple[str, str]  #: town and village


@dataclass(frozen=True, slots=True)
class VillageCoverage:
    """Files of one village by dossier code."""

    town: str
    village: str
    files: int
    by_dossier: dict[str, int]
    last_seen: dt.datetime | None
    scanned_at: dt.datetime | None = None  #: the last walk that could read its folder


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why."""

    number: int
    path: str
    reason: str
    town: str = ""
    village: str = ""
    failed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came into the index."""

    number: int
    path: str
    at: dt.datetime


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
    partly: tuple[Failure, ...] = ()  #: indexed files of which some part was not read
    without_words: Mapping[str, int] = field(default_factory=dict)  #: what they are → files
    doubtful: tuple[Failure, ...] = ()  #: indexed files of which some page may be read wrongly
    passed_over: tuple[str, ...] = ()  #: links and bins the last walk did not follow
    inside: int = 0  #: of the indexed, those in packed files and mails

    def of_town(self, town: str) -> tuple[VillageCoverage, ...]:
        """The villages of a town."""
        return tuple(village for village in self.villages if village.town == town)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What start pages and the coverage page ask of an area, each as SQL made once."""

    numbers: Prepared[tuple[int]]  #: of files that can be found
    failed: Prepared[tuple[int, str, str, str, str, dt.datetime]]
    inside: Prepared[tuple[int]]
    piles: Prepared[tuple[str, str, str, int, dt.datetime]]  #: files of a dossier, the newest


@lru_cache(maxsize=256)
def _asked(within: Q) -> _Asked:
    present = ArchivedFile.objects.filter(within, present=True)
    indexed = present.filter(state="indexed").values_list("pk")
    piles = present.filter(state="indexed").order_by().values_list("town", "village", "dossier")
    told = _told(present).order_by("path")
    columns = ("pk", "path", "reason", "town", "village", "last_seen")
    return _Asked(
        Prepared(lambda: indexed),
        Prepared(lambda: told.values_list(*columns)),
        Prepared(lambda: indexed.exclude(packed_in="")),
        Prepared(lambda: piles.annotate(Count("pk"), Max("content_since"))),
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """How many files stand where."""

    indexed: int
    failed: int
    waiting: int


def count_files(within: Q | None = None) -> Figures:
    """Files of the county, or those that pass a filter on town, village and dossier."""
    asked = _asked(within or Q())
    return Figures(asked.numbers.count(), asked.failed.count(), waiting_list.count())


def take_coverage(places: Places, dossiers: Dossiers, within: Q | None = None) -> Coverage:
    """Count what the archive holds now, or what passes a filter on place and dossier."""
    asked = _asked(within or Q())
    present = ArchivedFile.objects.filter(within or Q(), present=True)
    indexed = present.filter(state="indexed")
    counts: dict[tuple[str, str], Counter[str]] = {}
    latest: dict[tuple[str, str], dt.datetime] = {}
    walks = latest_walks()
    hidden = _hidden_villages(walks)
    total = 0
    for town, village, dossier, files, seen in asked.piles.all():
        key = (town, village)
        counts.setdefault(key, Counter())[dossier] += files
        latest[key] = max(latest.get(key, seen), seen)
        total += files
    villages = tuple(
        replace(
            _village_coverage(place.town, place.name, counts, latest, dossiers),
            scanned_at=_scanned_at((place.town, place.name), walks, hidden),
        )
        for place in places.settlements
        if place.kind == "村" or (place.town, place.name) in counts
    )
    walk = walks[0] if walks else None
    return Coverage(
        villages=villages,
        elsewhere=total - sum(village.files for village in villages),
        indexed=total,
        waiting=waiting_list.count(),
        failures=tuple(
            Failure(number, as_shown(path), reason, town, village, seen)
            for number, path, reason, town, village, seen in asked.failed.all()
        ),
        last_walk=walk.ended if walk else None,
        trouble=walk.trouble if walk else "",
        partly=read_in_part(indexed),
        doubtful=read_doubtfully(indexed),
        without_words=_without_words(present),
        passed_over=tuple(map(as_shown, walk.passed_over)) if walk else (),
        inside=asked.inside.count(),
    )


def read_in_part(indexed: QuerySet[ArchivedFile]) -> tuple[Failure, ...]:
    """Files of which a page says that some part was not read, with what that is."""
    lacking: dict[str, list[str]] = {}
    pages = Page.objects.exclude(unread=[]).order_by("content_id", "number")
    for content, unread in pages.values_list("content_id", "unread")[:_MOST_PARTLY]:
        lacking.setdefault(content, []).extend(unread)
    rows = indexed.filter(sha256__in=list(lacking)).order_by("path")
    return tuple(
        Failure(
            number, as_shown(path), "；".join(dict.fromkeys(lacking[sha256])), town, village, seen
        )
        for number, path, sha256, town, village, seen in rows.values_list(
            "pk", "path", "sha256", "town", "village", "content_since"
        )
    )


def read_doubtfully(indexed: QuerySet[ArchivedFile]) -> tuple[Failure, ...]:
    """Files with a page that was read without certainty, the worst first; what was done already.

    Pages with ink and without a word, most of them photos, come last.
    """
    seen: dict[str, list[DoubtfulPage]] = {}
    pages = Page.objects.filter(origin="ocr", confidence__lt=DOUBTFUL_BELOW)
    rows = pages.order_by("confidence").values_list(
        "content_id", "number", "confidence", "content__carefully", "content__rules"
    )
    for content, number, confidence, carefully, rules in rows[:_MOST_PARTLY]:
        page = DoubtfulPage(number, confidence, again_of(carefully, rules))
        seen.setdefault(content, []).append(page)
    files = indexed.filter(sha256__in=list(seen)).values_list(
        "pk", "path", "sha256", "town", "village", "content_since"
    )
    found = sorted(files, key=lambda one: (worst_confidence(seen[one[2]]), one[1]))
    return tuple(
        Failure(number, as_shown(path), say_doubts(seen[sha256]), town, village, since)
        for number, path, sha256, town, village, since in found
    )


def _told(present: QuerySet[ArchivedFile]) -> QuerySet[ArchivedFile]:
    """Files that could not be read and might have been: those without words are counted apart."""
    return present.filter(state="failed").exclude(reason__in=ONLY_COUNTED)


def _without_words(present: QuerySet[ArchivedFile]) -> dict[str, int]:
    rows = present.filter(state="failed", reason__in=ONLY_COUNTED).order_by("reason")
    return dict(rows.values_list("reason").annotate(files=Count("pk")))


def latest_arrivals(within: Q, most: int) -> list[Arrival]:
    """The files taken in last, newest first."""
    rows = ArchivedFile.objects.filter(within, present=True, state="indexed")
    found = rows.order_by("-content_since", "-pk").values_list("pk", "path", "content_since")
    return [Arrival(number, as_shown(path), at) for number, path, at in found[:most]]


def latest_failures(within: Q, most: int) -> list[Failure]:
    """The files that could not be read, newest first."""
    rows = _told(ArchivedFile.objects.filter(within, present=True))
    found = rows.order_by("-last_seen", "-pk").values_list("pk", "path", "reason", "last_seen")
    return [
        Failure(number, as_shown(path), reason, failed_at=at)
        for number, path, reason, at in found[:most]
    ]


def count_by_town(within: Q) -> dict[str, int]:
    """Files that can be found, town by town; what belongs to none is left out."""
    rows = ArchivedFile.objects.filter(within, present=True, state="indexed").exclude(town="")
    return dict(rows.order_by().values_list("town").annotate(files=Count("pk")))


def _hidden_villages(walks: list[Walk]) -> dict[int, set[Village]]:
    """Which villages' folders a walk could not read."""
    hidden = {}
    for walk in walks:
        below = Q()
        for folder in walk.unreadable:
            below |= Q(path__startswith=f"{folder}/")
        if walk.unreadable:
            files = ArchivedFile.objects.filter(below, present=True)
            hidden[walk.pk] = set(files.values_list("town", "village").distinct())
    return hidden


def _scanned_at(
    village: Village, walks: list[Walk], hidden: dict[int, set[Village]]
) -> dt.datetime | None:
    for walk in walks:
        if walk.ended is not None and village not in hidden.get(walk.pk, ()):
            return walk.ended
    return None


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
