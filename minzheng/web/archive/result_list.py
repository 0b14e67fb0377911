"""查档结果清单: every hit of a search, or those chosen, to print and to take along."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from archive_indexer.asking.query_language import Chip
from archive_indexer.errors import IndexBrokenError
from archive_indexer.models import ArchivedFile
from archive_indexer.search import Answer
from archive_indexer.showing.result_list import COLUMNS, ResultList, Row, make_rows, printed
from archive_indexer.showing.result_list_excel import write_excel
from archive_indexer.showing.result_list_word import write_word
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right, may
from minzheng.external.files.office_files import EXCEL, WORD
from minzheng.web.archive.asking import ask, query_of
from minzheng.web.archive.paper_places import places_of
from minzheng.web.archive.search_choices import Addresses, describe_set_filters
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.children import mask, mask_children, names_of
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import bureau, config, signed_in
from minzheng.web.gate.refusals import refuse
from minzheng.web.gate.unmasking import LEAST_REASON, read_reason, reason_for, show_numbers

_BATCH = 500
_MOST_CHOSEN = 200
_WRITERS = {
    "docx": (write_word, WORD),
    "xlsx": (write_excel, EXCEL),
}


@require_safe
@needs(Right.EXPORT, Action.EXPORT, is_rated=True)
def show(request: HttpRequest) -> HttpResponse:
    """The list as a page to be printed."""

    def as_page(listed: ResultList, given: Addresses) -> HttpResponse:
        context = {
            "listed": listed,
            "columns": [name for name, _ in COLUMNS],
            "results": reverse("search") + given.with_changes(),
            "query": given.with_changes() + _picks(_chosen(request.GET)),
            "given": given,
            "chosen": _chosen(request.GET),
            "may_unmask": may(signed_in(request), Right.UNMASK),
        }
        return render(request, "result_list.html", context)

    return _answer(request, "打印页", as_page)


@require_safe
@needs(Right.EXPORT, Action.EXPORT, is_rated=True)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as a Word document or a workbook."""
    if kind not in _WRITERS:
        raise Http404
    write, content_type = _WRITERS[kind]

    def as_file(listed: ResultList, given: Addresses) -> HttpResponse:
        name = f"查档结果清单_{listed.asked_at:%Y%m%d_%H%M}.{kind}"
        return give_file(write(listed), name, content_type)

    return _answer(request, kind, as_file)


@require_POST
@needs(Right.UNMASK, Action.UNMASK)
def unmask(request: HttpRequest) -> HttpResponse:
    """Show the numbers on this list in full, for a reason."""
    given = Addresses.of(request.POST, signed_in(request).pk)
    reason = read_reason(request)
    if reason:
        show_numbers(request, _key(given), reason)
        note(request, f"查档结果清单 事由：{reason} 查“{given.text}”")
    else:
        messages.error(request, f"请写明查看完整号码的事由，至少 {LEAST_REASON} 个字。")
        note(request, f"查档结果清单 未写事由 查“{given.text}”")
    return redirect(reverse("result-list") + given.with_changes() + _picks(_chosen(request.POST)))


def _answer(
    request: HttpRequest, kind: str, give: Callable[[ResultList, Addresses], HttpResponse]
) -> HttpResponse:
    """The list in one of its kinds; a question that cannot be listed goes back to its page."""
    given = Addresses.of(request.GET, signed_in(request).pk)
    try:
        answer, rows = _find(request, given) if given.text else (None, ())
    except IndexBrokenError as error:
        return refuse(request, "暂时不能查找", str(error), 503)
    if request.GET.get("only") == "chosen" and not _chosen(request.GET):
        messages.error(
            request, "还没有勾选。请在要列的文件右下角勾“勾选”，再点“把勾选的列成清单”。"
        )
        answer = None
    if answer is None or answer.problems:
        note(request, "查档结果清单：没有可以列出的查询")
        return redirect(reverse("search") + given.with_changes())
    listed = _describe(request, given, answer, rows)
    shown = "，号码完整显示" if listed.unmasked_for else ""
    note(
        request,
        f"查档结果清单（{kind}）查“{given.text}”：共 {listed.total} 件，列 {len(rows)} 件{shown}",
    )
    return give(listed, given)


def _find(request: HttpRequest, given: Addresses) -> tuple[Answer, tuple[Row, ...]]:
    """All hits up to the limit, each copy too; or those of them that were chosen."""
    chosen, most = _chosen(request.GET), config().list_most
    query = query_of(request, given, limit=0 if chosen else most)
    answer = ask(given, replace(query, folds_copies=False))
    hits = answer.result.hits
    if chosen:
        paths = ArchivedFile.objects.filter(pk__in=chosen).values_list("path", flat=True)
        among = frozenset(paths) & (query.among or frozenset(paths))
        only = replace(query, folds_copies=False, limit=most, among=among)
        hits = ask(given, only).result.hits
    files: dict[str, ArchivedFile] = {}
    for start in range(0, len(hits), _BATCH):
        batch = [hit.path for hit in hits[start : start + _BATCH]]
        files |= {file.path: file for file in ArchivedFile.objects.filter(path__in=batch)}
    hide, children = _hiding(request, given), names_of(files.values())
    seen = {path: timezone.localtime(file.last_seen) for path, file in files.items()}
    places = places_of(files.values())
    rows = (
        make_rows([hit], seen, places, partial(hide, names=children.get(hit.path))) for hit in hits
    )
    return answer, tuple(row for one in rows for row in one)


def _hiding(request: HttpRequest, given: Addresses) -> Callable[..., str]:
    """Numbers and children's names; with a reason only these."""
    return mask_children if reason_for(request, _key(given)) else mask


def _describe(
    request: HttpRequest, given: Addresses, answer: Answer, rows: tuple[Row, ...]
) -> ResultList:
    person, reason = signed_in(request), reason_for(request, _key(given))

    def said(text: str) -> str:
        return printed(text, _hiding(request, given))

    result = answer.result
    return ResultList(
        bureau=bureau(),
        question=said(given.text),
        understood=tuple(said(_in_words(chip)) for chip in answer.understood.chips),
        filters=tuple(map(said, describe_set_filters(given))),
        asked_by=f"{person.first_name or person.username}（{person.username}，{person.role}）",
        asked_at=timezone.localtime(),
        total=result.total,
        rows=rows,
        left_out=0 if given.shows_absent else result.absent,
        is_chosen=bool(_chosen(request.GET)),
        unmasked_for=reason,
    )


def _chosen(given: QueryDict) -> list[int]:
    """The numbers of the files somebody ticked."""
    told = given.getlist("pick")[:_MOST_CHOSEN]
    return [int(one) for one in told if one.isascii() and one.isdecimal() and len(one) < 16]


def _picks(chosen: list[int]) -> str:
    return "".join(f"&pick={number}" for number in chosen)


def _key(given: Addresses) -> str:
    """A list is told by its question and filters."""
    said = f"{given.text}\n{sorted(given.choices.items())}"
    return "list:" + hashlib.sha256(said.encode()).hexdigest()[:16]


def _in_words(chip: Chip) -> str:
    also = f"（也查 {'、'.join(chip.also)}）" if chip.also else ""
    return f"{'不含 ' if chip.is_excluded else ''}{chip.text}{also}"
