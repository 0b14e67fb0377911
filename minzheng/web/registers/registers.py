"""The registers: which there are, one with its counts and rows, and taken along."""

import io

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from filler.print_run.merge_documents import merge_documents
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.office_files import EXCEL, WORD
from minzheng.registers.register_excel import write_excel
from minzheng.registers.register_list import RegisterList
from minzheng.registers.register_word import write_word
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import bureau, county_name, registers, signed_in
from minzheng.web.gate.refusals import refuse
from minzheng.web.registers.registers_shown import ShownRegister, shown_register, word_files

_PAGE = 50
_MOST_NAMED = 5
_WRITERS = {"docx": (write_word, WORD), "xlsx": (write_excel, EXCEL)}


@require_safe
@needs(Right.SEARCH)
def list_registers(request: HttpRequest) -> HttpResponse:
    """Every register, by what it belongs to; of one group when the address names it."""
    known = registers().registers
    groups = [
        (group, [one for one in known.all if one.group == group])
        for group in known.groups
        if request.GET.get("group", "") in ("", group)
    ]
    return render(request, "registers.html", {"groups": groups})


@require_safe
@needs(Right.SEARCH, Action.VIEW, is_rated=True)
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One register: how many of what state, by town and village, and the rows."""
    shown = _shown(request, name)
    note(request, f"登记簿 {shown.register.title} {_scope(shown)}")
    page = Paginator(shown.chosen, _PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "register": shown.register,
        "asked": shown.asked.cells,
        "page": page,
        "rows": shown.described(list(page.object_list)),
        "address": shown.asked.address(),
    }
    return render(request, "register.html", context)


@require_safe
@needs(Right.EXPORT, Action.EXPORT, is_rated=True)
def download(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """The rows that are chosen as a Word document or a workbook."""
    shown = _shown(request, name)
    if kind not in _WRITERS:
        raise Http404
    write, content_type = _WRITERS[kind]
    now, title = timezone.localtime(), shown.register.title
    scope = _scope(shown)
    note(request, f"导出登记簿 {title} {scope} {len(shown.chosen)} 行")
    who = signed_in(request).full_label
    listed = RegisterList(
        title=f"{county_name()}{title}",
        mark=f"{who} 于 {now:%Y-%m-%d %H:%M} 导出。含个人信息，请勿外传。",
        heading=(f"范围：{scope}　共 {len(shown.chosen)} 行　{_said(shown)}", shown.register.about),
        columns=("序号", *shown.columns),
        rows=[(str(number), *shown.texts(row)) for number, row in enumerate(shown.chosen, start=1)],
        properties=FileProperties(bureau(), f"{title} {scope}", now.date()),
    )
    return give_file(write(listed), f"{title}_{scope}_{now:%Y%m%d}.{kind}", content_type)


@require_safe
@needs(Right.FILL, Action.DOWNLOAD, is_rated=True)
def print_run(request: HttpRequest, name: str) -> HttpResponse:
    """The documents of the rows that are chosen as one Word file, to print in one run."""
    shown = _shown(request, name)
    numbers = shown.printable
    note(request, f"合并打印 {shown.register.title} {_scope(shown)} {len(numbers)} 份")
    if not numbers:
        return refuse(request, "没有可打印的", "选中的行没有您可以打开的文书。", 404)
    documents, gone = word_files(numbers)
    if gone:
        what = f"这 {len(gone)} 份的 Word 文件不在了：{'、'.join(gone[:_MOST_NAMED])}。"
        return refuse(request, "没有打印", f"{what}请从备份恢复，或重新出具后再打印。", 409)
    merged = io.BytesIO()
    told = FileProperties(bureau(), shown.register.title, timezone.localdate())
    merge_documents(documents, merged, told)
    file_name = f"{shown.register.title}_{_scope(shown)}_{len(numbers)}份.docx"
    return give_file(merged.getvalue(), file_name, WORD)


def _shown(request: HttpRequest, name: str) -> ShownRegister:
    shown = shown_register(request, name)
    if shown is None:
        raise Http404
    return shown


def _scope(shown: ShownRegister) -> str:
    cells = shown.asked.cells
    place = f"{cells.get('town', '')}{cells.get('village', '')}" or shown.place.label
    more = [text for name, text in cells.items() if name not in ("town", "village")]
    return " ".join((place, *more))


def _said(shown: ShownRegister) -> str:
    return "　".join(f"{state.name} {number}" for state, number, _ in shown.states)
