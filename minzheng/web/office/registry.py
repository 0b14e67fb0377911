"""The administrator's pages of the county's tables: read, check, replace, put back."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from filler.errors import RosterError
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.errors import MinzhengError
from minzheng.county.registry.shown.registry_cells import apply, grids_of, is_editable
from minzheng.county.registry.shown.registry_guide import FILES, RegistryFile
from minzheng.county.toml_rows import UnusualRowError
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import signed_in
from minzheng.web.office.file_versions import version_number
from minzheng.web.office.registry_deeds import CheckedTable, check_table, versions_of_table
from minzheng.web.office.registry_page import (
    MOST_KIB,
    SPREADSHEETS,
    checked_page,
    known_table,
    line_of,
    stem_of,
    table_page,
    unsure_of,
)
from minzheng.web.office.registry_workbook import read_workbook
from minzheng.web.office.shipped_changes import both_changed, settle


@require_safe
@needs(Right.ADMINISTER)
def list_tables(request: HttpRequest) -> HttpResponse:
    """All tables: what each is for, since when it is so."""
    both = both_changed("registry")
    rows = [line_of(one) | {"is_both": stem_of(one) in both} for one in FILES]
    waiting = [(one.title, found) for one in FILES if (found := unsure_of(one))]
    total = sum(len(found) for _, found in waiting)
    return render(request, "registry.html", {"rows": rows, "waiting": waiting, "total": total})


@require_safe
@needs(Right.ADMINISTER)
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One table in full, its versions, and where to upload another."""
    return table_page(request, known_table(name))


@require_safe
@needs(Right.ADMINISTER, Action.DOWNLOAD)
def download(request: HttpRequest, name: str) -> HttpResponse:
    """The table as a file: what is in place, or an earlier version."""
    versions = versions_of_table(known_table(name).name)
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
    one, upload = known_table(name), request.FILES.get("file")
    note(request, f"检查登记数据 {one.name}")
    refused = _upload_problem(one, upload)
    if refused or not isinstance(upload, UploadedFile):
        return table_page(request, one, refused=refused)
    data, told = upload.read(), upload.name or ""
    if told.lower().endswith(SPREADSHEETS):
        return _checked_workbook(request, one, data, told)
    return checked_page(request, one, data, told)


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER)
def use(request: HttpRequest, name: str) -> HttpResponse:
    """Put in place what was checked."""
    one = known_table(name)
    versions = versions_of_table(one.name)
    data = versions.candidate(request.POST.get("sha256", ""))
    why = " ".join(request.POST.get("why", "").replace("\0", "").split())[:100]
    note(request, f"更换登记数据 {one.name}")
    if data is None:
        return table_page(request, one, refused="检查过的文件已不在。请重新上传、检查。")
    return _put(request, one, data, why or "上传")


@require_POST
@needs(Right.ADMINISTER, Action.ADMINISTER)
def put_back(request: HttpRequest, name: str) -> HttpResponse:
    """Put an earlier version in place again."""
    one, number = known_table(name), version_number(request.POST.get("version", ""))
    data = versions_of_table(one.name).read(number) if number else None
    note(request, f"换回登记数据 {one.name} 第 {number} 版")
    if data is None:
        raise Http404
    return _put(request, one, data, f"换回第 {number} 版")


def _put(request: HttpRequest, one: RegistryFile, data: bytes, why: str) -> HttpResponse:
    """Check once more: the other tables may have changed since."""
    checked = check_table(one.name, data)
    if checked.problems:
        return table_page(request, one, checked=checked, uploaded=one.name)
    try:
        version = versions_of_table(one.name).replace(
            data,
            request.POST.get("seen", ""),
            {"by": signed_in(request).username, "why": why},
            timezone.localtime(),
        )
    except MinzhengError as error:
        return table_page(request, one, refused=str(error))
    settle("registry", stem_of(one))
    note(request, f"更换登记数据 {one.name} 第 {version.number} 版 {version.sha256[:12]} {why}")
    messages.success(request, f"已换上第 {version.number} 版，网页服务已按新内容工作。")
    return redirect("registry-table", name=one.name)


def _checked_workbook(
    request: HttpRequest, one: RegistryFile, data: bytes, name: str
) -> HttpResponse:
    """What a workbook changes, laid over the file in place and checked like a file."""
    text = versions_of_table(one.name).current().decode()
    try:
        changes, problems = read_workbook(data, name, one, grids_of(one.name, text))
        if not problems:
            text, problems = apply(one.name, text, changes)
    except (RosterError, UnusualRowError) as error:
        return table_page(request, one, refused=f"{error}")
    if problems:
        return table_page(request, one, checked=CheckedTable(tuple(problems)), uploaded=name)
    return checked_page(request, one, text.encode(), name)


def _upload_problem(one: RegistryFile, upload: object) -> str:
    if not isinstance(upload, UploadedFile):
        return "没有选文件。请选改好的文件。"
    ending, name = one.name.rpartition(".")[2], (upload.name or "").lower()
    is_workbook = name.endswith(SPREADSHEETS) and is_editable(one.name)
    if not (is_workbook or name.endswith(f".{ending}")):
        return f"“{upload.name}”不是 .{ending} 文件。先下载现用的文件，在它上面改。"
    if (upload.size or 0) > MOST_KIB << 10:
        return f"文件超过 {MOST_KIB} KB，不像是这张表。"
    return ""
