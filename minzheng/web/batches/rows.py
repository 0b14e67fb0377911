"""The rows of a batch, one by one: each may be filled in on the page of its form."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from filler.batch_job import ShownRow
from filler.models import Batch
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.writing.integers import integer_in
from minzheng.web.batches.batch_deeds import BUSY, own_batch
from minzheng.web.batches.batch_worker import job_folder
from minzheng.web.batches.row_deeds import (
    address_of_draft,
    answers_of,
    issue_row,
    issued_for,
    issued_of_rows,
    row_at,
    row_token,
)
from minzheng.web.forms.draft_deeds import (
    TOKEN,
    keep_posted,
    opened_row,
    posted_page,
    row_asked,
    usable,
)
from minzheng.web.forms.form_deeds import read_asked
from minzheng.web.forms.form_turns import take_turn
from minzheng.web.forms.photos import with_photos
from minzheng.web.forms.posted_answers import Posted, read_post
from minzheng.web.forms.visible_forms import spec_of
from minzheng.web.forms.which_case import with_chosen_case
from minzheng.web.gate.access import needs
from minzheng.web.gate.office import config

_ROWS = 50


@require_safe
@needs(Right.FILL, Action.VIEW)
def rows(request: HttpRequest, number: int) -> HttpResponse:
    """All rows that the last check read, what became of each."""
    own = own_batch(request, number, "逐户")
    spec = spec_of(request, own.form_id)
    all_rows = [] if own.state in BUSY else job_folder(config(), own).rows()
    asked = request.GET.get("page") or _page_with(own, all_rows, request.GET.get("document", ""))
    shown = Paginator(all_rows, _ROWS).get_page(asked)
    issued = issued_of_rows(own, list(shown.object_list))
    lines = [(one, issued.get(one.key)) for one in shown.object_list]
    context = {"batch": own, "form": spec, "rows": shown, "lines": lines}
    return render(request, "batch_rows.html", context)


def _page_with(own: Batch, all_rows: Sequence[ShownRow], document: str) -> int:
    """The page on which the row of a document stands; the first where it is none's."""
    issued = integer_in(document) or 0
    key = own.rows.filter(issued=issued).values_list("key", flat=True).first()
    at = next((at for at, one in enumerate(all_rows) if one.key == key), 0)
    return at // _ROWS + 1


@require_http_methods(["GET", "POST"])
@needs(Right.FILL, Action.CHANGE, is_kept=True)
def fill_row(request: HttpRequest, number: int, position: int) -> HttpResponse:
    """The page of the form with a row's values typed in; issued, it is that row's document."""
    own = own_batch(request, number, f"第 {position} 户")
    spec = spec_of(request, own.form_id)
    if own.state in BUSY:
        return redirect("batch", number=own.pk)
    given, row = request.GET.get(TOKEN, ""), row_at(own, position)
    token = row_token(own, row)
    if request.method == "GET" and given and given != token:  # the roster was given again
        return redirect(address_of_draft(own, given))
    before = issued_for(own, row)
    if before is not None:
        return redirect("document", number=before)
    row_of = row_asked(own.pk, position)
    page = opened_row(request, spec, token, row_of)
    kept = page.posted
    if request.method == "GET" and kept is not None:
        posted = usable(request, spec, kept)
        asked = read_asked(request, spec, posted.answers)
        if not (page.draft and page.draft.is_checked):
            posted = replace(posted, problems=tuple(asked.read.problems))
    elif request.method == "GET":
        found = answers_of(request, own, spec, row)
        asked = read_asked(request, spec, found.answers)
        unread = {fault.field for fault in found.faults}
        others = (one for one in asked.read.problems if one.field not in unread)
        outside = (asked.outside,) if asked.outside else ()
        posted = Posted(found.answers, problems=(*found.faults, *others, *outside))
    else:
        posted = with_chosen_case(
            request, with_photos(request, spec, read_post(spec, request.POST))
        )
        page = keep_posted(
            request, spec, posted, posted_page(request.POST), row_of,
            is_checked=request.POST.get("action", "") in ("", "check", "issue"),
        )  # fmt: skip
        page = replace(page, row_of=row_of)
        asked = read_asked(request, spec, posted.answers)
    said = f"花名册《{own.roster_name}》{row.sheet} 第 {row.row} 行的内容已填好。"
    said += "核对、改正后生成，这一户就不会再按花名册出具。"
    issue = partial(issue_row, own=own, row=row)
    return take_turn(request, asked, posted, page, issue=issue, said=said)
