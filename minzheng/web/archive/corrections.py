"""Keepers correct what is believed of files: what was not recognised, one file, taking back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive_indexer.disk.file_names import as_shown, folder_above
from archive_indexer.filing.keepers_words import FIELDS
from archive_indexer.models import ArchivedFile, Correction
from archive_indexer.stores import correct_file
from archive_indexer.stores.contents import page_of
from archive_indexer.stores.corrections import (
    files_directly_in,
    history_of,
)
from archive_indexer.stores.doubtful_fields import count_doubtful_fields, doubtful_fields
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right, may
from minzheng.web.archive.correction_form import CorrectionForm
from minzheng.web.archive.hand_fields_shown import shown_fields
from minzheng.web.archive.made_corrections import (
    deeds_in,
    described,
    may_take_back,
    who_corrects,
)
from minzheng.web.archive.open_file import is_pictured, visible_file
from minzheng.web.gate.access import needs, note, write_down
from minzheng.web.gate.office import area, forms, signed_in, visible

_PAGE = 50
#: What is wrong, how it is called, and why it may be so.
_LISTS = {
    "failed": ("未能识别", Q(state="failed"), ""),
    "place": ("认不出村", Q(village=""), "文件夹名、文件名和正文里都没有认得出的村名"),
    "dossier": ("认不出专档", Q(dossier=""), "文件夹名、文件名和正文开头都没有专档的名称"),
    "form": (
        "认不出表", Q(form_id=""), "没有二维码，标题和版式与现有的表都不相符；不是制式表的不必理会",
    ),
}  # fmt: skip


@require_safe
@needs(Right.CORRECT, Action.VIEW)
def corrections(request: HttpRequest) -> HttpResponse:
    """Files of one's area that were not read or not recognised, and what was corrected."""
    shown = request.GET.get("list", "")
    counts = {name: _files(request, name).count() for name in _LISTS}
    may_view = may(signed_in(request), Right.VIEW)
    if shown not in (*_LISTS, "done", "hand"):
        shown = next((name for name, count in counts.items() if count), "failed")
    note(request, f"待更正的文件 {shown}")
    context: dict[str, Any] = {
        "shown": shown,
        "tabs": [(name, _LISTS[name][0], counts[name]) for name in _LISTS],
        "may_view": may_view,
        "hand_count": count_doubtful_fields(area(request).as_filter()) if may_view else 0,
        "may_retry": may(signed_in(request), Right.RETRY),
    }
    if shown == "hand":
        waiting = doubtful_fields(area(request).as_filter(), _PAGE) if may_view else []
        context["hand_fields"] = shown_fields(waiting)
    elif shown == "done":
        made = _made_in(request)
        done = Paginator(made, _PAGE).get_page(request.GET.get("page"))
        told = described(request, done)
        context |= {"page": done, "made": told, "deeds": deeds_in(told)}
    else:
        page = Paginator(_files(request, shown), _PAGE).get_page(request.GET.get("page"))
        files = [(one, as_shown(one.path)) for one in page]
        context |= {"page": page, "files": files, "why": _LISTS[shown][2]}
    return render(request, "corrections.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.CORRECT, Action.CHANGE)
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Correct one file, and with it the others of its folder."""
    file = visible_file(request, number)
    person, place = signed_in(request), area(request)
    titles = {spec.id: spec.short_title for spec in forms().forms}
    is_read = may(person, Right.VIEW)
    others = _others_in_folder(request, file)
    form = CorrectionForm(request.POST or None, file, place, titles, is_read=is_read, others=others)
    note(request, f"更正文件 {number} 没有完成 {file.path}")
    if request.method == "POST" and form.is_valid():
        return _keep(request, file, form)
    if request.method == "GET":
        write_down(request, Action.VIEW, f"更正页 文件 {number} {file.path}")
    context = {
        "file": file,
        "name": as_shown(file.path),
        "is_pictured": is_read and file.state != "failed" and is_pictured(file),
        "page": page_of(file.sha256, 1, file.town) if is_read else None,
        "form": form,
        "others": others,
        "is_read": is_read,
        "made": described(request, history_of(file)),
    }
    return render(request, "correct.html", context, status=422 if form.errors else 200)


def _others_in_folder(request: HttpRequest, file: ArchivedFile) -> int:
    """How many other files of the same folder a person sees."""
    beside = files_directly_in(folder_above(file.path))
    there = ArchivedFile.objects.filter(area(request).as_filter(), beside, present=True)
    return there.exclude(pk=file.pk).count()


@require_POST
@needs(Right.CORRECT, Action.CHANGE)
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Let a correction hold no longer."""
    correction = get_object_or_404(Correction, pk=number)
    if not may_take_back(request, correction):
        raise Http404
    label = FIELDS[correction.field]
    changed = 0
    if correction.taken_back_at is None:
        changed = correct_file.take_back(correction, who_corrects(request))
    note(request, f"撤回更正 {number}：{label}“{correction.value}” {correction.path}")
    messages.success(request, f"已撤回对{label}的更正，{changed} 件文件恢复为原来的判断。")
    file = request.POST.get("file", "")
    if file.isdecimal() and len(file) < 19 and _sees(request, int(file)):
        return redirect("correct", number=int(file))
    return redirect("corrections")


def _keep(request: HttpRequest, file: ArchivedFile, form: CorrectionForm) -> HttpResponse:
    changes = form.changes
    if not changes:
        messages.info(request, "没有改动，原来的判断保持不变。")
        note(request, f"更正文件 {file.pk} 没有改动 {file.path}")
        return redirect("correct", number=file.pk)
    said = "；".join(
        f"{FIELDS[name]}“{form.believed[name]}”改为“{value}”" for name, value in changes.items()
    )
    others = correct_file.correct_file(
        file, changes, visible(request), who_corrects(request),
        for_folder=form.cleaned_data["for_folder"],
    )  # fmt: skip
    note(request, f"更正文件 {file.pk}，同文件夹 {others} 件：{said} {file.path}")
    more = f"同一文件夹里另有 {others} 件照此归档，" if others else ""
    messages.success(request, f"已更正，{more}查档马上用新的。")
    return redirect("correct", number=file.pk)


def _files(request: HttpRequest, name: str) -> QuerySet[ArchivedFile]:
    """The files of a list; what somebody looked at and left empty is not asked again."""
    _, wanted, _ = _LISTS[name]
    files = ArchivedFile.objects.filter(area(request).as_filter(), wanted, present=True)
    if name == "failed":
        return files.order_by("path")
    field = "form_id" if name == "form" else name
    looked_at = Correction.objects.filter(taken_back_at=None, is_folder=False, field=field)
    contents = looked_at.exclude(sha256="").values("sha256")
    return (
        files.exclude(state__in=("failed", "withheld"))
        .exclude(sha256__in=contents)
        .order_by("path")
    )


def _made_in(request: HttpRequest) -> list[Correction]:
    """The latest corrections that this person may see."""
    latest = Correction.objects.order_by("-pk")[:500]
    return [one for one in latest if may_take_back(request, one)]


def _sees(request: HttpRequest, number: int) -> bool:
    return ArchivedFile.objects.filter(area(request).as_filter(), pk=number).exists()
