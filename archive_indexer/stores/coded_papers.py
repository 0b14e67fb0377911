"""Papers that bear the code of an issued document: whose number they are, and what is on them.

A number is read from our own code alone (`filing/page_code.py`); so a file that has one is that
document, or a paper of its case.
"""

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Max
from django.db.models.lookups import Exact, In

from archive_indexer.models import ArchivedFile, Content, Page
from archive_indexer.stores.unsought import Unsought
from minzheng.database.place_rows import of_town

_THERE = ("indexed", "waiting")
_ASKED_AT_ONCE = 500
_PICTURE = "ocr"


class CodedPaper(NamedTuple):
    """A file that bears a number of ours."""

    number: int
    case_no: str
    form_id: str
    sha256: str
    town: str
    village: str
    dossier: str


@dataclass(frozen=True, slots=True)
class Looks:
    """What was seen on a content: whether it is a picture, and the words of its seals."""

    is_scan: bool = False
    seals: tuple[str, ...] = ()  #: empty words: a seal that could not be read


def coded_papers(
    forms: Collection[str] = (), case_nos: Collection[str] = (), town: str = ""
) -> list[CodedPaper]:
    """Present files with a number, oldest first; of some forms, some cases, a county only."""
    found = ArchivedFile.objects.filter(of_town(town), case_no__gt="").filter(
        Exact(Unsought("present"), True), In(Unsought("state"), _THERE)
    )
    if forms:
        found = found.filter(form_id__in=list(forms))
    if case_nos:
        found = found.filter(case_no__in=list(case_nos))
    rows = found.order_by("pk").values_list(*("pk", *CodedPaper._fields[1:]))
    return list(map(CodedPaper._make, rows))


class SeenPages:
    """What is seen on contents, remembered until one of them is read again."""

    def __init__(self) -> None:
        self._looks: dict[str, Looks] = {}
        self._stamp: tuple[object, ...] = ()
        self._lock = threading.Lock()

    def looks_of(self, contents: Iterable[str]) -> Mapping[str, Looks]:
        """What is seen on each content, by hash."""
        wanted = set(contents)
        stamp = tuple(Content.objects.aggregate(n=Count("pk"), at=Max("read_at")).values())
        with self._lock:
            if stamp != self._stamp:
                self._looks, self._stamp = {}, stamp
            self._looks.update(_look_at(wanted - self._looks.keys()))
            return {one: self._looks[one] for one in wanted}


def _look_at(contents: Collection[str]) -> Iterator[tuple[str, Looks]]:
    asked = sorted(contents)
    for start in range(0, len(asked), _ASKED_AT_ONCE):
        some = asked[start : start + _ASKED_AT_ONCE]
        pages = Page.objects.filter(content_id__in=some, origin=_PICTURE)
        seals: dict[str, tuple[str, ...]] = {}
        for sha256, found in pages.values_list("content_id", "seals"):
            words = tuple(str(words) for _, _, words in found)
            seals[sha256] = (*seals.get(sha256, ()), *words)
        for sha256 in some:
            yield sha256, Looks(sha256 in seals, seals.get(sha256, ()))
