"""★ What lies in a village's cabinet: every numbered paper, box by box, and what waits for one.

Nothing is typed: title, day, author come from the filing, pages from what was read.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from archive_indexer.disk.file_names import as_shown
from archive_indexer.filing.paper_place import archive_no, written_mark
from archive_indexer.models import ArchivedFile
from archive_indexer.stores.item_numbers import (
    GivenNumber,
    ItemKey,
    files_of_contents,
    items_of,
    key_of,
    papers_in,
)
from filler.form.forms import FormSpec
from filler.models import Issued
from minzheng.county.county import County
from minzheng.county.registry.dossiers import Dossier
from minzheng.county.registry.places import Village
from minzheng.county.town_names import county_of, own_name
from minzheng.county.writing.chinese_dates import parse_date

_DOC_NO = re.compile(r"[一-鿿]{1,8}〔(?:19|20)\d\d〕\d+号")
_NO_TITLE, _WITHHELD = "［不在这里］", "withheld"
_WHOLE_DAY = 10  #: signs of 2018-05-07
_Code = tuple[str, str]  #: form and case, as printed on a paper
PERIODS: Mapping[str, str] = {"Y": "永久"}


@dataclass(frozen=True, slots=True)
class Item:
    """One item (件) of a cabinet as its catalogue lists it."""

    dossier: str
    year: str
    period: str
    number: int
    box: int
    archive_no: str
    doc_no: str
    author: str
    title: str
    day: str  #: 20180507; empty when it is not known
    pages: int
    remark: str
    file: int  #: number of its first file; 0: none is left
    person: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: papers of one dossier, year and period."""

    dossier: str
    number: int
    items: tuple[Item, ...]

    @property
    def year(self) -> str:
        """The year of its papers."""
        return self.items[0].year

    @property
    def period(self) -> str:
        """How long its papers are kept."""
        return period_label(self.items[0].period)

    @property
    def first(self) -> int:
        """Its first number."""
        return min(one.number for one in self.items)

    @property
    def last(self) -> int:
        """Its last number."""
        return max(one.number for one in self.items)

    @property
    def undated(self) -> int:
        """Of how many papers nobody knows the day."""
        return sum(not one.day for one in self.items)

    @property
    def asked(self) -> str:
        """How an address names it in its cabinet."""
        return f"dossier={self.dossier}&box={self.number}"

    @property
    def pages(self) -> int:
        """How many pages lie in it."""
        return sum(one.pages for one in self.items)


@dataclass(frozen=True)
class Cabinet:
    """A village's cabinet as somebody may see it."""

    village: Village
    items: tuple[Item, ...]
    unnumbered: tuple[ArchivedFile, ...]
    unfiled: tuple[ArchivedFile, ...]  #: without a year: they belong to no class yet
    hidden: frozenset[str] = frozenset()  #: dossiers of which nothing may be told

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """All boxes, dossier by dossier."""
        found: dict[tuple[str, int], list[Item]] = {}
        for one in self.items:
            found.setdefault((one.dossier, one.box), []).append(one)
        return tuple(Box(*key, tuple(some)) for key, some in found.items())

    def boxes_of(self, dossier: str) -> tuple[Box, ...]:
        """The boxes of a dossier."""
        return tuple(one for one in self.boxes if one.dossier == dossier)

    def items_in(self, dossier: str) -> tuple[Item, ...]:
        """The items of a dossier."""
        return tuple(one for one in self.items if one.dossier == dossier)


def period_label(period: str) -> str:
    """永久, 10年."""
    return PERIODS.get(period, f"{period.removeprefix('D')}年")


