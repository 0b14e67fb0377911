"""THE PATH of a confirmed paper: cut → known by its hash → named → published → recorded.

A kill at any moment leaves nothing half and nothing twice: the copy is made under a name
the archive ignores, what it will be is written down, then it appears at once under its
number, which is never one that is taken. Only the service lays papers, one after another.
"""

import errno
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from archive_indexer.disk.file_names import as_disk, as_key, disk_path
from archive_indexer.disk.identify import identify
from archive_indexer.documents import Extraction, Visible
from archive_indexer.errors import FileChangingError, FileGoneError
from archive_indexer.models import ArchivedFile
from archive_indexer.noticing.presence import Presence
from archive_indexer.stores import contents, corrections
from archive_indexer.stores.filings import put_in_force
from minzheng.external.files.file_rights import make_shared_folder, share_as_its_folder
from minzheng.external.files.whole_file import force_folder
from minzheng.inbox.archive_names import folder_of, name_of, next_number
from minzheng.inbox.cut_file import CutJob, cut_file, ending_of
from minzheng.inbox.decisions import place_of, said_by_keeper
from minzheng.inbox.errors import CannotLayError, OriginalGoneError
from minzheng.inbox.models import LaidFile, Original, Paper
from minzheng.inbox.suggest import Knowledge

