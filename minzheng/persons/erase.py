"""★ Pieces of a person put away as the preview said: erased, only stored, or blanked.

Papers are originals and stay on the disk: their text, filing and index entries go, and a mark
by content keeps them away when they are read anew. Each step can be done again: killed in the
middle, the same deed done once more finishes it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from django.db import connection, transaction
from django.db.models import QuerySet

from archive_indexer.disk.file_names import as_read
from archive_indexer.documents import Filing
from archive_indexer.errors import IndexLockedError
from archive_indexer.filing.classify import Known, classify
from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.models import ArchivedFile, Correction
from archive_indexer.showing.drawn_files import DrawnFiles
from archive_indexer.stores import contents, filings, outcomes
from archive_indexer.stores.withheld import for_place, note_withheld
from filler.models import Batch, Draft
from filler.records.put_away import (
    erase_documents,
    erase_drafts,
    forget_person,
    stop_documents,
)
from minzheng.accounts.models import SavedSearch
from minzheng.database.place_rows import of_town
from minzheng.inbox.models import Original, Paper
from minzheng.inspection.finding_store import blank_finding
from minzheng.inspection.paper_store import forget_read
from minzheng.persons.holdings import Fate, Holding, Kind
from minzheng.persons.whom import Whom

_BLANK = "■"
_WHOLE = (Fate.ERASE, Fate.STOP)


@dataclass(frozen=True)
class Tools:
    """What putting away needs: where documents and pages lie, the index, what is compared."""

    issued: Path
    drawn: Path
    index: ArchiveIndex
    known: Known
    drop_batch: Callable[[Batch], None]
    by: str
    scope: str = ""  #: the county (`平利县·`) in which alone contents are withheld


@dataclass(frozen=True, slots=True)
class Done:
    """How many pieces of each kind met which fate, and what the keepers have to remove."""

    counts: dict[tuple[Kind, Fate], int]
    for_keeper: tuple[str, ...]  #: paths
    named: tuple[str, ...] = ()  #: paths that name the person, of files only stored

    def lines(self) -> list[str]:
        """In words, one a line; without a word of the person."""
        return [f"{kind} {fate} {count} 件" for (kind, fate), count in self.counts.items()]


def put_away(whom: Whom, found: Iterable[Holding], tools: Tools) -> Done:
    """Do with every piece what its fate says."""
    pieces = list(found)
    overwrite_deleted()
    _documents(whom, pieces, tools.issued)
    forget_read(whom.id_no, [one.number for one in pieces if one.kind is Kind.DOCUMENT])
    touched: list[str] = []
    for sha256 in dict.fromkeys(one.sha256 for one in pieces if _is_content(one)):
        same = [one for one in pieces if _is_content(one) and one.sha256 == sha256]
        touched += _content(whom, sha256, same, tools)
    _drafts(pieces, tools.issued)
    _traces(whom, pieces, tools)
    for number in (one.number for one in pieces if one.kind is Kind.DOUBT):
        blank_finding(number, partial(_without, whom=whom))
    tell_index(touched, tools.index)
    counts: dict[tuple[Kind, Fate], int] = {}
    for one in pieces:
        counts[one.kind, one.fate] = counts.get((one.kind, one.fate), 0) + 1
    papers = [one for one in pieces if one.kind is Kind.PAPER]
    gone = tuple(one.path for one in papers if one.fate is Fate.ERASE)
    stopped = (one.path for one in papers if one.fate is Fate.STOP)
    named = tuple(path for path in stopped if whom.name and whom.name in path)
    return Done(counts, gone, named)


def _is_content(one: Holding) -> bool:
    return one.kind in (Kind.PAPER, Kind.INBOX) and bool(one.sha256)


def _documents(whom: Whom, pieces: Iterable[Holding], folder: Path) -> None:
    by_fate: dict[Fate, list[int]] = {}
    for one in pieces:
        if one.kind is Kind.DOCUMENT:
            by_fate.setdefault(one.fate, []).append(one.number)
    erase_documents(by_fate.get(Fate.ERASE, ()), folder)
    stop_documents(by_fate.get(Fate.STOP, ()))
    forget_person(by_fate.get(Fate.BLANK, ()), whom.name, whom.id_no)


def _drafts(pieces: Iterable[Holding], folder: Path) -> None:
    """Forms nobody has finished are working copies: they go whole, with their photos."""
    wanted = [one.number for one in pieces if one.kind is Kind.DRAFT]
    erase_drafts(Draft.objects.filter(pk__in=wanted), folder)


@transaction.atomic
def _content(whom: Whom, sha256: str, same: list[Holding], tools: Tools) -> list[str]:
    """Withhold a content wherever it lies in the scope; gives the paths the index must hear of."""
    is_whole = all(one.fate in _WHOLE for one in same)
    note_withheld(
        sha256, whom.marks, is_whole=is_whole, by=tools.by, county=tools.scope,
        for_keeper=_is_for_keeper(whom, same, is_whole=is_whole),
    )  # fmt: skip
    waits = Original.objects.filter(sha256=sha256).values_list("town", flat=True)
    contents.leave_out_withheld(sha256, waits)
    DrawnFiles(tools.drawn).drop(sha256)
    rows = ArchivedFile.objects.filter(of_town(tools.scope), sha256=sha256)
    said = _said_of(sha256, tools.scope)
    if is_whole:
        said.delete()
    else:
        for one in said.filter(field__in=("persons", "title")):
            _blank_correction(one, whom)
    for row in rows:
        _withhold(row) if is_whole else _file_again(row, whom, tools)
    return [row.path for row in rows]


def _said_of(sha256: str, scope: str) -> QuerySet[Correction]:
    """What keepers said of a content in the scope; what was said of its copies elsewhere stays."""
    said = Correction.objects.filter(sha256=sha256, is_folder=False)
    if not scope:
        return said
    others = ArchivedFile.objects.filter(sha256=sha256).exclude(of_town(scope))
    return said.exclude(path__in=others.values("path"))


def _is_for_keeper(whom: Whom, same: Iterable[Holding], *, is_whole: bool) -> bool:
    """A paper whose time is over goes; one that stays is not named after the person."""
    if is_whole:
        return any(one.fate is Fate.ERASE for one in same)
    return bool(whom.name) and any(whom.name in one.path for one in same)


def _withhold(row: ArchivedFile) -> None:
    """Nothing is left of a file but where it lies and to which place it belongs."""
    if not row.present:
        row.delete()
        return
    filed = filings.filing_from(row.filing)
    place = Filing(filed.town, filed.village, filed.dossier, filed.year)
    filings.withhold_row(row, place)


def _file_again(row: ArchivedFile, whom: Whom, tools: Tools) -> None:
    """Filed by what is left of its text; a name that stands in the path is not filed either.

    Of several counties it stays in its own: there alone it is withheld.
    """
    read = contents.content_of(row.sha256, by_old_rules=True)
    pages = for_place(row.sha256, row.town, read).pages if read else ()
    path = _without(as_read(row.path), whom).replace(_BLANK, "")
    filing = classify(path, pages, tools.known)
    if tools.scope:
        before = filings.filing_from(row.guessed)
        filing = replace(filing, town=before.town, village=before.village)
    filings.keep_guess(row.path, filing)
    ArchivedFile.objects.filter(pk=row.pk).update(has_news=True)


def _blank_correction(one: Correction, whom: Whom) -> None:
    one.value = "、".join(name for name in one.value.split("、") if name != whom.name)
    one.before = json.loads(_without(json.dumps(one.before, ensure_ascii=False), whom))
    one.save(update_fields=["value", "before"])


def _traces(whom: Whom, pieces: Iterable[Holding], tools: Tools) -> None:
    for one in pieces:
        if one.kind is Kind.BATCH:
            for batch in Batch.objects.filter(pk=one.number):
                tools.drop_batch(batch)
        elif one.kind is Kind.SAVED:
            SavedSearch.objects.filter(pk=one.number).delete()
        elif one.kind is Kind.CORRECTION:
            for said in Correction.objects.filter(pk=one.number, is_folder=False):
                _blank_correction(said, whom)
        elif one.kind is Kind.INBOX:
            _blank_inbox(one.number, whom)


def _blank_inbox(number: int, whom: Whom) -> None:
    """What was suggested of the papers of a scan, without the person."""
    for paper in Paper.objects.filter(pages__original=number).distinct():
        paper.title = _without(paper.title, whom)
        paper.guesses = json.loads(_without(json.dumps(paper.guesses, ensure_ascii=False), whom))
        paper.remarks = json.loads(_without(json.dumps(paper.remarks, ensure_ascii=False), whom))
        paper.save(update_fields=["title", "guesses", "remarks"])
    for scan in Original.objects.filter(pk=number):
        scan.reason = _without(scan.reason, whom)
        scan.save(update_fields=["reason"])


def _without(text: str, whom: Whom) -> str:
    for told in filter(None, (whom.name, whom.id_no)):
        text = text.replace(told, _BLANK * len(told))
    return text


def tell_index(paths: Iterable[str], index: ArchiveIndex) -> bool:
    """Take what changed into the index now; held by the service, that does it in its next turn."""
    now = [(path, outcomes.outcome_now(path)) for path in dict.fromkeys(paths)]
    add = [one.document for _, one in now if one and one.document]
    gone = [path for path, one in now if one is None or one.document is None]
    try:
        index.update(add, gone, purges=True)
    except IndexLockedError:
        return False
    ArchivedFile.objects.filter(path__in=[path for path, _ in now]).update(has_news=False)
    return True


def overwrite_deleted() -> None:
    """SQLite fills what is deleted with zeros from now on, in this connection."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
