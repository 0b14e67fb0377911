"""Keys for other systems: who owns the account makes them, nobody else."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import ApiToken
from minzheng.accounts.rights import Right
from minzheng.accounts.tokens import issue_token, revoke_token
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import signed_in
from minzheng.web.office.account_forms import TokenForm

_FRESH = "fresh_key"


@require_http_methods(["GET", "POST"])
@needs(Right.OWN, Action.CHANGE)
def own_keys(request: HttpRequest) -> HttpResponse:
    """The keys of one's own account; a new one is shown once."""
    person = signed_in(request)
    form = TokenForm(request.POST or None)
    note(request, "签发自己的接口密钥")
    if request.method == "POST" and form.is_valid():
        key = issue_token(person, **form.cleaned_data, issued_by=person.username)
        request.session[_FRESH] = key
        days = form.cleaned_data["days"]
        note(request, f"签发接口密钥 {person.username} {key[:8]} {days} 天")
        return redirect("own-keys")
    context = {
        "key_form": form,
        "tokens": person.tokens.all(),
        "fresh": request.session.pop(_FRESH, ""),
    }
    return render(request, "own_keys.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.OWN, Action.CHANGE)
def revoke_own(request: HttpRequest, number: int) -> HttpResponse:
    """Let a key of one's own open nothing from now on."""
    token = get_object_or_404(ApiToken, pk=number, person=signed_in(request))
    revoke_token(token)
    note(request, f"作废接口密钥 {token.person.username} {token.start}")
    messages.success(request, "密钥已作废。")
    return redirect("own-keys")
