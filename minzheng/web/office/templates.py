"""The administrator's pages of the Word templates: check, replace, put back."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from filler.errors import UnknownFormError
from filler.form.forms import FormSpec
from filler.word.faults.check_template import check_template
from minzheng.accounts.areas import Area
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.errors import MinzhengError
from minzheng.external.files.office_files import WORD
from minzheng.web.forms.visible_forms import forms_by_dossier
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import forms, signed_in
from minzheng.web.office.file_versions import digest, version_number
from minzheng.web.office.shipped_changes import both_changed, settle, sides_of
from minzheng.web.office.template_deeds import (
    EDITION,
    check_replacement,
    marked_copy,
    next_edition,
    put_in_place,
    versions_of_template,
)

_MOST_MIB = 10


@require_safe
@needs(Right.ADMINISTER)
def list_templates(request: HttpRequest) -> HttpResponse:
    """All forms by dossier: version, since when, by whom."""
    wanted = request.GET.get("q", "").replace("\0", "").strip()[:40]
    both = both_changed("templates")
    groups = [
        (group, [_line(spec) | {"is_both": _shipped_name(spec) in both} for spec in group.specs])
        for group in forms_by_dossier(Area(), wanted)
    ]
    context = {"groups": groups, "q": wanted, "count": len(forms().forms)}
    return render(request, "templates.html", context)


@require_safe
@needs(Right.ADMINISTER)
def show(request: HttpRequest, form_id: str) -> HttpResponse:
    """One template, its versions, and where to upload another."""
    return _show(request, _known(form_id))


@require_safe
@needs(Right.ADMINISTER, Action.DOWNLOAD)
def download(request: HttpRequest, form_id: str) -> HttpResponse:
    """The template as a Word file: what is in place, or an earlier version."""
    spec = _known(form_id)
    number = version_number(request.GET.get("version", ""))
    data = versions_of_template(spec).read(number) if number else spec.docx.read_bytes()
    if data is None:
        raise Http404
    note(request, f"下载模板 {spec.id}" + (f" 第 {number} 版" if number else ""))
    return give_file(data, f"{spec.id}.docx", WORD)


@require_safe
@needs(Right.ADMINISTER, Action.DOWNLOAD)
def marked(request: HttpRequest, form_id: str) -> HttpResponse:
    """The upload with a Word comment at each fault."""
    spec = _known(form_id)
    file = marked_copy(versions_of_template(spec))
    if not file.is_file() or not file.stat().st_size:
        raise Http404
    note(request, f"下载标好错处的模板 {spec.id}")
    return give_file(file.read_bytes(), f"{spec.id}_检查结果.docx", WORD)


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER, is_rated=True)
def check_upload(request: HttpRequest, form_id: str) -> HttpResponse:
    """All faults of an upload; without any it waits to be put in place."""
    spec, upload = _known(form_id), request.FILES.get("file")
    note(request, f"检查模板 {spec.id}")
    refused = _upload_problem(upload)
    if refused or not isinstance(upload, UploadedFile):
        return _show(request, spec, refused=refused)
    data = upload.read()
    if data == spec.docx.read_bytes():
        return _show(request, spec, is_same=True, uploaded=upload.name)
    checked = check_replacement(spec, data, upload.name or f"{spec.id}.docx")
    found: dict[str, Any] = {
        "checked": checked,
        "uploaded": upload.name,
        "sha256_new": digest(data),
    }
    return _show(request, spec, **found)


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER)
def use(request: HttpRequest, form_id: str) -> HttpResponse:
    """Put in place what was checked, under a new version."""
    spec = _known(form_id)
    note(request, f"更换模板 {spec.id}")
    data = versions_of_template(spec).candidate(request.POST.get("sha256", ""))
    edition = request.POST.get("edition", "").strip()
    if data is None:
        return _show(request, spec, refused="检查过的文件已不在。请重新上传、检查。")
    if not EDITION.fullmatch(edition):
        refused = f"版本号“{edition[:10]}”不能用。写成 2 或 2.1，它会印在每页页脚。请重新上传。"
        return _show(request, spec, refused=refused)
    why = " ".join(request.POST.get("why", "").replace("\0", "").split())[:100]
    return _put(request, spec, data, edition, why or "上传")


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER)
def put_back(request: HttpRequest, form_id: str) -> HttpResponse:
    """Put an earlier template in place again, under the version it had."""
    spec, number = _known(form_id), version_number(request.POST.get("version", ""))
    note(request, f"换回模板 {spec.id} 第 {number} 版")
    versions = versions_of_template(spec)
    kept = next((one for one in versions.history() if one.number == number), None)
    data = versions.read(number) if kept else None
    if kept is None or data is None:
        raise Http404
    return _put(request, spec, data, kept.edition or spec.version, f"换回第 {number} 版")


def _put(request: HttpRequest, spec: FormSpec, data: bytes, edition: str, why: str) -> HttpResponse:
    """Check once more: the form's own fields may have changed since."""
    checked = check_template(data, spec.docx.name, spec)
    if checked.problems:
        return _show(request, spec, checked=checked, uploaded=spec.docx.name)
    told = {"by": signed_in(request).username, "why": why, "edition": edition}
    try:
        version = put_in_place(spec, data, request.POST.get("seen", ""), told, timezone.localtime())
    except MinzhengError as error:
        return _show(request, spec, refused=str(error))
    settle("templates", _shipped_name(spec))
    note(request, f"更换模板 {spec.id} 版本 {edition} {version.sha256[:12]} {why}")
    messages.success(request, f"已换上，从现在起填的表印版本 {edition}。已出具的文书不变。")
    return redirect("template", form_id=spec.id)


def _show(request: HttpRequest, spec: FormSpec, refused: str = "", **found: Any) -> HttpResponse:
    versions, checked = versions_of_template(spec), found.get("checked")
    context = {
        **_line(spec),
        "sha256": digest(versions.current()),
        "history": versions.history(),
        "is_by_hand": versions.is_changed_by_hand(),
        "next_edition": next_edition(spec.version),
        "refused": refused,
        "sides": sides_of("templates", _shipped_name(spec)),
        "most": _MOST_MIB,
        **found,
    }
    is_wrong = bool(refused) or bool(checked and checked.problems)
    return render(request, "template.html", context, status=422 if is_wrong else 200)


def _line(spec: FormSpec) -> dict[str, Any]:
    newest = next(iter(versions_of_template(spec).history()), None)
    shipped = dt.datetime.fromtimestamp(spec.docx.stat().st_mtime, dt.UTC)
    return {"form": spec, "newest": newest, "changed": newest.when if newest else shipped}


def _shipped_name(spec: FormSpec) -> str:
    return f"{spec.docx.parent.name}/{spec.docx.stem}"


def _upload_problem(upload: object) -> str:
    if not isinstance(upload, UploadedFile):
        return "没有选文件。请选改好的 Word 模板。"
    if not (upload.name or "").lower().endswith(".docx"):
        return f"“{upload.name}”不是 .docx 文件。在 Word 或 WPS 里另存为 .docx。"
    if (upload.size or 0) > _MOST_MIB << 20:
        return f"文件超过 {_MOST_MIB} MB。请缩小或删去大图片。"
    return ""


def _known(form_id: str) -> FormSpec:
    try:
        return forms().form(form_id)
    except UnknownFormError as error:
        raise Http404 from error
