"""Which of several counties somebody above them looks at, until another one is chosen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.town_names import shown
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import CHOSEN, counties_above, signed_in


@require_POST
@needs(Right.OWN, Action.CHANGE)
def choose_county(request: HttpRequest) -> HttpResponse:
    """Look at one county from now on, or at all that the account has; what it has not is none."""
    wanted = request.POST.get("county", "")
    chosen = wanted if wanted in counties_above(signed_in(request)) else ""
    request.session[CHOSEN] = chosen
    note(request, f"选定县（区）：{shown(chosen) or '全部'}")
    return redirect("home")
