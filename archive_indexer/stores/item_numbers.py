"""★ 件号: a paper gets its number and its box in the village's cabinet once, and keeps them.

Papers of one year, dossier and period are a class; within it numbers count from 1, boxes within
the dossier. A number belongs to a content, so it survives renaming, reading again, a new index
and a backup. A paper that was filed elsewhere meanwhile leaves its number empty for ever, and
finds it again when it comes back.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q

from archive_indexer.filing.paper_place import ItemMark, written_mark
from archive_indexer.models import ArchivedFile, ItemNumber, Page, PastContent
from minzheng.prepared import Prepared

#: Files that are papers, whether they could be read or not.
_PAPERS = Q(present=True, state__in=("indexed", "waiting", "failed"))
_AT_ONCE = 500
_OF_A_PAGE = 30  #: hits, whose question is made once
_OF_CONTENTS = Prepared(lambda *contents: ItemNumber.objects.filter(sha256__in=contents))


class ItemKey(NamedTuple):
    """A content in a class: what a number is given to."""

    town: str
    village: str
    dossier: str
    year: str
    sha256: str


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """The number of a paper and the box it was put into."""

    period: str
    number: int
    part: int
    box: int
    pages: int


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a village's papers are kept: the period of each dossier, and how full a box gets."""

    periods: Mapping[str, str]
    box_pages: int


def key_of(file: ArchivedFile) -> ItemKey:
    """What a file's number is given to."""
    return ItemKey(file.town, file.village, file.dossier, file.year, file.sha256)


def numbers_of(files: Iterable[ArchivedFile]) -> dict[ItemKey, GivenNumber]:
    """The numbers of some files, where they were given one."""
    keys = {key_of(one) for one in files if one.sha256}
    if not keys:
        return {}
    contents = sorted({one.sha256 for one in keys})
    if len(contents) <= _OF_A_PAGE:
        rows: Iterable[ItemNumber] = _OF_CONTENTS.any_of(*contents)
    else:
        rows = ItemNumber.objects.filter(sha256__in=contents)
    return {key: given for key, given in _as_given(rows) if key in keys}


def items_of(town: str, village: str) -> dict[ItemKey, GivenNumber]:
    """Every number of a village, in the order of its catalogue."""
    rows = ItemNumber.objects.filter(town=town, village=village)
    return dict(_as_given(rows.order_by("dossier", "year", "period", "number", "part")))


def _as_given(rows: Iterable[ItemNumber]) -> Iterator[tuple[ItemKey, GivenNumber]]:
    for one in rows:
        key = ItemKey(one.town, one.village, one.dossier, one.year, one.sha256)
        yield key, GivenNumber(one.period, one.number, one.part, one.box, one.pages)


def papers_in(town: str, village: str) -> list[ArchivedFile]:
    """The papers of a village's cabinet; a packed file is none, its members are."""
    found = ArchivedFile.objects.filter(_PAPERS, town=town, village=village).exclude(dossier="")
    packed = set(found.exclude(packed_in="").values_list("packed_in", flat=True))
    return [one for one in found.order_by("path") if one.path not in packed]


def files_of_contents(contents: Iterable[str]) -> dict[str, list[ArchivedFile]]:
    """Every file that has or had one of some contents, present ones first."""
    asked, told = sorted(set(contents)), dict[str, list[ArchivedFile]]()
    for start in range(0, len(asked), _AT_ONCE):
        rows = ArchivedFile.objects.filter(sha256__in=asked[start : start + _AT_ONCE])
        for one in rows.order_by("-present", "pk"):
            told.setdefault(one.sha256, []).append(one)
    return told


def page_counts(contents: Iterable[str]) -> dict[str, int]:
    """How many pages each content has."""
    asked, told = sorted(set(contents)), dict[str, int]()
    for start in range(0, len(asked), _AT_ONCE):
        rows = Page.objects.filter(content_id__in=asked[start : start + _AT_ONCE])
        counted = rows.order_by().values("content_id").annotate(pages=Count("pk"))
        told.update(counted.values_list("content_id", "pages"))
    return told


def count_items(within: Q) -> dict[tuple[str, str], tuple[int, int]]:
    """How many items and boxes each village has."""
    rows = ItemNumber.objects.filter(within, part=1).order_by()
    told: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    counted = rows.values("town", "village", "dossier").annotate(items=Count("pk"), last=Max("box"))
    for one in counted:
        items, boxes = told[one["town"], one["village"]]
        told[one["town"], one["village"]] = items + one["items"], boxes + one["last"]
    return dict(told)


def count_unnumbered(within: Q) -> dict[tuple[str, str], int]:
    """How many papers of each village have no number yet; copies of one paper are one."""
    same = {name: OuterRef(name) for name in ItemKey._fields}
    rows = ArchivedFile.objects.filter(_PAPERS, within).exclude(dossier="").exclude(village="")
    packed = rows.exclude(packed_in="").values("packed_in")
    waiting = rows.exclude(year="").exclude(path__in=packed)
    waiting = waiting.filter(~Exists(ItemNumber.objects.filter(**same)))
    keys = waiting.order_by().values_list(*ItemKey._fields).distinct()
    return dict(Counter((town, village) for town, village, *_ in keys))


