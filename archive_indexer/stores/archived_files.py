"""Every file that ever lay in the archive: its content, its place, its history."""

import datetime as dt
from collections.abc import Collection, Iterable
from decimal import Decimal
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from archive_indexer.disk.identify import Signature
from archive_indexer.documents import (
    PLACE_UNSEEN,
    ExtractedPage,
    Filing,
    Guess,
    IndexedDocument,
    SignatureState,
    searchable_text,
)
from archive_indexer.models import ArchivedFile, Content, PastContent, Walk
from archive_indexer.stores import corrections
from archive_indexer.stores.contents import content_of
from archive_indexer.stores.filings import filing_from, put_in_force
from archive_indexer.stores.withheld import for_place
from minzheng.database.place_rows import bounds_of, of_town_or_none
from minzheng.prepared import Prepared

_BATCH = 500
_MOST_TRACES = 10  #: of contents that lay under one path
_MOST_PLACES = 100  #: that one paper's page names
_DONE = ("indexed", "failed", "withheld")
#: What an inspector calls a file by its ending; everything else is 其他.
_KINDS = {
    **dict.fromkeys((".jpg", ".jpeg", ".jp2", ".png", ".tif", ".tiff", ".bmp"), "照片"),
    **dict.fromkeys((".gif", ".webp", ".heic", ".heif", ".avif"), "照片"),
    **dict.fromkeys((".doc", ".docx", ".wps", ".rtf"), "Word"),
    **dict.fromkeys((".xls", ".xlsx", ".et", ".csv"), "Excel"),
    **dict.fromkeys((".txt", ".md"), "文本"),
    ".pdf": "PDF",
}
#: What is asked of every file that is read.
_MEMBERS = Prepared(
    lambda path: ArchivedFile.objects.filter(packed_in=path, present=True).values_list("path")
)
_TRACES = Prepared(
    lambda sha256: ArchivedFile.objects.filter(sha256=sha256, present=False).values_list("path")
)
#: What every look at a paper, and at a page of hits, asks.
_BY_NUMBER = Prepared(lambda number: ArchivedFile.objects.filter(pk=number))
_AT_PATHS = Prepared(  # what a file told before people corrected it is not shown of ten hits
    lambda *paths: ArchivedFile.objects.filter(path__in=paths).defer("guessed")
)
_OF_CONTENT = Prepared(
    lambda sha256, but: (
        ArchivedFile.objects.filter(sha256=sha256)
        .exclude(pk=but)
        .order_by("-present", "-last_seen")[:_MOST_PLACES]
    )
)
_INSIDE = Prepared(
    lambda path: ArchivedFile.objects.filter(packed_in=path, present=True).order_by("path")[
        :_MOST_PLACES
    ]
)
_PAST = Prepared(lambda file: PastContent.objects.filter(file_id=file).order_by("-last_seen"))


def mark_indexed(paths: Iterable[str]) -> None:
    """The index holds these files now, and these traces, also one that was shown before."""
    todo, was_shown = list(paths), Q(state="moved", present=False)
    for start in range(0, len(todo), _BATCH):
        rows = ArchivedFile.objects.filter(path__in=todo[start : start + _BATCH])
        rows.filter(Q(state="waiting") | was_shown).update(state="indexed")


def mark_gone(path: str) -> None:
    """A file is no longer in the archive; what is known of it stays."""
    now = timezone.now()
    row = ArchivedFile.objects.filter(path=path, present=True).first()
    if row is None:
        return
    walks = Walk.objects.filter(ended__isnull=False, trouble="").order_by("-pk")[1:2]
    seen = [walk.started for walk in walks if walk.started > row.last_seen]
    row.present, row.gone_at, row.last_seen = False, now, max([row.last_seen, *seen])
    row.state = "waiting" if row.state == "indexed" else row.state
    row.save()
    if corrections.has_corrections(row.sha256):
        put_in_force(ArchivedFile.objects.filter(sha256=row.sha256, present=True))


def is_withheld_at(path: str) -> bool:
    """Whether the content at a path is withheld."""
    return ArchivedFile.objects.filter(path=path, state="withheld").exists()


def forget_withheld(path: str) -> bool:
    """A withheld file that is gone leaves no trace, not even its name."""
    gone = ArchivedFile.objects.filter(path=path, present=False, state="withheld")
    return bool(gone.delete()[0])


