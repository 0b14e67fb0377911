"""Batches: a roster uploaded, checked, issued and downloaded."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from filler.form.forms import FormSpec
from filler.models import Batch
from filler.roster.write_roster import make_roster
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.external.files.office_files import EXCEL
from minzheng.web.batches.batch_deeds import (
    BUSY,
    ENDINGS,
    MOST_MIB,
    RESULTS,
    find_photos_problem,
    find_upload_problem,
    has_office,
    keep_photos,
    keep_roster,
    kept_until,
    own_batch,
    result_of,
    start_batch,
    take_roster,
)
from minzheng.web.batches.batch_worker import job_folder, remove_files
from minzheng.web.batches.problem_groups import KINDS, count_kinds, group_problems
from minzheng.web.batches.row_deeds import count_issued, count_left, count_mended
from minzheng.web.forms.visible_forms import forms_by_dossier, spec_of
from minzheng.web.gate.access import needs
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import area, bureau, config, forms, signed_in

_SHOWN = 15
_PROBLEMS = 50


@require_http_methods(["GET", "POST"])
@needs(Right.FILL, Action.CHANGE, is_rated=True)
def batches(request: HttpRequest) -> HttpResponse:
    """Upload a roster, and the batches one has started."""
    if request.method == "GET":
        return _show_list(request, request.GET.get("form", ""))
    form_id, upload = request.POST.get("form", ""), request.FILES.get("roster")
    problem = find_upload_problem(upload) or find_photos_problem(request.FILES.get("photos"))
    if form_id not in forms().by_id or forms().form(form_id).dossier in area(request).forbidden:
        problem = "没有选表。请先选一张表。"
    if problem or not isinstance(upload, UploadedFile):
        return _show_list(request, form_id, problem)
    return redirect("batch", number=take_roster(request, form_id, upload).pk)


@require_safe
@needs(Right.FILL, Action.VIEW)
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """One batch: how far it is, what is wrong, what can be downloaded."""
    return render(request, "batch.html", _context(request, own_batch(request, number)))


@require_safe
@needs(Right.FILL, is_poll=True)
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """The changing part of the page, for htmx."""
    return render(request, "batch_state.html", _context(request, own_batch(request, number)))


@require_POST
@needs(Right.FILL, Action.CHANGE)
def start(request: HttpRequest, number: int) -> HttpResponse:
    """Issue the good rows; pressed twice, it is one start."""
    own = own_batch(request, number, "出具")
    start_batch(own, merge="merge" in request.POST, pdf="pdf" in request.POST)
    return redirect("batch", number=own.pk)


@require_POST
@needs(Right.FILL, Action.CHANGE)
def mend(request: HttpRequest, number: int) -> HttpResponse:
    """The mended roster: checked again; what was issued is not issued twice."""
    own, upload = own_batch(request, number, "重新上传花名册"), request.FILES.get("roster")
    photos = request.FILES.get("photos")
    problem = find_upload_problem(upload) or find_photos_problem(photos)
    if own.state in BUSY:
        problem = "这一批正在做，做完再上传。"
    if problem or not isinstance(upload, UploadedFile):
        context = {**_context(request, own), "upload_problem": problem}
        return render(request, "batch.html", context, status=422)
    keep_photos(own, photos)
    keep_roster(own, upload)
    job_folder(config(), own).forget_results()
    own.roster_name = Path(upload.name or "花名册").name[:200]
    own.state, own.message = Batch.State.CHECKING, ""
    own.save()
    return redirect("batch", number=own.pk)


@require_POST
@needs(Right.FILL, Action.CHANGE)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Delete a batch's roster and results; issued documents stay."""
    own = own_batch(request, number, "删去花名册和下载件")
    if own.state not in BUSY:
        remove_files(config(), own)
    return redirect("batches")


@require_safe
@needs(Right.FILL, Action.DOWNLOAD)
def download(request: HttpRequest, number: int, what: str) -> FileResponse:
    """The marked copy, or what was made of the batch."""
    return result_of(own_batch(request, number, f"下载 {what}"), what)


@require_safe
@needs(Right.FILL)
def roster(request: HttpRequest, form_id: str) -> HttpResponse:
    """The roster template of a form."""
    spec = spec_of(request, form_id)
    name = f"{spec.id}_{spec.short_title}_花名册.xlsx"
    return give_file(make_roster(spec, bureau()), name, EXCEL)


def _show_list(request: HttpRequest, form_id: str, problem: str = "") -> HttpResponse:
    mine = Batch.objects.filter(issued_by=signed_in(request).username, roster_name__gt="")
    context = {
        "groups": forms_by_dossier(area(request)),
        "chosen": forms().by_id.get(form_id),
        "batches": [(one, forms().by_id.get(one.form_id)) for one in mine[:_SHOWN]],
        "problem": problem,
        "most": MOST_MIB,
        "accept": ",".join(ENDINGS),
        "days": config().batch_days,
        "right": _right_at_once(mine),
    }
    return render(request, "batches.html", context, status=422 if problem else 200)


def _right_at_once(mine: QuerySet[Batch]) -> dict[str, int] | None:
    """How many of the households one has uploaded were right as they were typed."""
    told = mine.aggregate(total=Sum("total"), refused=Sum("refused"))
    total, refused = told["total"] or 0, told["refused"] or 0
    if not total:
        return None
    return {"total": total, "good": total - refused, "share": (total - refused) * 100 // total}


def _context(request: HttpRequest, own: Batch) -> dict[str, Any]:
    files = job_folder(config(), own)
    is_busy = own.state in BUSY
    problems, rows = ([], []) if is_busy else (files.problems(), files.rows())
    refused = own.refused - count_mended(own, rows)
    only = request.GET.get("only", "")
    spec: FormSpec | None = forms().by_id.get(own.form_id)
    return {
        "batch": own,
        "form": spec,
        "is_busy": is_busy,
        "good": own.total - refused,
        "refused": refused,
        "issued": own.rows.count(),
        "issued_of_these": count_issued(own, rows),
        "percent": own.done * 100 // own.of if own.of else 0,
        "left": count_left(own, rows),
        "problems": Paginator(group_problems(problems, only), _PROBLEMS).get_page(
            request.GET.get("page")
        ),
        "kinds": count_kinds(problems),
        "only": only if only in KINDS else "",
        "results": [
            (what, getattr(files, attribute).stat().st_size)
            for what, (attribute, _, _) in RESULTS.items()
            if getattr(files, attribute).exists() and not is_busy
        ],
        "has_office": has_office(),
        "kept_until": kept_until(own),
        "most": MOST_MIB,
        "accept": ",".join(ENDINGS),
    }