@transaction.atomic
def give_numbers(town: str, village: str, keeping: Keeping, by: str) -> int:
    """Number and box every paper of a village that has none; gives how many there were.

    `by` is who had it done. Papers of one case stand together, then by path; a number written on
    a paper or in its folder's name is kept where it is free.
    """
    papers = [one for one in papers_in(town, village) if one.year and one.sha256]
    papers = [one for one in papers if one.dossier in keeping.periods]
    known = items_of(town, village)
    _hand_on(papers, known)
    giving = _Giving(known, keeping, by)
    for one in papers:
        if key_of(one) in known:
            giving.meet(one, known[key_of(one)])
    new = {key_of(one): one for one in papers if key_of(one) not in known}
    pages = page_counts(one.sha256 for one in new)
    items = list(_items(new.values()))
    for mark, files in sorted(items, key=lambda one: not one[0].number):
        giving.give(mark, files, pages)
    ItemNumber.objects.bulk_create(giving.rows, batch_size=_AT_ONCE)
    return len(items)


def _hand_on(papers: Sequence[ArchivedFile], known: dict[ItemKey, GivenNumber]) -> None:
    """A paper that was scanned again under its path keeps its number."""
    new = {one.pk: one for one in papers if key_of(one) not in known}
    there = {key_of(one) for one in papers}
    for past in PastContent.objects.filter(file_id__in=list(new)).order_by("-pk"):
        file = new.get(past.file_id)
        if file is None:
            continue
        key = key_of(file)
        before = key._replace(sha256=past.sha256)
        if before in known and before not in there and key not in known:
            row = ItemNumber.objects.filter(**before._asdict())
            row.update(sha256=file.sha256)
            known[key] = known.pop(before)


def _items(files: Iterable[ArchivedFile]) -> Iterator[tuple[ItemMark, list[ArchivedFile]]]:
    """Files that are one paper, in the order in which papers are numbered."""
    found: dict[tuple[str, ...], list[ArchivedFile]] = {}
    marks: dict[tuple[str, ...], ItemMark] = {}
    for file in sorted(files, key=_order):
        mark = written_mark(file.path, file.filing)
        kept_as = (file.dossier, file.year, mark.one_paper or file.sha256)
        found.setdefault(kept_as, []).append(file)
        marks[kept_as] = mark
    for one_paper, some in found.items():
        yield marks[one_paper], some


def _order(file: ArchivedFile) -> tuple[str, ...]:
    return (file.dossier, file.year, file.case_no or file.person, file.path)


class _Giving:
    """Gives numbers beside those that were given before."""

    def __init__(self, known: Mapping[ItemKey, GivenNumber], keeping: Keeping, by: str) -> None:
        self._keeping, self._by = keeping, by
        self.rows: list[ItemNumber] = []
        self._taken: dict[tuple[str, str, str], dict[int, int]] = defaultdict(dict)
        self._boxes: dict[tuple[str, str, str], tuple[int, int]] = {}
        self._last_box: dict[str, int] = defaultdict(int)
        self._several: dict[tuple[str, ...], int] = {}
        for key, given in known.items():
            self._take((key.dossier, key.year, given.period), given)

    def _take(self, kind: tuple[str, str, str], given: GivenNumber) -> None:
        """Remember what was given: the parts of each item, how full the last box is."""
        taken = self._taken[kind]
        taken[given.number] = max(taken.get(given.number, 0), given.part)
        box, pages = self._boxes.get(kind, (given.box, 0))
        if given.box > box:
            box, pages = given.box, 0
        self._boxes[kind] = (box, pages + given.pages if given.box == box else pages)
        self._last_box[kind[0]] = max(self._last_box[kind[0]], given.box)

    def meet(self, file: ArchivedFile, given: GivenNumber) -> None:
        """Remember which item a numbered file is a part of."""
        mark = written_mark(file.path, file.filing)
        if mark.one_paper:
            self._several[file.dossier, file.year, mark.one_paper] = given.number

    def give(self, mark: ItemMark, files: Sequence[ArchivedFile], pages: Mapping[str, int]) -> None:
        """Number one paper, all its files."""
        first = files[0]
        kind = (first.dossier, first.year, self._keeping.periods[first.dossier])
        taken = self._taken[kind]
        number = self._several.get((*kind[:2], mark.one_paper)) or self._next(mark, taken)
        counts = [max(1, pages.get(one.sha256, 1)) for one in files]
        box = self._box_for(kind, sum(counts))
        for file, count in zip(files, counts, strict=True):
            part = taken.get(number, 0) + 1
            given = GivenNumber(kind[2], number, part, box, count)
            self._take(kind, given)
            self.rows.append(
                ItemNumber(
                    **key_of(file)._asdict(), period=kind[2], number=number, part=part, box=box,
                    pages=count, by=self._by,
                )
            )  # fmt: skip

    def _next(self, mark: ItemMark, taken: Mapping[int, int]) -> int:
        """The number that was written, where it is free, else the next one."""
        if mark.number and mark.number not in taken:
            return mark.number
        return max(taken, default=0) + 1

    def _box_for(self, kind: tuple[str, str, str], pages: int) -> int:
        """The class's last box while there is room in it, else the dossier's next."""
        box, full = self._boxes.get(kind, (0, 0))
        if box and full + pages <= self._keeping.box_pages:
            return box
        return self._last_box[kind[0]] + 1
