"""Searching the archive and reading its pages."""

from collections.abc import Iterator
from typing import Annotated

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Field, Path, Router, Schema
from ninja import Query as FromAddress
from ninja.errors import HttpError

from archive_indexer.models import ArchivedFile
from archive_indexer.nearest import find_nearest
from archive_indexer.queries import Query
from archive_indexer.search import search_archive
from archive_indexer.stores.contents import count_pages, page_of
from archive_indexer.stores.filings import filing_from
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.web.api.door import opens
from minzheng.web.api.schemas import (
    AS_FILE,
    FileField,
    FoundFile,
    KeptFile,
    NearAnswer,
    PageText,
    SearchAnswer,
    Trouble,
)
from minzheng.web.archive.file_facts import guesses_of
from minzheng.web.archive.nearest import as_json, named_forms
from minzheng.web.archive.open_file import original_of, visible_file
from minzheng.web.gate.access import note
from minzheng.web.gate.children import mask, names_of
from minzheng.web.gate.office import archive_index, area, county, forms, visible

router = Router(tags=["查档"])

Number = Annotated[int, Path(ge=1, le=2**53)]


class SearchRequest(Schema):
    """Words, filters, and which page of the results."""

    q: str = Field(min_length=1, max_length=200, description="要找的词，须同时出现")
    town: str = Field("", max_length=60, description="镇")
    village: str = Field("", max_length=20, description="村")
    dossier: str = Field("", max_length=4, description="专档代码，如 DB")
    year: str = Field("", max_length=4, description="年度")
    page: int = Field(1, ge=1, le=1000)
    size: int = Field(20, ge=1, le=50)


@router.get(
    "/search", response={200: SearchAnswer, 422: Trouble, 503: Trouble}, summary="全文查找扫描件"
)
@opens(Right.SEARCH, Action.SEARCH)
def search(request: HttpRequest, asked: FromAddress[SearchRequest]) -> SearchAnswer:
    """Every word must stand in a file.

    What the account may not see is neither found nor counted.
    """
    filters = Query(
        (),
        town=asked.town,
        village=asked.village,
        dossier=asked.dossier,
        year=asked.year,
        limit=asked.size,
        offset=(asked.page - 1) * asked.size,
        visible=visible(request),
    )
    question = asked.q.replace("\0", "").strip()
    answer = search_archive(archive_index(), question, filters, county())
    if answer.problems:
        raise HttpError(422, "".join(map(str, answer.problems)))
    paths = [hit.path for hit in answer.result.hits]
    files = {one.path: one for one in ArchivedFile.objects.filter(path__in=paths)}
    children = names_of(files.values())
    hits = [
        FoundFile(
            number=files[hit.path].pk,
            path=mask(hit.path, children[hit.path]),
            page=hit.page,
            pages=list(hit.pages),
            town=hit.town,
            village=hit.village,
            dossier=hit.dossier,
            year=hit.year,
            form_id=hit.form_id,
            title=mask(hit.title, children[hit.path]),
            snippet=mask(hit.snippet, children[hit.path], is_excerpt=True),
        )
        for hit in answer.result.hits
        if hit.path in files
    ]
    result = answer.result
    return SearchAnswer(
        total=result.total,
        page=asked.page,
        size=asked.size,
        hits=hits,
        facets=result.facets,
        nearest=[] if result.total else _nearest(request, question, filters),
    )


def _nearest(request: HttpRequest, question: str, filters: Query) -> list[NearAnswer]:
    nearest = find_nearest(
        archive_index(),
        question,
        filters,
        county(),
        forms=named_forms(forms(), area(request).forbidden),
        today=timezone.localdate(),
    )
    return [NearAnswer(**one) for one in as_json(nearest)]


@router.get("/files/{number}", response={200: KeptFile, 404: Trouble}, summary="一份文件")
@opens(Right.VIEW, Action.VIEW)
def file(request: HttpRequest, number: Number) -> KeptFile:
    """Where a file belongs and how many pages it has."""
    one = visible_file(request, number)
    note(request, f"接口：文件 {number} {one.path}")
    return KeptFile(
        number=one.pk,
        path=mask(one.path, names_of([one])[one.path]),
        sha256=one.sha256,
        pages=count_pages(one.sha256),
        state=one.state,
        town=one.town,
        village=one.village,
        dossier=one.dossier,
        year=one.year,
        fields=list(_fields(one)),
    )


@router.get(
    "/files/{number}/pages/{page}", response={200: PageText, 404: Trouble}, summary="一页的文字"
)
@opens(Right.VIEW, Action.VIEW)
def page_text(request: HttpRequest, number: Number, page: Number) -> PageText:
    """The text that was read on a page, its numbers masked."""
    one = visible_file(request, number)
    note(request, f"接口：文件 {number} 第 {page} 页 {one.path}")
    read = page_of(one.sha256, page, one.town)
    if read is None:
        raise Http404
    return PageText(
        number=page, text=mask(read.text, names_of([one])[one.path]), origin=read.origin
    )


@router.get(
    "/files/{number}/original", response={404: Trouble}, summary="下载原件", openapi_extra=AS_FILE
)
@opens(Right.DOWNLOAD, Action.DOWNLOAD)
def original(request: HttpRequest, number: Number) -> HttpResponseBase:
    """The file as it lies in the archive."""
    return original_of(request, number)


def _fields(one: ArchivedFile) -> Iterator[FileField]:
    """One entry a value: of a roster every person has one."""
    children = names_of([one])[one.path]
    for name, label, guesses in guesses_of(filing_from(one.filing)):
        for guess in guesses:
            yield FileField(
                name=name,
                label=label,
                value=mask(guess.value, children),
                confidence=guess.confidence,
                because=mask(guess.because, children),
                is_corrected=guess.source == "keeper",
            )
