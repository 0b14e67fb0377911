"""The page of one table of the county: what is in place, what was checked and waits."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from minzheng.county.registry.shown.registry_cells import Grid, grids_of, is_editable
from minzheng.county.registry.shown.registry_guide import BY_NAME, RegistryFile
from minzheng.county.registry.shown.unsure_rows import UnsureRow, unsure_rows
from minzheng.web.office.file_versions import FileVersions, digest
from minzheng.web.office.registry_deeds import CheckedTable, check_table, versions_of_table
from minzheng.web.office.registry_shown import (
    Part,
    changed_lines,
    changed_rows,
    count_rows,
    notes_of,
    parts_of,
    unsure_in,
    with_links,
)
from minzheng.web.office.shipped_changes import sides_of

MOST_KIB = 512
SPREADSHEETS = (".xlsx", ".xls", ".et", ".ods")


def known_table(name: str) -> RegistryFile:
    """A table by its name.

    Raises:
        Http404: there is none of this name.
    """
    if name not in BY_NAME:
        raise Http404
    return BY_NAME[name]


def stem_of(one: RegistryFile) -> str:
    """A table's name without its ending."""
    return one.name.rpartition(".")[0]


def line_of(one: RegistryFile) -> dict[str, Any]:
    """What the list of all tables says of one."""
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


def unsure_of(one: RegistryFile) -> tuple[UnsureRow, ...]:
    """The rows of the table in place that are not confirmed."""
    return unsure_in(one.name, versions_of_table(one.name).current())


def text_to_edit(one: RegistryFile, waiting: str) -> str | None:
    """The table in place, or what was checked and waits; None when that is there no longer."""
    versions = versions_of_table(one.name)
    data = versions.candidate(waiting) if waiting else versions.current()
    return None if data is None else data.decode("utf-8", "replace")


def checked_page(
    request: HttpRequest,
    one: RegistryFile,
    data: bytes,
    uploaded: str,
    checked: CheckedTable | None = None,
) -> HttpResponse:
    """The table's page after a check; without mistakes the new one waits to be put in place."""
    versions = versions_of_table(one.name)
    found: dict[str, Any] = {
        "checked": checked or check_table(one.name, data), "uploaded": uploaded
    }  # fmt: skip
    if not found["checked"].problems:
        found |= _difference(one, versions, data)
    return table_page(request, one, **found)


def table_page(
    request: HttpRequest, one: RegistryFile, refused: str = "", **found: Any
) -> HttpResponse:
    """The table with its versions and whatever became of an upload."""
    versions = versions_of_table(one.name)
    text = versions.current().decode("utf-8-sig", "replace")
    checked = found.get("checked")
    is_wrong = bool(refused) or (isinstance(checked, CheckedTable) and bool(checked.problems))
    shown = found.get("waiting_text", text)
    grids = grids_of(one.name, shown)
    context = {
        **line_of(one),
        "parts": with_links(
            list(map(_part_of, grids)) or parts_of(one.name, shown), unsure_rows(one.name, shown)
        ),
        "is_editable": bool(grids),
        "rows": f"{reverse('registry-table', args=[one.name])}/rows/",
        "on": f"?on={found['sha256_new']}" if "sha256_new" in found else "",
        "is_in_columns": is_editable(one.name),
        "notes": notes_of(text),
        "sides": sides_of("registry", stem_of(one)),
        "history": versions.history(),
        "refused": refused,
        "accept": ",".join([f".{one.name.rpartition('.')[2]}", *_spreadsheets(one)]),
        "most": MOST_KIB,
        **found,
    }
    return render(request, "registry_table.html", context, status=422 if is_wrong else 200)


def _part_of(grid: Grid) -> Part:
    headings = [one.heading for one in grid.columns]
    return Part(
        grid.title, headings, [[row.get(one.key, "") for one in grid.columns] for row in grid.rows]
    )


def _spreadsheets(one: RegistryFile) -> tuple[str, ...]:
    return SPREADSHEETS if is_editable(one.name) else ()


def _difference(one: RegistryFile, versions: FileVersions, data: bytes) -> dict[str, Any]:
    old = versions.current()
    if old == data:
        return {"is_same": True}
    before, after = (text.decode("utf-8-sig", "replace") for text in (old, data))
    return {
        "sha256_new": versions.keep_candidate(data),
        "changes": changed_lines(before, after),
        "rows_changed": changed_rows(one.name, before, after),
        "waiting_text": after,
    }
