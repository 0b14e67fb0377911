"""What is due to go by the table of retention: proposed, never done alone.

Papers kept for ever, of dossiers without a period, and of cases that have not ended are never
proposed. Rosters of batches go by themselves after the days that the settings say.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.timezone import localtime

from archive_indexer.models import ArchivedFile
from filler.models import Issued
from minzheng.county.writing.id_card import birth_date
from minzheng.database.place_rows import of_town
from minzheng.persons.fates import Calendar
from minzheng.persons.holdings import Fate, Holding, Kind
from minzheng.persons.look_up import Stock, calendar_of
from minzheng.persons.of_county import written_in
from minzheng.persons.whom import Whom

#: Stands for nobody: what is due goes whole, whoever it names.
NOBODY = Whom("", "")


@dataclass(frozen=True, slots=True)
class Group:
    """What is due of one place, dossier and year, with one reason."""

    town: str
    village: str
    dossier: str
    year: str
    why: str
    pieces: tuple[Holding, ...]

    @property
    def key(self) -> str:
        """By what a page names the group."""
        return "/".join((self.town, self.village, self.dossier, self.year))


def find_due(stock: Stock) -> tuple[Holding, ...]:
    """Every document and scan whose time is over, with the reason; of one county, or of all."""
    calendar = calendar_of(stock)
    issued = Issued.objects.filter(written_in(stock.scope)).defer("texts")
    documents = issued.order_by("pk").iterator(chunk_size=500)
    within = ArchivedFile.objects.filter(of_town(stock.scope))
    there = within.exclude(state__in=("withheld", "moved")).exclude(dossier="")
    files = there.defer("guessed").order_by("pk").iterator(chunk_size=500)
    return (
        *_due(((_document(one, stock), one.id_no) for one in documents), calendar),
        *_due(((_paper(one), _only_id(one)) for one in files), calendar),
    )


def group_due(found: Iterable[Holding]) -> list[Group]:
    """By place, dossier and year; the oldest first within a place."""
    groups: dict[tuple[str, str, str, str, str], list[Holding]] = {}
    for one in found:
        key = (one.town, one.village, one.dossier, one.year, one.why)
        groups.setdefault(key, []).append(one)
    return [Group(*key, tuple(pieces)) for key, pieces in sorted(groups.items())]


def _due(found: Iterable[tuple[Holding, str]], calendar: Calendar) -> Iterator[Holding]:
    for one, id_no in found:
        day, said = calendar.due(one, birth_date(id_no))
        if day is not None and day <= calendar.today:
            yield replace(one, fate=Fate.ERASE, why=said)


def _document(one: Issued, stock: Stock) -> Holding:
    return Holding(
        Kind.DOCUMENT,
        one.pk,
        stock.titles.get(one.form_id, one.form_id),
        "保管期限已届满",
        town=str(one.answers.get("town", "")),
        village=str(one.answers.get("village", "")),
        dossier=(one.case_no or one.form_id).partition("-")[0],
        year=str(localtime(one.issued_at).year),
        case_no=one.case_no,
        form_id=one.form_id,
        sha256=one.sha256,
        path=one.file_name,
    )


def _paper(one: ArchivedFile) -> Holding:
    return Holding(
        Kind.PAPER,
        one.pk,
        (one.filing.get("title") or {}).get("value", ""),
        "保管期限已届满",
        town=one.town,
        village=one.village,
        dossier=one.dossier,
        year=one.year,
        case_no=one.case_no,
        form_id=one.form_id,
        sha256=one.sha256,
        path=one.path,
    )


def _only_id(one: ArchivedFile) -> str:
    """Whose paper it is, when it bears one number only."""
    ids = {told.get("value", "") for told in one.filing.get("ids", ())}
    return ids.pop() if len(ids) == 1 else ""
