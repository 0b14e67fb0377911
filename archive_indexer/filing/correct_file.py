"""A keeper corrects what is believed of a file, for its folder too, or takes that back."""

from collections.abc import Mapping

from django.db import transaction

from archive_indexer.documents import Visible
from archive_indexer.filing.keepers_words import FOLDER_FIELDS, value_of
from archive_indexer.models import ArchivedFile, Correction
from archive_indexer.stores import corrections
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
    folder = corrections.folder_of(file.path)
    corrections.keep({"path": folder, "is_folder": True}, for_all, before, scope, by)
    put_in_force([file])
    if not for_all:
        return 0
    others = ArchivedFile.objects.filter(corrections.files_directly_in(folder))
    return put_in_force(others.exclude(pk=file.pk))


@transaction.atomic
def take_back(correction: Correction, by: str) -> int:
    """Let a correction hold no longer; gives how many files changed."""
    corrections.take_back(correction, by)
    return put_in_force(corrections.files_concerned([correction]))
