"""What the pages for the rights of persons show."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from archive_indexer.disk.file_names import as_shown
from archive_indexer.filing.paper_place import PaperPlace
from archive_indexer.models import ArchivedFile, Withheld
from minzheng.county.town_names import lies_in
from minzheng.database.place_rows import of_town
from minzheng.persons.erase import Done
from minzheng.persons.holdings import Fate, Holding, Kind
from minzheng.web.archive.paper_places import places_of
from minzheng.web.persons.person_deeds import Asked

_WHOLE_KINDS = (Kind.DOCUMENT, Kind.PAPER)
#: What became of a piece, in words for who asked for it.
_MEANS = {
    Fate.ERASE: "系统里的内容已删去，不能撤销。",
    Fate.STOP: "保管期限没有满，只存着：查不到、打不开，也不再用。",
    Fate.BLANK: "还写有别人，材料留着：检索和文字里已没有此人。",
    Fate.KEEP: "依法要保存，没有动。",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One piece: where it is opened and where it is corrected."""

    one: Holding
    is_taken: bool
    may_be_shared: bool = False  #: the clerk may say that it names others too
    is_shared: bool = False
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


def by_kind(every: Iterable[Holding], mine: Iterable[Holding], asked: Asked) -> list[KindGroup]:
    """The pieces under their kinds, with what would become of them as it was said so far."""
    decided = {one.key: one for one in mine}
    pieces = [decided.get(one.key, one) for one in every]
    groups = []
    for kind in Kind:
        of_kind = [one for one in pieces if one.kind is kind]
        if of_kind:
            lines = tuple(_line(one, asked) for one in of_kind)
            groups.append(KindGroup(kind, lines, _fates(of_kind)))
    return groups


def removals(scope: str = "") -> list[Removal]:
    """Files whose contents are withheld and that are to go, or to be called otherwise.

    Of one county, or of all: each as it is withheld where the file lies.
    """
    wanted: dict[str, list[Withheld]] = {}
    for one in Withheld.objects.filter(for_keeper=True).order_by("pk"):
        wanted.setdefault(one.sha256, []).append(one)
    there = ArchivedFile.objects.filter(of_town(scope), sha256__in=wanted, present=True)
    files = list(there.order_by("town", "village", "path"))
    places = places_of(files)
    found = []
    for file in files:
        here = [one for one in wanted[file.sha256] if lies_in(file.town, one.county)]
        if here:
            is_whole = here[-1].is_whole
            found.append(Removal(file, as_shown(file.path), places[file.path], is_whole))
    return found


def shown_of(done: Done) -> dict[str, Any]:
    """What was done, under each fate what it means; which files a keeper has to see to."""
    groups: dict[Fate, list[str]] = {}
    for (kind, fate), count in done.counts.items():
        groups.setdefault(fate, []).append(f"{kind} {count} 件")
    return {
        "groups": [
            (fate, "、".join(groups[fate]), _MEANS[fate]) for fate in Fate if fate in groups
        ],
        "paths": [as_shown(path) for path in done.for_keeper],
        "named": [as_shown(path) for path in done.named],
    }


def _line(one: Holding, asked: Asked) -> Line:
    is_shared = one.key in asked.shared
    line = Line(
        one,
        one.is_sure or one.key in asked.taken,
        is_shared or (one.kind in _WHOLE_KINDS and not one.names_others),
        is_shared,
        more="；".join(f"{name} {value}" for name, value in one.told.items() if value),
    )
    if one.kind is Kind.DOCUMENT and not one.told.get("已停止处理"):
        correction = f"{reverse('fill', args=[one.form_id])}?corrects={one.number}"
        address = reverse("document", args=[one.number])
        return replace(line, address=address, correction=correction)
    if one.kind is Kind.PAPER:
        address, correction = (reverse(name, args=[one.number]) for name in ("file", "correct"))
        more = f"{as_shown(one.path)}；{line.more}".rstrip("；")
        return replace(line, address=address, correction=correction, more=more)
    return line


def _fates(of_kind: Iterable[Holding]) -> tuple[tuple[str, int], ...]:
    counts = dict.fromkeys(Fate, 0)
    for one in of_kind:
        counts[one.fate] += 1
    return tuple((str(fate), count) for fate, count in counts.items() if count)
