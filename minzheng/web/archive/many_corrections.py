"""Many files corrected by one deed, which is taken back as a whole."""

import secrets
import string
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from archive_indexer.disk.file_names import as_shown
from archive_indexer.filing.keepers_words import FIELDS
from archive_indexer.models import ArchivedFile, Correction
from archive_indexer.stores.correct_file import correct_many, take_back_all
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.web.archive.correction_form import ManyForm, changes_of
from minzheng.web.archive.made_corrections import may_take_back, who_corrects
from minzheng.web.gate.access import needs, note, write_down
from minzheng.web.gate.office import area, forms, visible

_MOST_FILES = 200
#: What a deed is called: no figures, which the audit log might mask as somebody's number.
_LETTERS, _NAME_LENGTH = string.ascii_lowercase, 16


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CORRECT, Action.VIEW)
def choose(request: HttpRequest) -> HttpResponse:
    """The files that were ticked, and what may be said of all of them."""
    files = _picked(request)
    note(request, "成批更正页 没有勾选")
    if not files:
        messages.error(request, "还没有勾选要更正的文件。")
        return redirect("corrections")
    note(request, f"成批更正页 {len(files)} 件")
    return _page(request, files, ManyForm(None, area(request), _titles()))


@require_POST
@needs(Right.CORRECT, Action.CHANGE)
def save(request: HttpRequest) -> HttpResponse:
    """Correct all of them, or say what is wrong and change none."""
    files = _picked(request)
    form = ManyForm(request.POST, area(request), _titles())
    note(request, f"成批更正 {len(files)} 件没有完成")
    if not files or not form.is_valid():
        return _page(request, files, form, status=422)
    pairs = [(one, changes) for one in files if (changes := changes_of(one, form.wanted))]
    if not pairs:
        messages.info(request, "这些文件本来就是这样，没有改动。")
        note(request, f"成批更正 {len(files)} 件没有改动")
        return redirect("corrections")
    deed = "".join(secrets.choice(_LETTERS) for _ in range(_NAME_LENGTH))
    correct_many(pairs, visible(request), who_corrects(request), deed)
    said = "；".join(f"{FIELDS[name]}改为“{value}”" for name, value in form.wanted.items())
    for file, changes in pairs:
        names = "、".join(FIELDS[name] for name in changes)
        write_down(request, Action.CHANGE, f"更正文件 {file.pk}（成批 {deed}）{names} {file.path}")
    note(request, f"成批更正 {deed}：{len(pairs)} 件，{said}")
    messages.success(request, f"已更正 {len(pairs)} 件，查档马上用新的。改错了，在下面整批撤回。")
    return redirect("/corrections?list=done")


@require_POST
@needs(Right.CORRECT, Action.CHANGE)
def take_back_deed(request: HttpRequest, deed: str) -> HttpResponse:
    """Let a whole deed hold no longer; only who may take back each of it."""
    made = list(Correction.objects.filter(deed=deed, taken_back_at=None).exclude(deed=""))
    if not made or not all(may_take_back(request, one) for one in made):
        raise Http404
    changed = take_back_all(made, who_corrects(request))
    for one in made:
        write_down(request, Action.CHANGE, f"撤回更正 {one.pk}（成批 {deed}）{one.path}")
    note(request, f"撤回成批更正 {deed}：{changed} 件")
    messages.success(request, f"已整批撤回，{changed} 件文件恢复为原来的判断。")
    return redirect("/corrections?list=done")


def _picked(request: HttpRequest) -> list[ArchivedFile]:
    """The ticked files that this person sees, not more than are shown at once."""
    given = request.POST if request.method == "POST" else request.GET
    numbers = [one for one in given.getlist("pick") if one.isdecimal() and len(one) < 19]
    seen = ArchivedFile.objects.filter(area(request).as_filter(), pk__in=numbers[:_MOST_FILES])
    return list(seen.exclude(state="withheld").order_by("path"))


def _titles() -> dict[str, str]:
    return {spec.id: spec.short_title for spec in forms().forms}


def _page(
    request: HttpRequest, files: Sequence[ArchivedFile], form: ManyForm, status: int = 200
) -> HttpResponse:
    context = {"files": [(one, as_shown(one.path)) for one in files], "form": form}
    return render(request, "correct_many.html", context, status=status)
