"""Batches: a roster uploaded, checked, issued and downloaded."""

import uuid
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit_log import Action
from accounts.rights import Right
from external.libreoffice import LibreOfficeMissingError, require_libreoffice
from filler.forms import FormSpec
from filler.models import Batch
from filler.roster_file import make_roster
from web.access import needs, note
from web.batch_worker import job_folder, remove_files
from web.office import area, config, forms, signed_in
from web.views.fill import WORD, forms_by_dossier, spec_of

MOST_MIB = 20
_SHOWN = 15
_PROBLEMS = 50
_BUSY = (Batch.State.CHECKING, Batch.State.WAITING, Batch.State.RUNNING)
_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".txt")
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What can be downloaded: file, ending of its name, content type.
_RESULTS = {
    "marked": ("marked", "核对结果.xlsx", _EXCEL),
    "word": ("merged", "打印.docx", WORD),
    "pdf": ("pdf", "打印.pdf", "application/pdf"),
    "zip": ("packed", "文书.zip", "application/zip"),
}


@require_http_methods(["GET", "POST"])
@needs(Right.FILL, Action.CHANGE, is_rated=True)
def batches(request: HttpRequest) -> HttpResponse:
    """Upload a roster, and the batches one has started."""
    if request.method == "GET":
        return _show_list(request, request.GET.get("form", ""))
    form_id, upload = request.POST.get("form", ""), request.FILES.get("roster")
    problem = _find_problem(upload)
    if form_id not in forms().by_id or forms().form(form_id).dossier in area(request).forbidden:
        problem = "没有选表。请先选一张表。"
    if problem or not isinstance(upload, UploadedFile):
        return _show_list(request, form_id, problem)
    batch = Batch(
        key=uuid.uuid4().hex,
        form_id=form_id,
        roster_name=Path(upload.name or "花名册").name[:200],
        issued_by=signed_in(request).username,
    )
    _keep(batch, upload)
    batch.save()
    note(request, f"上传花名册 {batch.form_id} {batch.roster_name}")
    return redirect("batch", number=batch.pk)


@require_safe
@needs(Right.FILL, Action.VIEW)
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """One batch: how far it is, what is wrong, what can be downloaded."""
    return render(request, "batch.html", _context(request, _own(request, number)))


@require_safe
@needs(Right.FILL, is_poll=True)
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """The changing part of the page, for htmx."""
    return render(request, "batch_state.html", _context(request, _own(request, number)))


@require_POST
@needs(Right.FILL, Action.CHANGE)
def start(request: HttpRequest, number: int) -> HttpResponse:
    """Issue the good rows; pressed twice, it is one start."""
    own = _own(request, number)
    Batch.objects.filter(pk=own.pk).exclude(state__in=_BUSY).update(
        state=Batch.State.WAITING,
        wants_merge="merge" in request.POST,
        wants_pdf="pdf" in request.POST and _has_office(),
        done=0,
        of=0,
        message="",
    )
    return redirect("batch", number=own.pk)


@require_POST
@needs(Right.FILL, Action.CHANGE)
def mend(request: HttpRequest, number: int) -> HttpResponse:
    """The mended roster: checked again; what was issued is not issued twice."""
    own, upload = _own(request, number), request.FILES.get("roster")
    problem = _find_problem(upload)
    if own.state in _BUSY:
        problem = "这一批正在做，做完再上传。"
    if problem or not isinstance(upload, UploadedFile):
        context = {**_context(request, own), "upload_problem": problem}
        return render(request, "batch.html", context, status=422)
    _keep(own, upload)
    job_folder(config(), own).forget_results()
    own.roster_name = Path(upload.name or "花名册").name[:200]
    own.state, own.message = Batch.State.CHECKING, ""
    own.save()
    return redirect("batch", number=own.pk)


@require_POST
@needs(Right.FILL, Action.CHANGE)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Delete a batch's roster and results; issued documents stay."""
    own = _own(request, number)
    if own.state not in _BUSY:
        remove_files(job_folder(config(), own).folder)
        own.roster_name = ""
        own.save(update_fields=["roster_name"])
    return redirect("batches")