def content_at(path: str) -> str:
    """The content that lies or lay last at a path."""
    return ArchivedFile.objects.filter(path=path).values_list("sha256", flat=True).first() or ""


def known_files() -> dict[str, tuple[Signature, bool]]:
    """Every present file on the disk: its signature, and whether it is done with."""
    present = ArchivedFile.objects.filter(present=True)
    rows = present.filter(packed_in="").values_list("path", "size", "mtime_ns", "state")
    inside = present.filter(state="waiting").exclude(packed_in="").values_list("packed_in")
    unfinished = {packed for (packed,) in inside.distinct()}
    return {
        path: ((size, mtime_ns), state in _DONE and path not in unfinished)
        for path, size, mtime_ns, state in rows.iterator()
    }


def latest_on_disk(count: int) -> list[str]:
    """Some present files on the disk, those that came last."""
    rows = ArchivedFile.objects.filter(present=True, packed_in="").order_by("-pk")
    return list(rows.values_list("path", flat=True)[:count])


def indexed_paths() -> set[str]:
    """Files that the index should hold, and the traces of files that are gone."""
    return set(ArchivedFile.objects.filter(state="indexed").values_list("path", flat=True))


def unfinished_traces() -> list[str]:
    """Files that are gone and whose trace did not reach the index."""
    rows = ArchivedFile.objects.filter(present=False, state="waiting")
    return list(rows.values_list("path", flat=True))


def files_below(path: str) -> list[str]:
    """Present files in a folder that was moved or deleted as a whole."""
    below = ArchivedFile.objects.filter(present=True, path__gt=f"{path}/", path__lt=f"{path}0")
    return list(below.filter(packed_in="").values_list("path", flat=True))


def members_of(path: str) -> list[str]:
    """What lies inside a packed file, as far as it was read."""
    return [inside for (inside,) in _MEMBERS.all(path)]


def paths_read_by(rules: Iterable[str]) -> list[str]:
    """Present files on the disk whose content, or one inside, was read by these rules."""
    contents = Content.objects.filter(rules__in=list(rules)).values("pk")
    rows = ArchivedFile.objects.filter(present=True, sha256__in=contents)
    found = rows.values_list("path", "packed_in")
    return sorted({packed_in or path for path, packed_in in found})


def document_of(path: str) -> IndexedDocument | None:
    """A file, or the trace of one, as the index holds it."""
    row = ArchivedFile.objects.filter(path=path).first()
    extraction = content_of(row.sha256, by_old_rules=True) if row else None
    if row is None or extraction is None:
        return None
    told = for_place(row.sha256, row.town, extraction)
    if told.reason:
        return None
    return as_document(path, row.sha256, told.pages, filing_from(row.filing), present=row.present)


def trace_of(path: str) -> IndexedDocument | None:
    """What stays findable of a file that is gone: nothing when its content lies elsewhere."""
    row = ArchivedFile.objects.filter(path=path).first()
    if row is None or ArchivedFile.objects.filter(sha256=row.sha256, present=True).exists():
        return None
    return document_of(path)


def superseded_by(path: str, sha256: str) -> list[str]:
    """Traces that need not be shown any more: their content lies here, or lay here last."""
    return [trace for (trace,) in _TRACES.all(sha256) if trace != path]


def oldest_traces(path: str) -> list[str]:
    """Traces of what lay under a path long ago: a list that is saved daily leaves the last few."""
    of_path = ArchivedFile.objects.filter(trace_of__file__path=path).distinct()
    rows = of_path.filter(state__in=("indexed", "waiting"))
    return list(rows.order_by("-gone_at").values_list("path", flat=True)[_MOST_TRACES:])


def retire(paths: Iterable[str]) -> None:
    """The index holds no trace of these any more; their rows stay."""
    ArchivedFile.objects.filter(path__in=list(paths), present=False).update(state="moved")


def file_of(path: str) -> ArchivedFile | None:
    """The row of a present file."""
    return ArchivedFile.objects.filter(path=path, present=True).first()


def paths_since(moment: dt.datetime) -> frozenset[str]:
    """Present files whose content came after a moment; what only moved is not new."""
    known = ArchivedFile.objects.filter(sha256=OuterRef("sha256"), content_since__lte=moment)
    rows = ArchivedFile.objects.filter(present=True, content_since__gt=moment).exclude(sha256="")
    return frozenset(rows.filter(~Exists(known)).values_list("path", flat=True))


