"""A folder that was renamed or moved as a whole keeps what was said of it.

Nobody tells of the rename: files go at one place and come at another, in any order. It is
taken for one when the old folder is empty, everything in the new one came from it, and
either the name or the folder above is the same.
"""

from pathlib import PurePosixPath

from django.db import transaction

from archive_indexer.models import ArchivedFile, Correction
from archive_indexer.stores.corrections import files_directly_in, folder_of
from archive_indexer.stores.filings import put_in_force


def follow(sha256: str) -> None:
    """Let corrections of a folder go where a content of it went."""
    said = Correction.objects.filter(is_folder=True, taken_back_at=None)
    if not sha256 or not said.exists():
        return
    rows = ArchivedFile.objects.filter(sha256=sha256).values_list("path", "present")
    places = [(folder_of(path), present) for path, present in rows]
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
