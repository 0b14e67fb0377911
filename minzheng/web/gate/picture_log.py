"""Who saw the picture of which page: written down once a session, file and page.

A picture is asked again for every zoom and turn; the log shall tell who saw what, not how
often a browser asked. Thumbnails, on which nothing can be read, belong to the search that
showed them.
"""

from django.core.cache import caches
from django.http import HttpRequest

from archive_indexer.disk.file_names import as_shown
from archive_indexer.models import ArchivedFile
from minzheng.accounts.audit_log import Action
from minzheng.web.gate.access import write_down

#: Narrower pictures cannot be read.
READABLE_WIDTH = 500
_REMEMBERED_SECONDS = 12 * 3600


def is_first_look(request: HttpRequest, file: ArchivedFile, page: int) -> bool:
    """Whether this session sees this page for the first time; remembers that it did."""
    key = f"{request.session.session_key}:{file.pk}:{page}"
    return bool(caches["pages_seen"].add(key, True, _REMEMBERED_SECONDS))


def note_scan_picture(request: HttpRequest, paper: int, scan: int, page: int, width: int) -> None:
    """Write down that somebody sees a page of a scan that is not filed yet."""
    key = f"{request.session.session_key}:inbox:{scan}:{page}"
    if width >= READABLE_WIDTH and caches["pages_seen"].add(key, True, _REMEMBERED_SECONDS):
        write_down(request, Action.VIEW, f"页面图 收件箱 第 {paper} 件 原件 {scan} 第 {page} 页")


def note_picture(request: HttpRequest, file: ArchivedFile, page: int, width: int) -> None:
    """Write down that somebody sees a page; what the page of the file wrote is not repeated."""
    if width >= READABLE_WIDTH and is_first_look(request, file, page):
        write_down(request, Action.VIEW, f"页面图 {file.pk} 第 {page} 页 {as_shown(file.path)}")
