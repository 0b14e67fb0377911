"""Every correction that was ever made, and which of them hold.

A correction of a file is kept with its content: it stays when the file is moved or renamed.
Copies of the content elsewhere keep their own filing; so does new content under the old name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from archive_indexer.disk.file_names import folder_above
from archive_indexer.documents import Guess, Visible
from archive_indexer.filing.keepers_words import FolderWord, Said, Word
from archive_indexer.models import ArchivedFile, Correction
from minzheng.database.town_rows import full


def said_of(path: str, sha256: str) -> Said:
    """What holds of a content at a place."""
    folder = folder_above(path)
    about_file = Q(is_folder=False) & (Q(sha256=sha256) if sha256 else Q(path=path))
    if sha256:
        about_file |= Q(is_folder=False, sha256="", path=path)
    about = about_file | Q(is_folder=True, path=folder)
    of_file: dict[str, Word] = {}
    of_folder = []
    for one in Correction.objects.filter(about, taken_back_at=None).order_by("pk"):
        if one.is_folder:
            of_folder.append(FolderWord(one.field, one.value, scope_of(one)))
        elif one.path == path or _has_moved(one):
            of_file[one.field] = Word(one.value, describe(one))
    return Said(of_file, tuple(of_folder))


def describe(correction: Correction) -> str:
    """Who corrected, and when, for the column of reasons."""
    day = timezone.localtime(correction.at)
    return f"{correction.by} 于 {day.year}年{day.month}月{day.day}日更正"


def keep(
    place: Mapping[str, Any], values: Mapping[str, str], before: Mapping[str, Guess | None],
    scope: Visible, by: str,
) -> None:  # fmt: skip
    """Write down corrections; `place` tells path, content, deed, whether a folder is meant."""
    for name, value in values.items():
        was = before.get(name)
        Correction.objects.create(
            **place,
            field=name,
            value=value,
            before=asdict(was) if was else {},
            scope={**asdict(scope), "hidden_dossiers": sorted(scope.hidden_dossiers)},
            by=by,
        )


def put_places_under(county: str) -> None:
    """Where one county becomes one of several: places that keepers said, and how far they reach."""
    for one in Correction.objects.all():
        if one.field == "place":
            one.value = full(county, one.value)
            if said := one.before.get("value"):
                one.before = one.before | {"value": full(county, said)}
        one.scope = one.scope | {"town": full(county, one.scope.get("town", "")) or county}
        one.save(update_fields=["value", "before", "scope"])


def scope_of(correction: Correction) -> Visible:
    """What the maker of a correction might see."""
    kept = correction.scope
    return Visible(**{**kept, "hidden_dossiers": frozenset(kept.get("hidden_dossiers", ()))})


def history_of(file: ArchivedFile) -> list[Correction]:
    """All corrections that concern or concerned a file, newest first; not those of its copies."""
    about = Q(is_folder=False, path=file.path) | Q(is_folder=True, path=folder_above(file.path))
    if file.sha256:
        about |= Q(is_folder=False, sha256=file.sha256)
    made = Correction.objects.filter(about).order_by("-pk")
    return [one for one in made if one.is_folder or one.path == file.path or _has_moved(one)]


def files_corrected(correction: Correction) -> QuerySet[ArchivedFile]:
    """The file that a correction is about, or where it lies since it was moved."""
    if correction.sha256 and _has_moved(correction):
        moved = ArchivedFile.objects.filter(sha256=correction.sha256, present=True)
        if moved.exists():
            return moved
    return ArchivedFile.objects.filter(path=correction.path)


def files_concerned(corrections: Iterable[Correction]) -> QuerySet[ArchivedFile]:
    """Files whose filing may change when these corrections come or go."""
    concerned = Q(pk__in=[])
    for one in corrections:
        if one.is_folder:
            concerned |= files_directly_in(one.path)
        else:
            concerned |= Q(path=one.path) | (Q(sha256=one.sha256) if one.sha256 else Q(pk=None))
    return ArchivedFile.objects.filter(concerned)


def files_directly_in(folder: str) -> Q:
    """The files of a folder, without those of folders in it."""
    if not folder:
        return ~Q(path__contains="/")
    return Q(path__gt=f"{folder}/", path__lt=f"{folder}0") & ~Q(
        path__regex=f"^{re.escape(folder)}/.*/"
    )


def has_corrections(sha256: str) -> bool:
    """Whether anybody ever corrected this content."""
    return bool(sha256) and Correction.objects.filter(sha256=sha256, taken_back_at=None).exists()


def _has_moved(correction: Correction) -> bool:
    """Whether the content no longer lies where it was corrected; else another is a copy."""
    there = ArchivedFile.objects.filter(path=correction.path, present=True)
    return not there.filter(sha256=correction.sha256).exists()
