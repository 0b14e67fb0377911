"""Fields filled in by hand that the models doubt: a keeper sees the cut-out and confirms."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from archive_indexer.documents import ReadField
from archive_indexer.models import ArchivedFile
from archive_indexer.reading.possible_values import is_possible
from archive_indexer.showing.page_picture import render_part
from archive_indexer.stores.contents import page_of
from archive_indexer.stores.doubtful_fields import confirm_field, field_of
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right, may
from minzheng.web.archive.hand_fields_shown import NUMBERS
from minzheng.web.archive.open_file import opened_original, visible_file
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import signed_in
from minzheng.web.gate.page_pictures import draw_or_404, give_picture
from minzheng.web.gate.picture_log import note_picture

_LONGEST = 120
_PART_WIDTH = 2000


@require_safe
@needs(Right.CORRECT)
def cut_out(request: HttpRequest, number: int, page: int, field: int) -> HttpResponse:
    """The place of a field, as somebody filled it in."""
    file, asked = _asked(request, number, page, field)
    read = page_of(file.sha256, page, file.town)
    turns = read.turns if read else 0

    def draw() -> bytes:
        with opened_original(file) as path:
            return render_part(path, page, asked.box, turns)

    image = draw_or_404(draw)
    note_picture(request, file, page, _PART_WIDTH)
    return give_picture(image)


@require_POST
@needs(Right.CORRECT, Action.CHANGE)
def confirm(request: HttpRequest, number: int, page: int, field: int) -> HttpResponse:
    """Keep what the keeper reads in a field; the next one waits on the same page."""
    file, asked = _asked(request, number, page, field)
    value = request.POST.get("instead") or request.POST.get("value", "")
    value = "" if "illegible" in request.POST else value.strip()[:_LONGEST]
    person = signed_in(request)
    if not value and "illegible" not in request.POST:
        messages.error(request, "请写上看到的内容；实在认不出，点“认不出”。")
        note(request, f"手写确认没有内容 文件 {number}")
    else:
        who = f"{person.first_name} {person.username}".strip()
        confirm_field(file, page, field, value, who)
        note(request, f"手写确认 文件 {number} 第 {page} 页 {asked.label} {file.path}")
        messages.success(request, _said(asked, value))
    return redirect(reverse("corrections") + "?list=hand")


def _said(field: ReadField, value: str) -> str:
    if not value:
        return f"已记下：{field.label}无法辨认，不再询问。"
    if field.kind in NUMBERS and not is_possible(field.kind, value):
        return f"已记下。注意：“{value}”不像正确的{NUMBERS[field.kind]}，纸上写错的照原样保留。"
    return f"已记下：{field.label} {value}。"


def _asked(
    request: HttpRequest, number: int, page: int, field: int
) -> tuple[ArchivedFile, ReadField]:
    """A field of a paper that this person may read.

    Raises:
        Http404: there is none.
    """
    file = visible_file(request, number)
    found = field_of(file, page, field) if may(signed_in(request), Right.VIEW) else None
    if found is None:
        raise Http404
    return file, found