@require_safe
@needs(Right.FILL, Action.DOWNLOAD)
def download(request: HttpRequest, number: int, what: str) -> FileResponse:
    """The marked copy, or what was made of the batch."""
    own = _own(request, number)
    if what not in _RESULTS:
        raise Http404
    attribute, ending, kind = _RESULTS[what]
    file: Path = getattr(job_folder(config(), own), attribute)
    if not file.exists():
        raise Http404
    name = f"{own.form_id}_{Path(own.roster_name).stem}_{ending}"
    return FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=kind)


@require_safe
@needs(Right.FILL)
def roster(request: HttpRequest, form_id: str) -> HttpResponse:
    """The roster template of a form."""
    spec = spec_of(request, form_id)
    response = HttpResponse(make_roster(spec), content_type=_EXCEL)
    name = f"{spec.id}_{spec.short_title}_花名册.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _show_list(request: HttpRequest, form_id: str, problem: str = "") -> HttpResponse:
    mine = Batch.objects.filter(issued_by=signed_in(request).username, roster_name__gt="")
    context = {
        "groups": forms_by_dossier(area(request)),
        "chosen": forms().by_id.get(form_id),
        "batches": [(one, forms().by_id.get(one.form_id)) for one in mine[:_SHOWN]],
        "problem": problem,
        "most": MOST_MIB,
        "accept": ",".join(_ENDINGS),
    }
    return render(request, "batches.html", context, status=422 if problem else 200)


def _context(request: HttpRequest, own: Batch) -> dict[str, Any]:
    files = job_folder(config(), own)
    is_busy = own.state in _BUSY
    problems = [] if is_busy else files.problems()
    spec: FormSpec | None = forms().by_id.get(own.form_id)
    return {
        "batch": own,
        "form": spec,
        "is_busy": is_busy,
        "good": own.total - own.refused,
        "issued": own.rows.count(),
        "percent": own.done * 100 // own.of if own.of else 0,
        "problems": Paginator(problems, _PROBLEMS).get_page(request.GET.get("page")),
        "results": [
            (what, getattr(files, attribute).stat().st_size)
            for what, (attribute, _, _) in _RESULTS.items()
            if getattr(files, attribute).exists() and not is_busy
        ],
        "has_office": _has_office(),
        "most": MOST_MIB,
        "accept": ",".join(_ENDINGS),
    }


def _own(request: HttpRequest, number: int) -> Batch:
    """A batch of the person who is signed in; others' do not exist for them."""
    mine = Batch.objects.filter(issued_by=signed_in(request).username, roster_name__gt="")
    own = get_object_or_404(mine, pk=number)
    note(request, f"批次 {number} {own.form_id} {own.roster_name}")
    spec = forms().by_id.get(own.form_id)
    if spec and spec.dossier in area(request).forbidden:
        raise Http404
    return own


def _find_problem(upload: object) -> str:
    if not isinstance(upload, UploadedFile):
        return "没有选文件。请选填好的花名册。"
    if (upload.size or 0) > MOST_MIB << 20:
        return f"文件超过 {MOST_MIB} MB。请分成几个文件。"
    if Path(upload.name or "").suffix.lower() not in _ENDINGS:
        return f"“{upload.name}”不是表格文件。可用 .xlsx、.xls、.et、.ods、.csv。"
    return ""


def _keep(batch: Batch, upload: "UploadedFile[bytes]") -> None:
    files = job_folder(config(), batch)
    files.folder.mkdir(parents=True, exist_ok=True)
    part = files.roster.with_suffix(".part")
    with part.open("wb") as stream:
        for chunk in upload.chunks():
            stream.write(chunk)
    part.replace(files.roster)


def _has_office() -> bool:
    try:
        require_libreoffice()
    except LibreOfficeMissingError:
        return False
    return True
