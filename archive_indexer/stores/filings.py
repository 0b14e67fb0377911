"""What a file told, what keepers said of it, and what holds; one row a file."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import transaction
from django.utils import timezone

from archive_indexer.documents import ArchiveFile, Filing, Guess
from archive_indexer.filing.keepers_words import in_force
from archive_indexer.models import ArchivedFile, PastContent
from archive_indexer.stores.corrections import said_of
from archive_indexer.stores.withheld import REASON
from minzheng.prepared import Prepared

#: Raise it when files are to be filed anew by what was read of them; no page is read again.
RULES = 5
BY_NO_RULES = 0  #: what is read of it has changed: it is filed anew when the index hears of it
#: Parts of the filing that are counted, and how much of them their column takes.
_COLUMNS = {
    "town": 60, "village": 20, "dossier": 4, "year": 4,
    "form_id": 10, "case_no": 30, "person": 50,
}  # fmt: skip
_CHANGED = ["guessed", "guess_rules", "filing", "state", "has_news", *_COLUMNS]

_ANY_NEWS = Prepared(lambda: ArchivedFile.objects.filter(has_news=True).values_list("pk")[:1])


@dataclass(frozen=True, slots=True)
class Kept:
    """What holds of a file now, and the name of the trace of what lay there before."""

    filing: Filing
    trace: str = ""


def keep_filing(file: ArchiveFile, guessed: Filing, packed_in: str = "") -> Kept:
    """Keep where a file belongs; it waits to be indexed."""
    return _keep(file.path, file, guessed, state="waiting", reason="", packed_in=packed_in)


def town_of(path: str, sha256: str, guessed: Filing) -> str:
    """Of which town a file is, as keepers corrected what was guessed of it."""
    town = in_force(guessed, said_of(path, sha256)).town
    return town.value if town else ""


def mark_failed(
    path: str, reason: str, file: ArchiveFile | None, guessed: Filing, packed_in: str = ""
) -> None:
    """A file could not be read; the reason is shown to people."""
    _keep(path, file, guessed, state="failed", reason=reason, packed_in=packed_in)


def mark_withheld(
    path: str, file: ArchiveFile | None, guessed: Filing, packed_in: str = ""
) -> None:
    """A file whose content is withheld: only where its paper stands is known of it."""
    known = Filing(guessed.town, guessed.village, guessed.dossier, guessed.year)
    _keep(path, file, known, state="withheld", reason=REASON, packed_in=packed_in)


def withhold_row(row: ArchivedFile, place: Filing) -> None:
    """A file known already is withheld from now on; the index hears of it."""
    row.guessed, row.guess_rules = _as_json(place), RULES
    _set_filing(row, place)
    row.state, row.reason, row.has_news = "withheld", REASON, True
    row.save()


def filing_from(stored: Mapping[str, Any]) -> Filing:
    """A filing as it was kept."""
    return Filing(**{
        one.name: _guesses(stored[one.name]) for one in fields(Filing) if one.name in stored
    })  # fmt: skip


@transaction.atomic
def keep_guess(path: str, guessed: Filing) -> None:
    """Keep what a file was found to tell by new rules; the index hears of it."""
    row = ArchivedFile.objects.filter(path=path).first()
    if row is not None:
        row.guessed, row.guess_rules = _as_json(guessed), RULES
        _put_in_force(row)


@transaction.atomic
def put_in_force(rows: Iterable[ArchivedFile]) -> int:
    """Let what keepers say now hold for these files; gives how many changed."""
    return sum(_put_in_force(row) for row in rows)


def take_news(busy: Collection[str], most: int) -> list[str]:
    """Files whose filing changed since the index heard of it; they wait until it has."""
    if _ANY_NEWS.first() is None:  # asked at every turn of the service
        return []
    news = ArchivedFile.objects.filter(has_news=True).exclude(path__in=list(busy))
    rows = dict(news.values_list("pk", "path")[:most])
    if rows:
        told = ArchivedFile.objects.filter(pk__in=rows)
        with transaction.atomic():
            told.update(has_news=False)
            told.filter(state="indexed").update(state="waiting")
    return list(rows.values())


def count_news() -> int:
    """How many files the index has yet to hear of."""
    return ArchivedFile.objects.filter(has_news=True).count()


def is_filed_by_no_rules(path: str) -> bool:
    """Whether what was read of a file has changed since it was filed."""
    return ArchivedFile.objects.filter(path=path, guess_rules=BY_NO_RULES).exists()


def guessed_by_old_rules() -> list[str]:
    """Files that are done with and were filed by rules no longer in force."""
    old = ArchivedFile.objects.exclude(guess_rules=RULES).filter(state__in=("indexed", "failed"))
    return list(old.values_list("path", flat=True))


def _put_in_force(row: ArchivedFile) -> bool:
    before = row.filing
    guessed = filing_from(row.guessed)
    _set_filing(row, in_force(guessed, said_of(row.path, row.sha256)))
    is_changed = bool(row.filing != before)
    row.has_news = row.has_news or (is_changed and row.state in ("indexed", "waiting"))
    row.save(update_fields=_CHANGED)
    return is_changed


@transaction.atomic
def _keep(
    path: str,
    file: ArchiveFile | None,
    guessed: Filing,
    *,
    state: str,
    reason: str,
    packed_in: str,
) -> Kept:
    """Write a file's row; what lay there before becomes its history, and a trace."""
    now = timezone.now()
    row = ArchivedFile.objects.filter(path=path).first() or ArchivedFile(path=path, first_seen=now)
    sha256 = file.sha256 if file else ""
    is_replaced = row.pk and row.sha256 and sha256 and row.sha256 != sha256
    trace = _keep_past(row, now) if is_replaced else ""
    if row.sha256 != sha256:
        row.content_since = now
    row.sha256, row.size, row.mtime_ns = (
        sha256,
        file.size if file else 0,
        file.mtime_ns if file else 0,
    )
    row.present, row.gone_at, row.last_seen, row.checked_at = True, None, now, now
    row.state, row.reason, row.has_news = state, reason, False
    row.packed_in = packed_in
    row.guessed, row.guess_rules = _as_json(guessed), RULES
    filing = in_force(guessed, said_of(path, sha256))
    _set_filing(row, filing)
    row.save()
    return Kept(filing, trace)