@dataclass(frozen=True)
class ReadCabinets:
    """Reads cabinets of a county with the forms its papers are of."""

    county: County
    forms: Mapping[str, FormSpec]
    county_name: str

    def of(self, village: Village, forbidden: frozenset[str] = frozenset()) -> Cabinet:
        """A village's cabinet without the dossiers that may not be seen."""
        given = items_of(village.town, village.name)
        given = {key: one for key, one in given.items() if key.dossier not in forbidden}
        papers = [
            one for one in papers_in(village.town, village.name) if one.dossier not in forbidden
        ]
        there: dict[ItemKey, ArchivedFile] = {}
        for one in papers:
            there.setdefault(key_of(one), one)
        waiting = [one for key, one in there.items() if key not in given]
        items = self._items(village, given, there, forbidden, self._days_of(papers))
        return Cabinet(
            village,
            tuple(sorted(items, key=self._order)),
            tuple(one for one in waiting if one.year),
            tuple(one for one in waiting if not one.year),
            forbidden,
        )

    def _items(
        self,
        village: Village,
        given: Mapping[ItemKey, GivenNumber],
        there: Mapping[ItemKey, ArchivedFile],
        forbidden: frozenset[str],
        days: Mapping[_Code, str],
    ) -> Iterator[Item]:
        gone = files_of_contents(key.sha256 for key in given if key not in there)
        parts: dict[tuple[object, ...], list[tuple[ItemKey, GivenNumber]]] = {}
        for key, one in given.items():
            parts.setdefault((key.dossier, key.year, one.period, one.number), []).append((key, one))
        for some in parts.values():
            key, first = min(some, key=lambda part: part[1].part)
            file, others = there.get(key), gone.get(key.sha256, ())
            known = file or next((one for one in others if _was(one, key)), None)
            pages = sum(one.pages for _, one in some)
            remark = (
                _written_otherwise(file, first) if file else self._why_empty(key, others, forbidden)
            )
            yield self._item(village, key, first, known, days, pages=pages, remark=remark)

    def _days_of(self, papers: Iterable[ArchivedFile]) -> Mapping[_Code, str]:
        """The day that a paper issued here was made on; of two with one code nobody knows which."""
        told: dict[_Code, set[dt.date | None]] = {}
        issued = Issued.objects.filter(
            case_no__in={one.case_no for one in papers if one.case_no}, corrected_by=None
        )
        for form_id, case_no, answers in issued.values_list("form_id", "case_no", "answers"):
            spec = self.forms.get(form_id)
            day = parse_date(str(answers.get(spec.reference_date) or "")) if spec else None
            told.setdefault((form_id, case_no), set()).add(day)
        return {code: f"{day:%Y%m%d}" for code, (day, *more) in told.items() if day and not more}

    def _item(
        self,
        village: Village,
        key: ItemKey,
        given: GivenNumber,
        file: ArchivedFile | None,
        days: Mapping[_Code, str],
        *,
        pages: int,
        remark: str,
    ) -> Item:
        filing: Mapping[str, Any] = file.filing if file else {}
        title = _title(file, self.forms) if file else _NO_TITLE
        printed = days.get((file.form_id, file.case_no)) if file else ""
        day = printed or _day(filing, key.year)
        fonds = self.county.places.fonds_of(village.town, village.name)
        return Item(
            dossier=key.dossier,
            year=key.year,
            period=given.period,
            number=given.number,
            box=given.box,
            archive_no=archive_no(fonds, key.year, given.period, key.dossier, given.number),
            doc_no=found[0] if (found := _DOC_NO.search(title)) else "",
            author=self._author(village, file, day) if file else "",
            title=title,
            day=day,
            pages=pages,
            remark=remark,
            file=file.pk if file else 0,
            person=file.person if file else "",
        )

    def _why_empty(
        self, key: ItemKey, others: Iterable[ArchivedFile], forbidden: frozenset[str]
    ) -> str:
        """Why nothing lies under a number; a place that may not be seen is not told."""
        moved = next((one for one in others if one.present), None)
        if moved is None:
            return "空号：原件已不在"
        if moved.state == _WITHHELD:
            return "空号：个人信息已处理"
        is_near = (moved.town, moved.village) == (key.town, key.village)
        if not is_near or moved.dossier in forbidden:
            return "空号：已改归别处"
        dossier = self.county.dossiers.by_code(moved.dossier)
        return f"空号：改归{dossier.short_name if dossier else ''}{moved.year}"

    def _author(self, village: Village, file: ArchivedFile, day: str) -> str:
        """Whose paper it is: whose seal its form closes with, else whom it is about."""
        spec = self.forms.get(file.form_id)
        if spec is None:
            return ""
        seals = [one.seal_name for one in spec.fields if one.type == "seal" and one.seal_name]
        if not seals:
            return file.person or village.committee
        county = own_name(county_of(village.town)) or self.county_name
        name = (
            seals[-1].replace("{town}", own_name(village.town)).replace("{village}", village.name)
        )
        name = name.replace("{county}", county)
        dossier = self.county.dossiers.by_code(file.dossier)
        return f"{county}{_seal_of(dossier, day)}" if "{" in name else name

    def _order(self, item: Item) -> tuple[int, str, str, int]:
        codes = [one.code for one in self.county.dossiers.all]
        at = codes.index(item.dossier) if item.dossier in codes else len(codes)
        return at, item.year, item.period, item.number


def _was(file: ArchivedFile, key: ItemKey) -> bool:
    """Whether a file that is gone lay in this class to its end, and may still be told of."""
    return not file.present and key_of(file) == key and file.state != _WITHHELD


def _written_otherwise(file: ArchivedFile, given: GivenNumber) -> str:
    """That another number stands on the paper."""
    written = written_mark(file.path, file.filing).number
    return f"纸上写 {written:04}" if written and written != given.number else ""


def _seal_of(dossier: Dossier | None, day: str) -> str:
    if dossier is None:
        return "民政局"
    when = dt.date(int(day[:4]), int(day[4:6]), int(day[6:])) if day else dt.date.max
    return dossier.seal_on(when)


def _title(file: ArchivedFile, forms: Mapping[str, FormSpec]) -> str:
    """Its title; one that was made up stands in brackets (DA/T 22)."""
    told = str((file.filing.get("title") or {}).get("value") or "")
    if told:
        return told
    spec = forms.get(file.form_id)
    name = spec.short_title if spec else as_shown(file.path).rpartition("/")[2].rpartition(".")[0]
    return f"［{file.person}{name}］"


def _day(filing: Mapping[str, Any], year: str) -> str:
    """The last day of its year that a paper names: 20180507."""
    days = (str(one["value"]) for one in filing.get("dates") or ())
    whole = [one for one in days if len(one) == _WHOLE_DAY and one.startswith(year)]
    return max(whole, default="").replace("-", "")
