"""Books made a moment ago: the same day of the same tables is the same book."""

import datetime as dt
import threading
from collections import OrderedDict

from minzheng.county.errors import MinzhengError
from minzheng.policies.chapters import Policies
from minzheng.policies.policy_book import as_pdf, make_book
from minzheng.web.gate.office import bureau, county_name, policies

_MOST_KEPT = 4  #: a book has some 100 KB, its PDF 3 MB
_PATIENCE_SECONDS = 60.0
_one_at_a_time = threading.Lock()
_made: OrderedDict[tuple[int, dt.date, str], tuple[Policies, bytes]] = OrderedDict()


class BookBusyError(MinzhengError):
    """正在给别人编这一册，请过一会儿再试。"""


def book_of(day: dt.date, kind: str) -> bytes:
    """The book of a day as `docx` or `pdf`.

    Raises:
        LibreOfficeMissingError: a PDF is asked for, and it is not installed.
        ProgramFailedError: LibreOffice made nothing of it.
        BookBusyError: others were waiting for theirs all the time.
    """
    if not _one_at_a_time.acquire(timeout=_PATIENCE_SECONDS):
        raise BookBusyError
    try:
        return _book(policies(), day, kind)
    finally:
        _one_at_a_time.release()


def _book(known: Policies, day: dt.date, kind: str) -> bytes:
    key = (id(known), day, kind)
    made = _made.get(key)
    if made is not None and made[0] is known:
        return made[1]
    if kind == "pdf":
        data = as_pdf(_book(known, day, "docx"))
    else:
        data = make_book(known, day, county_name(), bureau()).word
    _made[key] = (known, data)
    while len(_made) > _MOST_KEPT:
        _made.popitem(last=False)
    return data
