"""A file of the archive for those who may see it: found, opened, given out whole."""

import mimetypes
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path, PurePosixPath

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from archive_indexer.disk.file_names import as_shown, disk_path
from archive_indexer.errors import ArchiveError
from archive_indexer.extract.packed import member_of
from archive_indexer.models import ArchivedFile
from archive_indexer.showing.page_picture import has_picture
from archive_indexer.stores.archived_files import file_by_number
from archive_indexer.stores.contents import steps_to
from minzheng.web.gate.access import note
from minzheng.web.gate.downloads import answer_with
from minzheng.web.gate.office import area, config

#: Taking a file out only to look at its first bytes would cost more than its name tells.
_PICTURED = frozenset(
    {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".gif"}
)


def visible_file(request: HttpRequest, number: int) -> ArchivedFile:
    """A file, also one that is gone, in the person's area and dossiers."""
    file = file_by_number(number)
    if file is None or file.state == "withheld":
        raise Http404
    if not area(request).covers(file.town, file.village, file.dossier):
        raise Http404
    return file


def original_of(request: HttpRequest, number: int) -> HttpResponseBase:
    """A file of one's area to download, whole or from where a download broke off."""
    file = visible_file(request, number)
    note(request, f"下载原件 {number} {file.path}")
    name = PurePosixPath(as_shown(file.path)).name
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    with opened_original(file) as path:
        size, stream = path.stat().st_size, path.open("rb")
    return answer_with(request, stream, size, name=name, kind=kind, etag=file.sha256)


@contextmanager
def opened_original(file: ArchivedFile) -> Iterator[Path]:
    """Where a file can be read for a while; one inside a packed file is taken out.

    Raises:
        Http404: it is no longer there.
    """
    place = _place(file)
    if place is None:
        raise Http404
    with ExitStack() as stack:
        if file.packed_in:
            try:
                place = stack.enter_context(member_of(place, _steps_to(file)))
            except (ArchivedFile.DoesNotExist, ArchiveError, LookupError, OSError) as error:
                raise Http404 from error
        yield place


def is_there(file: ArchivedFile) -> bool:
    """Whether a file, or the packed one it lies in, is on the disk."""
    return _place(file) is not None


def is_pictured(file: ArchivedFile) -> bool:
    """Whether the pages of a file can be shown as pictures."""
    place = _place(file)
    if place is None:
        return False
    if file.packed_in:
        return PurePosixPath(file.path).suffix.lower() in _PICTURED
    try:
        return has_picture(place)
    except OSError:
        return False


@lru_cache(maxsize=1)
def _resolved(folder: Path, _second: int) -> Path:
    """Where a folder really lies; looked at once a second, not for each of ten hits."""
    return folder.resolve()


def _steps_to(file: ArchivedFile) -> tuple[int, ...]:
    packed = ArchivedFile.objects.get(path=file.packed_in, present=True)
    return steps_to(packed.sha256, file.path.removeprefix(f"{file.packed_in}!/"))


def _place(file: ArchivedFile) -> Path | None:
    """The file on disk; a link that leads out of the archive is no part of it."""
    root = _resolved(config().archive_folder, int(time.monotonic()))
    place = Path(os.path.realpath(disk_path(root, file.packed_in or file.path)))
    is_ours = file.present and place.is_relative_to(root) and place.is_file()
    return place if is_ours else None
