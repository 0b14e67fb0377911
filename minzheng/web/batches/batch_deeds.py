"""What pages and interface do with batches: take a roster, start, hand out results."""

import datetime as dt
import uuid
import zipfile
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from filler.models import Batch
from minzheng.external.files.office_files import EXCEL, WORD
from minzheng.external.files.whole_file import whole_file
from minzheng.external.libreoffice import LibreOfficeMissingError, require_libreoffice
from minzheng.web.batches.batch_worker import job_folder
from minzheng.web.gate.access import note
from minzheng.web.gate.office import area, config, forms, signed_in

MOST_MIB = 20
MOST_PHOTOS_MIB = 240
BUSY = (Batch.State.CHECKING, Batch.State.WAITING, Batch.State.RUNNING)
ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".txt")
#: What can be downloaded: file, ending of its name, content type.
RESULTS = {
    "marked": ("marked", "核对结果.xlsx", EXCEL),
    "word": ("merged", "打印.docx", WORD),
    "pdf": ("pdf", "打印.pdf", "application/pdf"),
    "zip": ("packed", "文书.zip", "application/zip"),
}


def take_roster(request: HttpRequest, form_id: str, upload: "UploadedFile[bytes]") -> Batch:
    """A new batch of an uploaded roster; the worker checks it."""
    batch = Batch(
        key=uuid.uuid4().hex,
        form_id=form_id,
        roster_name=Path(upload.name or "花名册").name[:200],
        issued_by=signed_in(request).username,
    )
    keep_photos(batch, request.FILES.get("photos"))
    keep_roster(batch, upload)
    batch.save()
    note(request, f"上传花名册 {batch.form_id} {batch.roster_name}")
    return batch


def start_batch(own: Batch, *, merge: bool, pdf: bool) -> None:
    """Let the worker issue the good rows; asked twice, it is one start."""
    Batch.objects.filter(pk=own.pk).exclude(state__in=BUSY).update(
        state=Batch.State.WAITING,
        wants_merge=merge,
        wants_pdf=pdf and has_office(),
        done=0,
        of=0,
        message="",
    )


def result_of(own: Batch, what: str) -> FileResponse:
    """The marked copy, or what was made of the batch."""
    if what not in RESULTS:
        raise Http404
    attribute, ending, kind = RESULTS[what]
    file: Path = getattr(job_folder(config(), own), attribute)
    if not file.exists():
        raise Http404
    name = f"{own.form_id}_{Path(own.roster_name).stem}_{ending}"
    return FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=kind)


def own_batch(request: HttpRequest, number: int, deed: str = "") -> Batch:
    """A batch of the person who is signed in, and what is done with it; others' are none."""
    mine = Batch.objects.filter(issued_by=signed_in(request).username, roster_name__gt="")
    own = get_object_or_404(mine, pk=number)
    note(request, f"批次 {number} {deed} {own.form_id} {own.roster_name}".replace("  ", " "))
    spec = forms().by_id.get(own.form_id)
    if spec and spec.dossier in area(request).forbidden:
        raise Http404
    return own


def find_upload_problem(upload: object) -> str:
    """Why an upload cannot be taken, or nothing."""
    if not isinstance(upload, UploadedFile):
        return "没有选文件。请选填好的花名册。"
    if (upload.size or 0) > MOST_MIB << 20:
        return f"文件超过 {MOST_MIB} MB。请分成几个文件。"
    if Path(upload.name or "").suffix.lower() not in ENDINGS:
        return f"“{upload.name}”不是表格文件。可用 .xlsx、.xls、.et、.ods、.csv。"
    return ""


def find_photos_problem(upload: object) -> str:
    """Why the packed photos cannot be taken, or nothing; there need not be any."""
    if not isinstance(upload, UploadedFile):
        return ""
    if (upload.size or 0) > MOST_PHOTOS_MIB << 20:
        return f"照片压缩包超过 {MOST_PHOTOS_MIB} MB。请分成几批。"
    return "" if zipfile.is_zipfile(upload) else f"“{upload.name}”不是 ZIP 压缩包。"


def keep_photos(batch: Batch, upload: object) -> None:
    """Put the packed photos beside the roster."""
    if isinstance(upload, UploadedFile):
        _write(upload, job_folder(config(), batch).photos)


def keep_roster(batch: Batch, upload: "UploadedFile[bytes]") -> None:
    """Put an uploaded roster in its batch's folder."""
    _write(upload, job_folder(config(), batch).roster)


def _write(upload: "UploadedFile[bytes]", file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(file) as stream:
        for chunk in upload.chunks():
            stream.write(chunk)


def kept_until(own: Batch) -> dt.date:
    """The day after which roster and results are deleted."""
    since = timezone.localtime(own.settled_at or own.created_at).date()
    return since + dt.timedelta(days=config().batch_days)


def has_office() -> bool:
    """Whether PDFs can be made on this machine."""
    try:
        require_libreoffice()
    except LibreOfficeMissingError:
        return False
    return True
