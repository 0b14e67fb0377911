"""A keeper corrects what is believed of a file, for its folder too, or takes that back.

A folder that was renamed or moved as a whole keeps what was said of it. Nobody tells of
the rename: files go at one place and come at another, in any order. It is taken for one
when the old folder is empty, everything in the new one came from it, and either the name
or the folder above is the same.
"""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from django.db import transaction
from django.utils import timezone

from archive_indexer.disk.file_names import folder_above
from archive_indexer.documents import Visible
from archive_indexer.filing.keepers_words import FOLDER_FIELDS, value_of
from archive_indexer.models import ArchivedFile, Correction
from archive_indexer.stores import corrections
from archive_indexer.stores.corrections import files_directly_in
from archive_indexer.stores.filings import filing_from, put_in_force


@transaction.atomic
def correct_file(
    file: ArchivedFile, values: Mapping[str, str], scope: Visible, by: str, *, for_folder: bool
) -> int:
    """Keep corrections and let them hold; gives how many other files took them over.

    `scope` is what the keeper may see: of a folder no other files are touched.
    """
    filing = filing_from(file.filing)
    before = {name: value_of(filing, name) for name in values}
    place = {"path": file.path, "sha256": file.sha256}
    corrections.keep(place, values, before, scope, by)
    for_all = {name: values[name] for name in FOLDER_FIELDS if for_folder and values.get(name)}
    folder = folder_above(file.path)
    corrections.keep({"path": folder, "is_folder": True}, for_all, before, scope, by)
    put_in_force([file])
    if not for_all:
        return 0
    others = ArchivedFile.objects.filter(files_directly_in(folder))
    return put_in_force(others.exclude(pk=file.pk))


@transaction.atomic
def correct_many(
    wanted: Iterable[tuple[ArchivedFile, Mapping[str, str]]], scope: Visible, by: str, deed: str
) -> None:
    """Keep corrections of many files as one deed, all or none, and let them hold."""
    files = []
    for file, values in wanted:
        filing = filing_from(file.filing)
        before = {name: value_of(filing, name) for name in values}
        place = {"path": file.path, "sha256": file.sha256, "deed": deed}
        corrections.keep(place, values, before, scope, by)
        files.append(file)
    put_in_force(files)


@transaction.atomic
def take_back_all(made: Iterable[Correction], by: str) -> int:
    """Take back several corrections, as of one deed; how many files changed."""
    taken = list(made)
    for one in taken:
        one.taken_back_by, one.taken_back_at = by, timezone.now()
        one.save(update_fields=["taken_back_by", "taken_back_at"])
    return put_in_force(corrections.files_concerned(taken))


def take_back(correction: Correction, by: str) -> int:
    """Let a correction hold no longer, that it was made stays known; how many files changed."""
    return take_back_all([correction], by)


def follow_renamed_folder(sha256: str) -> None:
    """Let corrections of a folder go where a content of it went."""
    said = Correction.objects.filter(is_folder=True, taken_back_at=None)
    if not sha256 or not said.exists():
        return
    rows = ArchivedFile.objects.filter(sha256=sha256).values_list("path", "present")
    places = [(folder_above(path), present) for path, present in rows]
    came = {folder for folder, present in places if present}
    for left in {folder for folder, present in places if not present} - came:
        for folder in came:
            if _is_renamed(left, folder) and said.filter(path=left).exists():
                _move(left, folder)


def _is_renamed(old: str, new: str) -> bool:
    one, other = PurePosixPath(old), PurePosixPath(new)
    if not old or not new or not (one.name == other.name or one.parent == other.parent):
        return False
    before = ArchivedFile.objects.filter(files_directly_in(old))
    now = ArchivedFile.objects.filter(files_directly_in(new), present=True)
    contents = before.filter(present=False).values("sha256")
    is_empty = not before.filter(present=True).exists()
    return is_empty and not now.exclude(sha256__in=contents).exists()


@transaction.atomic
def _move(old: str, new: str) -> None:
    Correction.objects.filter(is_folder=True, path=old).update(path=new)
    put_in_force(ArchivedFile.objects.filter(files_directly_in(new)))
