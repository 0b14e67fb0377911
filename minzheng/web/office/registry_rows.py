"""The administrator's pages of single rows of a table, and of a table as a workbook."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.registry.shown.registry_cells import Grid, grids_of, is_editable
from minzheng.county.registry.shown.registry_guide import RegistryFile
from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.office_files import EXCEL
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import config
from minzheng.web.office.registry_deeds import versions_of_table
from minzheng.web.office.registry_page import (
    checked_page,
    known_table,
    stem_of,
    table_page,
    text_to_edit,
)
from minzheng.web.office.registry_workbook import write_workbook
from minzheng.web.office.row_edits import Edit, edit_row, fields_of, may_begin

_GONE = "检查过、还没有换上的内容已不在。请从现用的内容重新改。"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ADMINISTER, Action.ADMINISTER)
def row(request: HttpRequest, name: str, part: int, number: int) -> HttpResponse:
    """One row, each value in a field; `number` is 0 for a new one."""
    one, waiting = known_table(name), request.GET.get("on", "")
    text = text_to_edit(one, waiting)
    if text is None:
        return table_page(request, one, refused=_GONE)
    grid = _grid(one, text, part)
    if number > len(grid.rows):
        raise Http404
    if request.method != "POST":
        return _row_page(request, one, grid, number)
    cells = {one.key: request.POST.get(f"c-{one.key}", "")[:2000] for one in grid.columns}
    deed = request.POST.get("do", "")
    note(request, f"改登记数据 {one.name} {grid.title}第 {number} 行")
    edit = edit_row(one, text, grid, number, cells, deed)
    if edit.problems:
        return _row_page(request, one, grid, number, edit, cells)
    told = f"{grid.title or one.title}{f'第 {number} 行' if number else '新加的一行'}"
    return checked_page(request, one, edit.text.encode(), told, edit.checked)


@require_safe
@needs(Right.ADMINISTER, Action.DOWNLOAD)
def workbook(request: HttpRequest, name: str) -> HttpResponse:
    """The table in place as a workbook, to be changed and uploaded again."""
    one = known_table(name)
    if not is_editable(one.name):
        raise Http404
    text = versions_of_table(one.name).current().decode("utf-8-sig", "replace")
    note(request, f"下载登记数据 {name}（Excel）")
    told = FileProperties(config().bureau, one.title, timezone.localdate())
    data = write_workbook(one, grids_of(one.name, text), told)
    return give_file(data, f"{one.title}_{stem_of(one)}.xlsx", EXCEL)


def _grid(one: RegistryFile, text: str, part: int) -> Grid:
    grids = grids_of(one.name, text)
    if not 0 < part <= len(grids):
        raise Http404
    return grids[part - 1]


def _row_page(  # noqa: PLR0917 # what is shown, and what became of it
    request: HttpRequest,
    one: RegistryFile,
    grid: Grid,
    number: int,
    edit: Edit | None = None,
    cells: dict[str, str] | None = None,
) -> HttpResponse:
    problems = edit.problems if edit else ()
    row = grid.rows[number - 1] if number else {}
    context: dict[str, Any] = {
        "one": one,
        "grid": grid,
        "number": number,
        "fields": fields_of(grid, row if cells is None else cells, problems),
        "problems": problems,
        "may_begin": bool(number) and may_begin(grid),
    }
    return render(request, "registry_row.html", context, status=422 if problems else 200)
