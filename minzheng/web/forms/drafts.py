"""Forms somebody has not finished: thrown away when their writer says so."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from filler.records.put_away import erase_drafts
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.web.forms.draft_deeds import unfinished
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import config


@require_POST
@needs(Right.FILL, Action.CHANGE)
def throw_away(request: HttpRequest, token: str) -> HttpResponse:
    """Erase one of one's own, with its photos."""
    mine = unfinished(request).filter(token=token)
    form_id = mine.values_list("form_id", flat=True).first()
    if form_id is None:
        raise Http404
    erase_drafts(mine, config().issued_folder)
    note(request, f"删去没填完的表 {form_id}")
    messages.success(request, "那一份没填完的已经删去。")
    return redirect("home")
