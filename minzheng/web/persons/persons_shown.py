"""What the pages for the rights of persons show."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse

from archive_indexer.disk.file_names import as_shown
from archive_indexer.filing.paper_place import PaperPlace
from archive_indexer.models import ArchivedFile, Withheld
from minzheng.persons.holdings import Fate, Holding, Kind
from minzheng.web.archive.paper_places import places_of


@dataclass(frozen=True, slots=True)
class Line:
    """One piece: where it is opened and where it is corrected."""

    one: Holding
    is_taken: bool
    address: str = ""
    correction: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class KindGroup:
    """All pieces of a kind, and how many meet which fate."""

    name: str
    lines: tuple[Line, ...]
    fates: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Removal:
    """A file that a keeper removes, or only renames."""

    file: ArchivedFile
    path: str
    place: PaperPlace
    is_whole: bool


def by_kind(found: Iterable[Holding], taken: Collection[str]) -> list[KindGroup]:
    """The pieces under their kinds, in the order of the index."""
    pieces = list(found)
    groups = []
    for kind in Kind:
        of_kind = [one for one in pieces if one.kind is kind]
        if of_kind:
            lines = tuple(_line(one, one.is_sure or one.key in taken) for one in of_kind)
            groups.append(KindGroup(kind, lines, _fates(of_kind)))
    return groups


def removals() -> list[Removal]:
    """Files whose contents are withheld and that are to go, or to be called otherwise."""
    wanted = {
        one.sha256: one.is_whole for one in Withheld.objects.filter(for_keeper=True).order_by("pk")
    }
    files = list(
        ArchivedFile.objects.filter(sha256__in=wanted, present=True).order_by(
            "town", "village", "path"
        )
    )
    places = places_of(files)
    return [Removal(one, as_shown(one.path), places[one.path], wanted[one.sha256]) for one in files]


def paths_to_remove(paths: Iterable[str]) -> list[str]:
    """Paths as people read them."""
    return [as_shown(path) for path in paths]


def _line(one: Holding, is_taken: bool) -> Line:
    more = "；".join(f"{name} {value}" for name, value in one.told.items() if value)
    if one.kind is Kind.DOCUMENT and not one.told.get("已停止处理"):
        correction = f"{reverse('fill', args=[one.form_id])}?corrects={one.number}"
        return Line(one, is_taken, reverse("document", args=[one.number]), correction, more)
    if one.kind is Kind.PAPER:
        numbers = [one.number]
        address, correction = reverse("file", args=numbers), reverse("correct", args=numbers)
        return Line(one, is_taken, address, correction, f"{as_shown(one.path)}；{more}")
    return Line(one, is_taken, more=more)


def _fates(of_kind: Iterable[Holding]) -> tuple[tuple[str, int], ...]:
    counts = dict.fromkeys(Fate, 0)
    for one in of_kind:
        counts[one.fate] += 1
    return tuple((str(fate), count) for fate, count in counts.items() if count)