def file_by_number(number: int) -> ArchivedFile | None:
    """The row of a file, present or gone."""
    return _BY_NUMBER.first(number)


def files_at(paths: Collection[str]) -> dict[str, ArchivedFile]:
    """The rows of some paths, present or gone."""
    return {file.path: file for file in _AT_PATHS.any_of(*paths)}


def other_places(file: ArchivedFile) -> list[ArchivedFile]:
    """Where the same content lies or lay, newest first; at most a hundred places."""
    return _OF_CONTENT.all(file.sha256, file.pk) if file.sha256 else []


def files_inside(file: ArchivedFile) -> list[ArchivedFile]:
    """The first hundred files inside a packed one or a mail, by name."""
    return _INSIDE.all(file.path)


def packed_file_of(file: ArchivedFile) -> ArchivedFile | None:
    """The packed file or mail that a file lies in."""
    return files_at([file.packed_in]).get(file.packed_in) if file.packed_in else None


def people_of_dossiers(
    codes: Collection[str], town: str, village: str
) -> list[tuple[str, str, str]]:
    """Whom the papers of some dossiers are about, each with town and village.

    Of a town or village also those whose papers name none.
    """
    if not codes:
        return []
    towns, villages = bounds_of(town), (village,) if village else ()
    return _people(len(towns), bool(village)).all(*towns, *villages, *sorted(codes))


@cache
def _people(of_towns: int, has_village: bool) -> Prepared[tuple[str, str, str]]:
    def ask(*given: Any) -> QuerySet[ArchivedFile, tuple[str, str, str]]:
        places, codes = given[: of_towns + has_village], given[of_towns + has_village :]
        rows = ArchivedFile.objects.filter(of_town_or_none(places[:of_towns]), dossier__in=codes)
        rows = rows.exclude(person="")
        if has_village:
            rows = rows.filter(village__in=("", places[-1]))
        return rows.values_list("person", "town", "village").distinct()

    return Prepared(ask)


def past_of(file: ArchivedFile) -> list[PastContent]:
    """What lay at a file's path before, the latest first."""
    return _PAST.all(file.pk)


def as_document(
    path: str,
    sha256: str,
    pages: Iterable[ExtractedPage],
    filing: Filing,
    present: bool = True,
) -> IndexedDocument:
    """A file as the index holds it."""
    read = tuple(pages)
    return IndexedDocument(
        path=path,
        sha256=sha256,
        pages=tuple(map(searchable_text, read)),
        kind=_KINDS.get(PurePosixPath(path).suffix.lower(), "其他"),
        origin="ocr" if any(page.origin == "ocr" for page in read) else "text",
        has_seal=_has_seal(read),
        signed=_signed(read),
        case_no=_value(filing.case_no),
        town=_value(filing.town),
        village=_value(filing.village),
        dossier=_value(filing.dossier),
        year=_value(filing.year),
        form_id=_value(filing.form_id),
        person=_value(filing.person),
        title=_value(filing.title),
        persons=tuple(one.value for one in filing.persons),
        ids=tuple(one.value for one in filing.ids),
        amounts=tuple(_fen(one.value) for one in filing.amounts),
        dates=tuple(_day(one.value) for one in filing.dates),
        archive_no=_value(filing.archive_no),
        present=present,
    )


def _has_seal(pages: Iterable[ExtractedPage]) -> bool | None:
    """Whether any page bears a red seal; None when no page was looked at as a picture."""
    looked_at = [bool(page.seals) for page in pages if page.origin == "ocr"]
    return any(looked_at) if looked_at else None


def _signed(pages: Iterable[ExtractedPage]) -> SignatureState | None:
    """无 when any place for a signature is empty, 有 when every one is seen and signed."""
    pages = list(pages)
    states = {one.state for page in pages for one in page.signatures}
    if any(told.startswith(PLACE_UNSEEN) for page in pages for told in page.unread):
        states.add("看不清")
    worst_first: tuple[SignatureState, ...] = ("无", "看不清", "有")
    return next((state for state in worst_first if state in states), None)


def _value(guess: Guess | None) -> str:
    return guess.value if guess else ""


def _fen(yuan: str) -> int:
    return round(Decimal(yuan) * 100)


def _day(date: str) -> int:
    year, month, day = (*date.split("-"), "0")[:3]
    return int(year) * 10_000 + int(month) * 100 + int(day)
