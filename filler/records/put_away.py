"""Issued documents put away: erased with all that was made of them, or only stored.

And unfinished forms: erased with photos that nothing else has.
"""

from collections.abc import Collection, Iterable
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from filler.form.photo_names import photos_named_in
from filler.models import BatchRow, Draft, Issued, KnownPerson, NamedPerson, TakenPhoto
from filler.records.case_store import DatabaseCaseStore
from filler.records.photo_shelf import PhotoFolder


def erase_documents(numbers: Collection[int], folder: Path) -> int:
    """Erase documents with every edition: rows, Word files and photos nobody else has.

    Gives how many rows went. Files go after the rows: what a kill leaves behind is a file
    that nothing names, and a second run finds nothing to do.
    """
    wanted = _all_editions(numbers)
    rows = list(Issued.objects.filter(pk__in=wanted).order_by("-edition", "-pk"))
    files = {one.sha256 for one in rows}
    photos = {photo.sha256 for one in rows for photo in photos_named_in(one.answers)}
    with transaction.atomic():
        BatchRow.objects.filter(issued__in=wanted).delete()
        for one in rows:  # the newest edition first: it holds the one before
            one.delete()
        gone = _forget_takers(photos)
    store = DatabaseCaseStore(folder)
    for sha256 in files - set(
        Issued.objects.filter(sha256__in=files).values_list("sha256", flat=True)
    ):
        store.path_of(sha256).unlink(missing_ok=True)
    _drop_photos(gone, folder)
    return len(rows)


def erase_drafts(drafts: QuerySet[Draft], folder: Path) -> int:
    """Erase unfinished forms and the photos sent in for them; gives how many went."""
    rows = list(drafts)
    photos = {photo.sha256 for one in rows for photo in photos_named_in(one.answers)}
    with transaction.atomic():
        Draft.objects.filter(pk__in=[one.pk for one in rows]).delete()
        gone = _forget_takers(photos)
    _drop_photos(gone, folder)
    return sum(one.done_at is None for one in rows)


def stop_documents(numbers: Collection[int]) -> int:
    """Only store documents from now on: no list, no form, no search tells of them."""
    wanted = _all_editions(numbers)
    with transaction.atomic():
        KnownPerson.objects.filter(issued__in=wanted).delete()
        NamedPerson.objects.filter(issued__in=wanted).delete()
        rows = Issued.objects.filter(pk__in=wanted, stopped_at=None)
        return rows.update(stopped_at=timezone.now())


def forget_person(numbers: Collection[int], name: str, id_no: str) -> int:
    """Take one person out of the people known from documents that stay."""
    named = NamedPerson.objects.filter(issued__in=numbers, name=name, id_no__in=("", id_no))
    known = KnownPerson.objects.filter(issued__in=numbers, name=name, id_no__in=("", id_no))
    return int(named.delete()[0]) + int(known.delete()[0])


def _all_editions(numbers: Iterable[int]) -> set[int]:
    """These documents, what they corrected, and what corrected them."""
    wanted, new = set[int](), set(numbers)
    while new:
        wanted |= new
        before = Issued.objects.filter(corrected_by__in=new).values_list("pk", flat=True)
        after = Issued.objects.filter(corrects__in=new).values_list("pk", flat=True)
        new = ({*before, *after}) - wanted
    return wanted


def _forget_takers(photos: Iterable[str]) -> tuple[str, ...]:
    """Photos that no document and no unfinished form has any more: nobody has sent them in.

    A photo that another clerk's form still has stays his to look at.
    """
    gone = tuple(sha256 for sha256 in photos if not _is_named(sha256))
    TakenPhoto.objects.filter(sha256__in=gone).delete()
    return gone


def _is_named(sha256: str) -> bool:
    named = (kept.objects.filter(answers__icontains=sha256) for kept in (Issued, Draft))
    return any(found.exists() for found in named)


def _drop_photos(photos: Iterable[str], folder: Path) -> None:
    shelf = PhotoFolder(folder / "photos")
    for sha256 in photos:
        shelf.drop(sha256)