_MOST_TRIES = 50
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where papers are taken from and laid."""

    inbox: Path
    archive: Path
    presence: Presence
    known: Knowledge
    cut: Callable[[CutJob], None] = cut_file


@dataclass(frozen=True, slots=True)
class _Part:
    """Pages of one scan that follow one another in a paper: one file in the archive."""

    original: Original
    pages: tuple[int, ...]
    name: str = ""  #: within the paper's folder; empty for a paper of one file
    sha256: str = ""


def lay_down(paper: Paper, ground: Ground) -> None:
    """Lay a confirmed paper into the archive.

    Raises:
        ArchiveFolderError: the archive's share is away.
        OriginalGoneError: a scan is not there or was changed.
        CannotLayError: a scan cannot be taken apart, or no name is free.
        OSError: a disk is full or cannot be written.
    """
    folder = folder_of(place_of(paper), ground.known.places, ground.known.dossiers)
    _confirm_archive(ground, folder)
    place = disk_path(ground.archive, folder)
    draft = place / f".收件{paper.pk}.part"
    if paper.target and _lies_there(paper, ground.archive):
        _remove(draft)
        _record_filed(paper)
        return
    parts = _check_originals(_parts_of(paper), ground.inbox)
    make_shared_folder(place)
    if not place.resolve().is_relative_to(ground.archive.resolve()):
        raise CannotLayError(f"“{folder}”是指到档案文件夹之外的链接，没有放。请改成普通文件夹。")
    try:
        made = _make(parts, draft, ground)
        share_as_its_folder(draft)
        _publish(paper, made, draft, folder, ground.archive)
    finally:
        _remove(draft)
    _record_filed(paper)


def _confirm_archive(ground: Ground, folder: str) -> None:
    """Nothing is written where a share should be."""
    if ArchivedFile.objects.filter(present=True).exists():
        ground.presence.confirm_gone(f"{folder}/")
    else:
        ground.presence.confirm_root()


def _lies_there(paper: Paper, archive: Path) -> bool:
    """Whether a paper was published before its service was killed."""
    files = list(paper.files.all())
    try:
        return bool(files) and all(
            identify(one.path, disk_path(archive, one.path)).sha256 == one.sha256 for one in files
        )
    except (FileGoneError, FileChangingError):
        return False


def _parts_of(paper: Paper) -> list[_Part]:
    parts: list[_Part] = []
    for page in paper.pages.select_related("original").order_by("position"):
        if parts and parts[-1].original == page.original:
            parts[-1] = replace(parts[-1], pages=(*parts[-1].pages, page.number))
        else:
            parts.append(_Part(page.original, (page.number,)))
    return parts


def _check_originals(parts: Sequence[_Part], inbox: Path) -> Sequence[_Part]:
    for original in {part.original for part in parts}:
        try:
            found = identify(original.path, disk_path(inbox, original.path))
        except (FileGoneError, FileChangingError) as error:
            raise OriginalGoneError from error
        if found.sha256 != original.sha256:
            raise OriginalGoneError
    return parts


def _make(parts: Sequence[_Part], draft: Path, ground: Ground) -> list[_Part]:
    """The paper under a name the archive ignores; what was read goes with each file."""
    _remove(draft)
    is_folder = len(parts) > 1
    if is_folder:
        draft.mkdir()
    made = []
    for order, part in enumerate(parts, start=1):
        scan = part.original
        name = f"{order:03d}{ending_of(scan.kind, scan.path)}" if is_folder else ""
        file = draft / name if is_folder else draft
        source = disk_path(ground.inbox, scan.path)
        ground.cut(CutJob(source, scan.kind, part.pages, scan.page_count, file))
        sha256 = identify(file.name, file).sha256
        _keep_reading(part, sha256)
        made.append(replace(part, name=name, sha256=sha256))
    return made


def _keep_reading(part: _Part, sha256: str) -> None:
    """What was read of the scan's pages is what the new file holds: no page is read twice.

    What is to be read again does not go with it.
    """
    is_read = contents.content_of(part.original.sha256) is not None
    if not is_read or contents.content_of(sha256) is not None:
        return
    scan = part.original
    if contents.lacks(scan.sha256, scan.town):
        return  # read anew: another county had something left out that this one may be told
    pages = [contents.page_of(scan.sha256, number, scan.town) for number in part.pages]
    found = tuple(
        replace(page, number=number) for number, page in enumerate(pages, start=1) if page
    )
    if len(found) == len(part.pages):
        is_as_sent = contents.is_wanted_as_sent(part.original.sha256)
        read = Extraction(part.original.kind, found, is_as_sent=is_as_sent)
        contents.keep_content(sha256, read)


def _publish(paper: Paper, parts: Sequence[_Part], draft: Path, folder: str, archive: Path) -> None:
    """Let the paper appear under the next number that nobody has taken."""
    place = disk_path(archive, folder)
    ending = "" if len(parts) > 1 else ending_of(parts[0].original.kind, parts[0].original.path)
    names = [as_key(entry.name) for entry in place.iterdir()]
    given = Paper.objects.filter(target__startswith=f"{folder}/").exclude(pk=paper.pk)
    past = [target.rpartition("/")[2] for target in given.values_list("target", flat=True)]
    number = next_number(names, past)
    for tried in range(_MOST_TRIES):
        name = name_of(number + tried, paper.title) + ending
        _write_down(paper, parts, f"{folder}/{name}")
        try:
            publish(draft, place / as_disk(name))
        except FileExistsError:
            continue
        force_folder(place)
        return
    raise CannotLayError("档案文件夹里的件号都被占用，请稍后再试。")


def publish(draft: Path, target: Path) -> None:
    """Give a finished file or folder its name, if nothing bears it.

    Raises:
        FileExistsError: something bears it.
    """
    if draft.is_file() and os.name != "nt":
        try:
            os.link(draft, target)  # the one way that fails where the name is taken
            return
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
    if os.path.lexists(target):
        raise FileExistsError(target)
    draft.rename(target)


@transaction.atomic
def _write_down(paper: Paper, parts: Sequence[_Part], target: str) -> None:
    """What will lie where, and which pages of which scan it is; before it appears."""
    confirmed = Paper.objects.filter(pk=paper.pk, state=Paper.State.CONFIRMED)
    if not confirmed.update(target=target, trouble=""):
        raise CannotLayError("已撤回，没有放。")
    paper.target = target
    paper.files.all().delete()
    LaidFile.objects.bulk_create(
        LaidFile(
            paper=paper,
            path=f"{target}/{part.name}" if part.name else target,
            sha256=part.sha256,
            original_sha256=part.original.sha256,
            original_path=part.original.path,
            pages=list(part.pages),
        )
        for part in parts
    )


@transaction.atomic
def _record_filed(paper: Paper) -> None:
    """The paper is in the archive, and what a keeper said of it holds there, too."""
    said = said_by_keeper(paper)
    paths = list(paper.files.values_list("path", "sha256"))
    for path, sha256 in paths:
        place = {"path": path, "sha256": sha256}
        corrections.keep(place, said, {}, Visible(), paper.decided_by)
    put_in_force(ArchivedFile.objects.filter(path__in=[path for path, _ in paths]))
    Paper.objects.filter(pk=paper.pk).update(
        state=Paper.State.FILED, filed_at=timezone.now(), trouble=""
    )


def _remove(draft: Path) -> None:
    if draft.is_dir():
        shutil.rmtree(draft)
    else:
        draft.unlink(missing_ok=True)
