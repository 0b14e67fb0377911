"""Fields that people filled in by hand and the models doubt: for keepers to look at, one by one."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from archive_indexer.documents import ExtractedPage, ReadField
from archive_indexer.models import ArchivedFile, Page
from archive_indexer.stores.confirmed import Confirmation
from archive_indexer.stores.contents import confirm_value, page_of
from archive_indexer.stores.filings import BY_NO_RULES


@dataclass(frozen=True, slots=True)
class DoubtfulField:
    """A field on a page of a file, counted among all fields of that page."""

    file: ArchivedFile
    page: int
    number: int  #: from 0
    field: ReadField
    is_struck: bool = False  #: a pen went through what stood there


def count_doubtful_fields(within: Q) -> int:
    """How many fields of an area wait for a keeper; copies of a paper count once."""
    pages = _pages(_files(within))
    return int(pages.aggregate(sum=Sum("doubtful_fields"))["sum"] or 0)


def doubtful_fields(within: Q, most: int) -> list[DoubtfulField]:
    """The first of them, paper by paper."""
    files = _files(within).order_by("path")
    of_content = {file.sha256: file for file in reversed(list(files[:most]))}
    rows = _pages(files).filter(content_id__in=list(of_content)).order_by("content_id", "number")
    found: list[DoubtfulField] = []
    for content, number in rows.values_list("content_id", "number")[:most]:
        page = page_of(content, number, of_content[content].town)
        found += [
            DoubtfulField(of_content[content], number, at, one, _is_struck(one, page))
            for at, one in enumerate(page.fields if page else ())
            if page and one.is_doubtful
        ]
    return found[:most]


def _is_struck(field: ReadField, page: ExtractedPage) -> bool:
    """Whether a line that a pen went through stands in a field."""
    left, top, right, bottom = field.box
    middles = (
        ((line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2)
        for line in page.lines
        if line.source == "struck"
    )
    return any(left < x < right and top < y < bottom for x, y in middles)


def field_of(file: ArchivedFile, page: int, number: int) -> ReadField | None:
    """One field of a page, doubted or not."""
    read = page_of(file.sha256, page, file.town)
    return read.fields[number] if read and number < len(read.fields) else None


@transaction.atomic
def confirm_field(file: ArchivedFile, page: int, number: int, value: str, by: str) -> bool:
    """Let what a keeper read stand; every file of that content is filed and found by it."""
    field = field_of(file, page, number)
    if field is None:
        return False
    said = Confirmation(page, field.label, field.box, field.value, value, by)
    confirm_value(file.sha256, page, said)
    same = ArchivedFile.objects.filter(sha256=file.sha256)
    same.filter(state__in=("indexed", "waiting")).update(has_news=True, guess_rules=BY_NO_RULES)
    return True


def _files(within: Q) -> QuerySet[ArchivedFile]:
    doubted = Page.objects.filter(doubtful_fields__gt=0).values("content_id")
    files = ArchivedFile.objects.filter(within, present=True, state__in=("indexed", "waiting"))
    return files.filter(sha256__in=doubted)


def _pages(files: QuerySet[ArchivedFile]) -> QuerySet[Page]:
    return Page.objects.filter(doubtful_fields__gt=0, content_id__in=files.values("sha256"))