def _keep_past(row: ArchivedFile, now: dt.datetime) -> str:
    """What lay under a path stays findable, under the path and the time it ended."""
    before = ArchivedFile.objects.filter(trace_of__file=row, sha256=row.sha256).first()
    trace = before or ArchivedFile(
        path=_past_name(row.path, now), sha256=row.sha256, first_seen=row.content_since
    )
    trace.size, trace.mtime_ns, trace.content_since = row.size, row.mtime_ns, row.content_since
    trace.present, trace.gone_at, trace.last_seen = False, now, row.last_seen
    trace.state, trace.filing = "waiting", row.filing
    trace.guessed, trace.guess_rules = row.guessed, row.guess_rules
    for column in _COLUMNS:
        setattr(trace, column, getattr(row, column))
    trace.save()
    PastContent.objects.create(
        file=row,
        sha256=row.sha256,
        size=row.size,
        mtime_ns=row.mtime_ns,
        first_seen=row.content_since,
        last_seen=row.last_seen,
        trace=trace,
    )
    return trace.path


def _past_name(path: str, now: dt.datetime) -> str:
    """A path for what lay under another one until now."""
    until, number = f"{timezone.localtime(now):%Y-%m-%d %H.%M.%S}", 1
    while ArchivedFile.objects.filter(path=(name := f"{path}（{until} 以前的内容）")).exists():
        number += 1
        until = f"{until.partition('，')[0]}，{number}"
    return name


def _set_filing(row: ArchivedFile, filing: Filing) -> None:
    row.filing = _as_json(filing)
    for column, longest in _COLUMNS.items():
        guess = getattr(filing, column)
        setattr(row, column, guess.value[:longest] if guess else "")


def _as_json(filing: Filing) -> dict[str, Any]:
    """As it comes back from the database: with lists in place of tuples."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(filing).items()
    }


def _guesses(stored: Any) -> Any:
    if isinstance(stored, list):
        return tuple(Guess(**one) for one in stored)
    return Guess(**stored) if stored else None
