"""Scans sent from a page: chosen, dragged or photographed; in pieces, or as a plain form."""

import io
import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from PIL import Image

from archive_indexer.disk.file_names import disk_path
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.errors import Problem
from minzheng.external.large_pictures import (
    DamagedPictureError,
    Straight,
    TooLargePictureError,
    shrink_outside,
    straighten_outside,
)
from minzheng.inbox.models import Upload
from minzheng.inbox.uploads import append, begin, upload_of
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import area, config, signed_in
from minzheng.web.gate.page_pictures import give_picture
from minzheng.web.inbox.inbox_shown import village_choices
from minzheng.web.inbox.upload_deeds import (
    end_if_whole,
    read_offer,
    take_whole,
    whose_of,
    yard,
)

_PREVIEW_PIXELS = 900
_CHUNK_BYTES = 1 << 20
_MOST_LOOKED_AT = 2 << 20  #: bytes of what a page made small itself, to see it straight


@require_http_methods(["GET", "POST"])
@needs(Right.FILE, Action.CHANGE)
def upload(request: HttpRequest) -> HttpResponse:
    """The page; posted without scripts, it takes the files as they are."""
    if request.method == "POST":
        return _take_plain(request)
    whose, place = whose_of(request, request.GET), area(request)
    context = {
        "whose": whose,
        "towns": village_choices(place),
        "is_chosen": bool(whose.case_no or place.village),
        "may_be_unknown": place.is_everything,
        "most_mb": config().max_file_mb,
        "share": config().inbox_address,
    }
    return render(request, "upload.html", context)


@require_POST
@needs(Right.FILE)
def begin_upload(request: HttpRequest) -> JsonResponse:
    """Say whether a scan may come, and from which byte on."""
    offer = read_offer(request, request.POST)
    if isinstance(offer, Problem):
        return _refused(offer)
    return _state(begin(offer, timezone.now()))


@require_http_methods(["GET", "POST"])
@needs(Right.FILE)
def piece(request: HttpRequest, token: str) -> JsonResponse:
    """Take a piece; asked without one, how much has come."""
    own = _own(request, token)
    if request.method == "POST":
        offset = request.GET.get("offset", "")
        if not offset.isdecimal() or len(offset) > 15:
            raise Http404
        append(own, yard(), int(offset), request.body)
        problem = end_if_whole(request, own)
        if problem is not None:
            return _refused(problem)
    return _state(own)


@require_safe
@needs(Right.FILE)
def picture(request: HttpRequest, token: str) -> HttpResponse:
    """A scan that has come, upright and small; decoded in a child of its own."""
    own = _own(request, token)
    if not own.path:
        raise Http404
    return _give_straight(disk_path(config().inbox_folder, own.path), is_as_sent=own.is_as_sent)


@require_POST
@needs(Right.FILE, is_rated=True)
def look(request: HttpRequest) -> HttpResponse:
    """A photo that a page made small, straight: seen before it is sent; nothing is kept."""
    if not 0 < len(request.body) <= _MOST_LOOKED_AT:
        raise Http404
    with tempfile.TemporaryDirectory(prefix="minzheng-look-") as folder:
        file = Path(folder) / "photo"
        file.write_bytes(request.body)
        return _give_straight(file)


def _give_straight(file: Path, *, is_as_sent: bool = False) -> HttpResponse:
    """The sheet on a photo; the page is told whether one was found."""
    try:
        if is_as_sent:
            shown = Straight(shrink_outside(file, _PREVIEW_PIXELS), is_sheet=False)
        else:
            shown = straighten_outside(file, _PREVIEW_PIXELS)
    except (TooLargePictureError, DamagedPictureError, OSError) as error:
        raise Http404 from error
    response = give_picture(_as_jpeg(shown.picture))
    response["X-Sheet"] = "found" if shown.is_sheet else "none"
    return response


def _take_plain(request: HttpRequest) -> HttpResponse:
    files = [one for one in request.FILES.getlist("scan") if isinstance(one, UploadedFile)]
    is_one = len(files) > 1 and bool(request.POST.get("together"))
    taken, problems = 0, [] if files else [Problem("文件", "没有选", "先选扫描件或照片")]
    post = request.POST.copy()
    bundle = f"{timezone.now():%H%M%S%f}" if is_one else ""
    offers = []
    for position, file in enumerate(files, start=1):
        post["name"], post["size"] = file.name or "", str(file.size or 0)
        post["bundle"], post["position"], post["of"] = bundle, str(position), str(len(files))
        offers.append((file, read_offer(request, post)))
    for file, offer in offers:
        found = (
            offer if isinstance(offer, Problem)
            else take_whole(request, offer, file.chunks(_CHUNK_BYTES))
        )  # fmt: skip
        problems += [found] if found else []
        taken += not found
    note(request, f"上传扫描件 {taken} 份，没有收 {len(problems)} 份")
    for problem in problems:
        messages.error(request, str(problem))
    if taken:
        messages.success(request, f"收到 {taken} 份，识别后列在收件箱里等确认。")
    return redirect("inbox")


def _own(request: HttpRequest, token: str) -> Upload:
    found = upload_of(signed_in(request).username, token)
    if found is None:
        raise Http404
    return found


def _state(one: Upload) -> JsonResponse:
    return JsonResponse(
        {"token": one.token, "come": yard().has_come(one), "size": one.size, "done": bool(one.path)}
    )


def _refused(problem: Problem) -> JsonResponse:
    said = {"problem": str(problem)}
    return JsonResponse(said, status=422, json_dumps_params={"ensure_ascii": False})


def _as_jpeg(small: Image.Image) -> bytes:
    stream = io.BytesIO()
    small.convert("RGB").save(stream, "JPEG", quality=80)
    return stream.getvalue()
