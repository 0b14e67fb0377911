"""The administrator's pages of the county's tables: read, check, replace, put back."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.errors import MinzhengError
from minzheng.county.registry.registry_guide import BY_NAME, FILES, RegistryFile
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import signed_in
from minzheng.web.office.file_versions import FileVersions, digest, version_number
from minzheng.web.office.registry_deeds import (
    CheckedTable,
    check_table,
    versions_of_table,
)
from minzheng.web.office.registry_shown import changed_lines, count_rows, notes_of, parts_of
from minzheng.web.office.shipped_changes import both_changed, settle, sides_of

_MOST_KIB = 512


@require_safe
@needs(Right.ADMINISTER)
def list_tables(request: HttpRequest) -> HttpResponse:
    """All tables: what each is for, since when it is so."""
    both = both_changed("registry")
    rows = [_line(one) | {"is_both": _stem(one) in both} for one in FILES]
    return render(request, "registry.html", {"rows": rows})


@require_safe
@needs(Right.ADMINISTER)
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One table in full, its versions, and where to upload another."""
    return _show(request, _known(name))


@require_safe
@needs(Right.ADMINISTER, Action.DOWNLOAD)
def download(request: HttpRequest, name: str) -> HttpResponse:
    """The table as a file: what is in place, or an earlier version."""
    versions = versions_of_table(_known(name).name)
    number = version_number(request.GET.get("version", ""))
    data = versions.read(number) if number else versions.current()
    if data is None:
        raise Http404
    note(request, f"下载登记数据 {name}" + (f" 第 {number} 版" if number else ""))
    return give_file(data, name, "application/octet-stream")


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER, is_rated=True)
def check(request: HttpRequest, name: str) -> HttpResponse:
    """Check an upload; without mistakes it waits to be put in place."""
    one, upload = _known(name), request.FILES.get("file")
    note(request, f"检查登记数据 {one.name}")
    refused = _upload_problem(one, upload)
    if refused or not isinstance(upload, UploadedFile):
        return _show(request, one, refused=refused)
    data, versions = upload.read(), versions_of_table(one.name)
    checked = check_table(one.name, data)
    found: dict[str, Any] = {"checked": checked, "uploaded": upload.name}
    if not checked.problems:
        found |= _difference(versions, data)
    return _show(request, one, **found)


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER)
def use(request: HttpRequest, name: str) -> HttpResponse:
    """Put in place what was checked."""
    one = _known(name)
    versions = versions_of_table(one.name)
    data = versions.candidate(request.POST.get("sha256", ""))
    why = " ".join(request.POST.get("why", "").replace("\0", "").split())[:100]
    note(request, f"更换登记数据 {one.name}")
    if data is None:
        return _show(request, one, refused="检查过的文件已不在。请重新上传、检查。")
    return _put(request, one, data, why or "上传")


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER)
def put_back(request: HttpRequest, name: str) -> HttpResponse:
    """Put an earlier version in place again."""
    one, number = _known(name), version_number(request.POST.get("version", ""))
    data = versions_of_table(one.name).read(number) if number else None
    note(request, f"换回登记数据 {one.name} 第 {number} 版")
    if data is None:
        raise Http404
    return _put(request, one, data, f"换回第 {number} 版")


def _put(request: HttpRequest, one: RegistryFile, data: bytes, why: str) -> HttpResponse:
    """Check once more: the other tables may have changed since."""
    checked = check_table(one.name, data)
    if checked.problems:
        return _show(request, one, checked=checked, uploaded=one.name)
    try:
        version = versions_of_table(one.name).replace(
            data,
            request.POST.get("seen", ""),
            {"by": signed_in(request).username, "why": why},
            timezone.localtime(),
        )
    except MinzhengError as error:
        return _show(request, one, refused=str(error))
    settle("registry", _stem(one))
    note(request, f"更换登记数据 {one.name} 第 {version.number} 版 {version.sha256[:12]} {why}")
    messages.success(request, f"已换上第 {version.number} 版，网页服务已按新内容工作。")
    return redirect("registry-table", name=one.name)


def _show(
    request: HttpRequest, one: RegistryFile, refused: str = "", **found: object
) -> HttpResponse:
    versions = versions_of_table(one.name)
    text = versions.current().decode("utf-8-sig", "replace")
    checked = found.get("checked")
    is_wrong = bool(refused) or (isinstance(checked, CheckedTable) and bool(checked.problems))
    context = {
        **_line(one),
        "parts": parts_of(one.name, text),
        "notes": notes_of(text),
        "sides": sides_of("registry", _stem(one)),
        "history": versions.history(),
        "refused": refused,
        "accept": f".{one.name.rpartition('.')[2]}",
        "most": _MOST_KIB,
        **found,
    }
    return render(request, "registry_table.html", context, status=422 if is_wrong else 200)


def _line(one: RegistryFile) -> dict[str, Any]:
    versions = versions_of_table(one.name)
    data = versions.current()
    rows, unsure = count_rows(one.name, data)
    newest = next(iter(versions.history()), None)
    changed = dt.datetime.fromtimestamp(versions.place.stat().st_mtime, dt.UTC)
    return {
        "one": one,
        "sha256": digest(data),
        "rows_count": rows,
        "unsure": unsure,
        "newest": newest,
        "changed": newest.when if newest else changed,
        "is_by_hand": versions.is_changed_by_hand(),
    }


def _stem(one: RegistryFile) -> str:
    return one.name.rpartition(".")[0]


def _difference(versions: FileVersions, data: bytes) -> dict[str, Any]:
    old, new = versions.current(), data
    if old == new:
        return {"is_same": True}
    changes = changed_lines(old.decode("utf-8-sig", "replace"), new.decode("utf-8-sig", "replace"))
    return {"sha256_new": versions.keep_candidate(data), "changes": changes}


def _upload_problem(one: RegistryFile, upload: object) -> str:
    if not isinstance(upload, UploadedFile):
        return "没有选文件。请选改好的文件。"
    ending = one.name.rpartition(".")[2]
    if not (upload.name or "").lower().endswith(f".{ending}"):
        return f"“{upload.name}”不是 .{ending} 文件。先下载现用的文件，在它上面改。"
    if (upload.size or 0) > _MOST_KIB << 10:
        return f"文件超过 {_MOST_KIB} KB，不像是这张表。"
    return ""


def _known(name: str) -> RegistryFile:
    if name not in BY_NAME:
        raise Http404
    return BY_NAME[name]
